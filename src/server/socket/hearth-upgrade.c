/* hearth-upgrade.c: a request that becomes a WebSocket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-upgrade.h"

typedef struct
{
  HearthUpgradeFunc func;
  gpointer user_data;
} Upgrade;

static void
upgrade_free (gpointer  data,
              GClosure *closure)
{
  g_free (data);
}

static void
answered_cb (SoupServerMessage *message,
             Upgrade           *self)
{
  g_autoptr (SoupServerMessage) kept = g_object_ref (message);
  HearthConnection *connection = hearth_connection_of (message);
  g_autoptr (HearthConnection) below = connection != NULL ? g_object_ref (connection) : NULL;
  HearthUpgradeFunc func = self->func;
  gpointer user_data = self->user_data;
  GIOStream *stream;
  g_autoptr (SoupWebsocketConnection) socket = NULL;

  if (below == NULL)
    return; /* it went meanwhile */
  /* What libsoup had around it. With its last reference @below would be closed. */
  stream = soup_server_message_steal_connection (message);
  socket = soup_websocket_connection_new (G_IO_STREAM (below), soup_server_message_get_uri (message),
                                          SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
  g_object_set_data_full (G_OBJECT (socket), "hearth-upgrade", stream, g_object_unref);
  func (message, socket, below, user_data);
}

void
hearth_upgrade_begin (SoupServerMessage *message,
                      HearthUpgradeFunc  func,
                      gpointer           user_data)
{
  Upgrade *self;

  g_return_if_fail (SOUP_IS_SERVER_MESSAGE (message) && func != NULL);

  if (!soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL))
    return;
  self = g_new0 (Upgrade, 1);
  self->func = func;
  self->user_data = user_data;
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (answered_cb), self, upgrade_free, 0);
}
