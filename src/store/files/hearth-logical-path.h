/* hearth-logical-path.h: "user://projects/a.json": files as web pages know them (storage.md 7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"

G_BEGIN_DECLS

#define HEARTH_LOGICAL_PATH_MAX_DEPTH 128

/**
 * HearthLogicalPath:
 * @normal: without detours and without a slash at the end, but for the one of "user://"
 * @root: the folder that stands behind the scheme, or behind the first part of it; NULL for "shared://",
 *   which is no single folder
 * @below: the way from @root, "" for @root itself
 * @writable: FALSE for what may be read only
 *
 * Where a logical path leads. Nothing has been looked up on the disk: see hearth-beneath.h for that.
 */
typedef struct
{
  char    *normal;
  char    *root;
  char    *below;
  gboolean writable;
} HearthLogicalPath;

/* HEARTH_STORE_ERROR_NAME when it is no logical path, HEARTH_STORE_ERROR_DENIED for places that are
 * not open to web pages: of system:// only system://public is, to be read (storage.md 7.3). */
HearthLogicalPath *hearth_logical_path_new          (HearthDataDir           *dir,
                                                     const char              *text,
                                                     GError                 **error);
void               hearth_logical_path_free         (HearthLogicalPath       *self);
/* @name: checked with hearth_file_name_check() by the caller. */
HearthLogicalPath *hearth_logical_path_dup_child    (const HearthLogicalPath *self,
                                                     const char              *name);
/* The last part, "" for a root. */
const char        *hearth_logical_path_get_name     (const HearthLogicalPath *self);
/* May the entry be moved, renamed (storage.md 8) or deleted? Compares @normal. */
gboolean           hearth_logical_path_may_move     (const HearthLogicalPath *self);
gboolean           hearth_logical_path_may_delete   (const HearthLogicalPath *self);

/* A new name for a file or folder: one part, no control characters, no device of other systems, at
 * most 255 bytes. */
gboolean           hearth_file_name_check           (const char              *name,
                                                     GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthLogicalPath, hearth_logical_path_free)

G_END_DECLS
