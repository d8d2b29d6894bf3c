/* test-run.c: one execution of a plan: events, values, failures, groups, cancel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"

#include <string.h>

#define T(id, type, more) N (id, "test:" type, more)
#define FIN "{\"type\":\"finish_reason_chunk\",\"content\":\"Stream ended\"} last\n"
#define FAILED "error: One or more nodes failed during execution.\n"

static void
assert_trace (const char *json,
              const char *trace)
{
  g_autoptr (Recorder) recorder = record_workflow (json);

  g_assert_cmpstr (recorder->text->str, ==, trace);
}

static Recorder *
record_groups (const char *json,
               GHashTable *groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph = engine_graph (json);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, &error);
  Recorder *recorder = NULL;

  g_assert_no_error (error);
  recorder = recorder_new (hearth_run_new (plan, NULL));
  hearth_run_set_keep_outputs (recorder->run, TRUE);
  recorder_run (recorder);
  return recorder;
}

static void
assert_output (HearthRun  *run,
               const char *id,
               const char *json)
{
  HearthValue *output = hearth_run_get_step_output (run, id);
  g_autofree char *text = output ? hearth_json_print (output) : NULL;

  g_assert_cmpstr (text, ==, json);
}

/* --- traces of websocket.md 11 -------------------------------------------------- */

static void
test_empty (void)
{
  assert_trace (W ("", ""), "running\ncomplete\n");
}

static void
test_plain (void)
{
  assert_trace (W (T ("a", "add", V ("'a':1")) "," T ("b", "add", V ("'b':10")), E ("1", "a", "sum", "b", "a")),
                "running\n"
                "EXECUTING a\nCOMPLETE a {\"sum\":2}\nYIELD a " FIN
                "EXECUTING b\nCOMPLETE b {\"sum\":12}\nYIELD b " FIN "complete\n");
}

static void
test_interface (void)
{
  assert_trace (WI ("w", I ("text", "STRING", ",'config':{'default':'Yo'}") "," I ("p", "CONVERTIBLE_ANY", ""),
                    I ("t", "STRING", ""),
                    N ("gi", "core:GroupInput", "") "," N ("go", "core:GroupOutput", ""),
                    E ("1", "gi", "text", "go", "t")),
                "running\n"
                "EXECUTING gi\nCOMPLETE gi {\"text\":\"Yo\"}\nYIELD gi " FIN
                "EXECUTING go\nCOMPLETE go {}\nYIELD go " FIN
                "OUTPUTS {\"t\":\"Yo\"}\ncomplete\n");
}

/* An output that takes several edges has them at its places; an edge to nowhere is no edge. */
static void
test_interface_places (void)
{
  assert_trace (WI ("w", "", I ("m", "STRING", ",'multi':true") "," I ("t", "STRING", ""),
                    T ("a", "text", V ("'v':'a'")) "," N ("go", "core:GroupOutput", ""),
                    E ("1", "a", "out", "go", "m__0") "," E ("2", "gone", "out", "go", "t") "," E ("3", "a", "out", "go", "t")),
                "running\n"
                "EXECUTING a\nCOMPLETE a {\"out\":\"a\"}\nYIELD a " FIN
                "EXECUTING go\nCOMPLETE go {}\nYIELD go " FIN
                "OUTPUTS {\"m\":\"a\",\"t\":\"a\"}\ncomplete\n");
}

static void
test_interface_values (void)
{
  g_autoptr (HearthGraph) graph
      = engine_graph (WI ("w", I ("text", "STRING", ",'config':{'default':'Yo'}"), I ("t", "STRING", ""),
                          N ("gi", "core:GroupInput", "") "," N ("go", "core:GroupOutput", ""),
                          E ("1", "gi", "text", "go", "t")));
  g_autoptr (HearthValue) values
      = hearth_value_object ("text", hearth_value_string ("Hey"), "unknown", hearth_value_integer (1), NULL);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, values, NULL, NULL);
  g_autoptr (Recorder) recorder = recorder_new (hearth_run_new (plan, NULL));
  g_autofree char *outputs = NULL;

  hearth_run_set_keep_outputs (recorder->run, TRUE);
  recorder_run (recorder);
  outputs = hearth_json_print (hearth_run_get_outputs (recorder->run));
  g_assert_cmpstr (outputs, ==, "{\"t\":\"Hey\"}");
  assert_output (recorder->run, "gi", "{\"text\":\"Hey\"}");
}

static void
test_unknown_type (void)
{
  assert_trace (W (N ("n1", "demo:Nope", ""), ""),
                "running\nERROR n1 Node type demo:Nope not found or not executable.\n" FAILED);
  assert_trace (W (N ("n1", "demo:Nope", ",'bypassed':true"), ""),
                "running\nERROR n1 Critical error: Node type demo:Nope not found in registry.\n" FAILED);
}

static void
test_missing_input (void)
{
  assert_trace (W (T ("n1", "needy", ""), ""),
                "running\nERROR n1 Critical error: Missing required input 'v' for node n1 (test:needy)\n" FAILED);
  assert_trace (W (T ("m", "multi", ""), ""),
                "running\nERROR m Critical error: Missing required input 'v' for node m (test:multi)\n" FAILED);
}

static void
test_failure_skips (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("f", "fail", "") "," T ("a", "text", "") "," T ("b", "text", "") "," T ("free", "text", V ("'v':'ok'")) ","
         T ("both", "multi", ""),
         E ("1", "f", "out", "a", "v") "," E ("2", "a", "out", "b", "v") "," E ("3", "free", "out", "both", "v__0") ","
         E ("4", "b", "out", "both", "v__1")));

  g_assert_cmpstr (r->text->str, ==,
                   "running\nEXECUTING f\nERROR f boom\nSKIPPED a\nSKIPPED b\nSKIPPED both\n"
                   "EXECUTING free\nCOMPLETE free {\"out\":\"ok\"}\nYIELD free " FIN FAILED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "f"), ==, HEARTH_STEP_FAILED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "b"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "free"), ==, HEARTH_STEP_DONE);
  g_assert_cmpstr (hearth_run_get_step_error (r->run, "f"), ==, "boom");
  g_assert_cmpstr (hearth_run_get_message (r->run), ==, "One or more nodes failed during execution.");
  g_assert_null (hearth_run_get_step_output (r->run, "b"));
}

/* --- values ----------------------------------------------------------------------- */

static void
test_zero_and_default (void)
{
  g_autoptr (Recorder) r = record_workflow (W (T ("z", "add", "") "," T ("t", "text", "") "," T ("w", "any", "") ","
                                               T ("n", "any", V ("'v':null")),
                                               E ("1", "w", "out", "t", "v")));

  assert_output (r->run, "z", "{\"sum\":1}"); /* a: zero of its type, b: config.default */
  assert_output (r->run, "w", "{}");          /* no zero for WILDCARD */
  assert_output (r->run, "t", "{}");          /* connected to nothing: no zero either */
  assert_output (r->run, "n", "{\"out\":null}");
}

/* A connection whose source gave nothing falls back to the stored value. */
static void
test_stored_behind_edge (void)
{
  g_autoptr (Recorder) r
      = record_workflow (W (T ("w", "any", "") "," T ("t", "text", V ("'v':'stored'")), E ("1", "w", "out", "t", "v")));

  assert_output (r->run, "t", "{\"out\":\"stored\"}");
}

static void
test_last_edge_wins (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("a", "text", V ("'v':'a'")) "," T ("b", "text", V ("'v':'b'")) "," T ("t", "text", ""),
         E ("1", "a", "out", "t", "v") "," E ("2", "b", "out", "t", "v")));

  assert_output (r->run, "t", "{\"out\":\"b\"}");
}

static void
test_undeclared (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("a", "text", V ("'v':'a'")) "," T ("t", "multi", ""), E ("1", "a", "nothing", "t", "v__0") ","
         E ("2", "a", "out", "t", "other") "," E ("3", "gone", "out", "t", "v__1")));

  assert_output (r->run, "t", "{\"out\":[null]}"); /* an edge to nowhere is no edge */
}

#define ABC                                                                                                            \
  T ("a", "text", V ("'v':'a'")) "," T ("b", "text", V ("'v':'b'")) "," T ("c", "text", V ("'v':'c'")) ","

static void
test_multi_orders (void)
{
  g_autoptr (Recorder) by_index = record_workflow (
      W (ABC T ("m", "multi", ""),
         E ("1", "a", "out", "m", "v__7") "," E ("2", "b", "out", "m", "v__0") "," E ("3", "c", "out", "m", "v__2")));
  g_autoptr (Recorder) by_list = record_workflow (
      W (ABC T ("m", "multi", ",'inputConnectionOrders':{'v':['3','gone','1','2']}"),
         E ("1", "a", "out", "m", "v__0") "," E ("2", "b", "out", "m", "v__1") "," E ("3", "c", "out", "m", "v__2")));
  g_autoptr (Recorder) by_edges = record_workflow (
      W (ABC T ("m", "multi", V ("'v':[null,null]")),
         E ("1", "c", "out", "m", "v") "," E ("2", "b", "out", "m", "v") "," E ("3", "a", "out", "m", "v")));

  assert_output (by_index->run, "m", "{\"out\":[\"b\",\"c\",\"a\"]}");
  assert_output (by_list->run, "m", "{\"out\":[\"c\",\"a\",\"b\"]}");
  assert_output (by_edges->run, "m", "{\"out\":[\"c\",\"b\",\"a\"]}");
}

/* --- at the same time --------------------------------------------------------------- */

static void
test_concurrent (void)
{
  g_autoptr (GString) nodes = g_string_new (NULL);
  g_autofree char *json = NULL;
  g_autoptr (Recorder) r = NULL;

  engine_nodes_reset ();
  for (int i = 0; i < 8; i++)
    g_string_append_printf (nodes, "%s{'id':'s%d','type':'test:slow','inputValues':{'ms':20}}", i ? "," : "", i);
  json = g_strdup_printf ("{'nodes':[%s],'edges':[]}", nodes->str);
  r = record_workflow (json);

  g_assert_cmpint (engine_log.max_running, ==, 8);
  for (int i = 1; i <= 8; i++)
    g_assert_true (g_str_has_prefix (g_ptr_array_index (r->lines, i), "EXECUTING"));
  g_assert_cmpuint (engine_log.n_data_freed, ==, 8);
}

static void
test_compute (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("c", "compute", V ("'n':4,'ms':5")) "," T ("d", "compute", "") "," T ("bad", "compute", V ("'n':-1")) "," T ("e", "text", ""),
         E ("1", "c", "out", "d", "n") "," E ("2", "bad", "out", "e", "v")));

  assert_output (r->run, "d", "{\"out\":16}");
  g_assert_cmpstr (hearth_run_get_step_error (r->run, "bad"), ==, "negative");
  g_assert_cmpint (hearth_run_get_step_state (r->run, "e"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (recorder_find (r, "LOG c computed"), >, recorder_find (r, "EXECUTING c"));
}

static void
test_instant (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("i", "instant", V ("'v':'x'")) "," T ("t", "instant", ""), E ("1", "i", "out", "t", "v")));

  assert_output (r->run, "t", "{\"out\":\"x\"}");
}

/* A chain of 10,000: nothing in the engine recurses, neither in running nor in freeing. */
static void
test_long_chain (void)
{
  g_autoptr (GString) nodes = g_string_new (NULL);
  g_autoptr (GString) edges = g_string_new (NULL);
  g_autoptr (HearthPlan) plan = NULL;
  g_autoptr (HearthRun) run = NULL;
  g_autofree char *json = NULL;

  for (int i = 0; i < 10000; i++)
    {
      g_string_append_printf (nodes, "%s{'id':'n%d','type':'test:add'}", i ? "," : "", i);
      if (i)
        g_string_append_printf (edges, "%s{'id':'e%d','source':'n%d','sourceHandle':'sum','target':'n%d','targetHandle':'a'}",
                                i > 1 ? "," : "", i, i - 1, i);
    }
  json = g_strdup_printf ("{'nodes':[%s],'edges':[%s]}", nodes->str, edges->str);
  plan = engine_plan (json);
  run = hearth_run_new (plan, NULL);
  hearth_run_set_keep_outputs (run, TRUE);
  hearth_run_start (run);
  iterate_until_final (run);
  assert_output (run, "n9999", "{\"sum\":10000}");
}

/* --- bypass ------------------------------------------------------------------------- */

#define BYPASSED ",'bypassed':true"

static void
test_bypass (void)
{
  assert_trace (W (T ("n1", "text", V ("'v':'x'") BYPASSED) "," T ("n2", "text", ""), E ("1", "n1", "out", "n2", "v")),
                "running\nBYPASSED n1 {\"out\":\"x\"}\nCOMPLETE n1 {\"out\":\"x\"}\n"
                "EXECUTING n2\nCOMPLETE n2 {\"out\":\"x\"}\nYIELD n2 " FIN "complete\n");
}

static void
test_bypass_rules (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("mute", "muted", V ("'v':'x'") BYPASSED) "," T ("pair", "paired", V ("'a':'A','b':'B'") BYPASSED) ","
         T ("mix", "mixed", V ("'n':3,'s':'S'") BYPASSED) "," T ("need", "needy", BYPASSED),
         ""));

  assert_output (r->run, "mute", "{}");
  /* y: a text does not fit an INTEGER, so its default; z: not named, so the empty text */
  assert_output (r->run, "pair", "{\"x\":\"B\",\"y\":7,\"z\":\"\"}");
  /* o: no OBJECT has a value; s1 takes the number, the first that fits; then s is left for s2 */
  assert_output (r->run, "mix", "{\"o\":{},\"s1\":3,\"s2\":\"S\",\"f\":0,\"w\":null}");
  assert_output (r->run, "need", "{\"out\":{}}"); /* the required check is not for bypassed nodes */
  g_assert_cmpint (hearth_run_get_step_state (r->run, "mix"), ==, HEARTH_STEP_BYPASSED);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

/* --- groups --------------------------------------------------------------------------- */

#define REF(id) ",'configValues':{'referencedWorkflowId':'" id "'}"
#define GI N ("gi", "core:GroupInput", "")
#define GO N ("go", "core:GroupOutput", "")
/* adds 1 to i; hands i through as p; j has a default */
#define ADDER                                                                                                          \
  WI ("adder", I ("i", "INTEGER", "") "," I ("j", "INTEGER", ",'config':{'default':1}"),                               \
      I ("o", "INTEGER", "") "," I ("p", "INTEGER", ""), GI "," T ("x", "add", "") "," GO,                             \
      E ("1", "gi", "i", "x", "a") "," E ("2", "gi", "j", "x", "b") "," E ("3", "x", "sum", "go", "o") ","             \
      E ("4", "gi", "i", "go", "p"))

static void
test_group (void)
{
  g_autoptr (GHashTable) groups = engine_groups ("adder", ADDER, NULL);
  g_autoptr (Recorder) r = record_groups (W (T ("s", "add", V ("'a':4")) "," N ("G", "core:NodeGroup", REF ("adder")) ","
                                             T ("t", "add", ""),
                                             E ("1", "s", "sum", "G", "i") "," E ("2", "G", "o", "t", "a") ","
                                             E ("3", "G", "p", "t", "b")),
                                          groups);

  g_assert_cmpstr (r->text->str, ==,
                   "running\nEXECUTING s\nCOMPLETE s {\"sum\":5}\nYIELD s " FIN
                   "EXECUTING G\nEXECUTING G/x\nCOMPLETE G/x {\"sum\":6}\nYIELD G/x " FIN
                   "COMPLETE G {\"o\":6,\"p\":5}\n"
                   "EXECUTING t\nCOMPLETE t {\"sum\":11}\nYIELD t " FIN "complete\n");
  g_assert_cmpint (hearth_run_get_step_state (r->run, "G"), ==, HEARTH_STEP_DONE);
  assert_output (r->run, "G", "{\"o\":6,\"p\":5}");
}

static void
test_group_instances (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "adder", ADDER, "outer",
      WI ("outer", I ("in", "INTEGER", ""), I ("out", "INTEGER", ""),
          GI "," N ("A", "core:NodeGroup", REF ("adder")) "," N ("B", "core:NodeGroup", REF ("adder") V ("'j':100")) "," GO,
          E ("1", "gi", "in", "A", "i") "," E ("2", "A", "o", "B", "i") "," E ("3", "B", "o", "go", "out")),
      NULL);
  g_autoptr (Recorder) r
      = record_groups (W (N ("X", "core:NodeGroup", REF ("outer") V ("'in':10")) "," N ("Y", "core:NodeGroup", REF ("outer")) ","
                          T ("t", "add", ""),
                          E ("1", "X", "out", "t", "a") "," E ("2", "Y", "out", "t", "b")),
                       groups);

  assert_output (r->run, "X/A/x", "{\"sum\":11}");
  assert_output (r->run, "X", "{\"out\":111}");
  assert_output (r->run, "Y/B", "{\"o\":101,\"p\":1}"); /* Y's in: the type's zero */
  assert_output (r->run, "t", "{\"sum\":212}");
  g_assert_cmpint (recorder_find (r, "EXECUTING X"), <, recorder_find (r, "EXECUTING X/A"));
  g_assert_cmpint (recorder_find (r, "COMPLETE X/B {\"o\":111,\"p\":11}"), <, recorder_find (r, "COMPLETE X {\"out\":111}"));
}

/* One slot feeds several inner nodes, two GroupInputs, and multi-inputs keep the inner order. */
static void
test_group_fan_out (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "fan",
      WI ("fan", I ("one", "STRING", "") "," I ("many", "STRING", ",'multi':true"), I ("o", "ARRAY", "") "," I ("a", "STRING", ""),
          GI "," N ("gi2", "core:GroupInput", "") "," T ("m", "multi", ",'inputConnectionOrders':{'v':['c','b','a']}") ","
          T ("t", "text", "") "," T ("w", "any", "") "," GO,
          E ("a", "gi", "one", "m", "v__0") "," E ("b", "gi2", "many", "m", "v__1") "," E ("c", "gi2", "one", "m", "v__2") ","
          E ("d", "gi2", "one", "t", "v") "," E ("e", "m", "out", "go", "o") "," E ("f", "gi", "many", "w", "v")),
      NULL);
  g_autoptr (Recorder) r = record_groups (
      W (ABC N ("G", "core:NodeGroup", REF ("fan")),
         E ("1", "a", "out", "G", "one") "," E ("2", "b", "out", "G", "many__1") "," E ("3", "c", "out", "G", "many__0")),
      groups);

  assert_output (r->run, "G/m", "{\"out\":[\"a\",\"c\",\"b\",\"a\"]}");
  assert_output (r->run, "G/t", "{\"out\":\"a\"}");
  assert_output (r->run, "G/w", "{\"out\":[\"c\",\"b\"]}");
}

static void
test_group_fails (void)
{
  g_autoptr (GHashTable) groups
      = engine_groups ("bad",
                       WI ("bad", I ("i", "STRING", ""), I ("o", "STRING", ""),
                           GI "," T ("f", "fail", "") "," T ("ok", "text", "") "," GO,
                           E ("1", "gi", "i", "f", "x") "," E ("2", "f", "out", "go", "o")),
                       NULL);
  g_autoptr (Recorder) r
      = record_groups (W (N ("G", "core:NodeGroup", REF ("bad")) "," T ("t", "text", ""), E ("1", "G", "o", "t", "v")), groups);
  g_autoptr (Recorder) before = record_groups (
      W (T ("f", "fail", "") "," N ("G", "core:NodeGroup", REF ("bad")), E ("1", "f", "out", "G", "i")), groups);

  g_assert_cmpint (recorder_find (r, "ERROR G The node “G/f” inside this group failed."), >, recorder_find (r, "ERROR G/f boom"));
  g_assert_cmpint (hearth_run_get_step_state (r->run, "t"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "G"), ==, HEARTH_STEP_FAILED);
  /* G/ok does not depend on the failure, so the group has begun and must end */
  g_assert_cmpint (hearth_run_get_step_state (before->run, "G/ok"), ==, HEARTH_STEP_DONE);
  g_assert_cmpint (hearth_run_get_step_state (before->run, "G"), ==, HEARTH_STEP_FAILED);
}

static void
test_group_hollow (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "pass", WI ("pass", I ("i", "STRING", ",'config':{'default':'d'}"), I ("o", "STRING", ""), GI "," GO, E ("1", "gi", "i", "go", "o")),
      NULL);
  g_autoptr (Recorder) r = record_groups (W (T ("a", "text", V ("'v':'a'")) "," N ("P", "core:NodeGroup", REF ("pass")) ","
                                             N ("Q", "core:NodeGroup", REF ("pass")) "," T ("t", "text", "") "," T ("u", "text", ""),
                                             E ("1", "a", "out", "P", "i") "," E ("2", "P", "o", "t", "v") ","
                                             E ("3", "Q", "o", "u", "v")),
                                          groups);

  assert_output (r->run, "P", "{\"o\":\"a\"}");
  assert_output (r->run, "Q", "{\"o\":\"d\"}");
  assert_output (r->run, "t", "{\"out\":\"a\"}");
  assert_output (r->run, "u", "{\"out\":\"d\"}");
}

/* An inner instance without a node of its own belongs to the outer one all the same. */
static void
test_group_hollow_inside (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "pass", WI ("pass", I ("i", "STRING", ""), I ("o", "STRING", ""), GI "," GO, E ("1", "gi", "i", "go", "o")), "outer",
      WI ("outer", I ("a", "STRING", "") "," I ("b", "STRING", ""), "",
          GI "," N ("P", "core:NodeGroup", REF ("pass")) "," T ("t", "text", ""),
          E ("1", "gi", "a", "P", "i") "," E ("2", "gi", "b", "t", "v")),
      NULL);
  g_autoptr (Recorder) r = record_groups (W (T ("f", "fail", "") "," T ("w", "slow", V ("'v':'x','ms':5")) ","
                                             N ("G", "core:NodeGroup", REF ("outer")),
                                             E ("1", "w", "out", "G", "a") "," E ("2", "f", "out", "G", "b")),
                                          groups);

  g_assert_cmpint (recorder_find (r, "EXECUTING G"), <, recorder_find (r, "EXECUTING G/P"));
  g_assert_cmpint (recorder_find (r, "COMPLETE G/P {\"o\":\"x\"}"), >, 0);
  g_assert_cmpint (recorder_find (r, "ERROR G The group could not finish, because a node before it failed."), >,
                   recorder_find (r, "COMPLETE G/P {\"o\":\"x\"}"));
}

/* --- cancel --------------------------------------------------------------------------- */

#define BUSY                                                                                                           \
  WI ("busy", "", I ("s", "STRING", ",'isStream':true") "," I ("t", "STRING", ""),                                     \
      T ("a", "text", V ("'v':'x'")) "," T ("src", "source", V ("'text':'c','count':5")) "," T ("r", "relay", "") ","  \
      T ("rd", "reader", "") "," T ("w", "slow", V ("'ms':3")) "," T ("c", "compute", V ("'ms':3")) ","                \
      T ("z", "multi", "") "," T ("f", "fail", "") "," T ("by", "text", BYPASSED) "," GO,                              \
      E ("1", "a", "out", "src", "text") "," E ("2", "src", "stream_output", "r", "in") "," E ("3", "r", "out", "rd", "in") ","    \
      E ("4", "rd", "text", "z", "v__0") "," E ("5", "c", "out", "z", "v__1") "," E ("6", "w", "out", "z", "v__2") "," \
      E ("7", "r", "out", "go", "s") "," E ("8", "z", "out", "go", "t"))

static void
test_cancel_everywhere (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (BUSY);
  guint n_events = G_MAXUINT;

  for (guint k = 0; k < n_events; k++)
    {
      g_autoptr (Recorder) recorder = recorder_new (hearth_run_new (plan, NULL));
      HearthRunStatus status;

      recorder->cancel_at = k;
      recorder_run (recorder);
      for (int i = 0; i < 50; i++)
        g_main_context_iteration (NULL, FALSE);
      g_assert_cmpuint (recorder->n_after, ==, 0);
      status = hearth_run_get_status (recorder->run);
      if (k + 3 < recorder->n_events)
        g_assert_cmpint (status, ==, HEARTH_RUN_INTERRUPTED);
      if (status == HEARTH_RUN_INTERRUPTED)
        g_assert_null (hearth_run_get_outputs (recorder->run));
      else
        n_events = recorder->n_events;
      g_assert_cmpuint (k, <, 500);
    }
}

static void
test_cancel_tells_running (void)
{
  g_autoptr (HearthPlan) plan
      = engine_plan (W (T ("w", "slow", V ("'ms':10000")) "," T ("t", "text", ""), E ("1", "w", "out", "t", "v")));
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));

  hearth_run_set_keep_outputs (r->run, TRUE);
  r->cancel_at = 1;
  recorder_run (r);
  g_assert_cmpstr (r->text->str, ==, "running\nEXECUTING w\nERROR w Execution interrupted by user.\ninterrupted\n");
  g_assert_cmpint (hearth_run_get_step_state (r->run, "t"), ==, HEARTH_STEP_CANCELLED);
}

static void
test_cancel_queued (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W (T ("t", "text", ""), ""));
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));

  hearth_run_set_keep_outputs (r->run, TRUE);
  hearth_run_cancel (r->run);
  hearth_run_cancel (r->run);
  g_assert_cmpstr (r->text->str, ==, "interrupted\n");
}

static void
test_cancel_stubborn (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W (T ("w", "stubborn", V ("'ms':2500")), ""));
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));
  HearthRun *run = r->run;

  hearth_run_set_keep_outputs (r->run, TRUE);
  r->cancel_at = 1;
  g_test_expect_message ("hearth-engine", G_LOG_LEVEL_WARNING, "*did not stop*");
  recorder_run (r);
  g_test_assert_expected_messages ();
  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_INTERRUPTED);

  g_object_add_weak_pointer (G_OBJECT (run), (gpointer *) &run);
  g_clear_object (&r->run);
  g_assert_nonnull (run); /* kept for the node that still holds its step */
  while (run)
    g_main_context_iteration (NULL, TRUE);
}

/* --- the rest ------------------------------------------------------------------------- */

static void
test_failed_plan (void)
{
  GError *error = g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CYCLE, "no order");
  g_autoptr (Recorder) r = recorder_new (hearth_run_new_failed (error, NULL));

  recorder_run (r);
  g_assert_cmpstr (r->text->str, ==, "running\nerror: no order\n");
  g_assert_null (hearth_run_get_plan (r->run));
  g_assert_cmpint (hearth_run_get_step_state (r->run, "any"), ==, HEARTH_STEP_WAITING);
}

typedef struct
{
  HearthRun *run;
  guint      id;
  guint      n_events, n_freed;
} Leaver;

static void
leave_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  Leaver *leaver = user_data;

  if (++leaver->n_events == 2)
    hearth_run_remove_observer (leaver->run, leaver->id);
}

static void
freed_cb (gpointer user_data)
{
  ((Leaver *) user_data)->n_freed++;
}

static void
test_observers (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W (T ("t", "text", ""), ""));
  HearthRun *run = hearth_run_new (plan, NULL);
  Leaver first = { run, 0, 0, 0 }, second = { run, 0, 0, 0 };
  g_autoptr (Recorder) r = NULL;

  first.id = hearth_run_add_observer (run, leave_cb, &first, freed_cb);
  r = recorder_new (run);
  second.id = hearth_run_add_observer (run, leave_cb, &second, freed_cb);
  recorder_run (r);
  g_assert_cmpuint (first.n_events, ==, 2);
  g_assert_cmpuint (second.n_events, ==, 2);
  g_assert_cmpuint (first.n_freed + second.n_freed, ==, 2);
  g_assert_cmpuint (r->n_events, ==, 5);
}

static void
test_facts (void)
{
  g_autoptr (HearthPlan) plan = engine_plan (W (T ("w", "slow", V ("'ms':5")), ""));
  g_autoptr (HearthValue) metadata = hearth_value_object ("internalId", hearth_value_string ("tab"), NULL);
  g_autoptr (HearthRun) run = hearth_run_new (plan, metadata);
  g_autoptr (HearthRun) other = hearth_run_new (plan, NULL);

  hearth_run_set_keep_outputs (other, TRUE);
  hearth_run_set_keep_outputs (run, TRUE);
  g_assert_cmpuint (strlen (hearth_run_get_id (run)), ==, 21);
  g_assert_cmpstr (hearth_run_get_id (run), !=, hearth_run_get_id (other));
  g_assert_cmpint (hearth_run_get_started_ms (run), ==, 0);
  g_assert_true (hearth_run_get_metadata (run) == metadata);
  hearth_run_start (run);
  iterate_until_final (run);
  g_assert_cmpint (hearth_run_get_started_ms (run), >=, hearth_run_get_submitted_ms (run));
  g_assert_cmpfloat (hearth_run_get_duration_ms (run), >=, 4.0);
}

static void
twice_start (HearthStep *step)
{
  hearth_step_complete (step);
  hearth_step_complete (step);
}

static void
test_ended_twice (void)
{
  static const HearthNodeDecl decl
      = { .type = "twice", .space = "test", .category = "t", .name = "t", .title = "t", .description = "t", .start = twice_start };

  hearth_catalog_add (engine_catalog (), &decl);
  g_test_expect_message ("hearth-engine", G_LOG_LEVEL_CRITICAL, "*ended twice*");
  assert_trace (W (T ("t", "twice", ""), ""), "running\nEXECUTING t\nCOMPLETE t {}\nYIELD t " FIN "complete\n");
  g_test_assert_expected_messages ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/empty", test_empty);
  g_test_add_func ("/run/plain", test_plain);
  g_test_add_func ("/run/interface", test_interface);
  g_test_add_func ("/run/interface-places", test_interface_places);
  g_test_add_func ("/run/interface-values", test_interface_values);
  g_test_add_func ("/run/unknown-type", test_unknown_type);
  g_test_add_func ("/run/missing-input", test_missing_input);
  g_test_add_func ("/run/failure-skips", test_failure_skips);
  g_test_add_func ("/run/zero-and-default", test_zero_and_default);
  g_test_add_func ("/run/stored-behind-edge", test_stored_behind_edge);
  g_test_add_func ("/run/last-edge-wins", test_last_edge_wins);
  g_test_add_func ("/run/undeclared", test_undeclared);
  g_test_add_func ("/run/multi-orders", test_multi_orders);
  g_test_add_func ("/run/concurrent", test_concurrent);
  g_test_add_func ("/run/compute", test_compute);
  g_test_add_func ("/run/instant", test_instant);
  g_test_add_func ("/run/long-chain", test_long_chain);
  g_test_add_func ("/run/bypass", test_bypass);
  g_test_add_func ("/run/bypass-rules", test_bypass_rules);
  g_test_add_func ("/run/group", test_group);
  g_test_add_func ("/run/group-instances", test_group_instances);
  g_test_add_func ("/run/group-fan-out", test_group_fan_out);
  g_test_add_func ("/run/group-fails", test_group_fails);
  g_test_add_func ("/run/group-hollow", test_group_hollow);
  g_test_add_func ("/run/group-hollow-inside", test_group_hollow_inside);
  g_test_add_func ("/run/cancel-everywhere", test_cancel_everywhere);
  g_test_add_func ("/run/cancel-tells-running", test_cancel_tells_running);
  g_test_add_func ("/run/cancel-queued", test_cancel_queued);
  g_test_add_func ("/run/cancel-stubborn", test_cancel_stubborn);
  g_test_add_func ("/run/failed-plan", test_failed_plan);
  g_test_add_func ("/run/observers", test_observers);
  g_test_add_func ("/run/facts", test_facts);
  g_test_add_func ("/run/ended-twice", test_ended_twice);

  return g_test_run ();
}
