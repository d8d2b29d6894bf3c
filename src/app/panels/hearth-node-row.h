/* hearth-node-row.h: one kind of node in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-node-type.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_NODE_ROW (hearth_node_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthNodeRow, hearth_node_row, HEARTH, NODE_ROW, GtkListBoxRow)

/* Signal ::add: its button was pressed. */

GtkWidget      *hearth_node_row_new      (HearthNodeType *type);
HearthNodeType *hearth_node_row_get_type_of_node (HearthNodeRow *self);
/* Does it have every word of @words (casefolded)? 0: no; else the smaller the better. */
guint           hearth_node_row_match    (HearthNodeRow      *self,
                                          const char *const  *words);

G_END_DECLS
