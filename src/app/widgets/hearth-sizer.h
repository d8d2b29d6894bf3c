/* hearth-sizer.h: the line between a pane and the rest, to be dragged
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_SIZER (hearth_sizer_get_type ())
G_DECLARE_FINAL_TYPE (HearthSizer, hearth_sizer, HEARTH, SIZER, GtkWidget)

/* Properties: "target" (the pane, whose requested size is changed), "side" (GtkPositionType: where
 * the pane lies, seen from the line), "minimum", "maximum" (int).
 * Signal ::resized (int) while it is dragged. */

G_END_DECLS
