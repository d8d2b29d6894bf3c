/* hearth-problem-view.h: what is wrong with the workflow; a click shows where
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_PROBLEM_VIEW (hearth_problem_view_get_type ())
G_DECLARE_FINAL_TYPE (HearthProblemView, hearth_problem_view, HEARTH, PROBLEM_VIEW, AdwBin)

/* @page may be NULL. */
void hearth_problem_view_set_page (HearthProblemView *self,
                                   HearthEditorPage  *page);

G_END_DECLS
