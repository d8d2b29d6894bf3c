/* test-connection.c: what is written is gathered, arrives in full even behind a close, and never grows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-connection.h"

#include <sys/socket.h>

#define MAX_GATHERED (64 * 1024)

typedef struct
{
  GSocketConnection *base;
  HearthConnection *connection;
  GSocket *peer;
  gboolean is_gone;
} Line;

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

static void
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

static void
line_clear (Line *self)
{
  g_clear_object (&self->connection);
  g_clear_object (&self->base);
  g_clear_object (&self->peer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gssize
put (Line       *self,
     const char *text,
     gsize       length)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (self->connection));
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (output), text, length, NULL, &error);

  if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return 0;
  g_assert_no_error (error);
  return n;
}

/* All that lies in the line now; *@ended: and nothing will follow. */
static char *
take (Line     *self,
      gboolean *ended)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char bytes[4096];
  gssize n;

  while ((n = g_socket_receive (self->peer, bytes, sizeof bytes, NULL, NULL)) > 0)
    g_string_append_len (text, bytes, n);
  *ended = n == 0;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_gathers (void)
{
  g_auto (Line) line = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean ended;

  line_open (&line);
  g_assert_cmpint (put (&line, "one ", 4), ==, 4);
  g_assert_cmpint (put (&line, "two ", 4), ==, 4);
  before = take (&line, &ended);
  g_assert_cmpstr (before, ==, "");
  g_assert_cmpuint (hearth_connection_get_written (line.connection), ==, 0);
  turn ();
  after = take (&line, &ended);
  g_assert_cmpstr (after, ==, "one two ");
  g_assert_false (ended);
  g_assert_cmpuint (hearth_connection_get_written (line.connection), ==, 8);
}

/* A large piece does not wait, nor does it overtake. */
static void
test_large (void)
{
  g_auto (Line) line = { 0 };
  g_autofree char *large = g_strnfill (16 * 1024, 'x');
  g_autofree char *text = NULL;
  gboolean ended;
  gssize n;

  line_open (&line);
  put (&line, "head ", 5);
  n = put (&line, large, strlen (large));
  g_assert_cmpint (n, >, 0);
  text = take (&line, &ended);
  g_assert_true (g_str_has_prefix (text, "head xxx"));
  g_assert_cmpuint (strlen (text), ==, 5 + (gsize) n);
}

/* Numbered words until nothing more is taken; returns how many. */
static guint
fill (Line *self)
{
  for (guint i = 0;; i++)
    {
      g_autofree char *word = g_strdup_printf ("%07u ", i);

      if (put (self, word, strlen (word)) == 0)
        return i;
    }
}

/* Reads all there is, and checks that it is all the words. */
static void
check_words (Line    *self,
             guint    n_words,
             gboolean wanted_end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean ended = FALSE;

  while (text->len < (gsize) n_words * 8 || (wanted_end && !ended))
    {
      g_autofree char *more = take (self, &ended);

      g_string_append (text, more);
      g_assert_false (ended && text->len < (gsize) n_words * 8);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (text->len, ==, (gsize) n_words * 8);
  for (guint i = 0; i < n_words; i++)
    g_assert_cmpuint (g_ascii_strtoull (text->str + (gsize) i * 8, NULL, 10), ==, i);
}

static void
test_bounded (void)
{
  g_auto (Line) line = { 0 };
  guint n_words = 0;

  line_open (&line);
  n_words = fill (&line);
  g_assert_cmpuint ((guint64) n_words * 8 - hearth_connection_get_written (line.connection), <=, MAX_GATHERED);
  turn ();
  check_words (&line, n_words, FALSE);
  g_assert_cmpint (put (&line, "more", 4), ==, 4);
}

/* Closed in front of a reader who is slow. */
static void
test_closes_behind (void)
{
  g_auto (Line) line = { 0 };
  g_autoptr (GError) error = NULL;
  guint n_words;

  line_open (&line);
  n_words = fill (&line);
  g_assert_true (g_io_stream_close (G_IO_STREAM (line.connection), NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&line.connection);
  turn ();
  g_assert_false (line.is_gone);
  check_words (&line, n_words, TRUE);
  g_assert_true (line.is_gone);
}

/* Closed in front of one who has hung up. */
static void
test_closes_for_nobody (void)
{
  g_auto (Line) line = { 0 };

  line_open (&line);
  fill (&line);
  g_io_stream_close (G_IO_STREAM (line.connection), NULL, NULL);
  g_clear_object (&line.connection);
  turn ();
  g_socket_close (line.peer, NULL);
  turn ();
  g_assert_true (line.is_gone);
}

/* What was said before the line is cut is heard. */
static void
test_cut (void)
{
  g_auto (Line) line = { 0 };
  g_autofree char *text = NULL;
  gboolean ended;

  line_open (&line);
  put (&line, "answer", 6);
  hearth_connection_cut (line.connection);
  text = take (&line, &ended);
  g_assert_cmpstr (text, ==, "answer");
  g_assert_true (ended);
}

/* All of a message is taken however large, and in order with what is written. */
static void
test_sends (void)
{
  g_auto (Line) line = { 0 };
  g_autoptr (GString) words = g_string_new (NULL);

  line_open (&line);
  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (words, "%07u ", i);
  put (&line, words->str, 8);
  hearth_connection_send (line.connection, words->str + 8, 80);
  hearth_connection_send (line.connection, words->str + 88, words->len - 96);
  hearth_connection_send (line.connection, words->str + words->len - 8, 8);
  turn ();
  check_words (&line, 50000, FALSE);
  g_assert_cmpuint (hearth_connection_get_written (line.connection), ==, words->len);
}

/* Nothing is left behind by one that is never closed. */
static void
test_dropped (void)
{
  g_auto (Line) line = { 0 };

  line_open (&line);
  put (&line, "words", 5);
  g_clear_object (&line.connection);
  turn ();
  g_assert_true (line.is_gone);
}

/* --- waiting for something to read ----------------------------------------------------------------- */

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
  hearth_connection_end_http (line.connection);
  for (guint i = 0; i < 3; i++)
    {
      guint n_times = 0;
      g_autoptr (GSource) source = wait_for (&line, &n_times);

      turn ();
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
  hearth_connection_end_http (line.connection);
  source = wait_for (&line, &n_times);
  turn ();
  g_source_destroy (source);
  g_socket_send (line.peer, "hello", 5, NULL, NULL);
  g_socket_close (line.peer, NULL);
  turn ();
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

static void
test_times_out (void)
{
  g_auto (Line) line = { 0 };
  guint n_times = 0;
  g_autoptr (GSource) source = NULL;
  g_autoptr (GError) error = NULL;

  line_open (&line);
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
  g_test_add_func ("/connection/gathers", test_gathers);
  g_test_add_func ("/connection/large", test_large);
  g_test_add_func ("/connection/bounded", test_bounded);
  g_test_add_func ("/connection/closes-behind", test_closes_behind);
  g_test_add_func ("/connection/closes-for-nobody", test_closes_for_nobody);
  g_test_add_func ("/connection/cut", test_cut);
  g_test_add_func ("/connection/sends", test_sends);
  g_test_add_func ("/connection/dropped", test_dropped);
  g_test_add_func ("/connection/waits", test_waits);
  g_test_add_func ("/connection/rests", test_rests);
  g_test_add_func ("/connection/crowd", test_crowd);
  g_test_add_func ("/connection/times-out", test_times_out);
  return g_test_run ();
}
