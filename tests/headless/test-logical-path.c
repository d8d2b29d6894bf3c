/* test-logical-path.c: where logical paths lead, and that neither names nor links lead out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-beneath.h"
#include "hearth-logical-path.h"
#include "hearth-open-file.h"
#include "temporary.h"

/* --- names --------------------------------------------------------------------------------------- */

static void
assert_leads (const char *text,
              const char *normal,
              const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new ("/data");
  g_autoptr (HearthLogicalPath) path = hearth_logical_path_new (dir, text, &error);
  g_autofree char *whole = NULL;
  g_autofree char *wanted = g_build_filename ("/data", place, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (path->normal, ==, normal);
  whole = g_build_filename (path->root, *path->below != '\0' ? path->below : NULL, NULL);
  g_assert_cmpstr (whole, ==, wanted);
}

static void
test_leads (void)
{
  assert_leads ("user://", "user://", "userData/default_user");
  assert_leads ("user://a//b/./c/", "user://a/b/c", "userData/default_user/a/b/c");
  assert_leads ("user://../../etc/x", "user://etc/x", "userData/default_user/etc/x");
  assert_leads ("user://a/../../b", "user://b", "userData/default_user/b");
  assert_leads ("user:///etc/passwd", "user://etc/passwd", "userData/default_user/etc/passwd");
  assert_leads ("user://...", "user://...", "userData/default_user/...");
  assert_leads ("user://.. /x", "user://.. /x", "userData/default_user/.. /x");
  assert_leads ("shared://library/x", "shared://library/x", "library/x");
  assert_leads ("shared://templates", "shared://templates", "templates");
  assert_leads ("shared://library/../templates/x", "shared://templates/x", "templates/x");
  assert_leads ("shared://../../library/x", "shared://library/x", "library/x");
  assert_leads ("system://public/avatars/", "system://public/avatars", "public/avatars");
  /* Look-alikes of "..", "/" and ":" are letters like any other. */
  assert_leads ("user://\xe2\x80\xa5/\xef\xbc\x8e\xef\xbc\x8e/x", "user://\xe2\x80\xa5/\xef\xbc\x8e\xef\xbc\x8e/x",
                "userData/default_user/\xe2\x80\xa5/\xef\xbc\x8e\xef\xbc\x8e/x");
  assert_leads ("user://..\xe2\x88\x95..\xef\xbc\x8f..", "user://..\xe2\x88\x95..\xef\xbc\x8f..",
                "userData/default_user/..\xe2\x88\x95..\xef\xbc\x8f..");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    int code;
  } cases[] = {
    { "", HEARTH_STORE_ERROR_NAME },
    { "notes", HEARTH_STORE_ERROR_NAME },
    { "://x", HEARTH_STORE_ERROR_NAME },
    { "user:/x", HEARTH_STORE_ERROR_NAME },
    { "user://a://b", HEARTH_STORE_ERROR_NAME },
    { "User://a", HEARTH_STORE_ERROR_NAME },
    { "\xef\xbd\x95ser://a", HEARTH_STORE_ERROR_NAME },
    { "user://a\\..\\..\\b", HEARTH_STORE_ERROR_NAME },
    { "user://a\\b", HEARTH_STORE_ERROR_NAME },
    { "user://\xc0\xae\xc0\xae/x", HEARTH_STORE_ERROR_NAME },
    { "file:///etc/passwd", HEARTH_STORE_ERROR_NAME },
    { "shared://lib", HEARTH_STORE_ERROR_NAME },
    { "shared://library2/x", HEARTH_STORE_ERROR_NAME },
    { "shared://library/../../config.json", HEARTH_STORE_ERROR_NAME },
    { "system://", HEARTH_STORE_ERROR_NAME },
    { "system://public/../config.json", HEARTH_STORE_ERROR_NAME },
    { "system://public/../data/app.sqlite", HEARTH_STORE_ERROR_DENIED },
    { "system://data/app.sqlite", HEARTH_STORE_ERROR_DENIED },
    { "system://config/plugin_states.json", HEARTH_STORE_ERROR_DENIED },
    { "system://logs", HEARTH_STORE_ERROR_DENIED },
    { "system://sdk/config.json", HEARTH_STORE_ERROR_DENIED },
  };
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new ("/data");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hearth_logical_path_new (dir, cases[i].text, &error));
      g_assert_error (error, HEARTH_STORE_ERROR, cases[i].code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

static void
test_depth (void)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new ("/data");
  g_autoptr (GString) text = g_string_new ("user://");
  g_autoptr (HearthLogicalPath) path = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < HEARTH_LOGICAL_PATH_MAX_DEPTH; i++)
    g_string_append (text, "a/");
  path = hearth_logical_path_new (dir, text->str, &error);
  g_assert_no_error (error);
  g_string_append (text, "a");
  g_assert_null (hearth_logical_path_new (dir, text->str, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
}

static void
assert_may (const char *text,
            gboolean    move,
            gboolean    delete)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new ("/data");
  g_autoptr (HearthLogicalPath) path = hearth_logical_path_new (dir, text, NULL);

  g_assert_nonnull (path);
  g_assert_true (hearth_logical_path_may_move (path) == move);
  g_assert_true (hearth_logical_path_may_delete (path) == delete);
}

static void
test_protected (void)
{
  static const char *const roots[] = {
    "user://", "user://projects", "user://projects/", "user://x/..//projects", "user://library/.", "shared://",
    "shared://library", "shared://templates/", "system://public", "system://public/avatars/a.png",
  };
  static const char *const fixed[] = {
    "user://library/templates", "user://library/knowledgebases/", "user://projects//Demo/workflows",
    "user://projects/Demo/outputs", "user://projects/Demo/x/../assets", "shared://library/workflows",
    "shared://library/knowledgebases", "shared://library/SillyTavern",
  };
  static const char *const others[] = {
    "user://projects/Demo", "user://projects/Demo/workflows/a.json", "user://projects/Demo/ui", "user://workflows",
    "user://project", "shared://library/locales", "user://projects/Demo/x/workflows",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (roots); i++)
    assert_may (roots[i], FALSE, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    assert_may (fixed[i], FALSE, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    assert_may (others[i], TRUE, TRUE);
}

static void
test_file_names (void)
{
  g_autofree char *long_name = g_strnfill (255, 'a');
  g_autofree char *too_long = g_strnfill (256, 'a');
  const char *const good[] = { "a", "a b.txt", ".hidden", "\xe4\xb8\x80", "a:b", "CONTENT", "com", "...", long_name };
  const char *const bad[] = { "", ".", "..", "a/b", "a\\b", "a\nb", "a\x7f", "a\xc2\x85" "b", "\xff", "con", "NUL.txt", "Lpt1", too_long };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (hearth_file_name_check (good[i], NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (hearth_file_name_check (bad[i], &error));
      g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
    }
}

/* --- beneath a folder -------------------------------------------------------------------------------- */

static char *
make_root (Temporary *fixture)
{
  g_autofree char *sibling = g_build_filename (fixture->path, "root-not", NULL);
  g_autofree char *secret = g_build_filename (sibling, "secret", NULL);
  g_autofree char *inner = g_build_filename (fixture->path, "root", "inner", NULL);
  g_autofree char *file = g_build_filename (inner, "f.txt", NULL);

  g_assert_cmpint (g_mkdir_with_parents (sibling, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  g_assert_true (g_file_set_contents (secret, "secret", -1, NULL));
  g_assert_true (g_file_set_contents (file, "inside", -1, NULL));
  return g_build_filename (fixture->path, "root", NULL);
}

static void
make_link (const char *root,
           const char *name,
           const char *target)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
assert_opens (const char *root,
              const char *relative,
              const char *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthOpenFile) file = hearth_open_file_new_beneath (root, relative, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (file->size, ==, strlen (content));
  g_assert_cmpmem (g_bytes_get_data (file->content, NULL), file->size, content, strlen (content));
}

static void
assert_refuses (const char *root,
                const char *relative,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_open_file_new_beneath (root, relative, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, code);
  /* What lies where is nobody's business. */
  g_assert_null (strstr (error->message, root));
}

static void
test_links (Temporary    *fixture,
            gconstpointer data)
{
  g_autofree char *root = make_root (fixture);
  g_autofree char *absolute = g_build_filename (root, "inner", NULL);
  g_autofree char *outer = g_build_filename (fixture->path, "root-link", NULL);

  make_link (root, "out", "../root-not");
  make_link (root, "passwd", "/etc/passwd");
  make_link (root, "dangling", "../nowhere");
  make_link (root, "loop", "loop");
  make_link (root, "in", "inner");
  make_link (root, "inside", absolute);
  make_link (fixture->path, "root-link", "root");
  assert_opens (root, "inner/f.txt", "inside");
  assert_opens (root, "/inner//f.txt", "inside");
  assert_opens (root, "in/f.txt", "inside");
  assert_opens (root, "inside/f.txt", "inside");
  assert_opens (outer, "in/f.txt", "inside");
  assert_refuses (root, "out/secret", HEARTH_STORE_ERROR_DENIED);
  assert_refuses (root, "passwd", HEARTH_STORE_ERROR_DENIED);
  assert_refuses (root, "dangling", HEARTH_STORE_ERROR_DENIED);
  assert_refuses (root, "loop", HEARTH_STORE_ERROR_DENIED);
  assert_refuses (root, "../root-not/secret", HEARTH_STORE_ERROR_NAME);
  assert_refuses (root, "inner/../../root-not/secret", HEARTH_STORE_ERROR_NAME);
  assert_refuses (root, "inner\\f.txt", HEARTH_STORE_ERROR_NAME);
  assert_refuses (root, "inner", HEARTH_STORE_ERROR_KIND);
  assert_refuses (root, "missing", HEARTH_STORE_ERROR_NOT_FOUND);
  assert_refuses (root, "inner/f.txt/x", HEARTH_STORE_ERROR_NOT_FOUND);
}

/* The folder was looked at, and then somebody put a link in its place. */
static void
test_swapped (Temporary    *fixture,
              gconstpointer data)
{
  g_autofree char *root = make_root (fixture);
  g_autofree char *real = NULL;
  g_autofree char *inner = g_build_filename (root, "inner", NULL);
  g_autofree char *away = g_build_filename (root, "away", NULL);
  g_autoptr (GError) error = NULL;
  int fd;

  real = hearth_beneath_resolve (root, "inner", "x", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (real, ==, "inner");
  g_assert_cmpint (rename (inner, away), ==, 0);
  make_link (root, "inner", "../root-not");
  fd = hearth_beneath_open_folder (root, real, TRUE, "x", &error);
  g_assert_cmpint (fd, ==, -1);
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DENIED);
}

static void
test_special (Temporary    *fixture,
              gconstpointer data)
{
  g_autofree char *root = make_root (fixture);
  g_autofree char *pipe_path = g_build_filename (root, "pipe", NULL);
  g_autofree char *name = g_strnfill (300, 'n');

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  make_link (root, "device", "/dev/zero");
  assert_refuses (root, "pipe", HEARTH_STORE_ERROR_DENIED);
  assert_refuses (root, "device", HEARTH_STORE_ERROR_DENIED);
  assert_refuses (root, name, HEARTH_STORE_ERROR_NAME);
  assert_refuses ("/dev", "null", HEARTH_STORE_ERROR_DENIED);
}

static void
test_folders (Temporary    *fixture,
              gconstpointer data)
{
  g_autofree char *root = g_build_filename (fixture->path, "not", "yet", NULL);
  g_autoptr (GError) error = NULL;
  int fd;

  fd = hearth_beneath_open_folder (root, "a/b", FALSE, "x", &error);
  g_assert_cmpint (fd, ==, -1);
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fd = hearth_beneath_open_folder (root, "a/b", TRUE, "x", &error);
  g_assert_no_error (error);
  close (openat (fd, "f", O_CREAT | O_WRONLY, 0600));
  close (fd);
  assert_opens (root, "a/b/f", "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/logical-path/leads", test_leads);
  g_test_add_func ("/logical-path/refused", test_refused);
  g_test_add_func ("/logical-path/depth", test_depth);
  g_test_add_func ("/logical-path/protected", test_protected);
  g_test_add_func ("/logical-path/file-names", test_file_names);
  TEMPORARY_TEST ("/beneath/links", test_links);
  TEMPORARY_TEST ("/beneath/swapped", test_swapped);
  TEMPORARY_TEST ("/beneath/special", test_special);
  TEMPORARY_TEST ("/beneath/folders", test_folders);
  return g_test_run ();
}
