/* hearth-history-list.h: every step of a workflow's history; a click goes there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_HISTORY_LIST (hearth_history_list_get_type ())
G_DECLARE_FINAL_TYPE (HearthHistoryList, hearth_history_list, HEARTH, HISTORY_LIST, AdwBin)

/* @page may be NULL. */
void hearth_history_list_set_page (HearthHistoryList *self,
                                   HearthEditorPage  *page);

G_END_DECLS
