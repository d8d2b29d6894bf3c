/* hearth-plugin-file.h: files of a pack, which may be anybody's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

#define HEARTH_PLUGIN_MAX_ASSET_BYTES ((gsize) 64 << 20)

/* The real path of @relative in the pack's @folder. Fails with HEARTH_STORE_ERROR: NAME when it is no harmless
 * path or a link leads it out of the folder, NOT_FOUND when there is nothing. Blocking. */
char        *hearth_plugin_file_find      (const char  *folder,
                                           const char  *relative,
                                           GError     **error);
/* A whole plain file; @max_bytes at most. Blocking. */
GBytes      *hearth_plugin_file_read      (const char  *folder,
                                           const char  *relative,
                                           gsize        max_bytes,
                                           GError     **error);
HearthValue *hearth_plugin_file_read_json (const char  *folder,
                                           const char  *relative,
                                           gsize        max_bytes,
                                           GError     **error);

G_END_DECLS
