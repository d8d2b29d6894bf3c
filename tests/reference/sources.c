/* sources.c: rules 5, 7 and 8 of docs/scheduler.md: where a value comes from, through the walls of groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wires.h"

#include <string.h>

#define MAX_HOPS 200

HearthValue *
ref_graph_get_interface (HearthGraph *graph,
                         const char  *side)
{
  HearthValue *interface = hearth_graph_get_property (graph, side);

  return hearth_value_is (interface, OBJECT) ? interface : NULL;
}

/* Is there something at the other end? */
static gboolean
is_edge (RefScope   *scope,
         HearthEdge *edge)
{
  HearthNode *node = hearth_graph_get_node (scope->graph, edge->source);

  if (node == NULL || *edge->source_handle == '\0')
    return FALSE;
  return g_hash_table_contains (scope->nodes, edge->source) || g_hash_table_contains (scope->children, edge->source)
         || (scope->parent && reference_is_type (node, HEARTH_TYPE_ID_GROUP_INPUT));
}

/* "o__1" is a place in "o", unless there is a slot of that very name. */
static gboolean
leads_into (HearthEdge  *edge,
            const char  *key,
            HearthValue *interface)
{
  if (strcmp (edge->target_handle, key) == 0)
    return TRUE;
  return strcmp (edge->target_key, key) == 0 && !(interface && hearth_value_get (interface, edge->target_handle));
}

static guint
place_of (HearthNode *node,
          const char *key,
          HearthEdge *edge,
          gboolean   *listed)
{
  HearthValue *order = hearth_value_get_member_kind (node->orders, key, HEARTH_VALUE_ARRAY);

  for (gsize i = 0; order && i < hearth_value_get_length (order); i++)
    {
      HearthValue *id = hearth_value_at (order, i);

      *listed = hearth_value_is (id, STRING) && strcmp (hearth_value_get_string (id, NULL), edge->id) == 0;
      if (*listed)
        return i;
    }

  *listed = FALSE;
  return edge->target_index >= 0 ? (guint) edge->target_index : G_MAXUINT;
}

/* By insertion. */
void
ref_edges_insert (GPtrArray  *edges,
                  HearthNode *node,
                  const char *key,
                  HearthEdge *edge)
{
  gboolean listed, other_listed;
  guint place = place_of (node, key, edge, &listed);
  guint at = edges->len;

  while (at > 0)
    {
      guint other = place_of (node, key, g_ptr_array_index (edges, at - 1), &other_listed);

      if (other < place || (other == place && (other_listed || !listed)))
        break;
      at--;
    }
  g_ptr_array_insert (edges, at, edge);
}

static void
add_constant (GArray      *sources,
              HearthValue *constant)
{
  RefSource source = { .constant = constant };

  if (constant)
    g_array_append_val (sources, source);
}

/* Rule 8. */
static HearthValue *
get_unwired (RefScope   *scope,
             const char *key)
{
  HearthValue *interface = ref_graph_get_interface (scope->graph, "interfaceInputs");
  HearthValue *entry = interface ? hearth_value_get (interface, key) : NULL;
  HearthValue *value = scope->instance->inputs ? hearth_value_get (scope->instance->inputs, key) : NULL;
  HearthDataType type;

  if (value || entry == NULL)
    return value;
  value = hearth_value_get (hearth_value_get (entry, "config"), "default");
  if (value)
    return value;
  hearth_data_type_from_string (hearth_value_get_member_string (entry, "dataFlowType", NULL), &type);
  return hearth_data_type_get_zero (type);
}

/* What is wired to @key of the instance that @scope is; outside, that is. */
static gboolean
find_outside (Reference  *self,
              RefScope   *scope,
              const char *key,
              GArray     *sources,
              gboolean   *several,
              guint       hops)
{
  HearthValue *interface = ref_graph_get_interface (scope->graph, "interfaceInputs");
  GPtrArray *all = hearth_graph_get_edges_in (scope->parent->graph, scope->instance->id);
  g_autoptr (GPtrArray) edges = g_ptr_array_new ();
  gboolean multi = hearth_value_get_member_boolean (interface ? hearth_value_get (interface, key) : NULL, "multi", FALSE);

  for (guint i = 0; i < all->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (all, i);

      if (!leads_into (edge, key, interface) || !is_edge (scope->parent, edge))
        continue;
      if (multi)
        ref_edges_insert (edges, scope->instance, key, edge);
      else
        {
          g_ptr_array_set_size (edges, 0); /* the last one wins */
          g_ptr_array_add (edges, edge);
        }
    }

  if (edges->len == 0)
    add_constant (sources, get_unwired (scope, key));
  else
    *several |= multi;
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (!ref_scope_find_sources (self, scope->parent, edge->source, edge->source_handle, sources, several, hops))
        return FALSE;
    }

  return TRUE;
}

HearthEdge *
ref_scope_find_output_edge (RefScope   *scope,
                            const char *key)
{
  HearthValue *interface = ref_graph_get_interface (scope->graph, "interfaceOutputs");

  for (guint i = 0; i < hearth_graph_get_n_nodes (scope->graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (scope->graph, i);
      GPtrArray *edges = hearth_graph_get_edges_in (scope->graph, node->id);

      for (guint e = 0; reference_is_type (node, HEARTH_TYPE_ID_GROUP_OUTPUT) && e < edges->len; e++)
        {
          HearthEdge *edge = g_ptr_array_index (edges, e);

          if (leads_into (edge, key, interface) && is_edge (scope, edge))
            return edge;
        }
      if (reference_is_type (node, HEARTH_TYPE_ID_GROUP_OUTPUT) && !scope->parent)
        break; /* of the workflow only the first one counts */
    }

  return NULL;
}

gboolean
ref_scope_find_sources (Reference  *self,
                        RefScope   *scope,
                        const char *node_id,
                        const char *handle,
                        GArray     *sources,
                        gboolean   *several,
                        guint       hops)
{
  RefNode *node = g_hash_table_lookup (scope->nodes, node_id);
  RefScope *child = g_hash_table_lookup (scope->children, node_id);
  HearthNode *wall = hearth_graph_get_node (scope->graph, node_id);

  if (hops > MAX_HOPS)
    return reference_refuse (self, HEARTH_ENGINE_ERROR_CYCLE, "");
  if (node)
    {
      RefSource source = { .node = node, .handle = g_intern_string (handle) };

      g_array_append_val (sources, source);
    }
  else if (child)
    {
      HearthEdge *edge = ref_scope_find_output_edge (child, handle);

      if (edge)
        return ref_scope_find_sources (self, child, edge->source, edge->source_handle, sources, several, hops + 1);
    }
  else if (wall && scope->parent && reference_is_type (wall, HEARTH_TYPE_ID_GROUP_INPUT))
    return find_outside (self, scope, handle, sources, several, hops + 1);

  return TRUE;
}
