/* test-socket-watch.c: who waits for something to read is told, in turn, and nobody keeps the loop running
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "line.h"

static gboolean
ready_cb (GObject *stream,
          gpointer n_times)
{
  (*(guint *) n_times)++;
  return G_SOURCE_CONTINUE;
}

static GSource *
wait_for (Line  *self,
          guint *n_times)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
  GSource *source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (ready_cb), n_times, NULL);
  g_source_attach (source, NULL);
  return source;
}

static gssize
read_some (Line    *self,
           GError **error)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
  char bytes[64];

  return g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (input), bytes, sizeof bytes, NULL, error);
}

/* One source after the other, as libsoup makes them. */
static void
test_waits (void)
{
  g_auto (Line) line = { 0 };

  line_open (&line);
  hearth_connection_end_http (line.connection, 1 << 20);
  for (guint i = 0; i < 3; i++)
    {
      guint n_times = 0;
      g_autoptr (GSource) source = wait_for (&line, &n_times);

      line_turn ();
      g_assert_cmpuint (n_times, ==, 0);
      g_assert_cmpint (g_socket_send (line.peer, "hello", 5, NULL, NULL), ==, 5);
      while (n_times == 0)
        g_main_context_iteration (NULL, TRUE);
      g_source_destroy (source);
      g_assert_cmpint (read_some (&line, NULL), ==, 5);
    }
}

/* What nobody wants yet does not keep the loop running, not even when the other side hangs up. */
static void
test_rests (void)
{
  g_auto (Line) line = { 0 };
  guint n_times = 0;
  g_autoptr (GSource) source = NULL;
  g_autoptr (GSource) again = NULL;

  line_open (&line);
  hearth_connection_end_http (line.connection, 1 << 20);
  source = wait_for (&line, &n_times);
  line_turn ();
  g_source_destroy (source);
  g_socket_send (line.peer, "hello", 5, NULL, NULL);
  g_socket_close (line.peer, NULL);
  line_turn ();
  for (guint i = 0; i < 10; i++)
    g_assert_false (g_main_context_iteration (NULL, FALSE));
  again = wait_for (&line, &n_times);
  while (n_times == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_destroy (again);
  g_assert_cmpint (read_some (&line, NULL), ==, 5);
  g_assert_cmpint (read_some (&line, NULL), ==, 0);
}

static gboolean
serve_cb (GObject *stream,
          gpointer n_served)
{
  (*(guint *) n_served)++;
  return G_SOURCE_REMOVE;
}

/* A crowd does not keep the loop from coming round, and each has its turn. */
static void
test_crowd (void)
{
  Line lines[100] = { 0 };
  guint n_served = 0;
  guint n_rounds = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GSource) source = NULL;

      line_open (&lines[i]);
      source = wait_for (&lines[i], &n_served);
      g_source_set_callback (source, G_SOURCE_FUNC (serve_cb), &n_served, NULL);
      g_socket_send (lines[i].peer, "hello", 5, NULL, NULL);
    }
  while (n_served < G_N_ELEMENTS (lines))
    {
      guint before = n_served;

      g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (n_served - before, <=, 32);
      g_assert_cmpuint (++n_rounds, <, 100);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    line_clear (&lines[i]);
}

static guint n_polled;

static int
count_poll_cb (GPollFD *fds,
               guint    n_fds,
               int      timeout)
{
  n_polled = n_fds;
  return g_poll (fds, n_fds, timeout);
}

/* However many wait, the loop looks at one descriptor of them. */
static void
test_one_descriptor (void)
{
  Line lines[100] = { 0 };
  GSource *sources[G_N_ELEMENTS (lines)];
  guint n_times = 0;
  guint n_of_one = 0;

  g_main_context_set_poll_func (NULL, count_poll_cb);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      line_open (&lines[i]);
      sources[i] = wait_for (&lines[i], &n_times);
      line_turn ();
      if (i == 0)
        n_of_one = n_polled;
    }
  g_assert_cmpuint (n_of_one, >, 0);
  g_assert_cmpuint (n_polled, ==, n_of_one);
  g_main_context_set_poll_func (NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_source_destroy (sources[i]);
      g_source_unref (sources[i]);
      line_clear (&lines[i]);
    }
  g_assert_cmpuint (n_times, ==, 0);
}

/* The kernel tells it once, and not again when somebody begins to wait later. */
static void
test_tells_late (void)
{
  g_auto (Line) line = { 0 };
  guint n_times = 0;
  g_autoptr (GSource) source = NULL;

  line_open (&line);
  hearth_connection_end_http (line.connection, 1 << 20);
  g_socket_send (line.peer, "hello", 5, NULL, NULL);
  g_socket_shutdown (line.peer, FALSE, TRUE, NULL);
  line_turn ();
  source = wait_for (&line, &n_times);
  while (n_times == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_destroy (source);
  g_assert_cmpint (read_some (&line, NULL), ==, 5);
  g_clear_pointer (&source, g_source_unref);
  n_times = 0;
  source = wait_for (&line, &n_times);
  while (n_times == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_destroy (source);
  g_assert_cmpint (read_some (&line, NULL), ==, 0);
}

typedef struct
{
  Line *line;
  GSource *source; /* the last one that was made */
  guint n_times;
} Socket;

static gboolean read_cb (GObject *stream,
                         gpointer user_data);

static void
wait_again (Socket *self)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->line->connection));

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  self->source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (read_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

/* As libsoup does it for a WebSocket. */
static gboolean
read_cb (GObject *stream,
         gpointer user_data)
{
  Socket *self = user_data;

  while (read_some (self->line, NULL) > 0)
    self->n_times++;
  wait_again (self);
  return G_SOURCE_REMOVE;
}

/* The loop has no source of a silent WebSocket; it is told all the same, until it waits no more. */
static void
test_outside (void)
{
  g_auto (Line) line = { 0 };
  Socket socket = { .line = &line };

  line_open (&line);
  hearth_connection_end_http (line.connection, 1 << 20);
  wait_again (&socket);
  line_turn ();
  g_assert_true (g_source_get_context (socket.source) == g_main_context_default ());
  hearth_connection_wait_outside (line.connection);
  line_turn ();
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (g_source_get_context (socket.source) != g_main_context_default ());
      g_assert_null (g_main_context_get_thread_default ());
      g_assert_cmpuint (socket.n_times, ==, i);
      g_assert_cmpint (g_socket_send (line.peer, "hello", 5, NULL, NULL), ==, 5);
      line_turn ();
    }
  g_assert_cmpuint (socket.n_times, ==, 3);
  g_source_destroy (socket.source);
  g_socket_send (line.peer, "hello", 5, NULL, NULL);
  line_turn ();
  g_assert_cmpuint (socket.n_times, ==, 3);
  g_source_unref (socket.source);
  line_turn ();
}

static void
test_times_out (void)
{
  g_auto (Line) line = { 0 };
  guint n_times = 0;
  g_autoptr (GSource) source = NULL;
  g_autoptr (GError) error = NULL;

  line_open (&line);
  hearth_connection_end_http (line.connection, 1 << 20);
  g_socket_set_timeout (hearth_connection_get_socket (line.connection), 1);
  source = wait_for (&line, &n_times);
  while (n_times == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (read_some (&line, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_source_destroy (source);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/socket-watch/waits", test_waits);
  g_test_add_func ("/socket-watch/rests", test_rests);
  g_test_add_func ("/socket-watch/crowd", test_crowd);
  g_test_add_func ("/socket-watch/one-descriptor", test_one_descriptor);
  g_test_add_func ("/socket-watch/tells-late", test_tells_late);
  g_test_add_func ("/socket-watch/outside", test_outside);
  g_test_add_func ("/socket-watch/times-out", test_times_out);
  return g_test_run ();
}
