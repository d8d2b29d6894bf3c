/* test-router.c: paths to routes, hosts and origins, names to paths; and docs/api.md names every route
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-guard.h"
#include "hearth-router.h"
#include "hearth-safe-path.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* --- router ------------------------------------------------------------------------------ */

static void
assert_route (const char *method,
              const char *path,
              const char *pattern, /* NULL: none */
              const char *name,    /* of a parameter, or NULL */
              const char *value)
{
  g_autoptr (GHashTable) params = NULL;
  gboolean bad_path;
  const HearthRoute *route = hearth_router_match (method, path, &params, &bad_path);

  g_assert_false (bad_path);
  g_assert_cmpstr (route != NULL ? route->pattern : NULL, ==, pattern);
  if (name != NULL)
    g_assert_cmpstr (g_hash_table_lookup (params, name), ==, value);
}

static void
test_match (void)
{
  assert_route ("GET", "/api/nodes", "/api/nodes", NULL, NULL);
  assert_route ("HEAD", "/api/nodes/", "/api/nodes", NULL, NULL);
  assert_route ("GET", "/", "/*path", "path", "");
  assert_route ("GET", "/api/nodes/x", "/*path", "path", "api/nodes/x");
  assert_route ("POST", "/api/nodes", NULL, NULL, NULL);
  assert_route ("get", "/api/nodes", NULL, NULL, NULL);
  assert_route ("GET", "api/nodes", NULL, NULL, NULL);
  assert_route ("PUT", "/api/projects/", NULL, NULL, NULL);
  assert_route ("PUT", "/api/projects/a", "/api/projects/:projectId", "projectId", "a");
  assert_route ("PUT", "/api/projects/a%2Fb%25", "/api/projects/:projectId", "projectId", "a/b%");
  assert_route ("GET", "/api/projects/p/workflows/w/", "/api/projects/:projectId/workflows/:workflowId", "workflowId", "w");
  assert_route ("GET", "/api/fam/list/user%3A%2F%2Fa%2F", "/api/fam/list/*logicalPath", "logicalPath", "user://a/");
  assert_route ("GET", "/api/fam/list/user://a/", "/api/fam/list/*logicalPath", "logicalPath", "user://a/");
  assert_route ("GET", "/api/fam/list/", "/api/fam/list/*logicalPath", "logicalPath", "");
  assert_route ("GET", "/api/nodes/core/A/client-script/b/c.js", "/api/nodes/:namespace/:type/client-script/*clientScriptUrl", "clientScriptUrl", "b/c.js");
}

static void
test_bad_paths (void)
{
  static const char *const paths[] = { "/api/prompt/%", "/api/prompt/%zz", "/api/prompt/%00", "/api/prompt/%ff",
                                       "/api/fam/read/a%c3", "/%ed%a0%80" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GHashTable) params = NULL;
      gboolean bad_path;

      g_assert_null (hearth_router_match ("GET", paths[i], &params, &bad_path));
      g_assert_true (bad_path);
      g_assert_null (params);
    }
}

static void
assert_documented (const char        *text,
                   const HearthRoute *route)
{
  g_autofree char *row = g_strdup_printf ("| %s | `%s` | %s |\n", route->method, route->pattern, route->summary);

  if (strstr (text, row) != NULL)
    return;
  g_test_fail_printf ("docs/api.md lacks this row: %s", row);
  g_printerr ("%s", row);
}

/* Every route is written down for people, in the same words. */
static void
test_documentation (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "api.md", NULL);
  g_autofree char *text = NULL;
  gsize n_sections;
  const HearthRouteSection *const *sections = hearth_routes_get_sections (&n_sections);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (gsize s = 0; s < n_sections; s++)
    {
      for (gsize i = 0; i < sections[s]->n_routes; i++)
        assert_documented (text, &sections[s]->routes[i]);
    }
}

/* What every row must say, and what would contradict itself. */
static void
test_rows (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n_sections;
  const HearthRouteSection *const *sections = hearth_routes_get_sections (&n_sections);

  for (gsize s = 0; s < n_sections; s++)
    {
      for (gsize i = 0; i < sections[s]->n_routes; i++)
        {
          const HearthRoute *route = &sections[s]->routes[i];

          g_assert_nonnull (route->summary);
          g_assert_true (g_hash_table_add (names, (gpointer) route->name));
          g_assert_true ((route->operation != NULL) != (route->handler != NULL));
          g_assert_true (route->fields == NULL || route->body != HEARTH_BODY_NONE);
        }
    }
}

/* --- guard -------------------------------------------------------------------------------- */

static void
test_guard (void)
{
  static const char *const origins[] = { "https://studio.test", NULL };
  g_autoptr (HearthGuard) guard = hearth_guard_new ();

  hearth_guard_set_port (guard, 3233);
  g_assert_true (hearth_guard_accepts_host (guard, NULL, "localhost:3233"));
  g_assert_true (hearth_guard_accepts_host (guard, NULL, "[::1]:3233"));
  g_assert_false (hearth_guard_accepts_host (guard, NULL, "localhost"));
  g_assert_false (hearth_guard_accepts_host (guard, NULL, "localhost:32330"));
  g_assert_false (hearth_guard_accepts_host (guard, NULL, "127.0.0.1.evil:3233"));
  g_assert_false (hearth_guard_accepts_host (guard, NULL, NULL));
  g_assert_true (hearth_guard_accepts_origin (guard, NULL, "http://127.0.0.1:3233"));
  g_assert_false (hearth_guard_accepts_origin (guard, NULL, "https://127.0.0.1:3233"));
  g_assert_false (hearth_guard_accepts_origin (guard, NULL, "null"));
  g_assert_false (hearth_guard_accepts_origin (guard, NULL, "https://studio.test"));
  hearth_guard_set_origins (guard, origins);
  g_assert_true (hearth_guard_accepts_origin (guard, NULL, "https://studio.test"));
  g_assert_false (hearth_guard_accepts_origin (guard, NULL, "https://studio.test.evil"));
  hearth_guard_set_port (guard, 80);
  g_assert_true (hearth_guard_accepts_host (guard, NULL, "localhost"));
  g_assert_true (hearth_guard_accepts_origin (guard, NULL, "http://localhost"));
  g_assert_false (hearth_guard_accepts_origin (guard, NULL, "http://localhost:3233"));
}

/* --- paths --------------------------------------------------------------------------------- */

static void
assert_joined (const char *root,
               const char *relative,
               const char *wanted, /* below @root; NULL: refused */
               int         code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = hearth_safe_path_join (root, relative, &error);
  g_autofree char *full = wanted != NULL ? g_build_filename (root, wanted, NULL) : NULL;

  g_assert_cmpstr (path, ==, full);
  if (wanted == NULL)
    g_assert_error (error, G_IO_ERROR, code);
}

static void
test_paths (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hearth-paths-XXXXXX", NULL);
  g_autofree char *root = g_build_filename (folder, "root", NULL);
  g_autofree char *sibling = g_build_filename (folder, "root-not", NULL);
  g_autofree char *out = g_build_filename (root, "out", NULL);
  g_autofree char *dangling = g_build_filename (root, "dangling", NULL);

  g_assert_cmpint (g_mkdir_with_parents (root, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (sibling, 0700), ==, 0);
  g_assert_cmpint (symlink ("../root-not", out), ==, 0);
  g_assert_cmpint (symlink ("../nowhere", dangling), ==, 0);
  assert_joined (root, "a/b.txt", "a/b.txt", 0);
  assert_joined (root, "/etc/passwd", "etc/passwd", 0);
  assert_joined (root, "..a", "..a", 0);
  assert_joined (root, "../root-not", NULL, G_IO_ERROR_INVALID_ARGUMENT);
  assert_joined (root, "a/../../b", NULL, G_IO_ERROR_INVALID_ARGUMENT);
  assert_joined (root, "a\\..\\b", NULL, G_IO_ERROR_INVALID_ARGUMENT);
  assert_joined (root, "a\\b", NULL, G_IO_ERROR_INVALID_ARGUMENT);
  assert_joined (root, "out", NULL, G_IO_ERROR_PERMISSION_DENIED);
  assert_joined (root, "out/x", NULL, G_IO_ERROR_PERMISSION_DENIED);
  g_unlink (out);
  g_unlink (dangling);
  g_rmdir (root);
  g_rmdir (sibling);
  g_rmdir (folder);
}

static void
assert_logical (HearthDataDir *dir,
                const char    *logical,
                const char    *wanted, /* below the data directory */
                const char    *normal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got_normal = NULL;
  g_autofree char *path = hearth_safe_path_resolve (dir, logical, &got_normal, &error);
  g_autofree char *full = g_build_filename (hearth_data_dir_get_root (dir), wanted, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, full);
  g_assert_cmpstr (got_normal, ==, normal);
}

static void
test_logical (void)
{
  g_autofree char *folder = g_dir_make_tmp ("hearth-paths-XXXXXX", NULL);
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new (folder);

  assert_logical (dir, "user://", "userData/default_user", "user://");
  assert_logical (dir, "user://a//b/./c/", "userData/default_user/a/b/c", "user://a/b/c");
  assert_logical (dir, "user://../../etc/x", "userData/default_user/etc/x", "user://etc/x");
  assert_logical (dir, "user://a/../../b", "userData/default_user/b", "user://b");
  assert_logical (dir, "shared://library/x", "library/x", "shared://library/x");
  assert_logical (dir, "shared://templates", "templates", "shared://templates");
  assert_logical (dir, "shared://library/../templates/x", "templates/x", "shared://templates/x");
  g_rmdir (folder);
}

static void
test_logical_refused (void)
{
  static const struct
  {
    const char *logical;
    int code;
  } cases[] = {
    { "", G_IO_ERROR_INVALID_ARGUMENT },
    { "notes", G_IO_ERROR_INVALID_ARGUMENT },
    { "user://a://b", G_IO_ERROR_INVALID_ARGUMENT },
    { "User://a", G_IO_ERROR_INVALID_ARGUMENT },
    { "shared://lib", G_IO_ERROR_INVALID_ARGUMENT },
    { "shared://library2/x", G_IO_ERROR_INVALID_ARGUMENT },
    { "system://data/app.sqlite", G_IO_ERROR_PERMISSION_DENIED },
    { "system://", G_IO_ERROR_PERMISSION_DENIED },
  };
  g_autoptr (HearthDataDir) dir = hearth_data_dir_new ("/nonexistent");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *normal = NULL;

      g_assert_null (hearth_safe_path_resolve (dir, cases[i].logical, &normal, &error));
      g_assert_error (error, G_IO_ERROR, cases[i].code);
    }
}

/* --- statuses -------------------------------------------------------------------------------- */

static void
test_statuses (void)
{
  static const struct
  {
    GQuark (*domain) (void);
    int code;
    guint status;
  } cases[] = {
    { hearth_store_error_quark, HEARTH_STORE_ERROR_NOT_FOUND, 404 },
    { hearth_store_error_quark, HEARTH_STORE_ERROR_EXISTS, 409 },
    { hearth_store_error_quark, HEARTH_STORE_ERROR_NAME, 400 },
    { hearth_store_error_quark, HEARTH_STORE_ERROR_INVALID, 500 },
    { g_io_error_quark, G_IO_ERROR_PERMISSION_DENIED, 403 },
    { g_io_error_quark, G_IO_ERROR_IS_DIRECTORY, 400 },
    { g_io_error_quark, G_IO_ERROR_FAILED, 500 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain (), cases[i].code, "x");

      g_assert_cmpuint (hearth_error_to_status (error), ==, cases[i].status);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/router/match", test_match);
  g_test_add_func ("/router/bad-paths", test_bad_paths);
  g_test_add_func ("/router/documentation", test_documentation);
  g_test_add_func ("/router/rows", test_rows);
  g_test_add_func ("/guard/names", test_guard);
  g_test_add_func ("/safe-path/join", test_paths);
  g_test_add_func ("/safe-path/logical", test_logical);
  g_test_add_func ("/safe-path/refused", test_logical_refused);
  g_test_add_func ("/reply/statuses", test_statuses);
  return g_test_run ();
}
