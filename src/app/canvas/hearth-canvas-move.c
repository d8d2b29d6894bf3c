/* hearth-canvas-move.c: moving, resizing, the rubber band, reordering a multi-input
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include <math.h>

#include "hearth-i18n.h"

/* --- moving ----------------------------------------------------------------------------- */

static gboolean
has_moving_ancestor (HearthCanvas *self,
                     HearthNode *node)
{
  /* The depth is bounded, in case a damaged file makes a frame its own ancestor */
  for (int depth = 0; node != NULL && node->parent != NULL && depth < 64; depth++)
    {
      if (g_hash_table_contains (self->selected, node->parent))
        return TRUE;
      node = hearth_graph_get_node (self->graph, node->parent);
    }
  return FALSE;
}

/* What is selected, and what stands in selected frames. */
static void
begin_move (HearthCanvas *self)
{
  g_clear_pointer (&self->moving, g_ptr_array_unref);
  self->moving = g_ptr_array_new ();
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      HearthNode *node = hearth_graph_get_node (self->graph, hearth_card_get_data (card)->id);

      if (g_hash_table_contains (self->selected, node->id) || has_moving_ancestor (self, node))
        g_ptr_array_add (self->moving, card);
    }
}

static void
set_move_offset (HearthCanvas *self,
                 double dx,
                 double dy)
{
  for (guint i = 0; i < self->moving->len; i++)
    hearth_card_set_offset (g_ptr_array_index (self->moving, i), dx, dy);
  hearth_canvas_view_changed (self);
}

/* The card in the hand lands on the grid, the others keep their distance to it. */
static void
snap_offset (HearthCanvas *self,
             const HearthCommand *command,
             double *dx,
             double *dy)
{
  HearthCard *lead = hearth_canvas_get_card (self, self->current);
  double x = 0, y = 0;

  if (lead == NULL && self->moving->len > 0)
    lead = g_ptr_array_index (self->moving, 0);
  if (lead != NULL)
    hearth_card_get_place (lead, &x, &y);
  *dx = hearth_card_layout_snap (x + command->dx / self->viewport.zoom) - x;
  *dy = hearth_card_layout_snap (y + command->dy / self->viewport.zoom) - y;
}

/* The topmost frame under the middle of the card's header, other than the moving ones. */
static HearthCard *
find_frame_under (HearthCanvas *self,
                  HearthCard *card)
{
  graphene_rect_t bounds;
  graphene_point_t middle;

  hearth_card_get_bounds (card, &bounds);
  graphene_point_init (&middle, bounds.origin.x + bounds.size.width / 2, bounds.origin.y + HEARTH_CARD_HEADER / 2.f);
  for (guint i = self->order->len; i > 0; i--)
    {
      HearthCard *frame = g_ptr_array_index (self->order, i - 1);
      graphene_rect_t area;

      if (!hearth_card_get_data (frame)->is_frame || g_ptr_array_find (self->moving, frame, NULL))
        continue;
      hearth_card_get_bounds (frame, &area);
      if (graphene_rect_contains_point (&area, &middle))
        return frame;
    }
  return NULL;
}

static void
drop_card (HearthCanvas *self,
           HearthEdit *edit,
           HearthCard *card)
{
  g_autofree char *id = g_strdup (hearth_card_get_data (card)->id);
  HearthNode *node = hearth_graph_get_node (self->graph, id);
  g_autofree char *old_parent = g_strdup (node->parent);
  HearthCard *frame;
  graphene_rect_t bounds;
  const char *parent;

  if (has_moving_ancestor (self, node))
    return;
  hearth_card_get_bounds (card, &bounds);
  frame = hearth_card_get_data (card)->is_frame ? NULL : find_frame_under (self, card);
  parent = frame != NULL ? hearth_card_get_data (frame)->id : NULL;
  hearth_edit_move_node (edit, id, bounds.origin.x, bounds.origin.y);
  if (!hearth_card_get_data (card)->is_frame && g_strcmp0 (parent, old_parent) != 0)
    hearth_edit_set_parent (edit, id, parent);
}

static void
end_move (HearthCanvas *self)
{
  g_autoptr (GPtrArray) moved = g_steal_pointer (&self->moving);
  g_autofree char *label = NULL;
  g_autoptr (HearthEdit) edit = NULL;
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();
  guint n = g_hash_table_size (self->selected);

  label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Move %u node", "Move %u nodes", n), n);
  edit = hearth_edit_new (self->graph, label);
  self->moving = moved;
  for (guint i = 0; i < moved->len; i++)
    g_ptr_array_add (cards, g_ptr_array_index (moved, i));
  for (guint i = 0; i < cards->len; i++)
    drop_card (self, edit, g_ptr_array_index (cards, i));
  for (guint i = 0; i < cards->len; i++)
    hearth_card_set_offset (g_ptr_array_index (cards, i), 0, 0);
  self->moving = NULL;
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
  hearth_canvas_view_changed (self);
}

void
hearth_canvas_move (HearthCanvas *self,
                    const HearthCommand *command)
{
  double dx, dy;

  if (command->kind == HEARTH_COMMAND_MOVE_BEGIN)
    begin_move (self);
  if (self->moving == NULL)
    return;
  if (command->kind == HEARTH_COMMAND_MOVE_TO)
    {
      snap_offset (self, command, &dx, &dy);
      set_move_offset (self, dx, dy);
    }
  else if (command->kind == HEARTH_COMMAND_MOVE_END)
    {
      end_move (self);
    }
  else if (command->kind == HEARTH_COMMAND_MOVE_CANCEL)
    {
      set_move_offset (self, 0, 0);
      g_clear_pointer (&self->moving, g_ptr_array_unref);
    }
}

/* --- resizing ------------------------------------------------------------------------------ */

static void
show_size (HearthCanvas *self,
           HearthCard *card,
           double width,
           double height)
{
  HearthCardData *data = hearth_card_get_data (card);

  if (data->is_frame)
    {
      data->width = MAX (hearth_card_layout_snap (width), HEARTH_FRAME_MIN_WIDTH);
      data->stored_height = MAX (hearth_card_layout_snap (height), HEARTH_FRAME_MIN_HEIGHT);
    }
  else
    {
      data->width = CLAMP (hearth_card_layout_snap (width), HEARTH_CARD_MIN_WIDTH, HEARTH_CARD_MAX_WIDTH);
    }
  hearth_card_refresh (card);
  hearth_canvas_view_changed (self);
}

static void
end_resize (HearthCanvas *self,
            HearthCard *card)
{
  const HearthCardData *data = hearth_card_get_data (card);
  HearthNode *node = hearth_graph_get_node (self->graph, data->id);
  g_autoptr (HearthEdit) edit = NULL;
  double height = data->is_frame ? data->stored_height : node->height;

  if (data->width == self->resize_width && (!data->is_frame || height == self->resize_height))
    return;
  edit = hearth_edit_new (self->graph, _ ("Resize node"));
  hearth_edit_resize_node (edit, self->resizing, data->width, height);
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
}

void
hearth_canvas_resize (HearthCanvas *self,
                      const HearthCommand *command)
{
  HearthCard *card;

  if (command->kind == HEARTH_COMMAND_RESIZE_BEGIN)
    {
      g_free (self->resizing);
      self->resizing = g_strdup (command->node_id);
    }
  card = hearth_canvas_get_card (self, self->resizing);
  if (card == NULL)
    return;
  switch (command->kind)
    {
    case HEARTH_COMMAND_RESIZE_BEGIN:
      self->resize_width = hearth_card_get_data (card)->width;
      self->resize_height = hearth_card_get_data (card)->height;
      return;
    case HEARTH_COMMAND_RESIZE_TO:
      show_size (self, card, self->resize_width + command->dx / self->viewport.zoom,
                 self->resize_height + command->dy / self->viewport.zoom);
      return;
    case HEARTH_COMMAND_RESIZE_END: end_resize (self, card); break;
    case HEARTH_COMMAND_RESIZE_CANCEL: show_size (self, card, self->resize_width, self->resize_height); break;
    default: return;
    }
  g_clear_pointer (&self->resizing, g_free);
}

/* --- the rubber band -------------------------------------------------------------------------- */

/* Partly covered counts, except for frames, which lie behind everything. */
static gboolean
is_in_band (HearthCanvas *self,
            HearthCard *card)
{
  graphene_rect_t bounds, band, shown;
  double x, y;

  hearth_card_get_bounds (card, &bounds);
  hearth_viewport_to_widget (&self->viewport, bounds.origin.x, bounds.origin.y, &x, &y);
  graphene_rect_init (&shown, (float) x, (float) y, (float) (bounds.size.width * self->viewport.zoom),
                      (float) (bounds.size.height * self->viewport.zoom));
  graphene_rect_normalize_r (&self->band, &band);
  if (hearth_card_get_data (card)->is_frame)
    return graphene_rect_contains_rect (&band, &shown);
  return graphene_rect_intersection (&band, &shown, NULL);
}

static GHashTable *
copy_selection (HearthCanvas *self)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (copy, g_strdup (id));
  return copy;
}

static void
select_in_band (HearthCanvas *self,
                gboolean only_before)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      char *id = hearth_card_get_data (card)->id;

      if (g_hash_table_contains (self->band_before, id) || (!only_before && is_in_band (self, card)))
        g_ptr_array_add (ids, id);
    }
  g_ptr_array_add (ids, NULL);
  hearth_canvas_select (self, (const char *const *) ids->pdata);
}

void
hearth_canvas_band (HearthCanvas *self,
                    const HearthCommand *command)
{
  if (command->kind == HEARTH_COMMAND_BAND_TO)
    {
      if (!self->banding)
        {
          self->band_before = copy_selection (self);
          if (!command->toggle)
            g_hash_table_remove_all (self->band_before);
        }
      self->banding = TRUE;
      graphene_rect_init (&self->band, (float) command->x, (float) command->y, (float) command->dx,
                          (float) command->dy);
      select_in_band (self, FALSE);
      return;
    }
  if (!self->banding)
    return;
  if (command->kind == HEARTH_COMMAND_BAND_CANCEL)
    select_in_band (self, TRUE);
  self->banding = FALSE;
  g_clear_pointer (&self->band_before, g_hash_table_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- the order of a multi-input ------------------------------------------------------------------ */

static int
find_reorder_place (HearthCanvas *self,
                    double wy)
{
  HearthCard *card = hearth_canvas_get_card (self, self->reorder_node);
  HearthCardRow *multi = card != NULL ? hearth_card_data_find_row (hearth_card_get_data (card), self->reorder_key, FALSE)
                                      : NULL;
  graphene_rect_t bounds;
  double x, y;

  if (multi == NULL || multi->n_sources == 0)
    return self->reorder_from;
  hearth_card_get_bounds (card, &bounds);
  hearth_viewport_to_canvas (&self->viewport, 0, wy, &x, &y);
  y -= bounds.origin.y + multi->y + HEARTH_CARD_ROW;
  return CLAMP ((int) floor (y / HEARTH_SOURCE_ROW), 0, (int) multi->n_sources - 1);
}

static void
end_reorder (HearthCanvas *self)
{
  g_autoptr (HearthEdit) edit = NULL;

  if (self->reorder_to == self->reorder_from)
    return;
  edit = hearth_edit_new (self->graph, _ ("Reorder inputs"));
  hearth_edit_move_in_multi (edit, self->reorder_node, self->reorder_key, self->reorder_from, self->reorder_to);
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
}

void
hearth_canvas_reorder (HearthCanvas *self,
                       const HearthCommand *command)
{
  if (command->kind == HEARTH_COMMAND_REORDER_BEGIN)
    {
      g_free (self->reorder_node);
      g_free (self->reorder_key);
      self->reorder_node = g_strdup (command->node_id);
      self->reorder_key = g_strdup (command->key);
      self->reorder_from = self->reorder_to = command->index;
    }
  else if (command->kind == HEARTH_COMMAND_REORDER_TO)
    {
      self->reorder_to = find_reorder_place (self, command->y);
    }
  else
    {
      if (command->kind == HEARTH_COMMAND_REORDER_END)
        end_reorder (self);
      g_clear_pointer (&self->reorder_node, g_free);
      g_clear_pointer (&self->reorder_key, g_free);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
