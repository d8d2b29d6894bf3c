/* hearth-plugin-json.h: a pack as GET /api/plugins tells it (http-api.md 17.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* @plugin: as the workspace knows it. {"name", "displayName", "version", "description"?, "configOptions"?,
 * "isEnabled", "frontend"?: {"entryUrl", "styleUrls"}} and of our own "directory", "permissions": what it asks for and
 * what the user has allowed, and "problems", when there are any. New reference. */
HearthValue *hearth_plugin_to_json (HearthValue *plugin);

G_END_DECLS
