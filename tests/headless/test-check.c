/* test-check.c: every problem a workflow can have is found and named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-check.h"
#include "test-types.h"

static char *
describe (GPtrArray *problems)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      HearthProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (text, "%s%s %s %s.%s", i > 0 ? "\n" : "",
                              problem->level == HEARTH_PROBLEM_ERROR ? "error" : "warning",
                              hearth_problem_code_to_string (problem->code),
                              problem->node_id ? problem->node_id : "-", problem->slot ? problem->slot : "-");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define NODE(id, type, rest) "{\"id\":\"" id "\",\"type\":\"" type "\"" rest "}"
#define EDGE(id, source, output, target, input)                                                                      \
  "{\"id\":\"" id "\",\"source\":\"" source "\",\"sourceHandle\":\"" output "\",\"target\":\"" target                  \
  "\",\"targetHandle\":\"" input "\"}"
#define FLOW(nodes, edges) "{\"nodes\":[" nodes "],\"edges\":[" edges "]}"

static const struct
{
  const char *text;
  const char *problems;
} table[] = {
  { FLOW ("", ""), "" },
  /* Frames and what is only drawn. */
  { FLOW (NODE ("f", "core:frame", "") "," NODE ("g", "group", ""), ""), "" },
  { FLOW (NODE ("u", "elsewhere:Unheard", ""), ""), "error unknown-type u.-" },

  /* What counts as missing (engine.md 3.3). */
  { FLOW (NODE ("m", "core:MathOperation", ""), ""), "" },
  { FLOW (NODE ("t", "core:TextMerge", ""), ""), "error missing-input t.text_inputs" },
  { FLOW (NODE ("t", "core:TextMerge", ",\"inputValues\":{\"text_inputs\":[null,null]}"), ""),
    "error missing-input t.text_inputs" },
  { FLOW (NODE ("t", "core:TextMerge", ",\"inputValues\":{\"text_inputs\":[\"a\"]}"), ""), "" },
  { FLOW (NODE ("t", "core:TextMerge", ",\"bypassed\":true"), ""), "" },
  { FLOW (NODE ("n", "test:Needy", ""), ""), "error missing-input n.stream\nerror missing-input n.anything" },
  { FLOW (NODE ("n", "test:Needy", ",\"inputValues\":{\"anything\":null}") "," NODE ("v", "test:Various", ",\"inputValues\":{\"object\":{}}"),
          EDGE ("e", "v", "stream", "n", "stream")),
    "" },
  { FLOW (NODE ("v", "test:Various", ""), ""), "error missing-input v.object" },
  /* What waits for a node that cannot run, directly or not. */
  { FLOW (NODE ("t", "core:TextMerge", "") "," NODE ("m", "core:MathOperation", "") "," NODE ("n", "core:MathOperation", ""),
          EDGE ("e", "t", "merged_text", "m", "clamp") "," EDGE ("f", "m", "result", "n", "a")),
    "error missing-input t.text_inputs\nwarning incompatible m.clamp\nwarning unreachable m.clamp\n"
    "warning unreachable n.a" },
  /* A stream arrives as text where no stream fits. */
  { FLOW (NODE ("v", "test:Various", ",\"inputValues\":{\"object\":{}}") "," NODE ("t", "core:TextMerge", ""),
          EDGE ("e", "v", "stream", "t", "text_inputs__0")),
    "" },
  /* One more input for a node that falls back to it. */
  { FLOW (NODE ("m", "core:MathOperation", ",\"configValues\":{\"_policy\":{\"onFailure\":\"input\"}}") ","
          NODE ("n", "core:MathOperation", ""),
          EDGE ("e", "n", "result", "m", "_fallback")),
    "" },
  { FLOW (NODE ("m", "core:MathOperation", "") "," NODE ("n", "core:MathOperation", ""),
          EDGE ("e", "n", "result", "m", "_fallback")),
    "warning unknown-slot m._fallback" },
  /* An edge from nowhere brings nothing. */
  { FLOW (NODE ("t", "core:TextMerge", ""), EDGE ("e", "nobody", "x", "t", "text_inputs__0")),
    "error missing-input t.text_inputs\nwarning dangling-edge t.text_inputs" },
  { FLOW (NODE ("m", "core:MathOperation", ""), EDGE ("e", "m", "result", "nobody", "x")),
    "warning dangling-edge m.result" },
  { FLOW ("", EDGE ("e", "no", "x", "nobody", "y")), "warning dangling-edge -.x" },

  /* Values. */
  { FLOW (NODE ("v", "test:Various",
                ",\"inputValues\":{\"object\":\"{}\",\"list\":5,\"count\":11,\"flag\":\"yes\",\"any\":[],\"other\":1}"),
          ""),
    "warning wrong-value v.list\nwarning wrong-value v.count\nwarning wrong-value v.flag" },
  { FLOW (NODE ("v", "test:Various", ",\"inputValues\":{\"object\":[],\"count\":2.5}"), ""),
    "warning wrong-value v.object\nwarning wrong-value v.count" },
  { FLOW (NODE ("v", "test:Various", ",\"inputValues\":{\"object\":null,\"count\":-1}"), ""),
    "warning wrong-value v.count" },
  { FLOW (NODE ("c", "core:CreateMessage", ",\"inputValues\":{\"role\":{\"value\":\"system\",\"label\":\"x\"},"
                                           "\"content\":5}"), ""),
    "warning wrong-value c.content" },
  { FLOW (NODE ("m", "core:MathOperation", ",\"configValues\":{\"operationMode\":\"unheard\"}"), ""),
    "warning wrong-value m.operationMode" },
  /* A value that a connection covers is not looked at. */
  { FLOW (NODE ("v", "test:Various", ",\"inputValues\":{\"object\":{}}") ","
          NODE ("w", "test:Various", ",\"inputValues\":{\"object\":{},\"count\":99}"),
          EDGE ("e", "v", "count", "w", "count")),
    "" },

  /* Edges. */
  { FLOW (NODE ("a", "core:MathOperation", "") "," NODE ("b", "core:MathOperation", ""),
          EDGE ("e", "a", "nothing", "b", "value") "," EDGE ("f", "a", "result", "b", "a")),
    "warning unknown-slot b.value\nwarning unknown-slot b.value" },
  { FLOW (NODE ("v", "test:Various", ",\"inputValues\":{\"object\":{}}") "," NODE ("b", "core:MathOperation", ""),
          EDGE ("e", "v", "text", "b", "a")),
    "warning incompatible b.a" },
  { FLOW (NODE ("v", "test:Various", ",\"inputValues\":{\"object\":{}}") ","
          NODE ("w", "test:Various", ",\"inputValues\":{\"object\":{}}"),
          EDGE ("e", "v", "text", "w", "stream")),
    "error plain-into-stream w.stream" },
  { FLOW (NODE ("u", "elsewhere:Unheard", "") "," NODE ("b", "core:MathOperation", ""),
          EDGE ("e", "u", "whatever", "b", "a") "," EDGE ("f", "b", "result", "u", "whatever")),
    "error unknown-type u.-\nerror cycle u.-\nwarning unreachable b.a" },

  /* Circles: one problem each, at its first node. */
  { FLOW (NODE ("a", "core:MathOperation", "") "," NODE ("b", "core:MathOperation", "") ","
          NODE ("c", "core:MathOperation", "") "," NODE ("d", "core:MathOperation", ""),
          EDGE ("1", "b", "result", "c", "a") "," EDGE ("2", "c", "result", "b", "a") ","
          EDGE ("3", "c", "result", "d", "a") "," EDGE ("4", "a", "result", "b", "b")),
    "error cycle b.-" },
  { FLOW (NODE ("a", "core:MathOperation", ""), EDGE ("1", "a", "result", "a", "a")), "error cycle a.-" },

  /* Groups without their workflows: only what is plain to see. */
  { FLOW (NODE ("g", "core:NodeGroup", ""), ""), "warning missing-workflow g.-" },
  { FLOW (NODE ("g", "core:NodeGroup", ",\"configValues\":{\"referencedWorkflowId\":\"w\"}"), ""), "" },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (HearthGraph) graph = test_graph_new (table[i].text);
      g_autoptr (GPtrArray) problems = hearth_graph_check (graph, NULL);
      g_autofree char *text = describe (problems);

      g_test_message ("%s", table[i].text);
      g_assert_cmpstr (text, ==, table[i].problems);
      for (guint j = 0; j < problems->len; j++)
        g_assert_true (g_utf8_validate (((HearthProblem *) problems->pdata[j])->message, -1, NULL));
    }
}

static void
test_messages (void)
{
  g_autoptr (HearthGraph) graph = test_graph_new (
    FLOW (NODE ("v1", "test:Various", ",\"displayName\":\"My node\"") ","
          NODE ("a", "core:MathOperation", "") "," NODE ("b", "core:MathOperation", ",\"displayName\":\"Twice\""),
          EDGE ("1", "a", "result", "b", "a") "," EDGE ("2", "b", "result", "a", "a")));
  g_autoptr (GPtrArray) problems = hearth_graph_check (graph, NULL);

  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_cmpstr (((HearthProblem *) problems->pdata[0])->message, ==,
                   "“My node” (v1): input “Object” needs a value.");
  g_assert_cmpstr (((HearthProblem *) problems->pdata[1])->message, ==,
                   "“Math” (a): part of a circle, which can never run: “Math” (a), “Twice” (b). "
                   "Remove one of the connections between them.");
}

/* --- groups ----------------------------------------------------------------------------- */

#define GROUP(id, workflow) NODE (id, "core:NodeGroup", ",\"configValues\":{\"referencedWorkflowId\":\"" workflow "\"}")

static GHashTable *
make_groups (const char *first_text,
             ...)
{
  GHashTable *groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  va_list list;

  va_start (list, first_text);
  for (const char *text = first_text; text != NULL; text = va_arg (list, const char *))
    {
      HearthGraph *graph = test_graph_new (text);

      g_hash_table_insert (groups, g_strdup (hearth_graph_get_id (graph)), graph);
    }
  va_end (list);
  return groups;
}

static void
assert_group_problems (const char *text,
                       GHashTable *groups,
                       const char *expected)
{
  g_autoptr (HearthGraph) graph = test_graph_new (text);
  g_autoptr (GPtrArray) problems = hearth_graph_check (graph, groups);
  g_autofree char *found = describe (problems);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_groups (void)
{
  g_autoptr (GHashTable) groups = make_groups (
    "{\"id\":\"inner\",\"nodes\":[" NODE ("t", "core:TextMerge", "") "]}",
    "{\"id\":\"outer\",\"nodes\":[" GROUP ("g", "inner") "]}",
    "{\"id\":\"self\",\"nodes\":[" GROUP ("s", "self") "]}",
    "{\"id\":\"back\",\"nodes\":[" GROUP ("b", "root") "]}", NULL);

  assert_group_problems (FLOW (GROUP ("g", "absent"), ""), groups, "error missing-workflow g.-");
  assert_group_problems (FLOW (GROUP ("g", "inner"), ""), groups, "error missing-input g/t.text_inputs");
  /* Once for each workflow, with the way to it. */
  assert_group_problems (FLOW (GROUP ("a", "outer") "," GROUP ("b", "inner"), ""), groups,
                         "error missing-input a/g/t.text_inputs");
  assert_group_problems (FLOW (GROUP ("g", "self"), ""), groups, "error recursion g/s.-");
  assert_group_problems ("{\"id\":\"root\",\"nodes\":[" GROUP ("g", "back") "]}", groups, "error recursion g/b.-");
  assert_group_problems ("{\"id\":\"root\",\"nodes\":[" GROUP ("g", "root") "]}", NULL, "error recursion g.-");
}

/* --- models ----------------------------------------------------------------------------- */

static char *
judge_model (const char        *model,
             HearthProblemCode *code,
             gpointer           user_data)
{
  guint *n_asked = user_data;

  ++*n_asked;
  if (g_str_equal (model, "here"))
    return NULL;
  *code = g_str_equal (model, "locked") ? HEARTH_PROBLEM_MISSING_KEY : HEARTH_PROBLEM_NO_CHANNEL;
  return g_strdup ("it cannot be asked.");
}

static void
assert_model_problems (const char *text,
                       GHashTable *groups,
                       guint       n_asked,
                       const char *expected)
{
  g_autoptr (HearthGraph) graph = test_graph_new (text);
  guint n = 0;
  g_autoptr (GPtrArray) problems = hearth_graph_check_with_models (graph, groups, judge_model, &n);
  g_autofree char *found = describe (problems);

  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpuint (n, ==, n_asked);
}

#define ASKER(id, rest) NODE (id, "test:Asker", rest)
#define NAMED(model) ",\"inputValues\":{\"model\":" model "}"

static void
test_models (void)
{
  g_autoptr (GHashTable) groups
    = make_groups ("{\"id\":\"inner\",\"nodes\":[" ASKER ("m", NAMED ("\"gone\"")) "]}", NULL);

  assert_model_problems (FLOW (ASKER ("a", "") "," ASKER ("b", NAMED ("\"here\"")), ""), NULL, 2, "");
  assert_model_problems (FLOW (ASKER ("a", NAMED ("\"gone\"")) "," ASKER ("b", NAMED ("\"locked\"")), ""), NULL, 2,
                         "error no-channel a.model\nerror missing-key b.model");
  assert_model_problems (FLOW (ASKER ("a", NAMED ("[\"here\",\"gone\",\"locked\",5]")), ""), NULL, 3,
                         "warning no-channel a.model\nwarning missing-key a.model");
  assert_model_problems (FLOW (ASKER ("a", NAMED ("\" here \\n gone\"")), ""), NULL, 2, "warning no-channel a.model");
  assert_model_problems (FLOW (GROUP ("g", "inner"), ""), groups, 1, "error no-channel g/m.model");
  /* What is not asked: none chosen, one that a wire brings, a bypassed node. */
  assert_model_problems (FLOW (ASKER ("a", NAMED ("\"\"")) "," ASKER ("b", ",\"bypassed\":true" NAMED ("\"gone\"")), ""),
                         NULL, 0, "");
  assert_model_problems (FLOW (NODE ("c", "core:CreateMessage", "") "," ASKER ("a", NAMED ("\"gone\"")),
                               EDGE ("e", "c", "messages", "a", "model")), NULL, 0, "");
}

static void
test_group_slots (void)
{
  g_autoptr (HearthGraph) graph = test_graph_new (
    FLOW (GROUP ("g", "w") "," NODE ("m", "core:MathOperation", ""),
          EDGE ("1", "m", "result", "g", "in") "," EDGE ("2", "g", "gone", "m", "a")));
  g_autoptr (HearthValue) inputs = test_parse ("{\"in\":{\"dataFlowType\":\"OBJECT\"}}");
  g_autoptr (GPtrArray) before = hearth_graph_check (graph, NULL);
  g_autoptr (GPtrArray) after = NULL;
  g_autofree char *before_text = describe (before);
  g_autofree char *after_text = NULL;

  hearth_graph_set_group_interface (graph, "w", inputs, NULL);
  after = hearth_graph_check (graph, NULL);
  after_text = describe (after);
  g_assert_cmpstr (before_text, ==, "error cycle g.-");
  g_assert_cmpstr (after_text, ==, "error cycle g.-\nwarning incompatible g.in\nwarning unknown-slot m.a");
}

static void
test_example (void)
{
  g_autoptr (HearthGraph) graph = test_graph_read ("greeter.json");
  g_autoptr (HearthGraph) group = test_graph_read ("greeter-group.json");
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *text = NULL;

  g_hash_table_insert (groups, (gpointer) hearth_graph_get_id (group), group);
  hearth_graph_set_group_interface (graph, hearth_graph_get_id (group),
                                    hearth_graph_get_property (group, "interfaceInputs"),
                                    hearth_graph_get_property (group, "interfaceOutputs"));
  problems = hearth_graph_check (graph, groups);
  text = describe (problems);
  g_assert_cmpstr (text, ==,
                   "warning dangling-edge MergeMessages_1.message_inputs\n"
                   "error unknown-type foreign-1.-\n"
                   "warning dangling-edge foreign-1.out");
}

/* A walk that called itself for every node would run out of stack here. */
static void
test_long_chain (void)
{
  g_autoptr (GString) text = g_string_new ("{\"nodes\":[");
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  const guint n = 20000;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"id\":\"%u\",\"type\":\"core:MathOperation\"}", i > 0 ? "," : "", i);
  g_string_append (text, "],\"edges\":[");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text,
                            "%s{\"id\":\"e%u\",\"source\":\"%u\",\"target\":\"%u\",\"sourceHandle\":\"result\","
                            "\"targetHandle\":\"a\"}",
                            i > 0 ? "," : "", i, i, (i + 1) % n);
  g_string_append (text, "]}");
  graph = test_graph_new (text->str);
  problems = hearth_graph_check (graph, NULL);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpint (((HearthProblem *) problems->pdata[0])->code, ==, HEARTH_PROBLEM_CYCLE);
  g_assert_cmpuint (strlen (((HearthProblem *) problems->pdata[0])->message), <, 400);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/table", test_table);
  g_test_add_func ("/check/messages", test_messages);
  g_test_add_func ("/check/groups", test_groups);
  g_test_add_func ("/check/models", test_models);
  g_test_add_func ("/check/group-slots", test_group_slots);
  g_test_add_func ("/check/example", test_example);
  g_test_add_func ("/check/long-chain", test_long_chain);
  return g_test_run ();
}
