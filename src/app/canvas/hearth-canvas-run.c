/* hearth-canvas-run.c: shows on the cards what a run does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-failure-words.h"
#include "hearth-run.h"

#include "hearth-i18n.h"

/* The last lines are shown; what came before them need not be shaped. */
#define STREAM_TAIL 600

/* --- one card --------------------------------------------------------------------------------- */

static char *
dup_elapsed (HearthCanvas *self,
             const char *node_id)
{
  gint64 *began = g_hash_table_lookup (self->started, node_id);
  double seconds;

  if (began == NULL)
    return NULL;
  seconds = (double) (g_get_monotonic_time () - *began) / G_USEC_PER_SEC;
  /* Nobody asks how many milliseconds a sum took */
  if (seconds < 0.05)
    return NULL;
  return seconds < 100 ? g_strdup_printf (_ ("%.1f s"), seconds) : g_strdup_printf (_ ("%.0f min"), seconds / 60);
}

static void
refresh (HearthCanvas *self,
         HearthCard *card)
{
  if (hearth_card_refresh (card))
    hearth_canvas_view_changed (self);
  else
    gtk_widget_queue_draw (self->minimap);
}

void
hearth_canvas_set_state (HearthCanvas *self,
                         HearthCard *card,
                         HearthCardState state,
                         const char *error)
{
  HearthCardData *data = hearth_card_get_data (card);

  data->state = state;
  g_hash_table_remove (self->retries, data->id);
  hearth_card_data_set_note (data, NULL);
  g_free (data->elapsed);
  data->elapsed = state == HEARTH_CARD_DONE || state == HEARTH_CARD_FAILED ? dup_elapsed (self, data->id) : NULL;
  if (!data->is_unknown)
    {
      g_free (data->error);
      data->error = hearth_failure_to_words (self->graph, error);
    }
  if (state == HEARTH_CARD_RUNNING)
    hearth_canvas_start_tick (self);
  else
    g_hash_table_remove (self->yielded, data->id);
  hearth_canvas_invalidate_wires (self);
  refresh (self, card);
}

/* From the first character of a line or a character boundary on. */
static const char *
get_tail (const char *text)
{
  gsize length = strlen (text);
  const char *start = text + (length > STREAM_TAIL ? length - STREAM_TAIL : 0);

  while (((guchar) *start & 0xc0) == 0x80)
    start++;
  return start;
}

static void
show_stream (HearthCanvas *self,
             HearthCard *card,
             const char *node_id)
{
  HearthCardData *data = hearth_card_get_data (card);
  const char *text = self->document != NULL ? hearth_document_get_stream_text (self->document, node_id) : NULL;

  if (text == NULL || *text == '\0')
    return;
  g_free (data->stream_text);
  data->stream_text = g_strdup (get_tail (text));
  refresh (self, card);
}

/* A node inside a group is "<instance>/<inner>": the instance's card stands for it. */
static HearthCard *
find_card (HearthCanvas *self,
           const char *node_id,
           gboolean *is_inner)
{
  const char *slash = node_id != NULL ? strchr (node_id, '/') : NULL;
  g_autofree char *outer = slash != NULL ? g_strndup (node_id, (gsize) (slash - node_id)) : NULL;

  *is_inner = slash != NULL;
  return hearth_canvas_get_card (self, outer != NULL ? outer : node_id);
}

static void
show_inner (HearthCanvas *self,
            HearthCard *card,
            const HearthRunEvent *event)
{
  HearthCardData *data = hearth_card_get_data (card);

  if (event->kind == HEARTH_EVENT_NODE_ERROR)
    hearth_canvas_set_state (self, card, HEARTH_CARD_FAILED, event->message);
  else if (event->kind == HEARTH_EVENT_NODE_ASKS)
    hearth_canvas_show_question (self, card, event->value);
  else if (event->kind == HEARTH_EVENT_NODE_WAITS)
    hearth_canvas_show_wait (self, card, event->message);
  else if (event->kind == HEARTH_EVENT_NODE_COMPLETE && data->state == HEARTH_CARD_ASKING)
    hearth_canvas_set_state (self, card, HEARTH_CARD_RUNNING, NULL);
  else if (event->kind == HEARTH_EVENT_NODE_EXECUTING && data->state != HEARTH_CARD_RUNNING
           && data->state != HEARTH_CARD_FAILED)
    {
      hearth_canvas_note_time (self->started, data->id);
      hearth_canvas_set_state (self, card, HEARTH_CARD_RUNNING, NULL);
    }
}

static void
show_yield (HearthCanvas *self,
            HearthCard *card,
            const HearthRunEvent *event)
{
  if (event->last || hearth_card_get_data (card)->state != HEARTH_CARD_RUNNING)
    return;
  hearth_canvas_note_time (self->yielded, event->node_id);
  show_stream (self, card, event->node_id);
  if (!hearth_canvas_wants_motion (self))
    hearth_canvas_invalidate_wires (self);
}

/* Of a skipped node the message says because of whom. */
static void
note_why (HearthCardData *data,
          const HearthRunEvent *event)
{
  const char *why = event->kind == HEARTH_EVENT_NODE_SKIPPED ? event->message : event->why;

  if (why == NULL)
    return;
  g_free (data->why);
  data->why = g_strdup (why);
}

static void
show_node_event (HearthCanvas *self,
                 HearthCard *card,
                 const HearthRunEvent *event)
{
  HearthCardData *data = hearth_card_get_data (card);

  note_why (data, event);
  switch (event->kind)
    {
    case HEARTH_EVENT_NODE_EXECUTING:
      data->reused = FALSE;
      hearth_canvas_note_time (self->started, event->node_id);
      hearth_canvas_set_state (self, card, HEARTH_CARD_RUNNING, NULL);
      break;
    case HEARTH_EVENT_NODE_YIELD:
      show_yield (self, card, event);
      break;
    case HEARTH_EVENT_NODE_COMPLETE:
    case HEARTH_EVENT_NODE_BYPASSED:
      hearth_card_data_set_outputs (data, event->value);
      data->reused = event->reused;
      hearth_canvas_set_state (self, card, HEARTH_CARD_DONE, NULL);
      break;
    case HEARTH_EVENT_NODE_ERROR:
      hearth_canvas_set_state (self, card, HEARTH_CARD_FAILED, event->message);
      break;
    case HEARTH_EVENT_NODE_SKIPPED:
      hearth_canvas_set_state (self, card, HEARTH_CARD_SKIPPED, NULL);
      break;
    case HEARTH_EVENT_NODE_RETRY:
      hearth_canvas_show_retry (self, card, event);
      break;
    case HEARTH_EVENT_NODE_ASKS:
      hearth_canvas_show_question (self, card, event->value);
      break;
    case HEARTH_EVENT_NODE_WAITS:
      hearth_canvas_show_wait (self, card, event->message);
      break;
    case HEARTH_EVENT_STATUS:
    case HEARTH_EVENT_INTERFACE_YIELD:
    case HEARTH_EVENT_INTERFACE_OUTPUTS:
    case HEARTH_EVENT_LOG:
    default:
      break;
    }
}

/* --- the whole run ------------------------------------------------------------------------------- */

static void
set_all_waiting (HearthCanvas *self)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      HearthCardData *data = hearth_card_get_data (card);

      hearth_card_data_clear_run (data);
      if (!data->is_frame)
        data->state = HEARTH_CARD_WAITING;
      hearth_card_refresh (card);
    }
  hearth_canvas_view_changed (self);
}

/* What the run left behind: groups have no end of their own, and some never got their turn. */
static void
finish_all (HearthCanvas *self,
            HearthRunStatus status)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      HearthCardData *data = hearth_card_get_data (card);

      if (data->state == HEARTH_CARD_RUNNING || data->state == HEARTH_CARD_ASKING)
        hearth_canvas_set_state (self, card, status == HEARTH_RUN_INTERRUPTED ? HEARTH_CARD_STOPPED : HEARTH_CARD_DONE, NULL);
      else if (data->state == HEARTH_CARD_WAITING)
        hearth_canvas_set_state (self, card, HEARTH_CARD_IDLE, NULL);
    }
  hearth_canvas_stop_tick (self);
  hearth_canvas_view_changed (self);
}

static void
show_status (HearthCanvas *self,
             const HearthRunEvent *event)
{
  if (event->status == HEARTH_RUN_RUNNING || event->status == HEARTH_RUN_QUEUED)
    set_all_waiting (self);
  else if (hearth_run_status_is_final (event->status))
    finish_all (self, event->status);
}

void
hearth_canvas_show_event (HearthCanvas *self,
                          const HearthRunEvent *event)
{
  HearthCard *card;
  gboolean is_inner;

  if (event->kind == HEARTH_EVENT_STATUS)
    {
      show_status (self, event);
      return;
    }
  if (event->node_id == NULL)
    return;
  card = find_card (self, event->node_id, &is_inner);
  if (card == NULL)
    return;
  if (is_inner)
    show_inner (self, card, event);
  else
    show_node_event (self, card, event);
}

static HearthCardState
get_card_state (HearthStepState state)
{
  switch (state)
    {
    case HEARTH_STEP_WAITING:
    case HEARTH_STEP_READY: return HEARTH_CARD_WAITING;
    case HEARTH_STEP_RUNNING: return HEARTH_CARD_RUNNING;
    case HEARTH_STEP_DONE:
    case HEARTH_STEP_BYPASSED: return HEARTH_CARD_DONE;
    case HEARTH_STEP_FAILED: return HEARTH_CARD_FAILED;
    case HEARTH_STEP_SKIPPED: return HEARTH_CARD_SKIPPED;
    case HEARTH_STEP_CANCELLED: return HEARTH_CARD_STOPPED;
    default: return HEARTH_CARD_IDLE;
    }
}

static void
show_step (HearthCanvas *self,
           HearthCard *card,
           HearthRun *run)
{
  HearthCardData *data = hearth_card_get_data (card);
  HearthCardState state = get_card_state (hearth_run_get_step_state (run, data->id));

  if (data->is_frame)
    return;
  if (state == HEARTH_CARD_WAITING && hearth_run_status_is_final (hearth_run_get_status (run)))
    state = HEARTH_CARD_IDLE;
  hearth_card_data_clear_run (data);
  hearth_card_data_set_outputs (data, hearth_run_get_step_output (run, data->id));
  show_stream (self, card, data->id);
  hearth_canvas_set_state (self, card, state, hearth_run_get_step_error (run, data->id));
  if (hearth_run_get_question (run, data->id) != NULL)
    hearth_canvas_show_question (self, card, hearth_run_get_question (run, data->id));
}

/* The document shows another run, or was only now opened: everything it has done so far. */
void
hearth_canvas_show_run (HearthCanvas *self)
{
  HearthRun *run = self->document != NULL ? hearth_document_get_run (self->document) : NULL;

  hearth_canvas_stop_tick (self);
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);

      if (run != NULL)
        show_step (self, card, run);
      else
        {
          hearth_card_data_clear_run (hearth_card_get_data (card));
          hearth_card_refresh (card);
        }
    }
  hearth_canvas_view_changed (self);
}

static void
run_changed_cb (HearthCanvas *self)
{
  hearth_canvas_show_run (self);
}

static void
run_event_cb (HearthDocument *document,
              gpointer event,
              gpointer user_data)
{
  hearth_canvas_show_event (user_data, event);
}

void
hearth_canvas_watch_document (HearthCanvas *self)
{
  g_signal_group_connect_swapped (self->document_signals, "notify::run", G_CALLBACK (run_changed_cb), self);
  g_signal_group_connect (self->document_signals, "run-event", G_CALLBACK (run_event_cb), self);
}
