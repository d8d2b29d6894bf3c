/* hearth-connection-output.c: what goes over a connection, gathered and counted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An answer is a head and a body, and a run tells many small things in one slice of the main loop. A
 * call of the kernel for each, which wakes the other side each time, would cost more than making it.
 * So small pieces wait until the loop is about to wait itself.
 */

#include "hearth-connection-private.h"

#include "hearth-byte-queue.h"
#include "hearth-post.h"

/* Larger pieces are not worth a copy; they go at once, together with what waits. */
#define MAX_PIECE (8 * 1024)

/* More than this is not taken from who can wait. */
#define MAX_GATHERED (64 * 1024)

#define HEARTH_TYPE_CONNECTION_OUTPUT (hearth_connection_output_get_type ())
G_DECLARE_FINAL_TYPE (HearthConnectionOutput, hearth_connection_output, HEARTH, CONNECTION_OUTPUT, GFilterOutputStream)

struct _HearthConnectionOutput
{
  GFilterOutputStream parent_instance;

  HearthConnection *connection; /* borrowed; while @is_closing owned */
  HearthByteQueue gathered;
  GList in_post;
  GSource *room; /* while the kernel has no room for what was gathered */
  gboolean is_posted;
  gboolean is_closing;
  gboolean is_dead;
  gboolean is_mute;
};

static void hearth_connection_output_poll_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthConnectionOutput, hearth_connection_output, G_TYPE_FILTER_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, hearth_connection_output_poll_init))

static GPollableOutputStream *
get_base (HearthConnectionOutput *self)
{
  return G_POLLABLE_OUTPUT_STREAM (g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (self)));
}

/* --- sending what was gathered ------------------------------------------------------------------ */

static gsize
get_gathered (HearthConnectionOutput *self)
{
  return hearth_byte_queue_get_length (&self->gathered);
}

/* @length bytes, the gathered ones first, are with the kernel. */
static void
wrote (HearthConnectionOutput *self,
       gsize                   length)
{
  hearth_byte_queue_take (&self->gathered, MIN (length, get_gathered (self)));
  if (length > 0)
    _hearth_connection_wrote (self->connection, length);
}

/* What was gathered, and @buffer behind it. Returns how much of @buffer went, or -1. */
static gssize
push (HearthConnectionOutput *self,
      const void             *buffer,
      gsize                   length,
      GError                **error)
{
  gsize waited = get_gathered (self);
  GOutputVector pieces[] = { { hearth_byte_queue_get_data (&self->gathered), waited }, { buffer, length } };
  gsize n = 0;
  GPollableReturn result = g_pollable_output_stream_writev_nonblocking (get_base (self), pieces, G_N_ELEMENTS (pieces), &n,
                                                                        NULL, error);

  if (result == G_POLLABLE_RETURN_FAILED)
    {
      /* Whoever writes or reads next is told. */
      self->is_dead = TRUE;
      hearth_byte_queue_clear (&self->gathered);
      return -1;
    }
  wrote (self, n);
  if (n > waited)
    return (gssize) (n - waited);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "The line takes no more");
  return -1;
}

static void
end_waiting (HearthConnectionOutput *self)
{
  if (self->room != NULL)
    g_source_destroy (self->room);
  g_clear_pointer (&self->room, g_source_unref);
}

static void flush (HearthConnectionOutput *self);

static gboolean
room_cb (GObject *stream,
         gpointer user_data)
{
  HearthConnectionOutput *self = user_data;

  end_waiting (self);
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_room (HearthConnectionOutput *self)
{
  self->room = g_pollable_output_stream_create_source (get_base (self), NULL);
  g_source_set_name (self->room, "hearth-connection-output");
  g_source_set_callback (self->room, G_SOURCE_FUNC (room_cb), self, NULL);
  g_source_attach (self->room, NULL);
}

/* The last bytes of a connection that was closed meanwhile have gone, or cannot. */
static void
end_closing (HearthConnectionOutput *self)
{
  if (!self->is_closing)
    return;
  self->is_closing = FALSE;
  _hearth_connection_end (self->connection);
  g_object_unref (self->connection);
}

static void
flush (HearthConnectionOutput *self)
{
  if (get_gathered (self) > 0 && self->room == NULL)
    push (self, NULL, 0, NULL);
  if (get_gathered (self) == 0)
    end_closing (self);
  else if (self->room == NULL)
    wait_for_room (self);
}

gboolean
_hearth_connection_output_is_empty (GOutputStream *stream)
{
  return get_gathered (HEARTH_CONNECTION_OUTPUT (stream)) == 0;
}

gboolean
_hearth_connection_output_flush (GOutputStream *stream)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);

  flush (self);
  return get_gathered (self) == 0;
}

gboolean
_hearth_connection_output_finish (GOutputStream *stream)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);

  if (_hearth_connection_output_flush (stream))
    return TRUE;
  self->is_closing = TRUE;
  g_object_ref (self->connection);
  return FALSE;
}

void
_hearth_connection_output_mute (GOutputStream *stream)
{
  HEARTH_CONNECTION_OUTPUT (stream)->is_mute = TRUE;
}

/* --- gathering -------------------------------------------------------------------------------------- */

static void
posted_cb (gpointer user_data)
{
  HearthConnectionOutput *self = user_data;

  self->is_posted = FALSE;
  flush (self);
}

static void
gather (HearthConnectionOutput *self,
        const void             *buffer,
        gsize                   length)
{
  hearth_byte_queue_append (&self->gathered, buffer, length);
  if (self->is_posted || self->room != NULL)
    return;
  self->is_posted = TRUE;
  _hearth_post_add (&self->in_post);
}

/* A small piece is taken as a whole or not at all: it may be the head of something. */
static gboolean
make_room (HearthConnectionOutput *self,
           gsize                   length,
           GError                **error)
{
  if (self->room == NULL)
    push (self, NULL, 0, NULL);
  if (!self->is_dead && get_gathered (self) + length <= MAX_GATHERED)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, self->is_dead ? G_IO_ERROR_BROKEN_PIPE : G_IO_ERROR_WOULD_BLOCK,
                       "The line takes no more");
  return FALSE;
}

void
_hearth_connection_output_add (GOutputStream *stream,
                               const void    *buffer,
                               gsize          length)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);
  gssize n = length > MAX_PIECE && self->room == NULL ? push (self, buffer, length, NULL) : 0;
  gsize gone = n > 0 ? (gsize) n : 0;

  if (!self->is_dead && gone < length)
    gather (self, (const char *) buffer + gone, length - gone);
  if (get_gathered (self) > MAX_GATHERED && self->room == NULL)
    push (self, NULL, 0, NULL);
}

/* --- the stream --------------------------------------------------------------------------------- */

/* Bytes that another thread has written. */
typedef struct
{
  HearthConnectionOutput *output;
  HearthConnection *connection; /* which the output only borrows */
  GBytes *bytes;
} Letter;

static void
letter_free (gpointer data)
{
  Letter *self = data;

  g_bytes_unref (self->bytes);
  g_object_unref (self->output);
  g_object_unref (self->connection);
  g_free (self);
}

static gboolean
letter_cb (gpointer data)
{
  Letter *self = data;

  if (!self->output->is_dead && !self->output->is_mute)
    gather (self->output, g_bytes_get_data (self->bytes, NULL), g_bytes_get_size (self->bytes));
  return G_SOURCE_REMOVE;
}

/* libsoup writes on the main thread and without waiting, all but the end of an answer in pieces, a few bytes: that it
 * writes on a thread. What was gathered is the main thread's alone, so they are handed over, and arrive there before
 * the news that they were written. */
static gssize
hearth_connection_output_write (GOutputStream *stream,
                                const void    *buffer,
                                gsize          length,
                                GCancellable  *cancellable,
                                GError       **error)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);
  Letter *letter = g_new0 (Letter, 1);

  letter->output = g_object_ref (self);
  letter->connection = g_object_ref (self->connection);
  letter->bytes = g_bytes_new (buffer, length);
  g_idle_add_full (G_PRIORITY_HIGH, letter_cb, letter, letter_free);
  return (gssize) length;
}

static gssize
hearth_connection_output_write_nonblocking (GPollableOutputStream *stream,
                                            const void            *buffer,
                                            gsize                  length,
                                            GError               **error)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);

  if (self->is_mute)
    return (gssize) length;
  if (self->is_dead || length > MAX_PIECE)
    return push (self, buffer, length, error);
  if (get_gathered (self) + length > MAX_GATHERED && !make_room (self, length, error))
    return -1;
  gather (self, buffer, length);
  return (gssize) length;
}

static gboolean
hearth_connection_output_is_writable (GPollableOutputStream *stream)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);

  return get_gathered (self) < MAX_GATHERED - MAX_PIECE || g_pollable_output_stream_is_writable (get_base (self));
}

static GSource *
hearth_connection_output_create_source (GPollableOutputStream *stream,
                                        GCancellable          *cancellable)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);
  g_autoptr (GSource) base = g_pollable_output_stream_create_source (get_base (self), NULL);

  return g_pollable_source_new_full (stream, base, cancellable);
}

static void
hearth_connection_output_finalize (GObject *object)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (object);

  end_waiting (self);
  if (self->is_posted)
    _hearth_post_remove (&self->in_post);
  hearth_byte_queue_clear (&self->gathered);
  _hearth_post_leave ();
  G_OBJECT_CLASS (hearth_connection_output_parent_class)->finalize (object);
}

static void
hearth_connection_output_class_init (HearthConnectionOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_connection_output_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = hearth_connection_output_write;
}

static void
hearth_connection_output_poll_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = hearth_connection_output_is_writable;
  iface->create_source = hearth_connection_output_create_source;
  iface->write_nonblocking = hearth_connection_output_write_nonblocking;
}

static void
hearth_connection_output_init (HearthConnectionOutput *self)
{
  self->in_post.data = self;
  _hearth_post_join (posted_cb);
}

GOutputStream *
_hearth_connection_output_new (GOutputStream    *base,
                               HearthConnection *connection)
{
  HearthConnectionOutput *self = g_object_new (HEARTH_TYPE_CONNECTION_OUTPUT, "base-stream", base, "close-base-stream",
                                               FALSE, NULL);

  self->connection = connection;
  return G_OUTPUT_STREAM (self);
}
