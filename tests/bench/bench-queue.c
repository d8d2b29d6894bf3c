/* bench-queue.c: many small runs asked for at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * 5,000 chains of three nodes: through the queue alone, and through a workspace that records, logs
 * and keeps the results of each.
 */

#include "chain.h"
#include "figures.h"
#include "temporary.h"

#include "hearth-plan.h"
#include "hearth-workspace.h"

#include <unistd.h>

#define N_RUNS 5000
#define N_NODES 3
#define N_ROUNDS 5

typedef struct
{
  guint n_complete;
  guint n_ended;
} Count;

static void
run_finished_cb (HearthQueue *queue,
                 HearthRun   *run,
                 gpointer     user_data)
{
  Count *count = user_data;

  count->n_ended++;
  if (hearth_run_get_status (run) == HEARTH_RUN_COMPLETE)
    count->n_complete++;
}

static void
await_runs (Count *count)
{
  while (count->n_ended < N_RUNS)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count->n_complete, ==, N_RUNS);
}

static void
report (const char *name,
        double     *passed,
        guint       n)
{
  double median = bench_median (passed, n);

  bench_report (hearth_value_object ("bench", hearth_value_string (name), "runs", hearth_value_integer (N_RUNS),
                                     "nodesPerRun", hearth_value_integer (N_NODES),
                                     "usPerRun", bench_figure (median / N_RUNS),
                                     "runsPerSecond", bench_figure (N_RUNS * 1e6 / median), NULL));
}

/* --- the queue alone ---------------------------------------------------------------------------- */

static void
submit_plan (HearthQueue   *queue,
             HearthCatalog *catalog,
             guint          start)
{
  g_autoptr (HearthGraph) graph = bench_chain_new (catalog, N_NODES, start);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);
  g_autoptr (HearthRun) run = NULL;

  g_assert_no_error (error);
  run = hearth_run_new (plan, NULL);
  hearth_queue_submit (queue, run);
}

static void
measure_queue (HearthCatalog *catalog)
{
  double passed[N_ROUNDS];

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (HearthQueue) queue = hearth_queue_new (HEARTH_QUEUE_DEFAULT_LIMIT);
      Count count = { 0 };
      gint64 begin = g_get_monotonic_time ();

      g_signal_connect (queue, "run-finished", G_CALLBACK (run_finished_cb), &count);
      for (guint j = 0; j < N_RUNS; j++)
        submit_plan (queue, catalog, j);
      await_runs (&count);
      passed[i] = (double) (g_get_monotonic_time () - begin);
      g_signal_handlers_disconnect_by_data (queue, &count);
    }
  report ("queue-5000", passed, N_ROUNDS);
}

/* --- the workspace ------------------------------------------------------------------------------ */

static void
opened_cb (GObject      *workspace,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  hearth_workspace_open_finish (HEARTH_WORKSPACE (workspace), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static HearthWorkspace *
open_workspace (const char *data_dir)
{
  HearthWorkspace *workspace = hearth_workspace_new (data_dir);
  gboolean is_open = FALSE;

  hearth_workspace_open_async (workspace, FALSE, NULL, opened_cb, &is_open);
  while (!is_open)
    g_main_context_iteration (NULL, TRUE);
  return workspace;
}

static void
submit_graph (HearthWorkspace *workspace,
              guint            start)
{
  g_autoptr (HearthGraph) graph = bench_chain_new (hearth_workspace_get_catalog (workspace), N_NODES, start);
  const HearthRunRequest request = { .graph = graph };
  g_autofree char *id = hearth_workspace_submit (workspace, &request);

  g_assert_nonnull (id);
}

/* A new folder each time: what one round stores is no part of the next. */
static double
time_workspace (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *data_dir = g_dir_make_tmp ("hearth-bench-XXXXXX", &error);
  HearthWorkspace *workspace;
  HearthQueue *queue;
  Count count = { 0 };
  gint64 begin;
  double passed;

  g_assert_no_error (error);
  workspace = open_workspace (data_dir);
  queue = hearth_workspace_get_queue (workspace);
  g_signal_connect (queue, "run-finished", G_CALLBACK (run_finished_cb), &count);
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < N_RUNS; i++)
    submit_graph (workspace, i * N_NODES);
  await_runs (&count);
  passed = (double) (g_get_monotonic_time () - begin);
  g_signal_handlers_disconnect_by_data (queue, &count);
  g_object_unref (workspace);
  temporary_remove (data_dir);
  return passed;
}

static void
measure_workspace (void)
{
  double passed[N_ROUNDS];
  double used[N_ROUNDS];

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      double before = bench_cpu_of (getpid ());

      passed[i] = time_workspace ();
      used[i] = (bench_cpu_of (getpid ()) - before) / N_RUNS;
    }
  report ("workspace-5000", passed, N_ROUNDS);
  bench_report (hearth_value_object ("bench", hearth_value_string ("workspace-5000-with-storage"),
                                     "cpuUsPerRun", bench_figure (bench_median (used, N_ROUNDS)), NULL));
}

int
main (void)
{
  g_autoptr (HearthCatalog) catalog = bench_catalog_new ();

  measure_queue (catalog);
  measure_workspace ();
  return 0;
}
