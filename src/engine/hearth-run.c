/* hearth-run.c: one execution of a plan
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include "hearth-id.h"

G_DEFINE_FINAL_TYPE (HearthRun, hearth_run, G_TYPE_OBJECT)

enum
{
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
free_groups (HearthRun *self)
{
  for (guint i = 0; self->groups && i < self->plan->groups->len; i++)
    {
      g_clear_pointer (&self->groups[i].output, hearth_value_unref);
      g_free (self->groups[i].error);
    }
  g_clear_pointer (&self->groups, g_free);
}

static void
hearth_run_finalize (GObject *object)
{
  HearthRun *self = HEARTH_RUN (object);

  _hearth_run_detach (self);
  _hearth_run_free_steps (self);
  free_groups (self);
  _hearth_run_clear_observers (self);
  g_array_unref (self->observers);
  g_clear_pointer (&self->plan, hearth_plan_unref);
  g_clear_pointer (&self->metadata, hearth_value_unref);
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_clear_pointer (&self->inputs, hearth_value_unref);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_pointer (&self->file_states, hearth_value_unref);
  g_clear_object (&self->cache);
  g_strfreev (self->anew);
  g_free (self->reuse_why);
  g_clear_error (&self->plan_error);
  g_clear_error (&self->first_failure);
  g_free (self->jobs);
  g_clear_pointer (&self->usage, hearth_value_unref);
  g_free (self->stop_message);
  g_free (self->message);
  g_free (self->seed);
  g_free (self->id);

  G_OBJECT_CLASS (hearth_run_parent_class)->finalize (object);
}

static void
hearth_run_class_init (HearthRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_run_finalize;

  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
}

static void
hearth_run_init (HearthRun *self)
{
  self->id = hearth_id_new_nano (HEARTH_PROMPT_ID_LENGTH);
  self->observers = g_array_new (FALSE, FALSE, sizeof (HearthObserverEntry));
  self->submitted_ms = hearth_time_now_ms ();
  self->thread = g_thread_self ();
  self->clock = g_object_ref (hearth_clock_get_default ());
}

HearthRun *
hearth_run_new (HearthPlan  *plan,
                HearthValue *metadata)
{
  HearthRun *self;

  g_return_val_if_fail (plan != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_RUN, NULL);
  self->plan = hearth_plan_ref (plan);
  self->metadata = hearth_value_ref_or_null (metadata);
  return self;
}

HearthRun *
hearth_run_new_failed (GError      *error,
                       HearthValue *metadata)
{
  HearthRun *self;

  g_return_val_if_fail (error != NULL, NULL);

  self = g_object_new (HEARTH_TYPE_RUN, NULL);
  self->plan_error = error;
  self->metadata = hearth_value_ref_or_null (metadata);
  return self;
}

const char *
hearth_run_get_id (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);

  return self->id;
}

void
hearth_run_set_id (HearthRun  *self,
                   const char *id)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  g_free (self->id);
  self->id = g_strdup (id);
}

HearthPlan *
hearth_run_get_plan (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);

  return self->plan;
}

HearthValue *
hearth_run_get_metadata (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);

  return self->metadata;
}

HearthRunStatus
hearth_run_get_status (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), HEARTH_RUN_ERROR);

  return self->status;
}

const char *
hearth_run_get_message (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);

  return self->message;
}

const char *
hearth_run_get_stop_message (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);

  return self->stop_message;
}

gint64
hearth_run_get_submitted_ms (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), 0);

  return self->submitted_ms;
}

gint64
hearth_run_get_started_ms (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), 0);

  return self->started_ms;
}

double
hearth_run_get_duration_ms (HearthRun *self)
{
  gint64 end;

  g_return_val_if_fail (HEARTH_IS_RUN (self), 0);

  if (self->started_us == 0)
    return 0;
  end = self->ended_us ? self->ended_us : hearth_clock_get_now_us (self->clock);
  return (end - self->started_us) / 1000.0;
}

void
hearth_run_set_usage (HearthRun   *self,
                      HearthValue *usage)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (usage != NULL);

  hearth_value_ref (usage);
  g_clear_pointer (&self->usage, hearth_value_unref);
  self->usage = usage;
}

HearthValue *
hearth_run_get_usage (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);

  return self->usage;
}

HearthValue *
hearth_run_get_outputs (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);

  return self->outputs;
}

static HearthStep *
find_step (HearthRun  *self,
           const char *node_id)
{
  int number = self->steps ? _hearth_plan_find_step (self->plan, node_id) : -1;

  return number >= 0 ? &self->steps[number] : NULL;
}

static HearthGroupState *
find_group (HearthRun  *self,
            const char *node_id)
{
  int number = self->groups ? _hearth_plan_find_group (self->plan, node_id) : -1;

  return number >= 0 ? &self->groups[number] : NULL;
}

HearthStepState
hearth_run_get_step_state (HearthRun  *self,
                           const char *node_id)
{
  HearthStep *step;
  HearthGroupState *group;

  g_return_val_if_fail (HEARTH_IS_RUN (self), HEARTH_STEP_WAITING);
  g_return_val_if_fail (node_id != NULL, HEARTH_STEP_WAITING);

  step = find_step (self, node_id);
  if (step)
    return step->state;
  group = find_group (self, node_id);
  return group ? group->state : HEARTH_STEP_WAITING;
}

HearthValue *
hearth_run_get_step_output (HearthRun  *self,
                            const char *node_id)
{
  HearthStep *step;
  HearthGroupState *group;

  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);
  g_return_val_if_fail (node_id != NULL, NULL);

  step = find_step (self, node_id);
  if (step)
    {
      gboolean well = step->state == HEARTH_STEP_DONE || step->state == HEARTH_STEP_BYPASSED;

      return well && !step->gone ? _hearth_step_get_object (step) : NULL;
    }
  group = find_group (self, node_id);
  return group ? group->output : NULL;
}

const char *
hearth_run_get_step_error (HearthRun  *self,
                           const char *node_id)
{
  HearthStep *step;
  HearthGroupState *group;

  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);
  g_return_val_if_fail (node_id != NULL, NULL);

  step = find_step (self, node_id);
  if (step)
    return step->error;
  group = find_group (self, node_id);
  return group ? group->error : NULL;
}

void
hearth_run_start (HearthRun *self)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);
  g_return_if_fail (self->thread == g_thread_self ());

  g_object_ref (self); /* until the final status */
  self->status = HEARTH_RUN_RUNNING;
  self->started_ms = hearth_clock_get_unix_ms (self->clock);
  self->started_us = hearth_clock_get_now_us (self->clock);
  _hearth_run_attach (self);
  self->depth++;
  if (self->plan)
    _hearth_run_prepare (self);
  _hearth_run_emit_status (self);
  if (self->plan)
    _hearth_run_prepare_groups (self);
  self->depth--;
}
