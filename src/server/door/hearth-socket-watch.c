/* hearth-socket-watch.c: tells when a socket can be read, once and again, at little cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-socket-watch.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

/* Whoever hangs up or asks something costs some tens of microseconds, and GLib serves all who are ready in one
 * round of the loop. When a thousand are, most wait for the next one; each that was served is the last in line. */
#define MAX_PER_ROUND 32

/* What libsoup waits for. GLib asks it in each round whether it is ready, and that is all it costs. */
typedef struct
{
  GSource source;

  HearthSocketWatch *watch;
  GObject *stream;
  gboolean is_called; /* its turn has come */
} Wait;

struct _HearthSocketWatch
{
  guint n_users; /* who made it, and every Wait */
  GSocket *socket;
  Wait *waiting; /* borrowed, or NULL */
  GList in_line;
  gboolean is_in_line;
  gboolean has_news; /* the kernel spoke of it, and it was not read to the end since */
  gboolean has_ended;
  gboolean is_overdue;
};

/* Of all watches: the kernel keeps the crowd, and the loop has one descriptor of it. */
static struct
{
  int epoll;
  GSource *source;
  GPollFD polled;
  guint n_watches;
  GQueue line; /* of those with news for somebody who waits */
  guint n_called;
} calls;

/* --- rounds ----------------------------------------------------------------------------------------- */

static void
line_up (HearthSocketWatch *self)
{
  if (self->is_in_line || self->waiting == NULL || self->waiting->is_called)
    return;
  self->is_in_line = TRUE;
  g_queue_push_tail_link (&calls.line, &self->in_line);
}

static void
leave_line (HearthSocketWatch *self)
{
  if (self->is_in_line)
    g_queue_unlink (&calls.line, &self->in_line);
  self->is_in_line = FALSE;
}

/* The kernel tells each piece of news once. */
static void
collect (void)
{
  struct epoll_event events[MAX_PER_ROUND];
  int n = epoll_wait (calls.epoll, events, G_N_ELEMENTS (events), 0);

  for (int i = 0; i < n; i++)
    {
      HearthSocketWatch *watch = events[i].data.ptr;

      watch->has_news = TRUE;
      watch->has_ended |= (events[i].events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
      line_up (watch);
    }
}

static gboolean
calls_prepare (GSource *source,
               int     *timeout)
{
  *timeout = calls.line.length > 0 ? 0 : -1;
  return FALSE;
}

/* Before GLib asks those who wait, whose priority is lower. */
static gboolean
calls_check (GSource *source)
{
  if (calls.polled.revents != 0 && calls.line.length < MAX_PER_ROUND)
    collect ();
  while (calls.line.length > 0 && calls.n_called < MAX_PER_ROUND)
    {
      HearthSocketWatch *watch = g_queue_peek_head (&calls.line);

      leave_line (watch);
      watch->waiting->is_called = TRUE;
      calls.n_called++;
    }
  return FALSE;
}

static void
join_calls (void)
{
  static GSourceFuncs funcs = { .prepare = calls_prepare, .check = calls_check };

  if (calls.n_watches++ > 0)
    return;
  calls.epoll = epoll_create1 (EPOLL_CLOEXEC);
  if (calls.epoll < 0)
    g_error ("No connection can be watched: %s", g_strerror (errno));
  calls.polled.fd = calls.epoll;
  calls.polled.events = G_IO_IN;
  calls.source = g_source_new (&funcs, sizeof (GSource));
  g_source_set_name (calls.source, "hearth-socket-watch");
  g_source_set_priority (calls.source, G_PRIORITY_HIGH);
  g_source_add_poll (calls.source, &calls.polled);
  g_source_attach (calls.source, NULL);
}

static void
leave_calls (void)
{
  if (--calls.n_watches > 0)
    return;
  g_source_destroy (calls.source);
  g_clear_pointer (&calls.source, g_source_unref);
  close (calls.epoll);
}

/* --- watching ------------------------------------------------------------------------------------- */

HearthSocketWatch *
hearth_socket_watch_new (GSocket *socket)
{
  struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP | EPOLLET };
  HearthSocketWatch *self;

  g_return_val_if_fail (G_IS_SOCKET (socket), NULL);

  self = g_new0 (HearthSocketWatch, 1);
  self->n_users = 1;
  self->socket = g_object_ref (socket);
  self->in_line.data = self;
  join_calls ();
  event.data.ptr = self;
  /* Who cannot be watched is read from at once, and found to be gone. */
  if (epoll_ctl (calls.epoll, EPOLL_CTL_ADD, g_socket_get_fd (socket), &event) != 0)
    self->has_news = self->has_ended = TRUE;
  return self;
}

static void
watch_unref (HearthSocketWatch *self)
{
  if (--self->n_users > 0)
    return;
  g_object_unref (self->socket);
  leave_calls ();
  g_free (self);
}

void
hearth_socket_watch_end (HearthSocketWatch *self)
{
  g_return_if_fail (self != NULL);

  if (!g_socket_is_closed (self->socket))
    epoll_ctl (calls.epoll, EPOLL_CTL_DEL, g_socket_get_fd (self->socket), NULL);
  hearth_socket_watch_call (self);
}

void
hearth_socket_watch_call (HearthSocketWatch *self)
{
  g_return_if_fail (self != NULL);

  self->has_news = self->has_ended = TRUE;
  line_up (self);
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
    leave_line (self);
}

gboolean
hearth_socket_watch_is_overdue (HearthSocketWatch *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_overdue;
}

/* --- waiting --------------------------------------------------------------------------------------- */

static void
end_call (Wait *self)
{
  if (self->is_called)
    calls.n_called--;
  self->is_called = FALSE;
}

static gboolean
wait_check (GSource *source)
{
  return ((Wait *) source)->is_called;
}

static gboolean
wait_dispatch (GSource    *source,
               GSourceFunc callback,
               gpointer    user_data)
{
  Wait *self = (Wait *) source;
  GPollableSourceFunc func = (GPollableSourceFunc) (GCallback) callback;
  gboolean stays;

  self->watch->is_overdue = !self->is_called && !self->watch->has_news;
  end_call (self);
  stays = func == NULL || func (self->stream, user_data);
  if (stays && !g_source_is_destroyed (source) && self->watch->has_news)
    line_up (self->watch);
  return stays;
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
  Wait *self = (Wait *) source;
  HearthSocketWatch *watch = self->watch;

  end_call (self);
  if (watch->waiting == self)
    {
      watch->waiting = NULL;
      leave_line (watch);
    }
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
  Wait *wait;
  guint seconds;

  g_return_val_if_fail (self != NULL && G_IS_OBJECT (stream), NULL);

  source = g_source_new (&funcs, sizeof (Wait));
  g_source_set_name (source, "hearth-socket-watch");
  wait = (Wait *) source;
  wait->watch = self;
  wait->stream = g_object_ref (stream);
  self->n_users++;
  self->waiting = wait;
  self->is_overdue = FALSE;
  seconds = g_socket_get_timeout (self->socket);
  if (seconds > 0)
    g_source_set_ready_time (source, g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC);
  if (cancellable != NULL)
    add_cancellable (source, cancellable);
  if (is_ready || self->has_news)
    line_up (self);
  return source;
}
