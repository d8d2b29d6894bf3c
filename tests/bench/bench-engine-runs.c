/* bench-engine-runs.c: what runs cost as a whole: results looked up, speed-up, streams, cancel, memory
 *
 * Prints JSON lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan.h"
#include "hearth-run.h"
#include "hearth-step.h"
#include "memory-cache.h"

#include <stdio.h>
#include <unistd.h>

#define ROUNDS 7
#define TEXT(...) ((const HearthSlotDecl[]) { __VA_ARGS__, { 0 } })

static gboolean
inc_run (HearthStep *step,
         GError    **error)
{
  hearth_step_set_output (step, "o", hearth_value_integer (hearth_value_get_integer (hearth_step_get_input (step, "a")) + 1));
  return TRUE;
}

static gboolean
sleep_compute (HearthStep *step,
               GError    **error)
{
  gint64 end = g_get_monotonic_time () + 100000;

  while (g_get_monotonic_time () < end && !hearth_step_is_cancelled (step))
    g_usleep (1000);
  return TRUE;
}

static void
elapsed_cb (HearthStep *step,
            gpointer    user_data)
{
  hearth_step_complete (step);
}

static void
wait_start (HearthStep *step)
{
  hearth_step_add_timeout (step, 100, elapsed_cb, NULL);
}

/* Ten chunks, each in a turn of its own. */
static void
chunk_cb (HearthStep *step,
          gpointer    user_data)
{
  guint sent = GPOINTER_TO_UINT (user_data);

  hearth_step_yield (step, hearth_chunk_new_text ("word "));
  if (sent == 9)
    hearth_step_complete (step);
  else
    hearth_step_add_timeout (step, 0, chunk_cb, GUINT_TO_POINTER (sent + 1));
}

static void
talk_start (HearthStep *step)
{
  hearth_step_add_timeout (step, 0, chunk_cb, NULL);
}

static const HearthNodeDecl decls[] = {
  { .type = "inc", .space = "b", .category = "b", .name = "b", .title = "b", .description = "b", .reuse = HEARTH_REUSE_PURE,
    .inputs = TEXT ({ .key = "a", .type = HEARTH_DATA_INTEGER }), .outputs = TEXT ({ .key = "o", .type = HEARTH_DATA_INTEGER }),
    .run = inc_run },
  { .type = "sleep", .space = "b", .category = "b", .name = "b", .title = "b", .description = "b", .compute = sleep_compute },
  { .type = "wait", .space = "b", .category = "b", .name = "b", .title = "b", .description = "b", .start = wait_start },
  { .type = "talk", .space = "b", .category = "b", .name = "b", .title = "b", .description = "b",
    .outputs = TEXT ({ .key = "o", .type = HEARTH_DATA_STRING, .flags = HEARTH_SLOT_STREAM }), .start = talk_start },
};

/* @n nodes of one type; @chained: each reads the one before. @first: input of the first. */
static HearthPlan *
make_plan (HearthCatalog *catalog,
           const char    *type,
           int            n,
           gboolean       chained,
           int            first)
{
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) edges = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) workflow = NULL;
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (GError) error = NULL;
  HearthPlan *plan;

  for (int i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("n%d", i), *before = g_strdup_printf ("n%d", i - 1);
      g_autoptr (HearthValue) input = hearth_value_object ("a", i == 0 ? hearth_value_integer (first) : NULL, NULL);

      hearth_builder_add (&nodes, NULL,
                          hearth_value_object ("id", hearth_value_string (id), "type", hearth_value_string (type), "inputValues",
                                               hearth_value_ref (input), NULL));
      if (chained && i > 0)
        hearth_builder_add (&edges, NULL,
                            hearth_value_object ("id", hearth_value_string (id), "source", hearth_value_string (before),
                                                 "sourceHandle", hearth_value_string ("o"), "target", hearth_value_string (id),
                                                 "targetHandle", hearth_value_string ("a"), NULL));
    }
  workflow = hearth_value_object ("nodes", hearth_builder_end_array (&nodes), "edges", hearth_builder_end_array (&edges), NULL);
  graph = hearth_graph_new_from_value (catalog, workflow, &error);
  g_assert_no_error (error);
  plan = hearth_plan_new (graph, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return plan;
}

static void
ignore_cb (const HearthRunEvent *event,
           gpointer              user_data)
{
}

/* Microseconds until the final status. */
static double
time_run (HearthPlan  *plan,
          MemoryCache *cache,
          gboolean     observed)
{
  g_autoptr (HearthRun) run = hearth_run_new (plan, NULL);
  gint64 begin = g_get_monotonic_time ();

  if (cache)
    hearth_run_set_cache (run, HEARTH_RESULT_CACHE (cache), HEARTH_RUN_REUSE_PURE);
  if (observed)
    hearth_run_add_observer (run, ignore_cb, NULL, NULL);
  hearth_run_start (run);
  while (!hearth_run_status_is_final (hearth_run_get_status (run)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
  return g_get_monotonic_time () - begin;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *values,
        guint   n)
{
  qsort (values, n, sizeof (double), compare);
  return values[n / 2];
}

/* A chain of 10,000 with result keys on: everything new, and everything found. */
static void
measure_keys (HearthCatalog *catalog,
              gboolean       observed)
{
  g_autoptr (HearthPlan) plan = make_plan (catalog, "b:inc", 10000, TRUE, 0);
  double anew[ROUNDS], found[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (MemoryCache) cache = memory_cache_new ();

      anew[i] = time_run (plan, cache, observed);
      found[i] = time_run (plan, cache, observed);
      g_assert_cmpuint (cache->n_hits, ==, 10000);
    }
  g_print ("{\"benchmark\":\"runs/keys%s\",\"nodes\":10000,\"anew_us_per_node\":%.3f,\"reused_us_per_node\":%.3f}\n",
           observed ? "-observed" : "", median (anew, ROUNDS) / 10000, median (found, ROUNDS) / 10000);
}

/* The last of 1,000 nodes changes; the first 999 are found again. */
static void
measure_change (HearthCatalog *catalog)
{
  g_autoptr (HearthPlan) plan = make_plan (catalog, "b:inc", 1000, TRUE, 0);
  g_autoptr (HearthPlan) longer = make_plan (catalog, "b:inc", 1001, TRUE, 0);
  double times[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (MemoryCache) cache = memory_cache_new ();

      time_run (plan, cache, TRUE);
      times[i] = time_run (longer, cache, TRUE);
      g_assert_cmpuint (cache->n_hits, ==, 1000);
    }
  g_print ("{\"benchmark\":\"runs/one-of-1000\",\"ms\":%.3f}\n", median (times, ROUNDS) / 1000);
}

static void
measure_speed_up (HearthCatalog *catalog,
                  const char    *type)
{
  g_autoptr (HearthPlan) plan = make_plan (catalog, type, 8, FALSE, 0);
  double time = time_run (plan, NULL, FALSE);

  g_print ("{\"benchmark\":\"runs/8-of-100-ms\",\"nodes\":\"%s\",\"processors\":%u,\"ms\":%.1f,\"ratio\":%.2f}\n", type,
           g_get_num_processors (), time / 1000, 800000 / time);
}

static void
measure_streams (HearthCatalog *catalog)
{
  g_autoptr (HearthPlan) plan = make_plan (catalog, "b:talk", 1000, FALSE, 0);
  double times[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    times[i] = time_run (plan, NULL, TRUE);
  g_print ("{\"benchmark\":\"runs/1000-streams\",\"chunks\":10000,\"ms\":%.2f}\n", median (times, ROUNDS) / 1000);
}

/* From the request to the final status, with 1,000 nodes that wait. */
static void
measure_cancel (HearthCatalog *catalog)
{
  g_autoptr (HearthPlan) plan = make_plan (catalog, "b:wait", 1000, FALSE, 0);
  double times[ROUNDS];

  for (int i = 0; i < ROUNDS; i++)
    {
      g_autoptr (HearthRun) run = hearth_run_new (plan, NULL);
      gint64 begin;

      hearth_run_start (run);
      while (hearth_run_get_step_state (run, "n999") != HEARTH_STEP_RUNNING)
        g_main_context_iteration (NULL, TRUE);
      begin = g_get_monotonic_time ();
      hearth_run_cancel (run);
      while (!hearth_run_status_is_final (hearth_run_get_status (run)))
        g_main_context_iteration (NULL, TRUE);
      times[i] = g_get_monotonic_time () - begin;
    }
  g_print ("{\"benchmark\":\"runs/cancel-1000-waiting\",\"ms\":%.3f}\n", median (times, ROUNDS) / 1000);
}

static long
get_resident_kb (void)
{
  g_autofree char *text = NULL;
  long size = 0, resident = 0;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) || sscanf (text, "%ld %ld", &size, &resident) != 2)
    return 0;
  return resident * (sysconf (_SC_PAGESIZE) / 1024);
}

static void
measure_memory (HearthCatalog *catalog)
{
  g_autoptr (HearthPlan) plan = make_plan (catalog, "b:inc", 20, TRUE, 0);
  long before;
  gint64 begin;

  for (int i = 0; i < 1000; i++)
    time_run (plan, NULL, TRUE);
  before = get_resident_kb ();
  begin = g_get_monotonic_time ();
  for (int i = 0; i < 10000; i++)
    time_run (plan, NULL, TRUE);
  g_print ("{\"benchmark\":\"runs/memory\",\"runs\":10000,\"growth_kb\":%ld,\"us_per_run\":%.1f}\n",
           get_resident_kb () - before, (g_get_monotonic_time () - begin) / 10000.0);
}

int
main (void)
{
  g_autoptr (HearthCatalog) catalog = hearth_catalog_new ();

  for (guint i = 0; i < G_N_ELEMENTS (decls); i++)
    hearth_catalog_add (catalog, &decls[i]);

  measure_keys (catalog, FALSE);
  measure_keys (catalog, TRUE);
  measure_change (catalog);
  measure_speed_up (catalog, "b:wait");
  measure_speed_up (catalog, "b:sleep");
  measure_streams (catalog);
  measure_cancel (catalog);
  measure_memory (catalog);

  return 0;
}
