/* hearth-router.h: from method and path to the handler
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-body-check.h"
#include "hearth-operation.h"
#include "hearth-request.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_BODY_NONE,  /* whatever comes is thrown away */
  HEARTH_BODY_JSON,  /* a body must be JSON */
  HEARTH_BODY_BYTES, /* any type; written to a temporary file while it comes */
  HEARTH_BODY_FORM,  /* multipart/form-data; its files are written to temporary files while they come */
} HearthBodyKind;

typedef void (*HearthHandler) (HearthRequest *request);

/**
 * HearthRoute:
 * @pattern: segments with ":name" for one that may be anything, and "*name" at the end for the rest
 * @name: of the operation in the OpenAPI document; unique
 * @summary: one line for docs/api.md and the OpenAPI document
 * @limit: of the body, in bytes; 0: 1 MiB
 * @fields: of the members of a JSON body; what is not in it is dropped. NULL: the handler looks itself
 * @query: of the address; what is not in it is not looked at
 * @invalid: status when @fields or @query do not fit; 0: 400
 * @outcome: errors are told as {"success": false, "message"} and not as {"error"}
 * @success: status of the answer; 0: 200. With 204 the answer has no body
 * @operation: what is performed; its arguments are the parts of the path, then of the query, then of
 *   the body, and what is named earlier counts
 * @handler: instead of @operation, where more is to be done
 * @same_as: instead of both: the name of the route this one is an older address of
 *
 * A route is a row of data: what can be said here is not to be programmed. GET is HEAD as well.
 */
struct _HearthRoute
{
  const char            *method;
  const char            *pattern;
  const char            *name;
  const char            *summary;
  HearthBodyKind         body;
  gsize                  limit;
  const HearthBodyField *fields;
  const HearthBodyField *query;
  guint                  invalid;
  gboolean               outcome;
  guint                  success;
  const HearthOperation *operation;
  HearthHandler          handler;
  const char            *same_as;
};

/* What docs/api.md has under one heading. */
typedef struct
{
  const char        *title;
  const HearthRoute *routes;
  gsize              n_routes;
} HearthRouteSection;

/* The one table of routes; the first that fits counts. */
const HearthRouteSection *const *hearth_routes_get_sections (gsize *n_sections);

/* @path as it was sent. NULL: no route, or a path that cannot be decoded (@bad_path). @params:
 * name -> text, each decoded exactly once, valid UTF-8. */
const HearthRoute *hearth_router_match      (const char        *method,
                                             const char        *path,
                                             GHashTable       **params,
                                             gboolean          *bad_path);

/* When the head of a request is there: finds the route, sets the limit of the body and
 * where it goes. */
void               hearth_router_prepare    (SoupServerMessage *message,
                                             HearthServer      *server);
/* When all of it is there. @user_data: the HearthServer. */
void               hearth_router_dispatch_cb (SoupServer        *soup,
                                             SoupServerMessage *message,
                                             const char        *path,
                                             GHashTable        *query,
                                             gpointer           user_data);

G_END_DECLS
