/* hearth-run-dispatch.c: the jobs of a run, done in short slices of the main loop
 *
 * One source per run, at the default idle priority: below input, network and drawing (GTK draws
 * at G_PRIORITY_HIGH_IDLE + 20), so a busy run never makes the window stutter. The runs share one
 * slice between them, because the main loop gives each source its turn before it looks at
 * drawing again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#define SLICE_US 4000
#define JOBS_PER_LOOK 16 /* at the clock */
#define REPLAYED_JOBS 128

typedef struct
{
  GSource    source;
  HearthRun *run;
} HearthRunSource;

static guint n_awake;

static void
set_awake (HearthRun *self,
           gboolean   awake)
{
  if (self->awake == awake)
    return;

  self->awake = awake;
  n_awake += awake ? 1 : -1;
  if (self->source)
    g_source_set_ready_time (self->source, awake ? 0 : -1);
}

void
_hearth_run_wake (HearthRun *self)
{
  if (self->source)
    set_awake (self, TRUE);
}

void
_hearth_run_add_job (HearthRun    *self,
                     HearthJobKind kind,
                     guint         number)
{
  if (self->n_jobs == self->max_jobs)
    {
      guint max_jobs = MAX (64, self->max_jobs * 2);
      HearthJob *jobs = g_new (HearthJob, max_jobs);

      for (guint i = 0; i < self->n_jobs; i++)
        jobs[i] = self->jobs[(self->first_job + i) & (self->max_jobs - 1)];
      g_free (self->jobs);
      self->jobs = jobs;
      self->first_job = 0;
      self->max_jobs = max_jobs;
    }

  self->jobs[(self->first_job + self->n_jobs++) & (self->max_jobs - 1)] = (HearthJob) { kind, number };
  if (!self->awake)
    _hearth_run_wake (self);
}

static void
resume_step (HearthStep *step)
{
  step->resuming = FALSE;
  if (step->state != HEARTH_STEP_RUNNING || step->ending || !step->stalled)
    return;

  step->stalled = FALSE;
  if (step->more && step->more->retells)
    _hearth_step_retell (step);
  else if (step->plan->type->decl->resume)
    step->plan->type->decl->resume (step);
}

static void
fail_step (HearthStep *step)
{
  g_autoptr (GError) error = NULL;

  if (step->state != HEARTH_STEP_RUNNING || step->computing || step->failure == NULL)
    return;

  error = g_steal_pointer (&step->failure);
  _hearth_step_end_try (step, error);
}

static void
do_job (HearthRun *self)
{
  HearthJob job = self->jobs[self->first_job];

  self->first_job = (self->first_job + 1) & (self->max_jobs - 1);
  self->n_jobs--;
  switch ((HearthJobKind) job.kind)
    {
    case HEARTH_JOB_START:
      _hearth_step_begin (&self->steps[job.number]);
      break;
    case HEARTH_JOB_RESUME:
      resume_step (&self->steps[job.number]);
      break;
    case HEARTH_JOB_FAIL:
      fail_step (&self->steps[job.number]);
      break;
    case HEARTH_JOB_NOTIFY:
      _hearth_stream_call_notify (&self->readers[job.number]);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Where the slices of a replay end must not depend on the machine. */
static gboolean
is_slice_over (HearthRun *self,
               guint      n_done,
               gint64     end_us)
{
  if (hearth_clock_is_virtual (self->clock))
    return n_done == REPLAYED_JOBS;
  return n_done % JOBS_PER_LOOK == 0 && g_get_monotonic_time () >= end_us;
}

static void
do_slice (HearthRun *self)
{
  gint64 end_us = g_get_monotonic_time () + SLICE_US / MAX (1, n_awake);
  guint n_done = 0;

  while (self->n_jobs > 0 && !(self->cancelled && !self->cancel_seen))
    {
      do_job (self);
      if (is_slice_over (self, ++n_done, end_us))
        break;
    }
}

static gboolean
dispatch_cb (GSource    *source,
             GSourceFunc callback,
             gpointer    user_data)
{
  g_autoptr (HearthRun) self = g_object_ref (((HearthRunSource *) source)->run);

  self->depth++;
  do_slice (self);
  if (self->cancelled && !self->cancel_seen)
    _hearth_run_process_cancel (self);
  self->depth--;

  if (self->n_left == 0 && self->n_jobs == 0)
    _hearth_run_finish (self);
  else if (self->n_jobs == 0)
    set_awake (self, FALSE);

  return G_SOURCE_CONTINUE;
}

void
_hearth_run_attach (HearthRun *self)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_cb };

  self->source = g_source_new (&funcs, sizeof (HearthRunSource));
  ((HearthRunSource *) self->source)->run = self;
  g_source_set_static_name (self->source, "hearth-run");
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT_IDLE);
  g_source_attach (self->source, NULL);
  _hearth_run_wake (self);
}

void
_hearth_run_detach (HearthRun *self)
{
  if (self->source == NULL)
    return;

  set_awake (self, FALSE);
  g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}
