/* hearth-socket-watch.c: tells when a socket can be read, once and again, at little cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-socket-watch-private.h"

/* --- watching ------------------------------------------------------------------------------------- */

HearthSocketWatch *
hearth_socket_watch_new (GSocket *socket)
{
  HearthSocketWatch *self;

  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);

  self = g_new0 (HearthSocketWatch, 1);
  self->n_users = 1;
  self->socket = g_object_ref (socket);
  self->in_line.data = self;
  _hearth_socket_calls_join ();
  _hearth_socket_calls_add (self);
  return self;
}

static void
watch_unref (HearthSocketWatch *self)
{
  if (--self->n_users > 0)
    return;
  g_object_unref (self->socket);
  _hearth_socket_calls_leave ();
  g_free (self);
}

void
hearth_socket_watch_end (HearthSocketWatch *self)
{
  g_return_if_fail (self != NULL);

  _hearth_socket_calls_remove (self);
  hearth_socket_watch_call (self);
}

void
hearth_socket_watch_call (HearthSocketWatch *self)
{
  g_return_if_fail (self != NULL);

  self->has_news = self->has_ended = TRUE;
  _hearth_socket_calls_line_up (self);
}

void
hearth_socket_watch_wait_outside (HearthSocketWatch *self)
{
  g_return_if_fail (self != NULL);

  self->waits_outside = TRUE;
  _hearth_socket_calls_line_up (self);
}

void
hearth_socket_watch_free (HearthSocketWatch *self)
{
  g_return_if_fail (self != NULL);

  hearth_socket_watch_end (self);
  watch_unref (self);
}

void
hearth_socket_watch_was_emptied (HearthSocketWatch *self)
{
  g_return_if_fail (self != NULL);

  self->has_news = self->has_ended;
  if (!self->has_news)
    _hearth_socket_calls_leave_line (self);
}

gboolean
hearth_socket_watch_is_overdue (HearthSocketWatch *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_overdue;
}

/* --- waiting --------------------------------------------------------------------------------------- */

static void
stop_waiting (HearthSocketWatch *watch)
{
  watch->waiting = NULL;
  _hearth_socket_calls_leave_line (watch);
}

static gboolean
wait_check (GSource *source)
{
  HearthSocketWait *self = (HearthSocketWait *) source;

  return self->is_called && !self->is_out;
}

/* The function may make another source, or none. */
static gboolean
call (HearthSocketWait *self)
{
  HearthSocketWatch *watch = self->watch;
  gboolean stays;

  watch->is_called = TRUE;
  stays = watch->func (self->stream, watch->func_data);
  watch->is_called = FALSE;
  if (watch->has_pushed)
    g_main_context_pop_thread_default (_hearth_socket_calls_get_outside ());
  watch->has_pushed = FALSE;
  if (watch->waiting == self && !stays)
    stop_waiting (watch);
  else if (watch->has_news)
    _hearth_socket_calls_line_up (watch);
  return stays;
}

void
_hearth_socket_wait_serve (HearthSocketWait *wait)
{
  g_autoptr (GSource) kept = g_source_ref (&wait->source);

  wait->watch->is_overdue = FALSE;
  _hearth_socket_calls_end (wait);
  if (!g_source_is_destroyed (kept))
    call (wait);
}

static gboolean wait_closure (GObject *stream,
                              gpointer closure);

static gboolean
wait_dispatch (GSource    *source,
               GSourceFunc callback,
               gpointer    user_data)
{
  HearthSocketWait *self = (HearthSocketWait *) source;
  GPollableSourceFunc func = (GPollableSourceFunc) (GCallback) callback;

  self->watch->is_overdue = !self->is_called && !self->watch->has_news;
  _hearth_socket_calls_end (self);
  if (func == NULL || func == wait_closure)
    return func == NULL || func (self->stream, user_data);
  self->watch->func = func;
  self->watch->func_data = user_data;
  return call (self);
}

/* libsoup makes sources around it, which have the callback; GLib calls a closure here. */
static gboolean
wait_closure (GObject *stream,
              gpointer closure)
{
  g_auto (GValue) result = G_VALUE_INIT;
  g_auto (GValue) parameter = G_VALUE_INIT;

  g_value_init (&result, G_TYPE_BOOLEAN);
  g_value_init (&parameter, G_TYPE_OBJECT);
  g_value_set_object (&parameter, stream);
  g_closure_invoke (closure, &result, 1, &parameter, NULL);
  return g_value_get_boolean (&result);
}

static void
wait_finalize (GSource *source)
{
  HearthSocketWait *self = (HearthSocketWait *) source;
  HearthSocketWatch *watch = self->watch;

  _hearth_socket_calls_end (self);
  if (watch->waiting == self)
    stop_waiting (watch);
  g_object_unref (self->stream);
  watch_unref (watch);
}

static void
add_cancellable (GSource      *source,
                 GCancellable *cancellable)
{
  g_autoptr (GSource) child = g_cancellable_source_new (cancellable);

  g_source_set_dummy_callback (child);
  g_source_add_child_source (source, child);
}

/* The caller attaches it next, and then returns. */
static void
stay_outside (HearthSocketWait *self)
{
  self->is_out = TRUE;
  self->watch->has_pushed = TRUE;
  g_main_context_push_thread_default (_hearth_socket_calls_get_outside ());
}

GSource *
hearth_socket_watch_create_source (HearthSocketWatch *self,
                                   GObject           *stream,
                                   gboolean           is_ready,
                                   GCancellable      *cancellable)
{
  static GSourceFuncs funcs = {
    NULL, wait_check, wait_dispatch, wait_finalize, (GSourceFunc) (GCallback) wait_closure, NULL,
  };
  GSource *source;
  HearthSocketWait *wait;
  guint seconds;

  g_return_val_if_fail (self != NULL && G_IS_OBJECT (stream), NULL);

  source = g_source_new (&funcs, sizeof (HearthSocketWait));
  g_source_set_name (source, "hearth-socket-watch");
  wait = (HearthSocketWait *) source;
  wait->watch = self;
  wait->stream = g_object_ref (stream);
  wait->in_turn.data = wait;
  self->n_users++;
  self->waiting = wait;
  self->is_overdue = FALSE;
  seconds = g_socket_get_timeout (self->socket);
  if (seconds > 0)
    g_source_set_ready_time (source, g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC);
  if (cancellable != NULL)
    add_cancellable (source, cancellable);
  if (self->waits_outside && self->is_called && !self->has_pushed && seconds == 0 && cancellable == NULL)
    stay_outside (wait);
  if (is_ready || self->has_news)
    _hearth_socket_calls_line_up (self);
  return source;
}
