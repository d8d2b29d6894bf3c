/* wires.c: rules 4 to 8 of docs/scheduler.md: what is wired to what, through the walls of groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "reference.h"

#include <string.h>

#define MAX_HOPS 200

/* --- rules 5, 7, 8: sources --------------------------------------------------------- */

static HearthValue *
get_interface (HearthGraph *graph,
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

/* Rule 5, by insertion. */
static void
insert_in_order (GPtrArray  *edges,
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
  HearthValue *interface = get_interface (scope->graph, "interfaceInputs");
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

static gboolean find_sources (Reference  *self,
                              RefScope   *scope,
                              const char *node_id,
                              const char *handle,
                              GArray     *sources,
                              gboolean   *several,
                              guint       hops);

/* What is wired to @key of the instance that @scope is; outside, that is. */
static gboolean
find_outside (Reference  *self,
              RefScope   *scope,
              const char *key,
              GArray     *sources,
              gboolean   *several,
              guint       hops)
{
  HearthValue *interface = get_interface (scope->graph, "interfaceInputs");
  GPtrArray *all = hearth_graph_get_edges_in (scope->parent->graph, scope->instance->id);
  g_autoptr (GPtrArray) edges = g_ptr_array_new ();
  gboolean multi = hearth_value_get_member_boolean (interface ? hearth_value_get (interface, key) : NULL, "multi", FALSE);

  for (guint i = 0; i < all->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (all, i);

      if (!leads_into (edge, key, interface) || !is_edge (scope->parent, edge))
        continue;
      if (multi)
        insert_in_order (edges, scope->instance, key, edge);
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

      if (!find_sources (self, scope->parent, edge->source, edge->source_handle, sources, several, hops))
        return FALSE;
    }

  return TRUE;
}

/* The edge that feeds output @key of the instance that @scope is: the first one. */
static HearthEdge *
find_output_edge (RefScope   *scope,
                  const char *key)
{
  HearthValue *interface = get_interface (scope->graph, "interfaceOutputs");

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

/* Rule 7: follows an output backwards through the walls of the groups. */
static gboolean
find_sources (Reference  *self,
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
      HearthEdge *edge = find_output_edge (child, handle);

      if (edge)
        return find_sources (self, child, edge->source, edge->source_handle, sources, several, hops + 1);
    }
  else if (wall && scope->parent && reference_is_type (wall, HEARTH_TYPE_ID_GROUP_INPUT))
    return find_outside (self, scope, handle, sources, several, hops + 1);

  return TRUE;
}

/* --- rules 4 to 6: inputs ------------------------------------------------------------ */

static void
add_before (RefNode   *node,
            RefSource *source,
            RefInput  *input)
{
  RefBefore before = { .node = source->node, .handle = input ? source->handle : NULL, .input = input };
  HearthValue *policy = node->node->config ? hearth_value_get (node->node->config, "_policy") : NULL;

  before.source = input ? input->sources->len - 1 : 0;
  if (input && strcmp (input->key, "_fallback") == 0)
    {
      before.fallback = !node->node->bypassed && strcmp (hearth_value_get_member_string (policy, "onFailure", ""), "input") == 0;
      before.ignored = !before.fallback;
    }
  if (source->node)
    g_array_append_val (node->befores, before);
}

static RefInput *
input_of_edge (RefNode    *node,
               HearthEdge *edge)
{
  RefInput *input;

  if (*edge->target_key == '\0' || *edge->source_handle == '\0')
    return NULL;
  input = reference_find_input (node, edge->target_handle);
  return input ? input : reference_find_input (node, edge->target_key);
}

static GPtrArray *
list_edges (RefNode  *node,
            RefInput *input) /* NULL: those that bring nothing */
{
  GPtrArray *all = hearth_graph_get_edges_in (node->scope->graph, node->node->id);
  GPtrArray *edges = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (all, i);

      if (input_of_edge (node, edge) != input)
        continue;
      if (input && input->collects)
        insert_in_order (edges, node->node, input->key, edge);
      else
        g_ptr_array_add (edges, edge);
    }

  return edges;
}

static gboolean
wire (Reference *self,
      RefNode   *node,
      RefInput  *input)
{
  g_autoptr (GPtrArray) edges = list_edges (node, input);
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (RefSource));
  gboolean several = FALSE;

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);

      if (!find_sources (self, node->scope, edge->source, edge->source_handle, found, &several, 0))
        return FALSE;
    }
  if (input)
    input->collects |= several;
  for (guint i = 0; i < found->len; i++)
    {
      RefSource *source = &g_array_index (found, RefSource, i);
      gboolean counts = input && (input->collects || i == found->len - 1);

      if (counts)
        g_array_append_val (input->sources, *source);
      add_before (node, source, counts ? input : NULL);
    }

  return TRUE;
}

/* Rule 4.4. */
static void
fill_zero (RefNode  *node,
           RefInput *input)
{
  if (input->sources->len > 0 || input->constant || input->slot == NULL || input->collects
      || hearth_slot_is (input->slot, STREAM) || reference_is_type (node->node, HEARTH_TYPE_ID_GROUP_OUTPUT))
    return;

  switch (input->slot->type)
    {
    case HEARTH_DATA_STRING:
    case HEARTH_DATA_INTEGER:
    case HEARTH_DATA_FLOAT:
    case HEARTH_DATA_BOOLEAN:
      input->constant = hearth_data_type_get_zero (input->slot->type);
      break;
    default:
      break;
    }
}

static gboolean
wire_node (Reference *self,
           RefNode   *node)
{
  for (guint i = 0; i < node->inputs->len; i++)
    {
      if (!wire (self, node, g_ptr_array_index (node->inputs, i)))
        return FALSE;
      fill_zero (node, g_ptr_array_index (node->inputs, i));
    }

  return wire (self, node, NULL);
}

/* --- rule 35 and 10: what is handed out ---------------------------------------------- */

static gboolean
add_result (Reference  *self,
            RefScope   *scope,
            const char *key,
            const char *node_id,
            const char *handle)
{
  g_autoptr (GArray) sources = g_array_new (FALSE, TRUE, sizeof (RefSource));
  HearthValue *interface = get_interface (scope->graph, "interfaceOutputs");
  gboolean several = FALSE;
  RefResult *result;

  if (!find_sources (self, scope, node_id, handle, sources, &several, 0))
    return FALSE;
  for (guint i = 0; sources->len == 0 && !scope->parent && i < self->nodes->len; i++)
    if (strcmp (reference_node (self, i)->id, node_id) == 0) /* a mapping may name a node inside a group */
      {
        RefSource source = { .node = reference_node (self, i), .handle = g_intern_string (handle) };

        g_array_append_val (sources, source);
      }
  if (sources->len == 0)
    return TRUE;

  result = g_new0 (RefResult, 1);
  result->key = g_intern_string (key);
  result->group = scope->group;
  result->source = g_array_index (sources, RefSource, sources->len - 1);
  result->streams = !scope->parent
                    && hearth_value_get_member_boolean (interface ? hearth_value_get (interface, key) : NULL, "isStream", FALSE);
  g_ptr_array_add (self->results, result);
  return TRUE;
}

static gboolean
add_results (Reference *self,
             RefScope  *scope)
{
  HearthValue *interface = get_interface (scope->graph, "interfaceOutputs");
  gboolean good = TRUE;

  for (gsize i = 0; good && interface && i < hearth_value_get_length (interface); i++)
    {
      const char *key = hearth_value_key_at (interface, i);
      HearthEdge *edge = find_output_edge (scope, key);

      if (edge)
        good = add_result (self, scope, key, edge->source, edge->source_handle);
    }

  return good;
}

static gboolean
add_mappings (Reference *self,
              RefScope  *scope)
{
  gboolean good = TRUE;

  for (gsize i = 0; good && i < hearth_value_get_length (self->mappings); i++)
    {
      HearthValue *mapping = hearth_value_member_at (self->mappings, i);

      good = add_result (self, scope, hearth_value_key_at (self->mappings, i),
                         hearth_value_get_member_string (mapping, "sourceNodeId", ""),
                         hearth_value_get_member_string (mapping, "sourceSlotKey", ""));
    }

  return good;
}

gboolean
reference_wire (Reference *self)
{
  RefScope *top = g_ptr_array_index (self->scopes, 0);
  gboolean good = TRUE;

  for (guint i = 0; good && i < self->nodes->len; i++)
    good = wire_node (self, reference_node (self, i));
  if (good)
    good = self->mappings ? add_mappings (self, top) : add_results (self, top);
  for (guint i = 1; good && i < self->scopes->len; i++)
    good = add_results (self, g_ptr_array_index (self->scopes, i));

  return good;
}
