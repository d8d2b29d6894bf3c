/* hearth-dock.h: output, problems and log below the canvas; folds to one line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"
#include "hearth-output-view.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_DOCK (hearth_dock_get_type ())
G_DECLARE_FINAL_TYPE (HearthDock, hearth_dock, HEARTH, DOCK, AdwBin)

/* Properties, with notify: "open" (boolean), "height" (int) of what unfolds. */

/* @page may be NULL. */
void              hearth_dock_set_page   (HearthDock       *self,
                                          HearthEditorPage *page);
/* Unfolds at "output", "problems" or "log". */
void              hearth_dock_show       (HearthDock       *self,
                                          const char       *name);
HearthOutputView *hearth_dock_get_output (HearthDock       *self);

G_END_DECLS
