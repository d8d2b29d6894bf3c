/* hearth-recording-store.h: recordings of runs in the folder of their project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"

G_BEGIN_DECLS

/* The folder "recordings" of a project, whether it is there or not; NULL when no project can have that id. */
char *hearth_recording_store_dup_folder (HearthDataDir *dir,
                                         const char    *project_id);
/* A new, empty file in it, named after @title and the time, that only its owner may read; makes the folder if need be.
 * Returns its path. Blocking. */
char *hearth_recording_store_create     (HearthDataDir *dir,
                                         const char    *project_id,
                                         const char    *title,
                                         GError       **error);

G_END_DECLS
