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

G_END_DECLS
