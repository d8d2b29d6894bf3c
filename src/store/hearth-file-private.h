/* hearth-file-private.h: what the files behind hearth-file-store.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-file-store.h"
#include "hearth-logical-path.h"
#include "hearth-store-private.h"

#include <sys/types.h>

G_BEGIN_DECLS

/**
 * HearthPlace:
 * @path: of an entry, with every link in the folders above it followed
 * @folder: the folder it is in, open
 * @lock: of the project it is in, or NULL
 *
 * Where an entry is, or is to be. The entry itself may be a link, which stands for itself.
 */
typedef struct
{
  HearthLogicalPath *path;
  int                folder;
  HearthProjectLock *lock;
} HearthPlace;

#define HEARTH_PLACE_INIT { NULL, -1, NULL }

/* @path: not a root. @make: makes missing folders. */
gboolean     _hearth_place_enter   (HearthPlace             *self,
                                    HearthDataDir           *dir,
                                    const HearthLogicalPath *path,
                                    gboolean                 make,
                                    GError                 **error);
void         _hearth_place_leave   (HearthPlace             *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthPlace, _hearth_place_leave)

/* The folder named @path to put something into: refuses what is read only, and "shared://". */
HearthLogicalPath *_hearth_file_parent (HearthDataDir       *dir,
                                        const char          *path,
                                        GError             **error);
/* "directory" or "file" */
const char  *_hearth_file_kind     (mode_t                   mode);
/* {"name","logicalPath","itemType"} */
HearthValue *_hearth_file_describe (const HearthLogicalPath *path,
                                    mode_t                   mode);

/* The entry @name of @folder with all that is in it, for ever. Links are not followed. */
gboolean     _hearth_tree_delete   (int                      folder,
                                    const char              *name,
                                    const char              *shown,
                                    GError                 **error);
/* A copy of the entry @name of @from as @to_name in @to, where nothing has that name. When it fails nothing
 * of the copy stays. Pipes and devices are refused. */
gboolean     _hearth_tree_copy     (int                      from,
                                    const char              *name,
                                    int                      to,
                                    const char              *to_name,
                                    const char              *shown,
                                    GError                 **error);

G_END_DECLS
