/* hearth-document.h: a workflow that is open for editing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-history.h"
#include "hearth-workspace.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_DOCUMENT (hearth_document_get_type ())
G_DECLARE_FINAL_TYPE (HearthDocument, hearth_document, HEARTH, DOCUMENT, GObject)

/* Properties, all with notify: "title" (string), "modified" (boolean), "run" (HearthRun or NULL:
 * the newest run of this workflow, wherever it was started).
 * Signals:
 *  ::conflict   the file was changed elsewhere while this document has unsaved edits; answer with
 *               hearth_document_take_theirs() or hearth_document_keep_mine()
 *  ::reloaded   it was changed elsewhere and taken over (as one step of the history)
 *  ::run-event (gpointer HearthRunEvent)  everything the current run tells
 */

HearthWorkspace *hearth_document_get_workspace   (HearthDocument *self);
const char      *hearth_document_get_project_id  (HearthDocument *self);
const char      *hearth_document_get_workflow_id (HearthDocument *self);  /* NULL: never saved */
const char      *hearth_document_get_title       (HearthDocument *self);
gboolean         hearth_document_is_modified     (HearthDocument *self);
HearthGraph     *hearth_document_get_graph       (HearthDocument *self);
HearthHistory   *hearth_document_get_history     (HearthDocument *self);
HearthRun       *hearth_document_get_run         (HearthDocument *self);
/* Streamed text of a node in the current run so far, or NULL. */
const char      *hearth_document_get_stream_text (HearthDocument *self,
                                                  const char     *node_id);

/* @name NULL keeps the name; a new document needs one. A first save under a taken name is
 * refused with HEARTH_STORE_ERROR_EXISTS. */
void             hearth_document_save_async      (HearthDocument      *self,
                                                  const char          *name,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
gboolean         hearth_document_save_finish     (HearthDocument      *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
/* Does what browser scripts do before a run (as an edit that can be undone), then submits the
 * graph as it stands, saved or not. Returns the run's id. */
char            *hearth_document_run             (HearthDocument *self);
/* The same, but these nodes and all behind them run anew, whatever results there are. */
char            *hearth_document_run_from        (HearthDocument *self,
                                                  const char *const *node_ids);
/* Only these nodes and what they depend on. */
char            *hearth_document_run_to          (HearthDocument *self,
                                                  const char *const *node_ids);
char            *hearth_document_run_anew        (HearthDocument *self);
/* Runs it as well, without results of earlier runs: with its calls recorded into a new file of the project, or answered
 * from the recording @path; a replay leaves the graph as it is. hearth_document_surroundings_finish() ends both as soon
 * as the run is submitted; that its file is written, the surroundings tell (hearth-surroundings.h). */
void             hearth_document_record_async    (HearthDocument      *self,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
void             hearth_document_replay_async    (HearthDocument      *self,
                                                  const char          *path,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
/* New reference; NULL when the file cannot be written, or is no recording. */
HearthSurroundings *hearth_document_surroundings_finish (HearthDocument *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
void             hearth_document_stop            (HearthDocument *self);
/* A pinned node does not run; it gives out @outputs, an object, until it is unpinned with NULL. One step
 * of the history. */
void             hearth_document_set_pinned      (HearthDocument *self,
                                                  const char     *node_id,
                                                  HearthValue    *outputs);
/* Borrowed, or NULL: the node is not pinned. */
HearthValue     *hearth_document_get_pinned      (HearthDocument *self,
                                                  const char     *node_id);
void             hearth_document_take_theirs     (HearthDocument *self);
void             hearth_document_keep_mine       (HearthDocument *self);

G_END_DECLS
