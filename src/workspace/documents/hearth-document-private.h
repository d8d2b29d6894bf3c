/* hearth-document-private.h: what the files of a document share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-document.h"
#include "hearth-workspace-private.h"

G_BEGIN_DECLS

struct _HearthDocument
{
  GObject parent_instance;

  HearthWorkspace *workspace;
  HearthGraph *graph;
  HearthHistory *history;
  char *project_id;
  char *workflow_id; /* NULL: there is no file */

  /* saving */
  char *title;
  gboolean modified;   /* as last told */
  gboolean saving;
  gboolean mark_lied;  /* the history's mark is not what lies on disk */
  HearthValue *theirs; /* what somebody else saved, while we have edits of our own */
  gboolean theirs_replaced; /* and what we have saved over since */

  /* node groups: ids whose interfaces the graph has been told */
  GHashTable *references;
  GCancellable *cancellable;

  /* running */
  HearthRun *run;
  guint observer;
  char *promised_run; /* id of a run of ours that is not in the queue yet */
  GHashTable *streams; /* node id -> GString */
};

enum
{
  HEARTH_DOCUMENT_PROP_TITLE = 1,
  HEARTH_DOCUMENT_PROP_MODIFIED,
  HEARTH_DOCUMENT_PROP_RUN,
  HEARTH_DOCUMENT_N_PROPS,
};

enum
{
  HEARTH_DOCUMENT_CONFLICT,
  HEARTH_DOCUMENT_RELOADED,
  HEARTH_DOCUMENT_RUN_EVENT,
  HEARTH_DOCUMENT_N_SIGNALS,
};

extern GParamSpec *_hearth_document_properties[HEARTH_DOCUMENT_N_PROPS];
extern guint       _hearth_document_signals[HEARTH_DOCUMENT_N_SIGNALS];

/* @workflow_id NULL: never saved. */
HearthDocument *_hearth_document_new             (HearthWorkspace *workspace,
                                                  const char      *project_id,
                                                  const char      *workflow_id,
                                                  HearthGraph     *graph);
/* The id runs and files go by; also before the first save. */
const char     *_hearth_document_get_future_id   (HearthDocument  *self);
/* Tells "modified" and "title" when they are no longer what was told last. */
void            _hearth_document_update          (HearthDocument  *self);

/* hearth-document-sync.c */
void            _hearth_document_watch_workspace (HearthDocument  *self);

/* hearth-document-groups.c */
void            _hearth_document_watch_groups    (HearthDocument  *self);
void            _hearth_document_load_groups     (HearthDocument  *self);

/* hearth-document-run.c */
/* All of it, in surroundings of its own. */
void            _hearth_document_run_in          (HearthDocument  *self,
                                                  HearthSurroundings *surroundings);
void            _hearth_document_watch_runs      (HearthDocument  *self);
void            _hearth_document_leave_run       (HearthDocument  *self);

G_END_DECLS
