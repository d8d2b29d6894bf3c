/* hearth-plugin-operations.h: packs: reading them again, switching them on and off, their settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* What is known of packs now lies in hearth_workspace_get_plugins(); these change it. */

/* → the list of packs, as it is then. */
extern const HearthOperation hearth_operation_reload_plugins;
/* pluginName, and enabled, allowPrograms, allowNetwork as far as they are to change → {"before", "after"}: the
 * pack. A pack whose manifest is not usable cannot be switched on: HEARTH_STORE_ERROR_IO. */
extern const HearthOperation hearth_operation_set_plugin_state;
/* pluginName → the object */
extern const HearthOperation hearth_operation_read_plugin_settings;
/* pluginName, settings: an object → null */
extern const HearthOperation hearth_operation_write_plugin_settings;

/* --- what is known now; main thread ------------------------------------------------------- */

/* Where packs are put; it need not be there yet. */
char        *hearth_workspace_dup_plugins_folder (HearthWorkspace *self);
/* Every pack as hearth_plugin_store_load() describes it, with the problems of its nodes. Borrowed; a list. */
HearthValue *hearth_workspace_get_plugins     (HearthWorkspace *self);
/* By the name of its folder, or its own. Borrowed, or NULL. */
HearthValue *hearth_workspace_find_plugin     (HearthWorkspace *self,
                                               const char      *name);
/* Where the files of an enabled pack with a front-end script lie; borrowed. @path: of one of them, as it was asked
 * for. HEARTH_STORE_ERROR_NOT_FOUND, or NAME when the path leads out of the folder or into a hidden one. */
const char  *hearth_workspace_find_plugin_folder (HearthWorkspace *self,
                                                  const char      *name,
                                                  const char      *path,
                                                  GError         **error);
/* The path of the browser script @url of a pack's node type in *@folder (borrowed); NULL without @error when the type
 * is none of a pack. Else fails as above. */
char        *hearth_workspace_find_plugin_script (HearthWorkspace *self,
                                                  const char      *type_id,
                                                  const char      *url,
                                                  const char     **folder,
                                                  GError         **error);

G_END_DECLS
