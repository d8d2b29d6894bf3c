/* hearth-recorder.c: writes down every run
 *
 * Only references are taken while the run goes on; texts are made of them on the storage thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-recorder.h"

#include "hearth-id.h"
#include "hearth-runs-table.h"
#include "hearth-snapshot.h"

struct _HearthRecorder
{
  HearthQueue *queue;
  HearthWriter *writer;
  GHashTable *records; /* HearthRun -> Record, of runs that go on */
};

/* One run that is being written down. */
typedef struct
{
  HearthRecorder *recorder;
  HearthRun *run;    /* owned */
  guint observer;
  GHashTable *steps; /* node id -> HearthStepRow, begun and not ended */
} Record;

/* One row to be written; one of the two. */
typedef struct
{
  HearthRunRow *run;
  HearthStepRow *step;
  HearthSnapshot *snapshot; /* with a step, or NULL */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_clear_pointer (&self->run, hearth_run_row_free);
  g_clear_pointer (&self->step, hearth_step_row_free);
  g_clear_pointer (&self->snapshot, _hearth_snapshot_unref);
  g_free (self);
}

/* --- on the storage thread ------------------------------------------------------------------------ */

static void
complete_step (Entry *entry)
{
  HearthStepRow *step = entry->step;

  if (entry->snapshot == NULL)
    return;
  step->type_id = _hearth_snapshot_dup_type (entry->snapshot, step->node_id);
  step->input = _hearth_snapshot_dup_inputs (entry->snapshot, step->node_id);
}

/* Of a run that was quick all its states are here; only the last one matters. */
static GPtrArray *
pick_runs (GPtrArray *entries)
{
  GPtrArray *runs = g_ptr_array_new ();
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      HearthRunRow *run = ((Entry *) g_ptr_array_index (entries, i))->run;
      gpointer place;

      if (run == NULL)
        continue;
      if (g_hash_table_lookup_extended (places, run->id, NULL, &place))
        runs->pdata[GPOINTER_TO_UINT (place)] = run;
      else
        {
          g_hash_table_insert (places, run->id, GUINT_TO_POINTER (runs->len));
          g_ptr_array_add (runs, run);
        }
    }
  return runs;
}

static gboolean
write_work (HearthStorage *storage,
            GPtrArray     *entries,
            GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autoptr (GPtrArray) runs = NULL;
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  if (database == NULL)
    return FALSE;
  runs = pick_runs (entries);
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      if (entry->step == NULL)
        continue;
      complete_step (entry);
      g_ptr_array_add (steps, entry->step);
    }
  return hearth_runs_table_put (database, runs, steps, error);
}

/* --- rows ------------------------------------------------------------------------------------------- */

static HearthRunRow *
make_run_row (HearthRun *run)
{
  HearthValue *metadata = hearth_run_get_metadata (run);
  HearthRunRow *row = g_new0 (HearthRunRow, 1);

  row->id = g_strdup (hearth_run_get_id (run));
  row->workflow_id = g_strdup (hearth_value_get_member_string (metadata, "workflowId", NULL));
  row->workflow_name = g_strdup (hearth_value_get_member_string (metadata, "workflowName", NULL));
  row->project_id = g_strdup (hearth_value_get_member_string (metadata, "projectId", NULL));
  row->status = g_strdup (hearth_run_status_to_string (hearth_run_get_status (run)));
  row->message = g_strdup (hearth_run_get_message (run));
  row->submitted_ms = hearth_run_get_submitted_ms (run);
  row->started_ms = hearth_run_get_started_ms (run);
  if (hearth_run_status_is_final (hearth_run_get_status (run)))
    {
      row->ended_ms = hearth_time_now_ms ();
      row->duration_ms = hearth_run_get_duration_ms (run);
      row->outputs = hearth_value_ref_or_null (hearth_run_get_outputs (run));
    }
  return row;
}

static void
put_run (Record *record)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->run = make_run_row (record->run);
  _hearth_writer_add (record->recorder->writer, entry);
}

static HearthStepRow *
step_row_new (Record     *record,
              const char *node_id)
{
  HearthStepRow *step = g_new0 (HearthStepRow, 1);

  step->run_id = g_strdup (hearth_run_get_id (record->run));
  step->node_id = g_strdup (node_id);
  step->tries = 1;
  return step;
}

/* Takes the row out of those that were begun, or makes one for a node that never ran. */
static HearthStepRow *
take_step (Record     *record,
           const char *node_id)
{
  gpointer step;

  if (g_hash_table_steal_extended (record->steps, node_id, NULL, &step))
    return step;
  return step_row_new (record, node_id);
}

/* Takes @step. */
static void
put_step (Record        *record,
          HearthStepRow *step,
          const char    *state)
{
  HearthSnapshot *snapshot = _hearth_snapshot_get_of_run (record->run);
  Entry *entry = g_new0 (Entry, 1);

  step->state = g_strdup (state);
  entry->step = step;
  entry->snapshot = snapshot != NULL ? _hearth_snapshot_ref (snapshot) : NULL;
  _hearth_writer_add (record->recorder->writer, entry);
}

/* --- what a run tells ---------------------------------------------------------------------------------- */

static void
step_begun (Record               *record,
            const HearthRunEvent *event)
{
  HearthStepRow *step = step_row_new (record, event->node_id);

  step->started_ms = hearth_time_now_ms ();
  step->why = g_strdup (event->why);
  g_hash_table_replace (record->steps, step->node_id, step);
}

static void
step_tried (Record               *record,
            const HearthRunEvent *event)
{
  HearthStepRow *step = g_hash_table_lookup (record->steps, event->node_id);

  if (step != NULL)
    step->tries = event->attempt;
}

static void
step_ended (Record               *record,
            const HearthRunEvent *event,
            const char           *state)
{
  HearthStepRow *step = take_step (record, event->node_id);

  step->ended_ms = hearth_time_now_ms ();
  step->duration_ms = (double) event->duration_us / 1000;
  step->tries = MAX (step->tries, event->attempt);
  step->reused = event->reused;
  step->error = g_strdup (event->message);
  step->output = hearth_value_ref_or_null (event->value);
  if (event->why != NULL)
    {
      g_free (step->why);
      step->why = g_strdup (event->why);
    }
  put_step (record, step, state);
}

/* What began and did not end before its run did. */
static void
put_steps_left (Record     *record,
                const char *state)
{
  GHashTableIter iter;
  gpointer step;

  g_hash_table_iter_init (&iter, record->steps);
  while (g_hash_table_iter_next (&iter, NULL, &step))
    {
      g_hash_table_iter_steal (&iter);
      put_step (record, step, state);
    }
}

static void
run_told (Record *record)
{
  if (hearth_run_status_is_final (hearth_run_get_status (record->run)))
    put_steps_left (record, "interrupted");
  put_run (record);
}

static void
event_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  Record *record = user_data;

  switch (event->kind)
    {
    case HEARTH_EVENT_STATUS:
      run_told (record);
      break;
    case HEARTH_EVENT_NODE_EXECUTING:
      step_begun (record, event);
      break;
    case HEARTH_EVENT_NODE_RETRY:
      step_tried (record, event);
      break;
    case HEARTH_EVENT_NODE_COMPLETE:
      step_ended (record, event, "complete");
      break;
    case HEARTH_EVENT_NODE_BYPASSED:
      step_ended (record, event, "bypassed");
      break;
    case HEARTH_EVENT_NODE_ERROR:
      step_ended (record, event, "error");
      break;
    case HEARTH_EVENT_NODE_SKIPPED:
      step_ended (record, event, "skipped");
      break;
    default:
      break;
    }
}

/* --- runs come and go ------------------------------------------------------------------------------------ */

static void
record_free (gpointer data)
{
  Record *self = data;

  hearth_run_remove_observer (self->run, self->observer);
  g_hash_table_unref (self->steps);
  g_object_unref (self->run);
  g_free (self);
}

gboolean
_hearth_run_is_preview (HearthRun *run)
{
  return hearth_value_get_member_boolean (hearth_run_get_metadata (run), "isPreviewRun", FALSE);
}

static void
run_added_cb (HearthQueue *queue,
              HearthRun   *run,
              gpointer     user_data)
{
  HearthRecorder *self = user_data;
  Record *record;

  if (_hearth_run_is_preview (run))
    return;
  record = g_new0 (Record, 1);
  record->recorder = self;
  record->run = g_object_ref (run);
  record->steps =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) hearth_step_row_free);
  record->observer = hearth_run_add_observer (run, event_cb, record, NULL);
  g_hash_table_insert (self->records, run, record);
}

/* Outside of the run's own news, so that the observer may go. */
static void
run_finished_cb (HearthQueue *queue,
                 HearthRun   *run,
                 gpointer     user_data)
{
  HearthRecorder *self = user_data;

  g_hash_table_remove (self->records, run);
}

HearthRecorder *
_hearth_recorder_new (HearthQueue   *queue,
                      HearthStorage *storage,
                      GThreadPool   *pool)
{
  HearthRecorder *self = g_new0 (HearthRecorder, 1);

  self->queue = g_object_ref (queue);
  self->writer = _hearth_writer_new (storage, pool, write_work, entry_free);
  self->records = g_hash_table_new_full (NULL, NULL, NULL, record_free);
  g_signal_connect (queue, "run-added", G_CALLBACK (run_added_cb), self);
  g_signal_connect (queue, "run-finished", G_CALLBACK (run_finished_cb), self);
  return self;
}

void
_hearth_recorder_free (HearthRecorder *self)
{
  GHashTableIter iter;
  gpointer record;

  g_signal_handlers_disconnect_by_data (self->queue, self);
  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    put_steps_left (record, "interrupted");
  g_hash_table_unref (self->records);
  _hearth_writer_free (self->writer);
  g_object_unref (self->queue);
  g_free (self);
}

void
_hearth_recorder_flush (HearthRecorder *self)
{
  _hearth_writer_flush (self->writer);
}
