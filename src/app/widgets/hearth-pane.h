/* hearth-pane.h: a box exactly as wide as it is asked to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_PANE (hearth_pane_get_type ())
G_DECLARE_FINAL_TYPE (HearthPane, hearth_pane, HEARTH, PANE, GtkWidget)

/* Holds one child. Its width is "width-request", or what the child needs at least: a long line in
 * the child does not widen it, as it would any other container in an AdwFlap. */

G_END_DECLS
