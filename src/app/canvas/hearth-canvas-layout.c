/* hearth-canvas-layout.c: where on the widget each card goes, and which are left out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-minimap.h"

#include <math.h>

/* Dots and shadows stand out of their card. */
#define OVERHANG 16
#define MINIMAP_MARGIN 12

static gboolean
is_in_view (HearthCanvas *self,
            HearthCard *card,
            int width,
            int height)
{
  const HearthViewport *view = &self->viewport;
  double overhang = OVERHANG * view->zoom;
  graphene_rect_t bounds;
  double x, y;

  hearth_card_get_bounds (card, &bounds);
  hearth_viewport_to_widget (view, bounds.origin.x, bounds.origin.y, &x, &y);
  return x < width + overhang && y < height + overhang && x + bounds.size.width * view->zoom > -overhang
         && y + bounds.size.height * view->zoom > -overhang;
}

static guint
count_in_view (HearthCanvas *self,
               int width,
               int height)
{
  guint n = 0;

  for (guint i = 0; i < self->order->len; i++)
    n += is_in_view (self, g_ptr_array_index (self->order, i), width, height);
  return n;
}

static void
allocate_card (HearthCanvas *self,
               HearthCard *card)
{
  GskTransform *transform = NULL;
  graphene_rect_t bounds;
  double x, y;

  hearth_card_get_bounds (card, &bounds);
  hearth_viewport_to_widget (&self->viewport, bounds.origin.x, bounds.origin.y, &x, &y);
  transform = gsk_transform_translate (transform, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  transform = gsk_transform_scale (transform, (float) self->viewport.zoom, (float) self->viewport.zoom);
  hearth_card_set_look (card, self->palette, self->lod);
  gtk_widget_allocate (GTK_WIDGET (card), (int) ceil (bounds.size.width), (int) ceil (bounds.size.height), -1,
                       transform);
}

static void
allocate_cards (HearthCanvas *self,
                int width,
                int height)
{
  guint left;

  self->lod = hearth_card_lod_limit (self->viewport.zoom, count_in_view (self, width, height));
  left = hearth_card_lod_get_max (self->lod);
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      gboolean visible = left > 0 && is_in_view (self, card, width, height);

      gtk_widget_set_child_visible (GTK_WIDGET (card), visible);
      if (!visible)
        continue;
      left--;
      allocate_card (self, card);
    }
}

static void
allocate_minimap (HearthCanvas *self,
                  int width,
                  int height)
{
  GskTransform *transform;
  gboolean visible;

  visible = hearth_minimap_is_useful (HEARTH_MINIMAP (self->minimap), width, height);
  gtk_widget_set_child_visible (self->minimap, visible);
  if (!visible)
    return;
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (width - HEARTH_MINIMAP_WIDTH - MINIMAP_MARGIN,
                                                                   height - HEARTH_MINIMAP_HEIGHT - MINIMAP_MARGIN));
  gtk_widget_allocate (self->minimap, HEARTH_MINIMAP_WIDTH, HEARTH_MINIMAP_HEIGHT, -1, transform);
}

static void
resolve_fit (HearthCanvas *self,
             int width,
             int height)
{
  gboolean is_lost = self->view_unsure && self->order->len > 0 && count_in_view (self, width, height) == 0;

  self->view_unsure = FALSE;
  if (self->fit_wanted || is_lost)
    hearth_canvas_zoom_to_fit (self);
}

void
hearth_canvas_allocate (GtkWidget *widget,
                        int width,
                        int height,
                        int baseline)
{
  HearthCanvas *self = HEARTH_CANVAS (widget);

  resolve_fit (self, width, height);
  allocate_cards (self, width, height);
  allocate_minimap (self, width, height);
  hearth_canvas_edit_allocate (self);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  g_clear_pointer (&self->wires, gsk_render_node_unref);
}
