/* hearth-viewport.h: from canvas coordinates to widget pixels and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HEARTH_ZOOM_MIN 0.1
#define HEARTH_ZOOM_MAX 4.0

/* Widget = canvas × zoom + offset. */
typedef struct
{
  double zoom;
  double x; /* offset in pixels */
  double y;
} HearthViewport;

#define HEARTH_VIEWPORT_INIT { 1.0, 0.0, 0.0 }

void   hearth_viewport_to_widget     (const HearthViewport *self,
                                      double                x,
                                      double                y,
                                      double               *wx,
                                      double               *wy);
void   hearth_viewport_to_canvas     (const HearthViewport *self,
                                      double                wx,
                                      double                wy,
                                      double               *x,
                                      double               *y);
void   hearth_viewport_pan           (HearthViewport       *self,
                                      double                dx,
                                      double                dy);
/* @zoom is clamped; what lies under wx, wy stays there. */
void   hearth_viewport_zoom_to       (HearthViewport       *self,
                                      double                zoom,
                                      double                wx,
                                      double                wy);
/* Moves to the next of the steps 1.1^k, of which 1 is one: few scales mean few glyph uploads. */
double hearth_viewport_step_zoom     (double                zoom,
                                      int                   steps);
double hearth_viewport_quantize_zoom (double                zoom);
/* Shows a rectangle of the canvas whole, with @margin pixels around it, never above zoom 1. */
void   hearth_viewport_fit           (HearthViewport       *self,
                                      double                x,
                                      double                y,
                                      double                width,
                                      double                height,
                                      double                view_width,
                                      double                view_height,
                                      double                margin);
/* Pans by as little as shows the rectangle. */
void   hearth_viewport_reveal        (HearthViewport       *self,
                                      double                x,
                                      double                y,
                                      double                width,
                                      double                height,
                                      double                view_width,
                                      double                view_height,
                                      double                margin);

G_END_DECLS
