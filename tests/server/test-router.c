/* test-router.c: paths to routes, hosts and origins, names to paths; and docs/api.md names every route
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-guard.h"
#include "hearth-router.h"

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
          g_assert_cmpint ((route->operation != NULL) + (route->handler != NULL) + (route->same_as != NULL), ==, 1);
          g_assert_true (route->fields == NULL || route->body != HEARTH_BODY_NONE);
        }
    }
  for (gsize s = 0; s < n_sections; s++)
    {
      for (gsize i = 0; i < sections[s]->n_routes; i++)
        {
          const char *newer = sections[s]->routes[i].same_as;

          g_assert_true (newer == NULL || g_hash_table_contains (names, newer));
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
  g_test_add_func ("/reply/statuses", test_statuses);
  return g_test_run ();
}
