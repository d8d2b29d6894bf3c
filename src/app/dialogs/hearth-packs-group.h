/* hearth-packs-group.h: the packs there are, and what they may do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-preferences-group.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_PACKS_GROUP (hearth_packs_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthPacksGroup, hearth_packs_group, HEARTH, PACKS_GROUP, HearthPreferencesGroup)

/* For its rows. @plugin: of hearth_workspace_get_plugins(); @state (taken): the members of
 * hearth_operation_set_plugin_state that change. All rows show what came of it. */
void hearth_packs_group_change (HearthPacksGroup *self,
                                HearthValue      *plugin,
                                HearthValue      *state);

G_END_DECLS
