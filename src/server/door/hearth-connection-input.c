/* hearth-connection-input.c: what comes over a connection, checked before libsoup gets it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-connection-private.h"

#include <string.h>

#include "hearth-byte-queue.h"
#include "hearth-frame-splitter.h"
#include "hearth-socket-watch.h"
#include "hearth-turn.h"

/* libsoup asks for a KiB at a time. */
#define READ_SIZE (64 * 1024)

#define HEARTH_TYPE_CONNECTION_INPUT (hearth_connection_input_get_type ())
G_DECLARE_FINAL_TYPE (HearthConnectionInput, hearth_connection_input, HEARTH, CONNECTION_INPUT, GFilterInputStream)

struct _HearthConnectionInput
{
  GFilterInputStream parent_instance;

  HearthConnection *connection; /* borrowed */
  HearthSocketWatch *watch;
  /* What libsoup has not got yet. Of the next request it gets nothing before it asks for it: it loses
   * what comes together with the one before. */
  HearthByteQueue came;
  HearthFrameSplitter *splitter; /* of a WebSocket, or NULL */
  gboolean refused;
  gboolean is_fresh; /* libsoup has got nothing of a request yet */
  gboolean is_leaving; /* and shall not: @connection goes on elsewhere */
  gboolean is_over;  /* and will not */
  gboolean has_read; /* something since it waited */
};

static void hearth_connection_input_poll_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthConnectionInput, hearth_connection_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, hearth_connection_input_poll_init))

static GInputStream *
get_input (gpointer stream)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
}

static gssize
refuse (HearthConnectionInput *self,
        GError               **error)
{
  self->refused = TRUE;
  _hearth_connection_refuse (self->connection, error);
  return -1;
}

/* A connection that ends between two requests is forgotten by libsoup: it does not close it. It does when a
 * request has begun, so it gets an empty one. What it answers to that goes nowhere. */
static gssize
end_between (HearthConnectionInput *self,
             guint8                *buffer,
             GError               **error)
{
  self->is_over = TRUE;
  _hearth_connection_mute (self->connection);
  if (error != NULL)
    g_clear_error (error);
  buffer[0] = '\n';
  return 1;
}

static gboolean
has_something (HearthConnectionInput *self)
{
  return self->refused || self->is_over || hearth_byte_queue_get_length (&self->came) > 0
         || (self->splitter != NULL && hearth_frame_splitter_has_output (self->splitter));
}

/* 0: there is nothing (more) to hand on. */
static gssize
hand_on (HearthConnectionInput *self,
         void                  *buffer,
         gsize                  count,
         GError               **error)
{
  const guint8 *came = hearth_byte_queue_get_data (&self->came);
  gsize taken = hearth_byte_queue_get_length (&self->came);
  gsize length = 0;
  gboolean refused;

  if (!has_something (self))
    return 0;
  if (self->splitter != NULL)
    length = hearth_frame_splitter_feed (self->splitter, came, &taken, buffer, count);
  else
    taken = MIN (taken, count);
  taken = _hearth_connection_take (self->connection, (const char *) came, taken, &refused);
  if (refused)
    return refuse (self, error);
  if (self->splitter == NULL)
    {
      memcpy (buffer, came, taken);
      length = taken;
    }
  hearth_byte_queue_take (&self->came, taken);
  self->is_fresh = hearth_connection_get_place (self->connection) == HEARTH_HEAD_IDLE && self->splitter == NULL;
  return (gssize) length;
}

static gssize
hearth_connection_input_read (GInputStream *stream,
                              void         *buffer,
                              gsize         count,
                              GCancellable *cancellable,
                              GError      **error)
{
  HearthConnectionInput *self = HEARTH_CONNECTION_INPUT (stream);
  guint8 bytes[READ_SIZE];
  gssize n;

  if (self->refused)
    return refuse (self, error);
  while ((n = hand_on (self, buffer, count, error)) == 0)
    {
      n = g_input_stream_read (get_input (self), bytes, sizeof bytes, cancellable, error);
      if (n <= 0)
        break;
      hearth_byte_queue_append (&self->came, bytes, (gsize) n);
    }
  return n;
}

static gssize
read_base (HearthConnectionInput *self,
           GError               **error)
{
  guint8 bytes[READ_SIZE];
  gssize n;

  if (self->has_read && hearth_turn_is_over ())
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Others are served first");
      return -1;
    }
  if (hearth_socket_watch_is_overdue (self->watch))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Nothing has come for too long");
      return -1;
    }
  n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (get_input (self)), bytes, sizeof bytes, NULL, error);
  if (n != 0 && n < (gssize) sizeof bytes)
    hearth_socket_watch_was_emptied (self->watch);
  if (n > 0)
    hearth_byte_queue_append (&self->came, bytes, (gsize) n);
  self->has_read = TRUE;
  return n;
}

static gssize
read_some (HearthConnectionInput *self,
           void                  *buffer,
           gsize                  count,
           GError               **error)
{
  gssize n;

  if (self->refused)
    return refuse (self, error);
  /* libsoup reads as long as there is something to read. Each gets on a little in its turn, however late in the round. */
  if (self->has_read && hearth_turn_is_over ())
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Others are served first");
      return -1;
    }
  while ((n = hand_on (self, buffer, count, error)) == 0)
    {
      n = read_base (self, error);
      if (n <= 0)
        break;
    }
  self->has_read = TRUE;
  return n;
}

static gssize
hearth_connection_input_read_nonblocking (GPollableInputStream *stream,
                                          void                 *buffer,
                                          gsize                 count,
                                          GError              **error)
{
  HearthConnectionInput *self = HEARTH_CONNECTION_INPUT (stream);
  g_autoptr (GError) cause = NULL;
  gssize n;

  if (self->is_over)
    return 0;
  if (self->is_leaving)
    return end_between (self, buffer, NULL);
  n = read_some (self, buffer, count, &cause);
  if (n <= 0 && self->is_fresh && !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return end_between (self, buffer, &cause);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return n;
}

static gboolean
hearth_connection_input_is_readable (GPollableInputStream *stream)
{
  HearthConnectionInput *self = HEARTH_CONNECTION_INPUT (stream);

  return has_something (self) || g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (get_input (stream)));
}

static GSource *
hearth_connection_input_create_source (GPollableInputStream *stream,
                                       GCancellable         *cancellable)
{
  HearthConnectionInput *self = HEARTH_CONNECTION_INPUT (stream);

  self->has_read = FALSE;
  return hearth_socket_watch_create_source (self->watch, G_OBJECT (stream), has_something (self), cancellable);
}

static gboolean
hearth_connection_input_close (GInputStream *stream,
                               GCancellable *cancellable,
                               GError      **error)
{
  hearth_socket_watch_end (HEARTH_CONNECTION_INPUT (stream)->watch);
  return G_INPUT_STREAM_CLASS (hearth_connection_input_parent_class)->close_fn (stream, cancellable, error);
}

static void
hearth_connection_input_finalize (GObject *object)
{
  HearthConnectionInput *self = HEARTH_CONNECTION_INPUT (object);

  hearth_socket_watch_free (self->watch);
  hearth_byte_queue_clear (&self->came);
  g_clear_pointer (&self->splitter, hearth_frame_splitter_free);
  G_OBJECT_CLASS (hearth_connection_input_parent_class)->finalize (object);
}

static void
hearth_connection_input_class_init (HearthConnectionInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_connection_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = hearth_connection_input_read;
  G_INPUT_STREAM_CLASS (klass)->close_fn = hearth_connection_input_close;
}

static void
hearth_connection_input_poll_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = hearth_connection_input_is_readable;
  iface->create_source = hearth_connection_input_create_source;
  iface->read_nonblocking = hearth_connection_input_read_nonblocking;
}

static void
hearth_connection_input_init (HearthConnectionInput *self)
{
  self->is_fresh = TRUE;
}

GInputStream *
_hearth_connection_input_new (GInputStream     *base,
                              HearthConnection *connection)
{
  HearthConnectionInput *self = g_object_new (HEARTH_TYPE_CONNECTION_INPUT, "base-stream", base, "close-base-stream", FALSE,
                                              NULL);

  self->connection = connection;
  self->watch = hearth_socket_watch_new (hearth_connection_get_socket (connection));
  return G_INPUT_STREAM (self);
}

void
_hearth_connection_input_split (GInputStream *stream,
                                guint64       max_message)
{
  HearthConnectionInput *self = HEARTH_CONNECTION_INPUT (stream);

  self->is_fresh = FALSE;
  if (self->splitter == NULL)
    self->splitter = hearth_frame_splitter_new (max_message);
}

void
_hearth_connection_input_wait_outside (GInputStream *stream)
{
  hearth_socket_watch_wait_outside (HEARTH_CONNECTION_INPUT (stream)->watch);
}

gboolean
_hearth_connection_input_leave (GInputStream *stream)
{
  HearthConnectionInput *self = HEARTH_CONNECTION_INPUT (stream);

  if (!self->is_fresh || has_something (self))
    return FALSE;
  self->is_leaving = TRUE;
  hearth_socket_watch_call (self->watch);
  return TRUE;
}

gboolean
_hearth_connection_input_was_text (GInputStream *stream)
{
  HearthConnectionInput *self = HEARTH_CONNECTION_INPUT (stream);

  return self->splitter != NULL && hearth_frame_splitter_was_text (self->splitter);
}
