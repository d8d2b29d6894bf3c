/* bench-nodes.c: what a run costs for each node, with nodes of the catalogue and nobody listening
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "chain.h"
#include "figures.h"

#include "hearth-run.h"

#define N_ROUNDS 9

static void
check_result (HearthRun *run,
              guint      n_nodes)
{
  g_autofree char *last = g_strdup_printf ("MathOperation_%u", n_nodes - 1);

  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpfloat (hearth_value_get_member_double (hearth_run_get_step_output (run, last), "result", 0), ==, n_nodes);
}

static double
time_run (HearthPlan *plan,
          guint       n_nodes)
{
  g_autoptr (HearthRun) run = hearth_run_new (plan, NULL);
  gint64 begin = g_get_monotonic_time ();

  hearth_run_set_keep_outputs (run, TRUE);
  hearth_run_start (run);
  while (!hearth_run_status_is_final (hearth_run_get_status (run)))
    g_main_context_iteration (NULL, TRUE);
  begin = g_get_monotonic_time () - begin;
  check_result (run, n_nodes);
  return (double) begin / n_nodes;
}

static void
measure (HearthCatalog *catalog,
         guint          n_nodes)
{
  g_autoptr (HearthGraph) graph = bench_chain_new (catalog, n_nodes, 0);
  double planning[N_ROUNDS];
  double running[N_ROUNDS];

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      planning[i] = (double) (g_get_monotonic_time () - begin) / n_nodes;
      running[i] = time_run (plan, n_nodes);
    }
  bench_report (hearth_value_object ("bench", hearth_value_string ("chain"), "nodes", hearth_value_integer (n_nodes),
                                     "planUsPerNode", bench_figure (bench_median (planning, N_ROUNDS)), "runUsPerNode",
                                     bench_figure (bench_median (running, N_ROUNDS)), NULL));
}

int
main (void)
{
  g_autoptr (HearthCatalog) catalog = bench_catalog_new ();

  measure (catalog, 1000);
  measure (catalog, 10000);
  return 0;
}
