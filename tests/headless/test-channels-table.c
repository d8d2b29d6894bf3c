/* test-channels-table.c: services of models without their keys, and the models chosen from them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "databases.h"
#include "hearth-channels-table.h"
#include "hearth-data-dir.h"
#include "hearth-json.h"
#include "hearth-sqlite-connection.h"
#include "parse.h"

#define USER HEARTH_DEFAULT_USER
#define CANARY "sk-canary-0123456789-wxyz"

/* @wanted: JSON; every member of it must be so. */
static void
assert_members (HearthValue *value,
                const char  *wanted)
{
  g_autoptr (HearthValue) members = parse (wanted);

  for (gsize i = 0; i < hearth_value_get_length (members); i++)
    {
      HearthValue *got = hearth_value_get (value, hearth_value_key_at (members, i));
      g_autofree char *text = got != NULL ? hearth_json_print (got) : g_strdup ("nothing");

      if (!hearth_value_equal (got, hearth_value_member_at (members, i)))
        g_error ("%s is %s in %s", hearth_value_key_at (members, i), text, wanted);
    }
}

static HearthValue *
create_channel (HearthDatabase *database,
                const char     *id,
                const char     *members)
{
  g_autoptr (HearthValue) value = parse (members);
  g_autoptr (GError) error = NULL;
  HearthValue *channel = hearth_channels_table_create (database, USER, id, value, &error);

  g_assert_no_error (error);
  return channel;
}

/* --- channels ------------------------------------------------------------------------------------ */

static void
test_create (void)
{
  g_autoptr (HearthDatabase) database = open_of_user (":memory:", USER);
  g_autoptr (HearthValue) bare = create_channel (database, "ch_1", "{\"label\":\"L1\",\"baseUrl\":\"http://x\"}");
  g_autoptr (HearthValue) full = create_channel (
      database, "ch_2",
      "{\"id\":\"no\",\"userId\":\"no\",\"label\":\"二\",\"baseUrl\":\"http://y\",\"providerId\":\"openai\",\"adapterType\":\"openai\","
      "\"supportedModels\":[\"m1\"],\"customHeaders\":{\"A\":\"b\"},\"modelListEndpoint\":\"/m\",\"disabled\":true,"
      "\"apiKey\":\"" CANARY "\",\"storageMode\":\"plaintext\",\"$key\":\"" CANARY "\"}");
  g_autoptr (HearthValue) list = hearth_channels_table_list (database, USER, NULL);
  g_autofree char *text = hearth_json_print (list);

  assert_members (bare, "{\"id\":\"ch_1\",\"userId\":\"default_user\",\"label\":\"L1\",\"providerId\":null,\"adapterType\":null,"
                        "\"baseUrl\":\"http://x\",\"apiKey\":\"\",\"hasKey\":false,\"keyHint\":\"\",\"keyStore\":null,"
                        "\"storageMode\":\"encrypted\",\"customHeaders\":null,\"modelListEndpoint\":null,"
                        "\"supportedModels\":null,\"disabled\":false}");
  assert_members (full, "{\"id\":\"ch_2\",\"userId\":\"default_user\",\"label\":\"二\",\"providerId\":\"openai\","
                        "\"supportedModels\":[\"m1\"],\"customHeaders\":{\"A\":\"b\"},\"disabled\":true,\"hasKey\":false}");
  g_assert_cmpuint (hearth_value_get_length (list), ==, 2);
  g_assert_true (hearth_value_equal (hearth_value_at (list, 0), bare));
  g_assert_null (strstr (text, "canary"));
}

/* What the reference has no columns for. */
static void
test_options (void)
{
  g_autoptr (HearthDatabase) database = open_of_user (":memory:", USER);
  g_autoptr (HearthValue) bare = create_channel (database, "ch_1", "{\"label\":\"L1\",\"baseUrl\":\"http://x\"}");
  g_autoptr (HearthValue) made = create_channel (
      database, "ch_2", "{\"label\":\"L2\",\"baseUrl\":\"http://y\",\"weight\":300,\"timeoutMs\":2000,\"preset\":\"groq\"}");
  g_autoptr (HearthValue) other = parse ("{\"label\":\"new\"}");
  g_autoptr (HearthValue) weight = parse ("{\"weight\":5}");
  g_autoptr (HearthValue) renamed = hearth_channels_table_update (database, USER, "ch_2", other, NULL);
  g_autoptr (HearthValue) weighed = hearth_channels_table_update (database, USER, "ch_1", weight, NULL);

  assert_members (bare, "{\"weight\":null,\"timeoutMs\":null,\"preset\":null}");
  assert_members (made, "{\"weight\":300,\"timeoutMs\":2000,\"preset\":\"groq\"}");
  assert_members (renamed, "{\"label\":\"new\",\"weight\":300,\"timeoutMs\":2000,\"preset\":\"groq\"}");
  assert_members (weighed, "{\"label\":\"L1\",\"weight\":5,\"timeoutMs\":null,\"preset\":null}");
  g_assert_true (hearth_channels_table_delete (database, USER, "ch_2", NULL));
  g_clear_pointer (&made, hearth_value_unref);
  made = create_channel (database, "ch_2", "{\"label\":\"L2\",\"baseUrl\":\"http://y\"}");
  assert_members (made, "{\"weight\":null,\"timeoutMs\":null,\"preset\":null}");
}

static void
test_update (void)
{
  g_autoptr (HearthDatabase) database = open_of_user (":memory:", USER);
  g_autoptr (HearthValue) made =
      create_channel (database, "ch_1", "{\"label\":\"L1\",\"baseUrl\":\"http://x\",\"supportedModels\":[\"a\"]}");
  g_autoptr (HearthValue) members = parse ("{\"label\":\"L2\",\"disabled\":true,\"id\":\"ch_9\",\"createdAt\":\"never\"}");
  g_autoptr (HearthValue) nothing = hearth_value_empty_object ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) changed = hearth_channels_table_update (database, USER, "ch_1", members, &error);
  g_autoptr (HearthValue) same = hearth_channels_table_update (database, USER, "ch_1", nothing, &error);

  g_assert_no_error (error);
  assert_members (changed, "{\"id\":\"ch_1\",\"label\":\"L2\",\"disabled\":true,\"baseUrl\":\"http://x\",\"supportedModels\":[\"a\"]}");
  g_assert_true (hearth_value_equal (hearth_value_get (changed, "createdAt"), hearth_value_get (made, "createdAt")));
  g_assert_true (hearth_value_equal (changed, same));
  g_assert_null (hearth_channels_table_update (database, USER, "ch_2", members, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hearth_channels_table_update (database, "ann", "ch_1", members, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_key (void)
{
  g_autoptr (HearthDatabase) database = open_of_user (":memory:", USER);
  g_autoptr (HearthValue) made = create_channel (database, "ch_1", "{\"label\":\"L1\",\"baseUrl\":\"http://x\"}");
  static const struct
  {
    HearthChannelKey key;
    const char *hint;
    const char *wanted;
  } steps[] = {
    { HEARTH_CHANNEL_KEY_KEYRING, "wxyz", "{\"hasKey\":true,\"keyHint\":\"wxyz\",\"keyStore\":\"keyring\",\"storageMode\":\"encrypted\"}" },
    { HEARTH_CHANNEL_KEY_SESSION, "", "{\"hasKey\":true,\"keyHint\":\"\",\"keyStore\":\"session\",\"apiKey\":\"\"}" },
    { HEARTH_CHANNEL_KEY_KEYRING, "a:bc", "{\"hasKey\":true,\"keyHint\":\"a:bc\",\"keyStore\":\"keyring\"}" },
    { HEARTH_CHANNEL_KEY_NONE, NULL, "{\"hasKey\":false,\"keyHint\":\"\",\"keyStore\":null}" },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (HearthValue) channel = NULL;

      g_assert_true (hearth_channels_table_set_key (database, USER, "ch_1", steps[i].key, steps[i].hint, &error));
      g_assert_no_error (error);
      channel = hearth_channels_table_read (database, USER, "ch_1", &error);
      assert_members (channel, steps[i].wanted);
    }
  g_assert_false (hearth_channels_table_set_key (database, USER, "ch_2", HEARTH_CHANNEL_KEY_NONE, NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_id (void)
{
  g_autofree char *one = hearth_channel_new_id ();
  g_autofree char *other = hearth_channel_new_id ();

  g_assert_true (g_regex_match_simple ("^ch_[0-9]{13}[0-9a-z]{7}$", one, 0, 0));
  g_assert_cmpstr (one, !=, other);
}

/* --- a file of the reference -------------------------------------------------------------------------- */

static gboolean
files_contain (const char *directory,
               const char *text)
{
  g_autoptr (GDir) open = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_autofree char *content = NULL;
      gsize length;

      if (g_file_get_contents (path, &content, &length, NULL) && memmem (content, length, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
plant (const char *path,
       const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSqliteConnection) connection = _hearth_sqlite_connection_open (path, &error);

  _hearth_sqlite_connection_execute (connection, sql, &error);
  g_assert_no_error (error);
}

#define PLAIN_ROW(id, key, mode)                                                                                 \
  "INSERT INTO api_channels (id, user_id, label, base_url, api_key, storage_mode, created_at) VALUES ('" id "', " \
  "'default_user', 'Old', 'http://x', '" key "', '" mode "', '2026-01-31T12:00:00.000Z');"

static void
test_plain (Temporary    *fixture,
            gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "app.sqlite", NULL);
  g_autoptr (HearthDatabase) database = open_of_user (path, USER);
  g_autoptr (HearthValue) own = create_channel (database, "ch_own", "{\"label\":\"L\",\"baseUrl\":\"http://x\"}");
  g_autoptr (HearthValue) found = NULL;
  g_autoptr (HearthValue) left = NULL;
  g_autoptr (HearthSecret) key = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  plant (path, PLAIN_ROW ("ch_1", CANARY, "plaintext") PLAIN_ROW ("ch_2", "short", "encrypted") PLAIN_ROW ("ch_3", "", "plaintext"));
  g_assert_true (files_contain (fixture->path, CANARY));
  found = hearth_channels_table_list_plain (database, USER, &error);
  g_assert_no_error (error);
  text = hearth_json_print (found);
  g_assert_cmpuint (hearth_value_get_length (found), ==, 2);
  assert_members (hearth_value_at (found, 0), "{\"id\":\"ch_1\",\"apiKey\":\"\",\"hasKey\":true,\"keyHint\":\"wxyz\","
                                              "\"keyStore\":\"database\",\"storageMode\":\"plaintext\"}");
  assert_members (hearth_value_at (found, 1), "{\"id\":\"ch_2\",\"keyHint\":\"\",\"hasKey\":true}");
  g_assert_null (strstr (text, "canary"));
  g_assert_null (strstr (text, "short"));

  key = hearth_channels_table_read_plain (database, USER, "ch_1", &error);
  g_assert_cmpstr (hearth_secret_get_text (key), ==, CANARY);
  g_assert_null (hearth_channels_table_read_plain (database, USER, "ch_own", &error));
  g_assert_no_error (error);

  g_assert_true (hearth_channels_table_set_key (database, USER, "ch_1", HEARTH_CHANNEL_KEY_KEYRING, "wxyz", &error));
  g_assert_true (hearth_channels_table_delete (database, USER, "ch_2", &error));
  g_assert_no_error (error);
  left = hearth_channels_table_list_plain (database, USER, &error);
  g_assert_cmpuint (hearth_value_get_length (left), ==, 0);
  g_assert_false (files_contain (fixture->path, CANARY));
}

/* --- models ---------------------------------------------------------------------------------------------- */

static HearthValue *
put_model (HearthDatabase *database,
           const char     *members)
{
  g_autoptr (HearthValue) value = parse (members);
  g_autoptr (GError) error = NULL;
  HearthValue *model = hearth_models_table_put (database, USER, value, &error);

  g_assert_no_error (error);
  return model;
}

static void
test_models (void)
{
  g_autoptr (HearthDatabase) database = open_of_user (":memory:", USER);
  g_autoptr (HearthValue) first = put_model (database, "{\"modelId\":\"org/m:1\",\"displayName\":\"M1\",\"capabilities\":[\"vision\"],"
                                                       "\"userId\":\"\",\"groupName\":\"g\",\"defaultChannelRef\":\"ch_1\"}");
  g_autoptr (HearthValue) second = put_model (database, "{\"modelId\":\"m2\",\"displayName\":\"M2\",\"capabilities\":[]}");
  g_autoptr (HearthValue) again = put_model (database, "{\"modelId\":\"org/m:1\",\"displayName\":\"New\",\"capabilities\":[]}");
  g_autoptr (HearthValue) list = hearth_models_table_list (database, USER, NULL);

  assert_members (first, "{\"modelId\":\"org/m:1\",\"userId\":\"default_user\",\"displayName\":\"M1\",\"capabilities\":[\"vision\"],"
                         "\"modelType\":\"unknown\",\"groupName\":\"g\",\"icon\":null,\"defaultChannelId\":\"ch_1\","
                         "\"defaultChannelRef\":\"ch_1\",\"tags\":null,\"tokenizerId\":null}");
  assert_members (second, "{\"modelId\":\"m2\",\"groupName\":null,\"defaultChannelId\":null}");
  assert_members (again, "{\"displayName\":\"New\",\"capabilities\":[],\"groupName\":\"g\",\"defaultChannelId\":\"ch_1\"}");
  g_assert_cmpuint (hearth_value_get_length (list), ==, 2);
}

static void
test_change_model (void)
{
  g_autoptr (HearthDatabase) database = open_of_user (":memory:", USER);
  g_autoptr (HearthValue) made = put_model (database, "{\"modelId\":\"m\",\"displayName\":\"M\",\"capabilities\":[\"a\"]}");
  g_autoptr (HearthValue) members = parse ("{\"displayName\":\"N\",\"tags\":[\"t\"],\"modelType\":\"llm\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) changed = hearth_models_table_update (database, USER, "m", members, &error);

  g_assert_no_error (error);
  assert_members (changed, "{\"displayName\":\"N\",\"capabilities\":[\"a\"],\"tags\":[\"t\"],\"modelType\":\"llm\"}");
  g_assert_null (hearth_models_table_update (database, USER, "none", members, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (hearth_models_table_delete (database, USER, "m", &error));
  g_assert_true (hearth_models_table_delete (database, USER, "m", &error));
  g_assert_no_error (error);
  g_assert_null (hearth_models_table_read (database, USER, "m", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channels-table/create", test_create);
  g_test_add_func ("/channels-table/options", test_options);
  g_test_add_func ("/channels-table/update", test_update);
  g_test_add_func ("/channels-table/key", test_key);
  g_test_add_func ("/channels-table/id", test_id);
  TEMPORARY_TEST ("/channels-table/plain", test_plain);
  g_test_add_func ("/models-table/put", test_models);
  g_test_add_func ("/models-table/change", test_change_model);

  return g_test_run ();
}
