/* hearth-workspace.h: the use cases: what window, server and command line can ask for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-catalog.h"
#include "hearth-data-dir.h"
#include "hearth-queue.h"

G_BEGIN_DECLS

typedef struct _HearthDocument HearthDocument;
typedef struct _HearthSurroundings HearthSurroundings;

/**
 * HearthRunRequest:
 * @graph: what to run; not changed by it
 * @mappings: of a payload, or NULL
 * @metadata: or NULL
 * @inputs: interface input key -> value, or NULL
 * @project_id: where workflows referenced by groups are found, or NULL
 * @directory: or a directory of workflow files instead, for `hearthctl run FILE`; or NULL
 * @preview: run only what is safe in a preview; replaces an older preview of the same
 *   metadata.internalId (engine.md 13)
 * @reuse: which earlier results stand for an execution
 * @anew: ids of nodes that run anew with all behind them, or NULL
 * @only: ids of nodes that alone are run, with all they depend on; or NULL for the whole graph
 * @is_final: nobody changes @graph any more, so that a thread may read it
 * @budget: ceilings of what its calls to models may cost (hearth-budget.h), or NULL: those of "budget" in @metadata, if
 *   it is there; ceilings that are none make the run fail with the reason
 * @surroundings: of its own, for a run that is recorded or replayed (hearth-surroundings.h), and for no second one; or
 *   NULL. Then results of earlier runs are not reused, and those of a replay not kept
 *
 * Filled by the caller, copied by the callee.
 */
typedef struct
{
  HearthGraph *graph;
  HearthValue *mappings;
  HearthValue *metadata;
  HearthValue *inputs;
  const char  *project_id;
  const char  *directory;
  gboolean     preview;
  HearthRunReuse     reuse;
  const char *const *anew;
  const char *const *only;
  gboolean     is_final;
  HearthValue *budget;
  HearthSurroundings *surroundings;
} HearthRunRequest;

#define HEARTH_TYPE_WORKSPACE (hearth_workspace_get_type ())
G_DECLARE_FINAL_TYPE (HearthWorkspace, hearth_workspace, HEARTH, WORKSPACE, GObject)

/* Signals (main thread):
 *  ::projects-changed
 *  ::workflows-changed (project_id)
 *  ::workflow-saved (project_id, workflow_id, stored value as gpointer HearthValue*, origin as gpointer)
 *  ::workflow-deleted (project_id, workflow_id)
 *  ::channels-changed: services of models were added, changed or deleted
 *  ::nodes-changed: the catalogue of nodes, or what is known of packs, is another
 * Runs: listen to the queue.
 */

/* @data_dir NULL: the usual place. Reads config.json; does not touch the disk otherwise. */
HearthWorkspace *hearth_workspace_new            (const char          *data_dir);
/* Directories, database, default user, the demo project on the very first start (when
 * @install_demo). */
void             hearth_workspace_open_async     (HearthWorkspace     *self,
                                                  gboolean             install_demo,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
gboolean         hearth_workspace_open_finish    (HearthWorkspace     *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);
HearthCatalog   *hearth_workspace_get_catalog    (HearthWorkspace     *self);
HearthQueue     *hearth_workspace_get_queue      (HearthWorkspace     *self);
HearthDataDir   *hearth_workspace_get_data_dir   (HearthWorkspace     *self);

/* The browser script of a node type, by the address its definition names (http-api.md 7.3). */
GBytes          *hearth_workspace_lookup_client_script (HearthWorkspace *self,
                                                        const char      *type_id,
                                                        const char      *url,
                                                        GError         **error);

/* --- requests that end in a value ---------------------------------------------------
 *
 * One finish for all: a new reference to the answer, or NULL with an error of
 * HEARTH_STORE_ERROR or HEARTH_PROTO_ERROR. The work happens on a thread, in the order asked
 * for each project. */
HearthValue     *hearth_workspace_finish         (HearthWorkspace     *self,
                                                  GAsyncResult        *result,
                                                  GError             **error);

void hearth_workspace_list_projects    (HearthWorkspace *self, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
void hearth_workspace_read_project     (HearthWorkspace *self, const char *project_id, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
void hearth_workspace_create_project   (HearthWorkspace *self, const char *name, const char *description,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void hearth_workspace_list_workflows   (HearthWorkspace *self, const char *project_id,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void hearth_workspace_read_workflow    (HearthWorkspace *self, const char *project_id, const char *workflow_id,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* @project_id NULL: in the shared library, without a signal. @workflow_id NULL creates. @origin: handed on in ::workflow-saved, so that the saver knows its own. */
void hearth_workspace_save_workflow    (HearthWorkspace *self, const char *project_id, const char *workflow_id,
                                        HearthValue *workflow, gpointer origin, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* Answers null. */
void hearth_workspace_delete_workflow  (HearthWorkspace *self, const char *project_id, const char *workflow_id,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Any file of a workflow or payload (hearthctl). At most HEARTH_MAX_WORKFLOW_BYTES. */
void hearth_workspace_read_file        (HearthWorkspace *self, const char *path, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* Parses on a thread; for bodies and frames too large for the main loop. */
void hearth_workspace_parse_json       (HearthWorkspace *self, GBytes *text, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);

#define HEARTH_MAX_WORKFLOW_BYTES (64u << 20)

/* --- running ----------------------------------------------------------------------------- */

/* Returns the id of the run at once (free it). The run itself appears in the queue
 * (HearthQueue::run-added) after the workflows its groups reference were read; it appears always,
 * if need be as one that fails with the reason. */
char            *hearth_workspace_submit         (HearthWorkspace        *self,
                                                  const HearthRunRequest *request);
/* Also one that has not reached the queue yet. FALSE: no such run waits or runs. */
gboolean         hearth_workspace_cancel         (HearthWorkspace        *self,
                                                  const char             *run_id);
/* A waiting, running or recently finished run (the last 50), or NULL. */
HearthRun       *hearth_workspace_lookup_run     (HearthWorkspace        *self,
                                                  const char             *run_id);
/* All workflows that @graph references, directly or not: id -> HearthGraph; for hearth_graph_check()
 * and hearth_plan_new(). Missing ones are simply absent. */
void             hearth_workspace_load_groups    (HearthWorkspace        *self,
                                                  HearthGraph            *graph,
                                                  const char             *project_id,
                                                  const char             *directory,
                                                  GCancellable           *cancellable,
                                                  GAsyncReadyCallback     callback,
                                                  gpointer                user_data);
GHashTable      *hearth_workspace_load_groups_finish (HearthWorkspace    *self,
                                                  GAsyncResult           *result,
                                                  GError                **error);

/* What is wrong with @graph (hearth_graph_check()), and which of its models cannot be asked, as far as channels have
 * been read: since hearth_workspace_open_async(), or hearth_workspace_load_channels(). */
GPtrArray       *hearth_workspace_check          (HearthWorkspace        *self,
                                                  HearthGraph            *graph,
                                                  GHashTable             *groups);
/* Reads the channels of models again, and makes nothing where there are none. hearth_workspace_finish() ends it. */
void             hearth_workspace_load_channels  (HearthWorkspace        *self,
                                                  GAsyncReadyCallback     callback,
                                                  gpointer                user_data);

/* --- documents -------------------------------------------------------------------------- */

/* One document per workflow: asking twice gives the same one. @workflow_id NULL: a new, unsaved
 * workflow of workflow-format.md 1.11. */
void             hearth_workspace_open_document  (HearthWorkspace        *self,
                                                  const char             *project_id,
                                                  const char             *workflow_id,
                                                  GCancellable           *cancellable,
                                                  GAsyncReadyCallback     callback,
                                                  gpointer                user_data);
HearthDocument  *hearth_workspace_open_document_finish (HearthWorkspace  *self,
                                                  GAsyncResult           *result,
                                                  GError                **error);

G_END_DECLS
