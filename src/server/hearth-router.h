/* hearth-router.h: from method and path to the handler
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-request.h"

G_BEGIN_DECLS

typedef enum
{
  HEARTH_BODY_NONE, /* whatever comes is thrown away */
  HEARTH_BODY_JSON, /* a body must be JSON; whether there must be one is the handler's business */
} HearthBodyKind;

typedef void (*HearthHandler) (HearthRequest *request);

/**
 * HearthRoute:
 * @pattern: segments with ":name" for one that may be anything, and "*" at the end for the rest
 * @limit: of the body, in bytes
 * @summary: one line for docs/api.md
 *
 * GET is HEAD as well.
 */
struct _HearthRoute
{
  const char     *method;
  const char     *pattern;
  HearthBodyKind  body;
  gsize           limit;
  HearthHandler   handler;
  const char     *summary;
};

/* The one table of routes; the first that fits counts. */
const HearthRoute *hearth_routes_get_table  (gsize             *n_routes);

/* @path as it was sent. NULL: no route, or a path that cannot be decoded (@bad_path). @params:
 * name -> text, each decoded exactly once, valid UTF-8. */
const HearthRoute *hearth_router_match      (const char        *method,
                                             const char        *path,
                                             GHashTable       **params,
                                             gboolean          *bad_path);

/* When the head of a request is there: finds the route, sets the limit of the body. */
void               hearth_router_prepare    (SoupServerMessage *message);
/* When all of it is there. @user_data: the HearthServer. */
void               hearth_router_dispatch_cb (SoupServer        *soup,
                                             SoupServerMessage *message,
                                             const char        *path,
                                             GHashTable        *query,
                                             gpointer           user_data);

G_END_DECLS
