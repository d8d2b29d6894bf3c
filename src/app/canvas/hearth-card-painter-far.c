/* hearth-card-painter-far.c: a card seen from far, and frames, which look alike at every zoom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card-painter.h"

#include <math.h>

/* At these levels a letter of the usual size is a few pixels high. */
#define FAR_SCALE 2.1

static GdkRGBA
get_block_color (const HearthCardData *data,
                 const HearthCardStyle *style)
{
  const HearthCanvasPalette *palette = style->palette;
  const GdkRGBA *tint = hearth_canvas_palette_get_type_color (palette, data->tint);

  if (data->state == HEARTH_CARD_FAILED)
    tint = &palette->error;
  else if (data->state == HEARTH_CARD_RUNNING)
    tint = &palette->accent;
  else if (data->state == HEARTH_CARD_ASKING)
    tint = &palette->warning;
  return hearth_canvas_palette_mix (&palette->card, tint, palette->dark ? 0.34f : 0.26f);
}

static void
add_block (GtkSnapshot *snapshot,
           const HearthCardData *data,
           const HearthCardStyle *style)
{
  GdkRGBA color = get_block_color (data, style);
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, (float) data->width, (float) data->height);

  if (style->selected)
    {
      graphene_rect_t outer;

      graphene_rect_inset_r (&rect, -14, -14, &outer);
      gtk_snapshot_append_color (snapshot, &style->palette->accent, &outer);
    }
  gtk_snapshot_append_color (snapshot, &color, &rect);
}

static void
add_far_title (GtkSnapshot *snapshot,
               const HearthCardData *data,
               const HearthCardStyle *style)
{
  g_autoptr (PangoLayout) title = NULL;
  graphene_rect_t box = GRAPHENE_RECT_INIT (10, 6, (float) data->width - 20, (float) data->height - 12);

  title = hearth_card_painter_new_layout (style->context, data->title, FAR_SCALE, PANGO_WEIGHT_SEMIBOLD,
                                          box.size.width);
  pango_layout_set_wrap (title, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (title, PANGO_ALIGN_CENTER);
  pango_layout_set_height (title, -3);
  gtk_snapshot_push_clip (snapshot, &box);
  hearth_card_painter_add_text (snapshot, title, &box, 0.5, &style->palette->text);
  gtk_snapshot_pop (snapshot);
}

void
hearth_card_painter_add_far (GtkSnapshot *snapshot,
                             const HearthCardData *data,
                             const HearthCardStyle *style)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, (float) data->width, (float) data->height);
  GdkRGBA color, outline;
  float width;

  if (style->lod == HEARTH_LOD_BLOCK)
    {
      add_block (snapshot, data, style);
      return;
    }
  color = get_block_color (data, style);
  hearth_card_painter_fill_rounded (snapshot, &rect, HEARTH_CARD_RADIUS, &color);
  hearth_card_painter_get_outline (data, style, &outline, &width);
  hearth_card_painter_add_border (snapshot, &rect, HEARTH_CARD_RADIUS, width * 2.f + 1.f, &outline);
  add_far_title (snapshot, data, style);
  for (guint i = 0; i < data->rows->len; i++)
    hearth_card_painter_add_dot (snapshot, data, g_ptr_array_index (data->rows, i), style);
}

void
hearth_card_painter_add_frame (GtkSnapshot *snapshot,
                               const HearthCardData *data,
                               const HearthCardStyle *style)
{
  const HearthCanvasPalette *palette = style->palette;
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, (float) data->width, (float) data->height);
  graphene_rect_t title_box;
  gboolean is_far = style->lod <= HEARTH_LOD_TITLE;
  g_autoptr (PangoLayout) title = NULL;
  GdkRGBA color;
  float width;

  hearth_card_painter_fill_rounded (snapshot, &rect, HEARTH_CARD_RADIUS + 3, &palette->frame);
  hearth_card_painter_get_outline (data, style, &color, &width);
  hearth_card_painter_add_border (snapshot, &rect, HEARTH_CARD_RADIUS + 3, width, &color);
  if (style->lod == HEARTH_LOD_BLOCK)
    return;
  graphene_rect_init (&title_box, 14, 4, (float) data->width - 28, is_far ? 46 : HEARTH_CARD_HEADER - 4);
  title = hearth_card_painter_new_layout (style->context, data->title, is_far ? FAR_SCALE : 1.1, PANGO_WEIGHT_SEMIBOLD,
                                          title_box.size.width);
  hearth_card_painter_add_text (snapshot, title, &title_box, 0, &palette->dim_text);
}
