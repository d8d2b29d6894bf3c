/* hearth-client.c: one WebSocket connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-client.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "hearth-commands.h"
#include "hearth-i18n.h"
#include "hearth-json.h"

#define KEEPALIVE_S 30

/* Frames above this are parsed on a thread. */
#define MAX_INLINE_FRAME (256 * 1024)

/* libsoup cuts the line in the middle of a frame above its own limit, and the reason is lost on the
 * way. So that one lies higher, and what is too large for us gets a proper goodbye. */
#define HARD_MAX_FRAME (2 * HEARTH_CLIENT_MAX_FRAME)

/* How much may wait for a client that does not read. libsoup keeps what the socket does not take
 * and does not say how much that is, so the kernel is asked how much the other side has got; not
 * for every message. */
#define MAX_BACKLOG (G_GUINT64_CONSTANT (256) << 20)
#define BACKLOG_STEP (G_GUINT64_CONSTANT (1) << 20)

struct _HearthClient
{
  gatomicrefcount ref_count;

  HearthHub *hub; /* borrowed; NULL when the connection is gone */
  SoupWebsocketConnection *connection;
  GSocket *socket;
  guint serial;

  GQueue incoming; /* frames (GBytes) that wait for one that is being parsed */
  gboolean parsing;

  GSource *flush; /* while the socket is corked */

  guint64 sent;
  guint64 checked; /* @sent when the backlog was looked at */
  guint64 acked_before;
};

static void
client_unref (HearthClient *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_queue_clear_full (&self->incoming, (GDestroyNotify) g_bytes_unref);
  g_object_unref (self->connection);
  g_object_unref (self->socket);
  g_free (self);
}

guint
hearth_client_get_serial (HearthClient *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->serial;
}

/* --- sending ------------------------------------------------------------------------------ */

static void
set_cork (HearthClient *self,
          gboolean      on)
{
  g_socket_set_option (self->socket, IPPROTO_TCP, TCP_CORK, on, NULL);
}

static void
flush (HearthClient *self)
{
  if (self->flush == NULL)
    return;
  g_source_destroy (self->flush);
  g_clear_pointer (&self->flush, g_source_unref);
  set_cork (self, FALSE);
}

static gboolean
flush_cb (gpointer user_data)
{
  flush (user_data);
  return G_SOURCE_REMOVE;
}

/* A run tells many small things in one slice. The kernel gathers them until the main loop comes
 * round, which it does in a few milliseconds: a packet for each would cost more than all the rest. */
static void
gather (HearthClient *self)
{
  if (self->flush != NULL)
    return;
  set_cork (self, TRUE);
  self->flush = g_idle_source_new ();
  g_source_set_priority (self->flush, G_PRIORITY_HIGH);
  g_source_set_callback (self->flush, flush_cb, self, NULL);
  g_source_attach (self->flush, NULL);
}

static guint64
get_acked (HearthClient *self)
{
  struct tcp_info info = { 0 };
  socklen_t length = sizeof info;

  if (getsockopt (g_socket_get_fd (self->socket), IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
    return G_MAXUINT64;
  return info.tcpi_bytes_acked;
}

static gboolean
is_too_slow (HearthClient *self)
{
  guint64 acked;

  if (self->sent - self->checked < BACKLOG_STEP)
    return FALSE;
  self->checked = self->sent;
  acked = get_acked (self);
  return acked != G_MAXUINT64 && self->sent > acked - self->acked_before + MAX_BACKLOG;
}

void
hearth_client_send (HearthClient *self,
                    const char   *message)
{
  g_return_if_fail (self != NULL && message != NULL);

  if (soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  gather (self);
  soup_websocket_connection_send_text (self->connection, message);
  self->sent += strlen (message);
  if (!is_too_slow (self))
    return;
  g_message ("A browser page has not read for too long; its connection is closed");
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

void
hearth_client_close (HearthClient *self)
{
  g_return_if_fail (self != NULL);

  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

/* --- receiving ----------------------------------------------------------------------------- */

static void take_frames (HearthClient *self);

static void
run_frame (HearthClient *self,
           HearthValue  *frame,
           const GError *error)
{
  g_autofree char *message = NULL;

  if (frame != NULL)
    {
      hearth_commands_run (self->hub, self, frame);
      return;
    }
  message = g_strdup_printf (_("This message is not JSON. %s"), error->message);
  hearth_commands_refuse (self, message);
}

static void
parsed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  HearthClient *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) frame = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  self->parsing = FALSE;
  if (self->hub != NULL)
    run_frame (self, frame, error);
  if (self->hub != NULL)
    take_frames (self);
  client_unref (self);
}

static void
take_frame (HearthClient *self,
            GBytes       *bytes)
{
  g_autoptr (HearthValue) frame = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length > MAX_INLINE_FRAME)
    {
      self->parsing = TRUE;
      g_atomic_ref_count_inc (&self->ref_count);
      hearth_workspace_parse_json (hearth_hub_get_workspace (self->hub), bytes, NULL, parsed_cb, self);
      return;
    }
  frame = hearth_json_parse (length > 0 ? text : "", (gssize) length, &error);
  run_frame (self, frame, error);
}

/* In the order in which they came: one that is being parsed holds up the others. */
static void
take_frames (HearthClient *self)
{
  while (!self->parsing && !g_queue_is_empty (&self->incoming))
    {
      g_autoptr (GBytes) bytes = g_queue_pop_head (&self->incoming);

      take_frame (self, bytes);
    }
}

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            HearthClient            *self)
{
  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    {
      hearth_commands_refuse (self, _("Binary messages are not used here."));
      return;
    }
  if (g_bytes_get_size (bytes) > HEARTH_CLIENT_MAX_FRAME)
    {
      soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_TOO_BIG, _("At most 64 MiB"));
      return;
    }
  g_queue_push_tail (&self->incoming, g_bytes_ref (bytes));
  take_frames (self);
}

static void
closed_cb (SoupWebsocketConnection *connection,
           HearthClient            *self)
{
  hearth_hub_remove (self->hub, self);
}

/* --- making ---------------------------------------------------------------------------------- */

HearthClient *
hearth_client_new (HearthHub               *hub,
                   SoupWebsocketConnection *connection,
                   GSocket                 *socket,
                   guint                    serial)
{
  HearthClient *self;

  g_return_val_if_fail (HEARTH_IS_HUB (hub) && connection != NULL && socket != NULL, NULL);

  self = g_new0 (HearthClient, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->hub = hub;
  self->connection = g_object_ref (connection);
  self->socket = g_object_ref (socket);
  self->serial = serial;
  g_queue_init (&self->incoming);
  /* A page may stay silent for hours. */
  g_socket_set_timeout (socket, 0);
  soup_websocket_connection_set_max_incoming_payload_size (connection, HARD_MAX_FRAME);
  soup_websocket_connection_set_keepalive_interval (connection, KEEPALIVE_S);
  self->acked_before = get_acked (self);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

void
hearth_client_free (HearthClient *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->connection, self);
  flush (self);
  self->hub = NULL;
  client_unref (self);
}
