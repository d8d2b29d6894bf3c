/* hearth-graph-diff.c: what makes one graph into another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-graph-diff.h"

typedef struct
{
  HearthGraph *mine;
  HearthGraph *theirs;
  GPtrArray *changes;
  GPtrArray *bookkeeping;
} Diff;

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_change_free);
}

static void
note (GPtrArray       *changes,
      HearthChangeKind kind,
      const char      *id,
      int              index,
      HearthValue     *before,
      HearthValue     *after)
{
  if (!hearth_value_equal (before, after))
    g_ptr_array_add (changes, hearth_change_new (kind, id, index, before, after));
}

static void
remove_edges (Diff *diff)
{
  for (guint i = 0; i < hearth_graph_get_n_edges (diff->mine); i++)
    {
      HearthEdge *edge = hearth_graph_edge_at (diff->mine, i);

      if (hearth_graph_get_edge (diff->theirs, edge->id) == NULL)
        note (diff->changes, HEARTH_CHANGE_EDGE, edge->id, -1, edge->stored, NULL);
    }
}

static void
remove_nodes (Diff *diff)
{
  for (guint i = 0; i < hearth_graph_get_n_nodes (diff->mine); i++)
    {
      HearthNode *node = hearth_graph_node_at (diff->mine, i);

      if (hearth_graph_get_node (diff->theirs, node->id) == NULL)
        note (diff->changes, HEARTH_CHANGE_NODE, node->id, -1, node->stored, NULL);
    }
}

static void
put_nodes (Diff *diff)
{
  for (guint i = 0; i < hearth_graph_get_n_nodes (diff->theirs); i++)
    {
      HearthNode *node = hearth_graph_node_at (diff->theirs, i);
      HearthNode *own = hearth_graph_get_node (diff->mine, node->id);

      note (diff->changes, HEARTH_CHANGE_NODE, node->id, own != NULL ? -1 : (int) i, own != NULL ? own->stored : NULL,
            node->stored);
    }
}

static void
put_edges (Diff *diff)
{
  for (guint i = 0; i < hearth_graph_get_n_edges (diff->theirs); i++)
    {
      HearthEdge *edge = hearth_graph_edge_at (diff->theirs, i);
      HearthEdge *own = hearth_graph_get_edge (diff->mine, edge->id);

      note (diff->changes, HEARTH_CHANGE_EDGE, edge->id, own != NULL ? -1 : (int) i, own != NULL ? own->stored : NULL,
            edge->stored);
    }
}

static gboolean
is_bookkeeping (const char *key)
{
  static const char *const keys[] = { "id", "createdAt", "updatedAt", "version", NULL };

  return g_strv_contains (keys, key);
}

gboolean
hearth_graph_is_property (const char *key)
{
  g_return_val_if_fail (key != NULL, FALSE);

  return !g_str_equal (key, "nodes") && !g_str_equal (key, "edges");
}

static void
put_property (Diff       *diff,
              const char *key,
              gboolean    only_missing)
{
  HearthValue *own = hearth_graph_get_property (diff->mine, key);
  HearthValue *other = hearth_graph_get_property (diff->theirs, key);

  if (!only_missing || other == NULL)
    note (is_bookkeeping (key) ? diff->bookkeeping : diff->changes, HEARTH_CHANGE_PROPERTY, key, -1, own, other);
}

static void
put_properties (Diff        *diff,
                HearthValue *keys_of,
                gboolean     only_missing)
{
  for (gsize i = 0; i < hearth_value_get_length (keys_of); i++)
    {
      const char *key = hearth_value_key_at (keys_of, i);

      if (hearth_graph_is_property (key))
        put_property (diff, key, only_missing);
    }
}

GPtrArray *
hearth_graph_diff (HearthGraph *mine,
                   HearthGraph *theirs,
                   GPtrArray  **bookkeeping)
{
  Diff diff = { mine, theirs, NULL, NULL };
  g_autoptr (HearthValue) my_whole = NULL;
  g_autoptr (HearthValue) their_whole = NULL;

  g_return_val_if_fail (HEARTH_IS_GRAPH (mine) && HEARTH_IS_GRAPH (theirs), NULL);
  g_return_val_if_fail (bookkeeping != NULL, NULL);

  diff.changes = new_changes ();
  diff.bookkeeping = new_changes ();
  my_whole = hearth_graph_to_value (mine);
  their_whole = hearth_graph_to_value (theirs);
  /* Edges leave before their nodes and come after them, the way the edit verbs do it. */
  remove_edges (&diff);
  remove_nodes (&diff);
  put_nodes (&diff);
  put_edges (&diff);
  put_properties (&diff, my_whole, TRUE);
  put_properties (&diff, their_whole, FALSE);
  *bookkeeping = diff.bookkeeping;
  return diff.changes;
}
