/* test-workspace.c: the use cases, from a question to its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "workspaces.h"

/* --- opening --------------------------------------------------------------------------------- */

static void
open_workspace (Fixture *self,
                gboolean install_demo)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  hearth_workspace_open_async (self->workspace, install_demo, NULL, await_cb, &result);
  AWAIT (result != NULL);
  g_assert_true (hearth_workspace_open_finish (self->workspace, result, &error));
  g_assert_no_error (error);
}

static gsize
count_projects (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) list = NULL;

  hearth_workspace_list_projects (self->workspace, NULL, await_cb, &result);
  list = answer (self, &result);
  return hearth_value_get_length (list);
}

static void
test_open (Fixture      *self,
           gconstpointer data)
{
  g_autofree char *examples = g_build_filename (g_test_get_dir (G_TEST_DIST), "..", "data", "examples", NULL);
  g_autofree char *data_dir = g_build_filename (self->base.path, "other", NULL);
  g_autofree char *database = g_build_filename (data_dir, "data", "app.sqlite", NULL);
  g_autofree char *template = g_build_filename (data_dir, "templates", "panels", "example-chat", "panel.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) null = NULL;
  g_autoptr (HearthValue) arguments = NULL;

  g_setenv ("HEARTH_EXAMPLES_DIR", examples, TRUE);
  g_object_unref (self->workspace);
  self->workspace = hearth_workspace_new (data_dir);
  g_assert_false (g_file_test (data_dir, G_FILE_TEST_EXISTS));
  open_workspace (self, TRUE);
  g_assert_cmpuint (count_projects (self), ==, 1);
  g_assert_true (g_file_test (database, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_file_test (template, G_FILE_TEST_IS_REGULAR));

  /* Who throws the demo away does not get it again. */
  arguments = hearth_value_object ("projectId", hearth_value_string ("Demo"), NULL);
  hearth_workspace_perform (self->workspace, &hearth_operation_delete_project, arguments, NULL, await_cb, &result);
  null = answer (self, &result);
  g_assert_true (hearth_value_is (null, NULL));
  open_workspace (self, TRUE);
  g_assert_cmpuint (count_projects (self), ==, 0);
  g_unsetenv ("HEARTH_EXAMPLES_DIR");
}

static void
test_open_without_demo (Fixture      *self,
                        gconstpointer data)
{
  open_workspace (self, FALSE);
  g_assert_cmpuint (count_projects (self), ==, 0);
  g_assert_cmpstr (self->news->str, ==, "projects;");
}

static void
test_cannot_open (Fixture      *self,
                  gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->base.path, "file", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_object_unref (self->workspace);
  self->workspace = hearth_workspace_new (file);
  hearth_workspace_open_async (self->workspace, TRUE, NULL, await_cb, &result);
  AWAIT (result != NULL);
  g_assert_false (hearth_workspace_open_finish (self->workspace, result, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO);
  g_assert_nonnull (strstr (error->message, file));
}

static void
test_config (Fixture      *self,
             gconstpointer data)
{
  g_autofree char *file = g_build_filename (self->base.path, "config.json", NULL);
  static const struct
  {
    const char *text;
    guint limit;
  } cases[] = {
    { "{\"execution\":{\"max_concurrent_workflows\":2}}", 2 },
    { "{\"execution\":{\"max_concurrent_workflows\":0}}", HEARTH_QUEUE_DEFAULT_LIMIT },
    { "{\"execution\":{\"max_concurrent_workflows\":\"many\"}}", HEARTH_QUEUE_DEFAULT_LIMIT },
    { "[]", HEARTH_QUEUE_DEFAULT_LIMIT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthWorkspace) workspace = NULL;

      g_assert_true (g_file_set_contents (file, cases[i].text, -1, NULL));
      workspace = hearth_workspace_new (self->base.path);
      g_assert_cmpuint (hearth_queue_get_limit (hearth_workspace_get_queue (workspace)), ==, cases[i].limit);
    }
}

/* --- projects and workflows ---------------------------------------------------------------------- */

static void
test_projects (Fixture      *self,
               gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) created = NULL;
  g_autoptr (HearthValue) read = NULL;
  g_autoptr (HearthValue) updated = NULL;
  g_autoptr (HearthValue) members = parse ("{\"projectId\":\"A\",\"name\":\"B\"}");

  hearth_workspace_create_project (self->workspace, "A", "about", NULL, await_cb, &result);
  created = answer (self, &result);
  hearth_workspace_create_project (self->workspace, "A", "about", NULL, await_cb, &result);
  refusal (self, &result, HEARTH_STORE_ERROR_EXISTS);
  hearth_workspace_read_project (self->workspace, "A", NULL, await_cb, &result);
  read = answer (self, &result);
  g_assert_true (hearth_value_equal (created, read));
  hearth_workspace_perform (self->workspace, &hearth_operation_update_project, members, NULL, await_cb, &result);
  updated = answer (self, &result);
  g_assert_cmpstr (hearth_value_get_member_string (updated, "name", NULL), ==, "B");
  hearth_workspace_read_project (self->workspace, "nowhere", NULL, await_cb, &result);
  refusal (self, &result, HEARTH_STORE_ERROR_NOT_FOUND);
  g_assert_cmpstr (self->news->str, ==, "projects;projects;");
}

#define WORKFLOW(id) "{\"id\":\"" id "\",\"name\":\"" id "\",\"nodes\":[],\"edges\":[],\"viewport\":{}}"

static void
test_workflows (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) created = NULL;
  g_autoptr (HearthValue) updated = NULL;
  g_autoptr (HearthValue) list = NULL;
  g_autoptr (HearthValue) read = NULL;
  g_autoptr (HearthValue) null = NULL;

  create_project (self, "P");
  created = save (self, "P", NULL, WORKFLOW ("w"));
  updated = save (self, "P", "w", "{\"description\":\"new\"}");
  hearth_workspace_list_workflows (self->workspace, "P", NULL, await_cb, &result);
  list = answer (self, &result);
  g_assert_cmpuint (hearth_value_get_length (list), ==, 1);
  hearth_workspace_read_workflow (self->workspace, "P", "w", NULL, await_cb, &result);
  read = answer (self, &result);
  g_assert_true (hearth_value_equal (read, updated));
  hearth_workspace_delete_workflow (self->workspace, "P", "w", NULL, await_cb, &result);
  null = answer (self, &result);
  hearth_workspace_read_workflow (self->workspace, "P", "w", NULL, await_cb, &result);
  refusal (self, &result, HEARTH_STORE_ERROR_NOT_FOUND);
  g_assert_cmpstr (self->news->str, ==,
                   "saved P/w by us;workflows P;saved P/w by us;workflows P;deleted P/w;workflows P;");
}

/* What is asked for first is done first, also when nobody waits in between. */
static void
test_order (Fixture      *self,
            gconstpointer data)
{
  GAsyncResult *results[41] = { NULL };
  g_autoptr (HearthValue) created = NULL;
  g_autoptr (HearthValue) read = NULL;

  create_project (self, "P");
  created = save (self, "P", NULL, WORKFLOW ("w"));
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"description\":\"%u\"}", i);
      g_autoptr (HearthValue) members = parse (text);

      hearth_workspace_save_workflow (self->workspace, "P", "w", members, NULL, NULL, await_cb, &results[i]);
    }
  hearth_workspace_read_workflow (self->workspace, "P", "w", NULL, await_cb, &results[40]);
  AWAIT (results[40] != NULL);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (HearthValue) saved = answer (self, &results[i]);
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_assert_cmpstr (hearth_value_get_member_string (saved, "description", NULL), ==, number);
    }
  read = answer (self, &results[40]);
  g_assert_cmpstr (hearth_value_get_member_string (read, "description", NULL), ==, "39");
}

static void
test_cancelled (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  hearth_workspace_create_project (self->workspace, "A", NULL, cancellable, await_cb, &result);
  AWAIT (result != NULL);
  g_assert_null (hearth_workspace_finish (self->workspace, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_projects (self), ==, 0);
}

/* The workspace lives until its last answer is given, then goes, on the main thread. */
static void
test_dropped (Fixture      *self,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->base.path, "other", NULL);

  for (guint i = 0; i < 50; i++)
    {
      HearthWorkspace *workspace = hearth_workspace_new (path);
      gpointer alive = workspace;
      GAsyncResult *result = NULL;

      g_object_add_weak_pointer (G_OBJECT (workspace), &alive);
      hearth_workspace_list_projects (workspace, NULL, await_cb, &result);
      g_object_unref (workspace);
      AWAIT (result != NULL);
      g_object_unref (result);
      AWAIT (alive == NULL);
    }
}

static void
test_parse (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (GBytes) good = g_bytes_new_static ("[1]", 3);
  g_autoptr (GBytes) bad = g_bytes_new_static ("[1", 2);
  g_autoptr (GBytes) empty = g_bytes_new_static (NULL, 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) value = NULL;
  GBytes *wrong[] = { bad, empty };

  hearth_workspace_parse_json (self->workspace, good, NULL, await_cb, &result);
  value = answer (self, &result);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      hearth_workspace_parse_json (self->workspace, wrong[i], NULL, await_cb, &result);
      AWAIT (result != NULL);
      g_assert_null (hearth_workspace_finish (self->workspace, result, &error));
      g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_SYNTAX);
      g_clear_object (&result);
    }
}

static void
test_client_script (Fixture      *self,
                    gconstpointer data)
{
  static const struct
  {
    const char *type;
    const char *url;
    int code;
  } cases[] = {
    { "core:Nothing", "client-scripts/RandomNumberNode.js", HEARTH_STORE_ERROR_NOT_FOUND },
    { "core:RandomNumber", "client-scripts/Nothing.js", HEARTH_STORE_ERROR_NOT_FOUND },
    { "core:RandomNumber", "../nodes.js", HEARTH_STORE_ERROR_NAME },
    { "core:RandomNumber", "client-scripts/RandomNumberNode.c", HEARTH_STORE_ERROR_NAME },
  };
  HearthNodeType *type = hearth_catalog_lookup (hearth_workspace_get_catalog (self->workspace), "core:RandomNumber");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) script = NULL;

  g_assert_nonnull (type);
  script = hearth_workspace_lookup_client_script (self->workspace, "core:RandomNumber", type->decl->client_script_url,
                                                  &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (script), >, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (hearth_workspace_lookup_client_script (self->workspace, cases[i].type, cases[i].url, &error));
      g_assert_error (error, HEARTH_STORE_ERROR, cases[i].code);
      g_clear_error (&error);
    }
}

#define TEST(name, function) g_test_add ("/workspace/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("open", test_open);
  TEST ("open-without-demo", test_open_without_demo);
  TEST ("cannot-open", test_cannot_open);
  TEST ("config", test_config);
  TEST ("projects", test_projects);
  TEST ("workflows", test_workflows);
  TEST ("order", test_order);
  TEST ("cancelled", test_cancelled);
  TEST ("dropped", test_dropped);
  TEST ("parse", test_parse);
  TEST ("client-script", test_client_script);
  return g_test_run ();
}
