/* hearth-run-cancel.c: stops a run: tell every step, wait for every step, then report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

/* The node ignores its cancellable. The run goes on without it; the step's memory stays until the
 * node ends it after all. */
void
_hearth_step_abandon (HearthStep *self)
{
  g_warning ("Node %s (%s) did not stop within %d ms of being cancelled; it is left behind.", self->plan->id,
             self->plan->type_id, HEARTH_GRACE_MS);

  g_object_ref (self->run);
  self->abandoned = TRUE;
}

/* A step with called runs ends after them, and they have a grace of their own. */
static void
give_up (HearthRun *self)
{
  for (guint i = 0; i < self->plan->steps->len; i++)
    {
      HearthStep *step = &self->steps[i];

      if (step->state != HEARTH_STEP_RUNNING || step->computing || _hearth_step_has_calls (step))
        continue;
      _hearth_step_abandon (step);
      _hearth_step_end_cancelled (step);
    }
}

static gboolean
grace_over_cb (gpointer user_data)
{
  HearthRun *self = user_data;

  self->depth++;
  give_up (self);
  self->depth--;
  _hearth_run_wake (self);

  return G_SOURCE_CONTINUE; /* until the final status; a node may have to end after its calls */
}

void
_hearth_step_tell (HearthStep *self)
{
  HearthRun *run = self->run;

  g_atomic_int_set (&self->cancelled, TRUE);
  if (self->cancellable)
    {
      g_autoptr (GCancellable) cancellable = g_object_ref (self->cancellable);

      g_cancellable_cancel (cancellable);
    }
  if (self->state != HEARTH_STEP_RUNNING)
    return;

  /* Those that only wait for room or for a chunk get one more look round. */
  if (self->stalled && !self->resuming)
    {
      self->resuming = TRUE;
      _hearth_run_add_job (run, HEARTH_JOB_RESUME, self - run->steps);
    }
  if (run->plan->n_readers > 0)
    _hearth_stream_hint (self);
}

static void
stop_step (HearthStep *step)
{
  gboolean waits = _hearth_step_only_waits (step); /* before the calls are gone */

  _hearth_step_tell (step);
  if (step->state != HEARTH_STEP_RUNNING)
    return;
  if (waits && !step->more->ends)
    _hearth_step_end_try (step, NULL);
  else
    _hearth_step_cancel_calls (step);
}

void
_hearth_run_process_cancel (HearthRun *self)
{
  guint n_steps = self->steps ? self->plan->steps->len : 0;

  if (self->cancel_seen)
    return;

  self->cancel_seen = TRUE;
  for (guint i = 0; i < n_steps; i++)
    if (self->steps[i].state < HEARTH_STEP_RUNNING)
      _hearth_step_end_cancelled (&self->steps[i]);
  for (guint i = 0; i < n_steps; i++)
    if (self->steps[i].state == HEARTH_STEP_RUNNING)
      stop_step (&self->steps[i]);

  if (self->n_left > 0)
    self->grace = g_timeout_add (HEARTH_GRACE_MS, grace_over_cb, self);
}

void
hearth_run_cancel (HearthRun *self)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (self->thread == g_thread_self ());

  if (self->status == HEARTH_RUN_QUEUED)
    {
      _hearth_run_set_final (self, HEARTH_RUN_INTERRUPTED, NULL);
      return;
    }
  if (self->status != HEARTH_RUN_RUNNING || self->cancelled)
    return;

  self->cancelled = TRUE;
  /* Inside a node or an observer nothing may be pulled away under its feet. */
  if (self->depth > 0)
    {
      _hearth_run_wake (self);
      return;
    }

  self->depth++;
  _hearth_run_process_cancel (self);
  self->depth--;
  if (self->n_left == 0)
    _hearth_run_finish (self);
}
