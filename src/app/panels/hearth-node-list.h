/* hearth-node-list.h: all kinds of nodes, to be searched and picked from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-catalog.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_NODE_LIST (hearth_node_list_get_type ())
G_DECLARE_FINAL_TYPE (HearthNodeList, hearth_node_list, HEARTH, NODE_LIST, AdwBin)

/* Signal ::picked (type id). Rows can be dragged; what is dragged is the type id as text. */

void hearth_node_list_set_catalog     (HearthNodeList *self,
                                       HearthCatalog  *catalog);
/* Every word must be found; the best matches come first. "": everything, by category. */
void hearth_node_list_set_query       (HearthNodeList *self,
                                       const char     *query);
/* Only what can be wired to @slot; NULL: everything. */
void hearth_node_list_set_fit         (HearthNodeList *self,
                                       HearthSlot     *slot,
                                       gboolean        is_output);
void hearth_node_list_move_selection  (HearthNodeList *self,
                                       int             step);
void hearth_node_list_pick_selected   (HearthNodeList *self);
/* Arrow keys and Enter in @entry act on the list, which shows what is typed there. */
void hearth_node_list_follow_entry    (HearthNodeList *self,
                                       GtkSearchEntry *entry);

G_END_DECLS
