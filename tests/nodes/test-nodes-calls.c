/* test-nodes-calls.c: nodes that run a workflow, once or many times
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow-steps.h"

/* --- for each ----------------------------------------------------------------------------------- */

static void
test_for_each_order (void)
{
  g_autoptr(HearthStep) step = start ("ForEach", "{\"items\":[\"a\",\"b\",\"c\"]}", "{\"parallelism\":2}");

  assert_calls (step, "0{\"item\":\"a\"} 1{\"item\":\"b\"}");
  fake_step_end_call (step, "1", "{\"text\":\"B\",\"mood\":1}", NULL);
  assert_calls (step, "0{\"item\":\"a\"} 2{\"item\":\"c\"}");
  fake_step_end_call (step, "2", "{\"mood\":1}", NULL);
  g_assert_cmpstr (fake_step_get_state (step), ==, "running");
  fake_step_end_call (step, "0", "{\"text\":\"A\"}", NULL);
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "results", "[\"A\",\"B\",null]");
  assert_output (step, "errors", "[]");
  assert_output (step, "count", "3");
}

static void
test_for_each_keys (void)
{
  g_autoptr(HearthStep) step = start ("ForEach", "{\"items\":\"[1, 2]\",\"shared\":\"{\\\"item\\\": \\\"all\\\"}\"}",
                                      "{\"itemInput\":\"tone\",\"output\":\"*\",\"parallelism\":\"1\"}");

  assert_calls (step, "0{\"item\":\"all\",\"tone\":1}");
  fake_step_end_call (step, "0", "{\"text\":1,\"mood\":2}", NULL);
  assert_calls (step, "1{\"item\":\"all\",\"tone\":2}");
  fake_step_end_call (step, "1", "{}", NULL);
  assert_output (step, "results", "[{\"text\":1,\"mood\":2},{}]");
}

static void
test_for_each_collects_errors (void)
{
  g_autoptr(HearthStep) step = start ("ForEach", "{\"items\":[1,2,3]}", NULL);

  fake_step_end_call (step, "2", NULL, "no third");
  fake_step_end_call (step, "0", NULL, "no first");
  fake_step_end_call (step, "1", "{\"text\":\"well\"}", NULL);
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "results", "[null,\"well\",null]");
  assert_output (step, "errors", "[{\"index\":0,\"message\":\"no first\"},{\"index\":2,\"message\":\"no third\"}]");
}

static void
test_for_each_fails (void)
{
  g_autoptr(HearthStep) step = start ("ForEach", "{\"items\":[1,2,3]}", "{\"onError\":\"fail\",\"parallelism\":2}");

  fake_step_end_call (step, "1", NULL, "out of order");
  assert_failed (step, "Item 1 failed: out of order");
  assert_calls (step, "");
}

static void
test_for_each_empty (void)
{
  g_autoptr(HearthStep) step = start ("ForEach", "{\"items\":[]}", NULL);

  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "results", "[]");
  assert_output (step, "count", "0");
}

/* Fails for every third item. */
static HearthValue *
double_or_fail (HearthValue *inputs,
                GError     **error)
{
  gint64 item = hearth_value_get_member_integer (inputs, "item", 0);

  if (item % 3 == 2)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "third");
      return NULL;
    }
  return hearth_value_object ("text", hearth_value_integer (2 * item), NULL);
}

static void
test_for_each_at_once (void)
{
  g_auto(HearthBuilder) items = HEARTH_BUILDER_INIT;
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("ForEach"), NULL, NULL);
  HearthValue *results;

  for (guint i = 0; i < 50000; i++)
    hearth_builder_add (&items, NULL, hearth_value_integer (i));
  fake_step_set_input (step, "items", hearth_builder_end_array (&items));
  fake_step_set_call (step, "item", "text");
  fake_step_set_call_func (step, double_or_fail);
  fake_step_start (step);

  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  results = fake_step_get_output (step, "results");
  g_assert_cmpuint (hearth_value_get_length (results), ==, 50000);
  for (guint i = 0; i < 50000; i++)
    {
      if (i % 3 == 2)
        g_assert_true (hearth_value_is (hearth_value_at (results, i), NULL));
      else
        g_assert_cmpint (hearth_value_get_integer (hearth_value_at (results, i)), ==, 2 * i);
    }
  g_assert_cmpuint (hearth_value_get_length (fake_step_get_output (step, "errors")), ==, 50000 / 3);
}

static void
test_for_each_fails_at_once (void)
{
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("ForEach"), "{\"items\":[0,1,2,3]}", "{\"onError\":\"fail\"}");

  fake_step_set_call (step, "item", "text");
  fake_step_set_call_func (step, double_or_fail);
  fake_step_start (step);
  assert_failed (step, "Item 2 failed: third");
}

/* --- while ---------------------------------------------------------------------------------------- */

static void
test_while_rounds (void)
{
  g_autoptr(HearthStep) step = start ("While", "{\"state\":1,\"shared\":{\"tone\":\"low\"}}", "{\"condition\":\"state < 4\"}");

  assert_calls (step, "0{\"tone\":\"low\",\"item\":1}");
  fake_step_end_call (step, "0", "{\"text\":3}", NULL);
  assert_calls (step, "1{\"tone\":\"low\",\"item\":3}");
  fake_step_end_call (step, "1", "{\"text\":9}", NULL);
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "state", "9");
  assert_output (step, "rounds", "2");
}

static void
test_while_never (void)
{
  g_autoptr(HearthStep) step = start ("While", "{\"state\":\"as it is\"}", "{\"condition\":\"false\"}");

  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "state", "\"as it is\"");
  assert_output (step, "rounds", "0");
}

static void
test_while_keys (void)
{
  g_autoptr(HearthStep) step = start ("While", "{\"state\":{}}",
                                      "{\"condition\":\"round < 1\",\"stateInput\":\"tone\",\"stateOutput\":\"mood\"}");

  assert_calls (step, "0{\"tone\":{}}");
  fake_step_end_call (step, "0", "{\"text\":1,\"mood\":2}", NULL);
  assert_output (step, "state", "2");
}

static void
test_while_fails (void)
{
  g_autoptr(HearthStep) call = start ("While", "{\"state\":1}", "{\"condition\":\"round < 5\"}");
  g_autoptr(HearthStep) condition = start ("While", "{\"state\":1}", "{\"condition\":\"state.x + 1 > 0\"}");

  fake_step_end_call (call, "0", "{\"text\":2}", NULL);
  fake_step_end_call (call, "1", NULL, "lost");
  assert_failed (call, "Round 1 failed: lost");
  assert_failed (condition, "state.x + 1 > 0");
}

static HearthValue *
add_one (HearthValue *inputs,
         GError     **error)
{
  return hearth_value_object ("text", hearth_value_integer (hearth_value_get_member_integer (inputs, "item", 0) + 1), NULL);
}

/* Calls that come back at once do not pile up on the stack. */
static HearthStep *
count_to (const char *config)
{
  HearthStep *step = fake_step_new (fake_find_decl ("While"), "{\"state\":0}", config);

  fake_step_set_call (step, "item", "text");
  fake_step_set_call_func (step, add_one);
  fake_step_start (step);
  return step;
}

static void
test_while_limit (void)
{
  g_autoptr(HearthStep) many = count_to ("{\"condition\":\"state < 100000\",\"maxRounds\":100000}");
  g_autoptr(HearthStep) just = count_to ("{\"condition\":\"state < 100\"}");
  g_autoptr(HearthStep) over = count_to ("{\"condition\":\"state < 101\"}");
  g_autoptr(HearthStep) capped = count_to ("{\"condition\":\"true\",\"maxRounds\":1e9}");

  g_assert_cmpstr (fake_step_get_state (many), ==, "complete");
  assert_output (many, "rounds", "100000");
  g_assert_cmpstr (fake_step_get_state (just), ==, "complete");
  assert_failed (over, "100 rounds");
  assert_failed (capped, "100000 rounds");
}

/* --- try -------------------------------------------------------------------------------------------- */

static void
test_try_result (void)
{
  g_autoptr(HearthStep) step = start ("Try", "{\"value\":\"v\",\"inputs\":{\"tone\":\"t\"}}", NULL);

  assert_calls (step, "try{\"tone\":\"t\",\"item\":\"v\"}");
  fake_step_end_call (step, "try", "{\"text\":1,\"mood\":2}", NULL);
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "result", "1");
  assert_output (step, "outputs", "{\"text\":1,\"mood\":2}");
  assert_output (step, "error", "dead");
}

static void
test_try_error (void)
{
  g_autoptr(HearthStep) step = start ("Try", "{}", "{\"output\":\"mood\"}");

  assert_calls (step, "try{}");
  fake_step_end_call (step, "try", NULL, "It went wrong.");
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "result", "dead");
  assert_output (step, "outputs", "dead");
  assert_output (step, "error", "{\"message\":\"It went wrong.\"}");
}

/* --- settings that do not fit ---------------------------------------------------------------- */

static void
test_bad_settings (void)
{
  static const char *const cases[][4] = {
    { "ForEach", "{\"items\":7}", "{}", "not a list" },
    { "ForEach", "{\"items\":\"[1,\"}", "{}", "not a list in JSON" },
    { "ForEach", "{\"items\":[1],\"shared\":[1]}", "{}", "must be an object" },
    { "ForEach", "{\"items\":[1],\"shared\":\"{\"}", "{}", "not valid JSON" },
    { "ForEach", "{\"items\":[1]}", "{\"itemInput\":\"itme\"}", "“itme”. Its inputs are: item, tone" },
    { "ForEach", "{\"items\":[1]}", "{\"output\":\"txet\"}", "“txet”. Its outputs are: text, mood" },
    { "While", "{\"state\":1}", "{}", "no condition" },
    { "While", "{\"state\":1}", "{\"condition\":\"true\",\"stateOutput\":\"x\"}", "Its outputs" },
    { "Try", "{\"value\":1}", "{\"valueInput\":\"x\"}", "Its inputs" },
    { "Try", "{\"inputs\":3}", "{}", "must be an object" },
    { "HumanInput", "{}", "{\"kind\":\"choice\"}", "nothing to choose from" },
    { "HumanInput", "{}", "{\"kind\":\"choice\",\"choices\":\"a\\nb\",\"default\":\"c\"}", "one of the choices" },
    { "HumanInput", "{}", "{\"kind\":\"confirm\",\"onTimeout\":\"default\"}", "yes or no" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HearthStep) step = start (cases[i][0], cases[i][1], cases[i][2]);

      assert_failed (step, cases[i][3]);
      assert_calls (step, "");
    }
}

static void
test_no_workflow (void)
{
  static const char *const nodes[][3] = {
    { "ForEach", "{\"items\":[]}", "{}" },
    { "While", "{\"state\":1}", "{\"condition\":\"true\"}" },
    { "Try", "{\"value\":1}", "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      g_autoptr(HearthStep) missing = fake_step_new (fake_find_decl (nodes[i][0]), nodes[i][1], nodes[i][2]);
      g_autoptr(HearthStep) closed = fake_step_new (fake_find_decl (nodes[i][0]), nodes[i][1], nodes[i][2]);

      fake_step_start (missing);
      assert_failed (missing, "no workflow");
      fake_step_set_call (closed, "", "");
      fake_step_start (closed);
      assert_failed (closed, "input");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/flow/for-each/order", test_for_each_order);
  g_test_add_func ("/nodes/flow/for-each/keys", test_for_each_keys);
  g_test_add_func ("/nodes/flow/for-each/collects-errors", test_for_each_collects_errors);
  g_test_add_func ("/nodes/flow/for-each/fails", test_for_each_fails);
  g_test_add_func ("/nodes/flow/for-each/empty", test_for_each_empty);
  g_test_add_func ("/nodes/flow/for-each/at-once", test_for_each_at_once);
  g_test_add_func ("/nodes/flow/for-each/fails-at-once", test_for_each_fails_at_once);
  g_test_add_func ("/nodes/flow/while/rounds", test_while_rounds);
  g_test_add_func ("/nodes/flow/while/never", test_while_never);
  g_test_add_func ("/nodes/flow/while/keys", test_while_keys);
  g_test_add_func ("/nodes/flow/while/fails", test_while_fails);
  g_test_add_func ("/nodes/flow/while/limit", test_while_limit);
  g_test_add_func ("/nodes/flow/try/result", test_try_result);
  g_test_add_func ("/nodes/flow/try/error", test_try_error);
  g_test_add_func ("/nodes/flow/bad-settings", test_bad_settings);
  g_test_add_func ("/nodes/flow/no-workflow", test_no_workflow);
  return g_test_run ();
}
