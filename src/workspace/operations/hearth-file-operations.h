/* hearth-file-operations.h: what can be asked about files behind logical paths (http-api.md 13)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-file-store.h"
#include "hearth-open-file.h"
#include "hearth-operation.h"

G_BEGIN_DECLS

/* logicalPath, ensureExists */
extern const HearthOperation hearth_operation_list_files;
/* logicalPath, content */
extern const HearthOperation hearth_operation_write_json;
/* parentLogicalPath, dirName */
extern const HearthOperation hearth_operation_create_folder;
/* logicalPath, newName */
extern const HearthOperation hearth_operation_rename_file;

/* Many files at once. These succeed even when they did not for each: the answer is {"items": of those
 * that were done, "errors": [{"path" or "name", "message"}], "code": why the others were not, a
 * HearthStoreError}. With `moved`, items have "sourcePath" as well. */
/* sourcePaths, targetParentPath */
extern const HearthOperation hearth_operation_move_files;
/* logicalPaths */
extern const HearthOperation hearth_operation_delete_files;
/* logicalPath, files: [{"name","path"}] on the disk, which are moved to their place */
extern const HearthOperation hearth_operation_take_files;

/* Of the window, not of the web: */
/* endings: ["json"], projectId?: the logical paths of such files in the libraries and the project ("project://…") */
extern const HearthOperation hearth_operation_find_files;
/* path: on the disk, projectId: it becomes a file of the project; {"logicalPath": "project://…"} */
extern const HearthOperation hearth_operation_import_file;

/* --- open files: no JSON, so no operations --------------------------------------------------- */

/* @root: NULL for a logical @path, else a folder that @path lies below. */
void            hearth_workspace_open_file        (HearthWorkspace    *self,
                                                   const char         *root,
                                                   const char         *path,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
HearthOpenFile *hearth_workspace_open_file_finish (HearthWorkspace    *self,
                                                   GAsyncResult       *result,
                                                   GError            **error);

/**
 * HearthFileText:
 * @type: "application/json" or "text/plain;charset=utf-8"; NULL of a file that is empty or null
 *
 * A file as those see it that want to read settings: http-api.md 13.3.
 */
typedef struct
{
  GBytes     *bytes;
  const char *type;
} HearthFileText;

void            hearth_file_text_free             (HearthFileText     *self);
/* A file that is not there reads as empty. */
void            hearth_workspace_read_text        (HearthWorkspace    *self,
                                                   const char         *path,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
HearthFileText *hearth_workspace_read_text_finish (HearthWorkspace    *self,
                                                   GAsyncResult       *result,
                                                   GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthFileText, hearth_file_text_free)

G_END_DECLS
