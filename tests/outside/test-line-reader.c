/* test-line-reader.c: streams cut at every byte are the same stream
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-line-reader.h"

#include <string.h>

#include "hearth-outside.h"

/* Each as "name=data|" */
static gboolean
note_cb (const char *name,
         const char *data,
         gsize       length,
         gpointer    user_data)
{
  g_assert_cmpuint (strlen (data), ==, length);
  g_assert_true (g_utf8_validate (data, -1, NULL));
  g_string_append_printf (user_data, "%s=%s|", name, data);
  return TRUE;
}

static void
assert_reads (HearthFraming framing,
              const char   *stream,
              gsize         length,
              gsize         piece,
              const char   *expected)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (HearthLineReader) reader = hearth_line_reader_new (framing, 1000, note_cb, said);
  g_autoptr (GError) error = NULL;

  for (gsize at = 0; at < length; at += piece)
    {
      hearth_line_reader_feed (reader, stream + at, MIN (piece, length - at), &error);
      g_assert_no_error (error);
    }
  hearth_line_reader_end (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said->str, ==, expected);
}

static void
assert_cut_anywhere (HearthFraming framing,
                     const char   *stream,
                     const char   *expected)
{
  for (gsize piece = 1; piece <= strlen (stream); piece++)
    assert_reads (framing, stream, strlen (stream), piece, expected);
}

/* The examples of the standard and its corners. */
static void
test_events (void)
{
  static const struct { const char *stream, *expected; } cases[] = {
    { "data: YHOO\ndata: +2\ndata: 10\n\n", "message=YHOO\n+2\n10|" },
    { ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
      "message=first event|message=second event|message= third event|" },
    { "data\n\ndata\ndata\n\ndata:", "message=|message=\n|" },
    { "data:test\n\ndata: test\n\n", "message=test|message=test|" },
    { "event: a\ndata: 1\n\ndata: 2\n\n", "a=1|message=2|" },
    { "event: a\n\ndata: 2\n\n", "message=2|" },
    { "data: x\r\rdata: y\r\n\r\ndata: z\n\n", "message=x|message=y|message=z|" },
    { "data: x\r\ndata: y\r\n\r\n", "message=x\ny|" },
    { "\r\n\n\r\rdata: x\r\n\n", "message=x|" },
    { "\xef\xbb\xbf" "data: x\n\n\xef\xbb\xbf" "data: y\n\n", "message=x|" },
    { "data: h\xc3\xa9 \xe7\x95\x8c \xf0\x9f\x94\xa5\n\n", "message=h\xc3\xa9 \xe7\x95\x8c \xf0\x9f\x94\xa5|" },
    { "data: \xff\xc3\n\n", "message=\xef\xbf\xbd\xef\xbf\xbd|" },
    { "data: a:b: c\nfield: x\nDATA: y\nretry: 5\n\n", "message=a:b: c|" },
    { "data: not over\n", "" },
    { ":\n:\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_cut_anywhere (HEARTH_FRAMING_EVENTS, cases[i].stream, cases[i].expected);
}

static void
test_lines (void)
{
  assert_cut_anywhere (HEARTH_FRAMING_LINES, "{\"a\":1}\n{\"a\":2}\r\n\n\r\n{\"a\":3}", "={\"a\":1}|={\"a\":2}|={\"a\":3}|");
  assert_cut_anywhere (HEARTH_FRAMING_LINES, "\xef\xbb\xbf" "1\n\xe7\x95\x8c\n", "=1|=\xe7\x95\x8c|");
  assert_cut_anywhere (HEARTH_FRAMING_LINES, "a\rb\n", "=a\rb|");
}

static void
test_nul (void)
{
  const char stream[] = "data: a\0b\n\n";

  for (gsize piece = 1; piece < sizeof stream; piece++)
    assert_reads (HEARTH_FRAMING_EVENTS, stream, sizeof stream - 1, piece, "message=a\xef\xbf\xbd" "b|");
}

/* A line, and an event of many short lines. */
static void
test_too_large (void)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autofree char *long_line = g_strnfill (1001, 'x');

  for (HearthFraming framing = HEARTH_FRAMING_EVENTS; framing <= HEARTH_FRAMING_LINES; framing++)
    {
      g_autoptr (HearthLineReader) reader = hearth_line_reader_new (framing, 1000, note_cb, said);
      g_autoptr (GError) error = NULL;

      g_assert_false (hearth_line_reader_feed (reader, long_line, 1001, &error));
      g_assert_error (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TOO_LARGE);
    }
  {
    g_autoptr (HearthLineReader) reader = hearth_line_reader_new (HEARTH_FRAMING_EVENTS, 1000, note_cb, said);
    g_autoptr (GError) error = NULL;
    guint n_lines = 0;

    while (hearth_line_reader_feed (reader, "data: 0123456789\n", 17, &error))
      g_assert_cmpuint (n_lines++, <, 1000);
    g_assert_error (error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_TOO_LARGE);
    g_assert_cmpuint (n_lines, >, 80);
  }
}

/* Many events are no large one. */
static void
test_endless (void)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (HearthLineReader) reader = hearth_line_reader_new (HEARTH_FRAMING_EVENTS, 1000, note_cb, said);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    g_assert_true (hearth_line_reader_feed (reader, "event: e\ndata: 0123456789\n\n", 27, &error));
  g_assert_cmpuint (said->len, ==, 1000 * strlen ("e=0123456789|"));
}

static gboolean
free_cb (const char *name,
         const char *data,
         gsize       length,
         gpointer    user_data)
{
  g_clear_pointer ((HearthLineReader **) user_data, hearth_line_reader_free);
  return FALSE;
}

/* Who has heard enough may free the reader at once. */
static void
test_stop (void)
{
  HearthLineReader *reader = hearth_line_reader_new (HEARTH_FRAMING_EVENTS, 1000, free_cb, &reader);

  g_assert_true (hearth_line_reader_feed (reader, "data: 1\n\ndata: 2\n\n", 18, NULL));
  g_assert_null (reader);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-reader/events", test_events);
  g_test_add_func ("/line-reader/lines", test_lines);
  g_test_add_func ("/line-reader/nul", test_nul);
  g_test_add_func ("/line-reader/too-large", test_too_large);
  g_test_add_func ("/line-reader/endless", test_endless);
  g_test_add_func ("/line-reader/stop", test_stop);
  return g_test_run ();
}
