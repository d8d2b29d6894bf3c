/* test-chat-store.c: chats as files of a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "hearth-chat-store.h"
#include "hearth-json.h"
#include "hearth-project-store.h"
#include "temporary.h"

#define N_WRITERS 8
#define N_MESSAGES 10

static HearthDataDir *
open_dir (Temporary *fixture)
{
  HearthDataDir *dir = hearth_data_dir_new (fixture->path);
  g_autoptr (HearthValue) one = hearth_project_store_create (dir, "One", NULL, NULL);
  g_autoptr (HearthValue) two = hearth_project_store_create (dir, "Two", NULL, NULL);

  g_assert_true (one != NULL && two != NULL);
  return dir;
}

static const char *
get (HearthValue *value,
     const char  *key)
{
  return hearth_value_get_member_string (value, key, "(none)");
}

static HearthValue *
create (HearthDataDir *dir,
        const char    *project,
        const char    *members)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = hearth_json_parse (members, -1, &error);
  HearthValue *session = hearth_chat_store_create (dir, project, value, &error);

  g_assert_no_error (error);
  return session;
}

static HearthValue *
list (HearthDataDir *dir,
      const char    *project)
{
  g_autoptr (GError) error = NULL;
  HearthValue *sessions = hearth_chat_store_list (dir, project, &error);

  g_assert_no_error (error);
  return sessions;
}

static gboolean
say (HearthChatTree *tree,
     gpointer        text,
     GError        **error)
{
  return hearth_chat_tree_append (tree, hearth_chat_tree_get_active_leaf (tree), "user", text, NULL, error) != NULL;
}

static char *
dup_path (HearthDataDir *dir,
          const char    *place)
{
  g_autofree char *projects = hearth_data_dir_dup_projects (dir);

  return g_build_filename (projects, place, NULL);
}

static void
put (HearthDataDir *dir,
     const char    *place,
     const char    *text)
{
  g_autofree char *projects = hearth_data_dir_dup_projects (dir);

  temporary_put (projects, place, text);
}

static void
test_create (Temporary    *fixture,
             gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autoptr (HearthValue) plain = create (dir, "One", "{}");
  g_autoptr (HearthValue) full = create (dir, "One", "{\"title\":\"T\",\"description\":\"D\",\"type\":\"roleplay\",\"tags\":[\"a\"],\"settings\":{\"k\":1},\"own\":1}");
  g_autofree char *place = g_strdup_printf ("One/chats/%s.json", get (plain, "id"));
  g_autofree char *path = dup_path (dir, place);
  g_autoptr (HearthValue) stored = hearth_store_read_json (path, 1 << 20, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (get (plain, "title"), "Chat "));
  g_assert_cmpstr (get (plain, "type"), ==, "chat");
  g_assert_null (hearth_value_get (plain, "lastMessage"));
  g_assert_cmpstr (get (full, "title"), ==, "T");
  g_assert_cmpstr (get (full, "description"), ==, "D");
  g_assert_cmpstr (get (full, "type"), ==, "roleplay");
  g_assert_null (hearth_value_get (full, "own"));
  g_assert_cmpint (hearth_value_get_member_integer (stored, "version", 0), ==, 1);
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (stored, "nodes")), ==, 0);
  g_assert_true (hearth_value_is (hearth_value_get (stored, "activeLeafId"), NULL));
  g_assert_null (hearth_value_get (hearth_value_get (stored, "metadata"), "type"));
  g_assert_null (hearth_chat_store_create (dir, "Three", NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_list (Temporary    *fixture,
           gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autoptr (HearthValue) none = list (dir, "One");
  g_autoptr (HearthValue) nowhere = list (dir, "Three");
  g_autoptr (HearthValue) sessions = NULL;
  g_autoptr (HearthValue) again = NULL;

  g_assert_cmpuint (hearth_value_get_length (none), ==, 0);
  g_assert_cmpuint (hearth_value_get_length (nowhere), ==, 0);
  put (dir, "One/chats/old.json", "{\"nodes\":{},\"metadata\":{\"title\":\"Old\",\"updatedAt\":\"2020-01-01T00:00:00.000Z\"}}");
  put (dir, "One/chats/new.json", "{\"sessionId\":\"other\",\"nodes\":{\"a\":{\"role\":\"user\",\"content\":\"last\"}},\"activeLeafId\":\"a\",\"metadata\":{\"title\":\"New\",\"updatedAt\":\"2021-01-01T02:00:00+02:00\"}}");
  put (dir, "One/chats/broken.json", "{");
  put (dir, "One/chats/none.json", "{\"id\":1}");
  put (dir, "One/chats/text.txt", "{\"nodes\":{}}");
  sessions = list (dir, "One");
  g_assert_cmpuint (hearth_value_get_length (sessions), ==, 2);
  g_assert_cmpstr (get (hearth_value_at (sessions, 0), "id"), ==, "new"); /* the file's name counts */
  g_assert_cmpstr (get (hearth_value_at (sessions, 0), "lastMessage"), ==, "last");
  g_assert_cmpstr (get (hearth_value_at (sessions, 0), "projectId"), ==, "One");
  g_assert_cmpstr (get (hearth_value_at (sessions, 0), "lastActivity"), ==, "2021-01-01T00:00:00.000Z");
  g_assert_cmpstr (get (hearth_value_at (sessions, 0), "createdAt"), ==, "1970-01-01T00:00:00.000Z");
  g_assert_cmpstr (get (hearth_value_at (sessions, 1), "title"), ==, "Old");
  put (dir, "One/chats/old.json", "{\"nodes\":{},\"metadata\":{\"title\":\"Other\",\"updatedAt\":\"2022-01-01T00:00:00.000Z\"}}");
  again = list (dir, "One");
  g_assert_cmpstr (get (hearth_value_at (again, 0), "title"), ==, "Other");
}

static void
test_change (Temporary    *fixture,
             gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autoptr (HearthValue) session = create (dir, "Two", "{}");
  const char *id = get (session, "id");
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthChatTree) first = hearth_chat_store_change (dir, "Two", id, say, (gpointer) "one", &error);
  g_autoptr (HearthChatTree) second = hearth_chat_store_change (dir, NULL, id, say, (gpointer) "two", &error);
  g_autoptr (HearthChatTree) read = hearth_chat_store_read (dir, NULL, id, &error);
  g_autoptr (GPtrArray) context = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (hearth_chat_tree_get_version (first), ==, 2);
  g_assert_cmpint (hearth_chat_tree_get_version (read), ==, 3);
  context = hearth_chat_tree_list_context (read);
  g_assert_cmpuint (context->len, ==, 2);
  g_assert_cmpstr (get (g_ptr_array_index (context, 1), "content"), ==, "two");
  g_assert_null (hearth_chat_store_change (dir, "One", id, say, (gpointer) "x", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hearth_chat_store_read (dir, NULL, "nobody", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_ids (Temporary    *fixture,
          gconstpointer data)
{
  static const char *const bad[] = { "", ".", "..", "../project", "a/b", ".previous", "x\n", "a\\b", "con" };
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autofree char *outside = g_build_filename (fixture->path, "outside.json", NULL);
  g_autofree char *link = dup_path (dir, "One/chats/link.json");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (hearth_chat_store_read (dir, "One", bad[i], &error));
      g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
      g_clear_error (&error);
    }
  put (dir, "One/chats/x.json", "{\"nodes\":{}}");
  g_assert_true (g_file_set_contents (outside, "{\"nodes\":{}}", -1, NULL));
  g_assert_cmpint (symlink (outside, link), ==, 0);
  g_assert_null (hearth_chat_store_read (dir, "One", "link", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hearth_chat_store_read (dir, "..", "x", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_import (Temporary    *fixture,
             gconstpointer data)
{
  static const char *const bad[] = { "", "{", "[]", "{}", "{\"nodes\":{\"a\":{}}}" };
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) session = hearth_chat_store_import (
      dir, "One", "{\"sessionId\":\"old\",\"version\":5,\"nodes\":{\"a\":{\"role\":\"user\",\"content\":\"x\"}},\"metadata\":{\"title\":\"T\"}}", &error);
  g_autoptr (HearthChatTree) tree = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (get (session, "title"), ==, "T");
  g_assert_cmpstr (get (session, "id"), !=, "old");
  g_assert_cmpstr (get (session, "lastActivity"), >, "2026");
  tree = hearth_chat_store_read (dir, "One", get (session, "id"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hearth_chat_tree_get_n_messages (tree), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (hearth_chat_store_import (dir, "One", bad[i], &error));
      g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED);
      g_clear_error (&error);
    }
}

/* A chat that could not be read again is not written. */
static void
test_too_large (Temporary    *fixture,
                gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autoptr (HearthValue) session = create (dir, "One", "{}");
  g_autofree char *half = g_strnfill (33 << 20, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthChatTree) first = hearth_chat_store_change (dir, "One", get (session, "id"), say, half, &error);
  g_autoptr (HearthChatTree) read = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (first);
  g_assert_null (hearth_chat_store_change (dir, "One", get (session, "id"), say, half, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  read = hearth_chat_store_read (dir, "One", get (session, "id"), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hearth_chat_tree_get_n_messages (read), ==, 1);
}

/* --- attachments --------------------------------------------------------------------------- */

static HearthValue *
add_asset (Temporary     *fixture,
           HearthDataDir *dir,
           const char    *project,
           const char    *id,
           const char    *name,
           const char    *type)
{
  g_autofree char *source = g_build_filename (fixture->path, "upload", NULL);
  g_autoptr (GError) error = NULL;
  HearthValue *asset;

  g_assert_true (g_file_set_contents (source, "pixels", -1, NULL));
  asset = hearth_chat_store_add_asset (dir, project, id, source, name, type, &error);
  g_assert_no_error (error);
  return asset;
}

static void
test_assets (Temporary    *fixture,
             gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autoptr (HearthValue) session = create (dir, "One", "{}");
  const char *id = get (session, "id");
  g_autoptr (HearthValue) asset = add_asset (fixture, dir, "One", id, "../My cat.PNG", NULL);
  g_autoptr (HearthValue) other = add_asset (fixture, dir, NULL, id, "no suffix", "audio");
  g_autoptr (HearthValue) listed = hearth_chat_store_list_assets (dir, "One", id, NULL);
  g_autoptr (HearthChatTree) tree = hearth_chat_store_read (dir, "One", id, NULL);
  g_autoptr (HearthValue) stored = hearth_chat_tree_save (tree);
  HearthValue *noted = hearth_value_at (hearth_value_get (stored, "assets"), 0);
  g_autofree char *url = g_strdup_printf ("user://projects/One/assets/chats/%s/%s.png", id, get (asset, "id"));
  g_autofree char *path = hearth_chat_store_find_asset (dir, NULL, id, get (asset, "name"), NULL);
  g_autofree char *content = NULL;

  g_assert_cmpstr (get (asset, "url"), ==, url);
  g_assert_cmpstr (get (asset, "type"), ==, "image");
  g_assert_cmpstr (get (other, "type"), ==, "audio");
  g_assert_cmpuint (hearth_value_get_length (listed), ==, 2);
  g_assert_cmpint (hearth_value_get_member_integer (hearth_value_at (listed, 0), "size", 0), ==, 6);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "pixels");
  g_assert_cmpstr (get (noted, "url"), ==, url);
  g_assert_cmpstr (get (hearth_value_get (noted, "metadata"), "name"), ==, "../My cat.PNG");
}

static void
test_no_asset (Temporary    *fixture,
               gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autoptr (HearthValue) session = create (dir, "One", "{}");
  const char *id = get (session, "id");
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_chat_store_find_asset (dir, "One", id, "../../../project.json", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
  g_clear_error (&error);
  g_assert_null (hearth_chat_store_find_asset (dir, "One", id, "no.png", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (hearth_chat_store_add_asset (dir, "One", "nobody", "/dev/null", "x.png", NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

/* Its attachments go with it. */
static void
test_delete (Temporary    *fixture,
             gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autoptr (HearthValue) session = create (dir, "One", "{}");
  const char *id = get (session, "id");
  g_autoptr (HearthValue) asset = add_asset (fixture, dir, "One", id, "a.png", NULL);
  g_autofree char *path = hearth_chat_store_find_asset (dir, NULL, id, get (asset, "name"), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *place = hearth_chat_store_delete (dir, "One", id, &error);

  g_assert_no_error (error);
  g_assert_true (strstr (place, "/.recycle_bin/One/chats/") != NULL && g_file_test (place, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_null (hearth_chat_store_delete (dir, NULL, id, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

/* --- many at once ----------------------------------------------------------------------------- */

typedef struct
{
  HearthDataDir *dir;
  const char *id;
} Writer;

static gpointer
write_messages (gpointer data)
{
  Writer *writer = data;

  for (guint i = 0; i < N_MESSAGES; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthChatTree) tree =
          hearth_chat_store_change (writer->dir, "One", writer->id, say, (gpointer) "x", &error);

      g_assert_no_error (error);
    }
  return NULL;
}

/* No message of one gets lost under another. */
static void
test_threads (Temporary    *fixture,
              gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = open_dir (fixture);
  g_autoptr (HearthValue) session = create (dir, "One", "{}");
  Writer writer = { dir, get (session, "id") };
  GThread *threads[N_WRITERS];
  g_autoptr (HearthChatTree) tree = NULL;

  for (guint i = 0; i < N_WRITERS; i++)
    threads[i] = g_thread_new ("writer", write_messages, &writer);
  for (guint i = 0; i < N_WRITERS; i++)
    g_thread_join (threads[i]);
  tree = hearth_chat_store_read (dir, "One", writer.id, NULL);
  g_assert_cmpuint (hearth_chat_tree_get_n_messages (tree), ==, N_WRITERS * N_MESSAGES);
  g_assert_cmpint (hearth_chat_tree_get_version (tree), ==, 1 + N_WRITERS * N_MESSAGES);
  g_assert_cmpuint (hearth_chat_tree_get_n_branches (tree), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEMPORARY_TEST ("/chat-store/create", test_create);
  TEMPORARY_TEST ("/chat-store/list", test_list);
  TEMPORARY_TEST ("/chat-store/change", test_change);
  TEMPORARY_TEST ("/chat-store/ids", test_ids);
  TEMPORARY_TEST ("/chat-store/import", test_import);
  TEMPORARY_TEST ("/chat-store/too-large", test_too_large);
  TEMPORARY_TEST ("/chat-store/assets", test_assets);
  TEMPORARY_TEST ("/chat-store/no-asset", test_no_asset);
  TEMPORARY_TEST ("/chat-store/delete", test_delete);
  TEMPORARY_TEST ("/chat-store/threads", test_threads);
  return g_test_run ();
}
