/* test-connection.c: what is written is gathered, arrives in full even behind a close, and never grows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "line.h"

#define MAX_GATHERED (64 * 1024)

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
  line_turn ();
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
  line_turn ();
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
  line_turn ();
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
  line_turn ();
  g_socket_close (line.peer, NULL);
  line_turn ();
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
  line_turn ();
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
  line_turn ();
  g_assert_true (line.is_gone);
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
  return g_test_run ();
}
