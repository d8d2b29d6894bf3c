/* hearth-inspector.h: what is selected, in full
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_INSPECTOR (hearth_inspector_get_type ())
G_DECLARE_FINAL_TYPE (HearthInspector, hearth_inspector, HEARTH, INSPECTOR, AdwBin)

/* @page may be NULL. */
void hearth_inspector_set_page (HearthInspector  *self,
                                HearthEditorPage *page);

G_END_DECLS
