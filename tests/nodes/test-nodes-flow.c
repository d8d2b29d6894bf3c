/* test-nodes-flow.c: the control-flow nodes, each on its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include "hearth-json.h"

#include <gio/gio.h>
#include <string.h>

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

/* --- delay ----------------------------------------------------------------------------------- */

static char *
print_output (HearthStep *step,
              const char *key)
{
  HearthValue *value = fake_step_get_output (step, key);

  return value != NULL ? hearth_json_print (value) : g_strdup (fake_step_is_dead (step, key) ? "dead" : "undefined");
}

#define assert_output(step, key, expected) \
  G_STMT_START \
  { \
    g_autofree char *output_ = print_output (step, key); \
\
    g_assert_cmpstr (output_, ==, expected); \
  } \
  G_STMT_END

#define assert_calls(step, expected) \
  G_STMT_START \
  { \
    g_autofree char *calls_ = fake_step_list_calls (step); \
\
    g_assert_cmpstr (calls_, ==, expected); \
  } \
  G_STMT_END

#define assert_failed(step, part) \
  G_STMT_START \
  { \
    g_test_message ("%s", fake_step_get_state (step)); \
    g_assert_true (g_str_has_prefix (fake_step_get_state (step), "failed: ")); \
    g_assert_nonnull (strstr (fake_step_get_state (step), part)); \
  } \
  G_STMT_END

/* Starts a node; its workflow has the inputs item and tone, and the outputs text and mood. */
static HearthStep *
start (const char *type,
       const char *inputs,
       const char *config)
{
  HearthStep *step = fake_step_new (fake_find_decl (type), inputs, config);

  fake_step_set_call (step, "item tone", "text mood");
  fake_step_start (step);
  return step;
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

/* --- a question ------------------------------------------------------------------------------- */

#define assert_question(step, expected) \
  G_STMT_START \
  { \
    g_autofree char *question_ = fake_step_dup_question (step); \
\
    g_assert_cmpstr (question_, ==, expected); \
  } \
  G_STMT_END

static void
test_question_text (void)
{
  g_autoptr(HearthStep) step = start ("HumanInput", "{\"prompt\":\"Who?\"}", "{\"default\":\"me\"}");

  assert_question (step, "{\"prompt\":\"Who?\",\"kind\":\"text\",\"default\":\"me\"}");
  fake_step_answer (step, "12");
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "answer", "\"12\"");
  assert_output (step, "refused", "dead");
}

static void
test_question_choice (void)
{
  g_autoptr(HearthStep) step = start ("HumanInput", "{\"prompt\":\"Which?\"}",
                                      "{\"kind\":\"choice\",\"choices\":\" red\\n\\ngreen \"}");

  assert_question (step, "{\"prompt\":\"Which?\",\"kind\":\"choice\",\"choices\":[\"red\",\"green\"]}");
  fake_step_answer (step, "\"blue\"");
  assert_question (step, "{\"prompt\":\"Which?\",\"kind\":\"choice\",\"choices\":[\"red\",\"green\"],"
                         "\"problem\":\"The answer must be one of the choices.\"}");
  fake_step_answer (step, "\"green\"");
  assert_output (step, "answer", "\"green\"");
}

static void
test_question_confirm (void)
{
  static const char *const answers[][2] = { { "true", "true" }, { "\"Yes\"", "true" }, { "\"no\"", "false" },
                                            { "false", "false" }, { "0", "false" } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr(HearthStep) step = start ("HumanInput", "{\"prompt\":\"Sure?\"}", "{\"kind\":\"confirm\",\"default\":\"yes\"}");

      assert_question (step, "{\"prompt\":\"Sure?\",\"kind\":\"confirm\",\"default\":true}");
      fake_step_answer (step, "{\"sure\":true}");
      g_assert_cmpstr (fake_step_get_state (step), ==, "running");
      fake_step_answer (step, "\"perhaps\"");
      g_assert_cmpstr (fake_step_get_state (step), ==, "running");
      fake_step_answer (step, answers[i][0]);
      assert_output (step, "answer", answers[i][1]);
    }
}

static void
test_question_refused (void)
{
  g_autoptr(HearthStep) step = start ("HumanInput", "{\"prompt\":\"Who?\"}", NULL);

  fake_step_answer (step, NULL);
  g_assert_cmpstr (fake_step_get_state (step), ==, "complete");
  assert_output (step, "answer", "dead");
  assert_output (step, "refused", "true");
}

static void
test_question_timeout (void)
{
  g_autoptr(HearthStep) fails = start ("HumanInput", "{\"prompt\":\"Who?\"}", "{\"timeoutMs\":500}");
  g_autoptr(HearthStep) goes_on = start ("HumanInput", "{\"prompt\":\"Who?\"}",
                                         "{\"timeoutMs\":500,\"onTimeout\":\"default\",\"default\":\"nobody\"}");
  g_autoptr(HearthStep) for_ever = start ("HumanInput", "{\"prompt\":\"Who?\"}", NULL);

  assert_question (fails, "{\"prompt\":\"Who?\",\"kind\":\"text\",\"timeoutMs\":500}");
  fake_step_elapse (fails, 499);
  g_assert_cmpstr (fake_step_get_state (fails), ==, "running");
  fake_step_elapse (fails, 1);
  assert_failed (fails, "Nobody has answered");

  fake_step_elapse (goes_on, 500);
  g_assert_cmpstr (fake_step_get_state (goes_on), ==, "complete");
  assert_output (goes_on, "answer", "\"nobody\"");
  assert_output (goes_on, "refused", "dead");

  fake_step_elapse (for_ever, G_MAXINT);
  g_assert_cmpstr (fake_step_get_state (for_ever), ==, "running");
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
  g_test_add_func ("/nodes/flow/question/text", test_question_text);
  g_test_add_func ("/nodes/flow/question/choice", test_question_choice);
  g_test_add_func ("/nodes/flow/question/confirm", test_question_confirm);
  g_test_add_func ("/nodes/flow/question/refused", test_question_refused);
  g_test_add_func ("/nodes/flow/question/timeout", test_question_timeout);
  g_test_add_func ("/nodes/flow/reuse", test_reuse);
  return g_test_run ();
}
