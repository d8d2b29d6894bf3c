/* picture.c: what a snapshot looks like, without a display
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "picture.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

cairo_surface_t *
picture_new (GtkSnapshot *snapshot,
             int width,
             int height)
{
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (picture);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (node != NULL)
    {
      gsk_render_node_draw (node, cr);
      gsk_render_node_unref (node);
    }
  cairo_destroy (cr);
  cairo_surface_flush (picture);
  return picture;
}

static gboolean
is_near (guint32 pixel,
         const GdkRGBA *color)
{
  const double wanted[] = { color->red, color->green, color->blue };

  for (int i = 0; i < 3; i++)
    if (fabs ((pixel >> (16 - 8 * i) & 0xff) / 255.0 - wanted[i]) > 0.08)
      return FALSE;
  return TRUE;
}

gboolean
picture_has (cairo_surface_t *picture,
             double x,
             double y,
             const GdkRGBA *color)
{
  guint32 pixel;

  g_assert_cmpfloat (x, >=, 0);
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpint ((int) x, <, cairo_image_surface_get_width (picture));
  g_assert_cmpint ((int) y, <, cairo_image_surface_get_height (picture));
  memcpy (&pixel,
          cairo_image_surface_get_data (picture) + (int) y * cairo_image_surface_get_stride (picture) + (int) x * 4,
          sizeof pixel);
  return is_near (pixel, color);
}

guint
picture_count (cairo_surface_t *picture,
               double x,
               double y,
               int dx,
               int dy,
               guint n,
               const GdkRGBA *color)
{
  guint found = 0;

  for (guint i = 0; i < n; i++)
    found += picture_has (picture, x + (int) i * dx, y + (int) i * dy, color);
  return found;
}

static guint
count_in (GskRenderNode *node,
          GskRenderNodeType type)
{
  guint n = gsk_render_node_get_node_type (node) == type;

  switch (gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        n += count_in (gsk_container_node_get_child (node, i), type);
      break;
    case GSK_TRANSFORM_NODE: n += count_in (gsk_transform_node_get_child (node), type); break;
    case GSK_OPACITY_NODE: n += count_in (gsk_opacity_node_get_child (node), type); break;
    case GSK_CLIP_NODE: n += count_in (gsk_clip_node_get_child (node), type); break;
    case GSK_ROUNDED_CLIP_NODE: n += count_in (gsk_rounded_clip_node_get_child (node), type); break;
    default: break;
    }
  return n;
}

guint
picture_count_nodes (GtkSnapshot *snapshot,
                     GskRenderNodeType type)
{
  GskRenderNode *node = gtk_snapshot_free_to_node (snapshot);
  guint n = node != NULL ? count_in (node, type) : 0;

  g_clear_pointer (&node, gsk_render_node_unref);
  return n;
}

PangoContext *
picture_new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoFontDescription *font = pango_font_description_from_string ("DejaVu Sans 10");

  pango_context_set_font_description (context, font);
  pango_font_description_free (font);
  return context;
}
