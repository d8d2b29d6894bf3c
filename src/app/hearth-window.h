/* hearth-window.h: the window: one project, its workflows in tabs, and what stands around them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"
#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_WINDOW (hearth_window_get_type ())
G_DECLARE_FINAL_TYPE (HearthWindow, hearth_window, HEARTH, WINDOW, AdwApplicationWindow)

HearthWindow     *hearth_window_new           (HearthApplication *application);
/* Opens what was open last; on the very first start the demo, with a hint at Run. */
void              hearth_window_restore       (HearthWindow      *self,
                                               gboolean           is_first);
/* Instead of a project: why nothing can be shown. */
void              hearth_window_show_failure  (HearthWindow      *self,
                                               const char        *message);
void              hearth_window_toast         (HearthWindow      *self,
                                               const char        *message);
/* Opens a file as a workflow of its own in the current project. Nothing is saved or run. */
void              hearth_window_import        (HearthWindow      *self,
                                               GFile             *file);
/* The workflow in front, or NULL. */
HearthEditorPage *hearth_window_get_page      (HearthWindow      *self);

G_END_DECLS
