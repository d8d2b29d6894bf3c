/* hearth-edit-multi.c: edges that go, and multi-inputs that stay in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-edit-private.h"

static void
set_handle (HearthEdit *self,
            HearthEdge *edge,
            const char *handle)
{
  g_autoptr (HearthValue) text = NULL;
  g_autoptr (HearthValue) after = NULL;

  if (g_str_equal (edge->target_handle, handle))
    return;
  text = hearth_value_string (handle);
  after = hearth_value_with (edge->stored, "targetHandle", text);
  _hearth_edit_set_edge (self, edge->id, after);
}

static gboolean
is_all_null (HearthValue *value)
{
  if (!hearth_value_is (value, ARRAY))
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    {
      if (!hearth_value_is (hearth_value_at (value, i), NULL))
        return FALSE;
    }
  return TRUE;
}

void
_hearth_edit_number (HearthEdit *self,
                     const char *node_id,
                     const char *key,
                     GPtrArray  *edges)
{
  HearthNode *node = hearth_graph_get_node (self->graph, node_id);
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) order = NULL;

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);
      g_autofree char *handle = g_strdup_printf ("%s__%u", key, i);

      set_handle (self, edge, handle);
      hearth_builder_add (&builder, NULL, hearth_value_string (edge->id));
    }
  if (node == NULL)
    return;
  order = hearth_builder_end_array (&builder);
  _hearth_edit_set_inner (self, node, "inputConnectionOrders", key, edges->len > 0 ? order : NULL);
  /* The frontend's list of nulls says nothing while connected and would count as a value after. */
  if (is_all_null (hearth_value_get (node->inputs, key)))
    _hearth_edit_set_inner (self, node, "inputValues", key, NULL);
}

/* The multi-input an edge feeds. A slot that is gone leaves an order list that must go, too. */
static char *
dup_multi_key (HearthGraph *graph,
               HearthEdge  *edge)
{
  HearthNode *node = hearth_graph_get_node (graph, edge->target);
  g_autoptr (HearthSlot) slot = node != NULL ? hearth_graph_find_input (graph, node, edge->target_handle) : NULL;

  if (slot != NULL)
    return hearth_slot_is (slot, MULTI) ? g_strdup (slot->key) : NULL;
  return node != NULL && edge->target_index >= 0 ? g_strdup (edge->target_key) : NULL;
}

typedef struct
{
  char *node_id;
  char *key;
} Multi;

static void
multi_clear (Multi *multi)
{
  g_free (multi->node_id);
  g_free (multi->key);
}

static void
note_multi (GArray     *multis,
            GHashTable *seen,
            HearthEdge *edge,
            char       *key)
{
  Multi multi = { g_strdup (edge->target), key };

  if (g_hash_table_add (seen, g_strdup_printf ("%s\n%s", edge->target, key)))
    g_array_append_val (multis, multi);
  else
    multi_clear (&multi);
}

void
_hearth_edit_drop_edges (HearthEdit *self,
                         GPtrArray  *ids)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) multis = g_array_new (FALSE, FALSE, sizeof (Multi));

  g_array_set_clear_func (multis, (GDestroyNotify) multi_clear);
  for (guint i = 0; i < ids->len; i++)
    {
      HearthEdge *edge = hearth_graph_get_edge (self->graph, g_ptr_array_index (ids, i));
      char *key;

      if (edge == NULL)
        continue;
      key = dup_multi_key (self->graph, edge);
      if (key != NULL)
        note_multi (multis, seen, edge, key);
      _hearth_edit_set_edge (self, edge->id, NULL);
    }
  for (guint i = 0; i < multis->len; i++)
    {
      Multi *multi = &g_array_index (multis, Multi, i);
      g_autoptr (GPtrArray) left = hearth_graph_list_multi (self->graph, multi->node_id, multi->key);

      _hearth_edit_number (self, multi->node_id, multi->key, left);
    }
}

static gboolean
edge_fits (HearthGraph *graph,
           HearthEdge  *edge)
{
  HearthNode *source = hearth_graph_get_node (graph, edge->source);
  HearthNode *target = hearth_graph_get_node (graph, edge->target);
  g_autoptr (HearthSlot) output = source ? hearth_graph_find_output (graph, source, edge->source_handle) : NULL;
  g_autoptr (HearthSlot) input = target ? hearth_graph_find_input (graph, target, edge->target_handle) : NULL;

  return output != NULL && input != NULL && hearth_slot_can_connect (output, input);
}

void
_hearth_edit_drop_unfit (HearthEdit *self,
                         HearthNode *node)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *sides[2] = { hearth_graph_get_edges_in (self->graph, node->id),
                          hearth_graph_get_edges_out (self->graph, node->id) };

  for (guint side = 0; side < 2; side++)
    {
      for (guint i = 0; i < sides[side]->len; i++)
        {
          HearthEdge *edge = g_ptr_array_index (sides[side], i);

          if (!edge_fits (self->graph, edge))
            g_ptr_array_add (ids, g_strdup (edge->id));
        }
    }
  _hearth_edit_drop_edges (self, ids);
}

void
hearth_edit_move_in_multi (HearthEdit *self,
                           const char *node_id,
                           const char *key,
                           int         from,
                           int         to)
{
  g_autoptr (GPtrArray) edges = NULL;
  /* They may be an edge's own texts, which numbering renews. */
  g_autofree char *node_copy = NULL;
  g_autofree char *key_copy = NULL;
  gpointer moved;

  g_return_if_fail (self != NULL);
  g_return_if_fail (node_id != NULL && key != NULL);

  edges = hearth_graph_list_multi (self->graph, node_id, key);
  if (from < 0 || to < 0 || (guint) from >= edges->len || (guint) to >= edges->len)
    return;
  moved = g_ptr_array_remove_index (edges, from);
  g_ptr_array_insert (edges, to, moved);
  node_copy = g_strdup (node_id);
  key_copy = g_strdup (key);
  _hearth_edit_number (self, node_copy, key_copy, edges);
  _hearth_edit_announce (self);
}
