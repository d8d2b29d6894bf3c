/* hearth-viewport.c: from canvas coordinates to widget pixels and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-viewport.h"

#include <math.h>

#define ZOOM_STEP 1.1

void
hearth_viewport_to_widget (const HearthViewport *self,
                           double x,
                           double y,
                           double *wx,
                           double *wy)
{
  g_return_if_fail (self != NULL && wx != NULL && wy != NULL);

  *wx = x * self->zoom + self->x;
  *wy = y * self->zoom + self->y;
}

void
hearth_viewport_to_canvas (const HearthViewport *self,
                           double wx,
                           double wy,
                           double *x,
                           double *y)
{
  g_return_if_fail (self != NULL && x != NULL && y != NULL);

  *x = (wx - self->x) / self->zoom;
  *y = (wy - self->y) / self->zoom;
}

void
hearth_viewport_pan (HearthViewport *self,
                     double dx,
                     double dy)
{
  g_return_if_fail (self != NULL);

  self->x += dx;
  self->y += dy;
}

void
hearth_viewport_zoom_to (HearthViewport *self,
                         double zoom,
                         double wx,
                         double wy)
{
  double x, y;

  g_return_if_fail (self != NULL);

  hearth_viewport_to_canvas (self, wx, wy, &x, &y);
  self->zoom = CLAMP (zoom, HEARTH_ZOOM_MIN, HEARTH_ZOOM_MAX);
  /* Whole pixels keep text and one-pixel lines crisp */
  self->x = round (wx - x * self->zoom);
  self->y = round (wy - y * self->zoom);
}

static double
get_exponent (double zoom)
{
  return log (zoom) / log (ZOOM_STEP);
}

double
hearth_viewport_quantize_zoom (double zoom)
{
  g_return_val_if_fail (zoom > 0, 1.0);

  return CLAMP (pow (ZOOM_STEP, round (get_exponent (zoom))), HEARTH_ZOOM_MIN, HEARTH_ZOOM_MAX);
}

double
hearth_viewport_step_zoom (double zoom,
                           int steps)
{
  double exponent;

  g_return_val_if_fail (zoom > 0, 1.0);

  /* A zoom between two steps (after a fit, or at a limit) first goes to the nearer step */
  exponent = get_exponent (zoom);
  exponent = steps > 0 ? floor (exponent + 1e-6) : ceil (exponent - 1e-6);
  return CLAMP (pow (ZOOM_STEP, exponent + steps), HEARTH_ZOOM_MIN, HEARTH_ZOOM_MAX);
}

void
hearth_viewport_fit (HearthViewport *self,
                     double x,
                     double y,
                     double width,
                     double height,
                     double view_width,
                     double view_height,
                     double margin)
{
  double zoom;

  g_return_if_fail (self != NULL && view_width > 0 && view_height > 0);

  zoom = MIN ((view_width - 2 * margin) / MAX (width, 1), (view_height - 2 * margin) / MAX (height, 1));
  zoom = CLAMP (zoom, HEARTH_ZOOM_MIN, 1.0);
  /* The step below, so that nothing is cut off */
  zoom = MAX (pow (ZOOM_STEP, floor (get_exponent (zoom) + 1e-6)), HEARTH_ZOOM_MIN);
  self->zoom = zoom;
  self->x = round ((view_width - width * zoom) / 2 - x * zoom);
  self->y = round ((view_height - height * zoom) / 2 - y * zoom);
}

/* How far a span must move to lie inside the view; one that does not fit shows its beginning. */
static double
get_shift (double start,
           double length,
           double view,
           double margin)
{
  if (start < margin || length > view - 2 * margin)
    return margin - start;
  if (start + length > view - margin)
    return view - margin - start - length;
  return 0;
}

void
hearth_viewport_reveal (HearthViewport *self,
                        double x,
                        double y,
                        double width,
                        double height,
                        double view_width,
                        double view_height,
                        double margin)
{
  double wx, wy;

  g_return_if_fail (self != NULL);

  hearth_viewport_to_widget (self, x, y, &wx, &wy);
  self->x += round (get_shift (wx, width * self->zoom, view_width, margin));
  self->y += round (get_shift (wy, height * self->zoom, view_height, margin));
}
