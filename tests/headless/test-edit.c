/* test-edit.c: every verb on nodes and their values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "edits.h"

/* --- nodes ---------------------------------------------------------------------- */

static void
test_add (Fixture      *f,
          gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  HearthNode *node = hearth_edit_add_node (f->edit, "core:MathOperation", 3, 4.5, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (node->id, ==, "MathOperation_1");
  assert_stored (f, node->id,
                 "{\"id\":\"MathOperation_1\",\"type\":\"core:MathOperation\",\"position\":{\"x\":3,\"y\":4.5},"
                 "\"configValues\":{\"operationMode\":\"add\"}}");
  g_assert_nonnull (node->type);
  /* One above the highest there is. */
  g_assert_cmpstr (hearth_edit_add_node (f->edit, "core:CreateMessage", 0, 0, NULL)->id, ==, "CreateMessage_3");
  g_assert_cmpstr (hearth_edit_add_node (f->edit, "core:CreateMessage", 0, 0, NULL)->id, ==, "CreateMessage_4");
  g_assert_cmpuint (f->batches, ==, 3);

  g_assert_null (hearth_edit_add_node (f->edit, "elsewhere:Unheard", 0, 0, &error));
  g_assert_error (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_REFUSED);
  g_assert_cmpuint (f->batches, ==, 3);
}

static void
test_add_frame (Fixture      *f,
                gconstpointer data)
{
  HearthNode *first = hearth_edit_add_node (f->edit, HEARTH_TYPE_ID_FRAME, 1, 2, NULL);
  HearthNode *second = hearth_edit_add_node (f->edit, HEARTH_TYPE_ID_FRAME, 1, 2, NULL);

  g_assert_true (g_str_has_prefix (first->id, "frame-1"));
  g_assert_cmpstr (first->id, !=, second->id);
  g_assert_true (hearth_node_is_frame (first));
  g_assert_cmpfloat (first->width, ==, 400);
  g_assert_cmpfloat (first->height, ==, 300);
}

static void
test_remove (Fixture      *f,
             gconstpointer data)
{
  const char *ids[] = { "CreateMessage_1", "nobody", NULL };

  hearth_edit_remove_nodes (f->edit, ids);
  g_assert_null (hearth_graph_get_node (f->graph, "CreateMessage_1"));
  g_assert_cmpuint (hearth_graph_get_n_nodes (f->graph), ==, 8);
  assert_edges (f, "default-group-input.input_0>NodeGroup_1.name nobody.>MergeMessages_1.message_inputs__1 "
                   "foreign-1.out>nobody-either. CreateMessage_2.messages>MergeMessages_1.message_inputs__0 "
                   "MergeMessages_1.messages>default-group-output.output_0");
  /* The list of nulls goes with the numbering: it would count as a value. */
  assert_stored (f, "MergeMessages_1",
                 "{\"id\":\"MergeMessages_1\",\"type\":\"core:MergeMessages\",\"position\":{\"x\":980,\"y\":160},"
                 "\"inputConnectionOrders\":{\"message_inputs\":[\"Hh4jK5lM6n\",\"lost-1\"]}}");
  g_assert_cmpuint (f->batches, ==, 1);
}

static void
test_remove_frame (Fixture      *f,
                   gconstpointer data)
{
  const char *ids[] = { "frame-1718000000000", "MergeMessages_1", NULL };
  HearthNode *child = hearth_graph_get_node (f->graph, "CreateMessage_1");

  hearth_edit_remove_nodes (f->edit, ids);
  g_assert_null (child->parent);
  g_assert_cmpfloat (child->x, ==, 620);
  g_assert_cmpfloat (child->y, ==, 100);
  assert_property (f, "previewTarget", "null");
}

static void
test_move (Fixture      *f,
           gconstpointer data)
{
  hearth_edit_move_node (f->edit, "CreateMessage_1", 700.5, 50);
  assert_stored (f, "CreateMessage_1",
                 "{\"id\":\"CreateMessage_1\",\"type\":\"core:CreateMessage\",\"position\":{\"x\":100.5,\"y\":-10},"
                 "\"parentNode\":\"frame-1718000000000\",\"width\":300,\"inputValues\":{\"role\":\"system\"}}");
  hearth_edit_move_node (f->edit, "nobody", 1, 1);
  /* A drag is one change, and none at all when it ends where it began. */
  for (guint i = 0; i < 100; i++)
    hearth_edit_move_node (f->edit, "CreateMessage_1", i, i);
  g_assert_cmpuint (hearth_edit_get_changes (f->edit)->len, ==, 1);
  g_assert_cmpuint (f->batches, ==, 101);
  g_assert_false (hearth_edit_is_empty (f->edit));
  hearth_edit_move_node (f->edit, "CreateMessage_1", 620, 100);
  g_assert_true (hearth_edit_is_empty (f->edit));
}

static void
test_set_parent (Fixture      *f,
                 gconstpointer data)
{
  HearthNode *inner = hearth_edit_add_node (f->edit, HEARTH_TYPE_ID_FRAME, 610, 70, NULL);
  HearthNode *node = hearth_graph_get_node (f->graph, "CreateMessage_2");
  HearthNode *child = hearth_graph_get_node (f->graph, "CreateMessage_1");
  double x, y;

  hearth_edit_set_parent (f->edit, inner->id, "frame-1718000000000");
  g_assert_cmpfloat (inner->x, ==, 10);
  hearth_edit_set_parent (f->edit, node->id, inner->id);
  g_assert_cmpstr (node->parent, ==, inner->id);
  g_assert_cmpfloat (node->x, ==, 30);
  hearth_graph_get_absolute (f->graph, node, &x, &y);
  g_assert_cmpfloat (x, ==, 640);
  g_assert_cmpfloat (y, ==, 420);
  hearth_edit_set_parent (f->edit, child->id, NULL);
  g_assert_null (child->parent);
  g_assert_cmpfloat (child->x, ==, 620);

  /* Refused: into itself, into what it holds, into what is no frame. */
  f->batches = 0;
  hearth_edit_set_parent (f->edit, "frame-1718000000000", "frame-1718000000000");
  hearth_edit_set_parent (f->edit, "frame-1718000000000", inner->id);
  hearth_edit_set_parent (f->edit, node->id, child->id);
  hearth_edit_set_parent (f->edit, node->id, "nobody");
  g_assert_cmpuint (f->batches, ==, 0);
}

static void
test_resize (Fixture      *f,
             gconstpointer data)
{
  HearthNode *node = hearth_graph_get_node (f->graph, "CreateMessage_2");

  hearth_edit_resize_node (f->edit, node->id, 333, 0);
  g_assert_cmpfloat (node->width, ==, 333);
  g_assert_null (hearth_value_get (node->stored, "height"));
  hearth_edit_resize_node (f->edit, node->id, 333, 444);
  g_assert_cmpfloat (node->height, ==, 444);
  hearth_edit_resize_node (f->edit, node->id, 333, 444);
  g_assert_cmpuint (f->batches, ==, 2);
}

static void
test_rename (Fixture      *f,
             gconstpointer data)
{
  HearthNode *node = hearth_graph_get_node (f->graph, "Zq8wE1rT2y");

  hearth_edit_rename_node (f->edit, node->id, "Root");
  g_assert_cmpstr (node->name, ==, "Root");
  hearth_edit_rename_node (f->edit, node->id, "Math");
  g_assert_null (hearth_value_get (node->stored, "displayName"));
  hearth_edit_rename_node (f->edit, node->id, "Other");
  hearth_edit_rename_node (f->edit, node->id, "");
  g_assert_null (node->name);
  hearth_edit_rename_node (f->edit, node->id, "Other");
  hearth_edit_rename_node (f->edit, node->id, NULL);
  g_assert_null (node->name);
}

static void
test_bypass (Fixture      *f,
             gconstpointer data)
{
  HearthNode *node = hearth_graph_get_node (f->graph, "Zq8wE1rT2y");

  hearth_edit_set_bypassed (f->edit, node->id, TRUE);
  g_assert_true (node->bypassed);
  hearth_edit_set_bypassed (f->edit, node->id, FALSE);
  g_assert_false (node->bypassed);
  g_assert_null (hearth_value_get (node->stored, "bypassed"));
  g_assert_true (hearth_edit_is_empty (f->edit));
}

/* --- values --------------------------------------------------------------------- */

static void
set_input (Fixture    *f,
           const char *id,
           const char *key,
           const char *json)
{
  g_autoptr (HearthValue) value = json != NULL ? test_parse (json) : NULL;

  hearth_edit_set_input (f->edit, id, key, value);
}

static void
test_set_input (Fixture      *f,
                gconstpointer data)
{
  HearthNode *message = hearth_graph_get_node (f->graph, "CreateMessage_1");
  HearthNode *root = hearth_graph_get_node (f->graph, "Zq8wE1rT2y");
  HearthNode *group = hearth_graph_get_node (f->graph, "NodeGroup_1");

  set_input (f, message->id, "content", "\"hi\"");
  g_assert_cmpstr (hearth_value_get_member_string (message->inputs, "content", NULL), ==, "hi");
  /* Defaults are not stored, and neither is an object without members. */
  set_input (f, message->id, "content", "\"\"");
  g_assert_null (hearth_value_get (message->inputs, "content"));
  set_input (f, message->id, "role", "\"user\"");
  g_assert_null (hearth_value_get (message->stored, "inputValues"));
  /* A slot of the mode in force, and its zero. */
  set_input (f, root->id, "value", "16");
  g_assert_cmpint (hearth_value_get_member_integer (root->inputs, "value", 0), ==, 16);
  set_input (f, root->id, "value", "0.0");
  g_assert_null (root->inputs);
  set_input (f, root->id, "value", "2");
  set_input (f, root->id, "value", NULL);
  g_assert_null (root->inputs);
  /* Groups keep every value, interfaces none, unknown nodes what they are given. */
  set_input (f, group->id, "tail", "\"\"");
  g_assert_cmpstr (hearth_value_get_member_string (group->inputs, "tail", NULL), ==, "");
  set_input (f, "default-group-output", "output_0", "1");
  g_assert_null (hearth_graph_get_node (f->graph, "default-group-output")->inputs);
  set_input (f, "foreign-1", "fresh", "null");
  g_assert_true (hearth_value_is (hearth_value_get (hearth_graph_get_node (f->graph, "foreign-1")->inputs, "fresh"), NULL));
}

static void
test_mode (Fixture      *f,
           gconstpointer data)
{
  g_autoptr (HearthValue) add = hearth_value_string ("add");
  g_autoptr (HearthValue) root = hearth_value_string ("sqrt");
  g_autoptr (HearthValue) other = hearth_value_integer (7);

  hearth_edit_set_config (f->edit, "n", "operationMode", add);
  connect_slots (f, "m", "result", "n", "a", -1);
  connect_slots (f, "n", "result", "o", "a", -1);
  hearth_edit_set_config (f->edit, "n", "unrelated", other);
  assert_edges (f, "m.result>n.a n.result>o.a");
  /* There is no input "a" in the other mode; the output is the same. */
  hearth_edit_set_config (f->edit, "n", "operationMode", root);
  assert_edges (f, "n.result>o.a");
  assert_stored (f, "n", "{\"id\":\"n\",\"type\":\"core:MathOperation\",\"configValues\":"
                         "{\"operationMode\":\"sqrt\",\"unrelated\":7}}");
  hearth_edit_set_config (f->edit, "n", "operationMode", NULL);
  hearth_edit_set_config (f->edit, "n", "unrelated", NULL);
  assert_stored (f, "n", "{\"id\":\"n\",\"type\":\"core:MathOperation\"}");
}

static void
test_reference (Fixture      *f,
                gconstpointer data)
{
  g_autoptr (HearthValue) known = hearth_value_string ("known");
  g_autoptr (HearthValue) unknown = hearth_value_string ("unknown");
  g_autoptr (HearthValue) inputs = test_parse ("{\"name\":{\"key\":\"name\",\"dataFlowType\":\"STRING\"}}");
  g_autoptr (HearthValue) outputs = test_parse ("{}");

  hearth_graph_set_group_interface (f->graph, "known", inputs, outputs);
  hearth_edit_set_config (f->edit, "NodeGroup_1", "referencedWorkflowId", unknown);
  g_assert_cmpuint (hearth_graph_get_edges_out (f->graph, "NodeGroup_1")->len, ==, 1);
  hearth_edit_set_config (f->edit, "NodeGroup_1", "referencedWorkflowId", known);
  g_assert_cmpuint (hearth_graph_get_edges_out (f->graph, "NodeGroup_1")->len, ==, 0);
  g_assert_cmpuint (hearth_graph_get_edges_in (f->graph, "NodeGroup_1")->len, ==, 1);
  hearth_edit_set_config (f->edit, "NodeGroup_1", "referencedWorkflowId", NULL);
  g_assert_cmpuint (hearth_graph_get_edges_in (f->graph, "NodeGroup_1")->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/edit/add", "greeter.json", test_add);
  add_test ("/edit/add-frame", "greeter.json", test_add_frame);
  add_test ("/edit/remove", "greeter.json", test_remove);
  add_test ("/edit/remove-frame", "greeter.json", test_remove_frame);
  add_test ("/edit/move", "greeter.json", test_move);
  add_test ("/edit/set-parent", "greeter.json", test_set_parent);
  add_test ("/edit/resize", "greeter.json", test_resize);
  add_test ("/edit/rename", "greeter.json", test_rename);
  add_test ("/edit/bypass", "greeter.json", test_bypass);
  add_test ("/edit/set-input", "greeter.json", test_set_input);
  add_test ("/edit/mode", PLAIN, test_mode);
  add_test ("/edit/reference", "greeter.json", test_reference);
  return g_test_run ();
}
