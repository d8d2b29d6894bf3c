/* test-edit-workflow.c: verbs on the workflow and its interface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "edits.h"

#define WITH_INTERFACE                                                                                               \
  "{\"nodes\":[{\"id\":\"in\",\"type\":\"core:GroupInput\"},{\"id\":\"out\",\"type\":\"core:GroupOutput\"},"         \
  "{\"id\":\"m\",\"type\":\"core:MathOperation\"},{\"id\":\"v\",\"type\":\"test:Various\"},"                        \
  "{\"id\":\"v2\",\"type\":\"test:Various\"}],\"edges\":[],\"interfaceInputs\":{\"input_0\":{\"key\":\"input_0\","  \
  "\"displayName\":\"*\",\"dataFlowType\":\"CONVERTIBLE_ANY\",\"allowDynamicType\":true}}}"

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/edit/property", "greeter.json", test_property);
  add_test ("/edit/adopt", WITH_INTERFACE, test_adopt);
  add_test ("/edit/interface", "greeter.json", test_interface);
  add_test ("/edit/interface-order", "greeter-group.json", test_interface_order);
  return g_test_run ();
}
