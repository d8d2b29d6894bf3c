/* hearth-surroundings.h: what a run has around it: everything that leads outside, and chance
 *
 * All ordinary runs of a workspace share one. A run that is recorded, or replayed from a recording, has one of its own,
 * so that it neither disturbs the others nor is disturbed by them (docs/record-and-replay.md).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-edit.h"
#include "hearth-workspace.h"

G_BEGIN_DECLS

/* Main thread. A service of its run.
 * Signal ::over: its run has ended, and what was recorded is on the disk, or hearth_surroundings_get_error() says why
 * not. */
#define HEARTH_TYPE_SURROUNDINGS (hearth_surroundings_get_type ())
G_DECLARE_FINAL_TYPE (HearthSurroundings, hearth_surroundings, HEARTH, SURROUNDINGS, GObject)

typedef enum
{
  HEARTH_SURROUNDINGS_LIVE,     /* calls leave */
  HEARTH_SURROUNDINGS_RECORDED, /* they leave, and are written down */
  HEARTH_SURROUNDINGS_REPLAYED, /* none leaves; time does not pass, either */
} HearthSurroundingsKind;

/* For one run (HearthRunRequest), whose calls are written into the file @path; hearth_workspace_surroundings_finish()
 * ends it. */
void                   hearth_workspace_record_async         (HearthWorkspace     *self,
                                                              const char          *path,
                                                              GCancellable        *cancellable,
                                                              GAsyncReadyCallback  callback,
                                                              gpointer             user_data);
/* The same with a new file in the folder "recordings" of a project, named after @title and the time. */
void                   hearth_workspace_record_in_project_async (HearthWorkspace  *self,
                                                              const char          *project_id,
                                                              const char          *title,
                                                              GCancellable        *cancellable,
                                                              GAsyncReadyCallback  callback,
                                                              gpointer             user_data);
/* For one run whose calls are answered out of the file @path. */
void                   hearth_workspace_replay_async         (HearthWorkspace     *self,
                                                              const char          *path,
                                                              GCancellable        *cancellable,
                                                              GAsyncReadyCallback  callback,
                                                              gpointer             user_data);
/* Where those are, whether there are any or not; NULL when no project can have that id. */
char                  *hearth_workspace_dup_recordings       (HearthWorkspace     *self,
                                                              const char          *project_id);
/* New reference, or NULL when the file cannot be written, or is no recording. */
HearthSurroundings    *hearth_workspace_surroundings_finish  (HearthWorkspace     *self,
                                                              GAsyncResult        *result,
                                                              GError             **error);

HearthSurroundingsKind hearth_surroundings_get_kind          (HearthSurroundings  *self);
/* The recording; NULL when it is live. */
const char            *hearth_surroundings_get_path          (HearthSurroundings  *self);
/* Calls recorded so far, or in the recording that is replayed. */
guint                  hearth_surroundings_get_n_calls       (HearthSurroundings  *self);
/* Before its run is submitted: what nodes change in themselves (hearth-before-run.h), by its chance, as part of @edit on
 * @graph. A replay makes the changes that were made when it was recorded. */
void                   hearth_surroundings_prepare           (HearthSurroundings  *self,
                                                              HearthEdit          *edit,
                                                              HearthGraph         *graph);
gboolean               hearth_surroundings_is_over           (HearthSurroundings  *self);
/* Why the recording is not on the disk; borrowed, or NULL. */
const GError          *hearth_surroundings_get_error         (HearthSurroundings  *self);

G_END_DECLS
