/* hearth-plugin-private.h: what the files about packs share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-plugin-store.h"

G_BEGIN_DECLS

/* config/plugin_states.json; {} when it is not there. */
HearthValue *_hearth_plugin_read_states (HearthDataDir *dir,
                                         GError       **error);
/* The definitions in the folder that the manifest names, as "nodes" of a pack; what is not usable is left
 * out, with a sentence added to @problems. */
HearthValue *_hearth_plugin_read_nodes  (const char    *folder,
                                         HearthValue   *manifest,
                                         HearthBuilder *problems);
/* Takes @error into @problems; @place NULL or what it is about. */
void         _hearth_plugin_complain    (HearthBuilder *problems,
                                         const char    *place,
                                         GError        *error);

G_END_DECLS
