/* hearth-canvas-snapshot.c: draws the canvas: grid, frames, wires, cards, what is in the hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include <math.h>

#define GRID_MIN_PIXELS 22

/* --- wires --------------------------------------------------------------------------- */

static void
get_row_place (HearthCanvas *self,
               HearthCard *card,
               const HearthCardRow *row,
               gboolean is_output,
               double *wx,
               double *wy)
{
  const HearthCardData *data = hearth_card_get_data (card);
  graphene_rect_t bounds;
  double x, y;

  /* A slot that is gone leaves its wire at the header */
  if (row == NULL || !hearth_card_layout_get_anchor (data, row, &x, &y))
    {
      x = is_output ? data->width : 0;
      y = HEARTH_CARD_HEADER / 2.0;
    }
  hearth_card_get_bounds (card, &bounds);
  hearth_viewport_to_widget (&self->viewport, bounds.origin.x + x, bounds.origin.y + y, wx, wy);
}

gboolean
hearth_canvas_get_anchor (HearthCanvas *self,
                          const char *node_id,
                          const char *key,
                          gboolean is_output,
                          double *wx,
                          double *wy)
{
  HearthCard *card = hearth_canvas_get_card (self, node_id);

  if (card == NULL)
    return FALSE;
  get_row_place (self, card, hearth_card_data_find_row (hearth_card_get_data (card), key, is_output), is_output, wx, wy);
  return TRUE;
}

static HearthCardRow *
find_target_row (const HearthCardData *data,
                 HearthEdge *edge)
{
  HearthCardRow *row = hearth_card_data_find_source (data, edge->id);

  if (row == NULL)
    row = hearth_card_data_find_row (data, edge->target_handle, FALSE);
  if (row == NULL)
    row = hearth_card_data_find_row (data, edge->target_key, FALSE);
  return row;
}

static gboolean
make_mark (HearthCanvas *self,
           HearthEdge *edge,
           HearthWireMark *mark)
{
  HearthCard *source = hearth_canvas_get_card (self, edge->source);
  HearthCard *target = hearth_canvas_get_card (self, edge->target);
  HearthCardRow *from, *to;
  double x1, y1, x2, y2;

  if (source == NULL || target == NULL)
    return FALSE;
  from = hearth_card_data_find_row (hearth_card_get_data (source), edge->source_handle, TRUE);
  to = find_target_row (hearth_card_get_data (target), edge);
  get_row_place (self, source, from, TRUE, &x1, &y1);
  get_row_place (self, target, to, FALSE, &x2, &y2);
  hearth_wire_init (&mark->line, x1, y1, x2, y2, self->viewport.zoom);
  mark->type = hearth_canvas_palette_pick_wire_type (from != NULL ? from->type : HEARTH_DATA_WILDCARD,
                                                     to != NULL ? to->type : HEARTH_DATA_WILDCARD);
  mark->flags = 0;
  if (from == NULL || to == NULL)
    mark->flags |= HEARTH_WIRE_BROKEN;
  if (from != NULL && from->shape == HEARTH_DOT_STREAM)
    mark->flags |= HEARTH_WIRE_STREAM;
  if ((mark->flags & HEARTH_WIRE_STREAM) != 0 && hearth_canvas_is_flowing (self, edge->source))
    mark->flags |= HEARTH_WIRE_FLOWING;
  if (g_hash_table_contains (self->selected_edges, edge->id))
    mark->flags |= HEARTH_WIRE_SELECTED;
  if (self->connect.active)
    mark->flags |= HEARTH_WIRE_FADED;
  return TRUE;
}

GArray *
hearth_canvas_list_wires (HearthCanvas *self,
                          GPtrArray *edges)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (HearthWireMark));
  guint n = self->graph != NULL ? hearth_graph_get_n_edges (self->graph) : 0;

  for (guint i = 0; i < n; i++)
    {
      HearthEdge *edge = hearth_graph_edge_at (self->graph, i);
      HearthWireMark mark;

      if (g_strcmp0 (edge->id, self->connect.edge_id) == 0 || !make_mark (self, edge, &mark))
        continue;
      g_array_append_val (marks, mark);
      if (edges != NULL)
        g_ptr_array_add (edges, edge);
    }
  return marks;
}

static HearthWireStyle
get_wire_style (HearthCanvas *self)
{
  return (HearthWireStyle){ self->palette, self->viewport.zoom, self->wire_phase };
}

static void
add_wires (HearthCanvas *self,
           GtkSnapshot *snapshot,
           const graphene_rect_t *view)
{
  if (self->wires == NULL)
    {
      g_autoptr (GArray) marks = hearth_canvas_list_wires (self, NULL);
      HearthWireStyle style = get_wire_style (self);
      GtkSnapshot *own = gtk_snapshot_new ();

      hearth_wire_painter_snapshot (own, (HearthWireMark *) marks->data, marks->len, view, &style);
      self->wires = gtk_snapshot_free_to_node (own);
    }
  if (self->wires != NULL)
    gtk_snapshot_append_node (snapshot, self->wires);
}

static void
add_hand_wire (HearthCanvas *self,
               GtkSnapshot *snapshot,
               const graphene_rect_t *view)
{
  HearthCanvasConnect *connect = &self->connect;
  HearthWireStyle style = get_wire_style (self);
  HearthWireMark mark = { .type = HEARTH_DATA_WILDCARD, .flags = HEARTH_WIRE_LOOSE };
  double x, y, hx = connect->x, hy = connect->y;
  HearthCardRow *row;

  if (!connect->active
      || !hearth_canvas_get_anchor (self, connect->node_id, connect->key, connect->is_output, &x, &y))
    return;
  row = hearth_card_data_find_row (hearth_card_get_data (hearth_canvas_get_card (self, connect->node_id)),
                                   connect->key, connect->is_output);
  if (row != NULL)
    mark.type = row->type;
  if (connect->target_id != NULL)
    {
      /* Close enough: it clicks into place */
      mark.flags = 0;
      hearth_canvas_get_anchor (self, connect->target_id, connect->target_key, !connect->is_output, &hx, &hy);
    }
  if (connect->is_output)
    hearth_wire_init (&mark.line, x, y, hx, hy, self->viewport.zoom);
  else
    hearth_wire_init (&mark.line, hx, hy, x, y, self->viewport.zoom);
  hearth_wire_painter_snapshot (snapshot, &mark, 1, view, &style);
}

/* --- the rest ------------------------------------------------------------------------ */

static void
add_grid (HearthCanvas *self,
          GtkSnapshot *snapshot,
          const graphene_rect_t *view)
{
  double step = HEARTH_GRID * self->viewport.zoom;
  cairo_t *cr;

  while (step < GRID_MIN_PIXELS)
    step *= 2;
  cr = hearth_card_painter_begin_cairo (snapshot, view);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (double y = fmod (self->viewport.y, step) - step; y < view->size.height; y += step)
    for (double x = fmod (self->viewport.x, step) - step; x < view->size.width; x += step)
      cairo_rectangle (cr, floor (x), floor (y), 2, 2);
  gdk_cairo_set_source_rgba (cr, &self->palette->grid);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
add_cards (HearthCanvas *self,
           GtkSnapshot *snapshot,
           gboolean frames)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      GtkWidget *card = g_ptr_array_index (self->order, i);

      if (gtk_widget_get_child_visible (card) && hearth_card_get_data (HEARTH_CARD (card))->is_frame == frames)
        gtk_widget_snapshot_child (GTK_WIDGET (self), card, snapshot);
    }
}

static void
add_band (HearthCanvas *self,
          GtkSnapshot *snapshot)
{
  GdkRGBA fill = hearth_canvas_palette_fade (&self->palette->accent, 0.12f);
  graphene_rect_t band;

  if (!self->banding)
    return;
  graphene_rect_normalize_r (&self->band, &band);
  gtk_snapshot_append_color (snapshot, &fill, &band);
  hearth_card_painter_add_border (snapshot, &band, 0, 1, &self->palette->accent);
}

/* Where the dragged line of a multi-input would go. */
static void
add_reorder (HearthCanvas *self,
             GtkSnapshot *snapshot)
{
  HearthCard *card = hearth_canvas_get_card (self, self->reorder_node);
  HearthCardRow *multi;
  graphene_rect_t bounds;
  double y, x1, y1;

  if (card == NULL)
    return;
  multi = hearth_card_data_find_row (hearth_card_get_data (card), self->reorder_key, FALSE);
  if (multi == NULL || multi->n_sources == 0)
    return;
  hearth_card_get_bounds (card, &bounds);
  y = multi->y + HEARTH_CARD_ROW
      + (self->reorder_to + (self->reorder_to > self->reorder_from ? 1 : 0)) * HEARTH_SOURCE_ROW;
  hearth_viewport_to_widget (&self->viewport, bounds.origin.x + 6, bounds.origin.y + y - 1, &x1, &y1);
  gtk_snapshot_append_color (snapshot, &self->palette->accent,
                             &GRAPHENE_RECT_INIT ((float) x1, (float) y1,
                                                  (float) ((bounds.size.width - 12) * self->viewport.zoom), 2));
}

void
hearth_canvas_snapshot (GtkWidget *widget,
                        GtkSnapshot *snapshot)
{
  HearthCanvas *self = HEARTH_CANVAS (widget);
  graphene_rect_t view
      = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));

  gtk_snapshot_append_color (snapshot, &self->palette->background, &view);
  add_grid (self, snapshot, &view);
  add_cards (self, snapshot, TRUE);
  add_wires (self, snapshot, &view);
  add_cards (self, snapshot, FALSE);
  add_reorder (self, snapshot);
  add_hand_wire (self, snapshot, &view);
  add_band (self, snapshot);
  hearth_canvas_edit_snapshot (self, snapshot);
  if (gtk_widget_get_child_visible (self->minimap))
    gtk_widget_snapshot_child (widget, self->minimap, snapshot);
}
