/* hearth-plan-inputs.c: what the edges bring to each input
 *
 * The order of sources is that of engine.md 3.2 with the corrections of 3.3 and 3.4.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include <string.h>

/* engine.md 3.3 [DO]: the editor leaves out what equals the type's zero. */
static void
fill_zero (HearthPlanStep  *step,
           HearthPlanInput *input)
{
  if (input->constant || input->slot == NULL || input->collects || input->streams
      || g_strcmp0 (step->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) == 0)
    return;

  if (input->slot->type <= HEARTH_DATA_BOOLEAN)
    input->constant = hearth_value_ref_or_null (hearth_data_type_get_zero (input->slot->type));
}

static HearthLinkRole
get_fallback_role (HearthPlanStep *step)
{
  return step->policy && step->policy->on_failure == HEARTH_ON_FAILURE_INPUT ? HEARTH_LINK_FALLBACK : HEARTH_LINK_IGNORED;
}

/* @number: of the input, or -1. */
static void
add_link (HearthPlan       *plan,
          guint             target,
          int               number,
          HearthLinkKind    kind,
          HearthPlanSource *source)
{
  HearthPlanLink link = { .source = source->step, .output = -1, .target = target, .kind = kind, .reader = -1 };

  if (number >= 0 && strcmp (hearth_plan_input (plan, number)->key, HEARTH_FALLBACK_INPUT) == 0)
    link.role = get_fallback_role (hearth_plan_step (plan, target));
  if (source->step < 0)
    link.constant = g_steal_pointer (&source->constant);
  else if (kind != HEARTH_LINK_ORDER)
    link.output = hearth_plan_need_output (plan, source->step, source->handle);
  g_array_append_val (plan->links, link);
}

/* For a single input the last edge wins; the others only make their sources come first. */
static void
link_input (HearthPlan *plan,
            guint       target,
            guint       number,
            GArray     *sources,
            gboolean    several,
            GArray     *losers)
{
  HearthPlanInput *input = hearth_plan_input (plan, number);
  guint first = 0;

  input->collects |= several;
  input->first_link = plan->links->len;
  if (!input->collects && sources->len > 1)
    first = sources->len - 1;
  for (guint i = 0; i < first; i++)
    {
      HearthPlanSource *source = &g_array_index (sources, HearthPlanSource, i);

      if (source->step >= 0)
        g_array_append_val (losers, *source);
    }
  for (guint i = first; i < sources->len; i++)
    add_link (plan, target, number, HEARTH_LINK_VALUE, &g_array_index (sources, HearthPlanSource, i));

  input->n_links = plan->links->len - input->first_link;
  if (input->n_links == 0)
    fill_zero (hearth_plan_step (plan, target), input);
}

static int
input_of_edge (HearthPlan     *plan,
               HearthPlanStep *step,
               HearthEdge     *edge)
{
  int input;

  if (*edge->target_key == '\0' || *edge->source_handle == '\0')
    return -1;
  input = hearth_plan_find_input (plan, step, edge->target_handle);
  return input >= 0 ? input : hearth_plan_find_input (plan, step, edge->target_key);
}

static gboolean
collect_sources (HearthPlanBuilder *self,
                 HearthScope       *scope,
                 HearthNode        *node,
                 guint              number,
                 guint              step,
                 GArray            *sources,
                 gboolean          *several,
                 GError           **error)
{
  HearthPlan *plan = self->plan;
  GPtrArray *edges = hearth_graph_get_edges_in (scope->graph, node->id);
  g_autoptr (GPtrArray) ordered = NULL;

  if (hearth_plan_input (plan, number)->collects)
    edges = ordered = hearth_graph_list_multi (scope->graph, node->id, hearth_plan_input (plan, number)->key);
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (input_of_edge (plan, hearth_plan_step (plan, step), edge) == (int) number
          && !hearth_plan_resolve (self, scope, edge->source, edge->source_handle, sources, several, error))
        return FALSE;
    }

  return TRUE;
}

/* Edges without a handle on either side bring nothing, but still order their ends. */
static gboolean
link_orders (HearthPlanBuilder *self,
             HearthScope       *scope,
             HearthNode        *node,
             guint              step,
             GArray            *losers,
             GError           **error)
{
  HearthPlan *plan = self->plan;
  GPtrArray *edges = hearth_graph_get_edges_in (scope->graph, node->id);
  g_autoptr (GArray) sources = hearth_plan_sources_new ();
  gboolean several = FALSE;

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (input_of_edge (plan, hearth_plan_step (plan, step), edge) < 0
          && !hearth_plan_resolve (self, scope, edge->source, edge->source_handle, sources, &several, error))
        return FALSE;
    }
  for (guint i = 0; i < sources->len; i++)
    if (g_array_index (sources, HearthPlanSource, i).step >= 0)
      add_link (plan, step, -1, HEARTH_LINK_ORDER, &g_array_index (sources, HearthPlanSource, i));
  for (guint i = 0; i < losers->len; i++)
    add_link (plan, step, -1, HEARTH_LINK_ORDER, &g_array_index (losers, HearthPlanSource, i));

  return TRUE;
}

static gboolean
link_step (HearthPlanBuilder *self,
           HearthScope       *scope,
           HearthNode        *node,
           guint              number,
           GError           **error)
{
  HearthPlan *plan = self->plan;
  HearthPlanStep *step = hearth_plan_step (plan, number);
  g_autoptr (GArray) losers = g_array_new (FALSE, FALSE, sizeof (HearthPlanSource));
  g_autoptr (GArray) sources = hearth_plan_sources_new ();

  step->first_link = plan->links->len;
  for (guint i = step->first_input; i < step->first_input + step->n_inputs; i++)
    {
      gboolean several = FALSE;

      g_array_set_size (sources, 0);
      if (!collect_sources (self, scope, node, i, number, sources, &several, error))
        return FALSE;
      link_input (plan, number, i, sources, several, losers);
    }
  if (!link_orders (self, scope, node, number, losers, error))
    return FALSE;
  step->n_links = plan->links->len - step->first_link;

  return TRUE;
}

gboolean
hearth_plan_link_inputs (HearthPlanBuilder *self,
                         HearthScope       *scope,
                         GError           **error)
{
  for (guint i = 0; i < hearth_graph_get_n_nodes (scope->graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (scope->graph, i);
      int step = GPOINTER_TO_INT (g_hash_table_lookup (scope->steps, node->id)) - 1;

      if (step >= 0 && !link_step (self, scope, node, step, error))
        return FALSE;
    }

  return TRUE;
}
