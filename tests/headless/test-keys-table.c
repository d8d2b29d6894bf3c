/* test-keys-table.c: service keys as hashes, and what is known of credentials
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "databases.h"
#include "hearth-data-dir.h"
#include "hearth-keys-table.h"
#include "hearth-sqlite-statement.h"

#define USER HEARTH_DEFAULT_USER

static const char *
get_text (HearthValue *value,
          const char  *key)
{
  return hearth_value_get_member_string (value, key, NULL);
}

static HearthValue *
create_key (HearthDatabase *database,
            const char     *name,
            HearthValue    *scopes)
{
  g_autoptr (GError) error = NULL;
  HearthValue *key = hearth_keys_table_create (database, USER, name, scopes, &error);

  g_assert_no_error (error);
  return key;
}

static HearthValue *
verify (HearthDatabase *database,
        const char     *text)
{
  g_autoptr (HearthSecret) secret = hearth_secret_new (text);
  g_autoptr (GError) error = NULL;
  HearthValue *key = hearth_keys_table_verify (database, secret, &error);

  g_assert_no_error (error);
  return key;
}

static char *
read_column (const char *path,
             const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSqliteConnection) connection = _hearth_sqlite_connection_open (path, &error);
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (connection, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpint (_hearth_sqlite_statement_step (statement, &error), ==, HEARTH_SQLITE_ROW);
  return g_strdup (_hearth_sqlite_statement_get_text (statement, 0));
}

/* --- service keys -------------------------------------------------------------------------------- */

static void
test_create (Temporary    *fixture,
             gconstpointer data)
{
  static const char *const words[] = { "runs", "read", NULL };
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);
  g_autoptr (HearthDatabase) database = open_of_user (path, USER);
  g_autoptr (HearthValue) scopes = hearth_value_strv (words);
  g_autoptr (HearthValue) key = create_key (database, "k1", scopes);
  g_autofree char *hash = read_column (path, "SELECT hashed_key FROM service_api_keys");
  const char *secret = get_text (key, "secret");

  g_assert_true (g_regex_match_simple ("^ctsk_[A-Za-z0-9_-]{43}$", secret, 0, 0));
  g_assert_true (g_str_has_prefix (secret, get_text (key, "prefix")));
  g_assert_cmpuint (strlen (get_text (key, "prefix")), ==, 13);
  g_assert_true (hearth_value_equal (hearth_value_get (key, "scopes"), scopes));
  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
  g_assert_null (strstr (hash, secret + 5));
}

static void
test_list (void)
{
  g_autoptr (HearthDatabase) database = open_of_user (":memory:", USER);
  g_autoptr (HearthValue) first = create_key (database, NULL, NULL);
  g_autoptr (HearthValue) second = create_key (database, "二", NULL);
  g_autoptr (HearthValue) keys = hearth_keys_table_list (database, USER, NULL);
  g_autoptr (HearthValue) others = hearth_keys_table_list (database, "ann", NULL);

  g_assert_cmpuint (hearth_value_get_length (keys), ==, 2);
  g_assert_cmpstr (get_text (hearth_value_at (keys, 0), "id"), ==, get_text (second, "id"));
  g_assert_cmpstr (get_text (hearth_value_at (keys, 0), "name"), ==, "二");
  g_assert_null (hearth_value_get (hearth_value_at (keys, 1), "name"));
  g_assert_null (hearth_value_get (hearth_value_at (keys, 1), "lastUsedAt"));
  g_assert_null (hearth_value_get (hearth_value_at (keys, 0), "secret"));
  g_assert_cmpuint (hearth_value_get_length (others), ==, 0);
}

static void
test_delete (void)
{
  g_autoptr (HearthDatabase) database = open_of_user (":memory:", USER);
  g_autoptr (HearthValue) key = create_key (database, "k1", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (hearth_keys_table_delete (database, "ann", get_text (key, "id"), NULL));
  g_assert_true (hearth_keys_table_delete (database, USER, get_text (key, "id"), &error));
  g_assert_no_error (error);
  g_assert_false (hearth_keys_table_delete (database, USER, get_text (key, "id"), &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_assert_null (verify (database, get_text (key, "secret")));
}

static void
test_verify (void)
{
  g_autoptr (HearthDatabase) database = open_of_user (":memory:", USER);
  g_autoptr (HearthValue) key = create_key (database, "k1", NULL);
  const char *secret = get_text (key, "secret");
  g_autofree char *similar = g_strndup (secret, strlen (secret) - 1);
  g_autoptr (HearthValue) found = verify (database, secret);
  g_autoptr (HearthValue) keys = hearth_keys_table_list (database, USER, NULL);

  g_assert_cmpstr (get_text (found, "id"), ==, get_text (key, "id"));
  g_assert_cmpstr (get_text (found, "userId"), ==, USER);
  g_assert_null (hearth_value_get (found, "hash"));
  g_assert_nonnull (get_text (hearth_value_at (keys, 0), "lastUsedAt"));
  g_assert_null (verify (database, similar));
  g_assert_null (verify (database, get_text (key, "prefix")));
  g_assert_null (verify (database, "ctsk_somebody-else"));
  g_assert_null (verify (database, ""));
}

/* --- credentials ---------------------------------------------------------------------------------- */

static void
assert_hint (const char *credential,
             const char *prefix,
             const char *suffix)
{
  g_autoptr (HearthSecret) secret = hearth_secret_new (credential);
  g_autoptr (HearthValue) hint = hearth_credential_make_hint (secret);

  g_assert_cmpstr (get_text (hint, "prefix"), ==, prefix);
  g_assert_cmpstr (get_text (hint, "suffix"), ==, suffix);
}

static void
test_hint (void)
{
  assert_hint ("sk-1234567890", "sk-1", "7890");
  assert_hint ("sk-123456789", "", "");
  assert_hint ("abc", "", "");
  assert_hint ("一二三四五六七八九十百千万", "一二三四", "十百千万");
}

static void
test_credentials (Temporary    *fixture,
                  gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);
  g_autoptr (HearthDatabase) database = open_of_user (path, USER);
  g_autoptr (HearthSecret) secret = hearth_secret_new ("sk-canary-0123456789");
  g_autoptr (HearthValue) hint = hearth_credential_make_hint (secret);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) made = hearth_credentials_table_create (database, "c1", USER, "openai", "Mine", hint, &error);
  g_autoptr (HearthValue) other = hearth_credentials_table_create (database, "c2", USER, "github", NULL, hint, &error);
  g_autoptr (HearthValue) list = hearth_credentials_table_list (database, USER, &error);
  g_autofree char *mark = read_column (path, "SELECT encrypted_credential FROM external_credentials WHERE id = 'c1'");

  g_assert_no_error (error);
  g_assert_cmpuint (hearth_value_get_length (list), ==, 2);
  g_assert_true (hearth_value_equal (hearth_value_at (list, 1), made));
  g_assert_true (hearth_value_equal (hearth_value_at (list, 0), other));
  g_assert_cmpstr (get_text (made, "displayName"), ==, "Mine");
  g_assert_null (hearth_value_get (other, "displayName"));
  g_assert_true (hearth_value_equal (hearth_value_get (made, "displayHint"), hint));
  g_assert_cmpstr (mark, ==, "keyring");
  g_assert_true (hearth_credentials_table_delete (database, USER, "c1", &error));
  g_assert_false (hearth_credentials_table_delete (database, USER, "c1", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEMPORARY_TEST ("/keys-table/create", test_create);
  g_test_add_func ("/keys-table/list", test_list);
  g_test_add_func ("/keys-table/delete", test_delete);
  g_test_add_func ("/keys-table/verify", test_verify);
  g_test_add_func ("/keys-table/hint", test_hint);
  TEMPORARY_TEST ("/keys-table/credentials", test_credentials);

  return g_test_run ();
}
