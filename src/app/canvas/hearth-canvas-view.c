/* hearth-canvas-view.c: which part of the graph is seen, and how large
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#define FIT_MARGIN 48
#define REVEAL_MARGIN 60

void
hearth_canvas_view_changed (HearthCanvas *self)
{
  hearth_canvas_invalidate_wires (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  if (self->minimap != NULL)
    gtk_widget_queue_draw (self->minimap);
}

void
hearth_canvas_set_zoom (HearthCanvas *self,
                        double zoom,
                        double wx,
                        double wy)
{
  double before = self->viewport.zoom;

  hearth_viewport_zoom_to (&self->viewport, zoom, wx, wy);
  self->fit_wanted = self->view_unsure = FALSE;
  hearth_canvas_view_changed (self);
  if (before != self->viewport.zoom)
    g_object_notify (G_OBJECT (self), "zoom");
}

gboolean
hearth_canvas_find_extent (HearthCanvas *self,
                           graphene_rect_t *extent)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      graphene_rect_t bounds;

      hearth_card_get_bounds (g_ptr_array_index (self->order, i), &bounds);
      if (i == 0)
        *extent = bounds;
      else
        graphene_rect_union (extent, &bounds, extent);
    }
  return self->order->len > 0;
}

/* A stored view that shows nothing of the graph (another window size, moved nodes) is no help. */
void
hearth_canvas_load_view (HearthCanvas *self)
{
  HearthValue *stored = self->graph != NULL ? hearth_graph_get_property (self->graph, "viewport") : NULL;

  self->viewport = (HearthViewport) HEARTH_VIEWPORT_INIT;
  self->fit_wanted = !hearth_value_is (stored, OBJECT);
  self->view_unsure = TRUE;
  if (self->fit_wanted)
    return;
  self->viewport.zoom = CLAMP (hearth_value_get_member_double (stored, "zoom", 1), HEARTH_ZOOM_MIN, HEARTH_ZOOM_MAX);
  self->viewport.x = hearth_value_get_member_double (stored, "x", 0);
  self->viewport.y = hearth_value_get_member_double (stored, "y", 0);
}

/* --- public ------------------------------------------------------------------------------ */

void
hearth_canvas_point_from_widget (HearthCanvas *self,
                                 double widget_x,
                                 double widget_y,
                                 double *x,
                                 double *y)
{
  g_return_if_fail (HEARTH_IS_CANVAS (self) && x != NULL && y != NULL);

  hearth_viewport_to_canvas (&self->viewport, widget_x, widget_y, x, y);
}

void
hearth_canvas_get_insert_point (HearthCanvas *self,
                                double *x,
                                double *y)
{
  GtkWidget *widget;

  g_return_if_fail (HEARTH_IS_CANVAS (self) && x != NULL && y != NULL);

  widget = GTK_WIDGET (self);
  if (self->pointer_inside)
    hearth_viewport_to_canvas (&self->viewport, self->pointer_x, self->pointer_y, x, y);
  else
    hearth_viewport_to_canvas (&self->viewport, gtk_widget_get_width (widget) / 2.0,
                               gtk_widget_get_height (widget) / 2.0, x, y);
}

void
hearth_canvas_zoom_to_fit (HearthCanvas *self)
{
  graphene_rect_t all;
  int width, height;

  g_return_if_fail (HEARTH_IS_CANVAS (self));

  width = gtk_widget_get_width (GTK_WIDGET (self));
  height = gtk_widget_get_height (GTK_WIDGET (self));
  self->fit_wanted = width <= 0 || height <= 0;
  if (self->fit_wanted)
    return;
  if (!hearth_canvas_find_extent (self, &all))
    all = GRAPHENE_RECT_INIT (0, 0, 1, 1);
  hearth_viewport_fit (&self->viewport, all.origin.x, all.origin.y, all.size.width, all.size.height, width, height,
                       FIT_MARGIN);
  hearth_canvas_view_changed (self);
  g_object_notify (G_OBJECT (self), "zoom");
}

void
hearth_canvas_reveal (HearthCanvas *self,
                      const char *node_id)
{
  HearthCard *card;
  graphene_rect_t bounds;

  g_return_if_fail (HEARTH_IS_CANVAS (self) && node_id != NULL);

  card = hearth_canvas_get_card (self, node_id);
  if (card == NULL)
    return;
  hearth_canvas_select (self, (const char *const[]){ node_id, NULL });
  hearth_card_get_bounds (card, &bounds);
  hearth_viewport_reveal (&self->viewport, bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height,
                          gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)),
                          REVEAL_MARGIN);
  hearth_canvas_view_changed (self);
}
