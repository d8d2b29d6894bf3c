/* test-nodes-flow-run.c: control-flow nodes that wait, in real runs on a clock that is moved by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-json.h"
#include "hearth-run.h"
#include "nodes.h"

#include <string.h>

#define NODE(id, type, inputs, config) \
  "{\"id\":\"" id "\",\"type\":\"core:" type "\",\"position\":{\"x\":0,\"y\":0},\"inputValues\":" inputs \
  ",\"configValues\":" config "}"
#define EDGE(id, source, out, target, in) \
  "{\"id\":\"" id "\",\"source\":\"" source "\",\"sourceHandle\":\"" out "\",\"target\":\"" target "\",\"targetHandle\":\"" in "\"}"
#define WORKFLOW(nodes, edges) "{\"name\":\"test\",\"nodes\":[" nodes "],\"edges\":[" edges "],"
#define PLAIN(nodes, edges) WORKFLOW (nodes, edges) "\"interfaceInputs\":{},\"interfaceOutputs\":{}}"

/* Its input "ms" waits so long and then comes out, unless it is 13. */
#define SLEEPER \
  WORKFLOW (NODE ("in", "GroupInput", "{}", "{}") "," \
            NODE ("wait", "Delay", "{\"value\":0}", "{}") "," \
            NODE ("check", "Assert", "{}", "{\"expression\":\"value != 13\",\"message\":\"Unlucky.\"}") "," \
            NODE ("out", "GroupOutput", "{}", "{}"), \
            EDGE ("1", "in", "ms", "wait", "milliseconds") "," EDGE ("2", "in", "ms", "wait", "value") "," \
            EDGE ("3", "wait", "value", "check", "value") "," EDGE ("4", "check", "value", "out", "ms")) \
  "\"interfaceInputs\":{\"ms\":{\"key\":\"ms\",\"dataFlowType\":\"INTEGER\"}}," \
  "\"interfaceOutputs\":{\"ms\":{\"key\":\"ms\",\"dataFlowType\":\"INTEGER\"}}}"

#define CALLS_SLEEPER "\"referencedWorkflowId\":\"sleeper\""

typedef struct
{
  HearthClock *clock;
  HearthRun   *run;
  guint        n_asked;
  guint        n_final;
  guint        n_after; /* events behind the final one */
} Fixture;

static void
observe_cb (const HearthRunEvent *event,
            gpointer              user_data)
{
  Fixture *self = user_data;

  if (self->n_final > 0)
    self->n_after++;
  if (event->kind == HEARTH_EVENT_NODE_ASKS)
    self->n_asked++;
  if (event->kind == HEARTH_EVENT_STATUS && hearth_run_status_is_final (event->status))
    self->n_final++;
}

static HearthGraph *
read_graph (const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HearthCatalog) catalog = hearth_catalog_new ();
  g_autoptr(HearthValue) value = hearth_json_parse (json, -1, &error);
  HearthGraph *graph;
  gsize n;
  const HearthNodeDecl *const *decls = hearth_nodes_get_decls (&n);

  g_assert_no_error (error);
  hearth_catalog_add_all (catalog, decls, n);
  graph = hearth_graph_new_from_value (catalog, value, &error);
  g_assert_no_error (error);
  return graph;
}

/* Everything that happens without time going by; worker threads may need a moment. */
static void
settle (Fixture *self)
{
  gint64 end = g_get_monotonic_time () + 30 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end && self->n_final == 0)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
start (Fixture    *self,
       const char *workflow)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HearthGraph) graph = read_graph (workflow);
  g_autoptr(GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_autoptr(HearthPlan) plan = NULL;

  g_hash_table_insert (groups, (gpointer) "sleeper", read_graph (SLEEPER));
  plan = hearth_plan_new (graph, groups, NULL, NULL, &error);
  g_assert_no_error (error);
  self->clock = hearth_clock_new_manual ();
  self->run = hearth_run_new (plan, NULL);
  hearth_run_set_clock (self->run, self->clock);
  hearth_run_set_keep_outputs (self->run, TRUE);
  hearth_run_add_observer (self->run, observe_cb, self, NULL);
  hearth_run_start (self->run);
  settle (self);
}

static void
advance (Fixture *self,
         guint    milliseconds)
{
  hearth_clock_advance (self->clock, milliseconds);
  settle (self);
}

static void
fixture_clear (Fixture *self)
{
  /* The end is the end. */
  g_assert_cmpuint (self->n_final, ==, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (self->n_after, ==, 0);
  g_clear_object (&self->run);
  g_clear_object (&self->clock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

#define assert_output(fixture, node, expected) \
  G_STMT_START \
  { \
    HearthValue *value_ = hearth_run_get_step_output ((fixture)->run, node); \
    g_autofree char *json_ = value_ != NULL ? hearth_json_print (value_) : g_strdup ("nothing"); \
\
    g_assert_cmpstr (json_, ==, expected); \
  } \
  G_STMT_END

#define assert_status(fixture, expected) g_assert_cmpint (hearth_run_get_status ((fixture)->run), ==, HEARTH_RUN_##expected)

/* --- time ------------------------------------------------------------------------------- */

static void
test_delay (void)
{
  g_auto(Fixture) seen = { 0 };

  start (&seen, PLAIN (NODE ("d", "Delay", "{\"value\":\"v\",\"milliseconds\":86400000}", "{}"), ""));
  advance (&seen, 86399999);
  assert_status (&seen, RUNNING);
  advance (&seen, 1);
  assert_status (&seen, COMPLETE);
  assert_output (&seen, "d", "{\"value\":\"v\"}");
}

/* Two at a time: 0–100 and 0–101, then 100–199 and 101–151. */
static void
test_for_each_at_once (void)
{
  g_auto(Fixture) seen = { 0 };

  start (&seen, PLAIN (NODE ("each", "ForEach", "{\"items\":[100,101,99,50]}", "{" CALLS_SLEEPER ",\"parallelism\":2}"), ""));
  advance (&seen, 100);
  advance (&seen, 1);
  advance (&seen, 50);
  assert_status (&seen, RUNNING);
  advance (&seen, 47);
  assert_status (&seen, RUNNING);
  advance (&seen, 1);
  assert_status (&seen, COMPLETE);
  assert_output (&seen, "each", "{\"results\":[100,101,99,50],\"errors\":[],\"count\":4}");
}

static void
test_for_each_fails_fast (void)
{
  g_auto(Fixture) seen = { 0 };

  start (&seen, PLAIN (NODE ("each", "ForEach", "{\"items\":[5000,13,5000]}",
                             "{" CALLS_SLEEPER ",\"onError\":\"fail\",\"parallelism\":2}"), ""));
  advance (&seen, 13);
  assert_status (&seen, ERROR); /* the long ones are not waited for */
  g_assert_nonnull (strstr (hearth_run_get_step_error (seen.run, "each"), "Item 1"));
  g_assert_nonnull (strstr (hearth_run_get_step_error (seen.run, "each"), "Unlucky."));
}

static void
test_try_fallback (void)
{
  g_auto(Fixture) seen = { 0 };

  start (&seen, PLAIN (NODE ("try", "Try", "{\"value\":13}", "{" CALLS_SLEEPER "}") ","
                       NODE ("good", "Delay", "{\"milliseconds\":0}", "{}") ","
                       NODE ("bad", "Delay", "{\"milliseconds\":0}", "{}"),
                       EDGE ("1", "try", "result", "good", "value") "," EDGE ("2", "try", "error", "bad", "value")));
  advance (&seen, 13);
  advance (&seen, 0);
  assert_status (&seen, COMPLETE);
  g_assert_cmpint (hearth_run_get_step_state (seen.run, "good"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (hearth_run_get_step_state (seen.run, "bad"), ==, HEARTH_STEP_DONE);
}

/* --- stopping --------------------------------------------------------------------------------- */

static void
test_cancel (void)
{
  static const char *const nodes[] = {
    NODE ("n", "Delay", "{\"value\":1}", "{}"),
    NODE ("n", "ForEach", "{\"items\":[1000,1000,1000,1000,1000]}", "{" CALLS_SLEEPER "}"),
    NODE ("n", "While", "{\"state\":1000}", "{" CALLS_SLEEPER ",\"condition\":\"true\"}"),
    NODE ("n", "Try", "{\"value\":1000}", "{" CALLS_SLEEPER "}"),
    NODE ("n", "HumanInput", "{\"prompt\":\"?\"}", "{\"timeoutMs\":1000}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      g_auto(Fixture) seen = { 0 };
      g_autofree char *workflow = g_strconcat ("{\"nodes\":[", nodes[i], "],\"edges\":[]}", NULL);
      gint64 before;

      start (&seen, workflow);
      assert_status (&seen, RUNNING);
      before = g_get_monotonic_time ();
      hearth_run_cancel (seen.run);
      settle (&seen);
      g_test_message ("%.1f ms", (g_get_monotonic_time () - before) / 1000.0);
      assert_status (&seen, INTERRUPTED);
      g_assert_cmpint (hearth_run_get_step_state (seen.run, "n"), ==, HEARTH_STEP_CANCELLED);
      hearth_clock_advance (seen.clock, 10000); /* nothing is left to ring */
    }
}

/* --- questions ---------------------------------------------------------------------------------- */

static void
answer (Fixture    *self,
        const char *json)
{
  g_autoptr(HearthValue) value = json != NULL ? hearth_json_parse (json, -1, NULL) : NULL;

  g_assert_true (hearth_run_answer (self->run, "ask", value));
  settle (self);
}

static void
test_question (void)
{
  g_auto(Fixture) seen = { 0 };
  HearthValue *question;

  start (&seen, PLAIN (NODE ("ask", "HumanInput", "{\"prompt\":\"Which?\"}",
                             "{\"kind\":\"choice\",\"choices\":\"a\\nb\",\"timeoutMs\":1000}"), ""));
  question = hearth_run_get_question (seen.run, "ask");
  g_assert_cmpstr (hearth_value_get_member_string (question, "prompt", NULL), ==, "Which?");
  g_assert_null (hearth_value_get (question, "problem"));

  advance (&seen, 999);
  answer (&seen, "\"c\"");
  assert_status (&seen, RUNNING);
  g_assert_cmpuint (seen.n_asked, ==, 2);
  g_assert_nonnull (hearth_value_get (hearth_run_get_question (seen.run, "ask"), "problem"));
  answer (&seen, "\"b\"");
  assert_status (&seen, COMPLETE);
  assert_output (&seen, "ask", "{\"answer\":\"b\"}");
  g_assert_false (hearth_run_answer (seen.run, "ask", NULL));
}

static void
test_refusal (void)
{
  g_auto(Fixture) seen = { 0 };

  start (&seen, PLAIN (NODE ("ask", "HumanInput", "{\"prompt\":\"Who?\"}", "{}") ","
                       NODE ("yes", "Delay", "{\"milliseconds\":0}", "{}") ","
                       NODE ("no", "Delay", "{\"milliseconds\":0}", "{}"),
                       EDGE ("1", "ask", "answer", "yes", "value") "," EDGE ("2", "ask", "refused", "no", "value")));
  answer (&seen, NULL);
  advance (&seen, 0);
  assert_status (&seen, COMPLETE);
  g_assert_cmpint (hearth_run_get_step_state (seen.run, "yes"), ==, HEARTH_STEP_SKIPPED);
  assert_output (&seen, "no", "{\"value\":true}");
}

static void
test_question_timeout (void)
{
  g_auto(Fixture) seen = { 0 };

  start (&seen, PLAIN (NODE ("ask", "HumanInput", "{\"prompt\":\"Who?\"}", "{\"timeoutMs\":1000}"), ""));
  advance (&seen, 1000);
  assert_status (&seen, ERROR);
  g_assert_null (hearth_run_get_question (seen.run, "ask"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/flow-run/delay", test_delay);
  g_test_add_func ("/nodes/flow-run/for-each-at-once", test_for_each_at_once);
  g_test_add_func ("/nodes/flow-run/for-each-fails-fast", test_for_each_fails_fast);
  g_test_add_func ("/nodes/flow-run/try-fallback", test_try_fallback);
  g_test_add_func ("/nodes/flow-run/cancel", test_cancel);
  g_test_add_func ("/nodes/flow-run/question", test_question);
  g_test_add_func ("/nodes/flow-run/refusal", test_refusal);
  g_test_add_func ("/nodes/flow-run/question-timeout", test_question_timeout);
  return g_test_run ();
}
