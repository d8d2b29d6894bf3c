/* hearth-canvas-selection.c: which nodes and wires are selected, and walking by keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include <math.h>

static void
set_current (HearthCanvas *self,
             const char *node_id)
{
  HearthCard *card = hearth_canvas_get_card (self, node_id);
  char *copy = g_strdup (node_id);

  g_free (self->current);
  self->current = copy;
  if (card == NULL)
    {
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
      return;
    }
  hearth_canvas_raise (self, card);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, card, -1);
}

static const char *
get_any_selected (HearthCanvas *self)
{
  GHashTableIter iter;
  gpointer id = NULL;

  g_hash_table_iter_init (&iter, self->selected);
  g_hash_table_iter_next (&iter, &id, NULL);
  return id;
}

void
hearth_canvas_select_one (HearthCanvas *self,
                          const char *node_id,
                          gboolean toggle)
{
  g_autofree char *id = g_strdup (node_id);

  g_hash_table_remove_all (self->selected_edges);
  if (!toggle)
    g_hash_table_remove_all (self->selected);
  if (toggle && g_hash_table_remove (self->selected, id))
    set_current (self, get_any_selected (self));
  else
    {
      g_hash_table_add (self->selected, g_strdup (id));
      set_current (self, id);
    }
  hearth_canvas_selection_changed (self);
}

void
hearth_canvas_select_edge (HearthCanvas *self,
                           const char *edge_id,
                           gboolean toggle)
{
  g_autofree char *id = g_strdup (edge_id);

  if (!toggle)
    {
      g_hash_table_remove_all (self->selected);
      g_hash_table_remove_all (self->selected_edges);
      set_current (self, NULL);
    }
  if (!toggle || !g_hash_table_remove (self->selected_edges, id))
    g_hash_table_add (self->selected_edges, g_steal_pointer (&id));
  hearth_canvas_selection_changed (self);
}

void
hearth_canvas_select_none (HearthCanvas *self)
{
  if (g_hash_table_size (self->selected) + g_hash_table_size (self->selected_edges) == 0)
    return;
  g_hash_table_remove_all (self->selected);
  g_hash_table_remove_all (self->selected_edges);
  set_current (self, NULL);
  hearth_canvas_selection_changed (self);
}

void
hearth_canvas_select_all (HearthCanvas *self)
{
  for (guint i = 0; i < self->order->len; i++)
    g_hash_table_add (self->selected, g_strdup (hearth_card_get_data (g_ptr_array_index (self->order, i))->id));
  if (self->current == NULL)
    set_current (self, get_any_selected (self));
  hearth_canvas_selection_changed (self);
}

/* The card is about to go; the caller tells the others when all have gone. */
void
hearth_canvas_forget_selected (HearthCanvas *self,
                               const char *node_id)
{
  g_hash_table_remove (self->selected, node_id);
  if (g_strcmp0 (self->current, node_id) == 0)
    set_current (self, NULL);
}

/* --- walking --------------------------------------------------------------------------- */

static const char *
find_along_wire (HearthCanvas *self,
                 gboolean forward)
{
  GPtrArray *edges = forward ? hearth_graph_get_edges_out (self->graph, self->current)
                             : hearth_graph_get_edges_in (self->graph, self->current);

  for (guint i = 0; i < edges->len; i++)
    {
      HearthEdge *edge = g_ptr_array_index (edges, i);
      const char *id = forward ? edge->target : edge->source;

      if (hearth_canvas_get_card (self, id) != NULL)
        return id;
    }
  return NULL;
}

static void
get_middle (HearthCard *card,
            double *x,
            double *y)
{
  graphene_rect_t bounds;

  hearth_card_get_bounds (card, &bounds);
  *x = bounds.origin.x + bounds.size.width / 2;
  *y = bounds.origin.y + bounds.size.height / 2;
}

/* The nearest card in a direction; what lies aside counts as farther. */
static const char *
find_nearest (HearthCanvas *self,
              GtkDirectionType direction)
{
  HearthCard *from = hearth_canvas_get_card (self, self->current);
  gboolean is_vertical = direction == GTK_DIR_UP || direction == GTK_DIR_DOWN;
  double sign = direction == GTK_DIR_UP || direction == GTK_DIR_LEFT ? -1 : 1;
  double x, y, best = G_MAXDOUBLE;
  const char *found = NULL;

  get_middle (from, &x, &y);
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      double cx, cy, ahead, aside;

      get_middle (card, &cx, &cy);
      ahead = sign * (is_vertical ? cy - y : cx - x);
      aside = fabs (is_vertical ? cx - x : cy - y);
      if (card == from || ahead <= 0 || hearth_card_get_data (card)->is_frame || ahead + 2 * aside >= best)
        continue;
      best = ahead + 2 * aside;
      found = hearth_card_get_data (card)->id;
    }
  return found;
}

static const char *
find_first (HearthCanvas *self)
{
  const char *found = NULL;
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      double x, y;

      hearth_card_get_place (card, &x, &y);
      if (x + y >= best || hearth_card_get_data (card)->is_frame)
        continue;
      best = x + y;
      found = hearth_card_get_data (card)->id;
    }
  return found;
}

gboolean
hearth_canvas_walk (HearthCanvas *self,
                    GtkDirectionType direction)
{
  const char *next = NULL;
  g_autofree char *id = NULL;

  if (self->graph == NULL || self->order->len == 0)
    return FALSE;
  if (hearth_canvas_get_card (self, self->current) == NULL)
    next = find_first (self);
  else if (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT)
    next = find_along_wire (self, direction == GTK_DIR_RIGHT);
  if (next == NULL && self->current != NULL)
    next = find_nearest (self, direction);
  if (next == NULL)
    return TRUE;
  id = g_strdup (next);
  hearth_canvas_reveal (self, id);
  return TRUE;
}

/* --- public ----------------------------------------------------------------------------- */

char **
hearth_canvas_list_selected (HearthCanvas *self)
{
  GPtrArray *ids;

  g_return_val_if_fail (HEARTH_IS_CANVAS (self), NULL);

  /* In graph order, so that what is done with them does not depend on the hash */
  ids = g_ptr_array_new ();
  for (guint i = 0; self->graph != NULL && i < hearth_graph_get_n_nodes (self->graph); i++)
    {
      HearthNode *node = hearth_graph_node_at (self->graph, i);

      if (g_hash_table_contains (self->selected, node->id))
        g_ptr_array_add (ids, g_strdup (node->id));
    }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}

void
hearth_canvas_select (HearthCanvas *self,
                      const char *const *ids)
{
  g_return_if_fail (HEARTH_IS_CANVAS (self) && ids != NULL);

  g_hash_table_remove_all (self->selected);
  g_hash_table_remove_all (self->selected_edges);
  for (guint i = 0; ids[i] != NULL; i++)
    if (hearth_canvas_get_card (self, ids[i]) != NULL)
      g_hash_table_add (self->selected, g_strdup (ids[i]));
  set_current (self, get_any_selected (self));
  hearth_canvas_selection_changed (self);
}

HearthNode *
hearth_canvas_get_selected_node (HearthCanvas *self)
{
  g_return_val_if_fail (HEARTH_IS_CANVAS (self), NULL);

  if (self->graph == NULL || g_hash_table_size (self->selected) != 1)
    return NULL;
  return hearth_graph_get_node (self->graph, get_any_selected (self));
}
