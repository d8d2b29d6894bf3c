/* hearth-client.c: one WebSocket connection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-client.h"

#include "hearth-commands.h"
#include "hearth-frame-splitter.h"
#include "hearth-i18n.h"
#include "hearth-json.h"
#include "hearth-page-message.h"
#include "hearth-outbox.h"
#include "hearth-turn.h"

/* Messages above this are read on a thread: some two hundred nodes. */
#define MAX_INLINE (64 * 1024)

/* What comes before a message is complete. One that is too large shall be read all the same, as long as
 * it is not far too large: who is cut off in the middle does not get to see the reason. */
#define MAX_UNREAD (4 * (guint64) HEARTH_CLIENT_MAX_FRAME)

/* Of messages that wait for one that is being read. */
#define MAX_INCOMING (2 * (gsize) HEARTH_CLIENT_MAX_FRAME)

/* This much is given to the connection, which keeps what the socket does not take; the rest waits in the
 * outbox, where text is merged above the second, and above the third the line is cut. */
#define MAX_UNDERWAY (256 * 1024)
#define MERGE_ABOVE (4u << 20)
#define MAX_WAITING (128u << 20)

/* A frame of a large message. */
#define MAX_FRAGMENT ((gsize) 64 << 10)

/* RFC 6455 5.2. */
#define FIN 0x80
#define CONTINUATION 0

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

  GSource *pump; /* while the outbox is to be emptied further */

  HearthOutbox *outbox;
  GBytes *current; /* of which a part was given */
  gsize current_at;
  gboolean is_cut;
  guint64 given; /* to the connection, in what hearth_connection_get_written() counts */
};

static gboolean pump_cb (gpointer user_data);

static void
client_unref (HearthClient *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_queue_clear_full (&self->incoming, (GDestroyNotify) g_bytes_unref);
  g_object_unref (self->connection);
  g_object_unref (self->below);
  hearth_outbox_free (self->outbox);
  g_clear_pointer (&self->current, g_bytes_unref);
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

static guint64
get_underway (HearthClient *self)
{
  guint64 written = hearth_connection_get_written (self->below);

  /* Pings and pongs are written, too. */
  self->given = MAX (self->given, written);
  return self->given - written;
}

#define MAX_HEAD 10

/* Of a frame from the server (RFC 6455 5.2). Returns its length. */
static gsize
make_head (guint8   head[MAX_HEAD],
           gsize    length,
           gboolean is_first,
           gboolean is_last)
{
  gsize n_bytes = length < 126 ? 0 : length <= G_MAXUINT16 ? 2 : 8;

  head[0] = (guint8) ((is_last ? FIN : 0) | (is_first ? SOUP_WEBSOCKET_DATA_TEXT : CONTINUATION));
  head[1] = (guint8) (n_bytes == 0 ? length : n_bytes == 2 ? 126 : 127);
  for (gsize i = 0; i < n_bytes; i++)
    head[2 + i] = (guint8) ((guint64) length >> (8 * (n_bytes - 1 - i)));
  return 2 + n_bytes;
}

/* libsoup adds pongs and farewells, each as a whole, so that no frame gets into another. */
static void
give (HearthClient *self,
      const char   *text,
      gsize         length,
      gboolean      is_first,
      gboolean      is_last)
{
  guint8 head[MAX_HEAD];
  gsize head_length = make_head (head, length, is_first, is_last);

  self->given += head_length + length;
  hearth_connection_send (self->below, head, head_length);
  hearth_connection_send (self->below, text, length);
}

static gboolean
is_open (HearthClient *self)
{
  return soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

static gboolean
has_room (HearthClient *self)
{
  return get_underway (self) < MAX_UNDERWAY;
}

static gboolean
has_more (HearthClient *self)
{
  return self->current != NULL || !hearth_outbox_is_empty (self->outbox);
}

/* What is large goes in several frames, so that none of it is copied long before it can go. */
static void
give_some (HearthClient *self)
{
  gsize length;
  const char *text;
  gsize n;

  if (self->current == NULL)
    self->current = hearth_outbox_pop (self->outbox);
  text = g_bytes_get_data (self->current, &length);
  n = MIN (length - self->current_at, MAX_FRAGMENT);
  give (self, text + self->current_at, n, self->current_at == 0, self->current_at + n == length);
  self->current_at += n;
  if (self->current_at < length)
    return;
  self->current_at = 0;
  g_clear_pointer (&self->current, g_bytes_unref);
}

static void
want_pump (HearthClient *self)
{
  if (self->pump != NULL)
    return;
  self->pump = g_idle_source_new ();
  g_source_set_name (self->pump, "hearth-client");
  g_source_set_priority (self->pump, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->pump, pump_cb, self, NULL);
  g_source_attach (self->pump, NULL);
}

static gboolean
pump_cb (gpointer user_data)
{
  HearthClient *self = user_data;
  guint64 end = self->given + MAX_UNDERWAY;

  g_clear_pointer (&self->pump, g_source_unref);
  while (is_open (self) && has_more (self) && has_room (self))
    {
      give_some (self);
      if (self->given < end && !hearth_turn_is_over ())
        continue;
      want_pump (self);
      break;
    }
  return G_SOURCE_REMOVE;
}

/* From inside of a write, so that nothing more can be given here. */
static void
written_cb (gpointer user_data)
{
  HearthClient *self = user_data;

  if (has_more (self) && get_underway (self) <= MAX_UNDERWAY / 2)
    want_pump (self);
}

static gboolean
may_send (HearthClient *self)
{
  return !self->is_cut && is_open (self);
}

static void
check_waiting (HearthClient *self)
{
  if (hearth_outbox_get_bytes (self->outbox) <= MAX_WAITING)
    return;
  g_message ("A browser page has not read for too long; its connection is closed");
  self->is_cut = TRUE;
  hearth_connection_cut (self->below);
}

void
hearth_client_send (HearthClient *self,
                    const char   *message)
{
  g_return_if_fail (self != NULL && message != NULL);

  if (!may_send (self))
    return;
  if (!has_more (self) && has_room (self))
    {
      give (self, message, strlen (message), TRUE, TRUE);
      return;
    }
  hearth_outbox_push (self->outbox, message);
  check_waiting (self);
}

void
hearth_client_tell (HearthClient *self,
                    const char   *message,
                    GBytes       *whole)
{
  g_return_if_fail (self != NULL && message != NULL);

  if (whole == NULL || g_bytes_get_size (whole) <= MAX_FRAGMENT)
    {
      hearth_client_send (self, message);
      return;
    }
  if (!may_send (self))
    return;
  if (!has_more (self) && has_room (self))
    want_pump (self);
  hearth_outbox_push_bytes (self->outbox, whole);
  check_waiting (self);
}

void
hearth_client_ping (HearthClient *self)
{
  static const guint8 ping[] = { 0x89, 0 };

  g_return_if_fail (self != NULL);

  if (is_open (self) && !self->is_cut)
    hearth_connection_send (self->below, ping, sizeof ping);
}

gboolean
hearth_client_close (HearthClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!is_open (self))
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
  self->outbox = hearth_outbox_new (MERGE_ABOVE);
  self->workflow_id = g_strdup (workflow_id);
  self->serial = serial;
  g_queue_init (&self->incoming);
  /* A page may stay silent for hours. */
  g_socket_set_timeout (hearth_connection_get_socket (below), 0);
  /* Of a frame; they are cut into small ones. */
  soup_websocket_connection_set_max_incoming_payload_size (connection, 2 * HEARTH_FRAME_SPLITTER_MAX);
  hearth_connection_wait_outside (below);
  hearth_connection_limit_reading (below, MAX_UNREAD);
  hearth_connection_watch_writing (below, written_cb, self);
  g_signal_connect (connection, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), self);
  return self;
}

void
hearth_client_free (HearthClient *self)
{
  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->connection, self);
  hearth_connection_watch_writing (self->below, NULL, NULL);
  if (self->pump != NULL)
    g_source_destroy (self->pump);
  g_clear_pointer (&self->pump, g_source_unref);
  self->hub = NULL;
  client_unref (self);
}
