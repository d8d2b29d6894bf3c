/* test-canvas.c: the canvas widget on a real display
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-check.h"
#include "hearth-policy.h"

#include <adwaita.h>

#define N_NODES 200

static const HearthSlotDecl add_inputs[] = {
  { .key = "a", .type = HEARTH_DATA_INTEGER, .name = "A", .config = HEARTH_JSON ({ "default": 1, "max": 100 }) },
  { .key = "b", .type = HEARTH_DATA_INTEGER, .name = "B" },
  { .key = "on", .type = HEARTH_DATA_BOOLEAN, .name = "On" },
  { .key = "many", .type = HEARTH_DATA_INTEGER, .name = "Many", .flags = HEARTH_SLOT_MULTI },
  { 0 },
};
static const HearthSlotDecl add_outputs[] = {
  { .key = "sum", .type = HEARTH_DATA_INTEGER, .name = "Sum" },
  { .key = "words", .type = HEARTH_DATA_STRING, .name = "Words", .flags = HEARTH_SLOT_STREAM },
  { 0 },
};
static const HearthNodeDecl add_decl = { .type = "Add", .category = "Math", .name = "Add", .description = "Adds numbers.",
                                         .inputs = add_inputs, .outputs = add_outputs };

/* As the random number: its button asks for another value. */
static HearthValue *
throw_dice (HearthValue *inputs)
{
  return hearth_value_get_member_boolean (inputs, "throw", FALSE)
             ? hearth_value_object ("value", hearth_value_integer (6), NULL)
             : NULL;
}

static const HearthSlotDecl dice_inputs[] = {
  { .key = "value", .type = HEARTH_DATA_INTEGER, .name = "Value" },
  { .key = "throw", .type = HEARTH_DATA_WILDCARD, .name = "Throw", .categories = "Trigger" },
  { 0 },
};
static const HearthNodeDecl dice_decl = { .type = "Dice", .category = "Math", .name = "Dice", .inputs = dice_inputs,
                                          .before_run = throw_dice };

typedef struct
{
  GtkWidget *window;
  HearthCanvas *canvas;
  HearthGraph *graph;
  HearthHistory *history;
  GString *heard;
} Fixture;

static void
palette_cb (HearthCanvas *canvas,
            double x,
            double y,
            const char *node_id,
            const char *key,
            gboolean is_output,
            gpointer user_data)
{
  g_string_append_printf (user_data, "palette %s.%s %d;", node_id, key, is_output);
}

static void
message_cb (HearthCanvas *canvas,
            const char *text,
            gpointer user_data)
{
  g_string_append_printf (user_data, "message;");
}

static void
settle (void)
{
  for (int i = 0; i < 5; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (4000);
    }
}

static HearthValue *
make_workflow (guint n)
{
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%u", i);
      g_autofree char *name = g_strdup_printf ("Sum %u", i);

      hearth_builder_add (&nodes, NULL,
                          hearth_value_object ("id", hearth_value_string (id), "type",
                                               hearth_value_string (i == 7 ? "foreign:Thing" : "core:Add"), "displayName",
                                               hearth_value_string (name), "position",
                                               hearth_value_object ("x", hearth_value_integer (i % 20 * 288), "y",
                                                                    hearth_value_integer (i / 20 * 256), NULL),
                                               NULL));
    }
  return hearth_value_object ("id", hearth_value_string ("w"), "name", hearth_value_string ("W"), "nodes",
                              hearth_builder_end_array (&nodes), "edges", hearth_value_empty_array (), "viewport",
                              hearth_value_object ("x", hearth_value_integer (0), "y", hearth_value_integer (0), "zoom",
                                                   hearth_value_integer (1), NULL),
                              NULL);
}

static void
set_up (Fixture *f,
        gconstpointer data)
{
  g_autoptr (HearthCatalog) catalog = hearth_catalog_new ();
  g_autoptr (HearthValue) workflow = make_workflow (N_NODES);
  GError *error = NULL;

  hearth_catalog_add (catalog, &add_decl);
  hearth_catalog_add (catalog, &dice_decl);
  f->graph = hearth_graph_new_from_value (catalog, workflow, &error);
  g_assert_no_error (error);
  f->history = hearth_history_new (f->graph);
  f->heard = g_string_new (NULL);
  f->canvas = HEARTH_CANVAS (hearth_canvas_new ());
  g_signal_connect (f->canvas, "palette-requested", G_CALLBACK (palette_cb), f->heard);
  g_signal_connect (f->canvas, "message", G_CALLBACK (message_cb), f->heard);
  hearth_canvas_set_model (f->canvas, f->graph, f->history);
  f->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->canvas));
  gtk_window_present (GTK_WINDOW (f->window));
  settle ();
}

static void
tear_down (Fixture *f,
           gconstpointer data)
{
  gpointer canvas = f->canvas;

  g_object_add_weak_pointer (G_OBJECT (f->canvas), &canvas);
  gtk_window_destroy (GTK_WINDOW (f->window));
  settle ();
  g_assert_null (canvas);
  g_assert_finalize_object (f->history);
  g_assert_finalize_object (f->graph);
  g_string_free (f->heard, TRUE);
}

static void
command (Fixture *f,
         HearthCommand what)
{
  hearth_canvas_command_cb (&what, f->canvas);
}

static void
select_ids (Fixture *f,
            const char *first,
            const char *second)
{
  hearth_canvas_select (f->canvas, (const char *const[]){ first, second, NULL });
}

static gboolean
activate (Fixture *f,
          const char *action)
{
  return gtk_widget_activate_action (GTK_WIDGET (f->canvas), action, NULL);
}

static void
assert_selected (Fixture *f,
                 const char *expected)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (f->canvas);
  g_autofree char *joined = g_strjoinv (",", ids);

  g_assert_cmpstr (joined, ==, expected);
}

static void
assert_place (Fixture *f,
              const char *id,
              double x,
              double y)
{
  HearthNode *node = hearth_graph_get_node (f->graph, id);
  double ax, ay;

  g_assert_nonnull (node);
  hearth_graph_get_absolute (f->graph, node, &ax, &ay);
  g_assert_cmpfloat (ax, ==, x);
  g_assert_cmpfloat (ay, ==, y);
}

/* --- cards --------------------------------------------------------------------------------- */

static void
test_cards (Fixture *f,
            gconstpointer data)
{
  HearthCard *near = hearth_canvas_get_card (f->canvas, "n0"), *far = hearth_canvas_get_card (f->canvas, "n199");

  g_assert_cmpuint (g_hash_table_size (f->canvas->cards), ==, N_NODES);
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (near)));
  g_assert_false (gtk_widget_get_child_visible (GTK_WIDGET (far)));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (near), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (near), GTK_ACCESSIBLE_PROPERTY_LABEL, "Sum 0");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (near), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Adds numbers.");
  hearth_canvas_zoom_to_fit (f->canvas);
  settle ();
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (far)));
  g_assert_cmpint (f->canvas->lod, <, HEARTH_LOD_TEXT);
}

static void
test_unknown_type (Fixture *f,
                   gconstpointer data)
{
  HearthCardData *card = hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n7"));

  g_assert_true (card->is_unknown);
  g_assert_nonnull (strstr (card->error, "foreign:Thing"));
}

static void
test_run_events (Fixture *f,
                 gconstpointer data)
{
  GtkAccessible *card = GTK_ACCESSIBLE (hearth_canvas_get_card (f->canvas, "n0"));
  g_autoptr (HearthValue) outputs = hearth_value_object ("sum", hearth_value_integer (42), NULL);
  HearthCardData *shown = hearth_card_get_data (HEARTH_CARD (card));

  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_RUNNING });
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_LABEL, "Sum 0, waiting");
  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n0" });
  g_assert_cmpint (shown->state, ==, HEARTH_CARD_RUNNING);
  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_YIELD, .node_id = "n0" });
  g_assert_true (hearth_canvas_is_flowing (f->canvas, "n0"));
  hearth_canvas_show_event (f->canvas,
                            &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n0", .value = outputs });
  g_assert_false (hearth_canvas_is_flowing (f->canvas, "n0"));
  gtk_test_accessible_assert_property (card, GTK_ACCESSIBLE_PROPERTY_LABEL, "Sum 0, done");
  g_assert_cmpstr (hearth_card_data_find_row (shown, "sum", TRUE)->value, ==, "42");
  hearth_canvas_show_event (
      f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_ERROR, .node_id = "n1", .message = "No number." });
  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n2/inner" });
  g_assert_cmpint (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n2"))->state, ==, HEARTH_CARD_RUNNING);
  hearth_canvas_show_event (f->canvas, &(HearthRunEvent){ .kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_ERROR });
  g_assert_cmpstr (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n1"))->error, ==, "No number.");
  g_assert_cmpint (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n2"))->state, ==, HEARTH_CARD_DONE);
  g_assert_cmpint (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n9"))->state, ==, HEARTH_CARD_IDLE);
  /* An edit of the node does not wipe out what the run has shown */
  hearth_canvas_store_value (f->canvas, "n0", "b", FALSE, outputs);
  shown = hearth_card_get_data (HEARTH_CARD (card));
  g_assert_cmpstr (hearth_card_data_find_row (shown, "sum", TRUE)->value, ==, "42");
}

static HearthCardData *
get_data (Fixture *f,
          const char *id)
{
  return hearth_card_get_data (hearth_canvas_get_card (f->canvas, id));
}

static void
show (Fixture *f,
      HearthRunEvent event)
{
  hearth_canvas_show_event (f->canvas, &event);
}

static void
test_reused (Fixture *f,
             gconstpointer data)
{
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n0", .reused = TRUE, .why = "same as before" });
  g_assert_cmpint (get_data (f, "n0")->state, ==, HEARTH_CARD_DONE);
  g_assert_true (get_data (f, "n0")->reused);
  g_assert_cmpstr (get_data (f, "n0")->why, ==, "same as before");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (hearth_canvas_get_card (f->canvas, "n0")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Sum 0, done, from cache");
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_SKIPPED, .node_id = "n1", .message = "Branch not taken." });
  g_assert_cmpint (get_data (f, "n1")->state, ==, HEARTH_CARD_SKIPPED);
  g_assert_cmpstr (get_data (f, "n1")->why, ==, "Branch not taken.");
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_STATUS, .status = HEARTH_RUN_RUNNING });
  g_assert_false (get_data (f, "n0")->reused);
  g_assert_null (get_data (f, "n1")->why);
}

static void
set_config (Fixture *f,
            const char *id,
            const char *key,
            HearthValue *value)
{
  HearthEdit *edit = hearth_edit_new (f->graph, "Config");

  hearth_edit_set_config (edit, id, key, value);
  hearth_history_push (f->history, edit, NULL);
  hearth_value_unref (value);
}

static void
test_retry (Fixture *f,
            gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  set_config (f, "n0", HEARTH_POLICY_KEY,
              hearth_value_object ("retry", hearth_value_object ("count", hearth_value_integer (3), NULL), NULL));
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n0" });
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_RETRY, .node_id = "n0", .attempt = 2, .delay_ms = 40, .message = "Busy." });
  g_assert_cmpstr (hearth_card_data_get_notice (get_data (f, "n0")), ==, "Try 2 of 4 in 1 s. Busy.");
  g_assert_cmpint (get_data (f, "n0")->state, ==, HEARTH_CARD_RUNNING);
  /* Once the wait is over it does not say that there is one */
  while (strstr (get_data (f, "n0")->note, " s.") != NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (get_data (f, "n0")->note, ==, "Try 2 of 4");
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_RETRY, .node_id = "n0", .attempt = 3, .delay_ms = 60000 });
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n0" });
  g_assert_null (get_data (f, "n0")->note);
  g_assert_cmpuint (g_hash_table_size (f->canvas->retries), ==, 0);
}

static void
test_asks (Fixture *f,
           gconstpointer data)
{
  g_autoptr (HearthValue) question = hearth_value_object ("prompt", hearth_value_string ("Who\nare you?"), NULL);

  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n0" });
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_ASKS, .node_id = "n0", .value = question });
  g_assert_cmpint (get_data (f, "n0")->state, ==, HEARTH_CARD_ASKING);
  g_assert_cmpstr (get_data (f, "n0")->note, ==, "Who are you?");
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n0" });
  g_assert_cmpint (get_data (f, "n0")->state, ==, HEARTH_CARD_DONE);
  g_assert_null (get_data (f, "n0")->note);
  /* Inside a group it is the group that asks */
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_EXECUTING, .node_id = "n1/q" });
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_ASKS, .node_id = "n1/q", .value = question });
  g_assert_cmpint (get_data (f, "n1")->state, ==, HEARTH_CARD_ASKING);
  show (f, (HearthRunEvent){ .kind = HEARTH_EVENT_NODE_COMPLETE, .node_id = "n1/q" });
  g_assert_cmpint (get_data (f, "n1")->state, ==, HEARTH_CARD_RUNNING);
}

static void
test_problems (Fixture *f,
               gconstpointer data)
{
  HearthProblem weak = { .level = HEARTH_PROBLEM_WARNING, .node_id = (char *) "n0", .message = (char *) "Odd." };
  HearthProblem hard = { .level = HEARTH_PROBLEM_ERROR, .node_id = (char *) "n1/inner", .message = (char *) "Bad." };
  HearthProblem other = { .level = HEARTH_PROBLEM_ERROR, .node_id = (char *) "n0", .message = (char *) "Worse." };
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();

  g_ptr_array_add (problems, &weak);
  g_ptr_array_add (problems, &hard);
  hearth_canvas_set_problems (f->canvas, problems);
  g_assert_cmpstr (get_data (f, "n0")->problem, ==, "Odd.");
  g_assert_false (get_data (f, "n0")->problem_is_error);
  g_assert_true (get_data (f, "n1")->problem_is_error);
  g_assert_null (get_data (f, "n2")->problem);
  /* An edit does not take the mark away; the next check does */
  set_config (f, "n0", "x", hearth_value_integer (1));
  g_assert_cmpstr (get_data (f, "n0")->problem, ==, "Odd.");
  g_ptr_array_add (problems, &other);
  hearth_canvas_set_problems (f->canvas, problems);
  g_assert_cmpstr (get_data (f, "n0")->problem, ==, "Odd.\nWorse.");
  g_assert_true (get_data (f, "n0")->problem_is_error);
  hearth_canvas_set_problems (f->canvas, NULL);
  g_assert_null (get_data (f, "n0")->problem);
}

static void
test_pinned (Fixture *f,
             gconstpointer data)
{
  g_assert_false (get_data (f, "n0")->pinned);
  set_config (f, "n0", HEARTH_PINNED_KEY, hearth_value_object ("sum", hearth_value_integer (1), NULL));
  g_assert_true (get_data (f, "n0")->pinned);
  hearth_history_undo (f->history);
  g_assert_false (get_data (f, "n0")->pinned);
}

/* --- edits by actions ----------------------------------------------------------------------------- */

static void
test_add_and_undo (Fixture *f,
                   gconstpointer data)
{
  HearthNode *node;

  hearth_canvas_add_node (f->canvas, "core:Add", 103, 98, "n0", "sum", TRUE);
  node = hearth_canvas_get_selected_node (f->canvas);
  g_assert_nonnull (node);
  assert_place (f, node->id, 96, 96);
  g_assert_cmpuint (hearth_graph_get_n_edges (f->graph), ==, 1);
  g_assert_cmpstr (hearth_graph_edge_at (f->graph, 0)->target_key, ==, "a");
  g_assert_cmpuint (g_hash_table_size (f->canvas->cards), ==, N_NODES + 1);
  g_assert_true (activate (f, "canvas.undo"));
  g_assert_cmpuint (hearth_graph_get_n_nodes (f->graph), ==, N_NODES);
  g_assert_cmpuint (g_hash_table_size (f->canvas->cards), ==, N_NODES);
  assert_selected (f, "");
  g_assert_true (activate (f, "canvas.redo"));
  g_assert_cmpuint (g_hash_table_size (f->canvas->cards), ==, N_NODES + 1);
  hearth_canvas_add_node (f->canvas, "no:Such", 0, 0, NULL, NULL, FALSE);
  g_assert_cmpstr (f->heard->str, ==, "message;");
}

static void
test_trigger (Fixture *f,
              gconstpointer data)
{
  HearthCardRow *row;
  HearthNode *node;

  hearth_canvas_add_node (f->canvas, "core:Dice", 0, 0, NULL, NULL, FALSE);
  node = hearth_canvas_get_selected_node (f->canvas);
  row = hearth_card_data_find_row (get_data (f, node->id), "throw", FALSE);
  g_assert_nonnull (row);
  g_assert_cmpint (row->kind, ==, HEARTH_ROW_BUTTON);
  g_assert_cmpint (row->shape, ==, HEARTH_DOT_NONE);
  /* A click on it is a click on a value */
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_EDIT, .node_id = node->id, .key = "throw" });
  g_assert_false (hearth_canvas_is_editing (f->canvas));
  g_assert_cmpfloat (hearth_value_get_member_double (hearth_canvas_get_selected_node (f->canvas)->inputs, "value", 0), ==, 6);
  g_assert_null (hearth_value_get (hearth_canvas_get_selected_node (f->canvas)->inputs, "throw"));
  hearth_history_undo (f->history);
  g_assert_null (hearth_value_get (hearth_canvas_get_selected_node (f->canvas)->inputs, "value"));
  hearth_canvas_press_trigger (f->canvas, "n0", "a");
  g_assert_cmpstr (f->heard->str, ==, "message;");
}

static void
test_point (Fixture *f,
            gconstpointer data)
{
  double x, y;

  hearth_canvas_set_zoom (f->canvas, 0.5, 0, 0);
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_PAN, .dx = 30, .dy = -10 });
  hearth_canvas_point_from_widget (f->canvas, 130, 90, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, (130 - f->canvas->viewport.x) / f->canvas->viewport.zoom, 1e-9);
  g_assert_cmpfloat_with_epsilon (x, 100 / f->canvas->viewport.zoom, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 100 / f->canvas->viewport.zoom, 1e-9);
}

static void
test_delete_mute_duplicate (Fixture *f,
                            gconstpointer data)
{
  select_ids (f, "n3", "n4");
  activate (f, "canvas.bypass");
  g_assert_true (hearth_graph_get_node (f->graph, "n3")->bypassed);
  g_assert_true (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n4"))->bypassed);
  activate (f, "canvas.bypass");
  g_assert_false (hearth_graph_get_node (f->graph, "n3")->bypassed);
  activate (f, "canvas.duplicate");
  g_assert_cmpuint (hearth_graph_get_n_nodes (f->graph), ==, N_NODES + 2);
  select_ids (f, "n3", "n4");
  activate (f, "canvas.delete");
  g_assert_null (hearth_canvas_get_card (f->canvas, "n3"));
  g_assert_cmpuint (hearth_graph_get_n_nodes (f->graph), ==, N_NODES);
  activate (f, "canvas.undo");
  g_assert_nonnull (hearth_canvas_get_card (f->canvas, "n3"));
  activate (f, "canvas.select-all");
  g_assert_cmpuint (g_hash_table_size (f->canvas->selected), ==, N_NODES + 2);
}

static void
test_card_action (Fixture *f,
                  gconstpointer data)
{
  GtkWidget *card = GTK_WIDGET (hearth_canvas_get_card (f->canvas, "n5"));

  select_ids (f, "n1", NULL);
  g_assert_true (gtk_widget_activate_action (card, "card.delete", NULL));
  g_assert_null (hearth_graph_get_node (f->graph, "n5"));
  g_assert_nonnull (hearth_graph_get_node (f->graph, "n1"));
}

static void
test_paste (Fixture *f,
            gconstpointer data)
{
  g_assert_false (hearth_canvas_paste_text (f->canvas, "Hello", 0, 0));
  g_assert_false (hearth_canvas_paste_text (f->canvas, "{\"a\":1}", 0, 0));
  g_assert_true (hearth_canvas_paste_text (
      f->canvas,
      "{\"source\":\"ComfyTavernWorkflowFragment\",\"version\":\"1.0\",\"data\":{\"nodes\":[{\"id\":\"n0\","
      "\"type\":\"core:Add\",\"position\":{\"x\":5,\"y\":5}}],\"edges\":[]}}",
      320, 160));
  g_assert_cmpuint (hearth_graph_get_n_nodes (f->graph), ==, N_NODES + 1);
  assert_place (f, hearth_canvas_get_selected_node (f->canvas)->id, 320, 160);
}

/* --- edits by hand ----------------------------------------------------------------------------- */

static void
test_move (Fixture *f,
           gconstpointer data)
{
  select_ids (f, "n0", "n1");
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_BEGIN });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_TO, .dx = 37, .dy = -20 });
  assert_place (f, "n0", 0, 0); /* nothing is edited before it is dropped */
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_END });
  assert_place (f, "n0", 32, -16);
  assert_place (f, "n1", 320, -16);
  g_assert_cmpuint (hearth_history_get_length (f->history), ==, 1);
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_BEGIN });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_TO, .dx = 500, .dy = 0 });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_CANCEL });
  assert_place (f, "n0", 32, -16);
  activate (f, "canvas.undo");
  assert_place (f, "n1", 288, 0);
}

static void
test_frame_takes_its_nodes_along (Fixture *f,
                                  gconstpointer data)
{
  HearthNode *frame;
  g_autofree char *frame_id = NULL;

  select_ids (f, "n0", NULL);
  activate (f, "canvas.frame");
  frame = hearth_canvas_get_selected_node (f->canvas);
  g_assert_true (hearth_node_is_frame (frame));
  frame_id = g_strdup (frame->id);
  g_assert_cmpstr (hearth_graph_get_node (f->graph, "n0")->parent, ==, frame_id);
  assert_place (f, "n0", 0, 0);
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_BEGIN });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_TO, .dx = 0, .dy = -320 });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_END });
  assert_place (f, "n0", 0, -320);
  /* Dropped on the frame another node belongs to it, dragged out it does not */
  select_ids (f, "n20", NULL);
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_BEGIN });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_TO, .dx = 0, .dy = -560 });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_END });
  g_assert_cmpstr (hearth_graph_get_node (f->graph, "n20")->parent, ==, frame_id);
  assert_place (f, "n20", 0, -304);
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_BEGIN });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_TO, .dx = -800, .dy = 0 });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_MOVE_END });
  g_assert_null (hearth_graph_get_node (f->graph, "n20")->parent);
  assert_place (f, "n20", -800, -304);
}

static void
get_dot (Fixture *f,
         const char *id,
         const char *key,
         gboolean is_output,
         double *x,
         double *y)
{
  g_assert_true (hearth_canvas_get_anchor (f->canvas, id, key, is_output, x, y));
}

static void
connect_to (Fixture *f,
            double x,
            double y)
{
  HearthHit hit;

  hearth_canvas_pick (f->canvas, x, y, &hit);
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_CONNECT_TO, .x = x, .y = y, .hit = &hit });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_CONNECT_END, .x = x, .y = y, .hit = &hit });
}

static void
test_connect (Fixture *f,
              gconstpointer data)
{
  HearthCommand begin = { .kind = HEARTH_COMMAND_CONNECT_BEGIN, .node_id = "n0", .key = "sum", .is_output = TRUE };
  HearthCardRow *row;
  double x, y;

  command (f, begin);
  row = hearth_card_data_find_row (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n1")), "b", FALSE);
  g_assert_cmpint (row->fit, ==, HEARTH_FIT_YES);
  row = hearth_card_data_find_row (hearth_card_get_data (hearth_canvas_get_card (f->canvas, "n1")), "sum", TRUE);
  g_assert_cmpint (row->fit, ==, HEARTH_FIT_NO);
  get_dot (f, "n1", "b", FALSE, &x, &y);
  connect_to (f, x, y);
  g_assert_cmpuint (hearth_graph_get_n_edges (f->graph), ==, 1);
  g_assert_cmpstr (hearth_graph_edge_at (f->graph, 0)->target_handle, ==, "b");
  g_assert_false (f->canvas->connect.active);

  /* Text does not go into a number */
  begin.key = "words";
  command (f, begin);
  get_dot (f, "n1", "a", FALSE, &x, &y);
  connect_to (f, x, y);
  g_assert_cmpuint (hearth_graph_get_n_edges (f->graph), ==, 1);
  g_assert_cmpstr (f->heard->str, ==, "message;");

  /* Into the void: a node is asked for */
  command (f, begin);
  connect_to (f, 254, 690);
  g_assert_cmpstr (f->heard->str, ==, "message;palette n0.words 1;");
}

static void
test_replug (Fixture *f,
             gconstpointer data)
{
  g_autoptr (HearthEdit) edit = hearth_edit_new (f->graph, "Connect");
  HearthEdge *edge = hearth_edit_connect (edit, "n0", "sum", "n1", "a", -1, NULL);
  g_autofree char *id = g_strdup (edge->id);
  HearthHit hit;
  double x, y;

  hearth_history_push (f->history, g_steal_pointer (&edit), NULL);
  get_dot (f, "n1", "a", FALSE, &x, &y);
  hearth_canvas_pick (f->canvas, x, y, &hit);
  g_assert_cmpint (hit.kind, ==, HEARTH_HIT_DOT);
  g_assert_cmpstr (hit.edge_id, ==, id);

  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_REPLUG_BEGIN, .edge_id = id });
  get_dot (f, "n2", "b", FALSE, &x, &y);
  connect_to (f, x, y);
  g_assert_cmpuint (hearth_graph_get_n_edges (f->graph), ==, 1);
  edge = hearth_graph_edge_at (f->graph, 0);
  g_assert_cmpstr (edge->target, ==, "n2");
  g_assert_cmpstr (edge->target_handle, ==, "b");
  g_assert_cmpuint (hearth_history_get_length (f->history), ==, 2);

  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_REPLUG_BEGIN, .edge_id = edge->id });
  connect_to (f, 254, 690);
  g_assert_cmpuint (hearth_graph_get_n_edges (f->graph), ==, 0);
}

static void
test_band (Fixture *f,
           gconstpointer data)
{
  /* Touches the corners of n0 and n1 only */
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_BAND_TO, .x = 200, .y = -10, .dx = 100, .dy = 40 });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_BAND_END });
  assert_selected (f, "n0,n1");
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_BAND_TO, .x = 600, .y = 0, .dx = 50, .dy = 50, .toggle = TRUE });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_BAND_END });
  assert_selected (f, "n0,n1,n2");
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_BAND_TO, .x = 600, .y = 0, .dx = 50, .dy = 50 });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_BAND_CANCEL });
  assert_selected (f, "");
}

static void
test_resize (Fixture *f,
             gconstpointer data)
{
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_RESIZE_BEGIN, .node_id = "n0" });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_RESIZE_TO, .dx = 100, .dy = 50 });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_RESIZE_END });
  g_assert_cmpfloat (hearth_graph_get_node (f->graph, "n0")->width, ==, 320);
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_RESIZE_BEGIN, .node_id = "n0" });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_RESIZE_TO, .dx = -900 });
  command (f, (HearthCommand){ .kind = HEARTH_COMMAND_RESIZE_END });
  g_assert_cmpfloat (hearth_graph_get_node (f->graph, "n0")->width, ==, HEARTH_CARD_MIN_WIDTH);
}

/* --- values ---------------------------------------------------------------------------------------- */

static void
type_in (Fixture *f,
         const char *text)
{
  g_assert_true (hearth_canvas_is_editing (f->canvas));
  gtk_editable_set_text (GTK_EDITABLE (f->canvas->editor.text), text);
}

static void
test_edit_values (Fixture *f,
                  gconstpointer data)
{
  HearthNode *node;

  g_assert_true (hearth_canvas_edit_value (f->canvas, "n0", "a", FALSE));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (f->canvas->editor.text)), ==, "1");
  type_in (f, "12");
  g_assert_true (hearth_canvas_edit_accept (f->canvas));
  node = hearth_graph_get_node (f->graph, "n0");
  g_assert_cmpint (hearth_value_get_member_integer (node->inputs, "a", -1), ==, 12);

  hearth_canvas_edit_value (f->canvas, "n0", "a", FALSE);
  type_in (f, "5000");
  hearth_canvas_edit_accept (f->canvas);
  node = hearth_graph_get_node (f->graph, "n0");
  g_assert_cmpint (hearth_value_get_member_integer (node->inputs, "a", -1), ==, 100);

  hearth_canvas_edit_value (f->canvas, "n0", "a", FALSE);
  type_in (f, "many");
  g_assert_false (hearth_canvas_edit_accept (f->canvas));
  g_assert_cmpstr (f->heard->str, ==, "message;");
  hearth_canvas_edit_close (f->canvas);
  node = hearth_graph_get_node (f->graph, "n0");
  g_assert_cmpint (hearth_value_get_member_integer (node->inputs, "a", -1), ==, 100);

  hearth_canvas_edit_value (f->canvas, "n0", "on", FALSE);
  g_assert_false (hearth_canvas_is_editing (f->canvas));
  node = hearth_graph_get_node (f->graph, "n0");
  g_assert_true (hearth_value_get_member_boolean (node->inputs, "on", FALSE));

  select_ids (f, "n0", NULL);
  activate (f, "canvas.rename");
  type_in (f, "加法 🙂");
  hearth_canvas_edit_accept (f->canvas);
  g_assert_cmpstr (hearth_graph_get_node (f->graph, "n0")->name, ==, "加法 🙂");
}

static void
test_walk (Fixture *f,
           gconstpointer data)
{
  select_ids (f, "n0", NULL);
  hearth_canvas_walk (f->canvas, GTK_DIR_RIGHT);
  assert_selected (f, "n1");
  hearth_canvas_walk (f->canvas, GTK_DIR_DOWN);
  assert_selected (f, "n21");
  hearth_canvas_walk (f->canvas, GTK_DIR_LEFT);
  assert_selected (f, "n20");
  hearth_canvas_walk (f->canvas, GTK_DIR_UP);
  assert_selected (f, "n0");
  hearth_canvas_reveal (f->canvas, "n199");
  settle ();
  g_assert_true (gtk_widget_get_child_visible (GTK_WIDGET (hearth_canvas_get_card (f->canvas, "n199"))));
}

int
main (int argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  adw_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/canvas/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("cards", test_cards);
  ADD ("unknown-type", test_unknown_type);
  ADD ("run-events", test_run_events);
  ADD ("reused", test_reused);
  ADD ("retry", test_retry);
  ADD ("asks", test_asks);
  ADD ("problems", test_problems);
  ADD ("pinned", test_pinned);
  ADD ("trigger", test_trigger);
  ADD ("point", test_point);
  ADD ("add-undo", test_add_and_undo);
  ADD ("delete-mute-duplicate", test_delete_mute_duplicate);
  ADD ("card-action", test_card_action);
  ADD ("paste", test_paste);
  ADD ("move", test_move);
  ADD ("frame", test_frame_takes_its_nodes_along);
  ADD ("connect", test_connect);
  ADD ("replug", test_replug);
  ADD ("band", test_band);
  ADD ("resize", test_resize);
  ADD ("edit-values", test_edit_values);
  ADD ("walk", test_walk);
  return g_test_run ();
}
