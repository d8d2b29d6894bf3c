/* hearth-plan-resolve.c: finds what feeds a slot, across the walls of groups
 *
 * No edge is copied: a slot is followed backwards until a node that runs, or a constant, is
 * reached. That resolves fan-out and pass-through edges without special cases.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include "hearth-i18n.h"

#include <string.h>

/* Interface slots that take several edges double the ways; a few pass-throughs in a row and
 * nobody would see the end. */
#define MAX_FORKS 1000000
#define MAX_FORK_DEPTH 200

static gboolean
leads_somewhere (HearthScope *scope,
                 HearthEdge  *edge)
{
  HearthNode *node;

  if (*edge->source_handle == '\0')
    return FALSE;
  if (g_hash_table_contains (scope->steps, edge->source) || g_hash_table_contains (scope->children, edge->source))
    return TRUE;

  node = hearth_graph_get_node (scope->graph, edge->source);
  return scope->parent && node && g_strcmp0 (node->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0;
}

/* An interface key may itself look like a sub-handle (workflow-format.md 1.5, Hazard). */
static gboolean
hits_slot (HearthEdge  *edge,
           const char  *key,
           HearthValue *interface)
{
  if (strcmp (edge->target_handle, key) == 0)
    return TRUE;

  return strcmp (edge->target_key, key) == 0 && hearth_value_get (interface, edge->target_handle) == NULL;
}

HearthEdge *
hearth_scope_find_output_edge (HearthScope *self,
                               const char  *key)
{
  guint n_nodes = self->parent ? self->output_nodes->len : MIN (self->output_nodes->len, 1);

  for (guint n = 0; n < n_nodes; n++)
    {
      GPtrArray *edges = hearth_graph_get_edges_in (self->graph, g_ptr_array_index (self->output_nodes, n));

      for (guint i = 0; i < edges->len; i++)
        {
          HearthEdge *edge = g_ptr_array_index (edges, i);

          if (hits_slot (edge, key, self->interface_outputs) && leads_somewhere (self, edge))
            return edge;
        }
    }

  return NULL;
}

/* Edges of the surrounding graph into the instance's slot @key, in true order. */
static GPtrArray *
list_outer_edges (HearthScope *scope,
                  const char  *key,
                  gboolean     multi)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr (GPtrArray) ordered = NULL;
  GPtrArray *edges;

  if (multi)
    edges = ordered = hearth_graph_list_multi (scope->parent->graph, scope->instance, key);
  else
    edges = hearth_graph_get_edges_in (scope->parent->graph, scope->instance);
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (hits_slot (edge, key, scope->interface_inputs) && leads_somewhere (scope->parent, edge))
        g_ptr_array_add (found, edge);
    }

  return found;
}

/* workflow-format.md 4.3 [DO]: the instance's value, the interface's default, the type's zero. */
static HearthValue *
dup_unconnected_value (HearthScope *scope,
                       const char  *key)
{
  HearthNode *node = hearth_graph_get_node (scope->parent->graph, scope->instance);
  HearthValue *entry = hearth_value_get (scope->interface_inputs, key);
  HearthValue *value = node->inputs ? hearth_value_get (node->inputs, key) : NULL;
  g_autoptr (HearthSlot) slot = NULL;

  if (value == NULL && hearth_value_is (entry, OBJECT))
    {
      slot = hearth_slot_new_from_interface (key, entry);
      value = slot->default_value ? slot->default_value : hearth_data_type_get_zero (slot->type);
    }

  return hearth_value_ref_or_null (value);
}

static void
add_source (GArray      *sources,
            int          step,
            const char  *handle,
            HearthValue *constant)
{
  HearthPlanSource source = { step, handle, constant };

  g_array_append_val (sources, source);
}

static gboolean
resolve_outer_edges (HearthPlanBuilder *self,
                     HearthScope       *scope,
                     GPtrArray         *edges,
                     GArray            *sources,
                     gboolean          *several,
                     GError           **error)
{
  gboolean found = TRUE;

  if (self->n_forks++ > MAX_FORKS || self->fork_depth > MAX_FORK_DEPTH)
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP,
                   _("The groups of this workflow pass their inputs on too often to be expanded."));
      return FALSE;
    }

  *several = TRUE;
  self->fork_depth++;
  for (guint i = 0; found && i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      found = hearth_plan_resolve (self, scope, edge->source, edge->source_handle, sources, several, error);
    }
  self->fork_depth--;

  return found;
}

static gboolean
refuse_endless (HearthScope *scope,
                const char  *node_id,
                GError     **error)
{
  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CYCLE,
               "Workflow contains a cycle involving nodes: %s%s", scope->prefix, node_id);
  return FALSE;
}

/* Follows what enters the group at @handle out of it: to @edge, or, where that is NULL, to its end. */
static gboolean
leave_group (HearthPlanBuilder *self,
             HearthScope       *scope,
             const char        *handle,
             GArray            *sources,
             gboolean          *several,
             HearthEdge       **edge,
             GError           **error)
{
  HearthValue *entry = hearth_value_get (scope->interface_inputs, handle);
  gboolean multi = hearth_value_get_member_boolean (entry, "multi", FALSE);
  g_autoptr (GPtrArray) edges = list_outer_edges (scope, handle, multi);
  g_autoptr (HearthValue) value = edges->len == 0 ? dup_unconnected_value (scope, handle) : NULL;

  *edge = NULL;
  if (edges->len > 0 && multi)
    return resolve_outer_edges (self, scope->parent, edges, sources, several, error);
  if (edges->len > 0)
    *edge = g_ptr_array_index (edges, edges->len - 1);
  else if (value != NULL)
    add_source (sources, -1, handle, g_steal_pointer (&value));
  return TRUE;
}

gboolean
hearth_plan_resolve (HearthPlanBuilder *self,
                     HearthScope       *scope,
                     const char        *node_id,
                     const char        *handle,
                     GArray            *sources,
                     gboolean          *several,
                     GError           **error)
{
  /* A way that takes more edges than there are goes in circles: a pass-through fed by itself. */
  for (gsize hops = 0; hops <= self->n_edges; hops++)
    {
      int step = GPOINTER_TO_INT (g_hash_table_lookup (scope->steps, node_id)) - 1;
      HearthScope *child = g_hash_table_lookup (scope->children, node_id);
      HearthNode *node = hearth_graph_get_node (scope->graph, node_id);
      HearthEdge *edge = NULL;

      if (step >= 0)
        add_source (sources, step, handle, NULL);
      else if (child != NULL)
        {
          edge = hearth_scope_find_output_edge (child, handle);
          scope = child;
        }
      else if (scope->parent != NULL && node != NULL && g_strcmp0 (node->type_id, HEARTH_TYPE_ID_GROUP_INPUT) == 0)
        {
          if (!leave_group (self, scope, handle, sources, several, &edge, error))
            return FALSE;
          scope = scope->parent;
        }
      if (edge == NULL)
        return TRUE;
      node_id = edge->source;
      handle = edge->source_handle;
    }

  return refuse_endless (scope, node_id, error);
}
