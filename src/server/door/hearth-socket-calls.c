/* hearth-socket-calls.c: who has something to read is called, some in each round of the main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-socket-watch-private.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

/* Whoever hangs up or asks something costs some tens of microseconds, and GLib serves all who are ready in one
 * round of the loop. When a thousand are, most wait for the next one; each that was served is the last in line. */
#define MAX_PER_ROUND 32

/* Of all watches: the kernel keeps the crowd, and the loop has one descriptor of it. */
static struct
{
  int epoll;
  GSource *source;
  GPollFD polled;
  guint n_watches;
  GQueue line; /* of watches with news for somebody who waits */
  guint n_called;
  GSource *server;
  GMainContext *outside;
  GQueue turn; /* of those who were called and are outside */
} calls;

void
_hearth_socket_calls_line_up (HearthSocketWatch *self)
{
  if (self->is_in_line || self->waiting == NULL || self->waiting->is_called)
    return;
  self->is_in_line = TRUE;
  g_queue_push_tail_link (&calls.line, &self->in_line);
}

void
_hearth_socket_calls_leave_line (HearthSocketWatch *self)
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
      _hearth_socket_calls_line_up (watch);
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

      _hearth_socket_calls_leave_line (watch);
      watch->waiting->is_called = TRUE;
      if (watch->waiting->is_out)
        g_queue_push_tail_link (&calls.turn, &watch->waiting->in_turn);
      calls.n_called++;
    }
  return FALSE;
}

static gboolean
server_check (GSource *source)
{
  return calls.turn.length > 0;
}

static gboolean
server_dispatch (GSource    *source,
                 GSourceFunc callback,
                 gpointer    user_data)
{
  for (guint n = calls.turn.length; n > 0 && calls.turn.length > 0; n--)
    _hearth_socket_wait_serve (g_queue_peek_head (&calls.turn));
  return G_SOURCE_CONTINUE;
}

static GSource *
add_source (const GSourceFuncs *funcs,
            int                 priority)
{
  GSource *source = g_source_new ((GSourceFuncs *) funcs, sizeof (GSource));

  g_source_set_name (source, "hearth-socket-watch");
  g_source_set_priority (source, priority);
  g_source_attach (source, NULL);
  return source;
}

void
_hearth_socket_calls_join (void)
{
  static const GSourceFuncs funcs = { .prepare = calls_prepare, .check = calls_check };
  static const GSourceFuncs server_funcs = { .check = server_check, .dispatch = server_dispatch };

  if (calls.n_watches++ > 0)
    return;
  calls.epoll = epoll_create1 (EPOLL_CLOEXEC);
  if (calls.epoll < 0)
    g_error ("No connection can be watched: %s", g_strerror (errno));
  calls.polled.fd = calls.epoll;
  calls.polled.events = G_IO_IN;
  calls.source = add_source (&funcs, G_PRIORITY_HIGH);
  g_source_add_poll (calls.source, &calls.polled);
  calls.server = add_source (&server_funcs, G_PRIORITY_DEFAULT);
  calls.outside = g_main_context_new ();
}

void
_hearth_socket_calls_leave (void)
{
  if (--calls.n_watches > 0)
    return;
  g_source_destroy (calls.source);
  g_clear_pointer (&calls.source, g_source_unref);
  g_source_destroy (calls.server);
  g_clear_pointer (&calls.server, g_source_unref);
  g_clear_pointer (&calls.outside, g_main_context_unref);
  close (calls.epoll);
}

void
_hearth_socket_calls_add (HearthSocketWatch *watch)
{
  struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP | EPOLLET, .data.ptr = watch };

  /* Who cannot be watched is read from at once, and found to be gone. */
  if (epoll_ctl (calls.epoll, EPOLL_CTL_ADD, g_socket_get_fd (watch->socket), &event) != 0)
    watch->has_news = watch->has_ended = TRUE;
}

void
_hearth_socket_calls_remove (HearthSocketWatch *watch)
{
  if (!g_socket_is_closed (watch->socket))
    epoll_ctl (calls.epoll, EPOLL_CTL_DEL, g_socket_get_fd (watch->socket), NULL);
}

void
_hearth_socket_calls_end (HearthSocketWait *wait)
{
  if (!wait->is_called)
    return;
  wait->is_called = FALSE;
  calls.n_called--;
  if (wait->is_out)
    g_queue_unlink (&calls.turn, &wait->in_turn);
}

GMainContext *
_hearth_socket_calls_get_outside (void)
{
  return calls.outside;
}
