/* hearth-pack-row.h: a pack, with the switch that puts its nodes into the catalogue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_PACK_ROW (hearth_pack_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthPackRow, hearth_pack_row, HEARTH, PACK_ROW, AdwActionRow)

/* Belongs into a HearthPacksGroup. */
GtkWidget  *hearth_pack_row_new        (void);
/* @plugin: of hearth_workspace_get_plugins(); @n_nodes: those of it that can be used */
void        hearth_pack_row_set_plugin (HearthPackRow *self,
                                        HearthValue   *plugin,
                                        guint          n_nodes);
/* What the pack calls itself. Borrowed. */
const char *hearth_pack_row_get_name   (HearthValue   *plugin);

G_END_DECLS
