/* hearth-graph-subset.c: a graph without some of its nodes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-graph-subset.h"

HearthGraph *
_hearth_graph_without (HearthGraph *graph,
                       GHashTable  *unwanted)
{
  g_autoptr (HearthValue) whole = hearth_graph_to_value (graph);
  HearthGraph *reduced = hearth_graph_new_from_value (hearth_graph_get_catalog (graph), whole, NULL);
  g_autoptr (GPtrArray) changes = NULL;

  /* What a graph stores can always be read again. */
  g_return_val_if_fail (reduced != NULL, g_object_ref (graph));

  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);
  for (guint i = 0; i < hearth_graph_get_n_edges (reduced); i++)
    {
      HearthEdge *edge = hearth_graph_edge_at (reduced, i);

      if (g_hash_table_contains (unwanted, edge->source) || g_hash_table_contains (unwanted, edge->target))
        g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_EDGE, edge->id, -1, edge->stored, NULL));
    }
  for (guint i = 0; i < hearth_graph_get_n_nodes (reduced); i++)
    {
      HearthNode *node = hearth_graph_node_at (reduced, i);

      if (g_hash_table_contains (unwanted, node->id))
        g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_NODE, node->id, -1, node->stored, NULL));
    }
  hearth_graph_apply (reduced, changes);
  return reduced;
}

/* Ids of @node_ids and of all before them, borrowed from the graph. */
static GHashTable *
list_ancestors (HearthGraph       *graph,
                const char *const *node_ids)
{
  GHashTable *wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GQueue) queue = G_QUEUE_INIT;
  HearthNode *node;

  for (; *node_ids != NULL; node_ids++)
    if ((node = hearth_graph_get_node (graph, *node_ids)) != NULL && g_hash_table_add (wanted, node->id))
      g_queue_push_tail (&queue, node);
  while ((node = g_queue_pop_head (&queue)) != NULL)
    {
      GPtrArray *edges = hearth_graph_get_edges_in (graph, node->id);

      for (guint i = 0; i < edges->len; i++)
        {
          HearthNode *source = hearth_graph_get_node (graph, ((HearthEdge *) g_ptr_array_index (edges, i))->source);

          if (source != NULL && g_hash_table_add (wanted, source->id))
            g_queue_push_tail (&queue, source);
        }
    }
  return wanted;
}

HearthGraph *
_hearth_graph_up_to (HearthGraph       *graph,
                     const char *const *node_ids)
{
  g_autoptr (GHashTable) wanted = list_ancestors (graph, node_ids);
  g_autoptr (GHashTable) unwanted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < hearth_graph_get_n_nodes (graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (graph, i);

      if (!hearth_node_is_frame (node) && !g_hash_table_contains (wanted, node->id))
        g_hash_table_add (unwanted, node->id);
    }
  return _hearth_graph_without (graph, unwanted);
}
