/* hearth-notes.c: what runs told, on its way to the threads that write it down
 *
 * A run tells three things of every node, so nothing is made for each but a place in an array: texts go
 * into one chunk, values are shared with the run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-notes.h"

#include "hearth-cache-memory.h"
#include "hearth-cache-private.h"
#include "hearth-id.h"
#include "hearth-runs-table.h"

#define CHUNK_BYTES 16384

/* --- a run ---------------------------------------------------------------------------------------- */

/* The reference writes to logs/executions/executions/<day>, because its "system://logs" is
 * logs/executions already (storage.md 3.9). Nothing reads that second folder, and what people are told
 * is system://logs/<day>, so ours lie where that points: logs/executions/<day>. */
static char *
make_log_path (HearthDataDir *dir,
               HearthRun     *run)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *time = g_date_time_format (now, "%H-%M-%S");
  g_autofree char *name = g_strdup_printf ("execution-%s-%s.log", hearth_run_get_id (run), time);

  return g_build_filename (hearth_data_dir_get_root (dir), "logs", "executions", day, name, NULL);
}

HearthNotedRun *
_hearth_noted_run_new (HearthRun     *run,
                       HearthDataDir *dir)
{
  HearthNotedRun *self = g_new0 (HearthNotedRun, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (hearth_run_get_id (run));
  self->metadata = hearth_value_ref_or_null (hearth_run_get_metadata (run));
  self->submitted_ms = hearth_time_now_ms ();
  self->outline = _hearth_outline_of_run (run);
  self->log_path = make_log_path (dir, run);
  self->begun = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) hearth_step_row_free);
  self->lines = g_string_new (NULL);
  return self;
}

void
_hearth_noted_run_unref (HearthNotedRun *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->metadata, hearth_value_unref);
  g_hash_table_unref (self->begun);
  g_string_free (self->lines, TRUE);
  g_free (self->log_path);
  g_free (self->id);
  g_free (self);
}

/* --- notes ---------------------------------------------------------------------------------------- */

HearthNotes *
_hearth_notes_new (HearthStorage *storage)
{
  HearthNotes *self = g_new0 (HearthNotes, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->storage = _hearth_storage_ref (storage);
  self->notes = g_array_new (FALSE, FALSE, sizeof (HearthNote));
  self->texts = g_string_chunk_new (CHUNK_BYTES);
  return self;
}

HearthNotes *
_hearth_notes_ref (HearthNotes *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
_hearth_notes_unref (HearthNotes *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->notes->len; i++)
    {
      HearthNote *note = _hearth_notes_at (self, i);

      g_clear_pointer (&note->value, hearth_value_unref);
      g_clear_pointer (&note->input, hearth_value_unref);
      _hearth_noted_run_unref (note->run);
    }
  g_atomic_pointer_add (&self->storage->backlog, -(gssize) self->bytes);
  g_array_unref (self->notes);
  g_string_chunk_free (self->texts);
  _hearth_storage_unref (self->storage);
  g_free (self);
}

static const char *
keep_text (HearthNotes *self,
           const char  *text)
{
  return text != NULL ? g_string_chunk_insert (self->texts, text) : NULL;
}

/* Takes @value. */
static HearthValue *
keep_value (HearthNotes *self,
            HearthValue *value,
            gboolean     spare,
            gsize       *bytes)
{
  if (value != NULL && spare)
    {
      hearth_value_unref (value);
      value = hearth_value_object (HEARTH_OMITTED_KEY, hearth_value_boolean (TRUE), NULL);
    }
  if (value != NULL)
    *bytes += hearth_value_measure (value, HEARTH_MAX_RESULT_BYTES);
  return value;
}

/* Where the inputs of a node are known for the first time. */
static HearthValue *
dup_input (const HearthRunEvent *event)
{
  if (event->kind != HEARTH_EVENT_NODE_EXECUTING && event->kind != HEARTH_EVENT_NODE_BYPASSED
      && event->kind != HEARTH_EVENT_NODE_ERROR)
    return NULL;
  return hearth_run_event_dup_inputs (event);
}

static HearthValue *
dup_value (const HearthRunEvent *event)
{
  if (event->kind == HEARTH_EVENT_STATUS)
    return hearth_value_ref_or_null (hearth_run_get_outputs (event->run));
  return hearth_value_ref_or_null (event->value);
}

/* The history has the real time, also of a replay, which lives in that of its recording. */
static gint64
note_start (HearthNotedRun *self,
            HearthRun      *run)
{
  if (self->started_ms == 0 && hearth_run_get_started_ms (run) != 0)
    self->started_ms = hearth_time_now_ms ();
  return self->started_ms;
}

void
_hearth_notes_add (HearthNotes          *self,
                   HearthNotedRun       *run,
                   const HearthRunEvent *event,
                   gboolean              spare)
{
  gboolean of_run = event->kind == HEARTH_EVENT_STATUS;
  gsize bytes = sizeof (HearthNote);
  HearthNote note = {
    .run = run,
    .kind = event->kind,
    .status = event->status,
    .time_ms = hearth_time_now_ms (),
    .started_ms = of_run ? note_start (run, event->run) : 0,
    .node_id = keep_text (self, event->kind == HEARTH_EVENT_INTERFACE_YIELD ? event->key : event->node_id),
    .type_id = keep_text (self, hearth_run_event_get_type_id (event)),
    .message = keep_text (self, event->message),
    .why = keep_text (self, event->why),
    .duration_ms = of_run ? hearth_run_get_duration_ms (event->run) : (double) event->duration_us / 1000,
    .attempt = event->attempt,
    .delay_ms = event->delay_ms,
    .last = event->last,
    .reused = event->reused,
  };

  note.value = keep_value (self, dup_value (event), spare && !of_run, &bytes);
  note.input = keep_value (self, dup_input (event), spare, &bytes);
  g_atomic_ref_count_inc (&run->ref_count);
  g_array_append_val (self->notes, note);
  self->bytes += bytes;
  g_atomic_pointer_add (&self->storage->backlog, (gssize) bytes);
}
