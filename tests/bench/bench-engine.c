/* bench-engine.c: what the engine itself costs: per node, per chunk
 *
 * Prints JSON lines. The nodes do next to nothing, so the figures are the engine's own. No
 * observer is attached but where the name says so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan.h"
#include "hearth-run.h"
#include "hearth-step.h"
#include "hearth-stream.h"

#define ROUNDS 7
#define N_CHUNKS 200000

static gboolean
add_run (HearthStep *step,
         GError    **error)
{
  gint64 sum = hearth_value_get_integer (hearth_step_get_input (step, "a"))
               + hearth_value_get_integer (hearth_step_get_input (step, "b"));

  hearth_step_set_output (step, "sum", hearth_value_integer (sum));
  return TRUE;
}

typedef struct
{
  HearthValue *chunk;
  guint        left;
} Source;

static void
source_free (gpointer data)
{
  Source *source = data;

  hearth_value_unref (source->chunk);
  g_free (source);
}

static void
source_pump (HearthStep *step)
{
  Source *source = hearth_step_get_data (step);

  while (source->left > 0)
    {
      source->left--;
      if (!hearth_step_yield (step, hearth_value_ref (source->chunk)))
        return;
    }
  hearth_step_complete (step);
}

static void
source_start (HearthStep *step)
{
  Source *source = g_new (Source, 1);

  source->chunk = hearth_chunk_new_text ("word ");
  source->left = N_CHUNKS;
  hearth_step_set_data (step, source, source_free);
  source_pump (step);
}

static void
relay_pump (HearthStep *step)
{
  HearthStreamReader *reader = hearth_step_get_stream (step, "in");
  HearthStreamState state;
  HearthValue *chunk;

  while ((state = hearth_stream_reader_read (reader, &chunk)) == HEARTH_STREAM_CHUNK)
    if (!hearth_step_yield (step, chunk))
      return;
  if (state == HEARTH_STREAM_END)
    hearth_step_complete (step);
}

static void
relay_notify_cb (HearthStreamReader *reader,
                 gpointer            user_data)
{
  relay_pump (user_data);
}

static void
relay_start (HearthStep *step)
{
  hearth_stream_reader_set_notify (hearth_step_get_stream (step, "in"), relay_notify_cb, step);
  relay_pump (step);
}

#define SLOTS(...) ((const HearthSlotDecl[]) { __VA_ARGS__, { 0 } })

static const HearthNodeDecl add_decl = {
  .type = "add", .space = "bench", .category = "b", .name = "add", .title = "add", .description = "add",
  .inputs = SLOTS ({ .key = "a", .type = HEARTH_DATA_INTEGER }, { .key = "b", .type = HEARTH_DATA_INTEGER, .config = "{\"default\":1}" }),
  .outputs = SLOTS ({ .key = "sum", .type = HEARTH_DATA_INTEGER }),
  .run = add_run,
};

static const HearthNodeDecl source_decl = {
  .type = "source", .space = "bench", .category = "b", .name = "source", .title = "source", .description = "source",
  .outputs = SLOTS ({ .key = "out", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_STREAM }),
  .start = source_start, .resume = source_pump,
};

static const HearthNodeDecl relay_decl = {
  .type = "relay", .space = "bench", .category = "b", .name = "relay", .title = "relay", .description = "relay",
  .inputs = SLOTS ({ .key = "in", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_STREAM }),
  .outputs = SLOTS ({ .key = "out", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_STREAM }),
  .start = relay_start, .resume = relay_pump,
};

/* --- graphs ----------------------------------------------------------------------- */

static void
add_node (HearthBuilder *nodes,
          const char    *type,
          int            number)
{
  g_autofree char *id = g_strdup_printf ("n%d", number);

  hearth_builder_add (nodes, NULL,
                      hearth_value_object ("id", hearth_value_string (id), "type", hearth_value_string (type), NULL));
}

static void
add_edge (HearthBuilder *edges,
          int            from,
          const char    *out,
          int            to,
          const char    *in)
{
  g_autofree char *id = g_strdup_printf ("e%d-%d", from, to);
  g_autofree char *source = g_strdup_printf ("n%d", from);
  g_autofree char *target = g_strdup_printf ("n%d", to);

  hearth_builder_add (edges, NULL,
                      hearth_value_object ("id", hearth_value_string (id), "source", hearth_value_string (source),
                                           "sourceHandle", hearth_value_string (out), "target",
                                           hearth_value_string (target), "targetHandle", hearth_value_string (in), NULL));
}

static HearthGraph *
make_graph (HearthCatalog *catalog,
            HearthBuilder *nodes,
            HearthBuilder *edges)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) workflow = hearth_value_object ("nodes", hearth_builder_end_array (nodes), "edges",
                                                          hearth_builder_end_array (edges), NULL);
  HearthGraph *graph = hearth_graph_new_from_value (catalog, workflow, &error);

  g_assert_no_error (error);
  return graph;
}

static HearthGraph *
make_adders (HearthCatalog *catalog,
             int            n_nodes,
             gboolean       chain)
{
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) edges = HEARTH_BUILDER_INIT;

  for (int i = 0; i < n_nodes; i++)
    {
      add_node (&nodes, "bench:add", i);
      if (i > 0)
        add_edge (&edges, chain ? i - 1 : 0, "sum", i, "a");
    }

  return make_graph (catalog, &nodes, &edges);
}

static HearthGraph *
make_stream (HearthCatalog *catalog,
             int            n_relays)
{
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) edges = HEARTH_BUILDER_INIT;

  add_node (&nodes, "bench:source", 0);
  for (int i = 1; i <= n_relays; i++)
    {
      add_node (&nodes, "bench:relay", i);
      add_edge (&edges, i - 1, "out", i, "in");
    }

  return make_graph (catalog, &nodes, &edges);
}

/* --- measuring --------------------------------------------------------------------- */

static void
ignore_cb (const HearthRunEvent *event,
           gpointer              user_data)
{
}

/* Microseconds from start to final status, and for freeing the run. */
static double
time_run (HearthPlan *plan,
          gboolean    observed,
          double     *freeing)
{
  HearthRun *run = hearth_run_new (plan, NULL);
  gint64 begin, end;

  if (observed)
    hearth_run_add_observer (run, ignore_cb, NULL, NULL);
  begin = g_get_monotonic_time ();
  hearth_run_start (run);
  while (!hearth_run_status_is_final (hearth_run_get_status (run)))
    g_main_context_iteration (NULL, TRUE);
  end = g_get_monotonic_time ();
  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
  g_object_unref (run);
  *freeing = g_get_monotonic_time () - end;
  return end - begin;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *values)
{
  qsort (values, ROUNDS, sizeof (double), compare);
  return values[ROUNDS / 2];
}

static void
measure (const char  *name,
         HearthGraph *graph,
         gboolean     observed)
{
  double planning[ROUNDS], running[ROUNDS], freeing[ROUNDS];
  double n_nodes = hearth_graph_get_n_nodes (graph);

  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      planning[i] = g_get_monotonic_time () - begin;
      running[i] = time_run (plan, observed, &freeing[i]);
    }

  g_print ("{\"benchmark\":\"engine/%s\",\"nodes\":%.0f,\"run_us_per_node\":%.3f,\"plan_us_per_node\":%.3f,"
           "\"free_us_per_node\":%.3f}\n",
           name, n_nodes, median (running) / n_nodes, median (planning) / n_nodes, median (freeing) / n_nodes);
}

static double
time_stream (HearthCatalog *catalog,
             int            n_relays)
{
  g_autoptr (HearthGraph) graph = make_stream (catalog, n_relays);
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, NULL, NULL, NULL);
  double running[ROUNDS], freeing;

  for (int i = 0; i < ROUNDS; i++)
    running[i] = time_run (plan, FALSE, &freeing);
  return median (running);
}

/* What each further relay adds. */
static void
measure_chunks (HearthCatalog *catalog)
{
  double one = time_stream (catalog, 1), five = time_stream (catalog, 5);

  g_print ("{\"benchmark\":\"engine/chunk\",\"chunks\":%d,\"us_per_chunk_and_node\":%.3f}\n", N_CHUNKS,
           (five - one) / 4 / N_CHUNKS);
}

int
main (void)
{
  g_autoptr (HearthCatalog) catalog = hearth_catalog_new ();
  g_autoptr (HearthGraph) chain_1000 = NULL;
  g_autoptr (HearthGraph) chain_10000 = NULL;
  g_autoptr (HearthGraph) fan_10000 = NULL;

  hearth_catalog_add (catalog, &add_decl);
  hearth_catalog_add (catalog, &source_decl);
  hearth_catalog_add (catalog, &relay_decl);
  chain_1000 = make_adders (catalog, 1000, TRUE);
  chain_10000 = make_adders (catalog, 10000, TRUE);
  fan_10000 = make_adders (catalog, 10000, FALSE);

  measure ("chain", chain_1000, FALSE);
  measure ("chain", chain_10000, FALSE);
  measure ("chain-observed", chain_10000, TRUE);
  measure ("fan-out", fan_10000, FALSE);
  measure_chunks (catalog);

  return 0;
}
