/* hearth-plan-results.c: which outputs are handed out: of the workflow and of its group instances
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include <string.h>

HearthValue *
hearth_plan_make_run_inputs (HearthGraph *graph,
                             HearthValue *interface_values)
{
  HearthValue *interface = hearth_graph_get_property (graph, "interfaceInputs");
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (gsize i = 0; hearth_value_is (interface, OBJECT) && i < hearth_value_get_length (interface); i++)
    {
      const char *key = hearth_value_key_at (interface, i);
      HearthValue *value = interface_values ? hearth_value_get (interface_values, key) : NULL;

      if (value == NULL)
        value = hearth_value_get (hearth_value_get_member_kind (hearth_value_member_at (interface, i), "config",
                                                                HEARTH_VALUE_OBJECT),
                                  "default");
      hearth_builder_add (&builder, key, hearth_value_ref_or_null (value));
    }

  return hearth_builder_end_object (&builder);
}

static void
add_result (HearthPlan       *plan,
            int               group,
            const char       *key,
            HearthValue      *entry,
            HearthPlanSource *source)
{
  HearthPlanResult result = { .group = group, .source = source->step, .output = -1 };

  result.key = _hearth_plan_keep_string (plan, key);
  result.name = _hearth_plan_keep_string (plan, hearth_value_get_member_string (entry, "displayName", NULL));
  result.streams = group < 0 && hearth_value_get_member_boolean (entry, "isStream", FALSE);
  if (source->step < 0)
    result.constant = g_steal_pointer (&source->constant);
  else
    result.output = hearth_plan_need_output (plan, source->step, source->handle);
  g_array_append_val (plan->results, result);
}

/* Adds nothing when the slot is fed by nobody: its key is then absent from the outputs. */
static gboolean
map_one (HearthPlanBuilder *self,
         HearthScope       *scope,
         int                group,
         const char        *key,
         HearthValue       *entry,
         const char        *node_id,
         const char        *handle,
         GError           **error)
{
  g_autoptr (GArray) sources = hearth_plan_sources_new ();
  gboolean several = FALSE;

  if (!hearth_plan_resolve (self, scope, node_id, handle, sources, &several, error))
    return FALSE;
  if (sources->len == 0 && scope->parent == NULL && _hearth_plan_find_step (self->plan, node_id) >= 0)
    {
      HearthPlanSource inner = { _hearth_plan_find_step (self->plan, node_id), handle, NULL };

      g_array_append_val (sources, inner);
    }
  if (sources->len > 0)
    add_result (self->plan, group, key, entry, &g_array_index (sources, HearthPlanSource, sources->len - 1));

  return TRUE;
}

/* As a group's own slots are followed in hearth-plan-resolve.c: "o__1" is a place in "o" unless a slot
 * is called so, and an edge to nowhere is no edge. */
static gboolean
feeds (HearthScope *scope,
       HearthEdge  *edge,
       const char  *key)
{
  gboolean hit = strcmp (edge->target_handle, key) == 0
                 || (strcmp (edge->target_key, key) == 0
                     && hearth_value_get (scope->interface_outputs, edge->target_handle) == NULL);

  return hit && *edge->source_handle && hearth_graph_get_node (scope->graph, edge->source);
}

/* The first edge into @scope's GroupOutput slot @key (workflow-format.md 4.2 step 4). A group's
 * instance looks at all GroupOutput nodes, the workflow at the first alone. */
static HearthEdge *
find_output_edge (HearthScope *scope,
                  const char  *key)
{
  guint n_nodes = scope->parent ? scope->output_nodes->len : MIN (scope->output_nodes->len, 1);

  for (guint n = 0; n < n_nodes; n++)
    {
      GPtrArray *edges = hearth_graph_get_edges_in (scope->graph, g_ptr_array_index (scope->output_nodes, n));

      for (guint i = 0; i < edges->len; i++)
        {
          HearthEdge *edge = g_ptr_array_index (edges, i);

          if (feeds (scope, edge, key))
            return edge;
        }
    }

  return NULL;
}

static gboolean
map_from_edges (HearthPlanBuilder *self,
                HearthScope       *scope,
                GError           **error)
{
  HearthValue *interface = scope->interface_outputs;

  for (gsize i = 0; hearth_value_is (interface, OBJECT) && i < hearth_value_get_length (interface); i++)
    {
      const char *key = hearth_value_key_at (interface, i);
      HearthEdge *edge = find_output_edge (scope, key);

      if (edge && !map_one (self, scope, scope->group, key, hearth_value_member_at (interface, i), edge->source,
                            edge->source_handle, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
map_mapping (HearthPlanBuilder *self,
             HearthScope       *scope,
             const char        *key,
             HearthValue       *mapping,
             GError           **error)
{
  const char *node_id = hearth_value_get_member_string (mapping, "sourceNodeId", NULL);
  const char *handle = hearth_value_get_member_string (mapping, "sourceSlotKey", NULL);
  HearthValue *entry = hearth_value_get (scope->interface_outputs, key);

  if (node_id == NULL || handle == NULL)
    return TRUE;

  return map_one (self, scope, -1, key, entry, node_id, handle, error);
}

/* In the interface's order, then those the interface does not know. */
static gboolean
map_from_payload (HearthPlanBuilder *self,
                  HearthScope       *scope,
                  HearthValue       *mappings,
                  GError           **error)
{
  HearthValue *interface = scope->interface_outputs;

  for (gsize i = 0; hearth_value_is (interface, OBJECT) && i < hearth_value_get_length (interface); i++)
    {
      const char *key = hearth_value_key_at (interface, i);

      if (!map_mapping (self, scope, key, hearth_value_get (mappings, key), error))
        return FALSE;
    }
  for (gsize i = 0; i < hearth_value_get_length (mappings); i++)
    {
      const char *key = hearth_value_key_at (mappings, i);

      if (hearth_value_get (interface, key) == NULL
          && !map_mapping (self, scope, key, hearth_value_member_at (mappings, i), error))
        return FALSE;
    }

  return TRUE;
}

static void
list_output_keys (HearthPlan *plan)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < plan->results->len; i++)
    if (hearth_plan_result (plan, i)->group < 0)
      g_ptr_array_add (keys, (gpointer) hearth_plan_result (plan, i)->key);
  g_ptr_array_add (keys, NULL);
  plan->output_keys = (char **) g_ptr_array_steal (keys, NULL);
}

static gboolean
is_inside (HearthPlan *plan,
           int         group,
           int         outer)
{
  while (group >= 0 && group != outer)
    group = hearth_plan_group (plan, group)->parent;
  return group >= 0;
}

/* A value that only passes through an instance comes from a step outside; the instance and those
 * around it are not complete before it. */
static void
watch_outer_sources (HearthPlan *plan)
{
  for (guint i = 0; i < plan->results->len; i++)
    {
      HearthPlanResult *result = hearth_plan_result (plan, i);
      int home = result->source >= 0 ? hearth_plan_step (plan, result->source)->group : -1;

      for (int group = result->source >= 0 ? result->group : -1; group >= 0 && !is_inside (plan, home, group);
           group = hearth_plan_group (plan, group)->parent)
        {
          HearthPlanWatch watch = { result->source, group };

          g_array_append_val (plan->watches, watch);
        }
    }
}

gboolean
hearth_plan_map_results (HearthPlanBuilder *self,
                         HearthValue       *mappings,
                         GError           **error)
{
  HearthScope *top = g_ptr_array_index (self->scopes, 0);
  gboolean mapped = hearth_value_is (mappings, OBJECT) ? map_from_payload (self, top, mappings, error)
                                                       : map_from_edges (self, top, error);

  for (guint i = 1; mapped && i < self->scopes->len; i++)
    mapped = map_from_edges (self, g_ptr_array_index (self->scopes, i), error);
  if (!mapped)
    return FALSE;

  list_output_keys (self->plan);
  watch_outer_sources (self->plan);
  return TRUE;
}
