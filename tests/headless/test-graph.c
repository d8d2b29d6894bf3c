/* test-graph.c: loading, saving and looking at a workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "test-types.h"

/* --- lossless ------------------------------------------------------------------ */

static void
test_round_trip (gconstpointer data)
{
  g_autoptr (HearthValue) value = test_read_value (data);
  g_autoptr (HearthGraph) graph = test_graph_from_value (value);
  g_autoptr (HearthValue) back = hearth_graph_to_value (graph);
  g_autofree char *before = hearth_json_print (value);
  g_autofree char *after = hearth_json_print (back);

  g_assert_true (hearth_value_equal (value, back));
  /* Order of members, at the top and everywhere below, and the digits of numbers. */
  g_assert_cmpstr (before, ==, after);
}

static void
test_round_trip_small (void)
{
  static const char *const texts[] = {
    "{\"nodes\":[]}",
    "{\"edges\":[],\"x\":1,\"nodes\":[]}",
    "{\"name\":null,\"viewport\":null,\"nodes\":[{\"id\":\"a\",\"type\":\"t\"}],\"edges\":null}",
    "{\"nodes\":[],\"edges\":[{\"source\":\"a\",\"target\":\"b\"},{\"id\":\"e\",\"source\":\"a\",\"target\":\"b\"},"
    "{\"id\":\"e\",\"source\":\"a\",\"target\":\"b\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HearthGraph) graph = test_graph_new (texts[i]);
      g_autofree char *text = test_print (graph);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_new (void)
{
  g_autoptr (HearthCatalog) catalog = test_catalog_new ();
  g_autoptr (HearthGraph) graph = hearth_graph_new (catalog);
  g_autofree char *text = test_print (graph);

  g_assert_cmpstr (text, ==, "{\"nodes\":[],\"edges\":[]}");
  g_assert_null (hearth_graph_get_id (graph));
  g_assert_null (hearth_graph_get_name (graph));
  g_assert_true (hearth_graph_get_catalog (graph) == catalog);
}

/* --- shape ------------------------------------------------------------------------- */

static const struct
{
  const char *text;
  const char *message;
} shape_table[] = {
  { "[]", "The workflow: expected an object, found a list" },
  { "{}", "nodes: expected a list, found nothing" },
  { "{\"nodes\":{}}", "nodes: expected a list, found an object" },
  { "{\"nodes\":[],\"edges\":7}", "edges: expected a list, found a number" },
  { "{\"nodes\":[],\"name\":false}", "name: expected a string, found true or false" },
  { "{\"nodes\":[],\"viewport\":{\"zoom\":\"1\"}}", "viewport.zoom: expected a number, found a string" },
  { "{\"nodes\":[],\"interfaceInputs\":[]}", "interfaceInputs: expected an object, found a list" },
  { "{\"nodes\":[],\"interfaceInputs\":{\"k\":1}}", "interfaceInputs.k: expected an object, found a number" },
  { "{\"nodes\":[],\"interfaceOutputs\":{\"k\":{}}}",
    "interfaceOutputs.k.dataFlowType: expected a string, found nothing" },
  { "{\"nodes\":[null]}", "nodes[0]: expected an object, found null" },
  { "{\"nodes\":[{\"type\":\"t\"}]}", "nodes[0].id: expected a string, found nothing" },
  { "{\"nodes\":[{\"id\":1,\"type\":\"t\"}]}", "nodes[0].id: expected a string, found a number" },
  { "{\"nodes\":[{\"id\":\"a\"}]}", "nodes[0].type: expected a string, found nothing" },
  { "{\"nodes\":[{\"id\":\"a\",\"type\":\"t\",\"position\":[0,0]}]}",
    "nodes[0].position: expected an object, found a list" },
  { "{\"nodes\":[{\"id\":\"a\",\"type\":\"t\"},{\"id\":\"b\",\"type\":\"t\",\"position\":{\"x\":\"1\",\"y\":2}}]}",
    "nodes[1].position.x: expected a number, found a string" },
  { "{\"nodes\":[{\"id\":\"a\",\"type\":\"t\",\"position\":{\"x\":1}}]}",
    "nodes[0].position.y: expected a number, found nothing" },
  { "{\"nodes\":[{\"id\":\"a\",\"type\":\"t\",\"width\":\"250px\"}]}",
    "nodes[0].width: expected a number, found a string" },
  { "{\"nodes\":[{\"id\":\"a\",\"type\":\"t\",\"inputValues\":\"x\"}]}",
    "nodes[0].inputValues: expected an object, found a string" },
  { "{\"nodes\":[{\"id\":\"a\",\"type\":\"t\",\"inputConnectionOrders\":{\"k\":\"e\"}}]}",
    "nodes[0].inputConnectionOrders.k: expected a list, found a string" },
  { "{\"nodes\":[{\"id\":\"a\",\"type\":\"t\"},{\"id\":\"a\",\"type\":\"t\"}]}",
    "nodes[1].id: another node already has the id “a”; give one of them a new id" },
  { "{\"nodes\":[],\"edges\":[5]}", "edges[0]: expected an object, found a number" },
  { "{\"nodes\":[],\"edges\":[{\"source\":\"a\"}]}", "edges[0].target: expected a string, found nothing" },
  { "{\"nodes\":[],\"edges\":[{\"source\":\"a\",\"target\":\"b\",\"sourceHandle\":3}]}",
    "edges[0].sourceHandle: expected a string, found a number" },
};

static void
test_shape (void)
{
  g_autoptr (HearthCatalog) catalog = test_catalog_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shape_table); i++)
    {
      g_autoptr (HearthValue) value = test_parse (shape_table[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (hearth_graph_new_from_value (catalog, value, &error));
      g_assert_error (error, HEARTH_GRAPH_ERROR, HEARTH_GRAPH_ERROR_SHAPE);
      g_assert_cmpstr (error->message, ==, shape_table[i].message);
    }
}

/* --- looking ------------------------------------------------------------------------- */

static void
test_views (void)
{
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  HearthNode *node = hearth_graph_get_node (graph, "CreateMessage_1");
  HearthEdge *edge = hearth_graph_get_edge (graph, "Hh4jK5lM6n");
  double x, y, width, height;

  g_assert_cmpuint (hearth_graph_get_n_nodes (graph), ==, 9);
  g_assert_cmpuint (hearth_graph_get_n_edges (graph), ==, 7);
  g_assert_cmpstr (hearth_graph_get_name (graph), ==, "Greeter");
  g_assert_cmpstr (hearth_graph_get_id (graph), ==, "5f0c0b9e-6a5e-4d8c-9d5a-0f6b1d2c3e4f");
  g_assert_nonnull (hearth_graph_get_property (graph, "previewTarget"));
  g_assert_null (hearth_graph_get_property (graph, "creationMethod"));
  g_assert_null (hearth_graph_get_node (graph, "nobody"));

  g_assert_cmpstr (node->type_id, ==, "core:CreateMessage");
  g_assert_cmpstr (node->parent, ==, "frame-1718000000000");
  g_assert_cmpfloat (node->width, ==, 300);
  g_assert_cmpstr (hearth_value_get_member_string (node->inputs, "role", NULL), ==, "system");
  hearth_graph_get_absolute (graph, node, &x, &y);
  g_assert_cmpfloat (x, ==, 620);
  g_assert_cmpfloat (y, ==, 100);
  hearth_node_get_size (node, &width, &height);
  g_assert_cmpfloat (width, ==, 300);
  g_assert_cmpfloat (height, ==, 0);

  g_assert_cmpstr (edge->target_key, ==, "message_inputs");
  g_assert_cmpint (edge->target_index, ==, 1);
  g_assert_cmpstr (edge->source_handle, ==, "messages");

  g_assert_cmpstr (hearth_node_get_title (hearth_graph_get_node (graph, "Zq8wE1rT2y")), ==, "Square root");
  g_assert_cmpstr (hearth_node_get_title (node), ==, "Message");
  node = hearth_graph_get_node (graph, "foreign-1");
  g_assert_null (node->type);
  g_assert_cmpstr (hearth_node_get_title (node), ==, "elsewhere:Unheard");
}

static void
test_frames (void)
{
  g_autoptr (HearthGraph) graph = test_graph_new (
    "{\"nodes\":[{\"id\":\"f\",\"type\":\"core:frame\",\"position\":{\"x\":10,\"y\":20}},"
    "{\"id\":\"g\",\"type\":\"group\",\"position\":{\"x\":1,\"y\":2},\"parentNode\":\"f\",\"width\":50},"
    "{\"id\":\"m\",\"type\":\"core:MathOperation\",\"position\":{\"x\":5,\"y\":5},\"parentNode\":\"g\"},"
    "{\"id\":\"p\",\"type\":\"x\",\"parentNode\":\"q\"},{\"id\":\"q\",\"type\":\"x\",\"parentNode\":\"p\"}]}");
  HearthNode *frame = hearth_graph_get_node (graph, "f");
  HearthNode *old_frame = hearth_graph_get_node (graph, "g");
  HearthNode *node = hearth_graph_get_node (graph, "m");
  g_autoptr (GPtrArray) inputs = hearth_graph_list_inputs (graph, frame);
  double x, y;

  g_assert_true (hearth_node_is_frame (frame));
  g_assert_true (hearth_node_is_frame (old_frame));
  g_assert_false (hearth_node_is_frame (node));
  g_assert_cmpuint (inputs->len, ==, 0);
  hearth_node_get_size (frame, &x, &y);
  g_assert_cmpfloat (x, ==, HEARTH_FRAME_WIDTH);
  g_assert_cmpfloat (y, ==, HEARTH_FRAME_HEIGHT);
  hearth_node_get_size (old_frame, &x, &y);
  g_assert_cmpfloat (x, ==, 50);
  hearth_graph_get_absolute (graph, node, &x, &y);
  g_assert_cmpfloat (x, ==, 16);
  g_assert_cmpfloat (y, ==, 27);
  /* Parents in a circle must not hang. */
  hearth_graph_get_absolute (graph, hearth_graph_get_node (graph, "p"), &x, &y);
}

static void
test_edges_of_nodes (void)
{
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  GPtrArray *in = hearth_graph_get_edges_in (graph, "MergeMessages_1");
  GPtrArray *out = hearth_graph_get_edges_out (graph, "nobody");

  g_assert_cmpuint (in->len, ==, 3);
  g_assert_cmpstr (((HearthEdge *) in->pdata[0])->id, ==, "lost-1");
  g_assert_cmpstr (((HearthEdge *) in->pdata[2])->id, ==, "Hh4jK5lM6n");
  g_assert_cmpuint (out->len, ==, 1);
  g_assert_cmpuint (hearth_graph_get_edges_in (graph, "not there")->len, ==, 0);
}

/* --- slots ---------------------------------------------------------------------------- */

static char *
join_keys (GPtrArray *slots)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  for (guint i = 0; i < slots->len; i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? " " : "", ((HearthSlot *) slots->pdata[i])->key);
  return g_string_free (g_steal_pointer (&keys), FALSE);
}

static void
assert_slots (HearthGraph *graph,
              const char  *id,
              const char  *inputs,
              const char  *outputs)
{
  HearthNode *node = hearth_graph_get_node (graph, id);
  g_autoptr (GPtrArray) in = hearth_graph_list_inputs (graph, node);
  g_autoptr (GPtrArray) out = hearth_graph_list_outputs (graph, node);
  g_autofree char *in_keys = join_keys (in);
  g_autofree char *out_keys = join_keys (out);

  g_assert_cmpstr (in_keys, ==, inputs);
  g_assert_cmpstr (out_keys, ==, outputs);
}

static void
test_slots (void)
{
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  g_autoptr (HearthGraph) group = test_graph_read ("greeter-group.json");

  assert_slots (graph, "default-group-input", "", "input_0 input_1");
  assert_slots (graph, "default-group-output", "output_0 output_1", "");
  assert_slots (graph, "Zq8wE1rT2y", "value clamp", "result");
  assert_slots (graph, "CreateMessage_1", "role content", "messages");
  assert_slots (graph, "foreign-1", "prompt", "out");
  assert_slots (graph, "frame-1718000000000", "", "");
  /* The file of the group has no open slot; one is there all the same. */
  assert_slots (group, "GroupInput_1", "", "name tail input_0");
  assert_slots (group, "GroupOutput_1", "joined output_0", "");
}

static void
count_cb (HearthGraph *graph,
          GPtrArray   *changes,
          guint       *count)
{
  *count += changes->len;
}

static void
test_group_interface (void)
{
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  g_autoptr (HearthGraph) group = test_graph_read ("greeter-group.json");
  g_auto (GStrv) references = hearth_graph_list_references (graph);
  guint count = 0;

  g_assert_cmpuint (g_strv_length (references), ==, 1);
  g_assert_cmpstr (references[0], ==, hearth_graph_get_id (group));

  /* Until the other workflow is known, what the file names. */
  assert_slots (graph, "NodeGroup_1", "name tail", "joined");
  g_signal_connect (graph, "changed", G_CALLBACK (count_cb), &count);
  hearth_graph_set_group_interface (graph, references[0], hearth_graph_get_property (group, "interfaceOutputs"),
                                    hearth_graph_get_property (group, "interfaceInputs"));
  g_assert_cmpuint (count, ==, 1);
  assert_slots (graph, "NodeGroup_1", "joined", "name tail");
  hearth_graph_set_group_interface (graph, references[0], NULL, NULL);
  assert_slots (graph, "NodeGroup_1", "name tail", "joined");
}

static void
test_references (void)
{
  g_autoptr (HearthGraph) graph = test_graph_new (
    "{\"nodes\":["
    "{\"id\":\"a\",\"type\":\"core:NodeGroup\",\"configValues\":{\"referencedWorkflowId\":\"My (own) flow (w-1)\"}},"
    "{\"id\":\"b\",\"type\":\"core:NodeGroup\",\"configValues\":{\"referencedWorkflowId\":\"w-1\"}},"
    "{\"id\":\"c\",\"type\":\"core:NodeGroup\",\"configValues\":{\"referencedWorkflowId\":\"\"}},"
    "{\"id\":\"d\",\"type\":\"core:NodeGroup\",\"configValues\":{\"referencedWorkflowId\":\"w-2\"}},"
    "{\"id\":\"f\",\"type\":\"core:Caller\",\"configValues\":{\"referencedWorkflowId\":\"w-4\"}},"
    "{\"id\":\"e\",\"type\":\"core:TextMerge\",\"configValues\":{\"referencedWorkflowId\":\"w-3\"}}]}");
  g_auto (GStrv) references = hearth_graph_list_references (graph);

  g_assert_cmpuint (g_strv_length (references), ==, 3);
  g_assert_cmpstr (references[0], ==, "w-1");
  g_assert_cmpstr (references[1], ==, "w-2");
  g_assert_cmpstr (references[2], ==, "w-4"); /* run by a node, not expanded */
}

static void
test_find_slots (void)
{
  g_autoptr (HearthGraph) graph = test_graph_new (
    "{\"nodes\":[{\"id\":\"t\",\"type\":\"core:TextMerge\"},{\"id\":\"o\",\"type\":\"core:GroupOutput\"}],"
    "\"interfaceOutputs\":{\"TextMerge_1_text_inputs__0\":{\"dataFlowType\":\"STRING\"}}}");
  HearthNode *merge = hearth_graph_get_node (graph, "t");
  HearthNode *output = hearth_graph_get_node (graph, "o");
  g_autoptr (HearthSlot) multi = hearth_graph_find_input (graph, merge, "text_inputs__3");
  g_autoptr (HearthSlot) odd = hearth_graph_find_input (graph, output, "TextMerge_1_text_inputs__0");

  g_assert_cmpstr (multi->key, ==, "text_inputs");
  g_assert_cmpstr (odd->key, ==, "TextMerge_1_text_inputs__0");
  /* Only multi-inputs have sub-handles. */
  g_assert_null (hearth_graph_find_input (graph, merge, "separator__0"));
  g_assert_null (hearth_graph_find_input (graph, merge, "merged_text"));
  g_assert_null (hearth_graph_find_output (graph, merge, "separator"));
}

/* --- multi-inputs ---------------------------------------------------------------------- */

static const struct
{
  const char *orders; /* of text_inputs */
  const char *handles[4]; /* of edges e0, e1, … */
  const char *expected;
} multi_table[] = {
  { "[\"e0\",\"e1\"]", { "text_inputs__0", "text_inputs__1" }, "e0 e1" },
  { "[\"e1\",\"e0\"]", { "text_inputs__0", "text_inputs__1" }, "e1 e0" },
  { "[]", { "text_inputs__2", "text_inputs__0" }, "e1 e0" },
  { "[\"gone\",\"e0\"]", { "text_inputs__1", "text_inputs__0" }, "e1 e0" },
  { "[\"e2\",\"gone\"]", { "text_inputs__0", "text_inputs__1", "text_inputs__2" }, "e2 e0 e1" },
  { "[\"e0\"]", { "text_inputs__0", "text_inputs__0", "text_inputs" }, "e0 e1 e2" },
  { "[]", { "text_inputs", "separator", "text_inputs__7" }, "e2 e0" },
};

static void
test_list_multi (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (multi_table); i++)
    {
      g_autoptr (GString) text = g_string_new ("{\"nodes\":[{\"id\":\"t\",\"type\":\"core:TextMerge\","
                                               "\"inputConnectionOrders\":{\"text_inputs\":");
      g_autoptr (HearthGraph) graph = NULL;
      g_autoptr (GPtrArray) edges = NULL;
      g_autoptr (GString) ids = g_string_new (NULL);

      g_string_append_printf (text, "%s}}],\"edges\":[", multi_table[i].orders);
      for (guint j = 0; j < 4 && multi_table[i].handles[j] != NULL; j++)
        g_string_append_printf (text, "%s{\"id\":\"e%u\",\"source\":\"s\",\"target\":\"t\",\"targetHandle\":\"%s\"}",
                                j > 0 ? "," : "", j, multi_table[i].handles[j]);
      g_string_append (text, "]}");

      graph = test_graph_new (text->str);
      edges = hearth_graph_list_multi (graph, "t", "text_inputs");
      for (guint j = 0; j < edges->len; j++)
        g_string_append_printf (ids, "%s%s", j > 0 ? " " : "", ((HearthEdge *) edges->pdata[j])->id);
      g_assert_cmpstr (ids->str, ==, multi_table[i].expected);
    }
}

/* --- changes ------------------------------------------------------------------------------ */

static void
test_apply (void)
{
  g_autoptr (HearthGraph) graph = test_graph_new (
    "{\"nodes\":[{\"id\":\"a\",\"type\":\"x\"},{\"id\":\"b\",\"type\":\"x\"}],\"edges\":["
    "{\"id\":\"e\",\"source\":\"a\",\"target\":\"b\"},{\"id\":\"f\",\"source\":\"a\",\"target\":\"b\"}],\"name\":\"n\"}");
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);
  g_autoptr (HearthValue) node = test_parse ("{\"id\":\"c\",\"type\":\"core:TextMerge\"}");
  g_autoptr (HearthValue) edge = test_parse ("{\"id\":\"g\",\"source\":\"a\",\"target\":\"b\"}");
  g_autoptr (HearthValue) name = hearth_value_string ("new");
  g_autofree char *text = NULL;
  guint count = 0;

  g_signal_connect (graph, "changed", G_CALLBACK (count_cb), &count);
  g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_NODE, "c", 1, NULL, node));
  g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_NODE, "a", -1,
                                               hearth_graph_get_node (graph, "a")->stored, NULL));
  g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_EDGE, "g", 1, NULL, edge));
  g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_PROPERTY, "name", -1, NULL, name));
  hearth_graph_apply (graph, changes);

  text = test_print (graph);
  g_assert_cmpstr (text, ==,
                   "{\"nodes\":[{\"id\":\"c\",\"type\":\"core:TextMerge\"},{\"id\":\"b\",\"type\":\"x\"}],\"edges\":["
                   "{\"id\":\"e\",\"source\":\"a\",\"target\":\"b\"},{\"id\":\"g\",\"source\":\"a\",\"target\":\"b\"},"
                   "{\"id\":\"f\",\"source\":\"a\",\"target\":\"b\"}],\"name\":\"new\"}");
  g_assert_cmpuint (count, ==, 4);
  g_assert_nonnull (hearth_graph_get_node (graph, "c")->type);
  g_assert_cmpstr (((HearthEdge *) hearth_graph_get_edges_out (graph, "a")->pdata[1])->id, ==, "g");
}

/* Many insertions at one place use up what lies between two doubles. */
static void
test_insert_in_the_middle (void)
{
  g_autoptr (HearthGraph) graph = test_graph_new (
    "{\"nodes\":[],\"edges\":[{\"id\":\"first\",\"source\":\"a\",\"target\":\"b\"},"
    "{\"id\":\"last\",\"source\":\"a\",\"target\":\"b\"}]}");
  GPtrArray *in;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *id = g_strdup_printf ("e%u", i);
      g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);
      g_autoptr (HearthValue) edge = test_parse ("{\"source\":\"a\",\"target\":\"b\"}");

      g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_EDGE, id, 1, NULL, edge));
      hearth_graph_apply (graph, changes);
    }
  in = hearth_graph_get_edges_in (graph, "b");
  g_assert_cmpuint (in->len, ==, 3002);
  for (guint i = 0; i < in->len; i++)
    g_assert_true (in->pdata[i] == hearth_graph_edge_at (graph, i));
  g_assert_cmpstr (hearth_graph_edge_at (graph, 1)->id, ==, "e2999");
  g_assert_cmpstr (hearth_graph_edge_at (graph, 3001)->id, ==, "last");
}

static void
test_rebind (void)
{
  static const HearthNodeDecl unheard = { .type = "Unheard", .space = "elsewhere", .category = "Test" };
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  guint count = 0;

  g_signal_connect (graph, "changed", G_CALLBACK (count_cb), &count);
  hearth_graph_rebind (graph);
  g_assert_cmpuint (count, ==, 0);
  hearth_catalog_add (hearth_graph_get_catalog (graph), &unheard);
  hearth_graph_rebind (graph);
  g_assert_cmpuint (count, ==, 1);
  g_assert_nonnull (hearth_graph_get_node (graph, "foreign-1")->type);
}

static void
test_reaches (void)
{
  g_autoptr (HearthGraph) graph = test_graph_new (
    "{\"nodes\":[],\"edges\":[{\"id\":\"1\",\"source\":\"a\",\"target\":\"b\"},"
    "{\"id\":\"2\",\"source\":\"b\",\"target\":\"c\"},{\"id\":\"3\",\"source\":\"c\",\"target\":\"b\"},"
    "{\"id\":\"4\",\"source\":\"d\",\"target\":\"c\"}]}");
  static const struct
  {
    const char *from, *to;
    gboolean expected;
  } table[] = {
    { "a", "c", TRUE },  { "a", "d", FALSE }, { "a", "b", TRUE },  { "c", "a", FALSE }, { "b", "b", TRUE },
    { "d", "b", TRUE },  { "b", "d", FALSE }, { "z", "a", FALSE }, { "a", "z", FALSE }, { "c", "b", TRUE },
  };

  /* Twice, and backwards, so that what is remembered is asked in every way. */
  for (guint i = 0; i < 2 * G_N_ELEMENTS (table); i++)
    {
      guint row = i < G_N_ELEMENTS (table) ? i : 2 * G_N_ELEMENTS (table) - 1 - i;

      g_assert_cmpint (hearth_graph_reaches (graph, table[row].from, table[row].to), ==, table[row].expected);
    }
}

/* --- size ----------------------------------------------------------------------------------- */

static HearthValue *
make_large (guint n_nodes)
{
  g_autoptr (GString) text = g_string_new ("{\"nodes\":[");

  for (guint i = 0; i < n_nodes; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"MathOperation_%u\",\"type\":\"core:MathOperation\",\"position\":"
                            "{\"x\":%u,\"y\":%u},\"configValues\":{\"operationMode\":\"add\"}}",
                            i > 0 ? "," : "", i, i * 10, i % 7);
  g_string_append (text, "],\"edges\":[");
  for (guint i = 1; i < n_nodes; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"a%u\",\"source\":\"MathOperation_%u\",\"target\":\"MathOperation_%u\","
                            "\"sourceHandle\":\"result\",\"targetHandle\":\"a\"},{\"id\":\"b%u\",\"source\":"
                            "\"MathOperation_%u\",\"target\":\"MathOperation_%u\",\"sourceHandle\":\"result\","
                            "\"targetHandle\":\"b\"}",
                            i > 1 ? "," : "", i, i - 1, i, i, i / 2, i);
  g_string_append (text, "]}");
  return test_parse (text->str);
}

static void
test_large (void)
{
  g_autoptr (HearthValue) value = make_large (10000);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (HearthGraph) graph = test_graph_from_value (value);
  double ms = (g_get_monotonic_time () - start) / 1000.0;

  g_test_message ("10,000 nodes and 20,000 edges loaded in %.1f ms", ms);
  g_assert_cmpuint (hearth_graph_get_n_nodes (graph), ==, 10000);
  g_assert_cmpuint (hearth_graph_get_n_edges (graph), ==, 19998);
  g_assert_true (hearth_graph_reaches (graph, "MathOperation_0", "MathOperation_9999"));
  /* Far above what it takes, far below what a scan per edge would take. */
  g_assert_cmpfloat (ms, <, 2000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/graph/round-trip/greeter", "greeter.json", test_round_trip);
  g_test_add_data_func ("/graph/round-trip/group", "greeter-group.json", test_round_trip);
  g_test_add_func ("/graph/round-trip/small", test_round_trip_small);
  g_test_add_func ("/graph/new", test_new);
  g_test_add_func ("/graph/shape", test_shape);
  g_test_add_func ("/graph/views", test_views);
  g_test_add_func ("/graph/frames", test_frames);
  g_test_add_func ("/graph/edges-of-nodes", test_edges_of_nodes);
  g_test_add_func ("/graph/slots", test_slots);
  g_test_add_func ("/graph/group-interface", test_group_interface);
  g_test_add_func ("/graph/references", test_references);
  g_test_add_func ("/graph/find-slots", test_find_slots);
  g_test_add_func ("/graph/list-multi", test_list_multi);
  g_test_add_func ("/graph/apply", test_apply);
  g_test_add_func ("/graph/insert-in-the-middle", test_insert_in_the_middle);
  g_test_add_func ("/graph/rebind", test_rebind);
  g_test_add_func ("/graph/reaches", test_reaches);
  g_test_add_func ("/graph/large", test_large);
  return g_test_run ();
}
