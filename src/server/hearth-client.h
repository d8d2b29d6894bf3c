/* hearth-client.h: one WebSocket connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-hub.h"

G_BEGIN_DECLS

#define HEARTH_CLIENT_MAX_FRAME (64u << 20)

/* Owned by its hub, which is told of the end by hearth_hub_remove(). @serial grows from one
 * connection to the next. */
HearthClient *hearth_client_new         (HearthHub               *hub,
                                         SoupWebsocketConnection *connection,
                                         GSocket                 *socket,
                                         guint                    serial);
void          hearth_client_free        (HearthClient            *self);
guint         hearth_client_get_serial  (HearthClient            *self);
/* Messages arrive in the order in which they are sent; none is dropped. A client that does not read
 * for too long is cut off. */
void          hearth_client_send        (HearthClient            *self,
                                         const char              *message);
void          hearth_client_close       (HearthClient            *self);

G_END_DECLS
