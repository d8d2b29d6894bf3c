/* hearth-workflow-row.h: one workflow of a project in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_WORKFLOW_ROW (hearth_workflow_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthWorkflowRow, hearth_workflow_row, HEARTH, WORKFLOW_ROW, GtkListBoxRow)

/* Signals ::rename, ::delete */

/* @entry: of hearth_workspace_list_workflows(). */
GtkWidget  *hearth_workflow_row_new         (HearthValue       *entry);
const char *hearth_workflow_row_get_id      (HearthWorkflowRow *self);
const char *hearth_workflow_row_get_title   (HearthWorkflowRow *self);
/* @query casefolded. */
gboolean    hearth_workflow_row_matches     (HearthWorkflowRow *self,
                                             const char        *query);

G_END_DECLS
