/* hearth-graph-apply.c: how changes reach a graph
 *
 * Nodes and edges carry a rank that grows along the graph's order, so that the place of each in
 * its array, and of an edge at its two nodes, is found by halving instead of by walking.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"

#define NODE_RANK G_STRUCT_OFFSET (HearthNode, rank)
#define EDGE_RANK G_STRUCT_OFFSET (HearthEdge, rank)

static double *
rank_at (GPtrArray *array,
         guint      index,
         glong      offset)
{
  return G_STRUCT_MEMBER_P (g_ptr_array_index (array, index), offset);
}

/* First place whose rank is not below @rank. */
static guint
find_rank (GPtrArray *array,
           double     rank,
           glong      offset)
{
  guint low = 0;
  guint high = array->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (*rank_at (array, middle, offset) < rank)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
insert_ranked (GPtrArray *array,
               gpointer   item,
               int        index,
               glong      offset)
{
  double *rank = G_STRUCT_MEMBER_P (item, offset);
  double before, after;

  if (index < 0 || (guint) index >= array->len)
    {
      *rank = array->len > 0 ? *rank_at (array, array->len - 1, offset) + 1 : 0;
      g_ptr_array_add (array, item);
      return;
    }
  after = *rank_at (array, index, offset);
  before = index > 0 ? *rank_at (array, index - 1, offset) : after - 2;
  *rank = before + (after - before) / 2;
  g_ptr_array_insert (array, index, item);
  if (*rank > before && *rank < after)
    return;
  /* No room between two doubles any more: number all anew, which keeps every order. */
  for (guint i = 0; i < array->len; i++)
    *rank_at (array, i, offset) = i;
}

static HearthEnds *
ensure_ends (HearthGraph *self,
             const char  *node_id)
{
  HearthEnds *ends = g_hash_table_lookup (self->ends, node_id);

  if (ends != NULL)
    return ends;
  ends = g_new0 (HearthEnds, 1);
  ends->in = g_ptr_array_new ();
  ends->out = g_ptr_array_new ();
  g_hash_table_insert (self->ends, g_strdup (node_id), ends);
  return ends;
}

static void
join_ends (HearthGraph *self,
           HearthEdge  *edge)
{
  GPtrArray *in = ensure_ends (self, edge->target)->in;
  GPtrArray *out = ensure_ends (self, edge->source)->out;

  g_ptr_array_insert (in, find_rank (in, edge->rank, EDGE_RANK), edge);
  g_ptr_array_insert (out, find_rank (out, edge->rank, EDGE_RANK), edge);
}

static void
leave_ends (HearthGraph *self,
            HearthEdge  *edge)
{
  GPtrArray *in = ensure_ends (self, edge->target)->in;
  GPtrArray *out = ensure_ends (self, edge->source)->out;

  g_ptr_array_remove_index (in, find_rank (in, edge->rank, EDGE_RANK));
  g_ptr_array_remove_index (out, find_rank (out, edge->rank, EDGE_RANK));
}

static void
bind_type (HearthGraph *self,
           HearthNode  *node)
{
  HearthNodeType *type = hearth_catalog_lookup (self->catalog, node->type_id);

  if (type == node->type)
    return;
  g_clear_pointer (&node->type, hearth_node_type_unref);
  node->type = type != NULL ? hearth_node_type_ref (type) : NULL;
}

/* --- ids ---------------------------------------------------------------------- */

static void
count_id (GHashTable *counters,
          const char *id)
{
  const char *split = strrchr (id, '_');
  guint64 number;
  char *base;

  if (split == NULL || split == id || !g_ascii_string_to_unsigned (split + 1, 10, 0, G_MAXINT - 1, &number, NULL))
    return;
  base = g_strndup (id, split - id);
  if (GPOINTER_TO_UINT (g_hash_table_lookup (counters, base)) < number)
    g_hash_table_replace (counters, base, GUINT_TO_POINTER ((guint) number));
  else
    g_free (base);
}

char *
_hearth_graph_make_id (HearthGraph *self,
                       const char  *base)
{
  guint number;

  if (self->id_counters == NULL)
    {
      self->id_counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < self->nodes->len; i++)
        count_id (self->id_counters, ((HearthNode *) g_ptr_array_index (self->nodes, i))->id);
    }
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->id_counters, base)) + 1;
  g_hash_table_replace (self->id_counters, g_strdup (base), GUINT_TO_POINTER (number));
  return g_strdup_printf ("%s_%u", base, number);
}

/* --- one change ------------------------------------------------------------------ */

void
_hearth_graph_insert_node (HearthGraph *self,
                           HearthNode  *node,
                           int          index)
{
  bind_type (self, node);
  insert_ranked (self->nodes, node, index, NODE_RANK);
  g_hash_table_insert (self->node_by_id, node->id, node);
  if (self->id_counters != NULL)
    count_id (self->id_counters, node->id);
}

void
_hearth_graph_insert_edge (HearthGraph *self,
                           HearthEdge  *edge,
                           int          index)
{
  insert_ranked (self->edges, edge, index, EDGE_RANK);
  g_hash_table_insert (self->edge_by_id, edge->id, edge);
  join_ends (self, edge);
}

static void
apply_node (HearthGraph  *self,
            HearthChange *change)
{
  HearthNode *node = hearth_graph_get_node (self, change->id);

  if (node == NULL && change->after != NULL)
    _hearth_graph_insert_node (self, _hearth_node_new (change->id, change->after), change->index);
  else if (node != NULL && change->after != NULL)
    {
      _hearth_node_set_stored (node, change->after);
      bind_type (self, node);
    }
  else if (node != NULL)
    {
      change->index = find_rank (self->nodes, node->rank, NODE_RANK);
      g_hash_table_remove (self->node_by_id, node->id);
      g_ptr_array_remove_index (self->nodes, change->index);
    }
}

static void
apply_edge (HearthGraph  *self,
            HearthChange *change)
{
  HearthEdge *edge = hearth_graph_get_edge (self, change->id);

  _hearth_graph_clear_reach (self);
  if (edge == NULL && change->after != NULL)
    _hearth_graph_insert_edge (self, _hearth_edge_new (change->id, change->after), change->index);
  else if (edge != NULL && change->after != NULL)
    {
      leave_ends (self, edge);
      _hearth_edge_set_stored (edge, change->after);
      join_ends (self, edge);
    }
  else if (edge != NULL)
    {
      leave_ends (self, edge);
      change->index = find_rank (self->edges, edge->rank, EDGE_RANK);
      g_hash_table_remove (self->edge_by_id, edge->id);
      g_ptr_array_remove_index (self->edges, change->index);
    }
}

static int
find_member (HearthValue *object,
             const char  *key)
{
  for (gsize i = 0; i < hearth_value_get_length (object); i++)
    {
      if (g_str_equal (hearth_value_key_at (object, i), key))
        return (int) i;
    }
  return -1;
}

static HearthValue *
insert_member (HearthValue *object,
               const char  *key,
               HearthValue *value,
               gsize        index)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (object); i++)
    {
      if (i == index)
        hearth_builder_add (&builder, key, hearth_value_ref (value));
      hearth_builder_add (&builder, hearth_value_key_at (object, i),
                          hearth_value_ref (hearth_value_member_at (object, i)));
    }
  return hearth_builder_end_object (&builder);
}

static void
apply_property (HearthGraph  *self,
                HearthChange *change)
{
  g_autoptr (HearthValue) shell = NULL;
  int old = find_member (self->shell, change->id);
  gsize length = hearth_value_get_length (self->shell);

  if (old < 0 && change->after != NULL && change->index >= 0 && (gsize) change->index < length)
    shell = insert_member (self->shell, change->id, change->after, change->index);
  else
    shell = hearth_value_with (self->shell, change->id, change->after);
  if (change->after == NULL)
    change->index = old;
  _hearth_graph_set_shell (self, shell);
}

void
_hearth_graph_set_shell (HearthGraph *self,
                         HearthValue *shell)
{
  hearth_value_ref (shell);
  g_clear_pointer (&self->shell, hearth_value_unref);
  self->shell = shell;
  _hearth_graph_clear_interface (self);
}

void
_hearth_graph_apply_one (HearthGraph  *self,
                         HearthChange *change)
{
  switch (change->kind)
    {
    case HEARTH_CHANGE_NODE:
      apply_node (self, change);
      break;
    case HEARTH_CHANGE_EDGE:
      apply_edge (self, change);
      break;
    case HEARTH_CHANGE_PROPERTY:
      g_return_if_fail (!g_str_equal (change->id, "nodes") && !g_str_equal (change->id, "edges"));
      apply_property (self, change);
      break;
    case HEARTH_CHANGE_GROUP_INTERFACE:
    default:
      break;
    }
}

void
hearth_graph_apply (HearthGraph *self,
                    GPtrArray   *changes)
{
  g_return_if_fail (HEARTH_IS_GRAPH (self));
  g_return_if_fail (changes != NULL);

  for (guint i = 0; i < changes->len; i++)
    _hearth_graph_apply_one (self, g_ptr_array_index (changes, i));
  _hearth_graph_announce (self, changes);
}

void
hearth_graph_rebind (HearthGraph *self)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);

  g_return_if_fail (HEARTH_IS_GRAPH (self));

  for (guint i = 0; i < self->nodes->len; i++)
    {
      HearthNode *node = g_ptr_array_index (self->nodes, i);
      HearthNodeType *old = node->type;

      bind_type (self, node);
      if (node->type != old)
        g_ptr_array_add (changes, hearth_change_new (HEARTH_CHANGE_NODE, node->id, -1, node->stored, node->stored));
    }
  _hearth_graph_announce (self, changes);
}
