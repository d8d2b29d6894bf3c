/* fuzz-workflow.c: whatever a workflow file holds, it can be checked, planned and written again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-check.h"
#include "hearth-json.h"
#include "hearth-plan.h"

#include "fuzz-catalog.h"
#include "fuzz.h"

static void
check_problems (HearthGraph *graph,
                GHashTable  *groups)
{
  g_autoptr (GPtrArray) problems = hearth_graph_check (graph, groups);

  for (guint i = 0; i < problems->len; i++)
    {
      HearthProblem *problem = g_ptr_array_index (problems, i);

      g_assert_true (g_utf8_validate (problem->message, -1, NULL));
      g_assert_nonnull (hearth_problem_code_to_string (problem->code));
    }
}

static void
check_plan (HearthGraph *graph,
            GHashTable  *groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthPlan) plan = hearth_plan_new (graph, groups, NULL, NULL, &error);

  if (plan == NULL)
    fuzz_check_error (error);
}

/* What was read is what is written: a file's unknown members come back. */
static void
check_written (HearthGraph *graph)
{
  g_autoptr (HearthValue) stored = hearth_graph_to_value (graph);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthGraph) again = hearth_graph_new_from_value (fuzz_get_catalog (), stored, &error);
  g_autoptr (HearthValue) stored_again = NULL;

  g_assert_no_error (error);
  stored_again = hearth_graph_to_value (again);
  g_assert_true (hearth_value_equal (stored, stored_again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (HearthValue) workflow = hearth_json_parse ((const char *) data, (gssize) size, NULL);
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (GError) error = NULL;

  if (workflow == NULL)
    return 0;
  graph = hearth_graph_new_from_value (fuzz_get_catalog (), workflow, &error);
  if (graph == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }
  /* A workflow that names "self" refers to itself, which has to be noticed. */
  g_hash_table_insert (groups, (gpointer) "self", graph);
  check_problems (graph, NULL);
  check_problems (graph, groups);
  check_plan (graph, NULL);
  check_plan (graph, groups);
  check_written (graph);
  return 0;
}
