/* hearth-card-painter.c: draws a card from plain data: body, header, streamed text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card-painter.h"

#include <math.h>

#define FADED_OPACITY 0.35
#define SKIPPED_OPACITY 0.5

/* --- pieces -------------------------------------------------------------------------- */

PangoLayout *
hearth_card_painter_new_layout (PangoContext *context,
                                const char *text,
                                double scale,
                                PangoWeight weight,
                                double width)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (context));

  pango_font_description_set_weight (font, weight);
  pango_font_description_set_size (font, (int) (pango_font_description_get_size (font) * scale));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text != NULL ? text : "", -1);
  if (width > 0)
    {
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_font_description_free (font);
  return layout;
}

void
hearth_card_painter_add_text (GtkSnapshot *snapshot,
                              PangoLayout *layout,
                              const graphene_rect_t *box,
                              double align,
                              const GdkRGBA *color)
{
  PangoRectangle logical;
  float x, y;

  pango_layout_get_pixel_extents (layout, NULL, &logical);
  x = box->origin.x + (float) round ((box->size.width - logical.width) * align) - (float) logical.x;
  y = box->origin.y + (float) round ((box->size.height - logical.height) / 2);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

void
hearth_card_painter_fill_rounded (GtkSnapshot *snapshot,
                                  const graphene_rect_t *rect,
                                  float radius,
                                  const GdkRGBA *color)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, color, rect);
  gtk_snapshot_pop (snapshot);
}

cairo_t *
hearth_card_painter_begin_cairo (GtkSnapshot *snapshot,
                                 const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  gtk_snapshot_append_node (snapshot, node);
  gsk_render_node_unref (node);
  return cr;
}

void
hearth_card_painter_add_border (GtkSnapshot *snapshot,
                                const graphene_rect_t *rect,
                                float radius,
                                float width,
                                const GdkRGBA *color)
{
  const float widths[4] = { width, width, width, width };
  const GdkRGBA colors[4] = { *color, *color, *color, *color };
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, rect, radius);
  gtk_snapshot_append_border (snapshot, &rounded, widths, colors);
}

void
hearth_card_painter_get_outline (const HearthCardData *data,
                                 const HearthCardStyle *style,
                                 GdkRGBA *color,
                                 float *width)
{
  const HearthCanvasPalette *palette = style->palette;

  *width = 1.f;
  *color = palette->border;
  if (data->state == HEARTH_CARD_FAILED)
    *color = palette->error;
  else if (data->state == HEARTH_CARD_RUNNING)
    *color = palette->accent;
  else if (data->is_unknown || data->state == HEARTH_CARD_ASKING)
    *color = palette->warning;
  if (style->selected)
    {
      *width = 2.f;
      *color = palette->accent;
    }
}

/* --- the card -------------------------------------------------------------------------- */

static void
add_shadow (GtkSnapshot *snapshot,
            const GskRoundedRect *outline,
            const HearthCardStyle *style)
{
  gtk_snapshot_append_outset_shadow (snapshot, outline, &style->palette->shadow, 0, 1, 0, 5);
}

/* Unknown types and waiting cards have a dashed frame; cairo is the one way to dashes here. */
static void
add_dashed_outline (GtkSnapshot *snapshot,
                    const graphene_rect_t *rect,
                    const GdkRGBA *color,
                    double dash)
{
  const double dashes[] = { dash, dash };
  double x = 1, y = 1, w = rect->size.width - 2, h = rect->size.height - 2, r = HEARTH_CARD_RADIUS - 1;
  cairo_t *cr = hearth_card_painter_begin_cairo (snapshot, rect);

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + w - r, y + r, r, -G_PI_2, 0);
  cairo_arc (cr, x + w - r, y + h - r, r, 0, G_PI_2);
  cairo_arc (cr, x + r, y + h - r, r, G_PI_2, G_PI);
  cairo_arc (cr, x + r, y + r, r, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_set_line_width (cr, 1.5);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
add_outline (GtkSnapshot *snapshot,
             const HearthCardData *data,
             const HearthCardStyle *style,
             const graphene_rect_t *rect)
{
  GdkRGBA color;
  float width;

  hearth_card_painter_get_outline (data, style, &color, &width);
  if (style->selected && style->current)
    {
      GdkRGBA halo = hearth_canvas_palette_fade (&color, 0.3f);
      graphene_rect_t outer;

      graphene_rect_inset_r (rect, -3, -3, &outer);
      hearth_card_painter_add_border (snapshot, &outer, HEARTH_CARD_RADIUS + 3, 3, &halo);
    }
  if (!style->selected && data->is_unknown)
    add_dashed_outline (snapshot, rect, &color, 5);
  else if (!style->selected && data->state == HEARTH_CARD_WAITING)
    add_dashed_outline (snapshot, rect, &style->palette->dim_text, 1.5);
  else
    hearth_card_painter_add_border (snapshot, rect, HEARTH_CARD_RADIUS, width, &color);
}

/* A slow light that runs along the top edge, clipped by the card. */
static void
add_sweep (GtkSnapshot *snapshot,
           const HearthCardData *data,
           const HearthCardStyle *style)
{
  const GdkRGBA *accent = &style->palette->accent;
  GdkRGBA clear = hearth_canvas_palette_fade (accent, 0);
  float length = (float) data->width * 0.45f;
  float x = (float) (style->phase * (data->width + length)) - length;
  graphene_rect_t bar = GRAPHENE_RECT_INIT (x, 0, length, 2.5f);
  const GskColorStop stops[] = { { 0, clear }, { 0.5, *accent }, { 1, clear } };

  if (style->phase < 0)
    {
      gtk_snapshot_append_color (snapshot, accent, &GRAPHENE_RECT_INIT (0, 0, (float) data->width, 2));
      return;
    }
  gtk_snapshot_append_linear_gradient (snapshot, &bar, &bar.origin, &GRAPHENE_POINT_INIT (x + length, 0), stops, 3);
}

static void
add_error (GtkSnapshot *snapshot,
           const HearthCardData *data,
           const HearthCardStyle *style)
{
  gboolean is_error = data->error != NULL && !data->is_unknown;
  const GdkRGBA *color = is_error ? &style->palette->error : &style->palette->warning;
  const char *notice = hearth_card_data_get_notice (data);
  GdkRGBA back = hearth_canvas_palette_fade (color, style->palette->dark ? 0.14f : 0.09f);
  g_autoptr (PangoLayout) layout = NULL;
  graphene_rect_t box;

  if (notice == NULL)
    return;
  hearth_card_layout_get_error_rect (data, &box);
  gtk_snapshot_append_color (snapshot, &back, &box);
  graphene_rect_inset (&box, HEARTH_CARD_MARGIN, 2);
  layout = hearth_card_painter_new_layout (style->context, notice, 0.86, PANGO_WEIGHT_NORMAL, box.size.width);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, -HEARTH_ERROR_LINES);
  hearth_card_painter_add_text (snapshot, layout, &box, 0, color);
}

/* The last whole lines, so that what has just come is always in sight. */
static void
add_stream (GtkSnapshot *snapshot,
            const HearthCardData *data,
            const HearthCardStyle *style)
{
  g_autoptr (PangoLayout) layout = NULL;
  graphene_rect_t box;
  PangoRectangle logical;
  float line_height;
  int hidden;

  if (data->stream_text == NULL)
    return;
  hearth_card_layout_get_stream_rect (data, &box);
  hearth_card_painter_fill_rounded (snapshot, &box, 5, &style->palette->field);
  graphene_rect_inset (&box, 8, 5);
  layout = hearth_card_painter_new_layout (style->context, data->stream_text, 0.9, PANGO_WEIGHT_NORMAL, 0);
  pango_layout_set_single_paragraph_mode (layout, FALSE);
  pango_layout_set_width (layout, (int) (box.size.width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  line_height = (float) logical.height / (float) pango_layout_get_line_count (layout);
  hidden = MAX (pango_layout_get_line_count (layout) - (int) (box.size.height / line_height), 0);
  gtk_snapshot_push_clip (snapshot, &box);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (box.origin.x, box.origin.y - (float) hidden * line_height));
  gtk_snapshot_append_layout (snapshot, layout, &style->palette->text);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
add_near (GtkSnapshot *snapshot,
          const HearthCardData *data,
          const HearthCardStyle *style)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, (float) data->width, (float) data->height);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &rect, HEARTH_CARD_RADIUS);
  if (style->lod == HEARTH_LOD_FULL)
    add_shadow (snapshot, &outline, style);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &style->palette->card, &rect);
  hearth_card_painter_add_header (snapshot, data, style);
  add_error (snapshot, data, style);
  if (data->state == HEARTH_CARD_RUNNING)
    add_sweep (snapshot, data, style);
  gtk_snapshot_pop (snapshot);
  hearth_card_painter_add_title (snapshot, data, style);
  add_stream (snapshot, data, style);
  add_outline (snapshot, data, style, &rect);
  hearth_card_painter_add_rows (snapshot, data, style);
}

static double
get_opacity (const HearthCardData *data,
             const HearthCardStyle *style)
{
  if (style->faded)
    return FADED_OPACITY;
  if (data->state == HEARTH_CARD_SKIPPED || data->bypassed)
    return SKIPPED_OPACITY;
  return 1;
}

void
hearth_card_painter_snapshot (GtkSnapshot *snapshot,
                              const HearthCardData *data,
                              const HearthCardStyle *style)
{
  double opacity;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot) && data != NULL && style != NULL && style->palette != NULL);

  opacity = get_opacity (data, style);
  if (opacity < 1)
    gtk_snapshot_push_opacity (snapshot, opacity);
  if (data->is_frame)
    hearth_card_painter_add_frame (snapshot, data, style);
  else if (style->lod <= HEARTH_LOD_TITLE)
    hearth_card_painter_add_far (snapshot, data, style);
  else
    add_near (snapshot, data, style);
  if (opacity < 1)
    gtk_snapshot_pop (snapshot);
}
