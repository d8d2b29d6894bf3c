/* hearth-preview.c: what of a graph may run in a preview
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-preview.h"

#include "hearth-graph-subset.h"

static gboolean
takes_key (const HearthNodeType *type)
{
  for (guint i = 0; i < type->inputs->len; i++)
    if (hearth_slot_is ((HearthSlot *) g_ptr_array_index (type->inputs, i), SECRET))
      return TRUE;
  return FALSE;
}

/* Also those that ask a model: the protocol has no flag on its own ones, but a look must cost nothing. */
static gboolean
is_unsafe (HearthNode *node)
{
  const HearthNodeType *type = node->type;

  if (type == NULL)
    return FALSE;
  return (type->decl->flags & HEARTH_NODE_PREVIEW_UNSAFE) != 0 || type->decl->model_input != NULL || takes_key (type);
}

/* Ids of unsafe nodes and of all that their values reach; borrowed from the graph. */
static GHashTable *
find_unsafe (HearthGraph *graph)
{
  GHashTable *unsafe = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GQueue) queue = G_QUEUE_INIT;
  HearthNode *node;

  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      node = hearth_graph_node_at (graph, i);
      if (is_unsafe (node) && g_hash_table_add (unsafe, node->id))
        g_queue_push_tail (&queue, node);
    }
  while ((node = g_queue_pop_head (&queue)) != NULL)
    {
      GPtrArray *edges = hearth_graph_get_edges_out (graph, node->id);

      for (guint i = 0; i < edges->len; i++)
        {
          HearthEdge *edge = g_ptr_array_index (edges, i);
          HearthNode *target = hearth_graph_get_node (graph, edge->target);

          if (target != NULL && g_strcmp0 (target->type_id, HEARTH_TYPE_ID_GROUP_OUTPUT) != 0
              && g_hash_table_add (unsafe, target->id))
            g_queue_push_tail (&queue, target);
        }
    }
  return unsafe;
}

HearthGraph *
hearth_preview_reduce_graph (HearthGraph *graph)
{
  g_autoptr (GHashTable) unsafe = NULL;

  g_return_val_if_fail (HEARTH_IS_GRAPH (graph), NULL);

  unsafe = find_unsafe (graph);
  return g_hash_table_size (unsafe) > 0 ? _hearth_graph_without (graph, unsafe) : g_object_ref (graph);
}

HearthValue *
hearth_preview_reduce_mappings (HearthGraph *reduced,
                                HearthValue *mappings)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (HEARTH_IS_GRAPH (reduced), NULL);

  if (mappings == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (mappings); i++)
    {
      HearthValue *mapping = hearth_value_member_at (mappings, i);
      const char *source = hearth_value_get_member_string (mapping, "sourceNodeId", "");

      if (hearth_graph_get_node (reduced, source) != NULL)
        hearth_builder_add (&out, hearth_value_key_at (mappings, i), hearth_value_ref (mapping));
    }
  return hearth_builder_end_object (&out);
}
