/* test-id.c: identifiers and time stamps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-id.h"

static void
test_nano (void)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint counts[256] = { 0 };

  for (guint i = 0; i < 4000; i++)
    {
      char *id = hearth_id_new_nano (HEARTH_PROMPT_ID_LENGTH);

      g_assert_cmpuint (strlen (id), ==, HEARTH_PROMPT_ID_LENGTH);
      g_assert_cmpuint (strspn (id, alphabet), ==, HEARTH_PROMPT_ID_LENGTH);
      g_assert_cmpint (id[0], !=, '-');
      for (const char *at = id; *at != '\0'; at++)
        counts[(guchar) *at]++;
      g_assert_true (g_hash_table_add (seen, id));
    }
  /* 84,000 characters, some 1,312 of each: far from that, the choice is not even. */
  for (const char *at = alphabet; *at != '\0'; at++)
    {
      g_assert_cmpuint (counts[(guchar) *at], >, 1000);
      g_assert_cmpuint (counts[(guchar) *at], <, 1650);
    }
}

static void
test_nano_length (void)
{
  g_autofree char *one = hearth_id_new_nano (1);
  g_autofree char *many = hearth_id_new_nano (5000);

  g_assert_cmpuint (strlen (one), ==, 1);
  g_assert_cmpuint (strlen (many), ==, 5000);
}

static void
test_uuid (void)
{
  g_autofree char *a = hearth_id_new_uuid ();
  g_autofree char *b = hearth_id_new_uuid ();

  g_assert_true (g_uuid_string_is_valid (a));
  g_assert_cmpstr (a, !=, b);
}

static void
test_time (void)
{
  static const struct
  {
    gint64 unix_ms;
    const char *iso;
  } cases[] = {
    { 0, "1970-01-01T00:00:00.000Z" },
    { 1, "1970-01-01T00:00:00.001Z" },
    { -1, "1969-12-31T23:59:59.999Z" },
    { -1000, "1969-12-31T23:59:59.000Z" },
    { 1769860800000, "2026-01-31T12:00:00.000Z" },
    { 951827696789, "2000-02-29T12:34:56.789Z" },
    { G_MAXINT64, "9999-12-31T23:59:59.999Z" },
    { G_MININT64, "0001-01-01T00:00:00.000Z" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *iso = hearth_time_to_iso (cases[i].unix_ms);

      g_assert_cmpstr (iso, ==, cases[i].iso);
    }
}

static void
test_now (void)
{
  gint64 before = hearth_time_now_ms ();
  g_autofree char *iso = hearth_time_now_iso ();
  gint64 after = hearth_time_now_ms ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, utc);
  gint64 now;

  g_assert_cmpint (before, >, G_GINT64_CONSTANT (1600000000000));
  g_assert_nonnull (time);
  g_assert_cmpuint (strlen (iso), ==, strlen ("2026-01-31T12:00:00.000Z"));
  now = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, after);
}

/* On the clock of whoever reads it, eight hours east of Greenwich. */
static void
test_words (void)
{
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_autofree char *words = NULL;

  g_setenv ("TZ", "UTC-8", TRUE);
  words = hearth_time_to_words (1769860800000);
  g_assert_cmpstr (words, ==, "31 January 2026, 20:00");
  if (zone != NULL)
    g_setenv ("TZ", zone, TRUE);
  else
    g_unsetenv ("TZ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/id/nano", test_nano);
  g_test_add_func ("/id/nano-length", test_nano_length);
  g_test_add_func ("/id/uuid", test_uuid);
  g_test_add_func ("/id/time", test_time);
  g_test_add_func ("/id/now", test_now);
  g_test_add_func ("/id/words", test_words);

  return g_test_run ();
}
