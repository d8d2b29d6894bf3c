/* hearth-wire.c: the line of one edge: its curve, its bounds, what is near it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-wire.h"

#include <math.h>

#define SEGMENTS 24

void
hearth_wire_init (HearthWire *self,
                  double x1,
                  double y1,
                  double x2,
                  double y2,
                  double zoom)
{
  double dx = x2 - x1, dy = fabs (y2 - y1);

  g_return_if_fail (self != NULL && zoom > 0);

  self->x1 = x1;
  self->y1 = y1;
  self->x2 = x2;
  self->y2 = y2;
  if (zoom < HEARTH_WIRE_STRAIGHT_ZOOM)
    self->bend = 0;
  else if (dx >= 0)
    self->bend = MAX (dx * 0.5, MIN (dy * 0.5, 40 * zoom));
  else /* going back needs room to turn */
    self->bend = MIN (-dx * 0.4 + 40 * zoom, 220 * zoom);
}

void
hearth_wire_get_point (const HearthWire *self,
                       double t,
                       double *x,
                       double *y)
{
  double u = 1 - t;
  double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;

  g_return_if_fail (self != NULL && x != NULL && y != NULL);

  if (self->bend <= 0)
    {
      *x = self->x1 * u + self->x2 * t;
      *y = self->y1 * u + self->y2 * t;
      return;
    }
  *x = a * self->x1 + b * (self->x1 + self->bend) + c * (self->x2 - self->bend) + d * self->x2;
  *y = (a + b) * self->y1 + (c + d) * self->y2;
}

void
hearth_wire_get_bounds (const HearthWire *self,
                        double margin,
                        graphene_rect_t *bounds)
{
  double left, right, top, bottom;

  g_return_if_fail (self != NULL && bounds != NULL);

  /* The hull of the control points holds the curve */
  left = MIN (self->x1, self->x2 - self->bend) - margin;
  right = MAX (self->x1 + self->bend, self->x2) + margin;
  top = MIN (self->y1, self->y2) - margin;
  bottom = MAX (self->y1, self->y2) + margin;
  graphene_rect_init (bounds, (float) left, (float) top, (float) (right - left), (float) (bottom - top));
}

static double
distance_to_segment (double px,
                     double py,
                     double ax,
                     double ay,
                     double bx,
                     double by)
{
  double dx = bx - ax, dy = by - ay;
  double length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? CLAMP (((px - ax) * dx + (py - ay) * dy) / length2, 0, 1) : 0;

  return hypot (px - (ax + t * dx), py - (ay + t * dy));
}

double
hearth_wire_get_distance (const HearthWire *self,
                          double x,
                          double y)
{
  double best = G_MAXDOUBLE;
  double ax, ay;

  g_return_val_if_fail (self != NULL, G_MAXDOUBLE);

  ax = self->x1;
  ay = self->y1;
  for (int i = 1; i <= SEGMENTS; i++)
    {
      double bx, by;

      hearth_wire_get_point (self, (double) i / SEGMENTS, &bx, &by);
      best = MIN (best, distance_to_segment (x, y, ax, ay, bx, by));
      ax = bx;
      ay = by;
    }
  return best;
}
