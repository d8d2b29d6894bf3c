/* hearth-graph-multi.c: the true order of the edges into one multi-input (workflow-format.md 1.5)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"

typedef struct
{
  HearthEdge *edge;
  guint       place; /* by the order list, else by the handle's number */
  guint       listed;
  guint       found;
} MultiEntry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const MultiEntry *first = a;
  const MultiEntry *second = b;

  if (first->place != second->place)
    return first->place < second->place ? -1 : 1;
  if (first->listed != second->listed)
    return first->listed ? -1 : 1;
  return first->found < second->found ? -1 : 1;
}

static gboolean
find_listed (HearthValue *order,
             const char  *edge_id,
             guint       *place)
{
  for (gsize i = 0; order != NULL && i < hearth_value_get_length (order); i++)
    {
      HearthValue *item = hearth_value_at (order, i);

      if (hearth_value_is (item, STRING) && g_str_equal (hearth_value_get_string (item, NULL), edge_id))
        {
          *place = i;
          return TRUE;
        }
    }
  return FALSE;
}

GPtrArray *
hearth_graph_list_multi (HearthGraph *self,
                         const char  *node_id,
                         const char  *key)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (MultiEntry));
  GPtrArray *edges, *sorted;
  HearthNode *node;
  HearthValue *order;

  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (node_id != NULL && key != NULL, NULL);

  node = hearth_graph_get_node (self, node_id);
  order = node != NULL ? hearth_value_get_member_kind (node->orders, key, HEARTH_VALUE_ARRAY) : NULL;
  edges = hearth_graph_get_edges_in (self, node_id);
  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);
      MultiEntry entry = { .edge = edge, .found = i };

      if (!g_str_equal (edge->target_key, key))
        continue;
      entry.listed = find_listed (order, edge->id, &entry.place);
      if (!entry.listed)
        entry.place = edge->target_index >= 0 ? (guint) edge->target_index : G_MAXUINT;
      g_array_append_val (entries, entry);
    }
  g_array_sort (entries, compare_entries);

  sorted = g_ptr_array_new ();
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (sorted, g_array_index (entries, MultiEntry, i).edge);
  return sorted;
}
