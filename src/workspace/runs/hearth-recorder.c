/* hearth-recorder.c: writes runs into the history: rows of what they told, on the storage thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-recorder.h"

#include "hearth-runs-table.h"

/* Rows of one transaction. */
typedef struct
{
  GPtrArray *runs;    /* of HearthRunRow */
  GHashTable *places; /* HearthNotedRun -> place in @runs, counted from 1 */
  GPtrArray *steps;   /* of HearthStepRow */
} Rows;

/* --- steps ------------------------------------------------------------------------------------------ */

static HearthStepRow *
step_row_new (const HearthNote *note)
{
  HearthStepRow *step = g_new0 (HearthStepRow, 1);

  step->run_id = g_strdup (note->run->id);
  step->node_id = g_strdup (note->node_id);
  step->type_id = g_strdup (note->type_id);
  step->tries = 1;
  step->input = hearth_value_ref_or_null (note->input);
  return step;
}

static HearthStepRow *
begin_step (const HearthNote *note)
{
  HearthStepRow *step = step_row_new (note);

  g_hash_table_replace (note->run->begun, step->node_id, step);
  return step;
}

static void
step_executing (const HearthNote *note)
{
  HearthStepRow *step = begin_step (note);

  step->started_ms = note->time_ms;
  step->why = g_strdup (note->why);
}

static void
step_tried (const HearthNote *note)
{
  HearthStepRow *step = g_hash_table_lookup (note->run->begun, note->node_id);

  if (step != NULL)
    step->tries = note->attempt;
}

/* Takes the row out of those that were begun, or makes one for a node that never ran. */
static HearthStepRow *
take_step (const HearthNote *note)
{
  gpointer step;

  if (g_hash_table_steal_extended (note->run->begun, note->node_id, NULL, &step))
    return step;
  return step_row_new (note);
}

static void
step_ended (Rows             *rows,
            const HearthNote *note,
            const char       *state)
{
  HearthStepRow *step = take_step (note);

  if (step->state == NULL)
    step->state = g_strdup (state);
  step->ended_ms = note->time_ms;
  step->duration_ms = note->duration_ms;
  step->tries = MAX (step->tries, note->attempt);
  step->reused = note->reused;
  step->error = g_strdup (note->message);
  step->output = hearth_value_ref_or_null (note->value);
  if (note->why != NULL)
    {
      g_free (step->why);
      step->why = g_strdup (note->why);
    }
  g_ptr_array_add (rows->steps, step);
}

/* What began and did not end before its run did. */
static void
put_steps_left (Rows             *rows,
                const HearthNote *note)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, note->run->begun);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HearthStepRow *step = value;

      g_hash_table_iter_steal (&iter);
      step->state = g_strdup ("interrupted");
      g_ptr_array_add (rows->steps, step);
    }
}

/* --- runs ------------------------------------------------------------------------------------------- */

static HearthRunRow *
run_row_new (const HearthNote *note)
{
  HearthValue *metadata = note->run->metadata;
  HearthRunRow *row = g_new0 (HearthRunRow, 1);

  row->id = g_strdup (note->run->id);
  row->workflow_id = g_strdup (hearth_value_get_member_string (metadata, "workflowId", NULL));
  row->workflow_name = g_strdup (hearth_value_get_member_string (metadata, "workflowName", NULL));
  row->project_id = g_strdup (hearth_value_get_member_string (metadata, "projectId", NULL));
  row->status = g_strdup (hearth_run_status_to_string (note->status));
  row->message = g_strdup (note->message);
  row->submitted_ms = note->run->submitted_ms;
  row->started_ms = note->started_ms;
  if (hearth_run_status_is_final (note->status))
    {
      row->ended_ms = note->time_ms;
      row->duration_ms = note->duration_ms;
      row->outputs = hearth_value_ref_or_null (note->value);
    }
  return row;
}

/* Of a run that was quick all its states are here; only the last one matters. */
static void
put_run (Rows             *rows,
         const HearthNote *note)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (rows->places, note->run));

  if (hearth_run_status_is_final (note->status))
    put_steps_left (rows, note);
  if (place > 0)
    {
      hearth_run_row_free (rows->runs->pdata[place - 1]);
      rows->runs->pdata[place - 1] = run_row_new (note);
      return;
    }
  g_ptr_array_add (rows->runs, run_row_new (note));
  g_hash_table_insert (rows->places, note->run, GUINT_TO_POINTER (rows->runs->len));
}

/* --- notes ------------------------------------------------------------------------------------------ */

static void
put_note (Rows             *rows,
          const HearthNote *note)
{
  switch (note->kind)
    {
    case HEARTH_EVENT_STATUS:
      put_run (rows, note);
      break;
    case HEARTH_EVENT_NODE_EXECUTING:
      step_executing (note);
      break;
    case HEARTH_EVENT_NODE_RETRY:
      step_tried (note);
      break;
    case HEARTH_EVENT_NODE_BYPASSED: /* and then complete, which does not change that */
      begin_step (note)->state = g_strdup ("bypassed");
      break;
    case HEARTH_EVENT_NODE_COMPLETE:
      step_ended (rows, note, "complete");
      break;
    case HEARTH_EVENT_NODE_ERROR:
      step_ended (rows, note, "error");
      break;
    case HEARTH_EVENT_NODE_SKIPPED:
      step_ended (rows, note, "skipped");
      break;
    default:
      break;
    }
}

gboolean
_hearth_recorder_write (HearthStorage     *storage,
                        const HearthNotes *notes,
                        GError           **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_run_row_free);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_step_row_free);
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);
  Rows rows = { runs, places, steps };

  if (database == NULL)
    return FALSE;
  for (guint i = 0; i < notes->notes->len; i++)
    put_note (&rows, _hearth_notes_at (notes, i));
  return hearth_runs_table_put (database, runs, steps, error);
}
