/* hearth-notes.h: what runs told, on its way to the threads that write it down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-outline.h"
#include "hearth-workspace-private.h"

G_BEGIN_DECLS

/* In place of a value that was left out (hearth-notebook.c says when): {"$omitted": true}. */
#define HEARTH_OMITTED_KEY "$omitted"

/* What the threads know of a run. Counted: the notes of the run keep it. */
typedef struct
{
  gatomicrefcount ref_count;
  char           *id;
  HearthValue    *metadata; /* or NULL */
  gint64          submitted_ms, started_ms; /* Unix time; the second 0 before */
  HearthOutline   outline;
  char           *log_path;
  GHashTable     *begun;    /* storage thread only: node id -> HearthStepRow, begun and not ended */
  GString        *lines;    /* log thread only: not in the file yet */
} HearthNotedRun;

HearthNotedRun *_hearth_noted_run_new   (HearthRun      *run,
                                         HearthDataDir  *dir);
void            _hearth_noted_run_unref (HearthNotedRun *self);

/* One event. Texts lie in the HearthNotes, values are owned by them. */
typedef struct
{
  HearthNotedRun    *run;
  HearthRunEventKind kind;
  HearthRunStatus    status;
  gint64             time_ms;
  gint64             started_ms; /* of STATUS: the run, 0 before */
  const char        *node_id;    /* or the key of an interface output */
  const char        *type_id;
  const char        *message;
  const char        *why;
  HearthValue       *value;      /* of STATUS: the outputs of the run */
  HearthValue       *input;      /* or NULL */
  double             duration_ms;
  guint              attempt;
  guint              delay_ms;
  gboolean           last;
  gboolean           reused;
} HearthNote;

/* Notes in the order of their events, of all runs. Filled on the main thread, then shared and never changed. */
typedef struct
{
  gatomicrefcount ref_count;
  HearthStorage  *storage;  /* whose backlog they are */
  GArray         *notes;    /* of HearthNote */
  GStringChunk   *texts;
  gsize           bytes;    /* they hold, about */
} HearthNotes;

HearthNotes    *_hearth_notes_new       (HearthStorage        *storage);
HearthNotes    *_hearth_notes_ref       (HearthNotes          *self);
void            _hearth_notes_unref     (HearthNotes          *self);
/* @spare: values stand as omitted, but for the outputs of the run. */
void            _hearth_notes_add       (HearthNotes          *self,
                                         HearthNotedRun       *run,
                                         const HearthRunEvent *event,
                                         gboolean              spare);
#define         _hearth_notes_at(n, i)  (&g_array_index ((n)->notes, HearthNote, (i)))

/* On a thread, with everything that was noted since the last time. */
typedef gboolean (*HearthNotesWork)     (HearthStorage     *storage,
                                         const HearthNotes *notes,
                                         GError           **error);

G_END_DECLS
