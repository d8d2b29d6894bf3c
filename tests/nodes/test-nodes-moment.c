/* test-nodes-moment.c: dates and spans in the words of templates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context/moment.h"

static GDateTime *
make (const char *iso)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  GDateTime *time = g_date_time_new_from_iso8601 (iso, utc);

  g_assert_nonnull (time);
  return time;
}

static void
test_format (void)
{
  static const struct { const char *time, *format, *text; } cases[] = {
    { "2026-01-31T15:04:05.678Z", "YYYY-MM-DD HH:mm:ss.SSS", "2026-01-31 15:04:05.678" },
    { "2026-01-31T15:04:05.678Z", "YY/M/D H:m:s S SS", "26/1/31 15:4:5 6 67" },
    { "2026-01-31T15:04:05.678Z", "dddd ddd dd d E", "Saturday Sat Sa 6 6" },
    { "2026-02-01T00:00:00Z", "dddd d E, Do MMMM", "Sunday 0 7, 1st February" },
    { "2026-02-01T00:30:00Z", "h hh A a, LT", "12 12 AM am, 12:30 AM" },
    { "2026-02-11T12:30:00Z", "h A, Do, MMM Mo", "12 PM, 11th, Feb 2nd" },
    { "2026-02-22T13:05:09Z", "Do LTS", "22nd 1:05:09 PM" },
    { "2026-03-03T13:05:09Z", "Do LL", "3rd March 3, 2026" },
    { "2026-03-13T13:05:09Z", "Do LLL", "13th March 13, 2026 1:05 PM" },
    { "2026-03-03T13:05:09Z", "LLLL", "Tuesday, March 3, 2026 1:05 PM" },
    { "2026-03-03T13:05:09Z", "L l ll", "03/03/2026 3/3/2026 Mar 3, 2026" },
    { "2026-12-31T13:05:09+02:00", "Q DDD DDDD W GGGG Z ZZ", "4 365 365 53 2026 +02:00 +0200" },
    { "1970-01-02T00:00:00.005Z", "X x", "86400 86400005" },
    { "2026-03-03T13:05:09Z", "[YYYY is] YYYY [", "YYYY is 2026 [" },
    { "2026-03-03T13:05:09Z", "ß, 時", "ß, 時" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) time = make (cases[i].time);
      g_autofree char *text = hearth_moment_format (time, cases[i].format);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Where one unit ends the next one begins: 44 seconds are a few, 45 are a minute, 89 are one still, 90 are two. */
static void
test_spans (void)
{
  static const struct { gint64 seconds; const char *text; } cases[] = {
    { 0, "a few seconds" },          { 44, "a few seconds" },         { 45, "a minute" },
    { 89, "a minute" },              { 90, "2 minutes" },             { 44 * 60, "44 minutes" },
    { 45 * 60, "an hour" },          { 89 * 60, "an hour" },          { 90 * 60, "2 hours" },
    { 21 * 3600, "21 hours" },       { 22 * 3600, "a day" },          { 36 * 3600, "2 days" },
    { 25 * 86400, "25 days" },       { 26 * 86400, "a month" },       { 45 * 86400, "a month" },
    { 46 * 86400, "2 months" },      { 319 * 86400, "10 months" },    { 320 * 86400, "a year" },
    { 547 * 86400, "a year" },       { 548 * 86400, "2 years" },      { G_GINT64_CONSTANT (3652) * 86400, "10 years" },
  };
  g_autofree char *ahead = hearth_moment_say_span (7200000, TRUE);
  g_autofree char *behind = hearth_moment_say_span (-60000, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = hearth_moment_say_span (cases[i].seconds * 1000, FALSE);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_cmpstr (ahead, ==, "in 2 hours");
  g_assert_cmpstr (behind, ==, "a minute ago");
}

static void
test_parse (void)
{
  static const struct { const char *text, *iso; } cases[] = {
    { "2026-01-31T15:04:05Z", "2026-01-31T15:04:05Z" },
    { "2026-01-31T15:04:05+02:00", "2026-01-31T13:04:05Z" },
    { "2026-01-31", "2026-01-31T00:00:00Z" },
    { " 2026-1-31 15:04 ", "2026-01-31T15:04:00Z" },
    { "June 19, 2023 4:13pm", "2023-06-19T16:13:00Z" },
    { "Jun 9 2023", "2023-06-09T00:00:00Z" },
    { "january 31, 2026 12:00 AM", "2026-01-31T00:00:00Z" },
    { "2023-06-19 @16:13:09", "2023-06-19T16:13:09Z" },
    { "3:04 PM", "2026-05-06T15:04:00Z" },
    { "1769871845678", "2026-01-31T15:04:05Z" },
  };
  static const char *const wrong[] = { "", "soon", "2026-13-31", "Foo 9, 2023", "25:61", "99999999999999999999x" };
  g_autoptr (GDateTime) now = make ("2026-05-06T10:00:00Z");
  gint64 unix_ms;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) time = make (cases[i].iso);

      g_test_message ("%s", cases[i].text);
      g_assert_true (hearth_moment_parse (cases[i].text, now, &unix_ms));
      g_assert_cmpint (unix_ms / 1000, ==, g_date_time_to_unix (time));
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%s", wrong[i]);
      g_assert_false (hearth_moment_parse (wrong[i], now, &unix_ms));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/moment/format", test_format);
  g_test_add_func ("/nodes/moment/spans", test_spans);
  g_test_add_func ("/nodes/moment/parse", test_parse);
  return g_test_run ();
}
