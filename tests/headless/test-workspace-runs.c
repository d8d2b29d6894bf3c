/* test-workspace-runs.c: runs that a workspace was asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "workspaces.h"

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
