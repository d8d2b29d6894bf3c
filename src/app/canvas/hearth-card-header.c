/* hearth-card-header.c: draws the header of a card: icon, title, and at its end how it stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card-icon.h"
#include "hearth-card-painter.h"

#include "hearth-i18n.h"

#define SIGN_SIZE 14
#define SIGN_STEP 18
#define TAIL_SCALE 0.82

void
hearth_card_painter_add_header (GtkSnapshot *snapshot,
                                const HearthCardData *data,
                                const HearthCardStyle *style)
{
  float width = (float) data->width;
  GdkRGBA header = style->palette->header;

  if (data->state == HEARTH_CARD_FAILED)
    header = hearth_canvas_palette_mix (&header, &style->palette->error, 0.12f);
  else if (data->is_unknown || data->state == HEARTH_CARD_ASKING)
    header = hearth_canvas_palette_mix (&header, &style->palette->warning, 0.10f);
  gtk_snapshot_append_color (snapshot, &header, &GRAPHENE_RECT_INIT (0, 0, width, HEARTH_CARD_HEADER));
  gtk_snapshot_append_color (snapshot, &style->palette->border,
                             &GRAPHENE_RECT_INIT (0, HEARTH_CARD_HEADER - 1, width, 1));
}

/* --- the end of the header, from right to left ------------------------------------------- */

static gboolean
pick_state_icon (const HearthCardData *data,
                 const HearthCanvasPalette *palette,
                 HearthCardIcon *icon,
                 const GdkRGBA **color)
{
  *color = &palette->dim_text;
  switch (data->state)
    {
    case HEARTH_CARD_WAITING: *icon = HEARTH_CARD_ICON_CLOCK; return TRUE;
    case HEARTH_CARD_RUNNING: *icon = HEARTH_CARD_ICON_PLAY, *color = &palette->accent; return TRUE;
    case HEARTH_CARD_ASKING: *icon = HEARTH_CARD_ICON_QUESTION, *color = &palette->warning; return TRUE;
    case HEARTH_CARD_DONE:
      *icon = HEARTH_CARD_ICON_CHECK;
      if (!data->reused)
        *color = &palette->success;
      return TRUE;
    case HEARTH_CARD_SKIPPED: *icon = HEARTH_CARD_ICON_SKIP; return TRUE;
    case HEARTH_CARD_FAILED: *icon = HEARTH_CARD_ICON_CROSS, *color = &palette->error; return TRUE;
    case HEARTH_CARD_STOPPED: *icon = HEARTH_CARD_ICON_STOP; return TRUE;
    case HEARTH_CARD_IDLE:
    default: break;
    }
  if (data->is_unknown)
    *icon = HEARTH_CARD_ICON_WARNING, *color = &palette->warning;
  else if (data->bypassed)
    *icon = HEARTH_CARD_ICON_MUTE;
  else
    return FALSE;
  return TRUE;
}

/* Moves @x to the left of what it has drawn. */
static void
add_sign (GtkSnapshot *snapshot,
          HearthCardIcon icon,
          const GdkRGBA *color,
          float *x)
{
  *x -= SIGN_STEP;
  hearth_card_icon_snapshot (snapshot, icon, &GRAPHENE_POINT_INIT (*x + SIGN_STEP - SIGN_SIZE, 9), SIGN_SIZE, color);
}

static void
add_tail_text (GtkSnapshot *snapshot,
               const HearthCardStyle *style,
               const char *text,
               float *x)
{
  g_autoptr (PangoLayout) layout
      = hearth_card_painter_new_layout (style->context, text, TAIL_SCALE, PANGO_WEIGHT_NORMAL, 0);
  PangoRectangle logical;
  graphene_rect_t box;

  pango_layout_get_pixel_extents (layout, NULL, &logical);
  *x -= (float) logical.width + 5;
  graphene_rect_init (&box, *x, 4, (float) logical.width, HEARTH_CARD_HEADER - 8);
  hearth_card_painter_add_text (snapshot, layout, &box, 1, &style->palette->dim_text);
}

/* Where what it has drawn begins. */
static float
add_tail (GtkSnapshot *snapshot,
          const HearthCardData *data,
          const HearthCardStyle *style)
{
  const HearthCanvasPalette *palette = style->palette;
  const GdkRGBA *color;
  HearthCardIcon icon;
  float x = (float) data->width - HEARTH_CARD_MARGIN;

  if (pick_state_icon (data, palette, &icon, &color))
    add_sign (snapshot, icon, color, &x);
  if (data->reused)
    add_tail_text (snapshot, style, _ ("from cache"), &x);
  else if (data->elapsed != NULL)
    add_tail_text (snapshot, style, data->elapsed, &x);
  if (data->problem != NULL && !data->is_unknown && data->state != HEARTH_CARD_FAILED)
    add_sign (snapshot, HEARTH_CARD_ICON_WARNING, data->problem_is_error ? &palette->error : &palette->warning, &x);
  if (data->pinned)
    add_sign (snapshot, HEARTH_CARD_ICON_PIN, &palette->accent, &x);
  return x;
}

/* --- the title ------------------------------------------------------------------------------ */

static void
add_badge (GtkSnapshot *snapshot,
           const HearthCardData *data,
           const HearthCardStyle *style,
           const graphene_rect_t *box,
           double room)
{
  g_autoptr (PangoLayout) badge
      = hearth_card_painter_new_layout (style->context, data->category, 0.78, PANGO_WEIGHT_NORMAL, 0);
  PangoRectangle logical;

  pango_layout_get_pixel_extents (badge, NULL, &logical);
  if (logical.width <= room)
    hearth_card_painter_add_text (snapshot, badge, box, 1, &style->palette->dim_text);
}

void
hearth_card_painter_add_title (GtkSnapshot *snapshot,
                               const HearthCardData *data,
                               const HearthCardStyle *style)
{
  const HearthCanvasPalette *palette = style->palette;
  float tail = add_tail (snapshot, data, style);
  gboolean has_tail = tail < (float) data->width - HEARTH_CARD_MARGIN;
  g_autoptr (PangoLayout) title = NULL;
  PangoRectangle logical;
  graphene_rect_t box;

  hearth_card_layout_get_title_rect (data, &box);
  if (data->icon != NULL)
    {
      g_autoptr (PangoLayout) icon
          = hearth_card_painter_new_layout (style->context, data->icon, 1.0, PANGO_WEIGHT_NORMAL, 0);
      graphene_rect_t place = GRAPHENE_RECT_INIT (HEARTH_CARD_MARGIN - 2, box.origin.y, 20, box.size.height);

      hearth_card_painter_add_text (snapshot, icon, &place, 0.5, &palette->text);
    }
  if (has_tail)
    box.size.width = MAX (tail - box.origin.x - 4, 20);
  title = hearth_card_painter_new_layout (style->context, data->title, 1.0, PANGO_WEIGHT_SEMIBOLD, box.size.width);
  hearth_card_painter_add_text (snapshot, title, &box, 0, &palette->text);
  pango_layout_get_pixel_extents (title, NULL, &logical);
  if (data->category != NULL && !has_tail)
    add_badge (snapshot, data, style, &box, box.size.width - logical.width - 12);
}
