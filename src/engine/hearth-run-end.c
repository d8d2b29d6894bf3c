/* hearth-run-end.c: how steps end, what that means for others, and the end of the run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include "hearth-i18n.h"

static void
keep_text (HearthStep *self)
{
  if (self->collected == NULL)
    return;

  self->text = hearth_value_string_len (self->collected->str, self->collected->len);
  g_string_free (g_steal_pointer (&self->collected), TRUE);
}

void
_hearth_step_drop_data (HearthStep *self)
{
  GDestroyNotify destroy = g_steal_pointer (&self->data_destroy);
  gpointer data = g_steal_pointer (&self->data);

  if (destroy)
    destroy (data);
}

/* Everything that holds for any end. */
static void
end (HearthStep     *self,
     HearthStepState state)
{
  _hearth_step_set_state (self, state);
  keep_text (self);
  self->run->n_left--;
}

static void
clean_up (HearthStep *self)
{
  HearthRun *run = self->run;

  if (run->plan->n_readers > 0)
    {
      _hearth_stream_consumer_ended (self);
      if (self->streaming)
        _hearth_stream_end (self);
    }
  _hearth_step_took_inputs (self);
  _hearth_step_check_uses (self);
  _hearth_step_drop_inputs (self);
  if (self->data_destroy && !self->abandoned)
    _hearth_step_drop_data (self);
  _hearth_step_free_more (self);
  g_clear_object (&self->cancellable);
  if (self->plan->n_watches > 0)
    _hearth_run_end_groups (self);
  if (run->n_left == 0)
    _hearth_run_wake (run);
}

static void
close_interface (HearthStep *self)
{
  if (self->streaming && _hearth_run_is_observed (self->run))
    {
      g_autoptr (HearthValue) chunk = hearth_chunk_new_finish (HEARTH_NOTE_ENDED);

      _hearth_run_emit_interface (self, chunk, TRUE);
    }
}

static void
tell_done (HearthStep *self)
{
  _hearth_run_emit_step (self, HEARTH_EVENT_NODE_COMPLETE, _hearth_step_get_object (self), NULL);
  if (self->plan->streams)
    close_interface (self);
  else
    {
      g_autoptr (HearthValue) chunk = hearth_chunk_new_finish (HEARTH_NOTE_ENDED);

      _hearth_run_emit_chunk (self, chunk, TRUE);
    }
}

void
_hearth_step_end_done (HearthStep *self)
{
  _hearth_step_open_stream (self);
  end (self, HEARTH_STEP_DONE);
  if (self->more && self->more->keyed)
    _hearth_step_keep_result (self);
  if (_hearth_run_is_observed (self->run))
    tell_done (self);
  _hearth_step_release_links (self, FALSE);
  clean_up (self);
}

/* A bypassed node hands its stream inputs on by reference, so it counts for its stream readers
 * as ended, not as started; they were linked to the real producer when the plan was made. */
void
_hearth_step_end_bypassed (HearthStep *self)
{
  HearthRun *run = self->run;

  end (self, HEARTH_STEP_BYPASSED);
  if (_hearth_run_is_observed (run))
    {
      HearthValue *object = _hearth_step_get_object (self);

      _hearth_run_emit_step (self, HEARTH_EVENT_NODE_BYPASSED, object, NULL);
      _hearth_run_emit_step (self, HEARTH_EVENT_NODE_COMPLETE, object, NULL);
    }
  _hearth_step_release_links (self, FALSE);
  clean_up (self);
}

/* --- failures -------------------------------------------------------------------- */

static char *
explain_skip (const char *cause_id,
              const char *slot)
{
  if (slot)
    return g_strdup_printf (_("Branch not taken: the node “%s” did not take “%s”."), cause_id, slot);

  return g_strdup_printf (_("Skipped, because the node “%s” before it failed."), cause_id);
}

void
_hearth_step_end_skipped (HearthStep *self,
                          const char *cause_id,
                          const char *slot)
{
  end (self, HEARTH_STEP_SKIPPED);
  self->untaken = slot != NULL;
  if (_hearth_run_is_observed (self->run))
    {
      g_autofree char *message = explain_skip (cause_id, slot);

      _hearth_run_emit_step (self, HEARTH_EVENT_NODE_SKIPPED, NULL, message);
    }
  clean_up (self);
}

/* websocket.md 6.3: readers learn of the failure by a last chunk. */
static void
spread_error (HearthStep *self,
              const char *message)
{
  g_autoptr (HearthValue) chunk = hearth_chunk_new_error (message);

  if (_hearth_run_is_observed (self->run))
    {
      _hearth_run_emit_chunk (self, chunk, TRUE);
      _hearth_run_emit_interface (self, chunk, FALSE);
    }
  _hearth_stream_push (self, chunk);
}

/* For who called the run: of what kind it was, and where. */
static GError *
name_failure (HearthStep   *self,
              const GError *error)
{
  guint retry_after;
  const char *error_class = hearth_error_get_class (error, &retry_after);
  g_autofree char *message = g_strdup_printf (_("The node “%s” failed: %s"), self->plan->id, error->message);
  g_autofree char *plain = g_strdup_printf ("The node “%s” failed: %s", self->plan->id, hearth_error_get_plain (error));
  GError *named = hearth_error_new_class (error_class, retry_after, message);

  hearth_error_set_plain (named, plain);
  return named;
}

void
_hearth_step_end_failed (HearthStep   *self,
                         const GError *error)
{
  HearthRun *run = self->run;

  if (self->streaming && !self->told)
    spread_error (self, error->message);
  end (self, HEARTH_STEP_FAILED);
  self->error = g_strdup (error->message);
  if (run->call && run->first_failure == NULL)
    run->first_failure = name_failure (self, error);
  if (run->stop_message == NULL && _hearth_error_stops_run (error))
    run->stop_message = g_strdup (error->message);
  run->n_failed++;
  _hearth_run_emit_step (self, HEARTH_EVENT_NODE_ERROR, NULL, self->error);
  close_interface (self);
  _hearth_step_kill_links (self);
  clean_up (self);
}

/* For steps that were running; the others vanish without a word. */
void
_hearth_step_end_cancelled (HearthStep *self)
{
  gboolean ran = self->state == HEARTH_STEP_RUNNING;

  end (self, HEARTH_STEP_CANCELLED);
  if (ran)
    {
      self->error = g_strdup (HEARTH_NOTE_INTERRUPTED);
      _hearth_run_emit_step (self, HEARTH_EVENT_NODE_ERROR, NULL, self->error);
    }
  clean_up (self);
}

/* --- the run ------------------------------------------------------------------- */

void
_hearth_run_set_final (HearthRun      *self,
                       HearthRunStatus status,
                       const char     *message)
{
  gboolean running = self->status == HEARTH_RUN_RUNNING;

  self->status = status;
  self->message = g_strdup (message);
  self->ended_us = hearth_clock_get_now_us (self->clock);
  g_clear_handle_id (&self->grace, g_source_remove);
  _hearth_run_detach (self);
  _hearth_run_emit_status (self);
  g_signal_emit_by_name (self, "finished");
  if (self->call)
    _hearth_call_finished (self->call);
  if (running)
    g_object_unref (self); /* its own */
}

static void
tell_outputs (HearthRun *self)
{
  if (self->plan == NULL || *hearth_plan_get_output_keys (self->plan) == NULL)
    return;

  self->outputs = _hearth_run_make_outputs (self, -1);
  _hearth_run_took_results (self, -1);
  _hearth_run_emit_node (self, HEARTH_EVENT_INTERFACE_OUTPUTS, NULL, self->outputs, NULL);
}

void
_hearth_run_finish (HearthRun *self)
{
  g_autoptr (HearthRun) keep = g_object_ref (self);

  if (self->status != HEARTH_RUN_RUNNING)
    return;

  self->depth++;
  if (self->cancelled)
    _hearth_run_set_final (self, HEARTH_RUN_INTERRUPTED, NULL);
  else
    {
      tell_outputs (self);
      if (self->plan_error)
        _hearth_run_set_final (self, HEARTH_RUN_ERROR, self->plan_error->message);
      else if (self->n_failed > 0)
        _hearth_run_set_final (self, HEARTH_RUN_ERROR, self->stop_message ? self->stop_message : HEARTH_NOTE_FAILED);
      else
        _hearth_run_set_final (self, HEARTH_RUN_COMPLETE, NULL);
    }
  self->depth--;
}
