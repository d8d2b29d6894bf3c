/* hearth-log-view.h: what the newest run told, line by line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_LOG_VIEW (hearth_log_view_get_type ())
G_DECLARE_FINAL_TYPE (HearthLogView, hearth_log_view, HEARTH, LOG_VIEW, AdwBin)

/* @page may be NULL. */
void hearth_log_view_set_page (HearthLogView    *self,
                               HearthEditorPage *page);

G_END_DECLS
