/* test-results-table.c: kept results, what is evicted, and what nodes were computed from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "databases.h"
#include "hearth-json.h"
#include "hearth-last-table.h"

#define LIMIT ((gsize) 256 << 20)

static void
make_key (guint8 *key,
          guint   number)
{
  memset (key, 0, HEARTH_RESULT_KEY_BYTES);
  memcpy (key, &number, sizeof number);
}

static HearthResultRow *
make_row (guint number,
          gsize length)
{
  HearthResultRow *row = g_new0 (HearthResultRow, 1);
  g_autofree char *text = g_strnfill (length, 'x');

  make_key (row->key, number);
  row->type_id = g_strdup ("core:TextMerge");
  row->run_id = g_strdup_printf ("run-%u", number);
  row->made_ms = 1000 + number;
  row->outputs = hearth_value_object ("text", hearth_value_string (text), NULL);
  return row;
}

static void
put (HearthDatabase *database,
     guint           first,
     guint           n,
     gsize           length,
     gint64          now_ms,
     gsize           limit)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_result_row_free);
  g_autoptr (GError) error = NULL;

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (rows, make_row (i, length));
  g_assert_true (hearth_results_table_put (database, rows, now_ms, limit, &error));
  g_assert_no_error (error);
}

static GPtrArray *
read_range (HearthDatabase *database,
            guint           first,
            guint           n,
            gsize           max_bytes)
{
  g_autofree guint8 *keys = g_malloc (n * HEARTH_RESULT_KEY_BYTES);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;

  for (guint i = 0; i < n; i++)
    make_key (keys + i * HEARTH_RESULT_KEY_BYTES, first + i);
  rows = hearth_results_table_read (database, keys, n, max_bytes, &error);
  g_assert_no_error (error);
  return rows;
}

static guint
count_range (HearthDatabase *database,
             guint           first,
             guint           n)
{
  g_autoptr (GPtrArray) rows = read_range (database, first, n, G_MAXSIZE);

  return rows->len;
}

static void
test_keep (Temporary    *fixture,
           gconstpointer data)
{
  HearthDatabase *database = open_in (fixture);
  g_autoptr (GPtrArray) rows = NULL;
  HearthResultRow *row;

  put (database, 1, 3, 10, 5000, LIMIT);
  hearth_database_unref (database);

  database = open_in (fixture);
  rows = read_range (database, 0, 3, G_MAXSIZE);
  g_assert_cmpuint (rows->len, ==, 2); /* 0 was never there */
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->type_id, ==, "core:TextMerge");
  g_assert_cmpstr (row->run_id, ==, "run-1");
  g_assert_cmpint (row->made_ms, ==, 1001);
  g_assert_cmpstr (hearth_value_get_member_string (row->outputs, "text", NULL), ==, "xxxxxxxxxx");
  hearth_database_unref (database);
}

static void
test_too_large (Temporary    *fixture,
                gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);

  put (database, 1, 1, HEARTH_MAX_RESULT_BYTES, 5000, LIMIT);
  put (database, 2, 1, HEARTH_MAX_RESULT_BYTES - 100, 5000, LIMIT);
  g_assert_cmpuint (count_range (database, 1, 1), ==, 0);
  g_assert_cmpuint (count_range (database, 2, 1), ==, 1);
}

static void
test_bytes_asked_for (Temporary    *fixture,
                      gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  g_autoptr (GPtrArray) rows = NULL;

  put (database, 0, 20, 1000, 5000, LIMIT);
  rows = read_range (database, 0, 20, 5000);
  g_assert_cmpuint (rows->len, ==, 5);
}

/* 100 rows of about 10 kB, then those of the first ten are used, then 20 more than fit. */
static void
test_eviction (Temporary    *fixture,
               gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  guint8 used[10 * HEARTH_RESULT_KEY_BYTES];
  g_autoptr (GError) error = NULL;
  const gsize limit = 1100000;

  for (guint i = 0; i < 100; i++)
    put (database, i, 1, 10000, 5000 + i, limit);
  g_assert_cmpuint (count_range (database, 0, 100), ==, 100);
  for (guint i = 0; i < 10; i++)
    make_key (used + i * HEARTH_RESULT_KEY_BYTES, i);
  g_assert_true (hearth_results_table_touch (database, used, 10, 9000, &error));
  g_assert_no_error (error);

  put (database, 100, 20, 10000, 9001, limit);
  g_assert_cmpint (hearth_results_table_get_size (database, NULL), <=, limit);
  g_assert_cmpint (hearth_results_table_get_size (database, NULL), >, limit * 8 / 10);
  g_assert_cmpuint (count_range (database, 0, 10), ==, 10);
  g_assert_cmpuint (count_range (database, 10, 10), ==, 0);
  g_assert_cmpuint (count_range (database, 100, 20), ==, 20);
}

/* A few large rows go one by one, not by the hundred. */
static void
test_eviction_of_large (Temporary    *fixture,
                        gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);

  for (guint i = 0; i < 12; i++)
    put (database, i, 1, 1000000, 5000 + i, 10200000);
  g_assert_cmpuint (count_range (database, 0, 12), >=, 9);
  g_assert_cmpuint (count_range (database, 11, 1), ==, 1);
}

static void
test_replace (Temporary    *fixture,
              gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);

  for (guint i = 0; i < 50; i++)
    put (database, 7, 1, 1000, 5000 + i, 20000);
  g_assert_cmpuint (count_range (database, 7, 1), ==, 1);
}

/* --- the last time -------------------------------------------------------------------------- */

static void
put_last (HearthDatabase *database,
          const char     *workflow_id,
          const char     *node_id,
          int             number,
          gint64          now_ms)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_last_row_free);
  HearthLastRow *row = g_new0 (HearthLastRow, 1);
  g_autoptr (GError) error = NULL;

  row->workflow_id = g_strdup (workflow_id);
  row->node_id = g_strdup (node_id);
  row->has_key = number >= 0;
  make_key (row->key, (guint) number);
  row->parts = hearth_value_object ("type", hearth_value_integer (number), NULL);
  g_ptr_array_add (rows, row);
  g_assert_true (hearth_last_table_put (database, rows, now_ms, &error));
  g_assert_no_error (error);
}

static void
test_last (Temporary    *fixture,
           gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) workflows = NULL;
  g_auto (GStrv) left = NULL;
  HearthLastRow *row;

  put_last (database, "w", "a", 1, 100);
  put_last (database, "w", "a", 2, 200);
  put_last (database, "w", "b", -1, 200);
  put_last (database, "v", "a", 3, 100);
  rows = hearth_last_table_list (database, "w", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->node_id, ==, "a");
  g_assert_true (row->has_key);
  g_assert_cmpuint (row->key[0], ==, 2);
  g_assert_cmpint (hearth_value_get_member_integer (row->parts, "type", 0), ==, 2);
  g_assert_false (((HearthLastRow *) g_ptr_array_index (rows, 1))->has_key);

  workflows = hearth_last_table_list_workflows (database, &error);
  g_assert_cmpuint (g_strv_length (workflows), ==, 2);
  g_assert_true (hearth_last_table_prune (database, 150, &error));
  left = hearth_last_table_list_workflows (database, &error);
  g_assert_cmpuint (g_strv_length (left), ==, 1);
  g_assert_cmpstr (left[0], ==, "w");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEMPORARY_TEST ("/results-table/keep", test_keep);
  TEMPORARY_TEST ("/results-table/too-large", test_too_large);
  TEMPORARY_TEST ("/results-table/bytes-asked-for", test_bytes_asked_for);
  TEMPORARY_TEST ("/results-table/eviction", test_eviction);
  TEMPORARY_TEST ("/results-table/eviction-of-large", test_eviction_of_large);
  TEMPORARY_TEST ("/results-table/replace", test_replace);
  TEMPORARY_TEST ("/results-table/last", test_last);
  return g_test_run ();
}
