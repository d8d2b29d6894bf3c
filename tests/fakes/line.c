/* line.c: a connection of the server's and the other end of its line, without a server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "line.h"

#include <sys/socket.h>

static void
gone_cb (gpointer user_data,
         GObject *connection)
{
  ((Line *) user_data)->is_gone = TRUE;
}

static GSocket *
make_end (int fd)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new_from_fd (fd, &error);
  int size = 4096;

  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, size, NULL);
  return socket;
}

void
line_open (Line *self)
{
  int fds[2];
  g_autoptr (GSocket) end = NULL;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  end = make_end (fds[0]);
  self->peer = make_end (fds[1]);
  self->base = g_socket_connection_factory_create_connection (end);
  self->connection = hearth_connection_new (self->base);
  g_object_weak_ref (G_OBJECT (self->connection), gone_cb, self);
}

void
line_clear (Line *self)
{
  g_clear_object (&self->connection);
  g_clear_object (&self->base);
  g_clear_object (&self->peer);
}

void
line_turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
