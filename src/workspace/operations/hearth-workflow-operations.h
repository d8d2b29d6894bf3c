/* hearth-workflow-operations.h: listing, reading and deleting workflows (http-api.md 9, 10)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* Arguments: projectId (without one, the shared library), workflowId. Answers: the list, the workflow,
 * null when deleted. To save, hearth_workspace_save_workflow(): the saver wants to know its own. */
extern const HearthOperation hearth_operation_list_workflows;
extern const HearthOperation hearth_operation_read_workflow;
extern const HearthOperation hearth_operation_delete_workflow;
/* Wherever it is: in the project, when one is named, else in the shared library or in any project.
 * Answers {"projectId" (but for the library), "workflow"}. */
extern const HearthOperation hearth_operation_find_workflow;

G_END_DECLS
