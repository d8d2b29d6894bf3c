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

static gboolean
map_from_edges (HearthPlanBuilder *self,
                HearthScope       *scope,
                GError           **error)
{
  HearthValue *interface = scope->interface_outputs;

  for (gsize i = 0; hearth_value_is (interface, OBJECT) && i < hearth_value_get_length (interface); i++)
    {
      const char *key = hearth_value_key_at (interface, i);
      HearthEdge *edge = hearth_scope_find_output_edge (scope, key);

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
 * around it are not complete before it. That step is the one whose stream it is when a bypassed
 * one hands it on. */
void
hearth_plan_watch_sources (HearthPlan *plan)
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
  return TRUE;
}
