/* hearth-step-wait.c: what a step waits for that the engine keeps: the clock and people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#define on_main_thread(step) ((step)->run->thread == g_thread_self ())

typedef struct
{
  HearthStep       *step;
  guint             id; /* of the clock */
  HearthStepElapsed elapsed;
  gpointer          data;
} HearthStepTimer;

HearthStepMore *
_hearth_step_need_more (HearthStep *self)
{
  if (self->more == NULL)
    self->more = g_new0 (HearthStepMore, 1);

  return self->more;
}

static void
remove_timer (HearthRun *run,
              guint     *timer)
{
  guint id = *timer;

  *timer = 0;
  if (id)
    hearth_clock_remove (run->clock, id);
}

void
_hearth_step_stop_waits (HearthStep *self)
{
  HearthStepMore *more = self->more;

  if (more == NULL)
    return;

  while (more->timers)
    {
      HearthStepTimer *timer = more->timers->data;

      more->timers = g_slist_delete_link (more->timers, more->timers);
      hearth_clock_remove (self->run->clock, timer->id);
      g_free (timer);
    }
  remove_timer (self->run, &more->try_timer);
  remove_timer (self->run, &more->retry_timer);
  g_clear_pointer (&more->question, hearth_value_unref);
}

void
_hearth_step_free_more (HearthStep *self)
{
  HearthStepMore *more = self->more;

  if (more == NULL)
    return;

  _hearth_step_stop_waits (self);
  _hearth_step_leave_place (self);
  g_assert (!_hearth_step_has_calls (self));
  g_clear_pointer (&more->calls, g_ptr_array_unref);
  g_clear_error (&more->end_error);
  g_free (more->why);
  g_clear_pointer (&more->parts, hearth_value_unref);
  _hearth_step_drop_chunks (more);
  g_clear_pointer (&more->origin, hearth_value_unref);
  g_clear_pointer (&more->usage, hearth_value_unref);
  g_clear_pointer (&self->more, g_free);
}

gboolean
_hearth_step_only_waits (HearthStep *self)
{
  HearthStepMore *more = self->more;

  if (more == NULL || self->computing)
    return FALSE;
  if (more->retry_timer || more->place == HEARTH_PLACE_QUEUED || more->retells)
    return TRUE;

  return self->cancellable == NULL && (more->timers || more->question || _hearth_step_has_calls (self));
}

/* --- the clock ----------------------------------------------------------------------- */

static void
elapsed_cb (gpointer user_data)
{
  HearthStepTimer *timer = user_data;
  HearthStep *step = timer->step;
  HearthRun *run = step->run;
  HearthStepElapsed elapsed = timer->elapsed;
  gpointer data = timer->data;

  step->more->timers = g_slist_remove (step->more->timers, timer);
  g_free (timer);
  if (step->ending)
    return;

  run->depth++;
  elapsed (step, data);
  run->depth--;
  _hearth_run_wake (run);
}

void
hearth_step_add_timeout (HearthStep       *self,
                         guint             milliseconds,
                         HearthStepElapsed elapsed,
                         gpointer          user_data)
{
  HearthStepMore *more;
  HearthStepTimer *timer;

  g_return_if_fail (self != NULL);
  g_return_if_fail (elapsed != NULL);
  g_return_if_fail (on_main_thread (self));
  g_return_if_fail (self->state == HEARTH_STEP_RUNNING);

  more = _hearth_step_need_more (self);
  timer = g_new (HearthStepTimer, 1);
  *timer = (HearthStepTimer) { self, 0, elapsed, user_data };
  timer->id = hearth_clock_add_timeout (self->run->clock, milliseconds, elapsed_cb, timer);
  more->timers = g_slist_prepend (more->timers, timer);
}

/* --- people -------------------------------------------------------------------------- */

void
hearth_step_ask (HearthStep        *self,
                 HearthValue       *question,
                 HearthStepAnswered answered,
                 gpointer           user_data)
{
  g_autoptr (HearthValue) owned = question;
  HearthStepMore *more;

  g_return_if_fail (self != NULL);
  g_return_if_fail (hearth_value_is (question, OBJECT));
  g_return_if_fail (answered != NULL);
  g_return_if_fail (on_main_thread (self));
  g_return_if_fail (self->state == HEARTH_STEP_RUNNING);
  g_return_if_fail (self->more == NULL || self->more->question == NULL);

  more = _hearth_step_need_more (self);
  more->question = hearth_value_ref (owned);
  more->answered = answered;
  more->answered_data = user_data;
  _hearth_run_emit_step (self, HEARTH_EVENT_NODE_ASKS, owned, NULL);
}

static gboolean
asks (HearthStep *step)
{
  return step->state == HEARTH_STEP_RUNNING && step->more && step->more->question && !step->ending
         && !g_atomic_int_get (&step->cancelled);
}

static HearthStep *
find_asking (HearthRun  *self,
             const char *node_id)
{
  int number = self->steps ? _hearth_plan_find_step (self->plan, node_id) : -1;

  return number >= 0 && asks (&self->steps[number]) ? &self->steps[number] : NULL;
}

gboolean
hearth_run_answer (HearthRun   *self,
                   const char  *node_id,
                   HearthValue *answer)
{
  HearthStep *step;
  HearthRun *called;

  g_return_val_if_fail (HEARTH_IS_RUN (self), FALSE);
  g_return_val_if_fail (node_id != NULL, FALSE);
  g_return_val_if_fail (self->thread == g_thread_self (), FALSE);

  step = find_asking (self, node_id);
  if (step == NULL)
    {
      called = _hearth_run_find_call (self, node_id, &node_id);
      return called && hearth_run_answer (called, node_id, answer);
    }

  g_clear_pointer (&step->more->question, hearth_value_unref);
  self->depth++;
  step->more->answered (step, answer, step->more->answered_data);
  self->depth--;
  _hearth_run_wake (self);
  return TRUE;
}

HearthValue *
hearth_run_get_question (HearthRun  *self,
                         const char *node_id)
{
  HearthStep *step;
  HearthRun *called;

  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);
  g_return_val_if_fail (node_id != NULL, NULL);

  step = find_asking (self, node_id);
  if (step)
    return step->more->question;
  called = _hearth_run_find_call (self, node_id, &node_id);
  return called ? hearth_run_get_question (called, node_id) : NULL;
}

static void
list_called (HearthRun  *called,
             const char *prefix,
             gpointer    data)
{
  g_auto (GStrv) ids = hearth_run_list_asking (called);

  for (char **id = ids; *id; id++)
    {
      g_autofree char *full = g_strconcat (prefix, *id, NULL);

      g_strv_builder_add (data, full);
    }
}

char **
hearth_run_list_asking (HearthRun *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);

  for (guint i = 0; self->steps && i < self->plan->steps->len; i++)
    if (asks (&self->steps[i]))
      g_strv_builder_add (ids, self->steps[i].plan->id);
  _hearth_run_foreach_call (self, list_called, ids);

  return g_strv_builder_end (ids);
}
