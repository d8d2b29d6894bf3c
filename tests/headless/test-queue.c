/* test-queue.c: which runs go on now and which wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "engine-nodes.h"

#define WAITER W (N ("w", "test:slow", V ("'ms':4")), "")

typedef struct
{
  HearthQueue *queue;
  HearthPlan  *plan;
  GPtrArray   *runs;
  GString     *log;      /* what the queue told: "+0 =1/0 …" */
} Fixture;

static int
number_of (Fixture   *fixture,
           HearthRun *run)
{
  guint index = 99;

  g_ptr_array_find (fixture->runs, run, &index);
  return index;
}

static void
status_cb (const HearthRunEvent *event,
           gpointer              user_data)
{
  Fixture *fixture = user_data;

  if (event->kind == HEARTH_EVENT_STATUS)
    g_string_append_printf (fixture->log, "%d:%s ", number_of (fixture, event->run),
                            hearth_run_status_to_string (event->status));
}

static void
added_cb (HearthQueue *queue,
          HearthRun   *run,
          Fixture     *fixture)
{
  g_string_append_printf (fixture->log, "+%d ", number_of (fixture, run));
  hearth_run_add_observer (run, status_cb, fixture, NULL);
}

static void
finished_cb (HearthQueue *queue,
             HearthRun   *run,
             Fixture     *fixture)
{
  g_string_append_printf (fixture->log, "-%d ", number_of (fixture, run));
}

static void
changed_cb (HearthQueue *queue,
            Fixture     *fixture)
{
  g_string_append_printf (fixture->log, "(%u/%u) ", hearth_queue_get_n_running (queue), hearth_queue_get_n_waiting (queue));
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->queue = hearth_queue_new (GPOINTER_TO_UINT (data));
  fixture->plan = engine_plan (WAITER);
  fixture->runs = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->log = g_string_new (NULL);
  g_signal_connect (fixture->queue, "run-added", G_CALLBACK (added_cb), fixture);
  g_signal_connect (fixture->queue, "run-finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect (fixture->queue, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_object_unref (fixture->queue);
  hearth_plan_unref (fixture->plan);
  g_ptr_array_unref (fixture->runs);
  g_string_free (fixture->log, TRUE);
}

static HearthRun *
submit (Fixture *fixture)
{
  HearthRun *run = hearth_run_new (fixture->plan, NULL);

  g_ptr_array_add (fixture->runs, run);
  hearth_queue_submit (fixture->queue, run);
  return run;
}

static HearthRun *
submit_at (Fixture *fixture,
           int      priority)
{
  HearthRun *run = hearth_run_new (fixture->plan, NULL);

  hearth_run_set_priority (run, priority);
  g_ptr_array_add (fixture->runs, run);
  hearth_queue_submit (fixture->queue, run);
  return run;
}

static void
drain (Fixture *fixture)
{
  while (hearth_queue_get_n_running (fixture->queue) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_order (Fixture      *fixture,
            gconstpointer data)
{
  for (int i = 0; i < 3; i++)
    submit (fixture);
  g_assert_cmpstr (fixture->log->str, ==, "+0 0:running (1/0) +1 1:queued (1/1) +2 2:queued (1/2) ");
  g_string_truncate (fixture->log, 0);
  drain (fixture);
  g_assert_cmpstr (fixture->log->str, ==,
                   "0:complete -0 (0/2) 1:running (1/1) 1:complete -1 (0/1) 2:running (1/0) 2:complete -2 (0/0) ");
}

static void
test_limit (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GPtrArray) running = NULL;
  g_autoptr (GPtrArray) waiting = NULL;

  for (int i = 0; i < 7; i++)
    submit (fixture);
  running = hearth_queue_list_running (fixture->queue);
  waiting = hearth_queue_list_waiting (fixture->queue);
  g_assert_cmpuint (hearth_queue_get_limit (fixture->queue), ==, 5);
  g_assert_cmpuint (running->len, ==, 5);
  g_assert_cmpuint (waiting->len, ==, 2);
  g_assert_true (g_ptr_array_index (waiting, 0) == g_ptr_array_index (fixture->runs, 5));
  g_assert_true (hearth_queue_lookup (fixture->queue, hearth_run_get_id (g_ptr_array_index (fixture->runs, 6)))
                 == g_ptr_array_index (fixture->runs, 6));
  drain (fixture);
  for (int i = 0; i < 7; i++)
    g_assert_cmpint (hearth_run_get_status (g_ptr_array_index (fixture->runs, i)), ==, HEARTH_RUN_COMPLETE);
}

static void
test_cancel (Fixture      *fixture,
             gconstpointer data)
{
  HearthRun *first = submit (fixture);
  HearthRun *second = submit (fixture);
  HearthRun *third = submit (fixture);

  g_string_truncate (fixture->log, 0);
  g_assert_true (hearth_queue_cancel (fixture->queue, hearth_run_get_id (second)));
  g_assert_cmpstr (fixture->log->str, ==, "1:interrupted -1 (1/1) ");
  g_assert_false (hearth_queue_cancel (fixture->queue, hearth_run_get_id (second)));
  g_assert_false (hearth_queue_cancel (fixture->queue, "unknown"));
  while (!hearth_run_get_started_ms (first) || hearth_run_get_step_state (first, "w") != HEARTH_STEP_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hearth_queue_cancel (fixture->queue, hearth_run_get_id (first)));
  drain (fixture);
  g_assert_cmpint (hearth_run_get_status (first), ==, HEARTH_RUN_INTERRUPTED);
  g_assert_cmpint (hearth_run_get_status (third), ==, HEARTH_RUN_COMPLETE);
}

static void
test_cancel_all (Fixture      *fixture,
                 gconstpointer data)
{
  for (int i = 0; i < 4; i++)
    submit (fixture);
  g_main_context_iteration (NULL, TRUE);
  hearth_queue_cancel_all (fixture->queue);
  drain (fixture);
  g_assert_cmpuint (hearth_queue_get_n_waiting (fixture->queue), ==, 0);
  for (int i = 0; i < 4; i++)
    g_assert_cmpint (hearth_run_get_status (g_ptr_array_index (fixture->runs, i)), ==, HEARTH_RUN_INTERRUPTED);
}

static void
test_failed_plan (Fixture      *fixture,
                  gconstpointer data)
{
  HearthRun *run = hearth_run_new_failed (g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP, "no"), NULL);

  g_ptr_array_add (fixture->runs, run);
  hearth_queue_submit (fixture->queue, run);
  drain (fixture);
  g_assert_cmpstr (fixture->log->str, ==, "+0 0:running (1/0) 0:error -0 (0/0) ");
}

static void
test_priority (Fixture      *fixture,
               gconstpointer data)
{
  submit (fixture);
  submit_at (fixture, 0);
  submit_at (fixture, 5);
  submit_at (fixture, -3);
  submit_at (fixture, 5);
  g_string_truncate (fixture->log, 0);
  drain (fixture);
  g_assert_cmpstr (fixture->log->str, ==,
                   "0:complete -0 (0/4) 2:running (1/3) 2:complete -2 (0/3) 4:running (1/2) 4:complete -4 (0/2) "
                   "1:running (1/1) 1:complete -1 (0/1) 3:running (1/0) 3:complete -3 (0/0) ");
}

/* Neither waits for others nor takes a place from them. */
static void
test_preview (Fixture      *fixture,
              gconstpointer data)
{
  HearthRun *preview;

  submit (fixture);
  submit (fixture);
  preview = submit_at (fixture, HEARTH_RUN_PRIORITY_PREVIEW);
  g_assert_cmpint (hearth_run_get_status (preview), ==, HEARTH_RUN_RUNNING);
  hearth_run_cancel (g_ptr_array_index (fixture->runs, 0));
  while (hearth_run_get_status (g_ptr_array_index (fixture->runs, 0)) == HEARTH_RUN_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (hearth_run_get_status (preview), ==, HEARTH_RUN_RUNNING);
  g_assert_cmpint (hearth_run_get_status (g_ptr_array_index (fixture->runs, 1)), ==, HEARTH_RUN_RUNNING);
  drain (fixture);
}

static void
test_pause (Fixture      *fixture,
            gconstpointer data)
{
  HearthRun *preview;

  submit (fixture);
  hearth_queue_set_paused (fixture->queue, TRUE);
  submit (fixture);
  g_assert_true (hearth_queue_is_paused (fixture->queue));
  drain (fixture);
  g_assert_cmpstr (fixture->log->str, ==,
                   "+0 0:running (1/0) (1/0) +1 1:queued (1/1) 0:complete -0 (0/1) ");
  preview = submit_at (fixture, HEARTH_RUN_PRIORITY_PREVIEW);
  g_assert_cmpint (hearth_run_get_status (preview), ==, HEARTH_RUN_RUNNING);
  drain (fixture);
  g_string_truncate (fixture->log, 0);
  hearth_queue_set_paused (fixture->queue, FALSE);
  g_assert_cmpstr (fixture->log->str, ==, "(0/1) 1:running (1/0) ");
  hearth_queue_set_paused (fixture->queue, FALSE);
  g_assert_cmpstr (fixture->log->str, ==, "(0/1) 1:running (1/0) ");
  drain (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, limit, func)                                                                                         \
  g_test_add ("/queue/" name, Fixture, GUINT_TO_POINTER (limit), set_up, func, tear_down)
  ADD ("order", 1, test_order);
  ADD ("limit", HEARTH_QUEUE_DEFAULT_LIMIT, test_limit);
  ADD ("cancel", 1, test_cancel);
  ADD ("cancel-all", 2, test_cancel_all);
  ADD ("failed-plan", 1, test_failed_plan);
  g_test_add ("/queue/priority", Fixture, GUINT_TO_POINTER (1), set_up, test_priority, tear_down);
  g_test_add ("/queue/preview", Fixture, GUINT_TO_POINTER (1), set_up, test_preview, tear_down);
  g_test_add ("/queue/pause", Fixture, GUINT_TO_POINTER (1), set_up, test_pause, tear_down);

  return g_test_run ();
}
