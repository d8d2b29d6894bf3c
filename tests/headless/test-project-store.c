/* test-project-store.c: projects as folders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-json.h"
#include "hearth-project-store.h"
#include "temporary.h"

static HearthValue *
create (HearthDataDir *dir,
        const char    *name)
{
  g_autoptr (GError) error = NULL;
  HearthValue *project = hearth_project_store_create (dir, name, "d", &error);

  g_assert_no_error (error);
  return project;
}

static const char *
get (HearthValue *value,
     const char  *key)
{
  return hearth_value_get_member_string (value, key, "(none)");
}

static char *
list_ids (HearthDataDir *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) list = hearth_project_store_list (dir, &error);
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_no_error (error);
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    g_string_append_printf (ids, "%s;", get (hearth_value_at (list, i), "id"));
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
put (HearthDataDir *dir,
     const char    *place,
     const char    *text)
{
  temporary_put (hearth_data_dir_get_root (dir), place, text);
}

static void
test_create (Temporary    *fixture,
             gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (HearthValue) project = create (dir, "My Proj: 一");
  g_autoptr (HearthValue) read = hearth_project_store_read (dir, "My Proj: 一", NULL);
  g_autofree char *workflows = hearth_data_dir_dup_workflows (dir, "My Proj_ 一");
  g_autoptr (HearthValue) silent = hearth_project_store_create (dir, "Silent", "", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (get (project, "id"), ==, "My Proj_ 一");
  g_assert_cmpstr (get (project, "name"), ==, "My Proj: 一");
  g_assert_cmpstr (get (project, "description"), ==, "d");
  g_assert_cmpstr (get (project, "preferredView"), ==, "editor");
  g_assert_cmpstr (get (project, "createdAt"), ==, get (project, "updatedAt"));
  g_assert_true (hearth_value_get_member_boolean (project, "enableChatPage", FALSE));
  g_assert_true (g_file_test (workflows, G_FILE_TEST_IS_DIR));
  g_assert_true (hearth_value_equal (project, read));
  g_assert_nonnull (strstr (get (silent, "description"), get (silent, "createdAt")));

  g_assert_null (hearth_project_store_create (dir, "My Proj? 一", NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (hearth_project_store_create (dir, "", NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
}

static void
test_list (Temporary    *fixture,
           gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autofree char *empty = list_ids (dir);
  g_autofree char *ids = NULL;
  g_autoptr (HearthValue) b = create (dir, "b");
  g_autoptr (HearthValue) a = create (dir, "a");

  g_assert_cmpstr (empty, ==, "");
  put (dir, "userData/default_user/projects/broken/project.json", "{\"id\":");
  put (dir, "userData/default_user/projects/wrong/project.json", "{\"id\": 3}");
  put (dir, "userData/default_user/projects/stray.txt", "x");
  put (dir, "userData/default_user/projects/bare/readme.txt", "x");
  put (dir, "userData/default_user/projects/copy/project.json",
       HEARTH_JSON ({ "id": "a", "name": "A", "version": "0", "schemaVersion": "0", "unknown": [1],
                      "createdAt": "2026-01-31T12:00:00.000Z", "updatedAt": "2026-01-31T12:00:00Z" }));
  put (dir, "userData/default_user/projects/date/project.json",
       HEARTH_JSON ({ "id": "a", "name": "A", "version": "0", "schemaVersion": "0",
                      "createdAt": "yesterday", "updatedAt": "2026-01-31T12:00:00Z" }));
  ids = list_ids (dir);
  g_assert_cmpstr (ids, ==, "a;b;copy;");
}

static void
test_update (Temporary    *fixture,
             gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (HearthValue) project = create (dir, "a");
  g_autoptr (HearthValue) members = hearth_json_parse (
      HEARTH_JSON ({ "id": "evil", "createdAt": "never", "name": "New", "customMetadata": { "k": 1 } }), -1, NULL);
  g_autoptr (HearthValue) updated = NULL;
  g_autoptr (HearthValue) read = NULL;
  g_autoptr (GError) error = NULL;

  g_usleep (2000);
  updated = hearth_project_store_update (dir, "a", members, &error);
  g_assert_no_error (error);
  read = hearth_project_store_read (dir, "a", NULL);
  g_assert_true (hearth_value_equal (updated, read));
  g_assert_cmpstr (get (updated, "id"), ==, "a");
  g_assert_cmpstr (get (updated, "name"), ==, "New");
  g_assert_cmpstr (get (updated, "createdAt"), ==, get (project, "createdAt"));
  g_assert_cmpstr (get (updated, "updatedAt"), >, get (project, "updatedAt"));
  g_assert_nonnull (hearth_value_get (updated, "customMetadata"));

  g_assert_null (hearth_project_store_update (dir, "nowhere", members, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_delete (Temporary    *fixture,
             gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (HearthValue) project = create (dir, "a");
  g_autoptr (HearthValue) again = NULL;
  g_autofree char *place = hearth_project_store_delete (dir, "a", NULL);
  g_autofree char *second = NULL;
  g_autofree char *ids = list_ids (dir);
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (place);
  g_assert_nonnull (strstr (place, "/.recycle_bin/a_"));
  file = g_build_filename (place, "project.json", NULL);
  g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (ids, ==, "");
  again = create (dir, "a");
  second = hearth_project_store_delete (dir, "a", NULL);
  g_assert_nonnull (second);
  g_assert_cmpstr (second, !=, place);
  g_assert_null (hearth_project_store_delete (dir, "a", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

/* A project that is a link to somewhere else is none of ours. */
static void
test_links (Temporary    *fixture,
            gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autoptr (HearthValue) project = create (dir, "a");
  g_autofree char *outside = g_build_filename (fixture->path, "outside", NULL);
  g_autofree char *projects = hearth_data_dir_dup_projects (dir);
  g_autofree char *link = g_build_filename (projects, "link", NULL);
  g_autofree char *ids = NULL;
  g_autoptr (GError) error = NULL;

  put (dir, "outside/project.json",
       HEARTH_JSON ({ "id": "a", "name": "A", "version": "0", "schemaVersion": "0",
                      "createdAt": "2026-01-31T12:00:00.000Z", "updatedAt": "2026-01-31T12:00:00Z" }));
  g_assert_cmpint (symlink (outside, link), ==, 0);
  ids = list_ids (dir);
  g_assert_cmpstr (ids, ==, "a;");
  g_assert_null (hearth_project_store_read (dir, "link", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
  g_clear_error (&error);
  g_assert_null (hearth_project_store_delete (dir, "link", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
}

static void
test_install (Temporary    *fixture,
              gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autofree char *source = g_build_filename (fixture->path, "example", NULL);
  g_autoptr (HearthValue) project = NULL;
  g_autofree char *ids = NULL;
  g_autoptr (HearthValue) workflows = NULL;
  g_autoptr (GError) error = NULL;

  put (dir, "example/workflows/w.json", HEARTH_JSON ({ "id": "w", "name": "W", "nodes": [], "edges": [] }));
  g_assert_false (hearth_project_store_install (dir, source, "Demo", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  put (dir, "example/project.json",
       HEARTH_JSON ({ "id": "x", "name": "Demo", "version": "0", "schemaVersion": "0",
                      "createdAt": "2026-01-31T12:00:00.000Z", "updatedAt": "2026-01-31T12:00:00Z" }));
  g_assert_true (hearth_project_store_install (dir, source, "Demo", &error));
  g_assert_no_error (error);
  project = hearth_project_store_read (dir, "Demo", NULL);
  g_assert_cmpstr (get (project, "id"), ==, "Demo");
  workflows = hearth_workflow_store_list (dir, "Demo", NULL);
  g_assert_cmpuint (hearth_value_get_length (workflows), ==, 1);
  /* What failed before has left nothing behind. */
  ids = list_ids (dir);
  g_assert_cmpstr (ids, ==, "Demo;");

  g_assert_false (hearth_project_store_install (dir, source, "Demo", &error));
  g_assert_no_error (error);
}

static void
test_long_names (Temporary    *fixture,
                 gconstpointer data)
{
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (fixture->path);
  g_autofree char *name = g_strnfill (400, 'n');
  g_autoptr (HearthValue) project = create (dir, name);
  g_autofree char *place = hearth_project_store_delete (dir, get (project, "id"), NULL);

  g_assert_cmpuint (strlen (get (project, "id")), ==, 255);
  g_assert_nonnull (place);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEMPORARY_TEST ("/project-store/create", test_create);
  TEMPORARY_TEST ("/project-store/list", test_list);
  TEMPORARY_TEST ("/project-store/update", test_update);
  TEMPORARY_TEST ("/project-store/delete", test_delete);
  TEMPORARY_TEST ("/project-store/links", test_links);
  TEMPORARY_TEST ("/project-store/install", test_install);
  TEMPORARY_TEST ("/project-store/long-names", test_long_names);
  return g_test_run ();
}
