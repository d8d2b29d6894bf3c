/* test-database.c: the SQLite file and its users
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "databases.h"
#include "hearth-data-dir.h"
#include "hearth-database.h"
#include "hearth-sqlite-statement.h"

static HearthValue *
get_user (HearthDatabase *database)
{
  g_autoptr (GError) error = NULL;
  HearthValue *user = hearth_users_table_get (database, HEARTH_DEFAULT_USER, &error);

  g_assert_no_error (error);
  return user;
}

static void
test_default_user (void)
{
  g_autoptr (HearthDatabase) database = open_database (":memory:");
  g_autoptr (HearthValue) user = get_user (database);
  g_autoptr (HearthValue) again = get_user (database);

  g_assert_cmpstr (hearth_value_get_member_string (user, "uid", NULL), ==, "default_user");
  g_assert_cmpstr (hearth_value_get_member_string (user, "username", NULL), ==, "本地用户");
  g_assert_true (hearth_value_get_member_boolean (user, "isAdmin", FALSE));
  g_assert_true (g_str_has_suffix (hearth_value_get_member_string (user, "createdAt", ""), "Z"));
  g_assert_null (hearth_value_get (user, "avatarUrl"));
  g_assert_true (hearth_value_equal (user, again));
}

static void
test_rename_user (void)
{
  g_autoptr (HearthDatabase) database = open_database (":memory:");
  g_autoptr (HearthValue) before = get_user (database);
  g_autoptr (HearthValue) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (hearth_users_table_set_name (database, HEARTH_DEFAULT_USER, "Ann'; DROP TABLE users; --", &error));
  g_assert_no_error (error);
  after = get_user (database);
  g_assert_cmpstr (hearth_value_get_member_string (after, "username", NULL), ==, "Ann'; DROP TABLE users; --");
  g_assert_cmpstr (hearth_value_get_member_string (after, "createdAt", NULL), ==,
                   hearth_value_get_member_string (before, "createdAt", ""));
}

static void
test_missing_user (void)
{
  g_autoptr (HearthDatabase) database = open_database (":memory:");
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_users_table_get (database, "nobody", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (hearth_users_table_set_name (database, "nobody", "x", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

/* --- the file --------------------------------------------------------------------------- */

static int
query_rows (const char *path,
            const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSqliteConnection) connection = _hearth_sqlite_connection_open (path, &error);
  g_autoptr (HearthSqliteStatement) statement = NULL;
  HearthSqliteResult result;
  int rows = 0;

  g_assert_no_error (error);
  statement = _hearth_sqlite_statement_new (connection, sql, &error);
  g_assert_no_error (error);
  while ((result = _hearth_sqlite_statement_step (statement, &error)) == HEARTH_SQLITE_ROW)
    rows++;
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, HEARTH_SQLITE_DONE);
  return rows;
}

static void
test_file (Temporary    *fixture,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  HearthDatabase *database = open_database (path);
  g_autoptr (HearthValue) user = get_user (database);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (log, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);
  hearth_database_unref (database);

  g_assert_cmpint (query_rows (path, "SELECT name FROM sqlite_master WHERE type = 'table'"), ==, 14);
  g_assert_cmpint (query_rows (path, "SELECT 1 FROM users WHERE uid = 'default_user'"), ==, 1);
  g_assert_cmpint (query_rows (path, "SELECT 1 FROM pragma_user_version WHERE user_version = 5"), ==, 1);

  database = open_database (path);
  hearth_users_table_set_name (database, HEARTH_DEFAULT_USER, "Ann", NULL);
  hearth_database_unref (database);
  database = open_database (path);
  g_clear_pointer (&user, hearth_value_unref);
  user = get_user (database);
  g_assert_cmpstr (hearth_value_get_member_string (user, "username", NULL), ==, "Ann");
  hearth_database_unref (database);
}

static void
assert_refused (const char *path,
                const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_database_open (path, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DATABASE);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, word));
}

static void
test_not_a_database (Temporary    *fixture,
                     gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);
  g_autofree char *noise = g_strnfill (8192, 'n');
  g_autofree char *left = NULL;

  g_assert_true (g_file_set_contents (path, noise, -1, NULL));
  assert_refused (path, "not a database");
  g_assert_true (g_file_get_contents (path, &left, NULL, NULL));
  g_assert_cmpstr (left, ==, noise);
}

static void
test_newer (Temporary    *fixture,
            gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);

  query_rows (path, "PRAGMA user_version = 99");
  assert_refused (path, "newer");
}

static void
test_no_folder (Temporary    *fixture,
                gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "nowhere", "app.sqlite", NULL);

  assert_refused (path, "folder");
}

/* --- threads ------------------------------------------------------------------------------- */

static gpointer
rename_often (gpointer data)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("%p-%u", (void *) g_thread_self (), i);
      g_autoptr (HearthValue) user = NULL;

      g_assert_true (hearth_users_table_set_name (data, HEARTH_DEFAULT_USER, name, NULL));
      user = hearth_users_table_get (data, HEARTH_DEFAULT_USER, NULL);
      g_assert_nonnull (user);
    }
  return NULL;
}

static void
test_threads (Temporary    *fixture,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);
  g_autoptr (HearthDatabase) database = open_database (path);
  g_autoptr (HearthValue) user = get_user (database);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("rename", rename_often, database);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/database/default-user", test_default_user);
  g_test_add_func ("/database/rename-user", test_rename_user);
  g_test_add_func ("/database/missing-user", test_missing_user);
  TEMPORARY_TEST ("/database/file", test_file);
  TEMPORARY_TEST ("/database/not-a-database", test_not_a_database);
  TEMPORARY_TEST ("/database/newer", test_newer);
  TEMPORARY_TEST ("/database/no-folder", test_no_folder);
  TEMPORARY_TEST ("/database/threads", test_threads);
  return g_test_run ();
}
