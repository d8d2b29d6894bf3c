/* test-wire-painter.c: the curves of wires and how they are drawn; needs no display
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-wire-painter.h"

#include "picture.h"

static const graphene_rect_t view = { { 0, 0 }, { 400, 300 } };

static HearthWireMark
make_wire (double x1,
           double y1,
           double x2,
           double y2,
           HearthWireFlags flags)
{
  HearthWireMark mark = { .type = HEARTH_DATA_STRING, .flags = flags };

  hearth_wire_init (&mark.line, x1, y1, x2, y2, 1);
  return mark;
}

static GtkSnapshot *
draw (const HearthWireMark *wires,
      guint n)
{
  HearthWireStyle style = { hearth_canvas_palette_get (FALSE), 1, 0.5 };
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  hearth_wire_painter_snapshot (snapshot, wires, n, &view, &style);
  return snapshot;
}

static void
test_geometry (void)
{
  HearthWire wire;
  graphene_rect_t bounds;
  double x, y;

  hearth_wire_init (&wire, 10, 10, 210, 110, 1);
  hearth_wire_get_point (&wire, 0, &x, &y);
  g_assert_cmpfloat (x, ==, 10);
  hearth_wire_get_point (&wire, 1, &x, &y);
  g_assert_cmpfloat (x, ==, 210);
  g_assert_cmpfloat (y, ==, 110);
  hearth_wire_get_point (&wire, 0.5, &x, &y);
  g_assert_cmpfloat_with_epsilon (y, 60, 0.01);
  g_assert_cmpfloat (hearth_wire_get_distance (&wire, x, y), <, 0.5);
  g_assert_cmpfloat (hearth_wire_get_distance (&wire, x, y + 30), >, 8);
  hearth_wire_get_bounds (&wire, 5, &bounds);
  for (int i = 0; i <= 20; i++)
    {
      hearth_wire_get_point (&wire, i / 20.0, &x, &y);
      g_assert_true (graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y)));
    }
}

static void
test_backward_wire_has_room (void)
{
  HearthWire wire;
  graphene_rect_t bounds;
  double x, y, right = 0;

  hearth_wire_init (&wire, 300, 50, 100, 150, 1);
  hearth_wire_get_bounds (&wire, 0, &bounds);
  for (int i = 0; i <= 20; i++)
    {
      hearth_wire_get_point (&wire, i / 20.0, &x, &y);
      right = MAX (right, x);
      g_assert_cmpfloat (x, >=, bounds.origin.x);
      g_assert_cmpfloat (x, <=, bounds.origin.x + bounds.size.width);
    }
  g_assert_cmpfloat (right, >, 310);
}

static void
test_straight_when_far (void)
{
  HearthWire wire;
  double x, y;

  hearth_wire_init (&wire, 0, 0, 100, 100, 0.2);
  hearth_wire_get_point (&wire, 0.25, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, y, 1e-9);
}

static void
test_one_node_for_all (void)
{
  HearthWireMark wires[] = { make_wire (10, 10, 200, 50, 0), make_wire (10, 80, 200, 200, HEARTH_WIRE_STREAM),
                             make_wire (-900, -900, -500, -800, 0) };

  g_assert_cmpuint (picture_count_nodes (draw (wires, 3), GSK_CAIRO_NODE), ==, 1);
  g_assert_cmpuint (picture_count_nodes (draw (wires + 2, 1), GSK_CAIRO_NODE), ==, 0);
}

static void
test_node_is_cropped (void)
{
  HearthWireMark wire = make_wire (100, 100, 160, 110, 0);
  GskRenderNode *node = gtk_snapshot_free_to_node (draw (&wire, 1));
  graphene_rect_t bounds;

  g_assert_nonnull (node);
  gsk_render_node_get_bounds (node, &bounds);
  g_assert_cmpfloat (bounds.size.width, <, 120);
  g_assert_cmpfloat (bounds.size.height, <, 40);
  gsk_render_node_unref (node);
}

/* Colour of the type; a stream is two lines with a gap; a loose wire has gaps. */
static void
test_looks (void)
{
  const HearthCanvasPalette *palette = hearth_canvas_palette_get (FALSE);
  const GdkRGBA *blue = &palette->types[HEARTH_DATA_STRING];
  HearthWireMark wires[] = { make_wire (20, 40, 380, 40, 0), make_wire (20, 120, 380, 120, HEARTH_WIRE_STREAM),
                             make_wire (20, 200, 380, 200, HEARTH_WIRE_LOOSE),
                             make_wire (20, 260, 380, 260, HEARTH_WIRE_SELECTED) };
  cairo_surface_t *picture = picture_new (draw (wires, 4), 400, 300);

  g_assert_cmpuint (picture_count (picture, 100, 40, 1, 0, 100, blue), ==, 100);
  g_assert_false (picture_has (picture, 150, 120, blue));
  g_assert_cmpuint (picture_count (picture, 150, 114, 0, 1, 13, blue), >=, 2);
  g_assert_cmpuint (picture_count (picture, 100, 200, 1, 0, 100, blue), <, 90);
  g_assert_cmpuint (picture_count (picture, 100, 200, 1, 0, 100, blue), >, 30);
  g_assert_true (picture_has (picture, 150, 260, &palette->accent));
  cairo_surface_destroy (picture);
}

static void
test_marks_only_while_flowing (void)
{
  HearthWireMark still = make_wire (20, 40, 380, 40, 0);
  HearthWireMark flowing = make_wire (20, 40, 380, 40, HEARTH_WIRE_FLOWING);
  const GdkRGBA white = { 1, 1, 1, 1 };
  cairo_surface_t *picture = picture_new (draw (&still, 1), 400, 300);
  cairo_surface_t *moving = picture_new (draw (&flowing, 1), 400, 300);

  g_assert_cmpuint (picture_count (picture, 50, 37, 1, 0, 300, &white), ==, 300);
  g_assert_cmpuint (picture_count (moving, 50, 37, 1, 0, 300, &white), <, 300);
  cairo_surface_destroy (picture);
  cairo_surface_destroy (moving);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init_check ();
  g_test_add_func ("/wire/geometry", test_geometry);
  g_test_add_func ("/wire/backward", test_backward_wire_has_room);
  g_test_add_func ("/wire/straight", test_straight_when_far);
  g_test_add_func ("/wire/one-node", test_one_node_for_all);
  g_test_add_func ("/wire/cropped", test_node_is_cropped);
  g_test_add_func ("/wire/looks", test_looks);
  g_test_add_func ("/wire/marks", test_marks_only_while_flowing);
  return g_test_run ();
}
