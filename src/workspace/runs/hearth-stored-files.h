/* hearth-stored-files.h: the user's files, for nodes that read one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-files.h"
#include "hearth-surroundings.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_STORED_FILES (hearth_stored_files_get_type ())
G_DECLARE_FINAL_TYPE (HearthStoredFiles, hearth_stored_files, HEARTH, STORED_FILES, GObject)

/* Of @surroundings, which may go first. */
HearthFiles *_hearth_stored_files_new  (HearthSurroundings  *surroundings);
/* What the files are like now: hearth_workspace_finish() has path -> state, for hearth_run_set_file_states(). */
void         _hearth_stored_files_look (HearthWorkspace     *workspace,
                                        const char *const   *paths,
                                        const char          *project_id,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);

G_END_DECLS
