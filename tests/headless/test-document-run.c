/* test-document-run.c: one open workflow and its runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "documents.h"

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
  expected = type->decl->before_run (node->inputs, hearth_chance_get_default ());
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
