/* hearth-side-pane.h: nodes, workflows, interface and history beside the canvas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_SIDE_PANE (hearth_side_pane_get_type ())
G_DECLARE_FINAL_TYPE (HearthSidePane, hearth_side_pane, HEARTH, SIDE_PANE, AdwBin)

/* Signals: ::open-workflow (workflow id), ::message (sentence) */

void hearth_side_pane_set_project (HearthSidePane   *self,
                                   HearthWorkspace  *workspace,
                                   const char       *project_id);
/* @page may be NULL. */
void hearth_side_pane_set_page    (HearthSidePane   *self,
                                   HearthEditorPage *page);
/* "nodes", "workflows", "interface" or "history" */
void hearth_side_pane_show        (HearthSidePane   *self,
                                   const char       *name);

G_END_DECLS
