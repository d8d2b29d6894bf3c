/* hearth-plugin-store.h: packs of nodes and front-end scripts on disk (http-api.md 17, storage.md 3.7)
 *
 * A pack is a folder with a plugin.yaml in <data>/plugins, or in a folder that customPluginsPaths of
 * config.json names. Reading one runs nothing of it. All functions block; call them from a worker thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

/* Every pack, sorted by folder name, as a list of objects:
 *   "directory"      its folder's name, by which its state is kept
 *   "folder"         the folder's real path
 *   "name"           of the manifest, or the folder's when there is none
 *   "manifest"       the object of plugin.yaml; absent when that is not usable
 *   "enabled"        not listed in the states: true. Without a manifest false
 *   "allowPrograms"  programs of it may run in the sandbox; false unless the user has said so
 *   "allowNetwork"   and may use the network, if the manifest asks for it
 *   "settings"       defaults of configOptions, below the instance's, below the user's
 *   "nodes"          of an enabled pack: list of {"file", "definition", "workflow"?}
 *   "problems"       list of sentences; what they name is left out */
HearthValue *hearth_plugin_store_load           (HearthDataDir *dir,
                                                 GError       **error);
/* The pack of @plugins, such a list, that has this folder name or else this name; NULL: none. Borrowed. */
HearthValue *hearth_plugin_store_find           (HearthValue   *plugins,
                                                 const char    *name);
/* Lays @members ("enabled", "allowPrograms", "allowNetwork") over what config/plugin_states.json says. */
gboolean     hearth_plugin_store_write_state    (HearthDataDir *dir,
                                                 const char    *directory,
                                                 HearthValue   *members,
                                                 GError       **error);
/* The instance's settings with the user's on top; {} when there are none. @name: of the manifest. */
HearthValue *hearth_plugin_store_read_settings  (HearthDataDir *dir,
                                                 const char    *name,
                                                 GError       **error);
/* Those of the user, in user://settings/extensions/<name>.json. */
gboolean     hearth_plugin_store_write_settings (HearthDataDir *dir,
                                                 const char    *name,
                                                 HearthValue   *settings,
                                                 GError       **error);

G_END_DECLS
