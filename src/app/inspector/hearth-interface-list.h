/* hearth-interface-list.h: the inputs and outputs of a workflow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_INTERFACE_LIST (hearth_interface_list_get_type ())
G_DECLARE_FINAL_TYPE (HearthInterfaceList, hearth_interface_list, HEARTH, INTERFACE_LIST, AdwBin)

/* @page may be NULL. */
void hearth_interface_list_set_page (HearthInterfaceList *self,
                                     HearthEditorPage    *page);

G_END_DECLS
