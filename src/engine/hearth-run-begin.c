/* hearth-run-begin.c: from a plan to steps, and a step's way into its node's function
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include "hearth-worker-pool.h"

#include "hearth-i18n.h"

#define BIT(state) (1u << HEARTH_STEP_##state)

/* docs/scheduler.md, "States of a step". */
static const guint allowed_moves[] = {
  [HEARTH_STEP_WAITING] = BIT (READY) | BIT (SKIPPED) | BIT (CANCELLED),
  [HEARTH_STEP_READY] = BIT (RUNNING) | BIT (BYPASSED) | BIT (FAILED) | BIT (SKIPPED) | BIT (CANCELLED),
  [HEARTH_STEP_RUNNING] = BIT (DONE) | BIT (FAILED) | BIT (CANCELLED),
  [HEARTH_STEP_CANCELLED] = 0, /* and so all that follow from here, and those before it but RUNNING */
};

void
_hearth_step_set_state (HearthStep     *self,
                        HearthStepState state)
{
  g_assert (allowed_moves[self->state] & (1u << state));

  self->state = state;
}

static void
prepare_readers (HearthRun *self)
{
  if (self->plan->n_readers == 0)
    return;

  self->readers = g_new0 (HearthStreamReader, self->plan->n_readers);
  for (guint i = 0; i < self->plan->links->len; i++)
    {
      HearthPlanLink *link = hearth_plan_link (self->plan, i);

      if (link->reader >= 0)
        self->readers[link->reader]
            = (HearthStreamReader){ .run = self, .link = link, .patient = link->patient, .hungry = TRUE };
    }
}

void
_hearth_run_prepare (HearthRun *self)
{
  guint n_steps = self->plan->steps->len;

  self->steps = g_new0 (HearthStep, n_steps + 1);
  self->input_values = g_new0 (HearthValue *, self->plan->inputs->len + 1);
  self->output_values = g_new0 (HearthValue *, self->plan->outputs->len + 1);
  self->dead_outputs = g_new0 (guint8, self->plan->outputs->len + 1);
  if (self->plan->has_joins)
    self->link_states = g_new0 (guint8, self->plan->links->len + 1);
  self->n_left = n_steps;
  prepare_readers (self);
  if (self->cache)
    _hearth_run_prepare_reuse (self);

  for (guint i = 0; i < n_steps; i++)
    {
      self->steps[i].run = self;
      self->steps[i].plan = hearth_plan_step (self->plan, i);
      self->steps[i].waits = self->steps[i].plan->n_waits;
      self->steps[i].uses = self->steps[i].plan->n_consumers + self->steps[i].plan->n_results;
    }
  for (guint i = 0; i < n_steps; i++)
    if (self->steps[i].waits == 0)
      {
        _hearth_step_set_state (&self->steps[i], HEARTH_STEP_READY);
        _hearth_run_add_job (self, HEARTH_JOB_START, i);
      }
}

static void
free_step (HearthStep *self)
{
  _hearth_step_drop_inputs (self);
  _hearth_step_drop_extras (self);
  _hearth_step_free_more (self);
  g_clear_pointer (&self->object, hearth_value_unref);
  g_clear_pointer (&self->text, hearth_value_unref);
  g_clear_error (&self->failure);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->log, g_ptr_array_unref);
  g_free (self->error);
  if (self->collected)
    g_string_free (self->collected, TRUE);
}

void
_hearth_run_free_steps (HearthRun *self)
{
  if (self->steps == NULL)
    return;

  for (guint i = 0; i < self->plan->steps->len; i++)
    free_step (&self->steps[i]);
  for (guint i = 0; i < self->plan->outputs->len; i++)
    g_clear_pointer (&self->output_values[i], hearth_value_unref);
  for (guint i = 0; i < self->plan->n_readers; i++)
    _hearth_stream_clear (&self->readers[i]);
  g_clear_pointer (&self->steps, g_free);
  g_clear_pointer (&self->input_values, g_free);
  g_clear_pointer (&self->output_values, g_free);
  g_clear_pointer (&self->dead_outputs, g_free);
  g_clear_pointer (&self->link_states, g_free);
  g_clear_pointer (&self->output_hashes, g_free);
  g_clear_pointer (&self->anew_steps, g_free);
  g_clear_pointer (&self->hash, g_byte_array_unref);
  g_clear_pointer (&self->readers, g_free);
}

/* --- running ------------------------------------------------------------------- */

typedef struct
{
  HearthRun  *run;   /* owned */
  HearthStep *step;
  gboolean    worked;
  GError     *error;
} HearthComputation;

static void
end_function (HearthStep *self,
              gboolean    worked,
              GError     *error)
{
  if (self->ending)
    return; /* a job ends it */

  if (!worked && error == NULL)
    {
      g_autoptr (GError) unnamed = g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, "");

      _hearth_step_end_try (self, unnamed);
    }
  else
    _hearth_step_end_try (self, worked ? NULL : error);
}

static void
compute_cb (gpointer data)
{
  HearthComputation *job = data;

  job->worked = job->step->plan->type->decl->compute (job->step, &job->error);
}

static void
tell_log (HearthStep *self)
{
  g_autoptr (GPtrArray) lines = g_steal_pointer (&self->log);

  for (guint i = 0; lines && i < lines->len; i++)
    _hearth_run_emit_step (self, HEARTH_EVENT_LOG, NULL, g_ptr_array_index (lines, i));
}

static void
computed_cb (gpointer data)
{
  HearthComputation *job = data;
  HearthRun *run = job->run;

  run->depth++;
  hearth_clock_release (run->clock);
  job->step->computing = FALSE;
  tell_log (job->step);
  end_function (job->step, job->worked, job->error);
  run->depth--;
  _hearth_run_wake (run);

  g_clear_error (&job->error);
  g_free (job);
  g_object_unref (run);
}

static void
compute (HearthStep *self)
{
  HearthComputation *job = g_new0 (HearthComputation, 1);

  job->run = g_object_ref (self->run);
  job->step = self;
  self->computing = TRUE;
  hearth_clock_hold (self->run->clock);
  if (hearth_clock_is_virtual (self->run->clock))
    hearth_worker_pool_push_in_line (compute_cb, computed_cb, job);
  else
    hearth_worker_pool_push (compute_cb, computed_cb, job);
}

/* Not before the node had a chance to say which outputs it does not take. */
void
_hearth_step_open_stream (HearthStep *self)
{
  if (!self->streaming || self->opened)
    return;

  self->opened = TRUE;
  _hearth_step_release_links (self, TRUE);
}

void
_hearth_step_call_function (HearthStep *self)
{
  const HearthNodeDecl *decl = self->plan->type->decl;

  if (decl->run)
    {
      g_autoptr (GError) error = NULL;
      gboolean worked = decl->run (self, &error);

      end_function (self, worked, error);
    }
  else if (decl->compute)
    compute (self);
  else if (decl->start)
    decl->start (self);
  else
    end_function (self, TRUE, NULL);

  if (self->state == HEARTH_STEP_RUNNING && (self->more == NULL || self->more->retry_timer == 0))
    _hearth_step_open_stream (self);
}

/* Groups around it begin with it. */
static void
begin_groups (HearthStep *self)
{
  if (self->plan->group >= 0)
    _hearth_run_begin_groups (self);
}

void
_hearth_step_announce (HearthStep *self)
{
  begin_groups (self);
  _hearth_step_set_state (self, HEARTH_STEP_RUNNING);
  if (_hearth_run_is_observed (self->run))
    {
      self->started_us = hearth_clock_get_now_us (self->run->clock);
      _hearth_run_emit_step (self, HEARTH_EVENT_NODE_EXECUTING, NULL, NULL);
    }
  if (self->run->plan->n_readers > 0)
    _hearth_stream_consumer_started (self);
  self->streaming = self->plan->streams;
  if (self->streaming && self->plan->keeps_text)
    self->collected = g_string_new (NULL);
  self->gathers = self->collected || (self->more && self->more->chunks);
}

static void
execute (HearthStep *self)
{
  if (self->run->cache && (self->more == NULL || !self->more->keyed) && _hearth_step_reuse (self))
    return;
  if (!_hearth_step_take_place (self))
    return; /* READY until it has one */

  _hearth_step_announce (self);
  _hearth_step_begin_try (self);
}

static void
use_pinned (HearthStep *self)
{
  _hearth_step_need_more (self)->why = g_strdup (_("pinned"));
  _hearth_step_announce (self);
  _hearth_step_fill (self, self->plan->pinned);
  _hearth_step_end_done (self);
}

static void
refuse (HearthStep *self,
        const char *missing)
{
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  if (self->plan->type == NULL)
    message = g_strdup_printf (self->plan->bypassed ? "Critical error: Node type %s not found in registry."
                                                    : "Node type %s not found or not executable.",
                               self->plan->type_id);
  else if (missing)
    message = g_strdup_printf ("Critical error: Missing required input '%s' for node %s (%s)", missing, self->plan->id,
                               self->plan->type_id);
  else
    message = g_strdup (self->plan->refusal);

  begin_groups (self);
  error = g_error_new_literal (HEARTH_ENGINE_ERROR, missing ? HEARTH_ENGINE_ERROR_INPUT : HEARTH_ENGINE_ERROR_NODE, message);
  _hearth_step_end_failed (self, error);
}

static void
bypass (HearthStep *self)
{
  HearthRun *run = self->run;

  for (guint i = self->plan->first_output; i < self->plan->first_output + self->plan->n_outputs; i++)
    {
      HearthPlanOutput *output = hearth_plan_output (run->plan, i);
      HearthValue *value = output->bypass_input >= 0 ? run->input_values[output->bypass_input] : NULL;

      run->output_values[i] = hearth_value_ref_or_null (value ? value : output->bypass_value);
    }

  begin_groups (self);
  _hearth_step_end_bypassed (self);
}

static void
begin_first (HearthStep *self)
{
  const char *missing;

  _hearth_step_take_inputs (self);
  _hearth_step_took_inputs (self);
  if (self->plan->type == NULL)
    refuse (self, NULL);
  else if (self->plan->bypassed)
    bypass (self);
  else if (self->plan->pinned)
    use_pinned (self);
  else if ((missing = _hearth_step_find_missing (self)))
    refuse (self, missing);
  else if (self->plan->refusal)
    refuse (self, NULL);
  else
    execute (self);
}

/* Its next try. */
static void
begin_again (HearthStep *self)
{
  if (self->more == NULL || self->more->retry_timer || !_hearth_step_take_place (self))
    return;

  if (self->run->plan->n_readers > 0)
    _hearth_stream_consumer_started (self);
  _hearth_step_begin_try (self);
}

void
_hearth_step_begin (HearthStep *self)
{
  /* Between two tries nobody else would end it. */
  if (self->run->cancelled && self->state == HEARTH_STEP_RUNNING)
    _hearth_step_end_cancelled (self);
  if (self->run->cancelled)
    return;

  if (self->state == HEARTH_STEP_RUNNING)
    begin_again (self);
  else if (self->state == HEARTH_STEP_READY && self->inputs)
    execute (self); /* it has its place now */
  else if (self->state == HEARTH_STEP_READY)
    begin_first (self);
}
