/* hearth-node-form.h: everything about one node: name, values, where they come from, results
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-editor-page.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_NODE_FORM (hearth_node_form_get_type ())
G_DECLARE_FINAL_TYPE (HearthNodeForm, hearth_node_form, HEARTH, NODE_FORM, AdwBin)

/* Either may be NULL: nothing is shown. Follows the node through every change. */
void hearth_node_form_set_node (HearthNodeForm   *self,
                                HearthEditorPage *page,
                                const char       *node_id);

G_END_DECLS
