/* hearth-output-view.h: what the workflow gives, as it arrives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_OUTPUT_VIEW (hearth_output_view_get_type ())
G_DECLARE_FINAL_TYPE (HearthOutputView, hearth_output_view, HEARTH, OUTPUT_VIEW, AdwBin)

/* @page may be NULL. */
void  hearth_output_view_set_page (HearthOutputView *self,
                                   HearthEditorPage *page);
/* The text shown for an output of the interface, or NULL. */
char *hearth_output_view_dup_text (HearthOutputView *self,
                                   const char       *key);

G_END_DECLS
