/* hearth-mcp-session.h: a conversation with one running server: requests, their answers, and what comes between
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-mcp-hub.h"
#include "hearth-mcp-transport.h"

G_BEGIN_DECLS

typedef struct _HearthMcpSession HearthMcpSession;

/* It is of no more use; what was asked is not answered any more. May free the session. */
typedef void (*HearthMcpEnded)    (HearthMcpSession *self,
                                   const GError     *error,
                                   gpointer          user_data);

/* Begins the conversation; requests wait until the server has introduced itself. Main thread. */
HearthMcpSession *_hearth_mcp_session_new      (HearthOutside     *outside,
                                                HearthValue       *server,
                                                GHashTable        *secrets,
                                                HearthMcpEnded     ended,
                                                gpointer           user_data);
/* Ends it. Nobody is told any more. */
void              _hearth_mcp_session_free     (HearthMcpSession  *self);
/* Returns the request's number. Not called back from within. @timeout_ms counts anew with every sign of progress. */
guint             _hearth_mcp_session_ask      (HearthMcpSession  *self,
                                                const char        *method,
                                                HearthValue       *params,
                                                guint              timeout_ms,
                                                HearthMcpAnswered  answered,
                                                gpointer           user_data);
/* The server is told, and the answer goes nowhere. */
void              _hearth_mcp_session_withdraw (HearthMcpSession  *self,
                                                guint              number);
guint             _hearth_mcp_session_get_n_requests (HearthMcpSession *self);
/* {"name", "version", "instructions", …} of the server; NULL before. Borrowed. */
HearthValue      *_hearth_mcp_session_get_info (HearthMcpSession  *self);

G_END_DECLS
