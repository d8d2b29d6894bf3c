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

  assert_details (hearth_body_check (value, creating ? hearth_body_new_workflow : hearth_body_workflow), wanted);
}

#define BODY(more) "{'name':'n','nodes':[],'edges':[],'viewport':{'x':0,'y':1.5,'zoom':1}" more "}"
#define NODES(nodes) "{'name':'n','nodes':[" nodes "],'edges':[],'viewport':{'x':0,'y':0,'zoom':1}}"
#define EDGES(edges) "{'name':'n','nodes':[],'edges':[" edges "],'viewport':{'x':0,'y':0,'zoom':1}}"

static void
test_fields (void)
{
  static const HearthBodyField fields[] = {
    { .key = "name", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1, .max_length = 4 },
    { .key = "list", .kinds = HEARTH_KIND (ARRAY) | HEARTH_KIND (NULL), .min_length = 2 },
    { .key = NULL },
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
test_rules (void)
{
  static const char *const views[] = { "editor", "custom", NULL };
  static const HearthBodyField panel[] = {
    { .key = "id", .kinds = HEARTH_KIND (STRING), .required = TRUE },
    { .key = "path", .kinds = HEARTH_KIND (STRING), .required = TRUE },
    { .key = NULL },
  };
  static const HearthBodyField amount[] = {
    { .kinds = HEARTH_KINDS_NUMBER, .minimum = 0, .maximum = 1 },
  };
  static const HearthBodyField fields[] = {
    { .key = "view", .kinds = HEARTH_KIND (STRING), .values = views },
    { .key = "at", .kinds = HEARTH_KIND (STRING), .format = HEARTH_BODY_FORMAT_DATE },
    { .key = "page", .kinds = HEARTH_KIND (INTEGER), .minimum = 1, .maximum = 500 },
    { .key = "panels", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (OBJECT), .members = panel },
    { .key = "names", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING) },
    { .key = "amounts", .kinds = HEARTH_KIND (OBJECT), .entries = amount },
    { .key = NULL },
  };
  static const struct
  {
    const char *body;
    const char *details;
  } cases[] = {
    { "{}", NULL },
    { "{'view':'custom','at':'2026-01-31T12:00:00.000Z','page':500,'panels':[{'id':'a','path':'b'}],'names':[],"
      "'amounts':{'a':0,'b':0.5},'x':1}", NULL },
    { "{'view':'other'}", "{'view':['must be one of: editor, custom']}" },
    { "{'at':'2026-01-31T12:00:00+02:00'}", "{'at':['expected a date like 2026-01-31T12:00:00.000Z']}" },
    { "{'at':'soon Z'}", "{'at':['expected a date like 2026-01-31T12:00:00.000Z']}" },
    { "{'page':0}", "{'page':['must be from 1 to 500']}" },
    { "{'page':501}", "{'page':['must be from 1 to 500']}" },
    { "{'page':1.5}", "{'page':['expected a whole number']}" },
    { "{'panels':[1,{'id':'a'}]}",
      "{'panels':['panels[0]: expected an object','panels[1].path: missing; expected a string']}" },
    { "{'names':['a',1]}", "{'names':['names[1]: expected a string']}" },
    { "{'amounts':{'a':2,'b':'c'}}", "{'amounts':['amounts.a: must be from 0 to 1','amounts.b: expected a number']}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) body = json (cases[i].body);

      assert_details (hearth_body_check (body, fields), cases[i].details);
    }
}

static void
test_query (void)
{
  static const HearthBodyField number = { .key = "n", .kinds = HEARTH_KIND (INTEGER) };
  static const HearthBodyField flag = { .key = "f", .kinds = HEARTH_KIND (BOOLEAN) };
  static const HearthBodyField text = { .key = "t", .kinds = HEARTH_KIND (STRING) };
  g_autoptr (HearthValue) five = hearth_body_read_query (&number, "5");
  g_autoptr (HearthValue) none = hearth_body_read_query (&number, "5x");
  g_autoptr (HearthValue) yes = hearth_body_read_query (&flag, "true");
  g_autoptr (HearthValue) digits = hearth_body_read_query (&text, "5");

  g_assert_cmpint (hearth_value_get_integer (five), ==, 5);
  g_assert_true (hearth_value_is (none, STRING));
  g_assert_true (hearth_value_is (yes, BOOLEAN) && hearth_value_get_boolean (yes));
  g_assert_true (hearth_value_is (digits, STRING));
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
                   "{'nodes':['nodes[0].id: expected a string','nodes[0].position.x: expected a number',"
                   "'nodes[0].position.y: missing; expected a number','nodes[0].width: expected a number',"
                   "'nodes[0].inputValues: expected an object']}");
  assert_workflow (NODES ("{'id':'a','type':'x:Y','position':{'x':0,'y':0},'inputConnectionOrders':{'k':[1],'l':1},"
                          "'customSlotDescriptions':{'outputs':{'k':1}}}"), TRUE,
                   "{'nodes':['nodes[0].customSlotDescriptions.outputs.k: expected a string',"
                   "'nodes[0].inputConnectionOrders.k[0]: expected a string',"
                   "'nodes[0].inputConnectionOrders.l: expected a list']}");
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
                   "{'interfaceInputs':['interfaceInputs.a.dataFlowType: must be one of: STRING, INTEGER, FLOAT, BOOLEAN, OBJECT, "
                   "ARRAY, BINARY, WILDCARD, CONVERTIBLE_ANY',"
                   "'interfaceInputs.a.matchCategories[0]: expected a string','interfaceInputs.b: expected an object'],"
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
  details = hearth_body_check (body, hearth_body_workflow);
  g_assert_cmpuint (hearth_value_get_length (hearth_value_get (details, "nodes")), ==, 20);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body-check/fields", test_fields);
  g_test_add_func ("/body-check/rules", test_rules);
  g_test_add_func ("/body-check/query", test_query);
  g_test_add_func ("/body-check/workflow", test_workflow);
  g_test_add_func ("/body-check/nodes", test_nodes);
  g_test_add_func ("/body-check/edges", test_edges);
  g_test_add_func ("/body-check/interface", test_interface);
  g_test_add_func ("/body-check/many", test_many);
  return g_test_run ();
}
