/* hearth-plugin-manifest.h: plugin.yaml, what a pack says about itself (http-api.md 17.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

#define HEARTH_PLUGIN_MANIFEST "plugin.yaml"

/* The manifest as an object, checked: what is known has the right kind, and names and paths are harmless.
 * Unknown members stay. NULL with HEARTH_STORE_ERROR_INVALID and a sentence that names the line. */
HearthValue *hearth_plugin_manifest_parse     (const char  *text,
                                               gsize        length,
                                               GError     **error);
/* A path within a pack as its files write it: relative, with slashes, without "." and ".." and without hidden
 * folders; "./" in front is allowed. */
gboolean     hearth_plugin_path_is_safe       (const char  *path);
/* Letters, digits, ".", "_" and "-", at most 64, not beginning with a sign; not "core", which is ours. */
gboolean     hearth_plugin_name_is_usable     (const char  *name);

G_END_DECLS
