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

G_END_DECLS
