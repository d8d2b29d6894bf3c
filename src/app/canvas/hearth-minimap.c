/* hearth-minimap.c: the whole graph, small, in a corner of the canvas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-minimap.h"

#include "hearth-canvas-private.h"

#include "hearth-i18n.h"

#define MARGIN 8
#define MAX_BLOCKS 4000

struct _HearthMinimap
{
  GtkWidget parent_instance;

  HearthCanvas *canvas; /* borrowed: the parent */
};

G_DEFINE_FINAL_TYPE (HearthMinimap, hearth_minimap, GTK_TYPE_WIDGET)

/* What the view shows, in canvas coordinates. */
static void
get_view (HearthMinimap *self,
          int width,
          int height,
          graphene_rect_t *view)
{
  const HearthViewport *viewport = &self->canvas->viewport;

  graphene_rect_init (view, (float) (-viewport->x / viewport->zoom), (float) (-viewport->y / viewport->zoom),
                      (float) (width / viewport->zoom), (float) (height / viewport->zoom));
}

/* From canvas coordinates to the minimap's own. */
static gboolean
get_map (HearthMinimap *self,
         HearthViewport *map)
{
  graphene_rect_t extent, view;

  if (!hearth_canvas_find_extent (self->canvas, &extent))
    return FALSE;
  get_view (self, gtk_widget_get_width (GTK_WIDGET (self->canvas)),
            gtk_widget_get_height (GTK_WIDGET (self->canvas)), &view);
  graphene_rect_union (&extent, &view, &extent);
  map->zoom = MIN ((HEARTH_MINIMAP_WIDTH - 2 * MARGIN) / extent.size.width,
                   (HEARTH_MINIMAP_HEIGHT - 2 * MARGIN) / extent.size.height);
  map->x = (HEARTH_MINIMAP_WIDTH - extent.size.width * map->zoom) / 2 - extent.origin.x * map->zoom;
  map->y = (HEARTH_MINIMAP_HEIGHT - extent.size.height * map->zoom) / 2 - extent.origin.y * map->zoom;
  return TRUE;
}

static void
to_map (const HearthViewport *map,
        const graphene_rect_t *rect,
        graphene_rect_t *out)
{
  graphene_rect_init (out, (float) (rect->origin.x * map->zoom + map->x), (float) (rect->origin.y * map->zoom + map->y),
                      MAX ((float) (rect->size.width * map->zoom), 1.5f),
                      MAX ((float) (rect->size.height * map->zoom), 1.5f));
}

static void
add_blocks (HearthMinimap *self,
            GtkSnapshot *snapshot,
            const HearthViewport *map)
{
  const HearthCanvasPalette *palette = self->canvas->palette;
  GPtrArray *order = self->canvas->order;
  /* Of a huge graph every n-th block gives the same picture */
  guint step = order->len / MAX_BLOCKS + 1;

  for (guint i = 0; i < order->len; i += step)
    {
      HearthCard *card = g_ptr_array_index (order, i);
      const HearthCardData *data = hearth_card_get_data (card);
      GdkRGBA color = hearth_canvas_palette_fade (&palette->text, data->is_frame ? 0.10f : 0.38f);
      graphene_rect_t bounds, block;

      if (data->state == HEARTH_CARD_FAILED)
        color = palette->error;
      else if (data->state == HEARTH_CARD_ASKING)
        color = palette->warning;
      else if (data->state == HEARTH_CARD_RUNNING || hearth_card_is_selected (card))
        color = palette->accent;
      hearth_card_get_bounds (card, &bounds);
      to_map (map, &bounds, &block);
      gtk_snapshot_append_color (snapshot, &color, &block);
    }
}

static void
hearth_minimap_snapshot (GtkWidget *widget,
                         GtkSnapshot *snapshot)
{
  HearthMinimap *self = HEARTH_MINIMAP (widget);
  const HearthCanvasPalette *palette = self->canvas->palette;
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, HEARTH_MINIMAP_WIDTH, HEARTH_MINIMAP_HEIGHT);
  GdkRGBA back = hearth_canvas_palette_fade (&palette->card, 0.88f);
  GdkRGBA inside = hearth_canvas_palette_fade (&palette->accent, 0.10f);
  graphene_rect_t view, shown;
  HearthViewport map;

  hearth_card_painter_fill_rounded (snapshot, &all, HEARTH_CARD_RADIUS, &back);
  hearth_card_painter_add_border (snapshot, &all, HEARTH_CARD_RADIUS, 1, &palette->border);
  if (!get_map (self, &map))
    return;
  graphene_rect_inset_r (&all, 1, 1, &view);
  gtk_snapshot_push_clip (snapshot, &view);
  add_blocks (self, snapshot, &map);
  get_view (self, gtk_widget_get_width (GTK_WIDGET (self->canvas)),
            gtk_widget_get_height (GTK_WIDGET (self->canvas)), &view);
  to_map (&map, &view, &shown);
  hearth_card_painter_fill_rounded (snapshot, &shown, 3, &inside);
  hearth_card_painter_add_border (snapshot, &shown, 3, 1, &palette->accent);
  gtk_snapshot_pop (snapshot);
}

/* The place under the pointer goes to the middle of the view. */
static void
center_on (HearthMinimap *self,
           double x,
           double y)
{
  HearthViewport *viewport = &self->canvas->viewport;
  HearthViewport map;
  double cx, cy;

  if (!get_map (self, &map))
    return;
  hearth_viewport_to_canvas (&map, x, y, &cx, &cy);
  viewport->x = gtk_widget_get_width (GTK_WIDGET (self->canvas)) / 2 - (int) (cx * viewport->zoom);
  viewport->y = gtk_widget_get_height (GTK_WIDGET (self->canvas)) / 2 - (int) (cy * viewport->zoom);
  hearth_canvas_view_changed (self->canvas);
}

static void
drag_begin_cb (GtkGestureDrag *drag,
               double x,
               double y,
               gpointer user_data)
{
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  center_on (user_data, x, y);
}

static void
drag_update_cb (GtkGestureDrag *drag,
                double dx,
                double dy,
                gpointer user_data)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (drag, &x, &y))
    center_on (user_data, x + dx, y + dy);
}

static void
hearth_minimap_class_init (HearthMinimapClass *class)
{
  GTK_WIDGET_CLASS (class)->snapshot = hearth_minimap_snapshot;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "minimap");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
hearth_minimap_init (HearthMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Overview"), -1);
}

GtkWidget *
hearth_minimap_new (HearthCanvas *canvas)
{
  HearthMinimap *self = g_object_new (HEARTH_TYPE_MINIMAP, NULL);

  self->canvas = canvas;
  return GTK_WIDGET (self);
}

gboolean
hearth_minimap_is_useful (HearthMinimap *self,
                          int view_width,
                          int view_height)
{
  graphene_rect_t extent, view;

  g_return_val_if_fail (HEARTH_IS_MINIMAP (self), FALSE);

  /* In a small view it would cover what it is to help with */
  if (view_width < 4 * HEARTH_MINIMAP_WIDTH || view_height < 3 * HEARTH_MINIMAP_HEIGHT
      || !hearth_canvas_find_extent (self->canvas, &extent))
    return FALSE;
  get_view (self, view_width, view_height, &view);
  return !graphene_rect_contains_rect (&view, &extent);
}
