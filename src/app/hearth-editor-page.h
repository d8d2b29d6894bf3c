/* hearth-editor-page.h: one open workflow: its canvas and what belongs to it alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-canvas.h"
#include "hearth-problems.h"
#include "hearth-run-log.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_EDITOR_PAGE (hearth_editor_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthEditorPage, hearth_editor_page, HEARTH, EDITOR_PAGE, AdwBin)

/* Signals:
 *  ::message (text)               a sentence for a toast
 *  ::open-workflow (workflow id)  a group is entered
 */

GtkWidget      *hearth_editor_page_new           (HearthDocument   *document);
HearthDocument *hearth_editor_page_get_document  (HearthEditorPage *self);
HearthCanvas   *hearth_editor_page_get_canvas    (HearthEditorPage *self);
HearthRunLog   *hearth_editor_page_get_run_log   (HearthEditorPage *self);
HearthProblems *hearth_editor_page_get_problems  (HearthEditorPage *self);
/* Opens the palette as the header bar's button does. */
void            hearth_editor_page_ask_for_node  (HearthEditorPage *self);
/* Points at Run, once; goes away with the first run. */
void            hearth_editor_page_show_hint     (HearthEditorPage *self);
/* Fits the view as soon as the canvas has a size. */
void            hearth_editor_page_fit           (HearthEditorPage *self);

G_END_DECLS
