/* hearth-workspace-private.h: what the files of the workspace share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-credentials.h"
#include "hearth-ceilings.h"
#include "hearth-database.h"
#include "hearth-files.h"
#include "hearth-operation.h"
#include "hearth-outside.h"
#include "hearth-project-store.h"
#include "hearth-secrets.h"

G_BEGIN_DECLS

/* Counted, any thread. */
struct _HearthStorage
{
  HearthDataDir   *dir;
  HearthDatabase  *database; /* opened when first needed, by the storage thread, which alone looks at it */
  HearthSecrets   *secrets;
  gsize            max_results_bytes;
  gsize            backlog;          /* atomic: bytes of notes that are not written yet */
  gsize            max_backlog;      /* see hearth-notebook.c */
  gint             complained;       /* atomic: of something that could not be kept */
  gatomicrefcount  ref_count;
};

HearthStorage  *_hearth_storage_new             (const char       *root);
HearthStorage  *_hearth_storage_ref             (HearthStorage    *self);
void            _hearth_storage_unref           (HearthStorage    *self);
/* Borrowed. Storage thread only. */
HearthDatabase *_hearth_storage_open_database   (HearthStorage    *self,
                                                 GError          **error);
/* Directories, database, default user; with @install_demo the demo project and the templates. Storage thread only. */
gboolean        _hearth_storage_prepare         (HearthStorage    *self,
                                                 gboolean          install_demo,
                                                 GError          **error);

typedef struct _HearthCache     HearthCache;
typedef struct _HearthNotebook  HearthNotebook;
typedef struct _HearthModels    HearthModels;
typedef struct _HearthBooks     HearthBooks;

struct _HearthWorkspace
{
  GObject parent_instance;

  HearthStorage *storage;
  HearthCatalog *catalog;
  HearthQueue *queue;
  HearthSurroundings *live;  /* of every run that has none of its own */
  GPtrArray *surroundings;   /* with those, borrowed: they take themselves out */
  HearthBooks *books;        /* what calls to models cost */
  HearthModels *models;      /* the channels they go to */
  HearthValue *plugins;      /* a list: hearth-plugin-operations.h */

  GThreadPool *storage_pool; /* one thread: what is asked for first is done first */
  GThreadPool *helper_pool;  /* work that touches nothing of ours */

  GHashTable *documents;     /* key -> HearthDocument, borrowed: a document takes itself out */

  GHashTable *pending_runs;  /* run id -> HearthPendingRun, owned by its job or by @entering */
  GQueue entering;           /* of HearthPendingRun that need nothing more, in their order */
  guint entering_id;
  GHashTable *previews;      /* metadata.internalId -> id of the newest preview */
  GQueue finished_runs;      /* of HearthRun, newest first */

  /* Since the data folder was opened; NULL before, and then nothing is kept of a run. */
  HearthCache *cache;        /* also NULL when the settings allow it no room */
  HearthNotebook *notebook;
};

/* --- jobs ---------------------------------------------------------------------------- */

typedef struct _HearthJob HearthJob;

/* On a worker thread. Returns the answer, or NULL with an error. */
typedef gpointer (*HearthWork)     (HearthJob       *job,
                                    GError         **error);
/* On the main thread, when the work succeeded and before the caller hears of it. */
typedef void     (*HearthAnnounce) (HearthWorkspace *self,
                                    HearthJob       *job);

struct _HearthJob
{
  GTask *task; /* owned, or NULL */
  HearthClock *clock; /* of the run that asks, held until there is an answer; or NULL */
  HearthStorage *storage;
  HearthWork work;
  HearthAnnounce announce; /* or NULL */
  GDestroyNotify free_answer;

  char *project_id;
  char *workflow_id;
  char *text; /* a name, path or description, as the work wants */
  char *more_text;
  char **ids;
  HearthValue *value;
  GBytes *bytes;
  gboolean flag;
  gpointer origin;
  gpointer data;
  GDestroyNotify free_data;

  gpointer answer;
  GError *error;
};

/* Its answer is a HearthValue unless the caller says otherwise. */
HearthJob     *_hearth_job_new        (HearthWorkspace     *self,
                                       HearthWork           work,
                                       gpointer             source_tag,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
/* Nobody waits for its answer: it takes @data, is freed on its thread, and is worked off even when the
 * workspace goes meanwhile. */
HearthJob     *_hearth_job_new_silent (HearthStorage       *storage,
                                       HearthWork           work,
                                       gpointer             data,
                                       GDestroyNotify       free_data);
/* Hands it over to a thread of the pool. */
void           _hearth_job_push       (HearthJob           *self,
                                       GThreadPool         *pool);
GThreadPool   *_hearth_job_pool_new   (gint                 n_threads);

/* As hearth_workspace_save_workflow(), but what @workflow lacks is gone from the file. */
void           _hearth_workspace_save_whole (HearthWorkspace     *self,
                                             const char          *project_id,
                                             const char          *workflow_id,
                                             HearthValue         *workflow,
                                             gpointer             origin,
                                             GCancellable        *cancellable,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);

/* --- signals, runs, documents ------------------------------------------------------------ */

/* Fills the catalogue with our own nodes and those of @plugins (hearth_plugin_store_load(), or NULL). */
void           _hearth_workspace_take_plugins           (HearthWorkspace *self,
                                                         HearthValue     *plugins);
void           _hearth_workspace_emit_nodes_changed     (HearthWorkspace *self);
void           _hearth_workspace_emit_channels_changed  (HearthWorkspace *self);
void           _hearth_workspace_emit_projects_changed  (HearthWorkspace *self);
void           _hearth_workspace_emit_workflow_saved    (HearthWorkspace *self,
                                                         const char      *project_id,
                                                         HearthValue     *stored,
                                                         gpointer         origin);
void           _hearth_workspace_emit_workflow_deleted  (HearthWorkspace *self,
                                                         const char      *project_id,
                                                         const char      *workflow_id);

void           _hearth_workspace_init_runs              (HearthWorkspace *self);
void           _hearth_workspace_clear_runs             (HearthWorkspace *self);
/* A new run of the plan of @run, with all results that are kept; returns its id. @ceilings: of the new one; what @run
 * has spent counts against them. */
char          *_hearth_workspace_submit_again           (HearthWorkspace      *self,
                                                         HearthRun            *run,
                                                         const HearthCeilings *ceilings);

/* hearth-workspace-history.c: from now on runs are recorded, logged and reused. @known: workflows that
 * the disk has results of. */
void           _hearth_workspace_start_history          (HearthWorkspace   *self,
                                                         const char *const *known);
/* Hands over everything that is to be written, before the pools go. */
void           _hearth_workspace_end_history            (HearthWorkspace *self);

/* The document leaves (or enters) the table of open ones. */
void           _hearth_workspace_forget_document        (HearthWorkspace *self,
                                                         HearthDocument  *document);
void           _hearth_workspace_remember_document      (HearthWorkspace *self,
                                                         HearthDocument  *document);

G_END_DECLS
