/* test-payload.c: payloads made into graphs, and graphs into payloads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-json.h"
#include "hearth-payload.h"
#include "test-types.h"

/* JSON in which ' stands for ". */
static HearthValue *
json (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  HearthValue *value = hearth_json_parse (quoted, -1, &error);

  g_assert_no_error (error);
  return value;
}

static HearthGraph *
read_payload (const char *text,
              GError    **error)
{
  g_autoptr (HearthCatalog) catalog = test_catalog_new ();
  g_autoptr (HearthValue) payload = json (text);

  return hearth_payload_to_graph (payload, catalog, error);
}

static HearthGraph *
read_good (const char *text)
{
  g_autoptr (GError) error = NULL;
  HearthGraph *graph = read_payload (text, &error);

  g_assert_no_error (error);
  return graph;
}

static void
assert_json (HearthValue *value,
             const char  *text)
{
  g_autoptr (HearthValue) wanted = json (text);
  g_autofree char *got = value != NULL ? hearth_json_print (value) : NULL;

  if (!hearth_value_equal (value, wanted))
    g_error ("got %s, wanted %s", got, text);
}

static void
assert_refused (const char *text,
                const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = read_payload (text, &error);

  g_assert_null (graph);
  g_assert_error (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_plain (void)
{
  g_autoptr (HearthGraph) graph = NULL;
  HearthNode *node;
  HearthEdge *edge;

  graph = read_good ("{'nodes':[{'id':'a','fullType':'core:TextMerge','inputs':{'separator':'-'},'configValues':{'k':1},"
                     "  'inputConnectionOrders':{'text_inputs':['e']}},{'id':'b','fullType':'x:Y','bypassed':true}],"
                     " 'edges':[{'id':'e','sourceNodeId':'b','sourceHandle':'out','targetNodeId':'a',"
                     "  'targetHandle':'text_inputs__0'}],"
                     " 'interfaceInputs':{'in':{'key':'in','dataFlowType':'STRING'}},"
                     " 'metadata':{'workflowId':'w','workflowName':'Flow'}}");
  g_assert_cmpstr (hearth_graph_get_id (graph), ==, "w");
  g_assert_cmpstr (hearth_graph_get_name (graph), ==, "Flow");
  node = hearth_graph_get_node (graph, "a");
  g_assert_cmpstr (node->type_id, ==, "core:TextMerge");
  assert_json (node->inputs, "{'separator':'-'}");
  assert_json (node->config, "{'k':1}");
  assert_json (node->orders, "{'text_inputs':['e']}");
  g_assert_false (node->bypassed);
  g_assert_true (hearth_graph_get_node (graph, "b")->bypassed);
  edge = hearth_graph_get_edge (graph, "e");
  g_assert_cmpstr (edge->source, ==, "b");
  g_assert_cmpstr (edge->source_handle, ==, "out");
  g_assert_cmpstr (edge->target_key, ==, "text_inputs");
  g_assert_cmpint (edge->target_index, ==, 0);
  assert_json (hearth_graph_get_property (graph, "interfaceInputs"), "{'in':{'key':'in','dataFlowType':'STRING'}}");
  g_assert_null (hearth_graph_get_property (graph, "interfaceOutputs"));
}

/* workflow-format.md 4.6 */
static void
test_quirks (void)
{
  g_autoptr (HearthGraph) graph = NULL;

  graph = read_good ("{'nodes':[{'id':'f','fullType':'core:frame'},{'id':'a','fullType':'x:Old','inputs':{'v':1}},"
                     "  {'id':'b','fullType':'x:Y','inputs':null},{'id':'a','fullType':'x:New','inputs':{'v':2}}],"
                     " 'edges':[{'id':'e','sourceNodeId':'a','sourceHandle':null,'targetNodeId':'nowhere'},"
                     "  {'id':'e','sourceNodeId':'b','sourceHandle':'o','targetNodeId':'a','targetHandle':'i'},"
                     "  {'sourceNodeId':'b','sourceHandle':'o','targetNodeId':'a','targetHandle':'j'}],"
                     " 'interfaceInputs':null}");
  g_assert_cmpuint (hearth_graph_get_n_nodes (graph), ==, 2);
  g_assert_null (hearth_graph_get_node (graph, "f"));
  g_assert_cmpstr (hearth_graph_get_node (graph, "a")->type_id, ==, "x:New");
  assert_json (hearth_graph_get_node (graph, "a")->inputs, "{'v':2}");
  g_assert_cmpuint (hearth_graph_get_n_edges (graph), ==, 3);
  g_assert_cmpstr (hearth_graph_edge_at (graph, 0)->source_handle, ==, "");
  g_assert_cmpstr (hearth_graph_edge_at (graph, 0)->target, ==, "nowhere");
  g_assert_cmpstr (hearth_graph_edge_at (graph, 1)->target_handle, ==, "i");
  g_assert_cmpstr (hearth_graph_edge_at (graph, 2)->target_handle, ==, "j");
}

/* workflow-format.md 4.7 */
#define PREVIEW(is_preview)                                                                                            \
  "{'nodes':[{'id':'a','fullType':'x:Y','inputs':{'role':{'value':'system','dataFlowType':'STRING'},"                  \
  "  'unset':{'dataFlowType':'STRING','config':{}},'plain':'text','other':{'value':1},"                                \
  "  'odd':{'value':1,'dataFlowType':'NOTHING'}}}],'edges':[],'metadata':{'isPreviewRun':" is_preview "}}"

static void
test_preview (void)
{
  g_autoptr (HearthGraph) unwrapped = read_good (PREVIEW ("true"));
  g_autoptr (HearthGraph) kept = read_good (PREVIEW ("false"));

  assert_json (hearth_graph_get_node (unwrapped, "a")->inputs,
               "{'role':'system','plain':'text','other':{'value':1},'odd':{'value':1,'dataFlowType':'NOTHING'}}");
  assert_json (hearth_value_get (hearth_graph_get_node (kept, "a")->inputs, "role"),
               "{'value':'system','dataFlowType':'STRING'}");
}

/* websocket.md 14, execute_workflow */
static void
test_stored_names (void)
{
  g_autoptr (HearthGraph) graph = NULL;

  graph = read_good ("{'nodes':[{'id':'a','type':'x:Y','position':{'x':1,'y':2},'inputValues':{'v':1}}],"
                     " 'edges':[{'id':'e','source':'a','target':'b','sourceHandle':'o','targetHandle':'i'}]}");
  g_assert_cmpstr (hearth_graph_get_node (graph, "a")->type_id, ==, "x:Y");
  assert_json (hearth_graph_get_node (graph, "a")->inputs, "{'v':1}");
  g_assert_cmpstr (hearth_graph_get_edge (graph, "e")->source, ==, "a");
}

static void
test_refused (void)
{
  assert_refused ("[]", "payload: expected an object");
  assert_refused ("{}", "nodes: expected a list");
  assert_refused ("{'nodes':{},'edges':[]}", "nodes: expected a list");
  assert_refused ("{'nodes':[]}", "edges: expected a list");
  assert_refused ("{'nodes':[1],'edges':[]}", "nodes[0].id: expected a string");
  assert_refused ("{'nodes':[{'id':7,'fullType':'x:Y'}],'edges':[]}", "nodes[0].id: expected a string");
  assert_refused ("{'nodes':[{'id':'a'}],'edges':[]}", "nodes[0].fullType: expected a string");
  assert_refused ("{'nodes':[{'id':'a','fullType':'x:Y','inputs':[]}],'edges':[]}", "nodes[0].inputs: expected an object");
  assert_refused ("{'nodes':[],'edges':[{'id':'e','sourceNodeId':'a'}]}", "edges[0].targetNodeId: expected a string");
  assert_refused ("{'nodes':[],'edges':[{'sourceNodeId':'a','targetNodeId':'b','targetHandle':1}]}",
                  "edges[0].targetHandle: expected a string");
  assert_refused ("{'nodes':[],'edges':[],'metadata':'x'}", "metadata: expected an object");
  assert_refused ("{'nodes':[],'edges':[],'interfaceOutputs':[]}", "interfaceOutputs: expected an object");
}

static void
test_absent (void)
{
  g_autoptr (HearthCatalog) catalog = test_catalog_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_payload_to_graph (NULL, catalog, &error));
  g_assert_error (error, HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE);
}

static void
test_recognize (void)
{
  static const struct
  {
    const char *text;
    gboolean is_payload;
  } cases[] = {
    { "{'nodes':[{'id':'a','fullType':'x:Y'}],'edges':[]}", TRUE },
    { "{'nodes':[{'id':'a','type':'x:Y'}],'edges':[],'metadata':{}}", FALSE },
    { "{'nodes':[],'edges':[],'outputInterfaceMappings':{}}", TRUE },
    { "{'nodes':[],'edges':[],'viewport':{}}", FALSE },
    { "[]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) value = json (cases[i].text);

      g_assert_cmpint (hearth_payload_is_payload (value), ==, cases[i].is_payload);
    }
}

static void
test_write (void)
{
  g_autoptr (HearthCatalog) catalog = test_catalog_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) metadata = json ("{'projectId':'p'}");
  g_autoptr (HearthValue) stored = NULL;
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (HearthValue) payload = NULL;

  stored = json ("{'id':'w','nodes':[{'id':'f','type':'core:frame','position':{'x':0,'y':0}},"
                 "  {'id':'a','type':'x:Y','position':{'x':0,'y':0},'inputValues':{'v':1},'configValues':{}},"
                 "  {'id':'o','type':'core:GroupOutput','position':{'x':0,'y':0}},"
                 "  {'id':'o2','type':'core:GroupOutput','position':{'x':0,'y':0}}],"
                 " 'edges':[{'id':'e2','source':'a','sourceHandle':'q','target':'o2','targetHandle':'free'},"
                 "  {'id':'e','source':'a','sourceHandle':'r','target':'o','targetHandle':'out'}],"
                 " 'interfaceInputs':{},"
                 " 'interfaceOutputs':{'out':{'key':'out','dataFlowType':'STRING'},"
                 "  'free':{'key':'free','dataFlowType':'STRING'}}}");
  graph = hearth_graph_new_from_value (catalog, stored, &error);
  g_assert_no_error (error);
  payload = hearth_payload_from_graph (graph, metadata);
  assert_json (payload,
               "{'nodes':[{'id':'a','fullType':'x:Y','inputs':{'v':1}},{'id':'o','fullType':'core:GroupOutput'},"
               "  {'id':'o2','fullType':'core:GroupOutput'}],"
               " 'edges':[{'id':'e2','sourceNodeId':'a','sourceHandle':'q','targetNodeId':'o2','targetHandle':'free'},"
               "  {'id':'e','sourceNodeId':'a','sourceHandle':'r','targetNodeId':'o','targetHandle':'out'}],"
               " 'interfaceInputs':{},"
               " 'interfaceOutputs':{'out':{'key':'out','dataFlowType':'STRING'},"
               "  'free':{'key':'free','dataFlowType':'STRING'}},"
               " 'outputInterfaceMappings':{'out':{'sourceNodeId':'a','sourceSlotKey':'r'}},"
               " 'metadata':{'projectId':'p'}}");
  assert_json (hearth_payload_get_mappings (payload), "{'out':{'sourceNodeId':'a','sourceSlotKey':'r'}}");
  g_assert_true (hearth_payload_get_metadata (payload) == hearth_value_get (payload, "metadata"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payload/plain", test_plain);
  g_test_add_func ("/payload/quirks", test_quirks);
  g_test_add_func ("/payload/preview", test_preview);
  g_test_add_func ("/payload/stored-names", test_stored_names);
  g_test_add_func ("/payload/refused", test_refused);
  g_test_add_func ("/payload/absent", test_absent);
  g_test_add_func ("/payload/recognize", test_recognize);
  g_test_add_func ("/payload/write", test_write);
  return g_test_run ();
}
