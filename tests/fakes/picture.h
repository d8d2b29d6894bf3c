/* picture.h: what a snapshot looks like, without a display
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

/* Draws the snapshot (taken) on white. */
cairo_surface_t *picture_new           (GtkSnapshot     *snapshot,
                                        int              width,
                                        int              height);
/* Whether the pixel is near that colour. */
gboolean         picture_has           (cairo_surface_t *picture,
                                        double           x,
                                        double           y,
                                        const GdkRGBA   *color);
/* How many pixels of a column or row near that colour; dx, dy is the step. */
guint            picture_count         (cairo_surface_t *picture,
                                        double           x,
                                        double           y,
                                        int              dx,
                                        int              dy,
                                        guint            n,
                                        const GdkRGBA   *color);
/* Number of nodes of a kind in the tree that the snapshot (taken) makes. */
guint            picture_count_nodes   (GtkSnapshot      *snapshot,
                                        GskRenderNodeType type);
PangoContext    *picture_new_context   (void);
