/* hearth-workflow-form.h: the workflow as a whole: name, description, interface, problems
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_WORKFLOW_FORM (hearth_workflow_form_get_type ())
G_DECLARE_FINAL_TYPE (HearthWorkflowForm, hearth_workflow_form, HEARTH, WORKFLOW_FORM, AdwBin)

/* @page may be NULL. */
void hearth_workflow_form_set_page (HearthWorkflowForm *self,
                                    HearthEditorPage   *page);

G_END_DECLS
