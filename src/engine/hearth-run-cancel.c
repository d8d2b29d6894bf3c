/* hearth-run-cancel.c: stops a run: tell every step, wait for every step, then report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#define GRACE_MS 2000

/* The node ignores its cancellable. The run goes on without it; the step's memory stays until the
 * node ends it after all. */
static void
abandon (HearthStep *step)
{
  g_warning ("Node %s (%s) did not stop within %d ms of being cancelled; it is left behind.", step->plan->id,
             step->plan->type_id, GRACE_MS);

  g_object_ref (step->run);
  step->abandoned = TRUE;
  _hearth_step_end_cancelled (step);
}

static gboolean
grace_over_cb (gpointer user_data)
{
  HearthRun *self = user_data;

  self->grace = 0;
  self->depth++;
  for (guint i = 0; i < self->plan->steps->len; i++)
    if (self->steps[i].state == HEARTH_STEP_RUNNING && !self->steps[i].computing)
      abandon (&self->steps[i]);
  self->depth--;
  _hearth_run_wake (self);

  return G_SOURCE_REMOVE;
}

static void
tell_step (HearthRun  *self,
           HearthStep *step)
{
  g_atomic_int_set (&step->cancelled, TRUE);
  if (step->cancellable)
    {
      g_autoptr (GCancellable) cancellable = g_object_ref (step->cancellable);

      g_cancellable_cancel (cancellable);
    }
  if (step->state != HEARTH_STEP_RUNNING)
    return;

  /* Those that only wait for room or for a chunk get one more look round. */
  if (step->stalled && !step->resuming)
    {
      step->resuming = TRUE;
      _hearth_run_add_job (self, HEARTH_JOB_RESUME, step - self->steps);
    }
  if (self->plan->n_readers > 0)
    _hearth_stream_hint (step);
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
      tell_step (self, &self->steps[i]);

  if (self->n_left > 0)
    self->grace = g_timeout_add (GRACE_MS, grace_over_cb, self);
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
