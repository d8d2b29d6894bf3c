/* hearth-project-operations.h: listing, making, changing and deleting projects (http-api.md 8)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* Arguments: projectId, where there is one; name and description to create; to update, the members to
 * change. Answers: the metadata of one project or of all; null when deleted. */
extern const HearthOperation hearth_operation_list_projects;
extern const HearthOperation hearth_operation_read_project;
extern const HearthOperation hearth_operation_create_project;
extern const HearthOperation hearth_operation_update_project;
extern const HearthOperation hearth_operation_delete_project;

G_END_DECLS
