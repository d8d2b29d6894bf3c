/* test-calls.c: nodes that wait for the clock, ask a person, or run another workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"

#define T(id, type, more) N (id, "test:" type, more)
#define CALL(id, workflow, more) T (id, "call", ",'configValues':{'referencedWorkflowId':'" workflow "'}" more)
#define ECHO(inner)                                                                                                    \
  WI ("echo", I ("v", "STRING", ""), I ("o", "STRING", ""),                                                           \
      N ("gi", "core:GroupInput", "") "," N ("go", "core:GroupOutput", "") "," inner,                                  \
      E ("1", "gi", "v", "t", "v") "," E ("2", "t", "out", "go", "o"))

static int
find_prefix (Recorder   *recorder,
             const char *prefix)
{
  for (guint i = 0; i < recorder->lines->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (recorder->lines, i), prefix))
      return i;

  return -1;
}

static void
test_timer (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = record_with_groups (W (T ("t", "timer", V ("'ms':1000,'v':'x'")), ""), NULL, clock);

  g_assert_cmpint (hearth_clock_get_next_ms (clock), ==, 1000);
  hearth_clock_advance (clock, 999);
  iterate_idle ();
  g_assert_cmpint (hearth_run_get_step_state (r->run, "t"), ==, HEARTH_STEP_RUNNING);
  hearth_clock_advance (clock, 1);
  iterate_idle ();
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

/* A node that only waits for the clock need not know of cancelling. */
static void
test_timer_cancel (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = record_with_groups (W (T ("t", "timer", V ("'ms':1000")), ""), NULL, clock);

  hearth_run_cancel (r->run);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_INTERRUPTED);
  g_assert_cmpint (recorder_find (r, "ERROR t Execution interrupted by user."), >=, 0);
  g_assert_cmpint (hearth_clock_get_next_ms (clock), ==, -1);
}

static void
test_ask (void)
{
  g_autoptr (Recorder) r
      = record_with_groups (W (T ("q", "ask", "") "," T ("after", "any", ""), E ("1", "q", "out", "after", "v")), NULL,
                            hearth_clock_get_default ());
  g_autoptr (HearthValue) answer = hearth_value_string ("yes");
  g_auto (GStrv) asking = hearth_run_list_asking (r->run);

  g_assert_cmpint (recorder_find (r, "ASKS q {\"text\":\"well?\"}"), >=, 0);
  g_assert_cmpstr (asking[0], ==, "q");
  g_assert_null (asking[1]);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_run_get_question (r->run, "q"), "text", NULL), ==, "well?");
  g_assert_false (hearth_run_answer (r->run, "nobody", answer));
  g_assert_true (hearth_run_answer (r->run, "q", answer));
  g_assert_false (hearth_run_answer (r->run, "q", answer));
  recorder_run (r);
  g_assert_cmpint (recorder_find (r, "COMPLETE after {\"out\":\"yes\"}"), >=, 0);
}

static void
test_ask_refused (void)
{
  g_autoptr (Recorder) r
      = record_with_groups (W (T ("q", "ask", "") "," T ("after", "any", ""), E ("1", "q", "out", "after", "v")), NULL,
                            hearth_clock_get_default ());

  g_assert_true (hearth_run_answer (r->run, "q", NULL));
  recorder_run (r);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "after"), ==, HEARTH_STEP_SKIPPED);
}

static void
test_call (void)
{
  g_autoptr (GHashTable) groups = engine_groups ("echo", ECHO (T ("t", "text", "")), NULL);
  g_autoptr (Recorder) r = record_with_groups (W (CALL ("c", "echo", V ("'v':'hi'")), ""), groups, NULL);
  int done = recorder_find (r, "COMPLETE c {\"one\":{\"o\":\"hi\"},\"two\":{\"o\":\"again\"}}");

  g_assert_cmpint (done, >, 0);
  g_assert_cmpint (recorder_find (r, "COMPLETE c/0/t {\"out\":\"hi\"}"), >, recorder_find (r, "EXECUTING c"));
  g_assert_cmpint (recorder_find (r, "COMPLETE c/1/t {\"out\":\"again\"}"), <, done);
  g_assert_cmpint (find_prefix (r, "OUTPUTS"), ==, -1);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

/* Of several workflows, the node says which and when. */
static void
test_tools (void)
{
  g_autoptr (GHashTable) groups = engine_groups ("echo", ECHO (T ("t", "text", "")), NULL);
  g_autoptr (Recorder) r = record_with_groups (
      W (T ("c", "tools", ",'configValues':{'toolWorkflows':['Echo (echo)','gone','echo',7]}" V ("'use':'echo'")), ""), groups, NULL);
  HearthValue *tools = hearth_value_get (hearth_run_get_step_output (r->run, "c"), "tools");
  HearthValue *gone;

  g_assert_cmpint (hearth_value_get_length (tools), ==, 2);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_at (tools, 0), "id", NULL), ==, "echo");
  g_assert_nonnull (hearth_value_get (hearth_value_get (hearth_value_at (tools, 0), "interfaceInputs"), "v"));
  gone = hearth_value_at (tools, 1);
  g_assert_nonnull (strstr (hearth_value_get_member_string (gone, "error", ""), "“gone”"));
  g_assert_cmpint (recorder_find (r, "COMPLETE c/0/t {\"out\":\"hi\"}"), >=, 0);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_get (hearth_run_get_step_output (r->run, "c"), "out"), "o", NULL),
                   ==, "hi");
}

static void
test_tools_missing (void)
{
  g_autoptr (Recorder) r = record_with_groups (
      W (T ("c", "tools", ",'configValues':{'toolWorkflows':['gone']}" V ("'use':'gone'")), ""), NULL, NULL);

  g_assert_cmpint (hearth_run_get_step_state (r->run, "c"), ==, HEARTH_STEP_DONE);
  g_assert_null (hearth_value_get (hearth_run_get_step_output (r->run, "c"), "out"));
}

static void
test_tools_recursion (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) graph
      = engine_graph (WI ("self", "", "", T ("c", "tools", ",'configValues':{'toolWorkflows':['self']}"), ""));
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);

  g_assert_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP);
  g_assert_null (plan);
}

/* What a run was given, the runs inside have too. */
static void
test_services (void)
{
  g_autoptr (GHashTable) groups = engine_groups ("inner", W (T ("p", "surroundings", ""), ""), NULL);
  g_autoptr (HearthGraph) graph = engine_graph (W (CALL ("c", "inner", "") "," T ("p", "surroundings", ""), ""));
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, NULL);
  g_autoptr (HearthValue) metadata = hearth_value_object ("projectId", hearth_value_string ("mine"), NULL);
  g_autoptr (HearthClock) service = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, metadata));

  hearth_run_add_service (r->run, G_OBJECT (service));
  recorder_run (r);
  g_assert_cmpint (recorder_find (r, "COMPLETE p {\"path\":\"p\",\"served\":true,\"strange\":false,\"project\":\"mine\"}"), >=, 0);
  g_assert_cmpint (recorder_find (r, "COMPLETE c/0/p {\"path\":\"c/0/p\",\"served\":true,\"strange\":false,\"project\":\"mine\"}"), >=, 0);
}

/* One call fails: the other is stopped, and the step ends after both. */
static void
test_call_fails (void)
{
  g_autoptr (GHashTable) groups = engine_groups ("echo", ECHO (T ("t", "picky", "")), NULL);
  g_autoptr (Recorder) r = record_with_groups (W (CALL ("c", "echo", V ("'v':'hi'")), ""), groups, NULL);
  int end = recorder_find (r, "ERROR c The node “t” failed: boom");
  int stopped = recorder_find (r, "ERROR c/1/t Execution interrupted by user.");

  g_assert_cmpint (recorder_find (r, "ERROR c/0/t boom"), >=, 0);
  g_assert_cmpint (recorder_find (r, "ERROR c/0/t boom"), <, stopped);
  g_assert_cmpint (stopped, <, end);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_ERROR);
}

static void
test_call_cancel (void)
{
  g_autoptr (GHashTable) groups = engine_groups ("echo", ECHO (T ("t", "slow", V ("'ms':10000"))), NULL);
  g_autoptr (Recorder) r = record_with_groups (W (CALL ("c", "echo", ""), ""), groups, hearth_clock_get_default ());
  gint64 begin = g_get_monotonic_time ();

  g_assert_cmpint (recorder_find (r, "EXECUTING c/0/t"), >=, 0);
  hearth_run_cancel (r->run);
  recorder_run (r);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 500000);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_INTERRUPTED);
  g_assert_cmpint (recorder_find (r, "ERROR c Execution interrupted by user."), >,
                   recorder_find (r, "ERROR c/1/t Execution interrupted by user."));
}

static int
get_number (Recorder   *recorder,
            const char *prefix)
{
  int found = find_prefix (recorder, prefix);

  g_assert_cmpint (found, >=, 0);
  return atoi ((const char *) g_ptr_array_index (recorder->lines, found) + strlen (prefix));
}

/* What is called several times at once does not try again all at once. */
static void
test_call_jitter (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "echo", ECHO (T ("t", "flaky", V ("'fails':9") ",'configValues':{'_policy':{'retry':{'delayMs':1000000,"
                                     "'maxDelayMs':1000000,'jitter':1}}}")), NULL);
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = record_with_groups (W (CALL ("c", "echo", ""), ""), groups, clock);

  iterate_idle ();
  g_assert_cmpint (get_number (r, "RETRY c/0/t 2 in "), !=, get_number (r, "RETRY c/1/t 2 in "));
  hearth_run_cancel (r->run);
  recorder_run (r);
}

static void
test_call_missing (void)
{
  g_autoptr (Recorder) r = record_with_groups (W (CALL ("c", "gone", "") "," T ("free", "any", ""), ""), NULL, NULL);

  g_assert_cmpint (recorder_find (r, "ERROR c The workflow “gone” that the node “c” runs was not found. Choose another one "
                                     "in its settings, or bring the file back."), >=, 0);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "free"), ==, HEARTH_STEP_DONE);
}

static void
test_recursion (void)
{
  g_autoptr (GHashTable) groups = engine_groups ("a", WI ("a", "", "", CALL ("x", "b", ""), ""), "b",
                                                 WI ("b", "", "", CALL ("y", "a", ""), ""), NULL);
  g_autoptr (HearthGraph) graph = engine_graph (W (CALL ("c", "a", ""), ""));
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_plan_new (graph, groups, NULL, NULL, &error));
  g_assert_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP);
}

/* Runs in runs; a question from deep inside is answered from outside. */
static void
test_nested (void)
{
  g_autoptr (GHashTable) groups = engine_groups (
      "echo", ECHO (T ("t", "ask", "")), "outer",
      WI ("outer", I ("v", "STRING", ""), I ("o", "OBJECT", ""),
          N ("gi", "core:GroupInput", "") "," N ("go", "core:GroupOutput", "") "," CALL ("in", "echo", ""),
          E ("1", "gi", "v", "in", "v") "," E ("2", "in", "one", "go", "o")),
      NULL);
  g_autoptr (Recorder) r = record_with_groups (W (CALL ("c", "outer", ""), ""), groups, hearth_clock_get_default ());
  g_auto (GStrv) asking = NULL;

  for (int i = 0; i < 20; i++)
    iterate_idle ();
  asking = hearth_run_list_asking (r->run);
  g_assert_cmpuint (g_strv_length (asking), ==, 4);
  g_assert_cmpstr (asking[0], ==, "c/0/in/0/t");
  for (char **id = asking; *id; id++)
    {
      g_autoptr (HearthValue) answer = hearth_value_string (*id);

      g_assert_nonnull (hearth_run_get_question (r->run, *id));
      g_assert_true (hearth_run_answer (r->run, *id, answer));
    }
  recorder_run (r);
  g_assert_cmpint (recorder_find (r, "COMPLETE c {\"one\":{\"o\":{\"o\":\"c/0/in/0/t\"}},\"two\":{\"o\":{\"o\":\"c/1/in/0/t\"}}}"),
                   >=, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/calls/timer", test_timer);
  g_test_add_func ("/calls/timer-cancel", test_timer_cancel);
  g_test_add_func ("/calls/ask", test_ask);
  g_test_add_func ("/calls/ask-refused", test_ask_refused);
  g_test_add_func ("/calls/call", test_call);
  g_test_add_func ("/calls/call-fails", test_call_fails);
  g_test_add_func ("/calls/call-cancel", test_call_cancel);
  g_test_add_func ("/calls/call-jitter", test_call_jitter);
  g_test_add_func ("/calls/call-missing", test_call_missing);
  g_test_add_func ("/calls/tools", test_tools);
  g_test_add_func ("/calls/tools-missing", test_tools_missing);
  g_test_add_func ("/calls/tools-recursion", test_tools_recursion);
  g_test_add_func ("/calls/services", test_services);
  g_test_add_func ("/calls/recursion", test_recursion);
  g_test_add_func ("/calls/nested", test_nested);

  return g_test_run ();
}
