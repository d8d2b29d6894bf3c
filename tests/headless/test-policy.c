/* test-policy.c: retries, time-outs and what stands in for a failed node, to the millisecond
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"

#include "hearth-json.h"
#include "hearth-policy.h"

#include <string.h>

#define T(id, type, more) N (id, "test:" type, more)
#define C(config) ",'configValues':{" config "}"
#define POLICY(policy) C ("'_policy':{" policy "}")
#define CHUNK(text) "{\"type\":\"text_chunk\",\"content\":\"" text "\"}"

static HearthPolicy *
parse (const char *policy,
       GError    **error)
{
  g_autofree char *text = g_strdup_printf ("{'_policy':%s}", policy);
  g_autoptr (HearthValue) config = hearth_json_parse (g_strdelimit (text, "'", '"'), -1, NULL);

  g_assert_nonnull (config);
  return hearth_policy_new_from_config (config, error);
}

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPolicy) full
      = parse ("{'retry':{'count':500,'delayMs':100,'factor':3,'maxDelayMs':2000,'jitter':7,'on':['server']},"
               "'timeoutMs':1500,'onFailure':'value','value':{'out':1}}", &error);
  g_autoptr (HearthPolicy) empty = parse ("{}", &error);
  g_autoptr (HearthValue) none = hearth_value_empty_object ();

  g_assert_no_error (error);
  g_assert_cmpuint (full->retries, ==, 100);
  g_assert_cmpfloat (full->jitter, ==, 1);
  g_assert_cmpstr (full->on[0], ==, "server");
  g_assert_cmpuint (full->timeout_ms, ==, 1500);
  g_assert_cmpint (full->on_failure, ==, HEARTH_ON_FAILURE_VALUE);
  g_assert_cmpuint (empty->retries, ==, 0);
  g_assert_cmpint (empty->on_failure, ==, HEARTH_ON_FAILURE_STOP);
  g_assert_null (hearth_policy_new_from_config (NULL, &error));
  g_assert_null (hearth_policy_new_from_config (none, &error));
  g_assert_no_error (error);
}

static void
test_wrong (void)
{
  static const char *const wrong[][2] = {
    { "7", "“_policy”" },
    { "{'retry':3}", "“retry”" },
    { "{'retry':{'count':'3'}}", "“count”" },
    { "{'retry':{'on':'network'}}", "“on”" },
    { "{'retry':{'on':[3]}}", "“on”" },
    { "{'timeoutMs':true}", "“timeoutMs”" },
    { "{'onFailure':'explode'}", "“onFailure”" },
    { "{'onFailure':1}", "“onFailure”" },
    { "{'value':[]}", "“value”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (wrong[i][0], &error));
      g_assert_nonnull (strstr (error->message, wrong[i][1]));
    }
}

static void
test_delay (void)
{
  g_autoptr (HearthPolicy) policy = parse ("{'retry':{'delayMs':100,'factor':2,'maxDelayMs':500,'jitter':0.5}}", NULL);

  g_assert_cmpuint (hearth_policy_get_delay (policy, 1, 0, 0), ==, 100);
  g_assert_cmpuint (hearth_policy_get_delay (policy, 3, 0, 0), ==, 400);
  g_assert_cmpuint (hearth_policy_get_delay (policy, 4, 0, 0), ==, 500);
  g_assert_cmpuint (hearth_policy_get_delay (policy, 100, 0, 0), ==, 500);
  g_assert_cmpuint (hearth_policy_get_delay (policy, 1, 0, 1), ==, 50);
  g_assert_cmpuint (hearth_policy_get_delay (policy, 1, 0, 0.5), ==, 75);
  g_assert_cmpuint (hearth_policy_get_delay (policy, 1, 300, 0), ==, 300);
  g_assert_cmpuint (hearth_policy_get_delay (policy, 1, 90000, 0), ==, 500);
}

static Recorder *
start (const char  *json,
       HearthClock *clock)
{
  engine_nodes_reset ();
  return record_with_groups (json, NULL, clock);
}

static void
move (HearthClock *clock,
      guint        ms)
{
  hearth_clock_advance (clock, ms);
  iterate_idle ();
}

#define EXACT "'retry':{'count':3,'delayMs':100,'factor':2,'maxDelayMs':300,'jitter':0}"

static void
test_schedule (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (W (T ("f", "flaky", V ("'fails':3") POLICY (EXACT)), ""), clock);

  g_assert_cmpuint (engine_log.n_tries, ==, 1);
  move (clock, 99);
  g_assert_cmpuint (engine_log.n_tries, ==, 1);
  move (clock, 1);
  g_assert_cmpuint (engine_log.n_tries, ==, 2);
  move (clock, 199);
  g_assert_cmpuint (engine_log.n_tries, ==, 2);
  move (clock, 1);
  g_assert_cmpuint (engine_log.n_tries, ==, 3);
  g_assert_cmpint (hearth_clock_get_next_ms (clock), ==, 300);
  move (clock, 300);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpstr (r->text->str, ==,
                   "running\nEXECUTING f\nRETRY f 2 in 100: failure 1\nRETRY f 3 in 200: failure 2\n"
                   "RETRY f 4 in 300: failure 3\nCOMPLETE f {\"out\":\"fine\",\"other\":4}\n"
                   "YIELD f {\"type\":\"finish_reason_chunk\",\"content\":\"Stream ended\"} last\ncomplete\n");
}

static void
test_give_up (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (W (T ("f", "flaky", V ("'fails':9") POLICY (EXACT)), ""), clock);

  for (int i = 0; i < 10; i++)
    move (clock, 300);
  g_assert_cmpuint (engine_log.n_tries, ==, 4);
  g_assert_cmpint (recorder_find (r, "ERROR f failure 4"), >=, 0);
  g_assert_cmpint (recorder_find (r, "ERROR f failure 1"), ==, -1);
}

static void
test_classes (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) refused = start (W (T ("f", "flaky", V ("'fails':1,'class':'refused'") POLICY (EXACT)), ""), clock);
  g_autoptr (Recorder) chosen = NULL;

  g_assert_cmpint (hearth_run_get_status (refused->run), ==, HEARTH_RUN_ERROR);
  chosen = start (W (T ("f", "flaky", V ("'fails':1,'class':'refused'") POLICY ("'retry':{'on':['refused'],'delayMs':1}")), ""),
                  clock);
  move (clock, 1);
  g_assert_cmpint (hearth_run_get_status (chosen->run), ==, HEARTH_RUN_COMPLETE);
}

/* Who may not spend more does not try again, and nothing stands in for it; what needs no money goes on. */
static void
test_budget (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (
      W (T ("f", "flaky", V ("'fails':1,'class':'budget'")
            POLICY ("'retry':{'on':['budget'],'delayMs':1},'onFailure':'value','value':{'out':'instead'}")) ","
         T ("b", "text", "") "," T ("c", "text", V ("'v':'fine'")),
         E ("1", "f", "out", "b", "v")), clock);

  g_assert_cmpuint (engine_log.n_tries, ==, 1);
  g_assert_cmpint (recorder_find (r, "ERROR f failure 1"), >=, 0);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "b"), ==, HEARTH_STEP_SKIPPED);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "c"), ==, HEARTH_STEP_DONE);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_ERROR);
  g_assert_cmpstr (hearth_run_get_message (r->run), ==, "failure 1");
}

static void
usage_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  GString *told = user_data;

  if (event->usage != NULL)
    g_string_append_printf (told, "%d:%" G_GINT64_FORMAT " ", event->kind,
                            hearth_value_get_member_integer (event->usage, "calls", 0));
}

/* What was used is told with the end of the step, and with that of the run. */
static void
test_usage (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (W (T ("f", "flaky", V ("'fails':1") POLICY (EXACT)) "," T ("c", "text", ""), ""), clock);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *expected = g_strdup_printf ("%d:2 %d:9 ", HEARTH_EVENT_NODE_COMPLETE, HEARTH_EVENT_STATUS);
  g_autoptr (HearthValue) all = hearth_value_object ("calls", hearth_value_integer (9), NULL);

  hearth_run_add_observer (r->run, usage_cb, told, NULL);
  hearth_run_set_usage (r->run, all);
  move (clock, 100);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpstr (told->str, ==, expected);
}

static void
test_retry_after (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r
      = start (W (T ("f", "flaky", V ("'fails':1,'after':250,'class':'rate-limit'") POLICY (EXACT)), ""), clock);

  g_assert_cmpint (recorder_find (r, "RETRY f 2 in 250: failure 1"), >=, 0);
  move (clock, 249);
  g_assert_cmpuint (engine_log.n_tries, ==, 1);
  move (clock, 1);
  g_assert_cmpuint (engine_log.n_tries, ==, 2);
}

/* By the run's and the node's id, or by its seed and the node's id: always the same, and not the same for all. */
static void
test_jitter (void)
{
  gint64 waits[6];

  for (int i = 0; i < 6; i++)
    {
      g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
      g_autoptr (HearthPlan) plan
          = engine_plan (W (T ("f", "flaky", V ("'fails':1") POLICY ("'retry':{'delayMs':10000,'jitter':0.5}")), ""));
      g_autoptr (HearthRun) run = hearth_run_new (plan, NULL);

      engine_nodes_reset ();
      hearth_run_set_id (run, i < 2 ? "same" : i % 2 == 0 ? "other" : "third");
      if (i > 2)
        hearth_run_set_seed (run, i < 5 ? 1 : 2);
      hearth_run_set_clock (run, clock);
      hearth_run_start (run);
      iterate_idle ();
      waits[i] = hearth_clock_get_next_ms (clock);
      hearth_run_cancel (run);
      g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_INTERRUPTED);
    }
  g_assert_cmpint (waits[0], ==, waits[1]);
  g_assert_cmpint (waits[0], !=, waits[2]);
  g_assert_cmpint (waits[2], !=, waits[3]);
  g_assert_cmpint (waits[3], ==, waits[4]);
  g_assert_cmpint (waits[3], !=, waits[5]);
  g_assert_cmpint (waits[0], >=, 5000);
  g_assert_cmpint (waits[0], <=, 10000);
}

/* Its wait is over, but its next try has not begun. */
static void
test_cancel_between (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (W (T ("f", "flaky", V ("'fails':9") POLICY (EXACT)), ""), clock);

  hearth_clock_advance (clock, 100);
  hearth_run_cancel (r->run);
  iterate_idle ();
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_INTERRUPTED);
  g_assert_cmpuint (engine_log.n_tries, ==, 1);
  g_assert_cmpint (recorder_find (r, "ERROR f Execution interrupted by user."), >=, 0);
}

/* --- time-outs --------------------------------------------------------------------- */

static void
test_timeout (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (
      W (T ("t", "timer", V ("'ms':500") POLICY ("'timeoutMs':100,'retry':{'count':1,'delayMs':50,'jitter':0}")), ""), clock);

  move (clock, 100);
  g_assert_cmpint (recorder_find (r, "RETRY t 2 in 50: The node did not end within the 0.1 seconds it may take."), >=, 0);
  move (clock, 50);
  g_assert_cmpint (hearth_clock_get_next_ms (clock), ==, 100);
  move (clock, 99);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_RUNNING);
  move (clock, 1);
  g_assert_cmpint (recorder_find (r, "ERROR t The node did not end within the 0.1 seconds it may take."), >=, 0);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_ERROR);
  g_assert_cmpint (hearth_clock_get_next_ms (clock), ==, -1);
}

/* A node with a cancellable ends itself, and then the next try comes. */
static void
test_timeout_cancellable (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (
      W (T ("s", "slow", V ("'ms':100000") POLICY ("'timeoutMs':100,'onFailure':'value','value':{'out':'instead'}")), ""), clock);

  move (clock, 100);
  g_assert_cmpint (recorder_find (r, "COMPLETE s {\"out\":\"instead\"}"), >=, 0);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpuint (engine_log.n_data_freed, ==, 1);
}

static void
test_timeout_compute (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (W (T ("c", "compute", V ("'ms':20000,'n':3") POLICY ("'timeoutMs':10")), ""), clock);

  move (clock, 10);
  recorder_run (r);
  g_assert_cmpint (recorder_find (r, "ERROR c The node did not end within the 0.01 seconds it may take."), >=, 0);
}

static void
test_timeout_ignored (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r
      = start (W (T ("s", "stubborn", V ("'ms':30") POLICY ("'timeoutMs':10,'retry':{},'onFailure':'value','value':{'out':1}")), ""),
               clock);

  move (clock, 10);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_RUNNING);
  g_test_expect_message ("hearth-engine", G_LOG_LEVEL_WARNING, "*did not stop*");
  move (clock, 2000);
  g_test_assert_expected_messages ();
  g_assert_cmpint (recorder_find (r, "COMPLETE s {\"out\":1}"), >=, 0);
  g_usleep (40000);
  iterate_idle (); /* it ends after all */
}

/* --- fallbacks --------------------------------------------------------------------- */

static void
test_value (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (
      W (T ("f", "flaky", V ("'fails':9") POLICY ("'onFailure':'value','value':{'out':'instead'}")) "," T ("b", "text", ""),
         E ("1", "f", "out", "b", "v")), clock);

  g_assert_cmpint (recorder_find (r, "COMPLETE f {\"out\":\"instead\"}"), >=, 0);
  g_assert_cmpint (recorder_find (r, "COMPLETE b {\"out\":\"instead\"}"), >=, 0);
  g_assert_cmpstr (r->notes->str, ==, "f: used the fallback value: failure 1\n");
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

#define WITH_INPUT(policy, other)                                                                                      \
  W (T ("f", "flaky", V ("'fails':9") POLICY (policy)) "," other "," T ("b", "text", ""),                             \
     E ("1", "f", "out", "b", "v") "," E ("2", "o", "out", "f", "_fallback"))

static void
test_input (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) used = start (WITH_INPUT ("'onFailure':'input'", T ("o", "timer", V ("'v':'spare','ms':10"))), clock);
  g_autoptr (Recorder) dead = NULL;
  g_autoptr (Recorder) ignored = NULL;

  g_assert_cmpint (recorder_find (used, "EXECUTING f"), ==, -1); /* it waits for the spare value */
  move (clock, 10);
  g_assert_cmpint (recorder_find (used, "COMPLETE b {\"out\":\"spare\"}"), >=, 0);

  dead = start (WITH_INPUT ("'onFailure':'input'", T ("o", "fail", "")), clock);
  g_assert_cmpint (recorder_find (dead, "ERROR f failure 1"), >=, 0); /* it ran, with nothing to fall back on */

  ignored = start (WITH_INPUT ("'onFailure':'stop'", T ("o", "timer", V ("'v':'spare','ms':10"))), clock);
  g_assert_cmpint (recorder_find (ignored, "ERROR f failure 1"), >=, 0); /* at once */
  hearth_run_cancel (ignored->run);
}

static void
test_streams (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) early = start (
      W (T ("s", "broken", V ("'fails':1") POLICY (EXACT)) "," T ("b", "text", ""), E ("1", "s", "stream", "b", "v")), clock);
  g_autoptr (Recorder) late = NULL;
  g_autoptr (Recorder) value = NULL;

  move (clock, 100);
  g_assert_cmpint (recorder_find (early, "COMPLETE b {\"out\":\"whole\"}"), >=, 0);

  late = start (W (T ("s", "broken", V ("'fails':1,'late':1") POLICY (EXACT)), ""), clock);
  g_assert_cmpint (recorder_find (late, "ERROR s torn off"), >=, 0);
  g_assert_cmpuint (engine_log.n_tries, ==, 1);

  value = start (W (T ("s", "broken", V ("'fails':9") POLICY ("'onFailure':'value','value':{'stream':'spare'}")) ","
                    T ("b", "text", ""), E ("1", "s", "stream", "b", "v")), clock);
  g_assert_cmpint (recorder_find (value, "YIELD s " CHUNK ("spare")), >=, 0);
  g_assert_cmpint (recorder_find (value, "COMPLETE b {\"out\":\"spare\"}"), >=, 0);
}

static void
test_invalid (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (W (T ("f", "flaky", POLICY ("'retry':3")) "," T ("u", "unknown", POLICY ("'retry':3")), ""), clock);

  g_assert_cmpuint (engine_log.n_tries, ==, 0);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_ERROR);
  g_assert_nonnull (strstr (hearth_run_get_step_error (r->run, "f"), "“retry”"));
  g_assert_cmpstr (hearth_run_get_step_error (r->run, "u"), ==, "Node type test:unknown not found or not executable.");
}

static void
test_pinned (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (
      W (T ("f", "flaky", V ("'fails':9") C ("'_pinned':{'out':'kept'}")) "," T ("b", "text", ""), E ("1", "f", "out", "b", "v")),
      clock);

  g_assert_cmpuint (engine_log.n_tries, ==, 0);
  g_assert_cmpint (recorder_find (r, "COMPLETE b {\"out\":\"kept\"}"), >, recorder_find (r, "EXECUTING f"));
  g_assert_cmpstr (r->notes->str, ==, "f: pinned\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/parse", test_parse);
  g_test_add_func ("/policy/wrong", test_wrong);
  g_test_add_func ("/policy/delay", test_delay);
  g_test_add_func ("/policy/schedule", test_schedule);
  g_test_add_func ("/policy/give-up", test_give_up);
  g_test_add_func ("/policy/classes", test_classes);
  g_test_add_func ("/policy/budget", test_budget);
  g_test_add_func ("/policy/usage", test_usage);
  g_test_add_func ("/policy/retry-after", test_retry_after);
  g_test_add_func ("/policy/jitter", test_jitter);
  g_test_add_func ("/policy/cancel-between", test_cancel_between);
  g_test_add_func ("/policy/timeout", test_timeout);
  g_test_add_func ("/policy/timeout-cancellable", test_timeout_cancellable);
  g_test_add_func ("/policy/timeout-compute", test_timeout_compute);
  g_test_add_func ("/policy/timeout-ignored", test_timeout_ignored);
  g_test_add_func ("/policy/value", test_value);
  g_test_add_func ("/policy/input", test_input);
  g_test_add_func ("/policy/streams", test_streams);
  g_test_add_func ("/policy/invalid", test_invalid);
  g_test_add_func ("/policy/pinned", test_pinned);

  return g_test_run ();
}
