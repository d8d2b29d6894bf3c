/* hearth-minimap.h: the whole graph, small, in a corner of the canvas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-canvas.h"

G_BEGIN_DECLS

#define HEARTH_MINIMAP_WIDTH  172
#define HEARTH_MINIMAP_HEIGHT 112

#define HEARTH_TYPE_MINIMAP (hearth_minimap_get_type ())
G_DECLARE_FINAL_TYPE (HearthMinimap, hearth_minimap, HEARTH, MINIMAP, GtkWidget)

GtkWidget *hearth_minimap_new       (HearthCanvas  *canvas);
/* Whether something of the graph lies outside a view of that size. */
gboolean   hearth_minimap_is_useful (HearthMinimap *self,
                                     int            view_width,
                                     int            view_height);

G_END_DECLS
