/* hearth-step-try.c: tries of a node: time-out, retry, and what stands in for a failed one
 *
 * Between its first EXECUTING and its end a step is RUNNING, however often it tries.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include <string.h>
#include <xxhash.h>

#include "hearth-i18n.h"

/* --- beginning ---------------------------------------------------------------------- */

static GError *
new_timeout_error (HearthStep *self)
{
  g_autofree char *message = g_strdup_printf (_("The node did not end within the %g seconds it may take."),
                                              self->plan->policy->timeout_ms / 1000.0);

  return hearth_error_new_class ("timeout", 0, message);
}

/* It has been told long ago. Whatever it does later, the step goes on without it. */
static void
too_late_cb (gpointer user_data)
{
  HearthStep *self = user_data;
  HearthRun *run = self->run;

  self->more->try_timer = 0;
  if (self->computing || _hearth_step_has_calls (self))
    return; /* ends by itself */

  run->depth++;
  _hearth_step_abandon (self);
  _hearth_step_end_try (self, NULL);
  run->depth--;
  _hearth_run_wake (run);
}

static void
timed_out_cb (gpointer user_data)
{
  HearthStep *self = user_data;
  HearthRun *run = self->run;
  gboolean waits = _hearth_step_only_waits (self);

  self->more->try_timer = 0;
  self->more->timed_out = TRUE;
  run->depth++;
  _hearth_step_tell (self);
  if (waits)
    _hearth_step_end_try (self, NULL);
  else
    self->more->try_timer = hearth_clock_add_timeout (run->clock, HEARTH_GRACE_MS, too_late_cb, self);
  run->depth--;
  _hearth_run_wake (run);
}

void
_hearth_step_begin_try (HearthStep *self)
{
  HearthPolicy *policy = self->plan->policy;

  if (policy)
    {
      HearthStepMore *more = _hearth_step_need_more (self);

      more->attempt++;
      if (policy->timeout_ms)
        more->try_timer = hearth_clock_add_timeout (self->run->clock, policy->timeout_ms, timed_out_cb, self);
    }
  _hearth_step_call_function (self);
}

/* --- once more -------------------------------------------------------------------- */

static void
forget_output (HearthRun *run,
               guint      number)
{
  g_clear_pointer (&run->output_values[number], hearth_value_unref);
  if (!hearth_plan_output (run->plan, number)->streams)
    run->dead_outputs[number] = FALSE;
}

/* What the failed try has left behind. A stream that was opened stays as it is. */
static void
forget_try (HearthStep *self)
{
  HearthRun *run = self->run;

  for (guint i = self->plan->first_output; i < self->plan->first_output + self->plan->n_outputs; i++)
    forget_output (run, i);
  for (int i = self->plan->first_extra; i >= 0; i = hearth_plan_output (run->plan, i)->next_extra)
    forget_output (run, i);
  _hearth_step_drop_extras (self);
  _hearth_step_stop_waits (self);
  if (self->data_destroy && !self->abandoned)
    _hearth_step_drop_data (self);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->failure);
  g_atomic_int_set (&self->cancelled, FALSE);
  self->ending = self->stalled = FALSE;
  self->more->timed_out = FALSE;
}

static void
retry_cb (gpointer user_data)
{
  HearthStep *self = user_data;

  self->more->retry_timer = 0;
  _hearth_run_add_job (self->run, HEARTH_JOB_START, self - self->run->steps);
}

/* The same run repeats itself; two runs, two nodes, or two calls of a workflow do not go in step. */
static double
make_random (HearthStep *self)
{
  return (_hearth_step_hash_seed (self, self->more->attempt) >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);
}

static gboolean
is_passing (HearthPolicy *policy,
            const GError *error)
{
  static const char *const passing[] = { "network", "timeout", "rate-limit", "server", NULL };

  return g_strv_contains (policy->on ? (const char *const *) policy->on : passing, hearth_error_get_class (error, NULL));
}

/* What went out or was taken in cannot be taken back. */
static gboolean
may_retry (HearthStep   *self,
           const GError *error)
{
  return self->more->attempt <= self->plan->policy->retries && !self->yielded && !self->consumed && !self->abandoned
         && is_passing (self->plan->policy, error);
}

static void
retry (HearthStep   *self,
       const GError *error)
{
  HearthRun *run = self->run;
  HearthStepMore *more = self->more;
  HearthRunEvent event = { .kind = HEARTH_EVENT_NODE_RETRY, .status = run->status, .node_id = self->plan->id };
  guint retry_after;

  hearth_error_get_class (error, &retry_after);
  event.step = self;
  event.message = error->message;
  event.attempt = more->attempt + 1;
  event.delay_ms = hearth_policy_get_delay (self->plan->policy, more->attempt, retry_after, make_random (self));
  _hearth_run_emit (run, &event);

  forget_try (self);
  if (run->plan->n_readers > 0)
    _hearth_stream_consumer_paused (self);
  _hearth_step_leave_place (self);
  more->retry_timer = hearth_clock_add_timeout (run->clock, event.delay_ms, retry_cb, self);
}

/* --- instead ------------------------------------------------------------------------ */

static gboolean
is_stream (HearthStep *self,
           const char *key)
{
  HearthPlan *plan = self->run->plan;

  for (guint i = self->plan->first_output; i < self->plan->first_output + self->plan->n_outputs; i++)
    if (g_str_equal (hearth_plan_output (plan, i)->key, key))
      return hearth_plan_output (plan, i)->streams;

  return FALSE;
}

void
_hearth_step_fill (HearthStep  *self,
                   HearthValue *object)
{
  for (gsize i = 0; i < hearth_value_get_length (object); i++)
    {
      const char *key = hearth_value_key_at (object, i);
      HearthValue *value = hearth_value_member_at (object, i);

      if (!is_stream (self, key))
        hearth_step_set_output (self, key, hearth_value_ref (value));
      else if (!self->yielded)
        {
          g_autofree char *text = hearth_value_to_text (value);

          hearth_step_yield (self, hearth_chunk_new_text (text));
        }
    }
}

static HearthValue *
dup_fallback_input (HearthStep *self)
{
  HearthValue *value = hearth_step_get_input (self, HEARTH_FALLBACK_INPUT);

  if (value == NULL || self->plan->n_outputs == 0)
    return NULL;

  return hearth_value_object (hearth_plan_output (self->run->plan, self->plan->first_output)->key,
                              hearth_value_ref (value), NULL);
}

/* Outputs that stand for those of the failed node, or NULL. */
static HearthValue *
dup_fallback (HearthStep *self)
{
  switch (self->plan->policy->on_failure)
    {
    case HEARTH_ON_FAILURE_VALUE:
      return self->plan->policy->value ? hearth_value_ref (self->plan->policy->value) : hearth_value_empty_object ();
    case HEARTH_ON_FAILURE_INPUT:
      return dup_fallback_input (self);
    case HEARTH_ON_FAILURE_STOP:
    default:
      return NULL;
    }
}

/* FALSE: nothing stands in for it. */
static gboolean
fall_back (HearthStep   *self,
           const GError *error)
{
  g_autoptr (HearthValue) outputs = self->yielded ? NULL : dup_fallback (self);
  gboolean abandoned = self->abandoned;

  if (outputs == NULL)
    return FALSE;

  forget_try (self);
  g_free (self->more->why);
  self->more->why = g_strdup_printf (_("used the fallback value: %s"), error->message);
  self->more->fell_back = TRUE;
  self->abandoned = FALSE; /* the step goes on, only its node does not */
  _hearth_step_fill (self, outputs);
  self->abandoned = abandoned;
  _hearth_step_end_done (self);
  return TRUE;
}

/* --- ending ------------------------------------------------------------------------- */

void
_hearth_step_fail_later (HearthStep *self,
                         GError     *error)
{
  self->ending = TRUE;
  g_clear_error (&self->failure);
  self->failure = error;
  _hearth_run_add_job (self->run, HEARTH_JOB_FAIL, self - self->run->steps);
}

static void
end_after_calls (HearthStep   *self,
                 const GError *error)
{
  self->more->ends = TRUE;
  g_clear_error (&self->more->end_error);
  self->more->end_error = error ? g_error_copy (error) : NULL;
  self->ending = TRUE;
  _hearth_step_cancel_calls (self);
}

static void
end_by_policy (HearthStep   *self,
               const GError *error)
{
  g_autoptr (GError) timeout = self->more->timed_out ? new_timeout_error (self) : NULL;
  const GError *cause = timeout ? timeout : error;

  if (cause == NULL)
    _hearth_step_end_done (self);
  else if (_hearth_error_stops_run (cause))
    _hearth_step_end_failed (self, cause);
  else if (may_retry (self, cause))
    retry (self, cause);
  else if (!fall_back (self, cause))
    _hearth_step_end_failed (self, cause);
}

void
_hearth_step_end_try (HearthStep   *self,
                      const GError *error)
{
  if (_hearth_step_has_calls (self))
    end_after_calls (self, error);
  else if (self->run->cancelled)
    _hearth_step_end_cancelled (self);
  else if (self->plan->policy)
    end_by_policy (self, error);
  else if (error)
    _hearth_step_end_failed (self, error);
  else
    _hearth_step_end_done (self);
}
