/* test-body-check.c: what is wrong with a request body, and where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-body-check.h"
#include "hearth-json.h"

static HearthValue *
json (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  HearthValue *value = hearth_json_parse (quoted, -1, &error);

  g_assert_no_error (error);
  return value;
}

static void
assert_details (HearthValue *details, /* taken */
                const char  *wanted)
{
  g_autoptr (HearthValue) owned = details;
  g_autofree char *got = owned != NULL ? hearth_json_print (owned) : NULL;
  g_autofree char *text = wanted != NULL ? g_strdelimit (g_strdup (wanted), "'", '"') : NULL;

  g_assert_cmpstr (got, ==, text);
}

static void
assert_workflow (const char *body,
                 gboolean    creating,
                 const char *wanted)
{
  g_autoptr (HearthValue) value = json (body);

  assert_details (hearth_body_check_workflow (value, creating), wanted);
}

static void
assert_project (const char *body,
                const char *wanted)
{
  g_autoptr (HearthValue) value = json (body);

  assert_details (hearth_body_check_project (value), wanted);
}

#define BODY(more) "{'name':'n','nodes':[],'edges':[],'viewport':{'x':0,'y':1.5,'zoom':1}" more "}"
#define NODES(nodes) "{'name':'n','nodes':[" nodes "],'edges':[],'viewport':{'x':0,'y':0,'zoom':1}}"
#define EDGES(edges) "{'name':'n','nodes':[],'edges':[" edges "],'viewport':{'x':0,'y':0,'zoom':1}}"

static void
test_fields (void)
{
  static const HearthBodyField fields[] = {
    { "name", HEARTH_KIND (STRING), TRUE, 1, 4 },
    { "list", HEARTH_KIND (ARRAY) | HEARTH_KIND (NULL), FALSE, 2, 0 },
    { NULL, 0, FALSE, 0, 0 },
  };
  static const struct
  {
    const char *body;
    const char *details;
  } cases[] = {
    { "{'name':'组abc','other':1}", NULL },
    { "{'name':'n','list':null}", NULL },
    { "{'name':'n','list':[1,2]}", NULL },
    { "{}", "{'name':['missing; expected a string']}" },
    { "{'name':null}", "{'name':['expected a string']}" },
    { "{'name':''}", "{'name':['must not be empty']}" },
    { "{'name':'abcde'}", "{'name':['too long: 5 where at most 4 are allowed']}" },
    { "{'name':1,'list':{}}", "{'name':['expected a string'],'list':['expected a list or null']}" },
    { "{'name':'n','list':[1]}", "{'list':['too short: 1 where at least 2 are needed']}" },
    { "[]", "{'body':['expected an object']}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) body = json (cases[i].body);

      assert_details (hearth_body_check (body, fields), cases[i].details);
    }
  assert_details (hearth_body_check (NULL, fields), "{'body':['missing; expected an object']}");
}

static void
test_project (void)
{
  assert_project ("{}", NULL);
  assert_project ("{'name':'n','description':'','enableChatPage':false,'preferredView':'custom','id':7,'createdAt':7,"
                  "'updatedAt':'2026-01-31T12:00:00.000Z','panels':[{'id':'a','path':'b'}],'customMetadata':{},'x':1}", NULL);
  assert_project ("{'name':''}", "{'name':['must not be empty']}");
  assert_project ("{'description':null}", "{'description':['expected a string']}");
  assert_project ("{'enableChatPage':'yes'}", "{'enableChatPage':['expected true or false']}");
  assert_project ("{'preferredView':'other'}", "{'preferredView':['expected “editor” or “custom”']}");
  assert_project ("{'updatedAt':'2026-01-31T12:00:00+02:00'}",
                  "{'updatedAt':['expected a date like 2026-01-31T12:00:00.000Z']}");
  assert_project ("{'updatedAt':'soon Z'}", "{'updatedAt':['expected a date like 2026-01-31T12:00:00.000Z']}");
  assert_project ("{'panels':[1,{'id':'a'}]}",
                  "{'panels':['panels[0]: expected an object','panels[1].path: missing; expected a string']}");
}

static void
test_workflow (void)
{
  assert_workflow (BODY (""), TRUE, NULL);
  assert_workflow (BODY (",'unknown':null,'metadata':{'x':1},'updatedAt':7,'createdAt':7"), TRUE, NULL);
  assert_workflow (BODY (",'previewTarget':null,'referencedWorkflows':['a'],'description':''"), TRUE, NULL);
  assert_workflow ("{}", FALSE, NULL);
  assert_workflow ("{'nope':1}", TRUE,
                   "{'name':['missing; expected a string'],'nodes':['missing; expected a list'],"
                   "'edges':['missing; expected a list'],'viewport':['missing; expected an object']}");
  assert_workflow ("{'name':''}", FALSE, "{'name':['must not be empty']}");
  assert_workflow ("{'nodes':{}}", FALSE, "{'nodes':['expected a list']}");
  assert_workflow (BODY (",'description':null"), TRUE, "{'description':['expected a string']}");
  assert_workflow (BODY (",'previewTarget':{'nodeId':'n'}"), TRUE,
                   "{'previewTarget':['previewTarget.slotKey: missing; expected a string']}");
  assert_workflow (BODY (",'referencedWorkflows':[1]"), TRUE,
                   "{'referencedWorkflows':['referencedWorkflows[0]: expected a string']}");
  assert_workflow ("{'viewport':{'x':'0','y':0}}", FALSE,
                   "{'viewport':['viewport.x: expected a number','viewport.zoom: missing; expected a number']}");
}

static void
test_nodes (void)
{
  assert_workflow (NODES ("{'id':'a','type':'x:Y','position':{'x':0,'y':-1e3},'width':200,'inputValues':{'a':null},"
                          "'inputConnectionOrders':{'k':['e']},'customSlotDescriptions':{'inputs':{'k':'t'}},'z':null}"),
                   TRUE, NULL);
  assert_workflow (NODES ("7"), TRUE, "{'nodes':['nodes[0]: expected an object']}");
  assert_workflow (NODES ("{'id':'a','type':'x:Y'}"), TRUE, "{'nodes':['nodes[0].position: missing; expected an object']}");
  assert_workflow (NODES ("{'id':1,'type':'x:Y','position':{'x':'1'},'width':'wide','inputValues':[]}"), TRUE,
                   "{'nodes':['nodes[0].id: expected a string','nodes[0].width: expected a number',"
                   "'nodes[0].inputValues: expected an object','nodes[0].position.x: expected a number',"
                   "'nodes[0].position.y: missing; expected a number']}");
  assert_workflow (NODES ("{'id':'a','type':'x:Y','position':{'x':0,'y':0},'inputConnectionOrders':{'k':[1],'l':1},"
                          "'customSlotDescriptions':{'outputs':{'k':1}}}"), TRUE,
                   "{'nodes':['nodes[0].inputConnectionOrders.k[0]: expected a string',"
                   "'nodes[0].inputConnectionOrders.l: expected a list',"
                   "'nodes[0].customSlotDescriptions.outputs: expected a string']}");
}

static void
test_edges (void)
{
  assert_workflow (EDGES ("{'id':'e','source':'a','target':'b','sourceHandle':null,'targetHandle':'k','markerEnd':'x'}"),
                   TRUE, NULL);
  assert_workflow (EDGES ("{'id':'e','source':'a','sourceHandle':1,'label':null}"), TRUE,
                   "{'edges':['edges[0].target: missing; expected a string',"
                   "'edges[0].sourceHandle: expected a string or null','edges[0].label: expected a string']}");
}

static void
test_interface (void)
{
  assert_workflow (BODY (",'interfaceInputs':{'a':{'key':'a','dataFlowType':'STRING','matchCategories':['Json']}}"), TRUE,
                   NULL);
  assert_workflow (BODY (",'interfaceInputs':{'a':{'key':'a','dataFlowType':'TEXT','matchCategories':[1]},'b':null},"
                         "'interfaceOutputs':{'c':{'dataFlowType':'STRING','required':1}}"), TRUE,
                   "{'interfaceInputs':['interfaceInputs.a.matchCategories[0]: expected a string',"
                   "'interfaceInputs.a.dataFlowType: not a known data type','interfaceInputs.b: expected an object'],"
                   "'interfaceOutputs':['interfaceOutputs.c.key: missing; expected a string',"
                   "'interfaceOutputs.c.required: expected true or false']}");
}

/* A hundred thousand broken nodes must not make an answer of megabytes. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new ("{'nodes':[");
  g_autoptr (HearthValue) body = NULL;
  g_autoptr (HearthValue) details = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, i == 0 ? "{}" : ",{}");
  g_string_append (text, "]}");
  body = json (text->str);
  details = hearth_body_check_workflow (body, FALSE);
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (details, "nodes")), ==, 20);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body-check/fields", test_fields);
  g_test_add_func ("/body-check/project", test_project);
  g_test_add_func ("/body-check/workflow", test_workflow);
  g_test_add_func ("/body-check/nodes", test_nodes);
  g_test_add_func ("/body-check/edges", test_edges);
  g_test_add_func ("/body-check/interface", test_interface);
  g_test_add_func ("/body-check/many", test_many);
  return g_test_run ();
}
