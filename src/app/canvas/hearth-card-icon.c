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

static void
draw_question (cairo_t *cr)
{
  cairo_arc (cr, 8, 5.6, 3.1, -G_PI, 0.25 * G_PI);
  cairo_curve_to (cr, 9, 8.8, 8, 8.8, 8, 10.2);
  cairo_stroke (cr);
  cairo_move_to (cr, 8, 13.2);
  cairo_line_to (cr, 8, 13.3);
  cairo_stroke (cr);
}

static void
draw_pin (cairo_t *cr)
{
  cairo_move_to (cr, 5, 2.5);
  cairo_line_to (cr, 11, 2.5);
  cairo_line_to (cr, 10, 6.5);
  cairo_line_to (cr, 12, 9.5);
  cairo_line_to (cr, 4, 9.5);
  cairo_line_to (cr, 6, 6.5);
  cairo_close_path (cr);
  cairo_fill (cr);
  cairo_move_to (cr, 8, 9.5);
  cairo_line_to (cr, 8, 14);
  cairo_stroke (cr);
}

static void (*const drawers[]) (cairo_t *) = {
  [HEARTH_CARD_ICON_CHECK] = draw_check,     [HEARTH_CARD_ICON_CROSS] = draw_cross,
  [HEARTH_CARD_ICON_CLOCK] = draw_clock,     [HEARTH_CARD_ICON_PLAY] = draw_play,
  [HEARTH_CARD_ICON_STOP] = draw_stop,       [HEARTH_CARD_ICON_SKIP] = draw_skip,
  [HEARTH_CARD_ICON_WARNING] = draw_warning, [HEARTH_CARD_ICON_MUTE] = draw_mute,
  [HEARTH_CARD_ICON_ARROW_DOWN] = draw_arrow_down,
  [HEARTH_CARD_ICON_QUESTION] = draw_question,
  [HEARTH_CARD_ICON_PIN] = draw_pin,
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
