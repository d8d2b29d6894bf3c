/* fuzz-payload.c: whatever a client sends to be run, it becomes a graph and a plan, or a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json.h"
#include "hearth-payload.h"
#include "hearth-plan.h"

#include "fuzz-catalog.h"
#include "fuzz.h"

/* The payload that says the same as @graph is taken as well, with as many nodes. */
static void
check_again (HearthGraph *graph,
             HearthValue *metadata)
{
  g_autoptr (HearthValue) payload = hearth_payload_from_graph (graph, metadata);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) again = hearth_payload_to_graph (payload, fuzz_get_catalog (), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (hearth_graph_get_n_nodes (again), <=, hearth_graph_get_n_nodes (graph));
}

static void
check_plan (HearthGraph *graph,
            HearthValue *mappings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, NULL, NULL, mappings, &error);

  if (plan == NULL)
    fuzz_check_error (error);
  for (guint i = 0; plan != NULL && i < hearth_plan_get_n_steps (plan); i++)
    g_assert_nonnull (hearth_plan_get_step_id (plan, i));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (HearthValue) payload = hearth_json_parse ((const char *) data, (gssize) size, NULL);
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (GError) error = NULL;

  if (payload == NULL)
    return 0;
  hearth_payload_is_payload (payload);
  graph = hearth_payload_to_graph (payload, fuzz_get_catalog (), &error);
  if (graph == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }
  g_assert_no_error (error);
  check_plan (graph, hearth_payload_get_mappings (payload));
  check_again (graph, hearth_payload_get_metadata (payload));
  return 0;
}
