/* hearth-socket-table.c: which socket an answer comes from, and whether it was cut
 *
 * libsoup takes the end of a connection between two chunks for the end of the answer (soup-body-input-stream.c: no
 * line, no error). Two things tell better: the socket, which a whole answer leaves open unless it says otherwise, and
 * the bytes around the chunks, of which the last five are those of the end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-outside-private.h"

#include <string.h>
#include <sys/socket.h>

#define TABLE "hearth-sockets"  /* of a session: connection's id -> GSocket */
#define SOCKET "hearth-socket"  /* of a message, until its connection has an id */

static gboolean
is_closed_cb (gpointer key,
              gpointer value,
              gpointer user_data)
{
  return g_socket_is_closed (value);
}

static GHashTable *
get_table (SoupSession *session)
{
  GHashTable *table = g_object_get_data (G_OBJECT (session), TABLE);

  if (table != NULL)
    return table;
  table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_object_set_data_full (G_OBJECT (session), TABLE, table, (GDestroyNotify) g_hash_table_unref);
  return table;
}

/* HTTP/1.1 only: each exchange has a connection of its own, so that pausing or ending one touches no other. */
static void
network_event_cb (SoupMessage       *message,
                  GSocketClientEvent event,
                  GIOStream         *connection,
                  gpointer           session)
{
  static const char *const protocols[] = { "http/1.1", NULL };

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
  else if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    g_object_set_data_full (G_OBJECT (message), SOCKET,
                            g_object_ref (g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection))), g_object_unref);
}

void
_hearth_socket_table_watch (SoupSession *session,
                            SoupMessage *message)
{
  soup_message_add_flags (message, SOUP_MESSAGE_COLLECT_METRICS);
  g_signal_connect_object (message, "network-event", G_CALLBACK (network_event_cb), session, 0);
}

GSocket *
_hearth_socket_table_lookup (SoupSession *session,
                             SoupMessage *message)
{
  GHashTable *table = get_table (session);
  gint64 id = (gint64) soup_message_get_connection_id (message);
  GSocket *fresh = g_object_steal_data (G_OBJECT (message), SOCKET);

  if (fresh != NULL)
    {
      g_hash_table_foreach_remove (table, is_closed_cb, NULL);
      g_hash_table_insert (table, g_memdup2 (&id, sizeof id), fresh);
    }
  return g_hash_table_lookup (table, &id);
}

static gboolean
has_ended (GSocket *socket)
{
  char byte;

  return g_socket_is_closed (socket) || recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

gsize
_hearth_socket_table_frame (gsize length)
{
  gsize n_digits = 1;

  for (; length > 0xf; length >>= 4)
    n_digits++;
  return n_digits + strlen ("\r\n\r\n");
}

gboolean
_hearth_socket_table_was_cut (GSocket     *socket,
                              SoupMessage *message,
                              gsize        received,
                              gsize        framing)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED
         && soup_message_headers_get_one (headers, "Content-Encoding") == NULL
         && !soup_message_headers_header_contains (headers, "Connection", "close")
         && soup_message_metrics_get_response_body_bytes_received (metrics) == received + framing && has_ended (socket);
}
