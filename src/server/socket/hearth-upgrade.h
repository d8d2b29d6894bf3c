/* hearth-upgrade.h: a request that becomes a WebSocket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-connection.h"

G_BEGIN_DECLS

typedef void (*HearthUpgradeFunc) (SoupServerMessage       *message,
                                   SoupWebsocketConnection *socket,
                                   HearthConnection        *below,
                                   gpointer                 user_data);

/* Answers @message; if it asks in the right form, @func is called when the answer is underway. Not
 * soup_server_add_websocket_handler(): that reads through two streams of libsoup's, which have sources of their own,
 * and offers to compress. Every browser would accept: on the loopback nothing is gained, each message costs half as
 * much again, and what a client has not read yet could not be told from what it has. */
void hearth_upgrade_begin (SoupServerMessage *message,
                           HearthUpgradeFunc  func,
                           gpointer           user_data);

G_END_DECLS
