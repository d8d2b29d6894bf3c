/* hearth-panel-files.h: the files that a panel keeps for itself (http-api.md 16.6)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They lie in the project's `panel_data/<panel>`, and nothing here leads out of it. @path is "a/b.txt" in
 * there, "" for all of it. All functions block, any thread; errors are those of hearth-file-store.h.
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

/* Of a folder an array of {"name", "path", "type": "file" or "directory", "size", "lastModified"}; of a file
 * {"root", "path"}: where it is on the disk, for hearth_open_file_new_beneath(). */
HearthValue *hearth_panel_files_look          (HearthDataDir *dir,
                                               const char    *project_id,
                                               const char    *panel_id,
                                               const char    *path,
                                               GError       **error);
/* The file at @place on the disk becomes the one at @path, in place of what is there; the folders above
 * are made. */
gboolean     hearth_panel_files_take          (HearthDataDir *dir,
                                               const char    *project_id,
                                               const char    *panel_id,
                                               const char    *path,
                                               const char    *place,
                                               GError       **error);
gboolean     hearth_panel_files_create_folder (HearthDataDir *dir,
                                               const char    *project_id,
                                               const char    *panel_id,
                                               const char    *path,
                                               GError       **error);
/* For ever. @recursive: folders with what is in them; without, HEARTH_STORE_ERROR_EXISTS for such a folder. */
gboolean     hearth_panel_files_delete        (HearthDataDir *dir,
                                               const char    *project_id,
                                               const char    *panel_id,
                                               const char    *path,
                                               gboolean       recursive,
                                               GError       **error);

G_END_DECLS
