/* test-document.c: one open workflow between the disk, other savers and its runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "await.h"
#include "hearth-document.h"
#include "hearth-json.h"
#include "hearth-project-store.h"
#include "parse.h"
#include "temporary.h"

typedef struct
{
  Temporary base;
  HearthWorkspace *workspace;
  HearthDocument *document;
  guint conflicts;
  guint reloads;
} Fixture;

/* Saves past the document, as the server does for a browser. */
static HearthValue *
save_elsewhere (Fixture    *self,
                const char *workflow_id,
                const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) workflow = parse (text);
  g_autoptr (GError) error = NULL;
  HearthValue *stored;

  hearth_workspace_save_workflow (self->workspace, "P", workflow_id, workflow, NULL, NULL, await_cb, &result);
  AWAIT (result != NULL);
  stored = hearth_workspace_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  return stored;
}

static HearthDocument *
open_document (Fixture    *self,
               const char *workflow_id,
               GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hearth_workspace_open_document (self->workspace, "P", workflow_id, NULL, await_cb, &result);
  AWAIT (result != NULL);
  return hearth_workspace_open_document_finish (self->workspace, result, error);
}

static gboolean
try_save (Fixture    *self,
          const char *name,
          GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  hearth_document_save_async (self->document, name, NULL, await_cb, &result);
  AWAIT (result != NULL);
  return hearth_document_save_finish (self->document, result, error);
}

static void
save (Fixture    *self,
      const char *name)
{
  g_autoptr (GError) error = NULL;

  try_save (self, name, &error);
  g_assert_no_error (error);
}

static HearthValue *
read_stored (Fixture    *self,
             const char *workflow_id)
{
  g_autoptr (GError) error = NULL;
  HearthValue *stored
      = hearth_workflow_store_read (hearth_workspace_get_data_dir (self->workspace), "P", workflow_id, &error);

  g_assert_no_error (error);
  return stored;
}

#define SUM(b) \
  "{\"id\":\"w\",\"name\":\"W\",\"x-mine\":1,\"nodes\":[" \
  "{\"id\":\"m\",\"type\":\"core:MathOperation\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":{\"a\":2,\"b\":" #b "}}," \
  "{\"id\":\"out\",\"type\":\"core:GroupOutput\",\"position\":{\"x\":9,\"y\":0}}]," \
  "\"edges\":[{\"id\":\"e\",\"source\":\"m\",\"target\":\"out\",\"sourceHandle\":\"result\",\"targetHandle\":\"sum\"}]," \
  "\"interfaceOutputs\":{\"sum\":{\"key\":\"sum\",\"dataFlowType\":\"FLOAT\"}}," \
  "\"viewport\":{\"x\":0,\"y\":0,\"zoom\":1}}"

static void
conflict_cb (HearthDocument *document,
             Fixture        *self)
{
  self->conflicts++;
}

static void
reloaded_cb (HearthDocument *document,
             Fixture        *self)
{
  self->reloads++;
}

static void
take (Fixture        *self,
      HearthDocument *document)
{
  self->document = document;
  g_signal_connect (document, "conflict", G_CALLBACK (conflict_cb), self);
  g_signal_connect (document, "reloaded", G_CALLBACK (reloaded_cb), self);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  g_autoptr (HearthValue) project = NULL;
  g_autoptr (HearthValue) stored = NULL;
  g_autoptr (GError) error = NULL;
  HearthDocument *document;

  temporary_set_up (&self->base, data);
  self->workspace = hearth_workspace_new (self->base.path);
  project = hearth_project_store_create (hearth_workspace_get_data_dir (self->workspace), "P", "d", NULL);
  g_assert_nonnull (project);
  stored = save_elsewhere (self, NULL, SUM (3));
  document = open_document (self, "w", &error);
  g_assert_no_error (error);
  take (self, document);
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  gpointer alive = self->workspace;

  g_assert_finalize_object (self->document);
  /* It may still be reading what groups reference. */
  g_object_add_weak_pointer (G_OBJECT (self->workspace), &alive);
  g_object_unref (self->workspace);
  AWAIT (alive == NULL);
  temporary_tear_down (&self->base, data);
}

/* --- editing by hand ------------------------------------------------------------------------- */

static void
set_input (Fixture    *self,
           const char *key,
           int         number)
{
  HearthEdit *edit = hearth_edit_new (hearth_document_get_graph (self->document), "Set a value");
  g_autoptr (HearthValue) value = hearth_value_integer (number);

  hearth_edit_set_input (edit, "m", key, value);
  hearth_history_push (hearth_document_get_history (self->document), edit, NULL);
}

static int
get_input (Fixture    *self,
           const char *key)
{
  HearthNode *node = hearth_graph_get_node (hearth_document_get_graph (self->document), "m");

  g_assert_nonnull (node);
  return (int) hearth_value_get_member_integer (node->inputs, key, -1);
}

static int
get_stored_input (Fixture    *self,
                  const char *key)
{
  g_autoptr (HearthValue) stored = read_stored (self, "w");
  HearthValue *node = hearth_value_at (hearth_value_get (stored, "nodes"), 0);

  return (int) hearth_value_get_member_integer (hearth_value_get (node, "inputValues"), key, -1);
}

static gboolean
is_modified (Fixture *self)
{
  return hearth_document_is_modified (self->document);
}

static gboolean
undo (Fixture *self)
{
  return hearth_history_undo (hearth_document_get_history (self->document));
}

/* --- open and save -------------------------------------------------------------------------------- */

static void
test_open (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (HearthDocument) again = open_document (self, "w", NULL);
  g_autoptr (HearthDocument) by_stem = open_document (self, "W", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (again == self->document);
  g_assert_true (by_stem == self->document);
  g_assert_cmpstr (hearth_document_get_title (self->document), ==, "W");
  g_assert_cmpstr (hearth_document_get_workflow_id (self->document), ==, "w");
  g_assert_false (is_modified (self));
  g_assert_null (open_document (self, "nothing", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
}

static void
test_open_twice_at_once (Fixture      *self,
                         gconstpointer data)
{
  g_autoptr (HearthValue) stored = save_elsewhere (self, NULL, "{\"id\":\"v\",\"name\":\"V\",\"nodes\":[],\"edges\":[]}");
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (HearthDocument) one = NULL;
  g_autoptr (HearthDocument) other = NULL;

  hearth_workspace_open_document (self->workspace, "P", "v", NULL, await_cb, &first);
  hearth_workspace_open_document (self->workspace, "P", "v", NULL, await_cb, &second);
  AWAIT (first != NULL && second != NULL);
  one = hearth_workspace_open_document_finish (self->workspace, first, NULL);
  other = hearth_workspace_open_document_finish (self->workspace, second, NULL);
  g_assert_nonnull (one);
  g_assert_true (one == other);
}

static void
test_open_broken (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (HearthValue) stored = save_elsewhere (self, NULL, "{\"id\":\"v\",\"name\":\"V\",\"nodes\":[{\"id\":7}]}");
  g_autoptr (GError) error = NULL;

  g_assert_null (open_document (self, "v", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "“V”"));
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  *count += 1;
}

static void
test_save (Fixture      *self,
           gconstpointer data)
{
  guint notified = 0;
  g_autoptr (HearthValue) stored = NULL;

  g_signal_connect (self->document, "notify::modified", G_CALLBACK (count_cb), &notified);
  set_input (self, "b", 30);
  g_assert_true (is_modified (self));
  g_assert_cmpuint (notified, ==, 1);
  save (self, NULL);
  g_assert_false (is_modified (self));
  g_assert_cmpuint (notified, ==, 2);
  stored = read_stored (self, "w");
  g_assert_cmpint (get_stored_input (self, "b"), ==, 30);
  g_assert_cmpint (hearth_value_get_member_integer (stored, "x-mine", 0), ==, 1);
  g_assert_true (undo (self));
  g_assert_true (is_modified (self));
  g_assert_cmpuint (self->conflicts + self->reloads, ==, 0);
}

/* Edits made while the disk is busy are not counted as saved. */
static void
test_edit_while_saving (Fixture      *self,
                        gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;

  set_input (self, "b", 30);
  hearth_document_save_async (self->document, NULL, NULL, await_cb, &result);
  set_input (self, "a", 20);
  hearth_document_save_async (self->document, NULL, NULL, await_cb, &second);
  AWAIT (result != NULL && second != NULL);
  g_assert_true (hearth_document_save_finish (self->document, result, NULL));
  g_assert_false (hearth_document_save_finish (self->document, second, NULL));
  g_assert_true (is_modified (self));
  g_assert_cmpint (get_stored_input (self, "a"), ==, 2);
  g_assert_cmpint (get_stored_input (self, "b"), ==, 30);
  g_assert_true (undo (self));
  g_assert_false (is_modified (self));
}

static void
test_rename (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) other = save_elsewhere (self, NULL, "{\"id\":\"v\",\"name\":\"V\",\"nodes\":[],\"edges\":[]}");
  g_autoptr (GError) error = NULL;
  guint notified = 0;

  g_signal_connect (self->document, "notify::title", G_CALLBACK (count_cb), &notified);
  g_assert_false (try_save (self, "V", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS);
  g_assert_cmpstr (hearth_document_get_title (self->document), ==, "W");
  /* Nobody knows what is on disk now, so it does not count as saved. */
  g_assert_true (is_modified (self));
  save (self, "X");
  g_assert_cmpstr (hearth_document_get_title (self->document), ==, "X");
  g_assert_cmpuint (notified, ==, 1);
  g_assert_false (is_modified (self));
}

static void
test_new (Fixture      *self,
          gconstpointer data)
{
  g_autoptr (HearthDocument) old = self->document;
  g_autoptr (HearthValue) stored = NULL;
  g_autoptr (GError) error = NULL;

  take (self, open_document (self, NULL, NULL));
  g_assert_null (hearth_document_get_workflow_id (self->document));
  g_assert_cmpstr (hearth_document_get_title (self->document), ==, "Untitled workflow");
  g_assert_cmpuint (hearth_graph_get_n_nodes (hearth_document_get_graph (self->document)), ==, 2);
  g_assert_false (is_modified (self));
  g_assert_false (try_save (self, NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME);
  g_clear_error (&error);
  g_assert_false (try_save (self, "W", &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS);
  save (self, "Fresh");
  g_assert_nonnull (hearth_document_get_workflow_id (self->document));
  g_assert_false (is_modified (self));
  stored = read_stored (self, hearth_document_get_workflow_id (self->document));
  g_assert_cmpstr (hearth_value_get_member_string (stored, "name", NULL), ==, "Fresh");
  {
    g_autoptr (HearthDocument) again = open_document (self, hearth_document_get_workflow_id (self->document), NULL);

    g_assert_true (again == self->document);
  }
}

/* --- others save, too ------------------------------------------------------------------------------ */

static void
test_reload (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) theirs = save_elsewhere (self, "w", SUM (7));

  g_assert_cmpuint (self->reloads, ==, 1);
  g_assert_cmpuint (self->conflicts, ==, 0);
  g_assert_cmpint (get_input (self, "b"), ==, 7);
  g_assert_false (is_modified (self));
  /* One step, which can be undone. */
  g_assert_cmpuint (hearth_history_get_length (hearth_document_get_history (self->document)), ==, 1);
  g_assert_true (undo (self));
  g_assert_cmpint (get_input (self, "b"), ==, 3);
  g_assert_true (is_modified (self));
}

/* Everything at once: a node goes, others come, the edge is replaced, properties come and go. */
static void
test_reload_all (Fixture      *self,
                 gconstpointer data)
{
  g_autoptr (HearthValue) before = hearth_graph_to_value (hearth_document_get_graph (self->document));
  g_autoptr (HearthValue) after = NULL;
  g_autoptr (HearthValue) undone = NULL;
  g_autoptr (HearthValue) redone = NULL;
  g_autoptr (HearthValue) theirs = save_elsewhere (
      self, "w", HEARTH_JSON ({ "name": "W2", "description": "new",
        "nodes": [{ "id": "n", "type": "core:TextMerge", "position": { "x": 0, "y": 0 } },
                  { "id": "out", "type": "core:GroupOutput", "position": { "x": 20, "y": 0 } },
                  { "id": "p", "type": "plugin:Odd", "position": { "x": 0, "y": 0 } }],
        "edges": [{ "id": "f", "source": "n", "target": "out", "sourceHandle": "merged_text", "targetHandle": "sum" }] }));
  g_autoptr (HearthValue) stored = read_stored (self, "w");

  after = hearth_graph_to_value (hearth_document_get_graph (self->document));
  g_assert_true (hearth_value_equal (after, stored));
  g_assert_cmpstr (hearth_document_get_title (self->document), ==, "W2");
  g_assert_true (undo (self));
  undone = hearth_graph_to_value (hearth_document_get_graph (self->document));
  g_assert_true (hearth_value_equal (hearth_value_get (undone, "nodes"), hearth_value_get (before, "nodes")));
  g_assert_true (hearth_value_equal (hearth_value_get (undone, "edges"), hearth_value_get (before, "edges")));
  g_assert_null (hearth_value_get (undone, "description"));
  g_assert_true (hearth_history_redo (hearth_document_get_history (self->document)));
  redone = hearth_graph_to_value (hearth_document_get_graph (self->document));
  g_assert_true (hearth_value_equal (redone, stored));
}

static void
test_conflict_take_theirs (Fixture      *self,
                           gconstpointer data)
{
  g_autoptr (HearthValue) theirs = NULL;

  set_input (self, "b", 30);
  theirs = save_elsewhere (self, "w", SUM (7));
  g_assert_cmpuint (self->conflicts, ==, 1);
  g_assert_cmpuint (self->reloads, ==, 0);
  g_assert_cmpint (get_input (self, "b"), ==, 30);
  hearth_document_take_theirs (self->document);
  g_assert_cmpint (get_input (self, "b"), ==, 7);
  g_assert_false (is_modified (self));
  /* Nothing of ours is lost. */
  g_assert_true (undo (self));
  g_assert_cmpint (get_input (self, "b"), ==, 30);
  g_assert_true (is_modified (self));
}

static void
test_conflict_keep_mine (Fixture      *self,
                         gconstpointer data)
{
  g_autoptr (HearthValue) theirs = NULL;

  set_input (self, "b", 30);
  theirs = save_elsewhere (self, "w", SUM (7));
  hearth_document_keep_mine (self->document);
  g_assert_cmpint (get_input (self, "b"), ==, 30);
  g_assert_true (is_modified (self));
  /* Back at what was on disk once, but is not now. */
  g_assert_true (undo (self));
  g_assert_true (is_modified (self));
  save (self, NULL);
  g_assert_false (is_modified (self));
  g_assert_cmpint (get_stored_input (self, "b"), ==, 3);
}

/* They save while our own save is on its way. Whoever comes last is on disk, and we know it. */
static void
test_conflict_while_saving (Fixture      *self,
                            gconstpointer data)
{
  g_autoptr (GAsyncResult) ours = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) workflow = parse (SUM (7));

  set_input (self, "b", 30);
  hearth_workspace_save_workflow (self->workspace, "P", "w", workflow, NULL, NULL, await_cb, &result);
  hearth_document_save_async (self->document, NULL, NULL, await_cb, &ours);
  AWAIT (ours != NULL && result != NULL);
  g_assert_cmpuint (self->conflicts, ==, 1);
  g_assert_cmpint (get_stored_input (self, "b"), ==, 30);
  g_assert_false (is_modified (self));
  hearth_document_take_theirs (self->document);
  g_assert_cmpint (get_input (self, "b"), ==, 7);
  g_assert_true (is_modified (self));
}

static void
test_deleted (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (HearthValue) null = NULL;

  hearth_workspace_delete_workflow (self->workspace, "P", "w", NULL, await_cb, &result);
  AWAIT (result != NULL);
  null = hearth_workspace_finish (self->workspace, result, NULL);
  g_assert_null (hearth_document_get_workflow_id (self->document));
  g_assert_true (is_modified (self));
  save (self, NULL);
  g_assert_cmpstr (hearth_document_get_workflow_id (self->document), ==, "w");
  g_assert_false (is_modified (self));
  g_assert_cmpint (get_stored_input (self, "b"), ==, 3);
}

/* --- groups ------------------------------------------------------------------------------------------- */

static guint
count_outputs (Fixture *self)
{
  HearthGraph *graph = hearth_document_get_graph (self->document);
  g_autoptr (GPtrArray) outputs = hearth_graph_list_outputs (graph, hearth_graph_get_node (graph, "g"));

  return outputs->len;
}

static void
test_groups (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthDocument) old = self->document;
  g_autoptr (HearthValue) stored = save_elsewhere (
      self, NULL, HEARTH_JSON ({ "id": "top", "name": "Top", "edges": [],
        "nodes": [{ "id": "g", "type": "core:NodeGroup", "position": { "x": 0, "y": 0 },
                    "configValues": { "referencedWorkflowId": "w" } }] }));
  g_autoptr (HearthValue) changed = NULL;
  g_autoptr (HearthValue) saved = NULL;

  take (self, open_document (self, "top", NULL));
  AWAIT (count_outputs (self) == 1);
  changed = save_elsewhere (self, "w", HEARTH_JSON ({ "interfaceOutputs": {
        "sum": { "key": "sum", "dataFlowType": "FLOAT" }, "more": { "key": "more", "dataFlowType": "STRING" } } }));
  g_assert_cmpuint (count_outputs (self), ==, 2);
  save (self, NULL);
  saved = read_stored (self, "top");
  g_assert_cmpstr (hearth_value_get_string (hearth_value_at (hearth_value_get (saved, "referencedWorkflows"), 0), NULL),
                   ==, "w");
}

/* A group that comes in later is told as well. */
static void
test_new_group (Fixture      *self,
                gconstpointer data)
{
  HearthGraph *graph = hearth_document_get_graph (self->document);
  HearthEdit *edit = hearth_edit_new (graph, "Add");
  g_autoptr (HearthValue) reference = hearth_value_string ("v");
  g_autoptr (HearthValue) other = save_elsewhere (
      self, NULL, HEARTH_JSON ({ "id": "v", "name": "V", "nodes": [], "edges": [],
                                 "interfaceOutputs": { "o": { "key": "o", "dataFlowType": "FLOAT" } } }));
  HearthNode *node = hearth_edit_add_node (edit, "core:NodeGroup", 0, 0, NULL);
  g_autofree char *id = g_strdup (node->id);
  gboolean known = FALSE;

  hearth_edit_set_config (edit, id, "referencedWorkflowId", reference);
  hearth_history_push (hearth_document_get_history (self->document), edit, NULL);
  while (!known)
    {
      g_autoptr (GPtrArray) outputs = hearth_graph_list_outputs (graph, hearth_graph_get_node (graph, id));

      known = outputs->len == 1;
      if (!known)
        g_main_context_iteration (NULL, TRUE);
    }
}

/* --- runs ------------------------------------------------------------------------------------------------ */

static void
event_cb (HearthDocument *document,
          gpointer        data,
          GString        *told)
{
  const HearthRunEvent *event = data;

  if (event->kind == HEARTH_EVENT_STATUS)
    g_string_append_printf (told, "%s;", hearth_run_status_to_string (event->status));
  else if (event->kind == HEARTH_EVENT_NODE_COMPLETE)
    g_string_append_printf (told, "%s;", event->node_id);
}

static void
await_finished (Fixture *self)
{
  AWAIT (hearth_document_get_run (self->document) != NULL
         && hearth_run_status_is_final (hearth_run_get_status (hearth_document_get_run (self->document))));
}

static void
test_run (Fixture      *self,
          gconstpointer data)
{
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *id = NULL;
  HearthRun *run;
  HearthValue *metadata;

  g_signal_connect (self->document, "run-event", G_CALLBACK (event_cb), told);
  set_input (self, "b", 30);
  id = hearth_document_run (self->document);
  await_finished (self);
  run = hearth_document_get_run (self->document);
  g_assert_cmpstr (hearth_run_get_id (run), ==, id);
  g_assert_cmpfloat (hearth_value_get_member_double (hearth_run_get_outputs (run), "sum", 0), ==, 32);
  g_assert_cmpstr (told->str, ==, "running;m;out;complete;");
  metadata = hearth_run_get_metadata (run);
  g_assert_cmpstr (hearth_value_get_member_string (metadata, "workflowId", NULL), ==, "w");
  g_assert_cmpstr (hearth_value_get_member_string (metadata, "workflowName", NULL), ==, "W");
  g_assert_cmpstr (hearth_value_get_member_string (metadata, "projectId", NULL), ==, "P");
  g_assert_true (g_str_has_prefix (hearth_value_get_member_string (metadata, "internalId", ""), "hearth_"));
}

/* A run of this workflow that somebody else starts is followed, one of another is not. */
static void
test_run_elsewhere (Fixture      *self,
                    gconstpointer data)
{
  static const struct
  {
    const char *metadata;
    gboolean followed;
  } cases[] = {
    { "{\"workflowId\":\"other\",\"projectId\":\"P\"}", FALSE },
    { "{\"workflowId\":\"w\",\"projectId\":\"Q\"}", FALSE },
    { "{\"workflowId\":\"w\",\"projectId\":\"P\",\"isPreviewRun\":true}", FALSE },
    { "{\"workflowId\":\"w\",\"projectId\":\"P\"}", TRUE },
    { "{\"workflowId\":\"w\"}", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) metadata = parse (cases[i].metadata);
      const HearthRunRequest request = { .graph = hearth_document_get_graph (self->document), .metadata = metadata };
      g_autofree char *id = hearth_workspace_submit (self->workspace, &request);
      HearthRun *run;

      AWAIT ((run = hearth_workspace_lookup_run (self->workspace, id)) != NULL
             && hearth_run_status_is_final (hearth_run_get_status (run)));
      g_assert_true ((hearth_document_get_run (self->document) == run) == cases[i].followed);
    }
}

#define STREAM \
  HEARTH_JSON ({ "id": "s", "name": "S", "edges": [], \
    "nodes": [{ "id": "t", "type": "core:TextStream", "position": { "x": 0, "y": 0 }, \
                "inputValues": { "text": "one two three", "chunkSize": 4, "delayMs": 20 } }] })

static void
test_stream (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (HearthDocument) old = self->document;
  g_autoptr (HearthValue) stored = save_elsewhere (self, NULL, STREAM);
  g_autofree char *id = NULL;

  take (self, open_document (self, "s", NULL));
  g_assert_null (hearth_document_get_stream_text (self->document, "t"));
  id = hearth_document_run (self->document);
  AWAIT (hearth_document_get_stream_text (self->document, "t") != NULL);
  g_assert_false (hearth_run_status_is_final (hearth_run_get_status (hearth_document_get_run (self->document))));
  g_assert_true (g_str_has_prefix ("one two three", hearth_document_get_stream_text (self->document, "t")));
  await_finished (self);
  g_assert_cmpstr (hearth_document_get_stream_text (self->document, "t"), ==, "one two three");
}

static void
test_stop (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (HearthDocument) old = self->document;
  g_autoptr (HearthValue) stored = save_elsewhere (self, NULL, STREAM);
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;

  take (self, open_document (self, "s", NULL));
  early = hearth_document_run (self->document);
  hearth_document_stop (self->document);
  await_finished (self);
  g_assert_cmpint (hearth_run_get_status (hearth_document_get_run (self->document)), ==, HEARTH_RUN_INTERRUPTED);
  late = hearth_document_run (self->document);
  AWAIT (hearth_document_get_stream_text (self->document, "t") != NULL);
  hearth_document_stop (self->document);
  await_finished (self);
  g_assert_cmpstr (hearth_run_get_id (hearth_document_get_run (self->document)), ==, late);
  g_assert_cmpint (hearth_run_get_status (hearth_document_get_run (self->document)), ==, HEARTH_RUN_INTERRUPTED);
}

/* What the node's browser script would do: a new seed before each run, as an edit. */
static void
test_prepare (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (HearthDocument) old = self->document;
  g_autoptr (HearthValue) stored = save_elsewhere (
      self, NULL, HEARTH_JSON ({ "id": "r", "name": "R", "edges": [],
        "nodes": [{ "id": "n", "type": "core:RandomNumber", "position": { "x": 0, "y": 0 },
                    "inputValues": { "seed": 1, "seed_control": "increment" } }] }));
  HearthNodeType *type = hearth_catalog_lookup (hearth_workspace_get_catalog (self->workspace), "core:RandomNumber");
  g_autoptr (HearthValue) expected = NULL;
  g_autofree char *id = NULL;
  HearthNode *node;

  g_assert_nonnull (type->decl->before_run);
  take (self, open_document (self, "r", NULL));
  node = hearth_graph_get_node (hearth_document_get_graph (self->document), "n");
  expected = type->decl->before_run (node->inputs);
  id = hearth_document_run (self->document);
  node = hearth_graph_get_node (hearth_document_get_graph (self->document), "n");
  if (expected != NULL)
    {
      g_assert_true (is_modified (self));
      g_assert_cmpstr (hearth_history_get_undo_label (hearth_document_get_history (self->document)), ==, "Prepare run");
    }
  for (gsize i = 0; expected != NULL && i < hearth_value_get_length (expected); i++)
    g_assert_true (hearth_value_equal (hearth_value_get (node->inputs, hearth_value_key_at (expected, i)),
                                       hearth_value_member_at (expected, i)));
  await_finished (self);
}

/* Opened while a browser's run goes on already. */
static void
test_open_during_run (Fixture      *self,
                      gconstpointer data)
{
  g_autoptr (HearthDocument) old = self->document;
  g_autoptr (HearthValue) stored = save_elsewhere (self, NULL, STREAM);
  g_autoptr (HearthGraph) graph
      = hearth_graph_new_from_value (hearth_workspace_get_catalog (self->workspace), stored, NULL);
  g_autoptr (HearthValue) metadata = parse ("{\"workflowId\":\"s\",\"projectId\":\"P\"}");
  const HearthRunRequest request = { .graph = graph, .metadata = metadata };
  g_autofree char *id = hearth_workspace_submit (self->workspace, &request);

  AWAIT (hearth_workspace_lookup_run (self->workspace, id) != NULL);
  take (self, open_document (self, "s", NULL));
  g_assert_nonnull (hearth_document_get_run (self->document));
  g_assert_cmpstr (hearth_run_get_id (hearth_document_get_run (self->document)), ==, id);
  await_finished (self);
}

/* Closing in the middle of everything harms nothing; the run goes on. */
static void
test_close_during_run (Fixture      *self,
                       gconstpointer data)
{
  g_autoptr (HearthDocument) old = self->document;
  g_autoptr (HearthValue) stored = save_elsewhere (self, NULL, STREAM);
  g_autofree char *id = NULL;
  HearthDocument *document = open_document (self, "s", NULL);
  HearthRun *run;

  take (self, open_document (self, "w", NULL));
  id = hearth_document_run (document);
  AWAIT (hearth_document_get_stream_text (document, "t") != NULL);
  g_object_unref (document);
  AWAIT ((run = hearth_workspace_lookup_run (self->workspace, id)) != NULL
         && hearth_run_status_is_final (hearth_run_get_status (run)));
  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
  g_clear_object (&old);
}

#define CHAIN \
  HEARTH_JSON ({ "id": "c", "name": "C", \
    "edges": [{ "id": "e", "source": "a", "target": "b", "sourceHandle": "result", "targetHandle": "a" }], \
    "nodes": [{ "id": "a", "type": "core:MathOperation", "position": { "x": 0, "y": 0 }, \
                "configValues": { "operationMode": "add" }, "inputValues": { "a": 1, "b": 2 } }, \
              { "id": "b", "type": "core:MathOperation", "position": { "x": 0, "y": 0 }, \
                "configValues": { "operationMode": "add" }, "inputValues": { "b": 10 } }] })

static double
get_result (Fixture    *self,
            const char *node_id)
{
  HearthRun *run = hearth_document_get_run (self->document);

  return hearth_value_get_member_double (hearth_run_get_step_output (run, node_id), "result", -1);
}

/* The run of that id, not one before it. */
static void
await_run (Fixture    *self,
           const char *id)
{
  AWAIT (hearth_document_get_run (self->document) != NULL
         && g_str_equal (hearth_run_get_id (hearth_document_get_run (self->document)), id));
  await_finished (self);
}

static void
test_run_parts (Fixture      *self,
                gconstpointer data)
{
  g_autoptr (HearthDocument) old = self->document;
  g_autoptr (HearthValue) stored = save_elsewhere (self, NULL, CHAIN);
  const char *first[] = { "a", NULL };
  g_autofree char *to = NULL;
  g_autofree char *from = NULL;
  g_autofree char *anew = NULL;

  take (self, open_document (self, "c", NULL));
  to = hearth_document_run_to (self->document, first);
  await_run (self, to);
  g_assert_cmpfloat (get_result (self, "a"), ==, 3);
  g_assert_null (hearth_run_get_step_output (hearth_document_get_run (self->document), "b"));
  from = hearth_document_run_from (self->document, first);
  await_run (self, from);
  g_assert_cmpfloat (get_result (self, "b"), ==, 13);
  anew = hearth_document_run_anew (self->document);
  await_run (self, anew);
  g_assert_cmpstr (hearth_run_get_id (hearth_document_get_run (self->document)), ==, anew);
  g_assert_cmpfloat (get_result (self, "b"), ==, 13);
}

static void
test_pin (Fixture      *self,
          gconstpointer data)
{
  g_autoptr (HearthDocument) old = self->document;
  g_autoptr (HearthValue) stored = save_elsewhere (self, NULL, CHAIN);
  g_autoptr (HearthValue) outputs = parse ("{\"result\":100}");
  g_autofree char *pinned = NULL;
  g_autofree char *free_again = NULL;

  take (self, open_document (self, "c", NULL));
  g_assert_null (hearth_document_get_pinned (self->document, "a"));
  hearth_document_set_pinned (self->document, "a", outputs);
  g_assert_true (hearth_value_equal (hearth_document_get_pinned (self->document, "a"), outputs));
  pinned = hearth_document_run (self->document);
  await_run (self, pinned);
  g_assert_cmpfloat (get_result (self, "b"), ==, 110);

  hearth_history_undo (hearth_document_get_history (self->document));
  g_assert_null (hearth_document_get_pinned (self->document, "a"));
  hearth_history_redo (hearth_document_get_history (self->document));
  hearth_document_set_pinned (self->document, "a", NULL);
  free_again = hearth_document_run (self->document);
  await_run (self, free_again);
  g_assert_cmpfloat (get_result (self, "b"), ==, 13);
}

#define TEST(name, function) g_test_add ("/document/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("open", test_open);
  TEST ("open-twice-at-once", test_open_twice_at_once);
  TEST ("open-broken", test_open_broken);
  TEST ("save", test_save);
  TEST ("edit-while-saving", test_edit_while_saving);
  TEST ("rename", test_rename);
  TEST ("new", test_new);
  TEST ("reload", test_reload);
  TEST ("reload-all", test_reload_all);
  TEST ("conflict-take-theirs", test_conflict_take_theirs);
  TEST ("conflict-keep-mine", test_conflict_keep_mine);
  TEST ("conflict-while-saving", test_conflict_while_saving);
  TEST ("deleted", test_deleted);
  TEST ("groups", test_groups);
  TEST ("new-group", test_new_group);
  TEST ("run", test_run);
  TEST ("run-elsewhere", test_run_elsewhere);
  TEST ("stream", test_stream);
  TEST ("stop", test_stop);
  TEST ("prepare", test_prepare);
  TEST ("open-during-run", test_open_during_run);
  TEST ("close-during-run", test_close_during_run);
  TEST ("run-parts", test_run_parts);
  TEST ("pin", test_pin);
  return g_test_run ();
}
