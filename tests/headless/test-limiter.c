/* test-limiter.c: how many steps may use one thing outside at the same time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"

#include "hearth-limiter.h"

#define P(id, ms) N (id, "test:place", V ("'ms':" ms ",'where':'host:a'"))
#define FOUR W (P ("a", "10") "," P ("b", "10") "," P ("c", "10") "," P ("d", "10"), "")

static Recorder *
start (HearthClock *clock,
       guint        cap)
{
  engine_nodes_reset ();
  hearth_limiter_set_cap ("host:a", cap);
  return record_with_groups (FOUR, NULL, clock);
}

static void
test_cap (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (clock, 2);

  g_assert_cmpint (engine_log.running, ==, 2);
  g_assert_cmpuint (hearth_limiter_get_in_use ("host:a"), ==, 2);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "c"), ==, HEARTH_STEP_READY);
  g_assert_cmpint (recorder_find (r, "EXECUTING c"), ==, -1);
  hearth_clock_advance (clock, 10);
  iterate_idle ();
  g_assert_cmpint (hearth_run_get_step_state (r->run, "a"), ==, HEARTH_STEP_DONE);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "d"), ==, HEARTH_STEP_RUNNING);
  g_assert_cmpint (recorder_find (r, "EXECUTING c"), <, recorder_find (r, "EXECUTING d"));
  hearth_clock_advance (clock, 10);
  iterate_idle ();
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpint (engine_log.max_running, ==, 2);
  g_assert_cmpuint (hearth_limiter_get_in_use ("host:a"), ==, 0);
}

static void
test_no_limit (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (clock, 0);

  g_assert_cmpint (engine_log.running, ==, 4);
  hearth_run_cancel (r->run);
  g_assert_cmpuint (hearth_limiter_get_in_use ("host:a"), ==, 0);
}

static void
test_raise (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (clock, 1);

  g_assert_cmpint (engine_log.running, ==, 1);
  hearth_limiter_set_cap ("host:a", 3);
  iterate_idle ();
  g_assert_cmpint (engine_log.running, ==, 3);
  hearth_run_cancel (r->run);
}

/* Who is cancelled leaves the line, and another run gets the place. */
static void
test_cancel (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = start (clock, 1);
  g_autoptr (Recorder) other = record_with_groups (W (P ("z", "5"), ""), NULL, clock);

  g_assert_cmpint (hearth_run_get_step_state (other->run, "z"), ==, HEARTH_STEP_READY);
  hearth_run_cancel (r->run);
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_INTERRUPTED);
  iterate_idle ();
  g_assert_cmpint (hearth_run_get_step_state (other->run, "z"), ==, HEARTH_STEP_RUNNING);
  hearth_clock_advance (clock, 5);
  iterate_idle ();
  g_assert_cmpint (hearth_run_get_status (other->run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpuint (hearth_limiter_get_in_use ("host:a"), ==, 0);
}

/* A replay does not wait for who really uses the thing, nor take their place; but among its own steps the cap holds. */
static void
test_replayed (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (HearthClock) virtual = hearth_clock_new_virtual (0);
  g_autoptr (Recorder) r = start (clock, 1);
  g_autoptr (Recorder) other = record_with_groups (W (P ("y", "5") "," P ("z", "5"), ""), NULL, virtual);

  g_assert_cmpint (hearth_run_get_step_state (r->run, "a"), ==, HEARTH_STEP_RUNNING);
  recorder_run (other);
  g_assert_cmpint (hearth_run_get_status (other->run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpint (hearth_clock_get_now_ms (virtual), ==, 10);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "a"), ==, HEARTH_STEP_RUNNING);
  g_assert_cmpint (hearth_run_get_step_state (r->run, "b"), ==, HEARTH_STEP_READY);
  g_assert_cmpuint (hearth_limiter_get_in_use ("host:a"), ==, 1);
  hearth_run_cancel (r->run);
}

/* A group begins with its first node, not when that stands in line. */
static void
test_group (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (GHashTable) groups = engine_groups ("inner", WI ("inner", "", "", P ("z", "10"), ""), NULL);
  g_autoptr (Recorder) r = NULL;

  engine_nodes_reset ();
  hearth_limiter_set_cap ("host:a", 1);
  r = record_with_groups (W (P ("a", "10") "," N ("g", "core:NodeGroup", ",'configValues':{'referencedWorkflowId':'inner'}"), ""),
                          groups, clock);
  g_assert_cmpint (recorder_find (r, "EXECUTING g"), ==, -1);
  hearth_clock_advance (clock, 10);
  iterate_idle ();
  g_assert_cmpint (recorder_find (r, "EXECUTING g/z"), ==, recorder_find (r, "EXECUTING g") + 1);
  hearth_clock_advance (clock, 10);
  iterate_idle ();
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

#define STREAM(key) "'" key "':{'key':'" key "','dataFlowType':'STRING','isStream':true}"
#define SOURCE(id) N (id, "test:place-source", V ("'text':'x','count':300,'where':'host:a'"))

/* Who reads two streams starts with the second, which needs the place that the first one has: nobody may
 * wait for it. */
static void
test_two_streams (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (Recorder) r = NULL;

  engine_nodes_reset ();
  hearth_limiter_set_cap ("host:a", 1);
  r = record_with_groups (WI ("w", "", STREAM ("a") "," STREAM ("b"), SOURCE ("x") "," SOURCE ("y") "," N ("go", "core:GroupOutput", ""),
                              E ("1", "x", "stream_output", "go", "a") "," E ("2", "y", "stream_output", "go", "b")),
                          NULL, clock);
  for (guint i = 0; i < 2000 && hearth_run_get_status (r->run) == HEARTH_RUN_RUNNING; i++)
    iterate_idle ();
  g_assert_cmpint (hearth_run_get_status (r->run), ==, HEARTH_RUN_COMPLETE);
}

static void
test_default (void)
{
  g_assert_cmpuint (hearth_limiter_get_cap ("host:b"), ==, HEARTH_LIMITER_DEFAULT_CAP);
  g_assert_cmpuint (hearth_limiter_get_in_use ("host:b"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/limiter/cap", test_cap);
  g_test_add_func ("/limiter/no-limit", test_no_limit);
  g_test_add_func ("/limiter/raise", test_raise);
  g_test_add_func ("/limiter/cancel", test_cancel);
  g_test_add_func ("/limiter/replayed", test_replayed);
  g_test_add_func ("/limiter/group", test_group);
  g_test_add_func ("/limiter/two-streams", test_two_streams);
  g_test_add_func ("/limiter/default", test_default);

  return g_test_run ();
}
