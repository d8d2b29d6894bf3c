/* hearth-store-private.h: what the files of this room share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-project-store.h"

#include <sys/types.h>

G_BEGIN_DECLS

/* Project files are small; workflows may carry pictures as text. */
#define HEARTH_MAX_PROJECT_BYTES ((gsize) 4 << 20)
#define HEARTH_MAX_STORED_BYTES ((gsize) 64 << 20)

/* Only one at a time may change a project (NULL: the shared library), whoever asks; released with the
 * variable. */
typedef struct _HearthProjectLock HearthProjectLock;

HearthProjectLock *_hearth_project_lock_take      (HearthDataDir      *dir,
                                                   const char         *project_id);
void               _hearth_project_lock_release   (HearthProjectLock  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthProjectLock, _hearth_project_lock_release)

/* Writes updatedAt; a project that cannot be touched is no reason to fail (storage.md 9). */
void               _hearth_project_touch          (HearthDataDir      *dir,
                                                   const char         *project_id);
gboolean           _hearth_store_write_json       (const char         *path,
                                                   HearthValue        *value,
                                                   GError            **error);
/* The same in a file for its owner alone. */
gboolean           _hearth_store_write_private    (const char         *path,
                                                   HearthValue        *value,
                                                   GError            **error);
/* hearth_file_write_atomically(); errors name @shown in place of the path. @mode: of a file that was not there. */
gboolean           _hearth_file_write_as          (const char         *path,
                                                   const char         *shown,
                                                   mode_t              mode,
                                                   const char         *data,
                                                   gsize               length,
                                                   GError            **error);
/* A message out of a path and errno. Returns FALSE. */
gboolean           _hearth_store_fail             (GError            **error,
                                                   const char         *path,
                                                   int                 code);
/* Moves @path into @bin as `<name without suffix>_<time><suffix>`; returns the place. */
char              *_hearth_store_throw_away       (const char         *path,
                                                   const char         *bin,
                                                   const char         *suffix,
                                                   GError            **error);
/* TRUE when @path, with every symbolic link followed, lies in @base; a path that does not exist
 * leads nowhere and counts as inside. */
gboolean           _hearth_store_is_inside        (const char         *base,
                                                   const char         *path);
/* The project's folder or its workflows (without a project, those of the shared library); NULL with an error when the id is no id, or when a link
 * leads it out of the projects. */
char              *_hearth_store_dup_project      (HearthDataDir      *dir,
                                                   const char         *project_id,
                                                   GError            **error);
char              *_hearth_store_dup_workflows    (HearthDataDir      *dir,
                                                   const char         *project_id,
                                                   GError            **error);

/* A workflow to be created, in the order the reference writes its members; what it does not know
 * comes last. */
HearthValue       *_hearth_workflow_new_stored    (HearthValue        *members);
/* @members over @base (or NULL: over nothing), with the id, times and version that are due. */
HearthValue       *_hearth_workflow_renew         (HearthValue        *stored,
                                                   HearthValue        *base,
                                                   HearthValue        *members,
                                                   const char         *id);

G_END_DECLS
