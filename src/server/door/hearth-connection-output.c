/* hearth-connection-output.c: what goes over a connection, counted and, while it is asked for, gathered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A run tells many small things in one slice of the main loop. A call of the kernel for each would
 * cost more than making it.
 */

#include "hearth-connection-private.h"

/* Gathered at most; more goes on at once. */
#define MAX_GATHERED (64 * 1024)

#define HEARTH_TYPE_CONNECTION_OUTPUT (hearth_connection_output_get_type ())
G_DECLARE_FINAL_TYPE (HearthConnectionOutput, hearth_connection_output, HEARTH, CONNECTION_OUTPUT, GFilterOutputStream)

struct _HearthConnectionOutput
{
  GFilterOutputStream parent_instance;

  HearthConnection *connection; /* borrowed */
  gboolean is_gathering;
  GByteArray *gathered;
  GSource *flush; /* while the kernel has no room for what was gathered */
};

static void hearth_connection_output_poll_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthConnectionOutput, hearth_connection_output, G_TYPE_FILTER_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, hearth_connection_output_poll_init))

static GPollableOutputStream *
get_base (HearthConnectionOutput *self)
{
  return G_POLLABLE_OUTPUT_STREAM (g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (self)));
}

static gssize
count (HearthConnectionOutput *self,
       gssize                  length)
{
  if (length > 0)
    _hearth_connection_wrote (self->connection, (gsize) length);
  return length;
}

/* --- gathering -------------------------------------------------------------------------------- */

/* FALSE: it is not all with the kernel yet. */
static gboolean
push (HearthConnectionOutput *self,
      GError                **error)
{
  while (self->gathered->len > 0)
    {
      gssize n = g_pollable_output_stream_write_nonblocking (get_base (self), self->gathered->data, self->gathered->len, NULL,
                                                             error);

      if (n <= 0)
        return FALSE;
      g_byte_array_remove_range (self->gathered, 0, (guint) n);
      count (self, n);
    }
  return TRUE;
}

static void flush (HearthConnectionOutput *self);

static gboolean
flush_cb (GObject *stream,
          gpointer user_data)
{
  HearthConnectionOutput *self = user_data;

  g_clear_pointer (&self->flush, g_source_unref);
  flush (self);
  return G_SOURCE_REMOVE;
}

static void
flush (HearthConnectionOutput *self)
{
  g_autoptr (GError) error = NULL;

  if (self->flush != NULL || push (self, &error))
    return;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      /* The line is dead; whoever reads or writes next is told. */
      g_byte_array_set_size (self->gathered, 0);
      return;
    }
  self->flush = g_pollable_output_stream_create_source (get_base (self), NULL);
  g_source_set_callback (self->flush, G_SOURCE_FUNC (flush_cb), self, NULL);
  g_source_attach (self->flush, NULL);
}

void
_hearth_connection_output_gather (GOutputStream *stream,
                                  gboolean       on)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);

  self->is_gathering = on;
  if (!on)
    flush (self);
}

/* --- the stream --------------------------------------------------------------------------------- */

static gssize
hearth_connection_output_write (GOutputStream *stream,
                                const void    *buffer,
                                gsize          length,
                                GCancellable  *cancellable,
                                GError       **error)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);
  GOutputStream *base = G_OUTPUT_STREAM (get_base (self));

  if (self->gathered->len > 0 && !g_output_stream_write_all (base, self->gathered->data, self->gathered->len, NULL, cancellable, error))
    return -1;
  count (self, (gssize) self->gathered->len);
  g_byte_array_set_size (self->gathered, 0);
  return count (self, g_output_stream_write (base, buffer, length, cancellable, error));
}

static gssize
hearth_connection_output_write_nonblocking (GPollableOutputStream *stream,
                                            const void            *buffer,
                                            gsize                  length,
                                            GError               **error)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);

  if (self->is_gathering && self->gathered->len + length <= MAX_GATHERED)
    {
      g_byte_array_append (self->gathered, buffer, (guint) length);
      return (gssize) length;
    }
  if (!push (self, error))
    return -1;
  return count (self, g_pollable_output_stream_write_nonblocking (get_base (self), buffer, length, NULL, error));
}

static gboolean
hearth_connection_output_is_writable (GPollableOutputStream *stream)
{
  HearthConnectionOutput *self = HEARTH_CONNECTION_OUTPUT (stream);

  return (self->is_gathering && self->gathered->len < MAX_GATHERED) || g_pollable_output_stream_is_writable (get_base (self));
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

  if (self->flush != NULL)
    g_source_destroy (self->flush);
  g_clear_pointer (&self->flush, g_source_unref);
  g_byte_array_unref (self->gathered);
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
  self->gathered = g_byte_array_new ();
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
