/* test-run-groups.c: groups in a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "traces.h"

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/group", test_group);
  g_test_add_func ("/run/group-instances", test_group_instances);
  g_test_add_func ("/run/group-fan-out", test_group_fan_out);
  g_test_add_func ("/run/group-fails", test_group_fails);
  g_test_add_func ("/run/group-hollow", test_group_hollow);
  g_test_add_func ("/run/group-hollow-inside", test_group_hollow_inside);

  return g_test_run ();
}
