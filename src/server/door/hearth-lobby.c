/* hearth-lobby.c: connections over which nothing is asked now
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-lobby.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hearth-turn.h"

typedef struct
{
  GSocketConnection *connection;
  gint64 since_us;
  GList link;
} Guest;

struct _HearthLobby
{
  HearthLobbyFunc func;
  gpointer user_data;
  int epoll;
  guint source_id;
  GQueue guests; /* who came first in front */
};

static int
get_fd (Guest *guest)
{
  return g_socket_get_fd (g_socket_connection_get_socket (guest->connection));
}

/* The connection is the caller's now. */
static GSocketConnection *
see_off (HearthLobby *self,
         Guest       *guest)
{
  GSocketConnection *connection = guest->connection;

  epoll_ctl (self->epoll, EPOLL_CTL_DEL, get_fd (guest), NULL);
  g_queue_unlink (&self->guests, &guest->link);
  g_free (guest);
  return connection;
}

static void
drop (HearthLobby *self,
      Guest       *guest)
{
  g_autoptr (GSocketConnection) connection = see_off (self, guest);

  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

/* It may have asked something before it hung up. */
static gboolean
said_something (Guest *guest)
{
  char byte;
  gssize n = recv (get_fd (guest), &byte, 1, MSG_PEEK | MSG_DONTWAIT);

  return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

static void
attend (HearthLobby *self,
        Guest       *guest,
        guint32      events)
{
  g_autoptr (GSocketConnection) connection = NULL;

  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0 && !said_something (guest))
    {
      drop (self, guest);
      return;
    }
  connection = see_off (self, guest);
  self->func (connection, self->user_data);
}

/* One by one: with one another may go. Who is not attended to now is told of again. */
static gboolean
called_cb (int          fd,
           GIOCondition condition,
           gpointer     user_data)
{
  HearthLobby *self = user_data;
  struct epoll_event event;

  while (epoll_wait (self->epoll, &event, 1, 0) == 1)
    {
      attend (self, event.data.ptr, event.events);
      if (hearth_turn_is_over ())
        break;
    }
  return G_SOURCE_CONTINUE;
}

HearthLobby *
hearth_lobby_new (HearthLobbyFunc func,
                  gpointer        user_data)
{
  HearthLobby *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_new0 (HearthLobby, 1);
  self->func = func;
  self->user_data = user_data;
  g_queue_init (&self->guests);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  if (self->epoll < 0)
    g_error ("No connection can be watched: %s", g_strerror (errno));
  self->source_id = g_unix_fd_add (self->epoll, G_IO_IN, called_cb, self);
  g_source_set_name_by_id (self->source_id, "hearth-lobby");
  return self;
}

static void
close_all (HearthLobby *self)
{
  close (self->epoll);
  for (GList *link = self->guests.head; link != NULL;)
    {
      Guest *guest = link->data;

      link = link->next;
      g_io_stream_close (G_IO_STREAM (guest->connection), NULL, NULL);
      g_object_unref (guest->connection);
      g_free (guest);
    }
  g_free (self);
}

static void
close_thread (GTask        *task,
              gpointer      source,
              gpointer      lobby,
              GCancellable *cancellable)
{
  close_all (lobby);
}

void
hearth_lobby_free (HearthLobby *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self != NULL);

  g_source_remove (self->source_id);
  if (self->guests.length == 0)
    {
      close_all (self);
      return;
    }
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, close_thread);
}

void
hearth_lobby_add (HearthLobby       *self,
                  GSocketConnection *connection,
                  gint64             since_us)
{
  Guest *guest;
  struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP };

  g_return_if_fail (self != NULL && G_IS_SOCKET_CONNECTION (connection));

  guest = g_new0 (Guest, 1);
  guest->connection = g_object_ref (connection);
  guest->since_us = since_us;
  guest->link.data = guest;
  g_queue_push_tail_link (&self->guests, &guest->link);
  event.data.ptr = guest;
  if (epoll_ctl (self->epoll, EPOLL_CTL_ADD, get_fd (guest), &event) != 0)
    drop (self, guest);
}

guint
hearth_lobby_get_length (HearthLobby *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->guests.length;
}

gboolean
hearth_lobby_drop_oldest (HearthLobby *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->guests.length == 0)
    return FALSE;
  drop (self, g_queue_peek_head (&self->guests));
  return TRUE;
}

gboolean
hearth_lobby_drop_before (HearthLobby *self,
                          gint64       us)
{
  Guest *guest;

  g_return_val_if_fail (self != NULL, TRUE);

  while ((guest = g_queue_peek_head (&self->guests)) != NULL && guest->since_us < us)
    {
      drop (self, guest);
      if (hearth_turn_is_over ())
        return FALSE;
    }
  return TRUE;
}
