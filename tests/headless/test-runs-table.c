/* test-runs-table.c: the history of runs in its file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "databases.h"
#include "hearth-data-dir.h"
#include "hearth-json.h"
#include "hearth-runs-table.h"
#include "hearth-sqlite-statement.h"

static HearthRunRow *
make_run (const char *id,
          const char *status,
          gint64      submitted_ms)
{
  HearthRunRow *run = g_new0 (HearthRunRow, 1);

  run->id = g_strdup (id);
  run->workflow_id = g_strdup ("w");
  run->workflow_name = g_strdup_printf ("Letters of %s", id);
  run->project_id = g_strdup ("p");
  run->status = g_strdup (status);
  run->submitted_ms = submitted_ms;
  run->started_ms = submitted_ms + 1;
  run->ended_ms = submitted_ms + 5;
  run->duration_ms = 4.5;
  return run;
}

static HearthStepRow *
make_step (const char  *run_id,
           const char  *node_id,
           HearthValue *output)
{
  HearthStepRow *step = g_new0 (HearthStepRow, 1);

  step->run_id = g_strdup (run_id);
  step->node_id = g_strdup (node_id);
  step->type_id = g_strdup ("core:TextMerge");
  step->state = g_strdup ("complete");
  step->started_ms = 7;
  step->ended_ms = 9;
  step->duration_ms = 1.5;
  step->tries = 2;
  step->why = g_strdup ("ran again: input “text” changed");
  step->output = output;
  return step;
}

/* Takes both. */
static void
put (HearthDatabase *database,
     HearthRunRow   *run,
     HearthStepRow  *step)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_run_row_free);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_step_row_free);
  g_autoptr (GError) error = NULL;

  if (run != NULL)
    g_ptr_array_add (runs, run);
  if (step != NULL)
    g_ptr_array_add (steps, step);
  g_assert_true (hearth_runs_table_put (database, runs, steps, &error));
  g_assert_no_error (error);
}

static HearthValue *
read_run (HearthDatabase *database,
          const char     *id)
{
  g_autoptr (GError) error = NULL;
  HearthValue *run = hearth_runs_table_read (database, id, &error);

  g_assert_no_error (error);
  return run;
}

static void
test_whole (Temporary    *fixture,
            gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  g_autoptr (HearthValue) run = NULL;
  g_autofree char *text = NULL;
  HearthRunRow *row = make_run ("one", "error", 100);

  row->message = g_strdup ("It failed.");
  row->outputs = hearth_value_object ("o", hearth_value_integer (1), NULL);
  put (database, row, make_step ("one", "n", hearth_value_object ("text", hearth_value_string ("hi"), NULL)));
  run = read_run (database, "one");
  text = hearth_json_print (run);
  g_assert_cmpstr (
      text, ==,
      "{\"promptId\":\"one\",\"status\":\"error\",\"workflowId\":\"w\",\"workflowName\":\"Letters of one\","
      "\"projectId\":\"p\",\"submittedAt\":100,\"startedAt\":101,\"completedAt\":105,\"durationMs\":4.5,"
      "\"errorInfo\":{\"message\":\"It failed.\"},\"outputs\":{\"o\":1},\"nodes\":{\"n\":{\"type\":\"core:TextMerge\","
      "\"status\":\"complete\",\"startedAt\":7,\"completedAt\":9,\"durationMs\":1.5,\"tries\":2,\"reused\":false,"
      "\"why\":\"ran again: input “text” changed\",\"output\":{\"text\":\"hi\"}}}}");
}

static void
test_missing (Temporary    *fixture,
              gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_runs_table_read (database, "nobody", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hearth_runs_table_read_value (database, "nobody", "00", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

/* A step whose run is not there is dropped; a run that is put again is renewed. */
static void
test_again (Temporary    *fixture,
            gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  g_autoptr (HearthValue) run = NULL;
  HearthValue *nodes;

  put (database, NULL, make_step ("one", "early", NULL));
  put (database, make_run ("one", "running", 100), make_step ("one", "b", NULL));
  put (database, NULL, make_step ("one", "a", NULL));
  put (database, make_run ("one", "complete", 100), make_step ("one", "b", hearth_value_empty_object ()));
  run = read_run (database, "one");
  g_assert_cmpstr (hearth_value_get_member_string (run, "status", NULL), ==, "complete");
  nodes = hearth_value_get (run, "nodes");
  g_assert_cmpuint (hearth_value_get_length (nodes), ==, 2);
  g_assert_cmpstr (hearth_value_key_at (nodes, 0), ==, "b");
  g_assert_nonnull (hearth_value_get (hearth_value_member_at (nodes, 0), "output"));
}

/* --- large values ------------------------------------------------------------------------------- */

static int
count_rows (Temporary  *fixture,
            const char *sql)
{
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);
  g_autoptr (HearthSqliteConnection) connection = _hearth_sqlite_connection_open (path, NULL);
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (connection, sql, NULL);

  g_assert_cmpint (_hearth_sqlite_statement_step (statement, NULL), ==, HEARTH_SQLITE_ROW);
  return (int) _hearth_sqlite_statement_get_integer (statement, 0);
}

static HearthValue *
make_large (void)
{
  g_autofree char *text = g_strnfill (100000, 'l');

  return hearth_value_object ("large", hearth_value_string (text), "small", hearth_value_integer (1), NULL);
}

static void
test_references (Temporary    *fixture,
                 gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  g_autoptr (HearthValue) run = NULL;
  g_autoptr (HearthValue) value = NULL;
  g_autoptr (GError) error = NULL;
  HearthValue *output, *large;
  const char *reference;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup_printf ("run%d", i);

      put (database, make_run (id, "complete", 100 + i), make_step (id, "n", make_large ()));
    }
  g_assert_cmpint (count_rows (fixture, "SELECT count (*) FROM hearth_values"), ==, 1);

  run = read_run (database, "run1");
  output = hearth_value_get (hearth_value_get (hearth_value_get (run, "nodes"), "n"), "output");
  g_assert_cmpint (hearth_value_get_member_integer (output, "small", 0), ==, 1);
  large = hearth_value_get (output, "large");
  reference = hearth_value_get_member_string (large, HEARTH_VALUE_REFERENCE_KEY, NULL);
  g_assert_cmpuint (strlen (reference), ==, 64);
  g_assert_cmpint (hearth_value_get_member_integer (large, "bytes", 0), ==, 100002);
  g_assert_cmpuint (strlen (hearth_value_get_member_string (large, "start", "")), ==, 200);

  value = hearth_runs_table_read_value (database, "run1", reference, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (hearth_value_get_string (value, NULL)), ==, 100000);
  put (database, make_run ("other", "complete", 200), NULL);
  g_assert_null (hearth_runs_table_read_value (database, "other", reference, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);

  g_assert_true (hearth_runs_table_prune (database, 1, 300, NULL));
  g_assert_cmpint (count_rows (fixture, "SELECT count (*) FROM hearth_runs"), ==, 1);
  g_assert_cmpint (count_rows (fixture, "SELECT count (*) FROM hearth_steps"), ==, 0);
  g_assert_cmpint (count_rows (fixture, "SELECT count (*) FROM hearth_values"), ==, 0);
  g_assert_cmpint (count_rows (fixture, "SELECT count (*) FROM hearth_value_uses"), ==, 0);
}

static void
test_many_small_members (Temporary    *fixture,
                         gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) run = NULL;
  g_autoptr (HearthValue) value = NULL;
  HearthValue *output;

  for (int i = 0; i < 10000; i++)
    {
      g_autofree char *key = g_strdup_printf ("k%d", i);

      hearth_builder_add (&builder, key, hearth_value_integer (i));
    }
  put (database, make_run ("one", "complete", 1), make_step ("one", "n", hearth_builder_end_object (&builder)));
  run = read_run (database, "one");
  output = hearth_value_get (hearth_value_get (hearth_value_get (run, "nodes"), "n"), "output");
  value = hearth_runs_table_read_value (database, "one",
                                        hearth_value_get_member_string (output, HEARTH_VALUE_REFERENCE_KEY, ""), NULL);
  g_assert_cmpuint (hearth_value_get_length (value), ==, 10000);
}

/* --- lists ----------------------------------------------------------------------------------------- */

static void
assert_list (HearthDatabase *database,
             HearthRunFilter filter,
             const char     *ids,
             gint64          total)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) list = hearth_runs_table_list (database, &filter, &error);
  g_autoptr (GString) found = g_string_new (NULL);
  HearthValue *items;

  g_assert_no_error (error);
  items = hearth_value_get (list, "items");
  for (gsize i = 0; i < hearth_value_get_length (items); i++)
    g_string_append_printf (found, "%s ", hearth_value_get_member_string (hearth_value_at (items, i), "promptId", "?"));
  g_assert_cmpstr (found->str, ==, ids);
  g_assert_cmpint (hearth_value_get_member_integer (list, "total", -1), ==, total);
}

static void
test_list (Temporary    *fixture,
           gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  HearthRunRow *row;

  put (database, make_run ("a", "complete", 1), NULL);
  put (database, make_run ("b", "error", 3), NULL);
  row = make_run ("c", "complete", 2);
  g_free (row->project_id);
  g_free (row->workflow_id);
  row->project_id = g_strdup ("q");
  row->workflow_id = NULL;
  row->message = g_strdup ("100% of it_is gone");
  put (database, row, NULL);

  assert_list (database, (HearthRunFilter) { 0 }, "b c a ", 3);
  assert_list (database, (HearthRunFilter) { .status = "complete" }, "c a ", 2);
  assert_list (database, (HearthRunFilter) { .project_id = "p" }, "b a ", 2);
  assert_list (database, (HearthRunFilter) { .workflow_id = "w", .status = "error" }, "b ", 1);
  assert_list (database, (HearthRunFilter) { .text = "letters OF B" }, "b ", 1);
  assert_list (database, (HearthRunFilter) { .text = "0%" }, "c ", 1);
  assert_list (database, (HearthRunFilter) { .text = "t_i" }, "c ", 1);
  assert_list (database, (HearthRunFilter) { .text = "L_tt" }, "", 0);
  assert_list (database, (HearthRunFilter) { .text = "'; DROP TABLE hearth_runs; --" }, "", 0);
  assert_list (database, (HearthRunFilter) { .limit = 2 }, "b c ", 3);
  assert_list (database, (HearthRunFilter) { .limit = 2, .page = 2 }, "a ", 3);
  assert_list (database, (HearthRunFilter) { .limit = 2, .page = 3 }, "", 3);
}

/* --- upkeep ----------------------------------------------------------------------------------------- */

static void
test_prune (Temporary    *fixture,
            gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);

  for (int i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("r%d", i);

      put (database, make_run (id, "complete", 100 + i), NULL);
    }
  /* The last three, or all since 105, whichever is more. */
  g_assert_true (hearth_runs_table_prune (database, 3, 105, NULL));
  assert_list (database, (HearthRunFilter) { 0 }, "r9 r8 r7 r6 r5 ", 5);
  g_assert_true (hearth_runs_table_prune (database, 3, 109, NULL));
  assert_list (database, (HearthRunFilter) { 0 }, "r9 r8 r7 ", 3);
}

static void
test_bury (Temporary    *fixture,
           gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  g_autofree char *sql = NULL;
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);
  g_autoptr (HearthSqliteConnection) connection = _hearth_sqlite_connection_open (path, NULL);

  put (database, make_run ("dead", "running", 1), NULL);
  put (database, make_run ("theirs", "queued", 2), NULL);
  put (database, make_run ("over", "error", 3), NULL);
  /* Process 1 would be a lie; the one that started this test lives. */
  sql = g_strdup_printf ("UPDATE hearth_runs SET process = %d WHERE id = 'theirs'", (int) getppid ());
  g_assert_true (_hearth_sqlite_connection_execute (connection, sql, NULL));
  g_assert_true (hearth_runs_table_bury (database, "The program ended.", NULL));
  assert_list (database, (HearthRunFilter) { .status = "interrupted" }, "dead ", 1);
  assert_list (database, (HearthRunFilter) { .text = "program ended" }, "dead ", 1);
  assert_list (database, (HearthRunFilter) { .status = "queued" }, "theirs ", 1);
}

/* What a version before the history wrote is kept. */
static void
test_older_file (Temporary    *fixture,
                 gconstpointer data)
{
  g_autoptr (HearthDatabase) database = open_in (fixture);
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);
  g_autoptr (HearthSqliteConnection) connection = NULL;
  g_autoptr (HearthValue) user = NULL;

  user = hearth_users_table_get (database, HEARTH_DEFAULT_USER, NULL);
  g_clear_pointer (&user, hearth_value_unref);
  hearth_users_table_set_name (database, HEARTH_DEFAULT_USER, "Ann", NULL);
  g_clear_pointer (&database, hearth_database_unref);
  connection = _hearth_sqlite_connection_open (path, NULL);
  g_assert_true (_hearth_sqlite_connection_execute (
      connection,
      "PRAGMA foreign_keys = OFF; DROP TABLE hearth_results; DROP TABLE hearth_last; DROP TABLE hearth_values;"
      "DROP TABLE hearth_value_uses; DROP TABLE hearth_steps; DROP TABLE hearth_runs; DROP TABLE hearth_usage;"
      "DROP TABLE hearth_channel_options; DROP TABLE hearth_reservations; PRAGMA user_version = 1",
      NULL));

  database = open_in (fixture);
  user = hearth_users_table_get (database, HEARTH_DEFAULT_USER, NULL);
  g_assert_cmpstr (hearth_value_get_member_string (user, "username", NULL), ==, "Ann");
  put (database, make_run ("a", "complete", 1), NULL);
  assert_list (database, (HearthRunFilter) { 0 }, "a ", 1);
  g_assert_cmpint (count_rows (fixture, "PRAGMA user_version"), ==, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEMPORARY_TEST ("/runs-table/whole", test_whole);
  TEMPORARY_TEST ("/runs-table/missing", test_missing);
  TEMPORARY_TEST ("/runs-table/again", test_again);
  TEMPORARY_TEST ("/runs-table/references", test_references);
  TEMPORARY_TEST ("/runs-table/many-small-members", test_many_small_members);
  TEMPORARY_TEST ("/runs-table/list", test_list);
  TEMPORARY_TEST ("/runs-table/prune", test_prune);
  TEMPORARY_TEST ("/runs-table/bury", test_bury);
  TEMPORARY_TEST ("/runs-table/older-file", test_older_file);
  return g_test_run ();
}
