/* hearth-panel-operations.h: listing, reading and making the panels of a project (http-api.md 16)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* Arguments: projectId and panelId, where there is one; displayName and templateId (or null) to create.
 * Answers: the definition of one panel or of all. */
extern const HearthOperation hearth_operation_list_panel_templates;
extern const HearthOperation hearth_operation_list_panels;
extern const HearthOperation hearth_operation_read_panel;
extern const HearthOperation hearth_operation_create_panel;

/* Files of a panel: projectId, panelId, path; `file` {"path", "type"} to write, `recursive` to delete. */
/* An array for a folder; for a file {"root", "path"}, see hearth_workspace_open_file(). */
extern const HearthOperation hearth_operation_look_at_panel_file;
/* With the type application/vnd.comfy.create-directory a folder. An outcome. */
extern const HearthOperation hearth_operation_write_panel_file;
extern const HearthOperation hearth_operation_delete_panel_file;

G_END_DECLS
