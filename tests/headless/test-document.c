/* test-document.c: one open workflow between the disk and other savers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "documents.h"

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
  return g_test_run ();
}
