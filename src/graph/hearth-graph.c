/* hearth-graph.c: a workflow as it is edited
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (hearth-graph-error-quark, hearth_graph_error)
G_DEFINE_FINAL_TYPE (HearthGraph, hearth_graph, G_TYPE_OBJECT)

static void
ends_free (HearthEnds *ends)
{
  g_ptr_array_unref (ends->in);
  g_ptr_array_unref (ends->out);
  g_free (ends);
}

static void
hearth_graph_finalize (GObject *object)
{
  HearthGraph *self = HEARTH_GRAPH (object);

  _hearth_graph_clear_reach (self);
  _hearth_graph_clear_interface (self);
  g_clear_pointer (&self->id_counters, g_hash_table_unref);
  g_hash_table_unref (self->groups);
  g_hash_table_unref (self->ends);
  g_hash_table_unref (self->edge_by_id);
  g_hash_table_unref (self->node_by_id);
  g_ptr_array_unref (self->edges);
  g_ptr_array_unref (self->nodes);
  g_clear_pointer (&self->shell, hearth_value_unref);
  g_clear_object (&self->catalog);
  G_OBJECT_CLASS (hearth_graph_parent_class)->finalize (object);
}

static void
hearth_graph_class_init (HearthGraphClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_graph_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
hearth_graph_init (HearthGraph *self)
{
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) _hearth_node_free);
  self->edges = g_ptr_array_new_with_free_func ((GDestroyNotify) _hearth_edge_free);
  self->node_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->edge_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) ends_free);
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) _hearth_group_interface_free);
}

HearthGraph *
hearth_graph_new (HearthCatalog *catalog)
{
  HearthGraph *self;

  g_return_val_if_fail (HEARTH_IS_CATALOG (catalog), NULL);

  self = g_object_new (HEARTH_TYPE_GRAPH, NULL);
  self->catalog = g_object_ref (catalog);
  self->shell = hearth_value_object ("nodes", hearth_value_empty_array (),
                                     "edges", hearth_value_empty_array (),
                                     NULL);
  return self;
}

void
_hearth_graph_announce (HearthGraph *self,
                        GPtrArray   *changes)
{
  if (changes->len > 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, changes);
}

HearthCatalog *
hearth_graph_get_catalog (HearthGraph *self)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);

  return self->catalog;
}

guint
hearth_graph_get_n_nodes (HearthGraph *self)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), 0);

  return self->nodes->len;
}

HearthNode *
hearth_graph_node_at (HearthGraph *self,
                      guint        index)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (index < self->nodes->len, NULL);

  return g_ptr_array_index (self->nodes, index);
}

HearthNode *
hearth_graph_get_node (HearthGraph *self,
                       const char  *id)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);

  return id != NULL ? g_hash_table_lookup (self->node_by_id, id) : NULL;
}

guint
hearth_graph_get_n_edges (HearthGraph *self)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), 0);

  return self->edges->len;
}

HearthEdge *
hearth_graph_edge_at (HearthGraph *self,
                      guint        index)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (index < self->edges->len, NULL);

  return g_ptr_array_index (self->edges, index);
}

HearthEdge *
hearth_graph_get_edge (HearthGraph *self,
                       const char  *id)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);

  return id != NULL ? g_hash_table_lookup (self->edge_by_id, id) : NULL;
}

static GPtrArray *
get_no_edges (void)
{
  static GPtrArray *none;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      none = g_ptr_array_new ();
      g_once_init_leave (&ready, 1);
    }
  return none;
}

GPtrArray *
hearth_graph_get_edges_in (HearthGraph *self,
                           const char  *node_id)
{
  HearthEnds *ends;

  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (node_id != NULL, NULL);

  ends = g_hash_table_lookup (self->ends, node_id);
  return ends != NULL ? ends->in : get_no_edges ();
}

GPtrArray *
hearth_graph_get_edges_out (HearthGraph *self,
                            const char  *node_id)
{
  HearthEnds *ends;

  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (node_id != NULL, NULL);

  ends = g_hash_table_lookup (self->ends, node_id);
  return ends != NULL ? ends->out : get_no_edges ();
}

HearthValue *
hearth_graph_get_property (HearthGraph *self,
                           const char  *key)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (!g_str_equal (key, "nodes") && !g_str_equal (key, "edges"), NULL);

  return hearth_value_get (self->shell, key);
}

const char *
hearth_graph_get_id (HearthGraph *self)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);

  return hearth_value_get_member_string (self->shell, "id", NULL);
}

const char *
hearth_graph_get_name (HearthGraph *self)
{
  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);

  return hearth_value_get_member_string (self->shell, "name", NULL);
}

/* Takes @id. */
static void
list_once (GStrvBuilder *ids,
           GHashTable   *seen,
           char         *id)
{
  if (id != NULL && !g_hash_table_contains (seen, id))
    g_strv_builder_add (ids, id);
  if (id != NULL)
    g_hash_table_add (seen, id);
}

char **
hearth_graph_list_references (HearthGraph *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (HEARTH_IS_GRAPH (self), NULL);

  for (guint i = 0; i < self->nodes->len; i++)
    {
      HearthNode *node = g_ptr_array_index (self->nodes, i);
      HearthNodeFlags flags = node->type != NULL ? node->type->decl->flags : 0;

      if (node->type != NULL && node->type->workflow != NULL)
        continue; /* brought along */
      if (g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP) || flags & HEARTH_NODE_CALLS)
        list_once (ids, seen, hearth_node_dup_reference (node));
      if (flags & HEARTH_NODE_TOOLS)
        {
          g_auto (GStrv) tools = hearth_node_list_tools (node);

          for (char **id = tools; *id != NULL; id++)
            list_once (ids, seen, g_strdup (*id));
        }
    }
  return g_strv_builder_end (ids);
}

void
hearth_graph_get_absolute (HearthGraph *self,
                           HearthNode  *node,
                           double      *x,
                           double      *y)
{
  g_return_if_fail (HEARTH_IS_GRAPH (self));
  g_return_if_fail (node != NULL && x != NULL && y != NULL);

  *x = node->x;
  *y = node->y;
  /* A file may nest frames in a circle; no sane one nests this deep. */
  for (guint depth = 0; node->parent != NULL && depth < 100; depth++)
    {
      node = hearth_graph_get_node (self, node->parent);
      if (node == NULL)
        return;
      *x += node->x;
      *y += node->y;
    }
}
