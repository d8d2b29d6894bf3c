/* test-lobby.c: silent connections wait outside of the loop, and come in when they say something
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-lobby.h"

#include <sys/socket.h>

#define N_MANY 300

typedef struct
{
  GPtrArray *came; /* of GSocketConnection */
  HearthLobby *lobby;
} Fixture;

static guint n_polled;

static int
count_poll_cb (GPollFD *fds,
               guint    n_fds,
               int      timeout)
{
  n_polled = n_fds;
  return g_poll (fds, n_fds, timeout);
}

static void
came_cb (GSocketConnection *connection,
         gpointer           user_data)
{
  g_ptr_array_add (((Fixture *) user_data)->came, g_object_ref (connection));
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->came = g_ptr_array_new_with_free_func (g_object_unref);
  self->lobby = hearth_lobby_new (came_cb, self);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_clear_pointer (&self->lobby, hearth_lobby_free);
  g_ptr_array_unref (self->came);
}

static GSocket *
wrap (int fd)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new_from_fd (fd, &error);

  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

/* Returns the other end. */
static GSocket *
add_guest (Fixture *self,
           gint64   since_us)
{
  int fds[2];
  g_autoptr (GSocket) end = NULL;
  g_autoptr (GSocketConnection) connection = NULL;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  end = wrap (fds[0]);
  connection = g_socket_connection_factory_create_connection (end);
  hearth_lobby_add (self->lobby, connection, since_us);
  return wrap (fds[1]);
}

static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
is_closed (GSocket *peer)
{
  char byte;

  return g_socket_receive (peer, &byte, 1, NULL, NULL) == 0;
}

/* It comes in with what it said, and may come back. */
static void
test_says_something (Fixture      *self,
                     gconstpointer data)
{
  g_autoptr (GSocket) silent = add_guest (self, 1);
  g_autoptr (GSocket) peer = add_guest (self, 2);
  GSocketConnection *connection;
  char bytes[8];

  turn ();
  g_assert_cmpuint (self->came->len, ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (g_socket_send (peer, "hello", 5, NULL, NULL), ==, 5);
      turn ();
      g_assert_cmpuint (self->came->len, ==, 1);
      g_assert_cmpuint (hearth_lobby_get_length (self->lobby), ==, 1);
      connection = g_ptr_array_index (self->came, 0);
      g_assert_cmpint (g_socket_receive (g_socket_connection_get_socket (connection), bytes, sizeof bytes, NULL, NULL), ==, 5);
      hearth_lobby_add (self->lobby, connection, 3);
      g_ptr_array_set_size (self->came, 0);
    }
}

static void
test_hangs_up (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (GSocket) silent = add_guest (self, 1);
  g_autoptr (GSocket) asking = add_guest (self, 1);

  g_socket_shutdown (silent, FALSE, TRUE, NULL);
  g_socket_send (asking, "hello", 5, NULL, NULL);
  g_socket_shutdown (asking, FALSE, TRUE, NULL);
  turn ();
  g_assert_true (is_closed (silent));
  g_assert_false (is_closed (asking));
  g_assert_cmpuint (self->came->len, ==, 1);
  g_assert_cmpuint (hearth_lobby_get_length (self->lobby), ==, 0);
}

static void
test_goes (Fixture      *self,
           gconstpointer data)
{
  GSocket *peers[5];

  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    peers[i] = add_guest (self, i);
  g_assert_true (hearth_lobby_drop_oldest (self->lobby));
  g_assert_true (is_closed (peers[0]));
  g_assert_false (is_closed (peers[1]));
  g_assert_true (hearth_lobby_drop_before (self->lobby, 3));
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    g_assert_cmpint (is_closed (peers[i]), ==, i < 3);
  g_assert_cmpuint (hearth_lobby_get_length (self->lobby), ==, 2);
  hearth_lobby_drop_oldest (self->lobby);
  hearth_lobby_drop_oldest (self->lobby);
  g_assert_false (hearth_lobby_drop_oldest (self->lobby));
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    g_object_unref (peers[i]);
}

/* However many there are, the loop looks at one descriptor, and all are closed in the end. */
static void
test_many (Fixture      *self,
           gconstpointer data)
{
  GSocket *peers[N_MANY];
  guint n_empty;

  g_main_context_set_poll_func (NULL, count_poll_cb);
  turn ();
  n_empty = n_polled;
  g_assert_cmpuint (n_empty, >, 0);
  for (guint i = 0; i < N_MANY; i++)
    peers[i] = add_guest (self, i);
  turn ();
  g_assert_cmpuint (n_polled, ==, n_empty);
  g_main_context_set_poll_func (NULL, NULL);
  for (guint i = 0; i < N_MANY; i += 2)
    g_socket_send (peers[i], "hello", 5, NULL, NULL);
  turn ();
  g_assert_cmpuint (self->came->len, ==, N_MANY / 2);
  g_clear_pointer (&self->lobby, hearth_lobby_free);
  for (guint i = 0; i < N_MANY; i++)
    {
      if (i % 2 == 1)
        g_socket_condition_wait (peers[i], G_IO_IN, NULL, NULL);
      g_assert_cmpint (is_closed (peers[i]), ==, i % 2 == 1);
      g_object_unref (peers[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/lobby/says-something", Fixture, NULL, set_up, test_says_something, tear_down);
  g_test_add ("/lobby/hangs-up", Fixture, NULL, set_up, test_hangs_up, tear_down);
  g_test_add ("/lobby/goes", Fixture, NULL, set_up, test_goes, tear_down);
  g_test_add ("/lobby/many", Fixture, NULL, set_up, test_many, tear_down);
  return g_test_run ();
}
