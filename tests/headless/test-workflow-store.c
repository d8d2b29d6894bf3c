/* test-workflow-store.c: workflows as files of a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>
#include <utime.h>

#include "hearth-json.h"
#include "hearth-project-store.h"
#include "parse.h"
#include "temporary.h"

typedef struct
{
  Temporary base;
  HearthDataDir *dir;
  char *workflows;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (HearthValue) project = NULL;

  temporary_set_up (&self->base, data);
  self->dir = hearth_data_dir_new (self->base.path);
  self->workflows = hearth_data_dir_dup_workflows (self->dir, "p");
  project = hearth_project_store_create (self->dir, "p", "d", NULL);
  g_assert_nonnull (project);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  hearth_data_dir_unref (self->dir);
  g_free (self->workflows);
  temporary_tear_down (&self->base, data);
}

static HearthValue *
create (Fixture    *self,
        const char *text)
{
  g_autoptr (HearthValue) workflow = parse (text);
  g_autoptr (GError) error = NULL;
  HearthValue *stored = hearth_workflow_store_create (self->dir, "p", workflow, &error);

  g_assert_no_error (error);
  return stored;
}

static const char *
get (HearthValue *value,
     const char  *key)
{
  return hearth_value_get_member_string (value, key, "(none)");
}

static char *
list (Fixture    *self,
      const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) entries = hearth_workflow_store_list (self->dir, "p", &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (gsize i = 0; i < hearth_value_get_length (entries); i++)
    g_string_append_printf (text, "%s;", get (hearth_value_at (entries, i), key));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_path (Fixture    *self,
          const char *file)
{
  return g_build_filename (self->workflows, file, NULL);
}

static void
put (Fixture    *self,
     const char *file,
     const char *text)
{
  g_autofree char *path = dup_path (self, file);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
exists (Fixture    *self,
        const char *file)
{
  g_autofree char *path = dup_path (self, file);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

#define PLAIN(name) "{\"name\":\"" name "\",\"nodes\":[],\"edges\":[],\"viewport\":{\"x\":0,\"y\":0,\"zoom\":1}}"

/* --- create, read, list ----------------------------------------------------------------------- */

static void
test_create (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) stored = create (self, PLAIN ("Flow: One__x"));
  g_autoptr (HearthValue) read = hearth_workflow_store_read (self->dir, "p", get (stored, "id"), NULL);
  g_autoptr (HearthValue) same = parse (PLAIN ("Flow? One_x"));
  g_autoptr (GError) error = NULL;

  g_assert_true (exists (self, "Flow_ One_x.json"));
  g_assert_true (hearth_value_equal (stored, read));
  g_assert_cmpuint (strlen (get (stored, "id")), ==, 36);
  g_assert_cmpstr (get (stored, "createdAt"), ==, get (stored, "updatedAt"));
  g_assert_cmpstr (get (stored, "version"), ==, HEARTH_VERSION);
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (stored, "interfaceInputs")), ==, 0);
  g_assert_true (hearth_value_is (hearth_value_get (stored, "interfaceOutputs"), OBJECT));
  g_assert_true (hearth_value_is (hearth_value_get (stored, "referencedWorkflows"), ARRAY));

  g_assert_null (hearth_workflow_store_create (self->dir, "p", same, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS);
}

/* What nobody knows comes back as it was, down to the digits. */
static void
test_unknown_members (Fixture      *self,
                      gconstpointer data)
{
  g_autoptr (HearthValue) stored = create (
      self, HEARTH_JSON ({ "id": "w", "name": "W", "description": "kept", "previewTarget": null,
                           "nodes": [{ "id": "a", "type": "plugin:X", "position": { "x": 1, "y": 2 },
                                       "odd": [1e400, 12345678901234567890, -0.0, null] }],
                           "edges": [], "viewport": { "x": 0, "y": 0, "zoom": 1 }, "x-extra": { "deep": [{}] } }));
  g_autoptr (HearthValue) read = hearth_workflow_store_read (self->dir, "p", "w", NULL);
  g_autofree char *text = hearth_json_print (read);

  g_assert_true (hearth_value_equal (stored, read));
  g_assert_cmpstr (get (read, "description"), ==, "kept");
  g_assert_true (hearth_value_is (hearth_value_get (read, "previewTarget"), NULL));
  g_assert_nonnull (strstr (text, "[1e400,12345678901234567890,"));
  g_assert_nonnull (strstr (text, "\"x-extra\":{\"deep\":[{}]}"));
}

static void
test_list (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *names = NULL;
  g_autofree char *ids = NULL;
  g_autoptr (HearthValue) nowhere = hearth_workflow_store_list (self->dir, "no such project", NULL);

  put (self, "b.json", HEARTH_JSON ({ "id": "1", "name": "B", "nodes": [], "referencedWorkflows": ["2"] }));
  put (self, "a.json", HEARTH_JSON ({ "name": "A", "nodes": [] }));
  put (self, "nameless.json", HEARTH_JSON ({ "id": "3", "nodes": [] }));
  put (self, "list.json", "[]");
  put (self, "other.json", "{\"id\":\"4\",\"name\":\"no workflow\"}");
  put (self, "broken.json", "{\"id\":");
  put (self, "wrong.json", HEARTH_JSON ({ "id": 5, "name": ["x"], "nodes": [] }));
  put (self, "notes.txt", "{}");
  names = list (self, "name");
  ids = list (self, "id");
  g_assert_cmpstr (names, ==, "A;B;");
  g_assert_cmpstr (ids, ==, "a;1;");
  g_assert_cmpuint (hearth_value_get_length (nowhere), ==, 0);
}

/* Unchanged files are not read again, changed ones are: also when size and time stay the same. */
static void
test_index (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *first = NULL;

  put (self, "a.json", HEARTH_JSON ({ "id": "1", "name": "one", "nodes": [] }));
  first = list (self, "name");
  g_assert_cmpstr (first, ==, "one;");
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"id\":\"1\",\"name\":\"%03u\",\"nodes\":[]}", i);
      g_autofree char *expected = g_strdup_printf ("%03u;", i);
      g_autofree char *path = dup_path (self, "a.json");
      g_autofree char *got = NULL;
      struct utimbuf times = { 1000, 1000 };
      FILE *file = fopen (path, "r+");

      fwrite (text, 1, strlen (text), file);
      g_assert_cmpint (ftruncate (fileno (file), (off_t) strlen (text)), ==, 0);
      fclose (file);
      utime (path, &times);
      got = list (self, "name");
      g_assert_cmpstr (got, ==, expected);
    }
}

static void
test_index_removed (Fixture      *self,
                    gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *path = dup_path (self, "a.json");

  put (self, "a.json", HEARTH_JSON ({ "id": "1", "name": "one", "nodes": [] }));
  before = list (self, "name");
  g_unlink (path);
  after = list (self, "name");
  g_assert_cmpstr (before, ==, "one;");
  g_assert_cmpstr (after, ==, "");
}

static void
assert_found (Fixture    *self,
              const char *id,
              const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) workflow = hearth_workflow_store_read (self->dir, "p", id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (get (workflow, "name"), ==, name);
}

static void
assert_refused (Fixture    *self,
                const char *id,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_workflow_store_read (self->dir, "p", id, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, code);
}

static void
test_find (Fixture      *self,
           gconstpointer data)
{
  put (self, "a.json", HEARTH_JSON ({ "id": "b", "name": "inside b", "nodes": [] }));
  put (self, "b.json", HEARTH_JSON ({ "id": "c", "name": "stem b", "nodes": [] }));
  put (self, "d.json", HEARTH_JSON ({ "name": "no id", "nodes": [] }));
  put (self, "chat.json", HEARTH_JSON ({ "id": "_apps_chat_main", "name": "chat", "nodes": [] }));
  assert_found (self, "b", "inside b");
  assert_found (self, "c", "stem b");
  assert_found (self, "a", "inside b");
  assert_found (self, "a.json", "inside b");
  assert_found (self, "d", "no id");
  assert_found (self, "user://projects/p/workflows/_apps/chat/main.json", "chat");
  assert_refused (self, "e", HEARTH_STORE_ERROR_NOT_FOUND);
  assert_refused (self, "..", HEARTH_STORE_ERROR_NAME);
  assert_refused (self, "x/", HEARTH_STORE_ERROR_NAME);
  assert_refused (self, "", HEARTH_STORE_ERROR_NAME);
  assert_refused (self, "../project", HEARTH_STORE_ERROR_NOT_FOUND);
  assert_refused (self, "../../p/project.json", HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_links (Fixture      *self,
            gconstpointer data)
{
  g_autofree char *secret = g_build_filename (self->base.path, "secret.json", NULL);
  g_autofree char *link = dup_path (self, "link.json");
  g_autofree char *inner = dup_path (self, "inner.json");
  g_autofree char *names = NULL;

  g_assert_true (g_file_set_contents (secret, PLAIN ("secret"), -1, NULL));
  put (self, "a.json", PLAIN ("a"));
  g_assert_cmpint (symlink (secret, link), ==, 0);
  g_assert_cmpint (symlink ("a.json", inner), ==, 0);
  names = list (self, "name");
  g_assert_cmpstr (names, ==, "a;a;");
  assert_refused (self, "link", HEARTH_STORE_ERROR_NOT_FOUND);
}

/* --- update, rename, delete --------------------------------------------------------------------- */

static HearthValue *
update (Fixture    *self,
        const char *id,
        const char *text,
        GError    **error)
{
  g_autoptr (HearthValue) members = parse (text);

  return hearth_workflow_store_update (self->dir, "p", id, members, error);
}

static void
test_update (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) stored = create (
      self, HEARTH_JSON ({ "id": "w", "name": "W", "nodes": [], "edges": [], "viewport": {}, "mine": 1 }));
  g_autoptr (HearthValue) updated = NULL;
  g_autoptr (HearthValue) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *previous = dup_path (self, ".previous/W.json");
  g_autoptr (HearthValue) old = NULL;

  g_usleep (2000);
  updated = update (self, "w", HEARTH_JSON ({ "name": "W", "createdAt": "never", "description": "new" }), &error);
  g_assert_no_error (error);
  read = hearth_workflow_store_read (self->dir, "p", "w", NULL);
  g_assert_true (hearth_value_equal (updated, read));
  g_assert_cmpstr (get (updated, "createdAt"), ==, get (stored, "createdAt"));
  g_assert_cmpstr (get (updated, "updatedAt"), >, get (stored, "updatedAt"));
  g_assert_cmpstr (get (updated, "description"), ==, "new");
  g_assert_nonnull (hearth_value_get (updated, "mine"));
  old = hearth_store_read_json (previous, 1 << 20, &error);
  g_assert_no_error (error);
  g_assert_true (hearth_value_equal (old, stored));

  g_assert_null (update (self, "nobody", "{}", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_replace (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (HearthValue) stored = create (
      self, HEARTH_JSON ({ "id": "w", "name": "W", "nodes": [], "edges": [], "viewport": {}, "mine": 1 }));
  g_autoptr (HearthValue) whole = parse (PLAIN ("W"));
  g_autoptr (HearthValue) replaced = hearth_workflow_store_replace (self->dir, "p", "w", whole, NULL);

  g_assert_null (hearth_value_get (replaced, "mine"));
  g_assert_cmpstr (get (replaced, "id"), ==, "w");
  g_assert_cmpstr (get (replaced, "createdAt"), ==, get (stored, "createdAt"));
}

static void
test_rename (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) first = create (self, PLAIN ("one"));
  g_autoptr (HearthValue) second = create (self, PLAIN ("two"));
  g_autoptr (HearthValue) renamed = NULL;
  g_autofree char *ids = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (update (self, get (first, "id"), "{\"name\":\"two\"}", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (exists (self, "one.json"));

  renamed = update (self, get (first, "id"), "{\"name\":\"three\"}", &error);
  g_assert_no_error (error);
  g_assert_false (exists (self, "one.json"));
  g_assert_true (exists (self, "three.json"));
  g_assert_true (exists (self, ".previous/three.json"));
  ids = list (self, "name");
  g_assert_cmpstr (ids, ==, "three;two;");
}

/* A file somebody named by hand gets the name its workflow asks for. */
static void
test_hand_named (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (HearthValue) saved = NULL;
  g_autoptr (HearthValue) nameless = NULL;

  put (self, "by hand.json", HEARTH_JSON ({ "id": "w", "name": "W", "nodes": [] }));
  put (self, "nameless.json", HEARTH_JSON ({ "id": "n", "nodes": [] }));
  saved = update (self, "w", "{\"name\":\"W\"}", NULL);
  g_assert_nonnull (saved);
  g_assert_false (exists (self, "by hand.json"));
  g_assert_true (exists (self, "W.json"));
  nameless = update (self, "n", "{}", NULL);
  g_assert_nonnull (nameless);
  g_assert_true (exists (self, "nameless.json"));
}

static void
test_delete (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) stored = create (self, PLAIN ("one"));
  g_autofree char *place = hearth_workflow_store_delete (self->dir, "p", get (stored, "id"), NULL);
  g_autofree char *names = list (self, "name");
  g_autofree char *long_name = g_strnfill (240, 'n');
  g_autofree char *long_text = g_strdup_printf ("{\"id\":\"long\",\"name\":\"%s\",\"nodes\":[]}", long_name);
  g_autoptr (HearthValue) long_stored = create (self, long_text);
  g_autofree char *long_place = hearth_workflow_store_delete (self->dir, "p", "long", NULL);

  g_assert_nonnull (place);
  g_assert_nonnull (strstr (place, "/.recycle_bin/p/workflows/one_"));
  g_assert_true (g_str_has_suffix (place, ".json"));
  g_assert_true (g_file_test (place, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (names, ==, "");
  g_assert_nonnull (long_place);
}

static void
test_touches_project (Fixture      *self,
                      gconstpointer data)
{
  g_autoptr (HearthValue) before = hearth_project_store_read (self->dir, "p", NULL);
  g_autoptr (HearthValue) after = NULL;
  g_autoptr (HearthValue) stored = NULL;

  g_usleep (2000);
  stored = create (self, PLAIN ("one"));
  after = hearth_project_store_read (self->dir, "p", NULL);
  g_assert_cmpstr (get (after, "updatedAt"), >, get (before, "updatedAt"));
}

/* Without project.json saving works all the same. */
static void
test_bare_project (Fixture      *self,
                   gconstpointer data)
{
  g_autoptr (HearthValue) workflow = parse (PLAIN ("one"));
  g_autoptr (HearthValue) stored = hearth_workflow_store_create (self->dir, "bare", workflow, NULL);
  g_autofree char *place = NULL;

  g_assert_nonnull (stored);
  place = hearth_workflow_store_delete (self->dir, "bare", get (stored, "id"), NULL);
  g_assert_nonnull (place);
}

/* --- files ------------------------------------------------------------------------------------------ */

static void
test_read_json (Fixture      *self,
                gconstpointer data)
{
  g_autofree char *path = dup_path (self, "a.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) exact = NULL;

  put (self, "a.json", "{\"a\":\n [1,2,}");
  g_assert_null (hearth_store_read_json (path, 1 << 20, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, "Line 2, column 7"));
  g_clear_error (&error);

  put (self, "a.json", "[12345678]");
  g_assert_null (hearth_store_read_json (path, 9, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
  g_clear_error (&error);
  exact = hearth_store_read_json (path, 10, &error);
  g_assert_no_error (error);

  g_assert_null (hearth_store_read_json (self->workflows, 10, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (hearth_store_read_json ("/no/such/file", 10, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* It has no size and no end. */
  g_assert_null (hearth_store_read_json ("/dev/zero", 1 << 20, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
}

/* --- threads ----------------------------------------------------------------------------------------- */

static gpointer
save_often (gpointer data)
{
  Fixture *self = data;

  for (guint i = 0; i < 25; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"name\":\"w\",\"description\":\"%u\"}", i);
      g_autoptr (HearthValue) stored = update (self, "w", text, NULL);
      g_autoptr (HearthValue) entries = hearth_workflow_store_list (self->dir, "p", NULL);

      g_assert_nonnull (stored);
      g_assert_cmpuint (hearth_value_get_length (entries), ==, 1);
    }
  return NULL;
}

static void
test_threads (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (HearthValue) stored
      = create (self, HEARTH_JSON ({ "id": "w", "name": "w", "nodes": [], "edges": [], "viewport": {} }));
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("save", save_often, self);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

#define TEST(name, function) g_test_add ("/workflow-store/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("create", test_create);
  TEST ("unknown-members", test_unknown_members);
  TEST ("list", test_list);
  TEST ("index", test_index);
  TEST ("index-removed", test_index_removed);
  TEST ("find", test_find);
  TEST ("links", test_links);
  TEST ("update", test_update);
  TEST ("replace", test_replace);
  TEST ("rename", test_rename);
  TEST ("hand-named", test_hand_named);
  TEST ("delete", test_delete);
  TEST ("touches-project", test_touches_project);
  TEST ("bare-project", test_bare_project);
  TEST ("read-json", test_read_json);
  TEST ("threads", test_threads);
  return g_test_run ();
}
