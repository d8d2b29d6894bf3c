/* test-branches.c: outputs that are not taken, and nodes that join branches
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"

#define T(id, type, more) N (id, "test:" type, more)
#define FIN "{\"type\":\"finish_reason_chunk\",\"content\":\"Stream ended\"} last\n"
#define PLAIN(id, value) "EXECUTING " id "\nCOMPLETE " id " " value "\nYIELD " id " " FIN
#define CHUNK(text) "{\"type\":\"text_chunk\",\"content\":\"" text "\"}"
#define FORK(take) T ("f", "fork", V ("'v':'go','take':'" take "'"))

static HearthStepState
state_of (Recorder   *recorder,
          const char *id)
{
  return hearth_run_get_step_state (recorder->run, id);
}

static void
test_not_taken (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (FORK ("x") "," T ("a", "text", "") "," T ("b", "text", "") "," T ("c", "text", ""),
         E ("1", "f", "x", "a", "v") "," E ("2", "f", "y", "b", "v") "," E ("3", "b", "out", "c", "v")));

  g_assert_cmpstr (r->text->str, ==,
                   "running\n" PLAIN ("f", "{\"x\":\"go\"}") "SKIPPED b\nSKIPPED c\n" PLAIN ("a", "{\"out\":\"go\"}")
                   "complete\n");
  g_assert_cmpstr (r->notes->str, ==,
                   "b: Branch not taken: the node “f” did not take “y”.\n"
                   "c: Branch not taken: the node “f” did not take “y”.\n");
  g_assert_cmpint (state_of (r, "c"), ==, HEARTH_STEP_SKIPPED);
}

/* One dead link among living ones is enough, an edge that only orders included. */
static void
test_all (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (FORK ("x") "," T ("m", "multi", "") "," T ("o", "text", V ("'v':'free'")),
         E ("1", "f", "x", "m", "v__0") "," E ("2", "f", "y", "m", "v__1") "," E ("3", "f", "y", "o", "")));

  g_assert_cmpint (state_of (r, "m"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (state_of (r, "o"), ==, HEARTH_STEP_DONE); /* it orders after f, which ended well */
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

static void
test_order_is_dead (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (FORK ("x") "," T ("b", "text", "") "," T ("o", "text", V ("'v':'free'")),
         E ("1", "f", "y", "b", "v") "," E ("2", "b", "out", "o", "")));

  g_assert_cmpint (state_of (r, "o"), ==, HEARTH_STEP_SKIPPED);
}

#define JOINED(type, take)                                                                                             \
  W (FORK (take) "," T ("a", "text", "") "," T ("b", "text", "") "," T ("j", type, "") "," T ("e", "any", ""),        \
     E ("1", "f", "x", "a", "v") "," E ("2", "f", "y", "b", "v") "," E ("3", "a", "out", "j", "v__0") ","             \
         E ("4", "b", "out", "j", "v__1") "," E ("5", "j", "out", "e", "v"))

static void
test_settled (void)
{
  g_autoptr (Recorder) one = record_workflow (JOINED ("settled", "y"));
  g_autoptr (Recorder) both = record_workflow (JOINED ("settled", "xy"));
  g_autoptr (Recorder) none = record_workflow (JOINED ("settled", ""));

  g_assert_cmpint (recorder_find (one, "COMPLETE e {\"out\":[null,\"go\"]}"), >=, 0);
  g_assert_cmpint (recorder_find (both, "COMPLETE e {\"out\":[\"go\",\"go\"]}"), >=, 0);
  g_assert_cmpint (state_of (none, "j"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (state_of (none, "e"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (hearth_run_get_status (none->run), ==, HEARTH_RUN_COMPLETE);
}

/* What stands in for its result does not bring it to life, whenever it comes. */
static void
test_settled_fallback (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (FORK ("x") "," T ("a", "text", "") "," T ("s", "slow", V ("'ms':1")) ","
             T ("j", "settled", ",'configValues':{'_policy':{'onFailure':'input'}}"),
         E ("1", "f", "x", "a", "v") "," E ("2", "f", "y", "j", "v__0") "," E ("3", "s", "out", "j", "_fallback")));

  g_assert_cmpint (state_of (r, "j"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

static void
test_first (void)
{
  g_autoptr (Recorder) one = record_workflow (JOINED ("first", "y"));
  g_autoptr (Recorder) both = record_workflow (JOINED ("first", "xy"));
  g_autoptr (Recorder) none = record_workflow (JOINED ("first", ""));

  g_assert_cmpint (recorder_find (one, "COMPLETE e {\"out\":[null,\"go\"]}"), >=, 0);
  g_assert_cmpint (recorder_find (both, "COMPLETE e {\"out\":[\"go\",null]}"), >=, 0);
  g_assert_cmpint (state_of (none, "e"), ==, HEARTH_STEP_SKIPPED);
}

/* The quick branch starts the join, the slow one is ignored but still ends. */
static void
test_first_by_time (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("s", "slow", V ("'ms':20,'v':'late'")) "," T ("q", "slow", V ("'ms':1,'v':'soon'")) ","
         T ("j", "first", ""),
         E ("1", "s", "out", "j", "v__0") "," E ("2", "q", "out", "j", "v__1")));
  int joined = recorder_find (r, "COMPLETE j {\"out\":[null,\"soon\"]}");

  g_assert_cmpint (joined, >=, 0);
  g_assert_cmpint (joined, <, recorder_find (r, "COMPLETE s {\"out\":\"late\"}"));
}

/* A stream that came too late is not read: its failure is not that of what the join has begun. */
static void
test_first_ignores (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("q", "text", V ("'v':'soon'")) "," T ("s", "source", V ("'count':3,'fail_after':1")) ","
         T ("j", "first-slow", V ("'ms':20")) "," T ("e", "text", ""),
         E ("1", "q", "out", "j", "v") "," E ("2", "s", "stream_output", "j", "in") "," E ("3", "j", "out", "e", "v")));

  g_assert_cmpint (state_of (r, "s"), ==, HEARTH_STEP_FAILED);
  g_assert_cmpint (recorder_find (r, "COMPLETE e {\"out\":\"soon\"}"), >, recorder_find (r, "COMPLETE j {\"out\":\"soon\"}"));
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_ERROR);
}

/* A failure kills its links for joins, and the run still ends in error. */
static void
test_failure (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("bad", "fail", "") "," T ("behind", "text", "") "," T ("good", "text", V ("'v':'ok'")) ","
         T ("all", "multi", "") "," T ("first", "first", "") "," T ("settled", "settled", ""),
         E ("1", "bad", "out", "behind", "v") "," E ("2", "behind", "out", "all", "v__0") ","
         E ("3", "good", "out", "all", "v__1") "," E ("4", "behind", "out", "first", "v__0") ","
         E ("5", "good", "out", "first", "v__1") "," E ("6", "behind", "out", "settled", "v__0") ","
         E ("7", "good", "out", "settled", "v__1")));

  g_assert_cmpint (state_of (r, "all"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (recorder_find (r, "COMPLETE first {\"out\":[null,\"ok\"]}"), >=, 0);
  g_assert_cmpint (recorder_find (r, "COMPLETE settled {\"out\":[null,\"ok\"]}"), >=, 0);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_ERROR);
  g_assert_cmpstr (r->notes->str, ==,
                   "behind: Skipped, because the node “bad” before it failed.\n"
                   "all: Skipped, because the node “bad” before it failed.\n");
}

static void
test_stream (void)
{
  g_autoptr (Recorder) r = record_workflow (
      W (T ("f", "stream-fork", V ("'take':'y'")) "," T ("rx", "relay", "") "," T ("ry", "relay", "") ","
         T ("tx", "text", "") "," T ("ty", "text", ""),
         E ("1", "f", "x", "rx", "in") "," E ("2", "f", "y", "ry", "in") "," E ("3", "f", "x", "tx", "v") ","
         E ("4", "f", "y", "ty", "v")));

  g_assert_cmpint (state_of (r, "rx"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (state_of (r, "tx"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (state_of (r, "ry"), ==, HEARTH_STEP_DONE);
  g_assert_cmpint (recorder_find (r, "YIELD ry " CHUNK ("2")), >=, 0);
  g_assert_cmpint (recorder_find (r, "COMPLETE ty {\"out\":\"12\"}"), >=, 0);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

#define GROUP                                                                                                          \
  WI ("g", I ("a", "STRING", "") "," I ("b", "STRING", ""), I ("oa", "STRING", "") "," I ("ob", "STRING", ""),        \
      N ("gi", "core:GroupInput", "") "," N ("go", "core:GroupOutput", "") "," T ("ta", "text", "") ","               \
          T ("tb", "text", ""),                                                                                        \
      E ("1", "gi", "a", "ta", "v") "," E ("2", "gi", "b", "tb", "v") "," E ("3", "ta", "out", "go", "oa") ","        \
          E ("4", "tb", "out", "go", "ob"))

static Recorder *
record_group (const char *take)
{
  g_autofree char *json
      = g_strdup_printf ("%s%s%s",
                         "{'id':'w','interfaceInputs':{},'interfaceOutputs':{" I ("a", "STRING", "") "," I ("b", "STRING", "")
                         "},'nodes':[" N ("gr", "core:NodeGroup", ",'configValues':{'referencedWorkflowId':'g'}") ","
                         N ("go", "core:GroupOutput", "") "," "{'id':'f','type':'test:fork','inputValues':{'v':'go','take':'",
                         take,
                         "'}}],'edges':[" E ("1", "f", "x", "gr", "a") "," E ("2", "f", "y", "gr", "b") ","
                         E ("3", "gr", "oa", "go", "a") "," E ("4", "gr", "ob", "go", "b") "]}");
  g_autoptr (GHashTable) groups = engine_groups ("g", GROUP, NULL);
  g_autoptr (HearthGraph) graph = engine_graph (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, &error);
  Recorder *recorder;

  g_assert_no_error (error);
  recorder = recorder_new (hearth_run_new (plan, NULL));
  recorder_run (recorder);
  return recorder;
}

/* A dead interface output is absent; an instance is skipped only as a whole. */
static void
test_groups (void)
{
  g_autoptr (Recorder) half = record_group ("x");
  g_autoptr (Recorder) none = record_group ("");

  g_assert_cmpint (recorder_find (half, "COMPLETE gr {\"oa\":\"go\"}"), >=, 0);
  g_assert_cmpint (recorder_find (half, "OUTPUTS {\"a\":\"go\"}"), >=, 0);
  g_assert_cmpint (state_of (half, "gr/tb"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (state_of (none, "gr"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (recorder_find (none, "OUTPUTS {}"), >=, 0);
  g_assert_cmpint (hearth_run_get_status (none->run), ==, HEARTH_RUN_COMPLETE);
}

/* Whatever is cancelled at whatever moment, the run ends. */
static void
test_cancel (void)
{
  for (int at = 1; at < 16; at++)
    {
      g_autoptr (HearthPlan) plan = engine_plan (JOINED ("first", "xy"));
      g_autoptr (Recorder) r = recorder_new (hearth_run_new (plan, NULL));

      r->cancel_at = at;
      recorder_run (r);
      g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_INTERRUPTED);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/branches/not-taken", test_not_taken);
  g_test_add_func ("/branches/all", test_all);
  g_test_add_func ("/branches/order-is-dead", test_order_is_dead);
  g_test_add_func ("/branches/settled", test_settled);
  g_test_add_func ("/branches/settled-fallback", test_settled_fallback);
  g_test_add_func ("/branches/first", test_first);
  g_test_add_func ("/branches/first-by-time", test_first_by_time);
  g_test_add_func ("/branches/first-ignores", test_first_ignores);
  g_test_add_func ("/branches/failure", test_failure);
  g_test_add_func ("/branches/stream", test_stream);
  g_test_add_func ("/branches/groups", test_groups);
  g_test_add_func ("/branches/cancel", test_cancel);

  return g_test_run ();
}
