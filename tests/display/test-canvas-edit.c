/* test-canvas-edit.c: edits on the canvas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "canvases.h"

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
