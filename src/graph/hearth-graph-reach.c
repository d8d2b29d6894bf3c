/* hearth-graph-reach.c: which nodes lie before or behind another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-graph-private.h"

void
_hearth_graph_clear_reach (HearthGraph *self)
{
  g_clear_pointer (&self->reach_from, g_free);
  g_clear_pointer (&self->reach_set, g_hash_table_unref);
  g_clear_pointer (&self->asked_from, g_free);
}

static GHashTable *
collect (HearthGraph *self,
         const char  *start,
         gboolean     upstream)
{
  GHashTable *seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new ();

  g_hash_table_add (seen, (gpointer) start);
  g_ptr_array_add (waiting, (gpointer) start);
  while (waiting->len > 0)
    {
      const char *id = g_ptr_array_steal_index_fast (waiting, waiting->len - 1);
      GPtrArray *edges = upstream ? hearth_graph_get_edges_in (self, id) : hearth_graph_get_edges_out (self, id);

      for (guint i = 0; i < edges->len; i++)
        {
          HearthEdge *edge = g_ptr_array_index (edges, i);
          char *next = upstream ? edge->source : edge->target;

          if (g_hash_table_add (seen, next))
            g_ptr_array_add (waiting, next);
        }
    }
  return seen;
}

static void
remember (HearthGraph *self,
          const char  *id,
          gboolean     upstream)
{
  g_clear_pointer (&self->reach_set, g_hash_table_unref);
  g_free (self->reach_from);
  self->reach_from = g_strdup (id);
  self->reach_upstream = upstream;
  self->reach_set = collect (self, self->reach_from, upstream);
}

gboolean
hearth_graph_reaches (HearthGraph *self,
                      const char  *from,
                      const char  *to)
{
  const char *other;

  g_return_val_if_fail (HEARTH_IS_GRAPH (self), FALSE);
  g_return_val_if_fail (from != NULL && to != NULL, FALSE);

  other = self->reach_set == NULL ? NULL : self->reach_upstream ? to : from;
  if (g_strcmp0 (self->reach_from, other) != 0 || other == NULL)
    {
      /* Collect round the end that stays: the one the last question had too. */
      gboolean upstream = g_strcmp0 (self->asked_from, from) != 0;

      remember (self, upstream ? to : from, upstream);
    }
  g_free (self->asked_from);
  self->asked_from = g_strdup (from);
  return g_hash_table_contains (self->reach_set, self->reach_upstream ? from : to);
}
