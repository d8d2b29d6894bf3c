/* hearth-card-icon.c: the few small signs on cards, drawn without an icon theme or a display
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card-icon.h"

#include "hearth-card-painter.h"

/* Each is drawn in a square of 16 units. */
static void
draw_check (cairo_t *cr)
{
  cairo_move_to (cr, 3, 8.5);
  cairo_line_to (cr, 6.5, 12);
  cairo_line_to (cr, 13, 4.5);
  cairo_stroke (cr);
}

static void
draw_cross (cairo_t *cr)
{
  cairo_move_to (cr, 4, 4);
  cairo_line_to (cr, 12, 12);
  cairo_move_to (cr, 12, 4);
  cairo_line_to (cr, 4, 12);
  cairo_stroke (cr);
}

static void
draw_clock (cairo_t *cr)
{
  cairo_arc (cr, 8, 8, 5.5, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_move_to (cr, 8, 5);
  cairo_line_to (cr, 8, 8);
  cairo_line_to (cr, 10.5, 9.5);
  cairo_stroke (cr);
}

static void
draw_play (cairo_t *cr)
{
  cairo_move_to (cr, 5, 3.5);
  cairo_line_to (cr, 12.5, 8);
  cairo_line_to (cr, 5, 12.5);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_stop (cairo_t *cr)
{
  cairo_rectangle (cr, 4.5, 4.5, 7, 7);
  cairo_fill (cr);
}

static void
draw_skip (cairo_t *cr)
{
  cairo_move_to (cr, 3.5, 8);
  cairo_line_to (cr, 12.5, 8);
  cairo_stroke (cr);
}

static void
draw_warning (cairo_t *cr)
{
  cairo_move_to (cr, 8, 2.5);
  cairo_line_to (cr, 14, 13.5);
  cairo_line_to (cr, 2, 13.5);
  cairo_close_path (cr);
  cairo_stroke (cr);
  cairo_move_to (cr, 8, 6.5);
  cairo_line_to (cr, 8, 9.5);
  cairo_move_to (cr, 8, 11.4);
  cairo_line_to (cr, 8, 11.6);
  cairo_stroke (cr);
}

static void
draw_mute (cairo_t *cr)
{
  cairo_arc (cr, 8, 8, 5.5, 0, 2 * G_PI);
  cairo_move_to (cr, 4.2, 11.8);
  cairo_line_to (cr, 11.8, 4.2);
  cairo_stroke (cr);
}

static void
draw_arrow_down (cairo_t *cr)
{
  cairo_move_to (cr, 3, 5.5);
  cairo_line_to (cr, 8, 10.5);
  cairo_line_to (cr, 13, 5.5);
  cairo_stroke (cr);
}

static void (*const drawers[]) (cairo_t *) = {
  [HEARTH_CARD_ICON_CHECK] = draw_check,     [HEARTH_CARD_ICON_CROSS] = draw_cross,
  [HEARTH_CARD_ICON_CLOCK] = draw_clock,     [HEARTH_CARD_ICON_PLAY] = draw_play,
  [HEARTH_CARD_ICON_STOP] = draw_stop,       [HEARTH_CARD_ICON_SKIP] = draw_skip,
  [HEARTH_CARD_ICON_WARNING] = draw_warning, [HEARTH_CARD_ICON_MUTE] = draw_mute,
  [HEARTH_CARD_ICON_ARROW_DOWN] = draw_arrow_down,
};

void
hearth_card_icon_snapshot (GtkSnapshot *snapshot,
                           HearthCardIcon icon,
                           const graphene_point_t *at,
                           double size,
                           const GdkRGBA *color)
{
  cairo_t *cr;

  g_return_if_fail ((guint) icon < G_N_ELEMENTS (drawers));

  cr = hearth_card_painter_begin_cairo (snapshot, &GRAPHENE_RECT_INIT (at->x, at->y, (float) size, (float) size));
  cairo_translate (cr, at->x, at->y);
  cairo_scale (cr, size / 16, size / 16);
  cairo_set_line_width (cr, 2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  gdk_cairo_set_source_rgba (cr, color);
  drawers[icon](cr);
  cairo_destroy (cr);
}

/* --- the state of a card: its icon and time at the right end of the header ----------- */

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
    case HEARTH_CARD_DONE: *icon = HEARTH_CARD_ICON_CHECK, *color = &palette->success; return TRUE;
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

void
hearth_card_painter_add_state (GtkSnapshot *snapshot,
                               const HearthCardData *data,
                               const HearthCardStyle *style)
{
  const GdkRGBA *color;
  HearthCardIcon icon;
  float x = (float) data->width - HEARTH_CARD_MARGIN - 14;

  if (!pick_state_icon (data, style->palette, &icon, &color))
    return;
  hearth_card_icon_snapshot (snapshot, icon, &GRAPHENE_POINT_INIT (x, 9), 14, color);
  if (data->elapsed != NULL)
    {
      graphene_rect_t box = GRAPHENE_RECT_INIT (x - 50, 4, 46, HEARTH_CARD_HEADER - 8);
      g_autoptr (PangoLayout) layout
          = hearth_card_painter_new_layout (style->context, data->elapsed, 0.82, PANGO_WEIGHT_NORMAL, box.size.width);

      hearth_card_painter_add_text (snapshot, layout, &box, 1, &style->palette->dim_text);
    }
}
