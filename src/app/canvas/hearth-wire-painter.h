/* hearth-wire-painter.h: draws all wires of a view into one node
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-canvas-palette.h"
#include "hearth-wire.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  HEARTH_WIRE_STREAM   = 1 << 0, /* a double line */
  HEARTH_WIRE_SELECTED = 1 << 1,
  HEARTH_WIRE_FADED    = 1 << 2,
  HEARTH_WIRE_FLOWING  = 1 << 3, /* data is on its way: small marks */
  HEARTH_WIRE_LOOSE    = 1 << 4, /* in the user's hand, not connected yet */
  HEARTH_WIRE_BROKEN   = 1 << 5, /* its slot is gone */
} HearthWireFlags;

typedef struct
{
  HearthWire      line;
  HearthDataType  type;
  HearthWireFlags flags;
} HearthWireMark;

typedef struct
{
  const HearthCanvasPalette *palette;
  double                     zoom;
  double                     phase;  /* 0…1 of the moving marks; below 0: they stand still */
} HearthWireStyle;

/* Wires outside @view are left out; the node is cropped to the rest. */
void hearth_wire_painter_snapshot (GtkSnapshot           *snapshot,
                                   const HearthWireMark  *wires,
                                   guint                  n_wires,
                                   const graphene_rect_t *view,
                                   const HearthWireStyle *style);

G_END_DECLS
