/* hearth-workflow-list.h: the workflows of the open project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_WORKFLOW_LIST (hearth_workflow_list_get_type ())
G_DECLARE_FINAL_TYPE (HearthWorkflowList, hearth_workflow_list, HEARTH, WORKFLOW_LIST, AdwBin)

/* Signals: ::open (workflow id), ::message (sentence). Keeps itself current. */

/* @project_id NULL: none. */
void hearth_workflow_list_set_project (HearthWorkflowList *self,
                                       HearthWorkspace    *workspace,
                                       const char         *project_id);

G_END_DECLS
