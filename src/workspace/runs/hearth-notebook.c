/* hearth-notebook.c: notes what every run tells and hands it to the threads that write it down
 *
 * The run waits for none of them. What they have not written yet is bounded instead: while more than
 * max_backlog waits, parts of streams and lines of nodes are not noted any more, and values stand as
 * omitted. States, times, errors and the outputs of runs are always kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-notebook.h"

#include "hearth-recorder.h"
#include "hearth-run-logger.h"
#include "hearth-i18n.h"

#define INTERVAL_MS 250
#define MAX_NOTES 5000

struct _HearthNotebook
{
  HearthQueue *queue;
  HearthStorage *storage;
  GThreadPool *storage_pool; /* of the workspace */
  GThreadPool *log_pool;     /* one thread */
  GHashTable *pages;         /* HearthRun -> Page, of runs that go on */
  HearthNotes *notes;        /* since the last time, or NULL */
  guint timeout_id;
};

/* One run that is followed. */
typedef struct
{
  HearthNotebook *notebook;
  HearthRun *run;        /* owned */
  HearthNotedRun *noted; /* owned */
  guint observer;
} Page;

/* --- to the threads -------------------------------------------------------------------------------- */

typedef struct
{
  HearthNotesWork work;
  HearthNotes *notes;
} Parcel;

static void
parcel_free (gpointer data)
{
  Parcel *self = data;

  _hearth_notes_unref (self->notes);
  g_free (self);
}

static gpointer
write_work (HearthJob *job,
            GError   **error)
{
  Parcel *parcel = job->data;

  return parcel->work (job->storage, parcel->notes, error) ? hearth_value_null () : NULL;
}

static void
send (HearthNotebook *self,
      HearthNotesWork work,
      GThreadPool    *pool)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->work = work;
  parcel->notes = _hearth_notes_ref (self->notes);
  _hearth_job_push (_hearth_job_new_silent (self->storage, write_work, parcel, parcel_free), pool);
}

void
_hearth_notebook_flush (HearthNotebook *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->notes == NULL)
    return;
  send (self, _hearth_recorder_write, self->storage_pool);
  send (self, _hearth_run_logger_write, self->log_pool);
  g_clear_pointer (&self->notes, _hearth_notes_unref);
}

static gboolean
timeout_cb (gpointer user_data)
{
  HearthNotebook *self = user_data;

  self->timeout_id = 0;
  _hearth_notebook_flush (self);
  return G_SOURCE_REMOVE;
}

/* --- what runs tell ----------------------------------------------------------------------------------- */

static gboolean
is_behind (HearthNotebook *self)
{
  return (gsize) g_atomic_pointer_get (&self->storage->backlog) > self->storage->max_backlog;
}

static gboolean
is_passing (HearthRunEventKind kind)
{
  return kind == HEARTH_EVENT_NODE_YIELD || kind == HEARTH_EVENT_INTERFACE_YIELD || kind == HEARTH_EVENT_LOG;
}

static void
note (Page                 *page,
      const HearthRunEvent *event)
{
  HearthNotebook *self = page->notebook;
  gboolean behind = is_behind (self);

  if (behind && is_passing (event->kind))
    return;
  if (self->notes == NULL)
    self->notes = _hearth_notes_new (self->storage);
  _hearth_notes_add (self->notes, page->noted, event, behind);
  if (self->notes->notes->len >= MAX_NOTES)
    _hearth_notebook_flush (self);
  else if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add (INTERVAL_MS, timeout_cb, self);
}

static void
event_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  if (event->kind != HEARTH_EVENT_INTERFACE_OUTPUTS && event->kind != HEARTH_EVENT_NODE_ASKS)
    note (user_data, event);
}

/* A run that has not ended by now never will: its end is written for it. */
static void
note_end (Page *page)
{
  const HearthRunEvent event = {
    .kind = HEARTH_EVENT_STATUS,
    .run = page->run,
    .status = HEARTH_RUN_INTERRUPTED,
    .message = _("Hearth was ended while this run went on."),
  };

  note (page, &event);
}

/* --- runs come and go ------------------------------------------------------------------------------------ */

static void
page_free (gpointer data)
{
  Page *self = data;

  hearth_run_remove_observer (self->run, self->observer);
  _hearth_noted_run_unref (self->noted);
  g_object_unref (self->run);
  g_free (self);
}

/* A preview leaves no traces (engine.md 13). */
static gboolean
is_preview (HearthRun *run)
{
  return hearth_value_get_member_boolean (hearth_run_get_metadata (run), "isPreviewRun", FALSE);
}

static void
run_added_cb (HearthQueue *queue,
              HearthRun   *run,
              gpointer     user_data)
{
  HearthNotebook *self = user_data;
  Page *page;

  if (is_preview (run))
    return;
  page = g_new0 (Page, 1);
  page->notebook = self;
  page->run = g_object_ref (run);
  page->noted = _hearth_noted_run_new (run, self->storage->dir);
  page->observer = hearth_run_add_observer (run, event_cb, page, NULL);
  g_hash_table_insert (self->pages, run, page);
}

/* Outside of the run's own news, so that the observer may go. */
static void
run_finished_cb (HearthQueue *queue,
                 HearthRun   *run,
                 gpointer     user_data)
{
  HearthNotebook *self = user_data;

  g_hash_table_remove (self->pages, run);
}

HearthNotebook *
_hearth_notebook_new (HearthQueue   *queue,
                      HearthStorage *storage,
                      GThreadPool   *pool)
{
  HearthNotebook *self = g_new0 (HearthNotebook, 1);

  self->queue = g_object_ref (queue);
  self->storage = _hearth_storage_ref (storage);
  self->storage_pool = pool;
  self->log_pool = _hearth_job_pool_new (1);
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, page_free);
  g_signal_connect (queue, "run-added", G_CALLBACK (run_added_cb), self);
  g_signal_connect (queue, "run-finished", G_CALLBACK (run_finished_cb), self);
  return self;
}

void
_hearth_notebook_free (HearthNotebook *self)
{
  GHashTableIter iter;
  gpointer page;

  g_signal_handlers_disconnect_by_data (self->queue, self);
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    note_end (page);
  g_hash_table_unref (self->pages);
  _hearth_notebook_flush (self);
  g_thread_pool_free (self->log_pool, FALSE, TRUE);
  _hearth_storage_unref (self->storage);
  g_object_unref (self->queue);
  g_free (self);
}
