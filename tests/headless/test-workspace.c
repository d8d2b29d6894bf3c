/* test-workspace.c: the use cases, from a question to its answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "await.h"
#include "hearth-graph.h"
#include "hearth-json.h"
#include "hearth-project-operations.h"
#include "hearth-project-store.h"
#include "hearth-workspace.h"
#include "parse.h"
#include "temporary.h"

typedef struct
{
  Temporary base;
  HearthWorkspace *workspace;
  GString *news;
} Fixture;

static void
projects_changed_cb (HearthWorkspace *workspace,
                     Fixture         *self)
{
  g_string_append (self->news, "projects;");
}

static void
workflows_changed_cb (HearthWorkspace *workspace,
                      const char      *project_id,
                      Fixture         *self)
{
  g_string_append_printf (self->news, "workflows %s;", project_id);
}

static void
workflow_saved_cb (HearthWorkspace *workspace,
                   const char      *project_id,
                   const char      *workflow_id,
                   HearthValue     *stored,
                   gpointer         origin,
                   Fixture         *self)
{
  g_assert_cmpstr (workflow_id, ==, hearth_value_get_member_string (stored, "id", NULL));
  g_string_append_printf (self->news, "saved %s/%s%s;", project_id, workflow_id, origin == self ? " by us" : "");
}

static void
workflow_deleted_cb (HearthWorkspace *workspace,
                     const char      *project_id,
                     const char      *workflow_id,
                     Fixture         *self)
{
  g_string_append_printf (self->news, "deleted %s/%s;", project_id, workflow_id);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  temporary_set_up (&self->base, data);
  self->workspace = hearth_workspace_new (self->base.path);
  self->news = g_string_new (NULL);
  g_signal_connect (self->workspace, "projects-changed", G_CALLBACK (projects_changed_cb), self);
  g_signal_connect (self->workspace, "workflows-changed", G_CALLBACK (workflows_changed_cb), self);
  g_signal_connect (self->workspace, "workflow-saved", G_CALLBACK (workflow_saved_cb), self);
  g_signal_connect (self->workspace, "workflow-deleted", G_CALLBACK (workflow_deleted_cb), self);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_assert_finalize_object (self->workspace);
  g_string_free (self->news, TRUE);
  temporary_tear_down (&self->base, data);
}

/* Takes the result; the answer must be there. */
static HearthValue *
answer (Fixture       *self,
        GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  HearthValue *value;

  AWAIT (*result != NULL);
  value = hearth_workspace_finish (self->workspace, *result, &error);
  g_clear_object (result);
  g_assert_no_error (error);
  g_assert_nonnull (value);
  return value;
}

static void
refusal (Fixture       *self,
         GAsyncResult **result,
         int            code)
{
  g_autoptr (GError) error = NULL;

  AWAIT (*result != NULL);
  g_assert_null (hearth_workspace_finish (self->workspace, *result, &error));
  g_clear_object (result);
  g_assert_error (error, HEARTH_STORE_ERROR, code);
}

static void
create_project (Fixture    *self,
                const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) project = NULL;

  hearth_workspace_create_project (self->workspace, name, NULL, NULL, await_cb, &result);
  project = answer (self, &result);
  g_string_truncate (self->news, 0);
}

static HearthValue *
save (Fixture    *self,
      const char *project_id,
      const char *workflow_id,
      const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) workflow = parse (text);

  hearth_workspace_save_workflow (self->workspace, project_id, workflow_id, workflow, self, NULL, await_cb, &result);
  return answer (self, &result);
}

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

/* --- runs ------------------------------------------------------------------------------------------- */

static HearthGraph *
make_graph (Fixture    *self,
            const char *text)
{
  g_autoptr (HearthValue) value = parse (text);
  g_autoptr (GError) error = NULL;
  HearthGraph *graph = hearth_graph_new_from_value (hearth_workspace_get_catalog (self->workspace), value, &error);

  g_assert_no_error (error);
  return graph;
}

#define SUM \
  HEARTH_JSON ({ "name": "sum", "nodes": [ \
    { "id": "m", "type": "core:MathOperation", "inputValues": { "a": 2, "b": 3 } }, \
    { "id": "out", "type": "core:GroupOutput" }], \
    "edges": [{ "id": "e", "source": "m", "target": "out", "sourceHandle": "result", "targetHandle": "sum" }], \
    "interfaceOutputs": { "sum": { "key": "sum", "dataFlowType": "FLOAT" } } })

#define SLOW \
  HEARTH_JSON ({ "nodes": [{ "id": "s", "type": "core:TextStream", \
    "inputValues": { "text": "abcdefghijklmnopqrstuvwxyz", "chunkSize": 1, "delayMs": 200 } }], "edges": [] })

static HearthRun *
await_run (Fixture    *self,
           const char *id)
{
  HearthRun *run;

  AWAIT ((run = hearth_workspace_lookup_run (self->workspace, id)) != NULL
         && hearth_run_status_is_final (hearth_run_get_status (run)));
  return run;
}

static void
test_run (Fixture      *self,
          gconstpointer data)
{
  g_autoptr (HearthGraph) graph = make_graph (self, SUM);
  g_autoptr (HearthValue) metadata = parse ("{\"workflowName\":\"sum\"}");
  const HearthRunRequest request = { .graph = graph, .metadata = metadata };
  g_autofree char *id = hearth_workspace_submit (self->workspace, &request);
  HearthRun *run;

  /* The caller can tell its client the id before anything happens. */
  g_assert_cmpuint (strlen (id), ==, 21);
  g_assert_null (hearth_workspace_lookup_run (self->workspace, id));
  run = await_run (self, id);
  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpfloat (hearth_value_get_member_double (hearth_run_get_outputs (run), "sum", 0), ==, 5);
  g_assert_true (hearth_value_equal (hearth_run_get_metadata (run), metadata));
  g_assert_false (hearth_workspace_cancel (self->workspace, id));
}

static void
test_finished_runs (Fixture      *self,
                    gconstpointer data)
{
  g_autoptr (HearthGraph) graph = make_graph (self, SUM);
  const HearthRunRequest request = { .graph = graph };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 60; i++)
    {
      char *id = hearth_workspace_submit (self->workspace, &request);

      g_ptr_array_add (ids, id);
      await_run (self, id);
    }
  for (guint i = 0; i < 60; i++)
    g_assert_true ((hearth_workspace_lookup_run (self->workspace, g_ptr_array_index (ids, i)) != NULL) == (i >= 10));
}

static void
test_cycle (Fixture      *self,
            gconstpointer data)
{
  g_autoptr (HearthGraph) graph = make_graph (
      self, HEARTH_JSON ({ "nodes": [{ "id": "a", "type": "core:MathOperation" }, { "id": "b", "type": "core:MathOperation" }],
                           "edges": [{ "id": "1", "source": "a", "target": "b", "sourceHandle": "result", "targetHandle": "a" },
                                     { "id": "2", "source": "b", "target": "a", "sourceHandle": "result", "targetHandle": "a" }] }));
  const HearthRunRequest request = { .graph = graph };
  g_autofree char *id = hearth_workspace_submit (self->workspace, &request);
  HearthRun *run = await_run (self, id);

  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_ERROR);
  g_assert_nonnull (hearth_run_get_message (run));
}

static void
test_cancel (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthGraph) graph = make_graph (self, SLOW);
  const HearthRunRequest request = { .graph = graph };
  g_autofree char *early = hearth_workspace_submit (self->workspace, &request);
  g_autofree char *late = hearth_workspace_submit (self->workspace, &request);

  /* One that has not reached the queue, and one that runs. */
  g_assert_true (hearth_workspace_cancel (self->workspace, early));
  g_assert_false (hearth_workspace_cancel (self->workspace, early));
  g_assert_cmpint (hearth_run_get_status (await_run (self, early)), ==, HEARTH_RUN_INTERRUPTED);
  AWAIT (hearth_queue_get_n_running (hearth_workspace_get_queue (self->workspace)) == 1);
  g_assert_true (hearth_workspace_cancel (self->workspace, late));
  g_assert_cmpint (hearth_run_get_status (await_run (self, late)), ==, HEARTH_RUN_INTERRUPTED);
  g_assert_false (hearth_workspace_cancel (self->workspace, "no such run"));
}

static void
test_preview (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (HearthGraph) graph = make_graph (self, SLOW);
  g_autoptr (HearthValue) metadata = parse ("{\"internalId\":\"tab\",\"isPreviewRun\":true}");
  g_autoptr (HearthValue) other = parse ("{\"internalId\":\"other tab\",\"isPreviewRun\":true}");
  HearthRunRequest request = { .graph = graph, .metadata = metadata, .preview = TRUE };
  g_autofree char *first = hearth_workspace_submit (self->workspace, &request);
  g_autofree char *elsewhere = NULL;
  g_autofree char *second = NULL;

  request.metadata = other;
  elsewhere = hearth_workspace_submit (self->workspace, &request);
  AWAIT (hearth_queue_get_n_running (hearth_workspace_get_queue (self->workspace)) == 2);
  request.metadata = metadata;
  second = hearth_workspace_submit (self->workspace, &request);
  g_assert_cmpint (hearth_run_get_status (await_run (self, first)), ==, HEARTH_RUN_INTERRUPTED);
  AWAIT (hearth_queue_lookup (hearth_workspace_get_queue (self->workspace), second) != NULL);
  g_assert_nonnull (hearth_queue_lookup (hearth_workspace_get_queue (self->workspace), elsewhere));
  hearth_workspace_cancel (self->workspace, second);
  hearth_workspace_cancel (self->workspace, elsewhere);
  await_run (self, second);
  await_run (self, elsewhere);
}

/* --- groups ------------------------------------------------------------------------------------------ */

#define GROUP(id, inner) \
  "{\"id\":\"" id "\",\"name\":\"" id "\",\"nodes\":[{\"id\":\"g\",\"type\":\"core:NodeGroup\"," \
  "\"configValues\":{\"referencedWorkflowId\":\"" inner "\"}}],\"edges\":[],\"viewport\":{}}"

static GHashTable *
load_groups (Fixture     *self,
             HearthGraph *graph,
             const char  *project_id,
             const char  *directory)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GHashTable *groups;

  hearth_workspace_load_groups (self->workspace, graph, project_id, directory, NULL, await_cb, &result);
  AWAIT (result != NULL);
  groups = hearth_workspace_load_groups_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  return groups;
}

static void
test_groups (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthGraph) graph = make_graph (self, GROUP ("top", "a (a)"));
  g_autoptr (HearthValue) a = NULL;
  g_autoptr (HearthValue) b = NULL;
  g_autoptr (GHashTable) groups = NULL;
  g_autoptr (GHashTable) beside = NULL;
  g_autoptr (GHashTable) nowhere = NULL;
  g_autofree char *directory = hearth_data_dir_dup_workflows (hearth_workspace_get_data_dir (self->workspace), "P");

  create_project (self, "P");
  a = save (self, "P", NULL, GROUP ("a", "b"));
  b = save (self, "P", NULL, GROUP ("b", "a")); /* a circle, and then to what is missing */
  groups = load_groups (self, graph, "P", NULL);
  g_assert_cmpuint (g_hash_table_size (groups), ==, 2);
  g_assert_true (HEARTH_IS_GRAPH (g_hash_table_lookup (groups, "a")));
  g_assert_true (HEARTH_IS_GRAPH (g_hash_table_lookup (groups, "b")));
  beside = load_groups (self, graph, NULL, directory);
  g_assert_cmpuint (g_hash_table_size (beside), ==, 2);
  nowhere = load_groups (self, graph, NULL, NULL);
  g_assert_cmpuint (g_hash_table_size (nowhere), ==, 0);
}

static void
test_run_group (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (HearthGraph) graph = make_graph (
      self, HEARTH_JSON ({ "nodes": [
              { "id": "g", "type": "core:NodeGroup", "configValues": { "referencedWorkflowId": "sum" } },
              { "id": "out", "type": "core:GroupOutput" }],
            "edges": [{ "id": "e", "source": "g", "target": "out", "sourceHandle": "sum", "targetHandle": "total" }],
            "interfaceOutputs": { "total": { "key": "total", "dataFlowType": "FLOAT" } } }));
  HearthRunRequest request = { .graph = graph, .project_id = "P" };
  g_autoptr (HearthValue) stored = parse (SUM);
  g_autoptr (HearthValue) id_value = hearth_value_string ("sum");
  g_autoptr (HearthValue) with_id = hearth_value_with (stored, "id", id_value);
  g_autofree char *text = hearth_json_print (with_id);
  g_autoptr (HearthValue) saved = NULL;
  g_autofree char *id = NULL;
  g_autofree char *missing = NULL;
  HearthRun *run;

  create_project (self, "P");
  saved = save (self, "P", NULL, text);
  id = hearth_workspace_submit (self->workspace, &request);
  run = await_run (self, id);
  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpfloat (hearth_value_get_member_double (hearth_run_get_outputs (run), "total", 0), ==, 5);

  /* The run appears in any case, if need be as one that failed. */
  request.project_id = "elsewhere";
  missing = hearth_workspace_submit (self->workspace, &request);
  g_assert_cmpint (hearth_run_get_status (await_run (self, missing)), ==, HEARTH_RUN_ERROR);
}

/* Submitting with groups and dropping the workspace at once: the promise is kept all the same. */
static void
test_dropped_run (Fixture      *self,
                  gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->base.path, "other", NULL);
  HearthWorkspace *workspace = hearth_workspace_new (path);
  gpointer alive = workspace;
  g_autoptr (HearthValue) value = parse (GROUP ("top", "nothing"));
  g_autoptr (HearthGraph) graph = hearth_graph_new_from_value (hearth_workspace_get_catalog (workspace), value, NULL);
  const HearthRunRequest request = { .graph = graph, .project_id = "P" };
  g_autofree char *id = hearth_workspace_submit (workspace, &request);

  g_assert_nonnull (id);
  g_object_add_weak_pointer (G_OBJECT (workspace), &alive);
  g_object_unref (workspace);
  AWAIT (alive == NULL);
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
  TEST ("run", test_run);
  TEST ("finished-runs", test_finished_runs);
  TEST ("cycle", test_cycle);
  TEST ("cancel", test_cancel);
  TEST ("preview", test_preview);
  TEST ("groups", test_groups);
  TEST ("run-group", test_run_group);
  TEST ("dropped-run", test_dropped_run);
  return g_test_run ();
}
