/* hearth-request.h: one HTTP request on its way through a handler, and its one answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _HearthRequest HearthRequest;
typedef struct _HearthRoute   HearthRoute;

/**
 * HearthRequest:
 *
 * Counted. A handler answers with exactly one hearth_request_reply_*(); when it does so only later,
 * it takes a reference for that time. Main thread only.
 */
HearthRequest     *hearth_request_new           (HearthServer      *server,
                                                 SoupServerMessage *message,
                                                 const HearthRoute *route,
                                                 GHashTable        *params); /* taken */
HearthRequest     *hearth_request_ref           (HearthRequest     *self);
void               hearth_request_unref         (HearthRequest     *self);

HearthServer      *hearth_request_get_server    (HearthRequest     *self);
HearthWorkspace   *hearth_request_get_workspace (HearthRequest     *self);
const HearthRoute *hearth_request_get_route     (HearthRequest     *self);
/* A part of the path by its name in the pattern, decoded; "*" is the tail. */
const char        *hearth_request_get_param     (HearthRequest     *self,
                                                 const char        *name);
const char        *hearth_request_get_query     (HearthRequest     *self,
                                                 const char        *name); /* or NULL */
const char        *hearth_request_get_header    (HearthRequest     *self,
                                                 const char        *name);
/* The path as it was sent. */
const char        *hearth_request_get_path      (HearthRequest     *self);
HearthValue       *hearth_request_get_body      (HearthRequest     *self); /* or NULL */
void               hearth_request_set_body      (HearthRequest     *self,
                                                 HearthValue       *body);
void               hearth_request_set_query     (HearthRequest     *self,
                                                 GHashTable        *query);

/* Called by the router before the handler: checks query and body against the route and gathers the
 * arguments. FALSE: the request has been answered. */
gboolean           hearth_request_collect       (HearthRequest     *self);
/* Parts of the path, of the query and of the body that the route knows, by name. */
HearthValue       *hearth_request_get_arguments (HearthRequest     *self);

/* Called by the router behind the handler: an answer that is still to come holds up the message. */
void               hearth_request_wait          (HearthRequest     *self);

void               hearth_request_set_header    (HearthRequest     *self,
                                                 const char        *name,
                                                 const char        *value);
/* @value is taken. Large ones are printed on a thread. */
void               hearth_request_reply_json    (HearthRequest     *self,
                                                 guint              status,
                                                 HearthValue       *value);
void               hearth_request_reply_bytes   (HearthRequest     *self,
                                                 guint              status,
                                                 const char        *content_type,
                                                 GBytes            *bytes);
void               hearth_request_reply_text    (HearthRequest     *self,
                                                 guint              status,
                                                 const char        *text);
void               hearth_request_reply_empty   (HearthRequest     *self,
                                                 guint              status);
/* {"error": message} */
void               hearth_request_reply_error   (HearthRequest     *self,
                                                 guint              status,
                                                 const char        *message);
/* What is wrong with the request, field by field: @details is taken (http-api.md 3). */
void               hearth_request_reply_details (HearthRequest     *self,
                                                 const char        *message,
                                                 HearthValue       *details);
/* {"success": …, "message": …} */
void               hearth_request_reply_outcome (HearthRequest     *self,
                                                 guint              status,
                                                 const char        *message);
/* Whatever @error means over HTTP, in the form the route's clients expect. */
void               hearth_request_reply_failure (HearthRequest     *self,
                                                 const GError      *error);
/* "NOT_FOUND" as plain text, as every unknown route gets. */
void               hearth_request_reply_unknown (HearthRequest     *self);

/* How a question to the workspace ends: with its answer and the route's status of success, or with the
 * failure. Takes the reference to the request that is its user data. */
void               hearth_request_answered_cb   (GObject           *workspace,
                                                 GAsyncResult      *result,
                                                 gpointer           user_data);

/* The one place that knows which error is which status. */
guint              hearth_error_to_status       (const GError      *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthRequest, hearth_request_unref)

G_END_DECLS
