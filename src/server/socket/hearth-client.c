/* hearth-client.c: one WebSocket connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-client.h"

#include "hearth-commands.h"
#include "hearth-frame-splitter.h"
#include "hearth-i18n.h"
#include "hearth-json.h"
#include "hearth-memory.h"
#include "hearth-page-message.h"
#include "hearth-sender.h"

/* Messages above this are read on a thread: some two hundred nodes. */
#define MAX_INLINE (64 * 1024)

/* What comes before a message is complete. One that is too large is not kept, but read all the same, as long as it is
 * not far too large: who is cut off in the middle does not get to see the reason. */
#define MAX_UNREAD (4 * (guint64) HEARTH_CLIENT_MAX_FRAME)

/* Of messages that wait for one that is being read. */
#define MAX_INCOMING (2 * (gsize) HEARTH_CLIENT_MAX_FRAME)

struct _HearthClient
{
  gatomicrefcount ref_count;

  HearthHub *hub; /* borrowed; NULL when the connection is gone */
  SoupWebsocketConnection *connection;
  HearthConnection *below;
  char *workflow_id;
  guint serial;
  guint n_runs;

  GQueue incoming; /* frames (GBytes) that wait for one that is being parsed */
  gsize incoming_bytes;
  gboolean parsing;
  HearthPageGraph made; /* of the message that is run */

  HearthSender *sender; /* as long as there is a hub */
};

static void
client_unref (HearthClient *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_queue_clear_full (&self->incoming, (GDestroyNotify) g_bytes_unref);
  g_object_unref (self->connection);
  g_object_unref (self->below);
  g_free (self->workflow_id);
  g_free (self);
}

guint
hearth_client_get_serial (HearthClient *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->serial;
}

const char *
hearth_client_get_workflow_id (HearthClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->workflow_id;
}

void
hearth_client_count_runs (HearthClient *self,
                          int           more)
{
  g_return_if_fail (self != NULL && (more >= 0 || self->n_runs > 0));

  self->n_runs = (guint) ((int) self->n_runs + more);
}

guint
hearth_client_get_n_runs (HearthClient *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_runs;
}

/* --- sending ------------------------------------------------------------------------------ */

void
hearth_client_send (HearthClient *self,
                    const char   *message)
{
  hearth_client_tell (self, message, NULL);
}

void
hearth_client_tell (HearthClient *self,
                    const char   *message,
                    GBytes       *whole)
{
  g_return_if_fail (self != NULL && message != NULL);

  hearth_sender_send (self->sender, message, whole);
}

void
hearth_client_ping (HearthClient *self)
{
  g_return_if_fail (self != NULL);

  hearth_sender_ping (self->sender);
}

gboolean
hearth_client_close (HearthClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;
  soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  return TRUE;
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
  g_autoptr (HearthValue) frame = hearth_page_message_read_finish (result, &self->made, &error);

  self->parsing = FALSE;
  if (self->hub != NULL)
    run_frame (self, frame, error);
  hearth_page_graph_clear (&self->made);
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

  if (length > MAX_INLINE)
    {
      self->parsing = TRUE;
      g_atomic_ref_count_inc (&self->ref_count);
      hearth_page_message_read_async (bytes, hearth_workspace_get_catalog (hearth_hub_get_workspace (self->hub)), parsed_cb, self);
      return;
    }
  frame = hearth_json_parse (length > 0 ? text : "", (gssize) length, &error);
  run_frame (self, frame, error);
}

gboolean
hearth_client_take_graph (HearthClient *self,
                          HearthGraph **graph,
                          GError      **error)
{
  g_return_val_if_fail (self != NULL && graph != NULL, FALSE);

  if (self->made.error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->made.error));
  else if (self->made.graph == NULL)
    return FALSE;
  *graph = g_steal_pointer (&self->made.graph);
  return TRUE;
}

/* In the order in which they came: one that is being parsed holds up the others. */
static void
take_frames (HearthClient *self)
{
  while (!self->parsing && !g_queue_is_empty (&self->incoming))
    {
      g_autoptr (GBytes) bytes = g_queue_pop_head (&self->incoming);

      self->incoming_bytes -= g_bytes_get_size (bytes);
      take_frame (self, bytes);
    }
}

static gboolean
release_cb (gpointer bytes)
{
  hearth_memory_release (bytes, (GDestroyNotify) g_bytes_unref);
  return G_SOURCE_REMOVE;
}

/* When libsoup has let go of them, so that the thread is the last who does. */
static void
release_later (GBytes *bytes)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, release_cb, g_bytes_ref (bytes), NULL);
}

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            HearthClient            *self)
{
  hearth_connection_limit_reading (self->below, MAX_UNREAD);
  if (type != SOUP_WEBSOCKET_DATA_TEXT && !hearth_connection_was_text (self->below))
    {
      hearth_commands_refuse (self, _("Binary messages are not used here."));
      return;
    }
  if (g_bytes_get_size (bytes) > HEARTH_CLIENT_MAX_FRAME)
    {
      release_later (bytes);
      soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_TOO_BIG, _("At most 64 MiB"));
      return;
    }
  self->incoming_bytes += g_bytes_get_size (bytes);
  if (self->incoming_bytes > MAX_INCOMING)
    {
      soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, _("Too much at once"));
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
                   HearthConnection        *below,
                   const char              *workflow_id,
                   guint                    serial)
{
  HearthClient *self;

  g_return_val_if_fail (HEARTH_IS_HUB (hub) && connection != NULL && HEARTH_IS_CONNECTION (below), NULL);

  self = g_new0 (HearthClient, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->hub = hub;
  self->connection = g_object_ref (connection);
  self->below = g_object_ref (below);
  self->sender = hearth_sender_new (connection, below);
  self->workflow_id = g_strdup (workflow_id);
  self->serial = serial;
  g_queue_init (&self->incoming);
  /* A page may stay silent for hours. */
  g_socket_set_timeout (hearth_connection_get_socket (below), 0);
  /* Of a frame; they are cut into small ones. */
  soup_websocket_connection_set_max_incoming_payload_size (connection, 2 * HEARTH_FRAME_SPLITTER_MAX);
  hearth_connection_wait_outside (below);
  hearth_connection_limit_reading (below, MAX_UNREAD);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

void
hearth_client_free (HearthClient *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_pointer (&self->sender, hearth_sender_free);
  self->hub = NULL;
  client_unref (self);
}
