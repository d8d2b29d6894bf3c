/* hearth-wire-painter.c: draws all wires of a view into one node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-wire-painter.h"

#include "hearth-card-painter.h"

#include <math.h>

#define MARGIN 8
#define MARK_DISTANCE 42.0 /* pixels at zoom 1 */

static gboolean
find_bounds (const HearthWireMark *wires,
             guint n_wires,
             const graphene_rect_t *view,
             gboolean *visible,
             graphene_rect_t *bounds)
{
  gboolean any = FALSE;

  for (guint i = 0; i < n_wires; i++)
    {
      graphene_rect_t own, shown;

      hearth_wire_get_bounds (&wires[i].line, MARGIN, &own);
      visible[i] = graphene_rect_intersection (&own, view, &shown);
      if (!visible[i])
        continue;
      if (any)
        graphene_rect_union (bounds, &shown, bounds);
      else
        *bounds = shown;
      any = TRUE;
    }
  return any;
}

static void
trace (cairo_t *cr,
       const HearthWire *line)
{
  cairo_move_to (cr, line->x1, line->y1);
  if (line->bend > 0)
    cairo_curve_to (cr, line->x1 + line->bend, line->y1, line->x2 - line->bend, line->y2, line->x2, line->y2);
  else
    cairo_line_to (cr, line->x2, line->y2);
}

static double
get_width (const HearthWireMark *wire,
           const HearthWireStyle *style)
{
  double width = CLAMP (2.0 * style->zoom, 1.0, 4.0);

  return (wire->flags & HEARTH_WIRE_SELECTED) != 0 ? width * 1.6 : width;
}

static GdkRGBA
get_color (const HearthWireMark *wire,
           const HearthWireStyle *style)
{
  GdkRGBA color = *hearth_canvas_palette_get_type_color (style->palette, wire->type);

  if ((wire->flags & HEARTH_WIRE_BROKEN) != 0)
    color = style->palette->error;
  if ((wire->flags & HEARTH_WIRE_SELECTED) != 0)
    color = style->palette->accent;
  if ((wire->flags & HEARTH_WIRE_FADED) != 0)
    color.alpha *= 0.25f;
  return color;
}

/* Wide, then its middle in the background's colour: two parallel lines, however it bends. */
static void
draw_double (cairo_t *cr,
             const HearthWireMark *wire,
             const HearthWireStyle *style,
             const GdkRGBA *color,
             double width)
{
  trace (cr, &wire->line);
  cairo_set_line_width (cr, width * 2.6);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, width);
  gdk_cairo_set_source_rgba (cr, &style->palette->background);
  cairo_stroke (cr);
}

static void
draw_marks (cairo_t *cr,
            const HearthWireMark *wire,
            const HearthWireStyle *style,
            const GdkRGBA *color)
{
  const HearthWire *line = &wire->line;
  double length = hypot (line->x2 - line->x1, line->y2 - line->y1) + line->bend * 0.3;
  int n = MAX (1, (int) (length / (MARK_DISTANCE * style->zoom)));
  double radius = CLAMP (3.4 * style->zoom, 1.5, 5);
  GdkRGBA mark = hearth_canvas_palette_mix (color, &style->palette->text, style->palette->dark ? 0.35f : 0.1f);

  gdk_cairo_set_source_rgba (cr, &mark);
  for (int i = 0; i < n; i++)
    {
      double x, y;

      hearth_wire_get_point (line, fmod ((i + MAX (style->phase, 0)) / n, 1.0), &x, &y);
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
    }
  cairo_fill (cr);
}

static void
draw_wire (cairo_t *cr,
           const HearthWireMark *wire,
           const HearthWireStyle *style)
{
  static const double dashes[] = { 6, 4 };
  GdkRGBA color = get_color (wire, style);
  double width = get_width (wire, style);

  if ((wire->flags & (HEARTH_WIRE_LOOSE | HEARTH_WIRE_BROKEN)) != 0)
    cairo_set_dash (cr, dashes, 2, 0);
  if ((wire->flags & HEARTH_WIRE_STREAM) != 0 && style->zoom >= HEARTH_WIRE_STRAIGHT_ZOOM)
    {
      draw_double (cr, wire, style, &color, width);
    }
  else
    {
      trace (cr, &wire->line);
      cairo_set_line_width (cr, width);
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_stroke (cr);
    }
  cairo_set_dash (cr, NULL, 0, 0);
  if ((wire->flags & HEARTH_WIRE_FLOWING) != 0)
    draw_marks (cr, wire, style, &color);
}

void
hearth_wire_painter_snapshot (GtkSnapshot *snapshot,
                              const HearthWireMark *wires,
                              guint n_wires,
                              const graphene_rect_t *view,
                              const HearthWireStyle *style)
{
  g_autofree gboolean *visible = NULL;
  graphene_rect_t bounds;
  cairo_t *cr;

  g_return_if_fail (GTK_IS_SNAPSHOT (snapshot) && view != NULL && style != NULL);

  visible = g_new0 (gboolean, MAX (n_wires, 1));
  if (!find_bounds (wires, n_wires, view, visible, &bounds))
    return;
  graphene_rect_round_extents (&bounds, &bounds);
  cr = hearth_card_painter_begin_cairo (snapshot, &bounds);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (guint i = 0; i < n_wires; i++)
    if (visible[i])
      draw_wire (cr, &wires[i], style);
  cairo_destroy (cr);
}
