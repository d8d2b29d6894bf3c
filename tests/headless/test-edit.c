/* test-edit.c: every verb on a graph
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-edit.h"
#include "test-types.h"

typedef struct
{
  HearthGraph *graph;
  HearthEdit  *edit;
  char        *original;
  guint        batches;
} Fixture;

static void
changed_cb (HearthGraph *graph,
            GPtrArray   *changes,
            Fixture     *f)
{
  g_assert_cmpuint (changes->len, >, 0);
  f->batches++;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->graph = g_str_has_suffix (data, ".json") ? test_graph_read (data) : test_graph_new (data);
  f->original = test_print (f->graph);
  f->edit = hearth_edit_new (f->graph, "Test");
  g_signal_connect (f->graph, "changed", G_CALLBACK (changed_cb), f);
}

/* Whatever a test did, taking it back gives the workflow it began with, to the letter. */
static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *reverted = NULL;

  hearth_edit_revert (f->edit);
  reverted = test_print (f->graph);
  g_assert_cmpstr (reverted, ==, f->original);
  g_free (f->original);
  g_object_unref (f->graph);
}

static void
assert_stored (Fixture    *f,
               const char *id,
               const char *expected)
{
  HearthNode *node = hearth_graph_get_node (f->graph, id);
  g_autofree char *text = NULL;

  g_assert_nonnull (node);
  text = hearth_json_print (node->stored);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_property (Fixture    *f,
                 const char *key,
                 const char *expected)
{
  HearthValue *value = hearth_graph_get_property (f->graph, key);
  g_autofree char *text = value != NULL ? hearth_json_print (value) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

/* "a.result>t.text_inputs__0 …", in the order of the graph. */
static void
assert_edges (Fixture    *f,
              const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hearth_graph_get_n_edges (f->graph); i++)
    {
      HearthEdge *edge = hearth_graph_edge_at (f->graph, i);

      g_string_append_printf (text, "%s%s.%s>%s.%s", i > 0 ? " " : "", edge->source, edge->source_handle,
                              edge->target, edge->target_handle);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static HearthEdge *
connect_slots (Fixture    *f,
               const char *source,
               const char *output,
               const char *target,
               const char *input,
               int         index)
{
  g_autoptr (GError) error = NULL;
  HearthEdge *edge = hearth_edit_connect (f->edit, source, output, target, input, index, &error);

  g_assert_no_error (error);
  g_assert_nonnull (edge);
  return edge;
}

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

/* --- edges ---------------------------------------------------------------------- */

static void
test_connect_single (Fixture      *f,
                     gconstpointer data)
{
  HearthEdge *edge = connect_slots (f, "m", "result", "o", "a", -1);
  g_autofree char *id = g_strdup (edge->id);

  g_assert_cmpuint (strlen (edge->id), ==, 10);
  g_assert_cmpstr (hearth_value_get_member_string (edge->stored, "targetHandle", NULL), ==, "a");
  /* The same again changes nothing, another source takes its place. */
  g_assert_true (connect_slots (f, "m", "result", "o", "a", -1) == edge);
  connect_slots (f, "n", "result", "o", "a", -1);
  assert_edges (f, "n.result>o.a");
  g_assert_null (hearth_graph_get_edge (f->graph, id));
  hearth_edit_disconnect (f->edit, hearth_graph_edge_at (f->graph, 0)->id);
  assert_edges (f, "");
  hearth_edit_disconnect (f->edit, "nobody");
  g_assert_cmpuint (f->batches, ==, 3);
}

static void
assert_order (Fixture    *f,
              const char *expected)
{
  g_autoptr (GPtrArray) edges = hearth_graph_list_multi (f->graph, "t", "text_inputs");
  HearthValue *order = hearth_value_get (hearth_graph_get_node (f->graph, "t")->orders, "text_inputs");
  g_autoptr (GString) sources = g_string_new (NULL);

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      g_string_append (sources, edge->source);
      g_assert_cmpint (edge->target_index, ==, i);
      g_assert_cmpstr (hearth_value_get_string (hearth_value_at (order, i), NULL), ==, edge->id);
    }
  g_assert_cmpuint (order != NULL ? hearth_value_get_length (order) : 0, ==, edges->len);
  g_assert_cmpstr (sources->str, ==, expected);
}

static void
test_connect_multi (Fixture      *f,
                    gconstpointer data)
{
  HearthEdge *second;

  connect_slots (f, "m", "result", "t", "text_inputs", -1);
  second = connect_slots (f, "n", "result", "t", "text_inputs", -1);
  connect_slots (f, "o", "result", "t", "text_inputs", 0);
  assert_order (f, "omn");
  connect_slots (f, "m", "result", "t", "text_inputs__1", -1);
  assert_order (f, "ommn");
  hearth_edit_move_in_multi (f->edit, "t", "text_inputs", 0, 3);
  assert_order (f, "mmno");
  hearth_edit_move_in_multi (f->edit, "t", "text_inputs", 3, 2);
  assert_order (f, "mmon");
  hearth_edit_move_in_multi (f->edit, "t", "text_inputs", 0, 4);
  assert_order (f, "mmon");
  hearth_edit_disconnect (f->edit, second->id);
  assert_order (f, "mmo");
  while (hearth_graph_get_n_edges (f->graph) > 0)
    hearth_edit_disconnect (f->edit, hearth_graph_edge_at (f->graph, 0)->id);
  assert_stored (f, "t", "{\"id\":\"t\",\"type\":\"core:TextMerge\"}");
}

static void
test_refusals (Fixture      *f,
               gconstpointer data)
{
  static const struct
  {
    const char *source, *output, *target, *input, *why;
  } refused[] = {
    { "m", "result", "nobody", "a", "There is no node “nobody”." },
    { "m", "result", "m", "a", "A node cannot feed itself." },
    { "m", "nothing", "n", "value", "“Math” has no output “nothing”." },
    { "m", "result", "o", "value", "“Last” has no input “value”." },
    { "m", "result", "t", "separator__0", "“Merge texts” has no input “separator__0”." },
    { "v", "text", "o", "a", "“Text” gives text, but “a” takes number." },
    { "m", "result", "v", "button", "The input “button” cannot be connected." },
    { "m", "result", "v", "hidden", "The input “hidden” cannot be connected." },
    { "o", "result", "m", "a", "This would make a circle: “Math” already leads to “Last”." },
  };

  connect_slots (f, "m", "result", "n", "value", -1);
  connect_slots (f, "n", "result", "o", "a", -1);
  f->batches = 0;
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *why = hearth_graph_why_not_connect (f->graph, refused[i].source, refused[i].output,
                                                           refused[i].target, refused[i].input);

      g_assert_cmpstr (why, ==, refused[i].why);
      g_assert_null (hearth_edit_connect (f->edit, refused[i].source, refused[i].output, refused[i].target,
                                          refused[i].input, -1, &error));
      g_assert_error (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_REFUSED);
      g_assert_cmpstr (error->message, ==, refused[i].why);
    }
  g_assert_cmpuint (f->batches, ==, 0);
  g_assert_null (hearth_graph_why_not_connect (f->graph, "m", "result", "o", "b"));
}

/* Callers may name things by the graph's own texts, which the verb replaces or frees. */
static void
test_own_texts (Fixture      *f,
                gconstpointer data)
{
  HearthEdge *edge = connect_slots (f, "m", "result", "t", "text_inputs", -1);
  HearthNode *node = hearth_graph_get_node (f->graph, "n");
  const char *twice[] = { node->id, node->id, NULL };

  connect_slots (f, "o", "result", "t", "text_inputs", -1);
  hearth_edit_move_in_multi (f->edit, edge->target, edge->target_key, 0, 1);
  assert_order (f, "om");
  connect_slots (f, edge->source, edge->source_handle, edge->target, edge->target_handle, 0);
  assert_order (f, "mom");
  hearth_edit_disconnect (f->edit, edge->id);
  assert_order (f, "mo");
  hearth_edit_set_config (f->edit, node->id, hearth_value_key_at (node->config, 0), NULL);
  g_assert_null (node->config);
  hearth_edit_remove_nodes (f->edit, twice);
  g_assert_null (hearth_graph_get_node (f->graph, "n"));
}

/* --- the workflow ------------------------------------------------------------------ */

static void
test_property (Fixture      *f,
               gconstpointer data)
{
  g_autoptr (HearthValue) name = hearth_value_string ("New name");
  g_autoptr (HearthValue) same = hearth_value_string ("New name");

  hearth_edit_set_property (f->edit, "name", name);
  g_assert_cmpstr (hearth_graph_get_name (f->graph), ==, "New name");
  hearth_edit_set_property (f->edit, "name", same);
  g_assert_cmpuint (f->batches, ==, 1);
  hearth_edit_set_property (f->edit, "unknownObject", NULL);
  g_assert_null (hearth_graph_get_property (f->graph, "unknownObject"));
  hearth_edit_set_property (f->edit, "brandNew", name);
  assert_property (f, "brandNew", "\"New name\"");
}

static void
test_adopt (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *why = NULL;

  connect_slots (f, "in", "input_0", "v", "count", -1);
  assert_property (f, "interfaceInputs",
                   "{\"input_0\":{\"key\":\"input_0\",\"displayName\":\"Count\",\"dataFlowType\":\"INTEGER\","
                   "\"allowDynamicType\":true,\"matchCategories\":[],\"customDescription\":\"\","
                   "\"config\":{\"min\":0,\"max\":10},\"min\":0,\"max\":10,\"required\":true},"
                   "\"input_1\":{\"key\":\"input_1\",\"displayName\":\"*\",\"dataFlowType\":\"CONVERTIBLE_ANY\","
                   "\"allowDynamicType\":true}}");
  /* The output side has no interface yet: its open slot is there all the same, and stays last. */
  connect_slots (f, "v", "stream", "v2", "stream", -1);
  connect_slots (f, "m", "result", "out", "output_0", -1);
  assert_property (f, "interfaceOutputs",
                   "{\"output_0\":{\"key\":\"output_0\",\"displayName\":\"result\",\"dataFlowType\":\"FLOAT\","
                   "\"matchCategories\":[],\"customDescription\":\"\",\"config\":{},\"allowDynamicType\":true},"
                   "\"output_1\":{\"key\":\"output_1\",\"displayName\":\"*\",\"dataFlowType\":\"CONVERTIBLE_ANY\","
                   "\"allowDynamicType\":true}}");
  assert_edges (f, "in.input_0>v.count v.stream>v2.stream m.result>out.output_0");
  /* A wildcard never converts: it cannot meet an open slot at all. */
  why = hearth_graph_why_not_connect (f->graph, "in", "input_1", "v", "any");
  g_assert_nonnull (why);
  /* Two open slots may be joined; both stay open. */
  connect_slots (f, "in", "input_1", "out", "output_1", -1);
  g_assert_null (hearth_value_get (hearth_graph_get_property (f->graph, "interfaceInputs"), "input_2"));
}

static void
test_interface (Fixture      *f,
                gconstpointer data)
{
  g_autoptr (HearthValue) entry = test_parse ("{\"displayName\":\"Age\",\"dataFlowType\":\"INTEGER\"}");
  g_autoptr (HearthValue) list = test_parse ("{\"key\":\"output_0\",\"dataFlowType\":\"BINARY\"}");
  HearthValue *interface;

  /* Before the open slots, with its key. */
  hearth_edit_set_interface (f->edit, FALSE, "age", entry);
  interface = hearth_graph_get_property (f->graph, "interfaceInputs");
  g_assert_cmpstr (hearth_value_key_at (interface, 1), ==, "age");
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_get (interface, "age"), "key", NULL), ==, "age");
  g_assert_cmpuint (hearth_value_get_length (interface), ==, 3);
  /* What no longer fits goes. */
  hearth_edit_set_interface (f->edit, TRUE, "output_0", list);
  g_assert_cmpuint (hearth_graph_get_edges_in (f->graph, "default-group-output")->len, ==, 0);
  hearth_edit_set_interface (f->edit, FALSE, "input_0", NULL);
  g_assert_cmpuint (hearth_graph_get_edges_out (f->graph, "default-group-input")->len, ==, 0);
  interface = hearth_graph_get_property (f->graph, "interfaceInputs");
  g_assert_null (hearth_value_get (interface, "input_0"));
}

/* The order of an interface is what people see, so changing only that is a change. */
static void
test_interface_order (Fixture      *f,
                      gconstpointer data)
{
  g_autoptr (HearthValue) turned = test_parse (
    "{\"tail\":{\"key\":\"tail\",\"displayName\":\"tail\",\"dataFlowType\":\"STRING\",\"config\":{\"default\":\"!\"}},"
    "\"name\":{\"key\":\"name\",\"displayName\":\"name\",\"dataFlowType\":\"STRING\"}}");

  hearth_edit_set_property (f->edit, "interfaceInputs", turned);
  g_assert_false (hearth_edit_is_empty (f->edit));
  g_assert_cmpstr (hearth_value_key_at (hearth_graph_get_property (f->graph, "interfaceInputs"), 0), ==, "tail");
}

/* --- copy and paste ----------------------------------------------------------------- */

static void
test_copy (Fixture      *f,
           gconstpointer data)
{
  const char *ids[] = { "MergeMessages_1", "CreateMessage_1", NULL };
  g_autoptr (HearthValue) fragment = hearth_graph_copy (f->graph, ids);
  g_autofree char *text = hearth_json_print (fragment);

  g_assert_cmpstr (text, ==,
                   "{\"source\":\"ComfyTavernWorkflowFragment\",\"version\":\"1.0\",\"data\":{\"nodes\":["
                   "{\"id\":\"CreateMessage_1\",\"type\":\"core:CreateMessage\",\"position\":{\"x\":620,\"y\":100},"
                   "\"width\":300,\"inputValues\":{\"role\":\"system\"}},"
                   "{\"id\":\"MergeMessages_1\",\"type\":\"core:MergeMessages\",\"position\":{\"x\":980,\"y\":160},"
                   "\"inputValues\":{\"message_inputs\":[null,null]},\"inputConnectionOrders\":{\"message_inputs\":"
                   "[\"Vb1cD2eF3g\",\"Hh4jK5lM6n\"]}}],\"edges\":["
                   "{\"id\":\"Vb1cD2eF3g\",\"source\":\"CreateMessage_1\",\"target\":\"MergeMessages_1\","
                   "\"sourceHandle\":\"messages\",\"targetHandle\":\"message_inputs__0\"}]}}");
}

static void
test_paste (Fixture      *f,
            gconstpointer data)
{
  const char *ids[] = { "MergeMessages_1", "CreateMessage_1", "frame-1718000000000", "CreateMessage_2", NULL };
  g_autoptr (HearthValue) fragment = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) made = NULL;
  g_autoptr (GPtrArray) edges = NULL;
  HearthNode *merge, *inner, *frame;
  HearthValue *order;

  hearth_edit_move_in_multi (f->edit, "MergeMessages_1", "message_inputs", 0, 1);
  fragment = hearth_graph_copy (f->graph, ids);
  made = hearth_edit_paste (f->edit, fragment, 1000, 2000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (made), ==, 4);
  g_assert_cmpstr (made[0], ==, "CreateMessage_3");
  g_assert_cmpstr (made[1], ==, "MergeMessages_2");
  g_assert_cmpstr (made[2], ==, "CreateMessage_4");
  g_assert_true (g_str_has_prefix (made[3], "frame-"));

  /* The top left corner is that of the frame; what lies in it moved along. */
  inner = hearth_graph_get_node (f->graph, made[0]);
  merge = hearth_graph_get_node (f->graph, made[1]);
  frame = hearth_graph_get_node (f->graph, made[3]);
  g_assert_cmpstr (inner->parent, ==, made[3]);
  g_assert_cmpfloat (inner->x, ==, 20);
  g_assert_cmpfloat (frame->x, ==, 1000);
  g_assert_cmpfloat (frame->y, ==, 2000);
  g_assert_cmpfloat (merge->x, ==, 1380);

  /* Edges are new, and the order was taken over under their new ids. */
  edges = hearth_graph_list_multi (f->graph, made[1], "message_inputs");
  g_assert_cmpuint (edges->len, ==, 2);
  g_assert_cmpstr (((HearthEdge *) edges->pdata[0])->source, ==, made[2]);
  g_assert_cmpstr (((HearthEdge *) edges->pdata[1])->source, ==, made[0]);
  g_assert_cmpstr (((HearthEdge *) edges->pdata[1])->target_handle, ==, "message_inputs__1");
  order = hearth_value_get (merge->orders, "message_inputs");
  g_assert_cmpuint (hearth_value_get_length (order), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpstr (hearth_value_get_string (hearth_value_at (order, i), NULL), ==,
                     ((HearthEdge *) edges->pdata[i])->id);
}

static void
test_paste_refusals (Fixture      *f,
                     gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *message;
  } refused[] = {
    { "5", "What was copied is not part of a workflow. Copy nodes first." },
    { "{\"nodes\":[],\"edges\":[]}", "What was copied is not part of a workflow. Copy nodes first." },
    { "{\"source\":\"ComfyTavernWorkflowFragment\",\"data\":{\"nodes\":[{\"id\":\"a\",\"type\":5}]}}",
      "data.nodes[0].type: expected a string, found a number" },
    { "{\"source\":\"ComfyTavernWorkflowFragment\",\"data\":{\"nodes\":[],\"edges\":[{\"source\":\"a\"}]}}",
      "data.edges[0].target: expected a string, found nothing" },
    { "{\"source\":\"ComfyTavernWorkflowFragment\",\"data\":{\"nodes\":[{\"id\":\"a\",\"type\":\"t\"},"
      "{\"id\":\"a\",\"type\":\"t\"}]}}",
      "data.nodes[1].id: another node already has the id “a”; give one of them a new id" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (HearthValue) fragment = test_parse (refused[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (hearth_edit_paste (f->edit, fragment, 0, 0, &error));
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, ==, refused[i].message);
    }
  g_assert_true (hearth_edit_is_empty (f->edit));
}

/* What other programs copy may be odd: stale orders, foreign parents, edges to elsewhere. */
static void
test_paste_foreign (Fixture      *f,
                    gconstpointer data)
{
  g_autoptr (HearthValue) fragment = test_parse (
    "{\"source\":\"ComfyTavernWorkflowFragment\",\"version\":\"1.0\",\"data\":{\"nodes\":["
    "{\"id\":\"a\",\"type\":\"elsewhere:Unheard\",\"parentNode\":\"gone\",\"secret\":[1]},"
    "{\"id\":\"b\",\"type\":\"core:TextMerge\",\"position\":{\"x\":5,\"y\":6},\"inputConnectionOrders\":"
    "{\"text_inputs\":[\"old\",3]}}],\"edges\":["
    "{\"id\":\"e\",\"source\":\"a\",\"target\":\"b\",\"sourceHandle\":\"o\",\"targetHandle\":\"text_inputs__4\"},"
    "{\"id\":\"e\",\"source\":\"a\",\"target\":\"b\",\"sourceHandle\":\"o\",\"targetHandle\":\"text_inputs__2\"},"
    "{\"id\":\"x\",\"source\":\"a\",\"target\":\"m\",\"sourceHandle\":\"o\",\"targetHandle\":\"a\"}]}}");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) made = hearth_edit_paste (f->edit, fragment, 100, 100, &error);
  HearthNode *node;
  g_autoptr (GPtrArray) edges = NULL;

  g_assert_no_error (error);
  node = hearth_graph_get_node (f->graph, made[0]);
  g_assert_cmpstr (node->id, ==, "Unheard_1");
  g_assert_null (node->parent);
  g_assert_nonnull (hearth_value_get (node->stored, "secret"));
  g_assert_cmpuint (hearth_graph_get_n_edges (f->graph), ==, 2);
  edges = hearth_graph_list_multi (f->graph, made[1], "text_inputs");
  g_assert_cmpuint (edges->len, ==, 2);
  g_assert_cmpint (((HearthEdge *) edges->pdata[1])->target_index, ==, 1);
}

static void
test_paste_many (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"source\":\"ComfyTavernWorkflowFragment\",\"data\":{\"nodes\":[");
  g_autoptr (HearthValue) fragment = NULL;
  g_auto (GStrv) made = NULL;
  gint64 start;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "%s{\"id\":\"%u\",\"type\":\"core:MathOperation\"}", i > 0 ? "," : "", i);
  g_string_append (text, "]}}");
  fragment = test_parse (text->str);
  start = g_get_monotonic_time ();
  made = hearth_edit_paste (f->edit, fragment, 0, 0, NULL);
  g_assert_cmpuint (g_strv_length (made), ==, 5000);
  g_assert_cmpstr (made[4999], ==, "MathOperation_5000");
  g_assert_cmpuint (f->batches, ==, 1);
  g_test_message ("5,000 nodes pasted in %.1f ms", (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

#define PLAIN                                                                                                        \
  "{\"nodes\":[{\"id\":\"m\",\"type\":\"core:MathOperation\"},"                                                     \
  "{\"id\":\"n\",\"type\":\"core:MathOperation\",\"configValues\":{\"operationMode\":\"sqrt\"}},"                   \
  "{\"id\":\"o\",\"type\":\"core:MathOperation\",\"displayName\":\"Last\"},"                                        \
  "{\"id\":\"t\",\"type\":\"core:TextMerge\"},{\"id\":\"v\",\"type\":\"test:Various\"},"                            \
  "{\"id\":\"v2\",\"type\":\"test:Various\"}],\"edges\":[]}"

#define WITH_INTERFACE                                                                                               \
  "{\"nodes\":[{\"id\":\"in\",\"type\":\"core:GroupInput\"},{\"id\":\"out\",\"type\":\"core:GroupOutput\"},"         \
  "{\"id\":\"m\",\"type\":\"core:MathOperation\"},{\"id\":\"v\",\"type\":\"test:Various\"},"                        \
  "{\"id\":\"v2\",\"type\":\"test:Various\"}],\"edges\":[],\"interfaceInputs\":{\"input_0\":{\"key\":\"input_0\","  \
  "\"displayName\":\"*\",\"dataFlowType\":\"CONVERTIBLE_ANY\",\"allowDynamicType\":true}}}"

static void
add_test (const char *path,
          const char *workflow,
          void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, workflow, set_up, test, tear_down);
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
  add_test ("/edit/connect-single", PLAIN, test_connect_single);
  add_test ("/edit/connect-multi", PLAIN, test_connect_multi);
  add_test ("/edit/refusals", PLAIN, test_refusals);
  add_test ("/edit/own-texts", PLAIN, test_own_texts);
  add_test ("/edit/property", "greeter.json", test_property);
  add_test ("/edit/adopt", WITH_INTERFACE, test_adopt);
  add_test ("/edit/interface", "greeter.json", test_interface);
  add_test ("/edit/interface-order", "greeter-group.json", test_interface_order);
  add_test ("/edit/copy", "greeter.json", test_copy);
  add_test ("/edit/paste", "greeter.json", test_paste);
  add_test ("/edit/paste-refusals", PLAIN, test_paste_refusals);
  add_test ("/edit/paste-foreign", PLAIN, test_paste_foreign);
  add_test ("/edit/paste-many", "{\"nodes\":[]}", test_paste_many);
  return g_test_run ();
}
