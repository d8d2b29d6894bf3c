/* hearth-wire.h: the line of one edge: its curve, its bounds, what is near it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <graphene.h>
#include <glib.h>

G_BEGIN_DECLS

/* Below this zoom the bend of a wire cannot be seen. */
#define HEARTH_WIRE_STRAIGHT_ZOOM 0.3

/* In widget pixels, from an output (leaves to the right) to an input (arrives from the left). */
typedef struct
{
  double   x1, y1, x2, y2;
  double   bend;     /* how far the control points stand out; 0 is a straight line */
} HearthWire;

void     hearth_wire_init         (HearthWire       *self,
                                   double            x1,
                                   double            y1,
                                   double            x2,
                                   double            y2,
                                   double            zoom);
void     hearth_wire_get_point    (const HearthWire *self,
                                   double            t,      /* 0…1 */
                                   double           *x,
                                   double           *y);
/* Holds the whole curve, widened by @margin. */
void     hearth_wire_get_bounds   (const HearthWire *self,
                                   double            margin,
                                   graphene_rect_t  *bounds);
/* Distance in pixels, good to a pixel or two near the wire. */
double   hearth_wire_get_distance (const HearthWire *self,
                                   double            x,
                                   double            y);

G_END_DECLS
