/* test-nodes-flow.c: nodes that branch, wait and check
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow-steps.h"

typedef struct
{
  const char *type;
  const char *inputs;
  const char *config;
  const char *key;
  const char *expected; /* JSON, "dead", or "error: " and a part of the sentence */
} Case;

static void
check_cases (const Case *cases,
             gsize       n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      const Case *c = &cases[i];
      g_autofree char *result = fake_step_try (fake_find_decl (c->type), c->inputs, c->config, c->key);

      g_test_message ("%s %s %s: %s", c->type, c->inputs, c->config, result);
      if (g_str_has_prefix (c->expected, "error: "))
        g_assert_true (g_str_has_prefix (result, "error: ") && strstr (result, c->expected + 7) != NULL);
      else
        g_assert_cmpstr (result, ==, c->expected);
    }
}

/* --- condition ------------------------------------------------------------------------------ */

/* Does @value @operator @against hold? All of them JSON. */
static const struct
{
  const char *value;
  const char *operator;
  const char *against;
  gboolean    yes;
} comparisons[] = {
  { "5", "equals", "5", TRUE },
  { "5", "equals", "5.0", TRUE },
  { "5", "equals", "\"5\"", TRUE },
  { "5", "equals", "\" +5. \"", TRUE },
  { "5", "equals", "\"five\"", FALSE },
  { "0", "equals", "\"\"", FALSE },
  { "9007199254740993", "equals", "\"9007199254740992\"", FALSE },
  { "9007199254740993", "equals", "\"9007199254740993\"", TRUE },
  { "\"5\"", "equals", "5", TRUE },
  { "\"1.0\"", "equals", "\"1\"", FALSE },
  { "\"Yes\"", "equals", "\"yes\"", FALSE },
  { "true", "equals", "\"true\"", TRUE },
  { "true", "equals", "\"1\"", FALSE },
  { "true", "equals", "1", FALSE },
  { "null", "equals", "null", TRUE },
  { "null", "equals", "\"\"", FALSE },
  { "[1,{\"a\":2}]", "equals", "\"[1, {\\\"a\\\": 2}]\"", TRUE },
  { "[1]", "equals", "\"1\"", FALSE },
  { "{\"a\":1,\"b\":2}", "equals", "{\"b\":2,\"a\":1}", TRUE },
  { "\"a\"", "notEquals", "\"b\"", TRUE },
  { "\"a\"", "notEquals", "\"a\"", FALSE },

  { "2", "less", "10", TRUE },
  { "\"2\"", "less", "\"10\"", TRUE },
  { "2", "less", "\"10\"", TRUE },
  { "2", "less", "2", FALSE },
  { "2", "lessOrEqual", "2", TRUE },
  { "3", "lessOrEqual", "2", FALSE },
  { "-1.5", "greater", "\"-2\"", TRUE },
  { "9223372036854775807", "greater", "9223372036854775806", TRUE },
  { "2", "greaterOrEqual", "2", TRUE },
  { "1", "greaterOrEqual", "2", FALSE },
  { "\"apple\"", "less", "\"banana\"", TRUE },
  { "\"Z\"", "less", "\"a\"", TRUE },
  { "\"é\"", "greater", "\"z\"", TRUE },
  { "\"10 apples\"", "less", "\"9\"", TRUE },

  { "\"hearth\"", "contains", "\"art\"", TRUE },
  { "\"hearth\"", "contains", "\"Art\"", FALSE },
  { "\"hearth\"", "contains", "\"\"", TRUE },
  { "12345", "contains", "34", TRUE },
  { "[1,\"two\",null]", "contains", "\"two\"", TRUE },
  { "[1,\"two\"]", "contains", "\"1\"", TRUE },
  { "[1,\"two\"]", "contains", "\"tw\"", FALSE },
  { "{\"key\":1}", "contains", "\"key\"", TRUE },
  { "{\"key\":1}", "contains", "1", FALSE },
  { "null", "contains", "\"a\"", FALSE },
  { "\"hearth\"", "startsWith", "\"hea\"", TRUE },
  { "\"hearth\"", "startsWith", "\"earth\"", FALSE },
  { "\"hearth\"", "endsWith", "\"earth\"", TRUE },
  { "\"hearth\"", "endsWith", "\"hea\"", FALSE },
  { "[1]", "startsWith", "\"[\"", TRUE },

  { "\"tel 555-1234\"", "matches", "\"\\\\d{3}-\\\\d+\"", TRUE },
  { "\"tel 555-1234\"", "matches", "\"^\\\\d\"", FALSE },
  { "\"\"", "matches", "\"^$\"", TRUE },
  { "42", "matches", "\"^[0-9]+$\"", TRUE },

  { "\"\"", "isEmpty", "\"\"", TRUE },
  { "[]", "isEmpty", "\"\"", TRUE },
  { "{}", "isEmpty", "\"\"", TRUE },
  { "null", "isEmpty", "\"\"", TRUE },
  { "0", "isEmpty", "\"\"", FALSE },
  { "false", "isEmpty", "\"\"", FALSE },
  { "\" \"", "isEmpty", "\"\"", FALSE },
  { "\"a\"", "isNotEmpty", "\"\"", TRUE },
  { "[]", "isNotEmpty", "\"\"", FALSE },
};

static void
test_condition_comparisons (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    {
      g_autofree char *inputs = g_strdup_printf ("{\"value\":%s,\"against\":%s}", comparisons[i].value,
                                                 comparisons[i].against);
      g_autofree char *config = g_strdup_printf ("{\"operator\":\"%s\"}", comparisons[i].operator);
      g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("Condition"), inputs, config);
      g_autofree char *problem = fake_step_run (step);
      gboolean yes = comparisons[i].yes;

      g_test_message ("%s %s %s", comparisons[i].value, comparisons[i].operator, comparisons[i].against);
      g_assert_null (problem);
      g_assert_cmpint (hearth_value_get_boolean (fake_step_get_output (step, "result")), ==, yes);
      g_assert_true (hearth_value_equal (fake_step_get_output (step, yes ? "yes" : "no"),
                                         hearth_step_get_input (step, "value")));
      g_assert_true (fake_step_is_dead (step, yes ? "no" : "yes"));
      g_assert_false (fake_step_is_dead (step, yes ? "yes" : "no"));
    }
}

static const Case condition_cases[] = {
  { "Condition", "{\"value\":\"\"}", NULL, "result", "true" }, /* equals the empty text, as declared */
  { "Condition", "{\"value\":\"STRASSE\",\"against\":\"straße\"}", "{\"ignoreCase\":true}", "result", "true" },
  { "Condition", "{\"value\":\"HEARTH\",\"against\":\"eart\"}", "{\"operator\":\"contains\",\"ignoreCase\":true}", "result",
    "true" },
  { "Condition", "{\"value\":{\"Key\":1},\"against\":\"kEY\"}", "{\"operator\":\"contains\",\"ignoreCase\":true}", "result",
    "true" },
  { "Condition", "{\"value\":\"HEARTH\",\"against\":\"^hea\"}", "{\"operator\":\"matches\",\"ignoreCase\":true}", "result",
    "true" },
  { "Condition", "{\"value\":[1,2,3],\"against\":2}",
    "{\"operator\":\"expression\",\"expression\":\"length(value) > against\"}", "yes", "[1,2,3]" },
  { "Condition", "{\"value\":[1,2,3],\"against\":3}",
    "{\"operator\":\"expression\",\"expression\":\"length(value) > against\"}", "yes", "dead" },
  { "Condition", "{\"value\":1}", "{\"operator\":\"expression\"}", "yes", "error: no expression" },
  { "Condition", "{\"value\":1}", "{\"operator\":\"expression\",\"expression\":\"1 +\"}", "yes", "error: 1 +" },
  { "Condition", "{\"value\":1}", "{\"operator\":\"expression\",\"expression\":\"vlaue\"}", "yes", "error: vlaue" },
  { "Condition", "{\"value\":1}", "{\"operator\":\"sounds like\"}", "yes", "error: sounds like" },
  { "Condition", "{\"value\":null,\"against\":1}", "{\"operator\":\"less\"}", "yes", "error: empty, a list" },
  { "Condition", "{\"value\":[2],\"against\":1}", "{\"operator\":\"greater\"}", "yes", "error: empty, a list" },
  { "Condition", "{\"value\":\"a\",\"against\":\"(\"}", "{\"operator\":\"matches\"}", "yes", "error: “(”" },
  { "Condition", "{\"value\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\",\"against\":\"^(a+)+$\"}",
    "{\"operator\":\"matches\"}", "yes", "error: too slow" },
};

static void
test_condition_cases (void)
{
  check_cases (condition_cases, G_N_ELEMENTS (condition_cases));
}

/* --- switch, merge, assert ------------------------------------------------------------------ */

#define CASES "{\"case1\":\"red\",\"case3\":\"=value in ['green', 'blue']\",\"case4\":\"7\",\"case8\":\"red\"}"

static const Case plain_cases[] = {
  { "Switch", "{\"value\":\"red\"}", CASES, "case1", "\"red\"" },
  { "Switch", "{\"value\":\"red\"}", CASES, "taken", "\"case1\"" },
  { "Switch", "{\"value\":\"red\"}", CASES, "case2", "dead" },
  { "Switch", "{\"value\":\"red\"}", CASES, "case8", "dead" }, /* only the first that fits */
  { "Switch", "{\"value\":\"red\"}", CASES, "default", "dead" },
  { "Switch", "{\"value\":\"blue\"}", CASES, "case3", "\"blue\"" },
  { "Switch", "{\"value\":7}", CASES, "case4", "7" },
  { "Switch", "{\"value\":\"\"}", CASES, "default", "\"\"" }, /* an unused case is no empty text */
  { "Switch", "{\"value\":null}", CASES, "default", "null" },
  { "Switch", "{\"value\":\"mauve\"}", CASES, "taken", "\"default\"" },
  { "Switch", "{\"value\":\"mauve\"}", CASES, "case1", "dead" },
  { "Switch", "{\"value\":1}", "{}", "default", "1" },
  { "Switch", "{\"value\":1}", "{\"case2\":\"=value ++\"}", "default", "error: Case 2" },

  { "Merge", "{\"inputs\":[null,\"b\",null,\"d\"]}", NULL, "value", "\"b\"" },
  { "Merge", "{\"inputs\":[null,\"b\",null,\"d\"]}", NULL, "values", "[\"b\",\"d\"]" },
  { "Merge", "{\"inputs\":[null,false]}", NULL, "value", "false" },
  { "Merge", "{\"inputs\":[null]}", NULL, "value", "null" },
  { "Merge", "{\"inputs\":\"typed\"}", NULL, "values", "[\"typed\"]" },

  { "Assert", "{\"value\":\"x\"}", NULL, "value", "\"x\"" },
  { "Assert", "{\"value\":0}", NULL, "value", "error: false or empty" },
  { "Assert", "{\"value\":0}", "{\"expression\":\"value >= 0\"}", "value", "0" },
  { "Assert", "{\"value\":-1}", "{\"expression\":\"value >= 0\"}", "value", "error: value >= 0" },
  { "Assert", "{\"value\":-1}", "{\"expression\":\"value >= 0\",\"message\":\"Too cold.\"}", "value", "error: Too cold." },
  { "Assert", "{\"value\":-1}", "{\"expression\":\"value >=\",\"message\":\"Too cold.\"}", "value", "error: value >=" },
};

static void
test_plain_cases (void)
{
  check_cases (plain_cases, G_N_ELEMENTS (plain_cases));
}

static HearthJoin
join_of (const char *json)
{
  g_autoptr(HearthValue) config = json != NULL ? hearth_json_parse (json, -1, NULL) : NULL;

  return fake_find_decl ("Merge")->join (config);
}

static void
test_merge_joins (void)
{
  g_assert_cmpint (join_of (NULL), ==, HEARTH_JOIN_FIRST);
  g_assert_cmpint (join_of ("{}"), ==, HEARTH_JOIN_FIRST);
  g_assert_cmpint (join_of ("{\"mode\":\"first\"}"), ==, HEARTH_JOIN_FIRST);
  g_assert_cmpint (join_of ("{\"mode\":\"all\"}"), ==, HEARTH_JOIN_SETTLED);
}

static void
test_delay (void)
{
  g_autoptr(HearthStep) step = start ("Delay", "{\"value\":[1],\"milliseconds\":250}", NULL);

  fake_step_elapse (step, 249);
  g_assert_cmpstr (fake_step_get_state (step), ==, "running");
  fake_step_elapse (step, 1);
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "value", "[1]");
}

static void
test_delay_limits (void)
{
  static const struct { const char *inputs; guint due; } cases[] = {
    { "{\"value\":1}", 1000 },
    { "{\"value\":1,\"milliseconds\":null}", 1000 },
    { "{\"value\":1,\"milliseconds\":\"30\"}", 30 },
    { "{\"value\":1,\"milliseconds\":\"soon\"}", 1000 },
    { "{\"value\":1,\"milliseconds\":-5}", 0 },
    { "{\"value\":1,\"milliseconds\":1e300}", 86400000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HearthStep) step = start ("Delay", cases[i].inputs, NULL);

      if (cases[i].due > 0)
        fake_step_elapse (step, cases[i].due - 1);
      g_assert_cmpstr (fake_step_get_state (step), ==, "running");
      fake_step_elapse (step, cases[i].due > 0 ? 1 : 0);
      g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
    }
}

static void
test_cancel (void)
{
  static const char *const nodes[][3] = {
    { "Delay", "{\"value\":1}", "{}" },
    { "ForEach", "{\"items\":[1]}", "{}" },
    { "While", "{\"state\":1}", "{\"condition\":\"true\"}" },
    { "Try", "{\"value\":1}", "{}" },
    { "HumanInput", "{\"prompt\":\"?\"}", "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      g_autoptr(HearthStep) step = start (nodes[i][0], nodes[i][1], nodes[i][2]);

      g_assert_cmpstr (fake_step_get_state (step), ==, "running");
      fake_step_cancel (step);
      assert_failed (step, "stopped");
    }
}

/* --- declarations -------------------------------------------------------------------------------- */

static void
test_reuse (void)
{
  static const char *const pure[] = { "ApplyRegex", "Assert", "Condition", "MathOperation", "MatrixOperation", "Merge",
                                      "MergeMessages", "RandomNumber", "Switch", "TextMerge" };
  /* They have effects, read what is no input of theirs, or make sense in time only. */
  static const char *const never[] = { "Delay", "ForEach", "GroupInput", "HumanInput", "TextStream", "Try", "While" };

  for (guint i = 0; i < G_N_ELEMENTS (pure); i++)
    g_assert_cmpint (fake_find_decl (pure[i])->reuse, ==, HEARTH_REUSE_PURE);
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_cmpint (fake_find_decl (never[i])->reuse, ==, HEARTH_REUSE_NEVER);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/flow/condition/comparisons", test_condition_comparisons);
  g_test_add_func ("/nodes/flow/condition/cases", test_condition_cases);
  g_test_add_func ("/nodes/flow/plain-cases", test_plain_cases);
  g_test_add_func ("/nodes/flow/merge-joins", test_merge_joins);
  g_test_add_func ("/nodes/flow/delay", test_delay);
  g_test_add_func ("/nodes/flow/delay-limits", test_delay_limits);
  g_test_add_func ("/nodes/flow/cancel", test_cancel);
  g_test_add_func ("/nodes/flow/reuse", test_reuse);
  return g_test_run ();
}
