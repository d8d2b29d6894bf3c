/* test-file-store.c: files behind logical paths listed, written, moved, taken in and deleted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-file-private.h"
#include "hearth-file-store.h"
#include "hearth-json.h"
#include "temporary.h"

typedef struct
{
  Temporary temporary;
  HearthDataDir *dir;
} Fixture;

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  temporary_set_up (&self->temporary, data);
  self->dir = hearth_data_dir_new (self->temporary.path);
  hearth_data_dir_prepare (self->dir, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  hearth_data_dir_unref (self->dir);
  temporary_tear_down (&self->temporary, data);
}

/* --- the disk itself -------------------------------------------------------------------------- */

static char *
place_of (Fixture    *self,
          const char *below)
{
  g_autofree char *user = hearth_data_dir_dup_user (self->dir);

  return g_build_filename (user, below, NULL);
}

static void
put (Fixture    *self,
     const char *below,
     const char *text)
{
  g_autofree char *user = hearth_data_dir_dup_user (self->dir);

  temporary_put (user, below, text);
}

static void
make_link (Fixture    *self,
           const char *below,
           const char *target)
{
  g_autofree char *path = place_of (self, below);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
assert_text (Fixture    *self,
             const char *below,
             const char *wanted) /* NULL: nothing is there */
{
  g_autofree char *path = place_of (self, below);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, wanted);
}

static gboolean
is_there (Fixture    *self,
          const char *below)
{
  g_autofree char *path = place_of (self, below);
  struct stat info;

  return lstat (path, &info) == 0;
}

/* --- answers ----------------------------------------------------------------------------------- */

static void
assert_item (HearthValue *item, /* taken */
             GError      *error,
             const char  *path,
             const char  *kind)
{
  g_autoptr (HearthValue) owned = item;

  g_assert_no_error (error);
  g_assert_cmpstr (hearth_value_get_member_string (item, "logicalPath", NULL), ==, path);
  g_assert_cmpstr (hearth_value_get_member_string (item, "itemType", NULL), ==, kind);
}

static void
assert_refused (gpointer answer,
                GError  *error, /* taken */
                int      code)
{
  g_autoptr (GError) owned = error;

  g_assert_null (answer);
  g_assert_error (error, HEARTH_STORE_ERROR, code);
}

#define REFUSED(call, code) \
  G_STMT_START { GError *error = NULL; gpointer answer = (gpointer) (gsize) (call); assert_refused (answer, error, code); } G_STMT_END
#define ITEM(call, path, kind) \
  G_STMT_START { GError *error = NULL; HearthValue *item = (call); assert_item (item, error, path, kind); } G_STMT_END
#define DONE(call) G_STMT_START { GError *error = NULL; gboolean done = (call); g_assert_no_error (error); g_assert_true (done); } G_STMT_END
#define DELETED(path) hearth_file_store_delete (self->dir, path, &error)

static char *
list (Fixture    *self,
      const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) items = hearth_file_store_list (self->dir, path, FALSE, &error);
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_no_error (error);
  for (gsize i = 0; i < hearth_value_get_length (items); i++)
    {
      HearthValue *item = hearth_value_at (items, i);

      g_string_append_printf (out, "%s%s ", hearth_value_get_member_string (item, "logicalPath", ""),
                              g_str_equal (hearth_value_get_member_string (item, "itemType", ""), "file") ? "" : "/");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
assert_list (Fixture    *self,
             const char *path,
             const char *wanted)
{
  g_autofree char *got = list (self, path);

  g_assert_cmpstr (got, ==, wanted);
}

/* --- tests -------------------------------------------------------------------------------------- */

static void
test_list (Fixture      *self,
           gconstpointer data)
{
  put (self, "n/b.png", "12345");
  put (self, "n/a/x", "");
  put (self, "n/.hearth-abc.tmp", "half");
  put (self, "n/back\\slash", "");
  put (self, "n/\xff", "");
  assert_list (self, "user://n/", "user://n/a/ user://n/b.png ");
  assert_list (self, "user://x/../n", "user://n/a/ user://n/b.png ");
  assert_list (self, "user://", "user://library/ user://n/ user://projects/ ");
  assert_list (self, "shared://", "shared://library/ shared://templates/ ");
  assert_list (self, "shared://library", "shared://library/workflows/ ");
  assert_list (self, "shared://templates", "");
  assert_list (self, "user://none/deep", "");
  assert_list (self, "system://public", "");
  REFUSED (hearth_file_store_list (self->dir, "user://n/b.png", FALSE, &error), HEARTH_STORE_ERROR_KIND);
}

static void
test_items (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) items = NULL;
  g_autofree char *text = NULL;
  HearthValue *file;

  put (self, "n/b.PNG", "12345");
  make_link (self, "n/in", "b.PNG");
  make_link (self, "n/out", "/etc");
  items = hearth_file_store_list (self->dir, "user://n", FALSE, &error);
  g_assert_no_error (error);
  file = hearth_value_at (items, 0);
  g_assert_cmpint (hearth_value_get_member_integer (file, "size", 0), ==, 5);
  g_assert_cmpint (hearth_value_get_member_integer (file, "lastModified", 0), >, G_GINT64_CONSTANT (1600000000000));
  g_assert_cmpstr (hearth_value_get_member_string (file, "mimeType", NULL), ==, "image/png");
  g_assert_false (hearth_value_get_member_boolean (file, "isSymlink", TRUE));
  file = hearth_value_at (items, 1);
  g_assert_true (hearth_value_get_member_boolean (file, "isSymlink", FALSE));
  g_assert_cmpstr (hearth_value_get_member_string (file, "targetLogicalPath", NULL), ==, "user://n/b.PNG");
  file = hearth_value_at (items, 2);
  g_assert_cmpstr (hearth_value_get_member_string (file, "itemType", NULL), ==, "file");
  g_assert_nonnull (hearth_value_get_member_string (file, "error", NULL));
  text = hearth_json_print (items);
  g_assert_null (strstr (text, "/etc"));
}

static void
test_make (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GError) list_error = NULL;
  g_autoptr (HearthValue) made = hearth_file_store_list (self->dir, "user://a/b", TRUE, &list_error);

  g_assert_no_error (list_error);
  g_assert_true (is_there (self, "a/b"));
  put (self, "file", "x");
  ITEM (hearth_file_store_create_folder (self->dir, "user://c/d", "e", &error), "user://c/d/e", "directory");
  ITEM (hearth_file_store_create_folder (self->dir, "user://c/d/", "e", &error), "user://c/d/e", "directory");
  REFUSED (hearth_file_store_create_folder (self->dir, "user://", "file", &error), HEARTH_STORE_ERROR_EXISTS);
  REFUSED (hearth_file_store_create_folder (self->dir, "user://file", "x", &error), HEARTH_STORE_ERROR_KIND);
  REFUSED (hearth_file_store_create_folder (self->dir, "user://", "..", &error), HEARTH_STORE_ERROR_NAME);
  REFUSED (hearth_file_store_create_folder (self->dir, "user://", "nul", &error), HEARTH_STORE_ERROR_NAME);
  REFUSED (hearth_file_store_create_folder (self->dir, "shared://", "x", &error), HEARTH_STORE_ERROR_DENIED);
  REFUSED (hearth_file_store_create_folder (self->dir, "system://public", "x", &error), HEARTH_STORE_ERROR_DENIED);
}

static void
test_write (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (HearthValue) one = hearth_value_integer (1);
  g_autoptr (HearthValue) object = hearth_value_object ("a", hearth_value_integer (1), NULL);

  put (self, "real.json", "old");
  make_link (self, "link.json", "real.json");
  make_link (self, "out.json", "/etc/hearth-test");
  DONE (hearth_file_store_write_json (self->dir, "user://a/b.json", object, &error));
  assert_text (self, "a/b.json", "{\n  \"a\": 1\n}");
  DONE (hearth_file_store_write_json (self->dir, "user://link.json", one, &error));
  assert_text (self, "real.json", "1");
  REFUSED (hearth_file_store_write_json (self->dir, "user://out.json", one, &error), HEARTH_STORE_ERROR_DENIED);
  REFUSED (hearth_file_store_write_json (self->dir, "user://a", one, &error), HEARTH_STORE_ERROR_KIND);
  REFUSED (hearth_file_store_write_json (self->dir, "user://", one, &error), HEARTH_STORE_ERROR_KIND);
  REFUSED (hearth_file_store_write_json (self->dir, "user://real.json/x", one, &error), HEARTH_STORE_ERROR_KIND);
  REFUSED (hearth_file_store_write_json (self->dir, "system://public/x.json", one, &error), HEARTH_STORE_ERROR_DENIED);
  REFUSED (hearth_file_store_write_json (self->dir, "system://config/x.json", one, &error), HEARTH_STORE_ERROR_DENIED);
}

static void
test_rename (Fixture      *self,
             gconstpointer data)
{
  put (self, "n/a", "1");
  put (self, "n/b", "2");
  put (self, "projects/Demo/workflows/w.json", "{}");
  make_link (self, "n/up", "..");
  ITEM (hearth_file_store_rename (self->dir, "user://n/a", "c", &error), "user://n/c", "file");
  assert_text (self, "n/c", "1");
  ITEM (hearth_file_store_rename (self->dir, "user://n/c", "c", &error), "user://n/c", "file");
  ITEM (hearth_file_store_rename (self->dir, "user://n/", "m", &error), "user://m", "directory");
  REFUSED (hearth_file_store_rename (self->dir, "user://m/c", "b", &error), HEARTH_STORE_ERROR_EXISTS);
  assert_text (self, "m/b", "2");
  REFUSED (hearth_file_store_rename (self->dir, "user://m/none", "x", &error), HEARTH_STORE_ERROR_NOT_FOUND);
  REFUSED (hearth_file_store_rename (self->dir, "user://m/c", "../x", &error), HEARTH_STORE_ERROR_NAME);
  REFUSED (hearth_file_store_rename (self->dir, "user://x/../projects", "x", &error), HEARTH_STORE_ERROR_DENIED);
  REFUSED (hearth_file_store_rename (self->dir, "user://projects/Demo/workflows", "x", &error), HEARTH_STORE_ERROR_DENIED);
  /* The same folder by another way */
  REFUSED (hearth_file_store_rename (self->dir, "user://m/up/projects", "x", &error), HEARTH_STORE_ERROR_DENIED);
  REFUSED (hearth_file_store_delete (self->dir, "user://m/up/library", &error), HEARTH_STORE_ERROR_DENIED);
  g_assert_true (is_there (self, "projects/Demo/workflows/w.json"));
}

static void
test_move (Fixture      *self,
           gconstpointer data)
{
  put (self, "n/a/x", "1");
  put (self, "m/x", "2");
  make_link (self, "n/link", "a");
  ITEM (hearth_file_store_move (self->dir, "user://n/a/x", "user://new/deep/", &error), "user://new/deep/x", "file");
  assert_text (self, "new/deep/x", "1");
  REFUSED (hearth_file_store_move (self->dir, "user://m/x", "user://new/deep", &error), HEARTH_STORE_ERROR_EXISTS);
  assert_text (self, "new/deep/x", "1");
  ITEM (hearth_file_store_move (self->dir, "user://m/x", "user://m", &error), "user://m/x", "file");
  REFUSED (hearth_file_store_move (self->dir, "user://n", "user://n/a", &error), HEARTH_STORE_ERROR_NAME);
  REFUSED (hearth_file_store_move (self->dir, "user://n", "user://n", &error), HEARTH_STORE_ERROR_NAME);
  REFUSED (hearth_file_store_move (self->dir, "user://n/a", "user://n/link", &error), HEARTH_STORE_ERROR_NAME);
  g_assert_true (is_there (self, "n/a"));
  ITEM (hearth_file_store_move (self->dir, "user://n", "shared://library", &error), "shared://library/n", "directory");
  g_assert_false (is_there (self, "n"));
  REFUSED (hearth_file_store_move (self->dir, "user://m", "system://public", &error), HEARTH_STORE_ERROR_DENIED);
  REFUSED (hearth_file_store_move (self->dir, "user://library", "user://m", &error), HEARTH_STORE_ERROR_DENIED);
}

static void
test_delete (Fixture      *self,
             gconstpointer data)
{
  put (self, "n/a/b/c", "1");
  put (self, "kept/x", "1");
  make_link (self, "n/link", "../kept");
  make_link (self, "n/out", "/");
  DONE (DELETED ("user://n"));
  g_assert_false (is_there (self, "n"));
  assert_text (self, "kept/x", "1");
  REFUSED (DELETED ("user://n"), HEARTH_STORE_ERROR_NOT_FOUND);
  REFUSED (DELETED ("user://kept/x/y"), HEARTH_STORE_ERROR_KIND);
  REFUSED (DELETED ("user://"), HEARTH_STORE_ERROR_DENIED);
  REFUSED (DELETED ("user://projects/"), HEARTH_STORE_ERROR_DENIED);
  REFUSED (DELETED ("user://library"), HEARTH_STORE_ERROR_DENIED);
  REFUSED (DELETED ("system://public/x"), HEARTH_STORE_ERROR_DENIED);
}

static void
test_take (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *spool = g_build_filename (self->temporary.path, "upload", NULL);
  g_autofree char *away = g_dir_make_tmp ("hearth-away-XXXXXX", NULL);
  g_autofree char *other = g_build_filename (away, "upload", NULL);

  g_assert_true (g_file_set_contents (spool, "new", -1, NULL));
  put (self, "n/f.txt", "old and longer");
  ITEM (hearth_file_store_take (self->dir, "user://n", "..\\dir/../f.txt", spool, &error), "user://n/f.txt", "file");
  assert_text (self, "n/f.txt", "new");
  g_assert_false (g_file_test (spool, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (other, "", -1, NULL));
  ITEM (hearth_file_store_take (self->dir, "user://fresh", "e", other, &error), "user://fresh/e", "file");
  assert_text (self, "fresh/e", "");
  g_assert_true (g_file_set_contents (other, "x", -1, NULL));
  REFUSED (hearth_file_store_take (self->dir, "user://n", "a/..", other, &error), HEARTH_STORE_ERROR_NAME);
  REFUSED (hearth_file_store_take (self->dir, "user://", "n", other, &error), HEARTH_STORE_ERROR_KIND);
  REFUSED (hearth_file_store_take (self->dir, "system://data", "x", other, &error), HEARTH_STORE_ERROR_DENIED);
  temporary_remove (away);
}

/* What a move does between file systems; here they need not be two. */
static void
test_copy (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *place = place_of (self, "");
  g_autofree char *pipe_path = NULL;
  int folder = open (place, O_RDONLY | O_DIRECTORY);
  g_autoptr (GError) error = NULL;

  put (self, "n/a/b", "1");
  put (self, "n/c", "2");
  make_link (self, "n/link", "c");
  g_assert_true (_hearth_tree_copy (folder, "n", folder, "m", "m", &error));
  g_assert_no_error (error);
  assert_text (self, "m/a/b", "1");
  assert_text (self, "m/link", "2");
  g_assert_false (_hearth_tree_copy (folder, "n", folder, "m", "m", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  assert_text (self, "m/c", "2");
  /* Half a copy is none. */
  pipe_path = place_of (self, "n/pipe");
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_false (_hearth_tree_copy (folder, "n", folder, "k", "k", &error));
  g_assert_nonnull (error);
  g_assert_false (is_there (self, "k"));
  close (folder);
}

static void
assert_found (Fixture    *self,
              const char *ending,
              const char *wanted)
{
  const char *const folders[] = { "user://library", "shared://library", "user://projects/P", "user://nowhere", NULL };
  const char *const endings[] = { "none", ending, NULL };
  g_autoptr (HearthValue) found = hearth_file_store_find (self->dir, folders, endings);
  g_autofree char *text = hearth_json_print (found);

  g_assert_cmpstr (text, ==, wanted);
}

/* What Hearth reads by itself is none of it, nor is what a link leads to. */
static void
test_find (Fixture      *self,
           gconstpointer data)
{
  put (self, "library/SillyTavern/CharacterCard/owl.PNG", "x");
  put (self, "library/b.json", "{}");
  put (self, "library/.hidden.json", "{}");
  put (self, "library/themes/dark.json", "{}");
  put (self, "projects/P/files/c.json", "{}");
  put (self, "projects/P/project.json", "{}");
  put (self, "projects/P/workflows/w.json", "{}");
  put (self, "projects/Q/files/d.json", "{}");
  make_link (self, "library/round", "..");
  assert_found (self, "png", "[\"user://library/SillyTavern/CharacterCard/owl.PNG\"]");
  assert_found (self, "json", "[\"user://library/b.json\",\"user://projects/P/files/c.json\"]");
  assert_found (self, "yaml", "[]");
}

/* The file that was taken stays, and none that is there is replaced. */
static void
test_import (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *path = place_of (self, "elsewhere/owl.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) one = NULL;
  g_autoptr (HearthValue) two = NULL;

  put (self, "elsewhere/owl.json", "1");
  one = hearth_file_store_import (self->dir, path, "user://projects/P/files", &error);
  g_assert_no_error (error);
  put (self, "elsewhere/owl.json", "2");
  two = hearth_file_store_import (self->dir, path, "user://projects/P/files", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hearth_value_get_member_string (two, "logicalPath", NULL), ==, "user://projects/P/files/owl 2.json");
  assert_text (self, "projects/P/files/owl.json", "1");
  assert_text (self, "projects/P/files/owl 2.json", "2");
  assert_text (self, "elsewhere/owl.json", "2");
  g_assert_null (hearth_file_store_import (self->dir, "/nowhere/at/all.json", "user://projects/P/files", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (hearth_file_store_import (self->dir, path, "system://config", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DENIED);
}

/* As deep as a path can name. */
static void
test_deep (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (GString) path = g_string_new ("user://d");
  g_autofree char *end = NULL;

  for (guint i = 0; i < HEARTH_LOGICAL_PATH_MAX_DEPTH - 2; i++)
    g_string_append (path, "/d");
  end = g_strconcat (path->str, "/end", NULL);
  ITEM (hearth_file_store_create_folder (self->dir, path->str, "end", &error), end, "directory");
  DONE (DELETED ("user://d"));
  g_assert_false (is_there (self, "d"));
}

#define TEST(name, function) g_test_add ("/file-store/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST ("list", test_list);
  TEST ("items", test_items);
  TEST ("make", test_make);
  TEST ("write", test_write);
  TEST ("rename", test_rename);
  TEST ("move", test_move);
  TEST ("delete", test_delete);
  TEST ("take", test_take);
  TEST ("copy", test_copy);
  TEST ("find", test_find);
  TEST ("import", test_import);
  TEST ("deep", test_deep);
  return g_test_run ();
}
