/* hearth-canvas-palette.h: the colours of the canvas, light and dark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-graph-types.h"

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* Taken from libadwaita's own palette, so that the canvas looks like the window around it. */
typedef struct
{
  gboolean dark;
  GdkRGBA  background;
  GdkRGBA  grid;
  GdkRGBA  card;
  GdkRGBA  header;
  GdkRGBA  field;      /* behind an editable value */
  GdkRGBA  border;
  GdkRGBA  shadow;
  GdkRGBA  text;
  GdkRGBA  dim_text;
  GdkRGBA  accent;     /* selection, running */
  GdkRGBA  success;
  GdkRGBA  warning;
  GdkRGBA  error;
  GdkRGBA  frame;
  GdkRGBA  types[HEARTH_N_DATA_TYPES]; /* nodes.md 2.5 */
} HearthCanvasPalette;

const HearthCanvasPalette *hearth_canvas_palette_get            (gboolean                   dark);
const GdkRGBA             *hearth_canvas_palette_get_type_color (const HearthCanvasPalette *self,
                                                                 HearthDataType             type);
/* Wildcards have no colour of their own: a wire takes the other end's. */
HearthDataType             hearth_canvas_palette_pick_wire_type (HearthDataType             source,
                                                                 HearthDataType             target);
/* @amount of @over laid on @base. */
GdkRGBA                    hearth_canvas_palette_mix            (const GdkRGBA             *base,
                                                                 const GdkRGBA             *over,
                                                                 float                      amount);
GdkRGBA                    hearth_canvas_palette_fade           (const GdkRGBA             *color,
                                                                 float                      alpha);

G_END_DECLS
