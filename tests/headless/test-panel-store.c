/* test-panel-store.c: panels as folders, and templates to make them from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "hearth-json.h"
#include "hearth-panel-store.h"
#include "hearth-project-store.h"
#include "temporary.h"

#define PANELS "userData/default_user/projects/p/ui/"

static char *
place_of (HearthDataDir *dir,
          const char    *place)
{
  return g_build_filename (hearth_data_dir_get_root (dir), place, NULL);
}

static void
put (HearthDataDir *dir,
     const char    *place,
     const char    *text)
{
  temporary_put (hearth_data_dir_get_root (dir), place, text);
}

static char *
get (HearthDataDir *dir,
     const char    *place)
{
  g_autofree char *path = place_of (dir, place);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
assert_json (HearthValue *value,
             const char  *wanted)
{
  g_autofree char *text = hearth_json_print (value);

  g_assert_cmpstr (text, ==, wanted);
}

static void
put_template (HearthDataDir *dir)
{
  put (dir, "templates/panels/chat/panel.json",
       HEARTH_JSON ({ "id": "chat-panel", "displayName": "Chat", "version": "2.0.0", "uiEntryPoint": "main.HTML", "own": [1] }));
  put (dir, "templates/panels/chat/main.HTML", "import(`${__BACKEND_URL__}/a`) + __BACKEND_URL__");
  put (dir, "templates/panels/chat/parts/data.txt", "__BACKEND_URL__");
}

/* --- looking -------------------------------------------------------------------------------- */

static void
test_list (Temporary    *fixture,
           gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (HearthValue) none = hearth_panel_store_list (dir, "p", NULL);
  g_autoptr (HearthValue) list = NULL;
  g_autoptr (HearthValue) found = NULL;
  g_autoptr (GError) error = NULL;

  assert_json (none, "[]");
  put (dir, PANELS "b/panel.json",
       HEARTH_JSON ({ "id": "x", "displayName": "B", "version": "1", "uiEntryPoint": "i.html", "panelDirectory": "lie", "k": 1 }));
  put (dir, PANELS "a/panel.json", HEARTH_JSON ({ "id": "x", "displayName": "A", "version": "1", "uiEntryPoint": "i.html" }));
  put (dir, PANELS "broken/panel.json", "{");
  put (dir, PANELS "poor/panel.json", HEARTH_JSON ({ "id": "poor", "displayName": "P", "version": "1" }));
  put (dir, PANELS "odd/panel.json",
       HEARTH_JSON ({ "id": "odd", "displayName": "O", "version": "1", "uiEntryPoint": "i.html", "description": null }));
  put (dir, PANELS "bare/readme.txt", "x");
  put (dir, PANELS "stray.json", "{}");

  list = hearth_panel_store_list (dir, "p", &error);
  g_assert_no_error (error);
  assert_json (list, "[{\"id\":\"x\",\"displayName\":\"A\",\"version\":\"1\",\"uiEntryPoint\":\"i.html\","
                     "\"panelDirectory\":\"a\",\"source\":\"user\"},"
                     "{\"id\":\"x\",\"displayName\":\"B\",\"version\":\"1\",\"uiEntryPoint\":\"i.html\","
                     "\"panelDirectory\":\"b\",\"k\":1,\"source\":\"user\"}]");
  found = hearth_panel_store_read (dir, "p", "x", &error);
  g_assert_no_error (error);
  g_assert_true (hearth_value_equal (found, hearth_value_at (list, 0)));
  g_assert_null (hearth_panel_store_read (dir, "p", "y", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

/* A link may not show what lies outside of the project. */
static void
test_links (Temporary    *fixture,
            gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autofree char *outside = place_of (dir, "outside");
  g_autofree char *link = place_of (dir, PANELS "link");
  g_autofree char *ui = place_of (dir, "userData/default_user/projects/q/ui");
  g_autofree char *project = g_path_get_dirname (ui);
  g_autoptr (HearthValue) list = NULL;
  g_autoptr (GError) error = NULL;

  put (dir, "outside/panel.json", HEARTH_JSON ({ "id": "o", "displayName": "O", "version": "1", "uiEntryPoint": "i.html" }));
  put (dir, PANELS "a/readme.txt", "");
  g_assert_cmpint (symlink (outside, link), ==, 0);
  list = hearth_panel_store_list (dir, "p", NULL);
  assert_json (list, "[]");

  g_assert_cmpint (g_mkdir_with_parents (project, 0777), ==, 0);
  g_assert_cmpint (symlink (outside, ui), ==, 0);
  g_assert_null (hearth_panel_store_list (dir, "q", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
  g_clear_error (&error);
  g_assert_null (hearth_panel_store_create (dir, "q", "new", "New", NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
}

/* --- making ----------------------------------------------------------------------------------- */

static void
test_create_blank (Temporary    *fixture,
                   gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) panel = hearth_panel_store_create (dir, "p", "my panel", "Tea & <b>", NULL, &error);
  g_autoptr (HearthValue) read = NULL;
  g_autoptr (HearthValue) stored = NULL;
  g_autofree char *text = get (dir, PANELS "my panel/panel.json");
  g_autofree char *page = get (dir, PANELS "my panel/index.html");

  g_assert_no_error (error);
  stored = hearth_json_parse (text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (hearth_value_equal (panel, stored));
  g_assert_cmpstr (hearth_value_get_member_string (panel, "id", NULL), ==, "my panel");
  g_assert_cmpstr (hearth_value_get_member_string (panel, "version", NULL), ==, "1.0.0");
  g_assert_cmpstr (hearth_value_get_member_string (panel, "uiEntryPoint", NULL), ==, "index.html");
  g_assert_null (hearth_value_get (panel, "panelDirectory"));
  g_assert_nonnull (strstr (page, "<h1>Tea &amp; &lt;b&gt;</h1>"));
  g_assert_nonnull (strstr (page, "<title>Tea &amp; &lt;b&gt;</title>"));
  read = hearth_panel_store_read (dir, "p", "my panel", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hearth_value_get_member_string (read, "panelDirectory", NULL), ==, "my panel");
}

static void
test_create_from_template (Temporary    *fixture,
                           gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (HearthValue) templates = NULL;
  g_autoptr (HearthValue) panel = NULL;
  g_autofree char *page = NULL;
  g_autofree char *other = NULL;
  g_autofree char *previous = place_of (dir, PANELS "mine/.previous");
  g_autoptr (GError) error = NULL;

  put_template (dir);
  templates = hearth_panel_store_list_templates (dir, &error);
  g_assert_no_error (error);
  assert_json (templates, "[{\"id\":\"chat-panel\",\"displayName\":\"Chat\",\"version\":\"2.0.0\",\"uiEntryPoint\":\"main.HTML\","
                          "\"own\":[1],\"panelDirectory\":\"chat\",\"source\":\"shared\"}]");
  panel = hearth_panel_store_create (dir, "p", "mine", "Mine", "chat-panel", &error);
  g_assert_no_error (error);
  assert_json (panel, "{\"id\":\"mine\",\"displayName\":\"Mine\",\"version\":\"2.0.0\",\"uiEntryPoint\":\"main.HTML\","
                      "\"own\":[1],\"source\":\"user\"}");
  page = get (dir, PANELS "mine/main.HTML");
  other = get (dir, PANELS "mine/parts/data.txt");
  g_assert_cmpstr (page, ==, "import(`${location.origin}/a`) + location.origin");
  g_assert_cmpstr (other, ==, "__BACKEND_URL__");
  g_assert_false (g_file_test (previous, G_FILE_TEST_EXISTS));

  /* By its id, not by its folder. */
  g_assert_null (hearth_panel_store_create (dir, "p", "other", "O", "chat", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_create_refused (Temporary    *fixture,
                     gconstpointer data)
{
  static const char *const bad[] = { "", "a:b", "a/b", "..", ".", "con", "x.", "..\\x", ".hearth-x" };
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (HearthValue) first = hearth_panel_store_create (dir, "p", "a", "A", NULL, NULL);
  g_autofree char *before = get (dir, PANELS "a/panel.json");
  g_autofree char *after = NULL;
  g_autoptr (HearthValue) list = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (hearth_panel_store_create (dir, "p", bad[i], "A", NULL, &error));
      g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
      g_clear_error (&error);
    }
  g_assert_null (hearth_panel_store_create (dir, "p", "b", "", NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
  g_clear_error (&error);
  g_assert_null (hearth_panel_store_create (dir, "p", "a", "Again", NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS);
  after = get (dir, PANELS "a/panel.json");
  g_assert_cmpstr (after, ==, before);
  list = hearth_panel_store_list (dir, "p", NULL);
  g_assert_cmpuint (hearth_value_get_length (list), ==, 1);
}

/* --- templates ----------------------------------------------------------------------------------- */

static void
test_install_templates (Temporary    *fixture,
                        gconstpointer data)
{
  g_autofree char *root = g_build_filename (fixture->path, "data", NULL);
  g_autoptr (HearthDataDir) source = hearth_data_dir_new (fixture->path);
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (root);
  g_autofree char *folder = place_of (source, "templates");
  g_autofree char *page = NULL;
  g_autofree char *gone = place_of (dir, "templates/panels/chat/main.HTML");
  g_autoptr (GError) error = NULL;

  put_template (source);
  g_assert_true (hearth_panel_store_install_templates (dir, folder, &error));
  g_assert_no_error (error);
  page = get (dir, "templates/panels/chat/main.HTML");
  g_assert_cmpstr (page, ==, "import(`${__BACKEND_URL__}/a`) + __BACKEND_URL__");

  /* What was deleted does not come back. */
  g_assert_cmpint (g_unlink (gone), ==, 0);
  g_assert_true (hearth_panel_store_install_templates (dir, folder, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEMPORARY_TEST ("/panel-store/list", test_list);
  TEMPORARY_TEST ("/panel-store/links", test_links);
  TEMPORARY_TEST ("/panel-store/create/blank", test_create_blank);
  TEMPORARY_TEST ("/panel-store/create/template", test_create_from_template);
  TEMPORARY_TEST ("/panel-store/create/refused", test_create_refused);
  TEMPORARY_TEST ("/panel-store/templates", test_install_templates);
  return g_test_run ();
}
