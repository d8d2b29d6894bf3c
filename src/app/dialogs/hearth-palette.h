/* hearth-palette.h: the list of nodes that pops up where one is wanted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-canvas.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_PALETTE (hearth_palette_get_type ())
G_DECLARE_FINAL_TYPE (HearthPalette, hearth_palette, HEARTH, PALETTE, GtkPopover)

GtkWidget *hearth_palette_new  (void);
/* For a new node at canvas coordinates; with @from_node only what fits its slot, which is then
 * connected. */
void       hearth_palette_ask  (HearthPalette *self,
                                HearthCanvas  *canvas,
                                double         x,
                                double         y,
                                const char    *from_node,
                                const char    *from_key,
                                gboolean       from_is_output);

G_END_DECLS
