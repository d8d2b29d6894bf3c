/* test-run-values.c: what a step has as its inputs, and what a bypassed one gives out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "traces.h"

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

/* --- bypass ------------------------------------------------------------------------- */

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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/run/zero-and-default", test_zero_and_default);
  g_test_add_func ("/run/stored-behind-edge", test_stored_behind_edge);
  g_test_add_func ("/run/last-edge-wins", test_last_edge_wins);
  g_test_add_func ("/run/undeclared", test_undeclared);
  g_test_add_func ("/run/multi-orders", test_multi_orders);
  g_test_add_func ("/run/bypass", test_bypass);
  g_test_add_func ("/run/bypass-rules", test_bypass_rules);

  return g_test_run ();
}
