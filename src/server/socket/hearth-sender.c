/* hearth-sender.c: messages on their way to one page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-sender.h"

#include <string.h>

#include "hearth-outbox.h"
#include "hearth-turn.h"

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

struct _HearthSender
{
  SoupWebsocketConnection *connection;
  HearthConnection *below;

  HearthOutbox *outbox;
  GBytes *current; /* of which a part was given */
  gsize current_at;
  GSource *pump; /* while more is to be given */
  guint64 given; /* to the connection, in what hearth_connection_get_written() counts */
  gboolean is_cut;
};

static gboolean pump_cb (gpointer user_data);

static guint64
get_underway (HearthSender *self)
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
give (HearthSender *self,
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
is_open (HearthSender *self)
{
  return soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

static gboolean
has_room (HearthSender *self)
{
  return get_underway (self) < MAX_UNDERWAY;
}

static gboolean
has_more (HearthSender *self)
{
  return self->current != NULL || !hearth_outbox_is_empty (self->outbox);
}

/* What is large goes in several frames, so that none of it is copied long before it can go. */
static void
give_some (HearthSender *self)
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
want_pump (HearthSender *self)
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
  HearthSender *self = user_data;
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
  HearthSender *self = user_data;

  if (has_more (self) && get_underway (self) <= MAX_UNDERWAY / 2)
    want_pump (self);
}

static gboolean
may_send (HearthSender *self)
{
  return !self->is_cut && is_open (self);
}

static void
check_waiting (HearthSender *self)
{
  if (hearth_outbox_get_bytes (self->outbox) <= MAX_WAITING)
    return;
  g_message ("A browser page has not read for too long; its connection is closed");
  self->is_cut = TRUE;
  hearth_connection_cut (self->below);
}

/* Of a message that is small. */
static void
send_text (HearthSender *self,
           const char   *message)
{
  if (has_more (self) || !has_room (self))
    hearth_outbox_push (self->outbox, message);
  else
    give (self, message, strlen (message), TRUE, TRUE);
}

static void
send_whole (HearthSender *self,
            GBytes       *message)
{
  if (!has_more (self) && has_room (self))
    want_pump (self);
  hearth_outbox_push_bytes (self->outbox, message);
}

void
hearth_sender_send (HearthSender *self,
                    const char   *message,
                    GBytes       *whole)
{
  g_return_if_fail (self != NULL && message != NULL);

  if (!may_send (self))
    return;
  if (whole != NULL && g_bytes_get_size (whole) > MAX_FRAGMENT)
    send_whole (self, whole);
  else
    send_text (self, message);
  check_waiting (self);
}

void
hearth_sender_ping (HearthSender *self)
{
  static const guint8 ping[] = { 0x89, 0 };

  g_return_if_fail (self != NULL);

  if (may_send (self))
    hearth_connection_send (self->below, ping, sizeof ping);
}

HearthSender *
hearth_sender_new (SoupWebsocketConnection *connection,
                   HearthConnection        *below)
{
  HearthSender *self;

  g_return_val_if_fail (SOUP_IS_WEBSOCKET_CONNECTION (connection) && HEARTH_IS_CONNECTION (below), NULL);

  self = g_new0 (HearthSender, 1);
  self->connection = g_object_ref (connection);
  self->below = g_object_ref (below);
  self->outbox = hearth_outbox_new (MERGE_ABOVE);
  hearth_connection_watch_writing (below, written_cb, self);
  return self;
}

void
hearth_sender_free (HearthSender *self)
{
  g_return_if_fail (self != NULL);

  hearth_connection_watch_writing (self->below, NULL, NULL);
  if (self->pump != NULL)
    g_source_destroy (self->pump);
  g_clear_pointer (&self->pump, g_source_unref);
  g_clear_pointer (&self->current, g_bytes_unref);
  hearth_outbox_free (self->outbox);
  g_object_unref (self->connection);
  g_object_unref (self->below);
  g_free (self);
}
