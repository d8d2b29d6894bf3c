/* hearth-connection.c: one accepted connection: what comes is checked, what goes is counted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-connection-private.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "hearth-goodbye.h"

#define KEY "hearth-connection"

G_DEFINE_FINAL_TYPE (HearthConnection, hearth_connection, G_TYPE_IO_STREAM)

/* --- for its streams ----------------------------------------------------------------------------- */

gsize
_hearth_connection_take (HearthConnection *self,
                         const char       *bytes,
                         gsize             length,
                         gboolean         *refused)
{
  gsize passed = length;

  if (self->place != HEARTH_HEAD_RAW)
    {
      passed = hearth_head_check_feed (self->check, bytes, length, &self->status);
      if (hearth_head_check_get_place (self->check) != self->place)
        _hearth_connection_enter (self, hearth_head_check_get_place (self->check));
    }
  self->received += passed;
  *refused = self->status != 0 || (self->limit > 0 && self->received > self->limit);
  return *refused ? 0 : passed;
}

void
_hearth_connection_refuse (HearthConnection *self,
                           GError          **error)
{
  /* Behind answers to earlier requests; where they do not get through, this will not either. */
  if (self->status != 0 && self->place != HEARTH_HEAD_RAW && _hearth_connection_output_flush (self->output))
    _hearth_goodbye_say (hearth_connection_get_socket (self), self->status);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Not a request that can be read in one way only");
}

void
_hearth_connection_wrote (HearthConnection *self,
                          gsize             length)
{
  self->written += length;
  if (self->watch != NULL)
    self->watch (self->watch_data);
}

/* --- the stream ------------------------------------------------------------------------------------ */

static GInputStream *
hearth_connection_get_input_stream (GIOStream *stream)
{
  return HEARTH_CONNECTION (stream)->input;
}

static GOutputStream *
hearth_connection_get_output_stream (GIOStream *stream)
{
  return HEARTH_CONNECTION (stream)->output;
}

static void
forget_address (HearthConnection *self)
{
  if (self->remote != NULL && !self->has_left)
    g_object_set_data (G_OBJECT (self->remote), KEY, NULL);
}

/* The next over the same line has the same address. */
static gboolean
hand_over (HearthConnection *self)
{
  g_input_stream_close (self->input, NULL, NULL);
  g_output_stream_close (self->output, NULL, NULL);
  forget_address (self);
  self->has_left = TRUE;
  self->left (self, self->base, self->left_data);
  return TRUE;
}

static gboolean
hearth_connection_close (GIOStream    *stream,
                         GCancellable *cancellable,
                         GError      **error)
{
  HearthConnection *self = HEARTH_CONNECTION (stream);
  gboolean is_finished;

  if (self->left != NULL)
    return hand_over (self);
  is_finished = _hearth_connection_output_finish (self->output);
  /* From now on it is idle as far as the door is concerned, and has so long to read its last bytes. */
  self->is_busy = FALSE;
  _hearth_connection_enter (self, HEARTH_HEAD_IDLE);
  g_input_stream_close (self->input, cancellable, NULL);
  g_output_stream_close (self->output, cancellable, NULL);
  return !is_finished || g_io_stream_close (G_IO_STREAM (self->base), cancellable, error);
}

void
_hearth_connection_mute (HearthConnection *self)
{
  _hearth_connection_output_mute (self->output);
}

void
_hearth_connection_end (HearthConnection *self)
{
  g_io_stream_close (G_IO_STREAM (self->base), NULL, NULL);
}

/* Nothing waits in between: no thread is needed to close it. */
static void
hearth_connection_close_async (GIOStream          *stream,
                               int                 priority,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, hearth_connection_close_async);
  g_task_set_priority (task, priority);
  if (hearth_connection_close (stream, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
hearth_connection_close_finish (GIOStream    *stream,
                                GAsyncResult *result,
                                GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
hearth_connection_finalize (GObject *object)
{
  HearthConnection *self = HEARTH_CONNECTION (object);

  forget_address (self);
  g_clear_object (&self->remote);
  g_clear_object (&self->local);
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->base);
  g_clear_pointer (&self->check, hearth_head_check_free);
  G_OBJECT_CLASS (hearth_connection_parent_class)->finalize (object);
}

static void
hearth_connection_class_init (HearthConnectionClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_connection_finalize;
  stream_class->get_input_stream = hearth_connection_get_input_stream;
  stream_class->get_output_stream = hearth_connection_get_output_stream;
  stream_class->close_fn = hearth_connection_close;
  stream_class->close_async = hearth_connection_close_async;
  stream_class->close_finish = hearth_connection_close_finish;
}

static void
hearth_connection_init (HearthConnection *self)
{
  self->check = hearth_head_check_new ();
  self->since_us = g_get_monotonic_time ();
}

HearthConnection *
hearth_connection_new (GSocketConnection *base)
{
  HearthConnection *self;

  g_return_val_if_fail (G_IS_SOCKET_CONNECTION (base), NULL);

  self = g_object_new (HEARTH_TYPE_CONNECTION, NULL);
  self->base = g_object_ref (base);
  self->input = _hearth_connection_input_new (g_io_stream_get_input_stream (G_IO_STREAM (base)), self);
  self->output = _hearth_connection_output_new (g_io_stream_get_output_stream (G_IO_STREAM (base)), self);
  self->local = g_socket_connection_get_local_address (base, NULL);
  self->remote = g_socket_connection_get_remote_address (base, NULL);
  if (self->remote != NULL)
    g_object_set_data (G_OBJECT (self->remote), KEY, self);
  g_socket_set_option (g_socket_connection_get_socket (base), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  return self;
}

HearthConnection *
hearth_connection_of (SoupServerMessage *message)
{
  GSocketAddress *remote;

  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  remote = soup_server_message_get_remote_address (message);
  return remote != NULL ? g_object_get_data (G_OBJECT (remote), KEY) : NULL;
}

/* --- what is done with it ------------------------------------------------------------------------------ */

void
hearth_connection_end_http (HearthConnection *self,
                            guint64           max_message)
{
  g_return_if_fail (HEARTH_IS_CONNECTION (self));

  hearth_head_check_end (self->check);
  _hearth_connection_enter (self, HEARTH_HEAD_RAW);
  _hearth_connection_input_split (self->input, max_message);
}

void
hearth_connection_wait_outside (HearthConnection *self)
{
  g_return_if_fail (HEARTH_IS_CONNECTION (self));

  _hearth_connection_input_wait_outside (self->input);
}

gboolean
hearth_connection_was_text (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), FALSE);

  return _hearth_connection_input_was_text (self->input);
}

void
hearth_connection_limit_reading (HearthConnection *self,
                                 guint64           bytes)
{
  g_return_if_fail (HEARTH_IS_CONNECTION (self));

  self->received = 0;
  self->limit = bytes;
}

void
hearth_connection_send (HearthConnection *self,
                        const void       *buffer,
                        gsize             length)
{
  g_return_if_fail (HEARTH_IS_CONNECTION (self) && buffer != NULL);

  _hearth_connection_output_add (self->output, buffer, length);
}

void
hearth_connection_watch_writing (HearthConnection *self,
                                 void            (*callback) (gpointer user_data),
                                 gpointer          user_data)
{
  g_return_if_fail (HEARTH_IS_CONNECTION (self));

  self->watch = callback;
  self->watch_data = user_data;
}

gboolean
hearth_connection_leave (HearthConnection    *self,
                         HearthConnectionLeft left,
                         gpointer             user_data)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), FALSE);

  if (left != NULL
      && (self->left != NULL || self->is_busy || self->place != HEARTH_HEAD_IDLE || g_io_stream_is_closed (G_IO_STREAM (self))
          || !_hearth_connection_output_is_empty (self->output) || !_hearth_connection_input_leave (self->input)))
    return FALSE;
  self->left = left;
  self->left_data = user_data;
  return TRUE;
}

void
hearth_connection_cut (HearthConnection *self)
{
  g_autoptr (HearthConnection) kept = NULL;

  g_return_if_fail (HEARTH_IS_CONNECTION (self));

  /* An answer that was given a moment ago still goes; with it may go the last reference. */
  kept = g_object_ref (self);
  _hearth_connection_output_flush (self->output);
  g_socket_shutdown (hearth_connection_get_socket (self), TRUE, TRUE, NULL);
}
