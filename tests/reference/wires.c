/* wires.c: rules 4 to 6, 10 and 35 of docs/scheduler.md: what is wired to what
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "wires.h"

#include <string.h>

/* --- rules 4 to 6: inputs ------------------------------------------------------------ */

static void
add_before (RefNode   *node,
            RefSource *source,
            RefInput  *input)
{
  RefBefore before = { .node = source->node, .handle = input ? source->handle : NULL, .input = input };
  HearthValue *policy = node->node->config ? hearth_value_get (node->node->config, "_policy") : NULL;
  g_autofree char *refusal = NULL;

  before.source = input ? input->sources->len - 1 : 0;
  if (input && strcmp (input->key, "_fallback") == 0)
    {
      refusal = reference_dup_refusal (node);
      before.fallback = !refusal && !node->node->bypassed && strcmp (hearth_value_get_member_string (policy, "onFailure", ""), "input") == 0;
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
        ref_edges_insert (edges, node->node, input->key, edge);
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

      if (!ref_scope_find_sources (self, node->scope, edge->source, edge->source_handle, found, &several, 0))
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
  HearthValue *interface = ref_graph_get_interface (scope->graph, "interfaceOutputs");
  gboolean several = FALSE;
  RefResult *result;

  if (!ref_scope_find_sources (self, scope, node_id, handle, sources, &several, 0))
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
  HearthValue *interface = ref_graph_get_interface (scope->graph, "interfaceOutputs");
  gboolean good = TRUE;

  for (gsize i = 0; good && interface && i < hearth_value_get_length (interface); i++)
    {
      const char *key = hearth_value_key_at (interface, i);
      HearthEdge *edge = ref_scope_find_output_edge (scope, key);

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
