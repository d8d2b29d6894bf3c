/* hearth-client.h: one WebSocket connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-hub.h"

G_BEGIN_DECLS

#define HEARTH_CLIENT_MAX_FRAME (64u << 20)

/* Owned by its hub, which is told of the end by hearth_hub_remove(). @serial grows from one
 * connection to the next. @workflow_id: whose runs it watches, or NULL. */
HearthClient *hearth_client_new         (HearthHub               *hub,
                                         SoupWebsocketConnection *connection,
                                         HearthConnection        *below,
                                         const char              *workflow_id,
                                         guint                    serial);
void          hearth_client_free        (HearthClient            *self);
guint         hearth_client_get_serial  (HearthClient            *self);
const char   *hearth_client_get_workflow_id (HearthClient        *self);
/* Messages arrive in the order in which they are sent; none is dropped. While much waits for a client
 * that reads slowly, the text of streams comes in fewer pieces (hearth-outbox.h); one that does not
 * read while far too much waits is cut off. */
void          hearth_client_send        (HearthClient            *self,
                                         const char              *message);
/* @whole: the same text, which is not copied then; or NULL. */
void          hearth_client_tell        (HearthClient            *self,
                                         const char              *message,
                                         GBytes                  *whole);
/* While a message of it is run: the graph of its payload, if it was made where the message was read. FALSE: it
 * is still to be made. Both are the caller's. */
gboolean      hearth_client_take_graph  (HearthClient            *self,
                                         HearthGraph            **graph,
                                         GError                 **error);
/* Runs it asked for that have not ended; the feeds count them. */
void          hearth_client_count_runs  (HearthClient            *self,
                                         int                      more);
guint         hearth_client_get_n_runs  (HearthClient            *self);
/* So that nobody on the way takes a silent connection for a dead one. */
void          hearth_client_ping        (HearthClient            *self);
/* Says goodbye; the connection ends when the other side has answered. FALSE: it is ending already. */
gboolean      hearth_client_close       (HearthClient            *self);

G_END_DECLS
