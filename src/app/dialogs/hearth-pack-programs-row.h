/* hearth-pack-programs-row.h: the switch that lets a pack's programs run, after it has shown which
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_PACK_PROGRAMS_ROW (hearth_pack_programs_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthPackProgramsRow, hearth_pack_programs_row, HEARTH, PACK_PROGRAMS_ROW, AdwActionRow)

/* Belongs into a HearthPacksGroup, below the pack's row. */
GtkWidget *hearth_pack_programs_row_new        (void);
/* @plugin: of hearth_workspace_get_plugins(). Hides the row when the pack has no programs. */
void       hearth_pack_programs_row_set_plugin (HearthPackProgramsRow *self,
                                                HearthValue           *plugin);

G_END_DECLS
