/* hearth-run-groups.c: the part that group instances play in a run
 *
 * An instance has no step; its inner nodes have. It is reported like a node: executing with its
 * first inner node, complete or failed with the last (engine.md 14 [DO]).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include "hearth-i18n.h"

static void
begin (HearthRun *self,
       int        number)
{
  HearthPlanGroup *group = hearth_plan_group (self->plan, number);

  if (self->groups[number].state != HEARTH_STEP_WAITING)
    return;

  if (group->parent >= 0)
    begin (self, group->parent);
  self->groups[number].state = HEARTH_STEP_RUNNING;
  _hearth_run_emit_node (self, HEARTH_EVENT_NODE_EXECUTING, group->id, NULL, NULL);
}

static void
complete (HearthRun *self,
          int        number)
{
  HearthGroupState *state = &self->groups[number];
  const char *id = hearth_plan_group (self->plan, number)->id;

  begin (self, number);
  state->state = HEARTH_STEP_DONE;
  state->output = _hearth_run_make_outputs (self, number);
  _hearth_run_emit_node (self, HEARTH_EVENT_NODE_COMPLETE, id, state->output, NULL);
  _hearth_run_took_results (self, number);
  if (!self->keep_outputs)
    g_clear_pointer (&state->output, hearth_value_unref);
}

static void
fail (HearthRun      *self,
      int             number,
      HearthStepState final_state,
      char           *message)
{
  HearthGroupState *state = &self->groups[number];
  const char *id = hearth_plan_group (self->plan, number)->id;

  begin (self, number);
  state->state = final_state;
  state->error = message;
  _hearth_run_emit_node (self, HEARTH_EVENT_NODE_ERROR, id, NULL, message);
}

static void
skip (HearthRun  *self,
      int         number,
      const char *message)
{
  self->groups[number].state = HEARTH_STEP_SKIPPED;
  _hearth_run_emit_node (self, HEARTH_EVENT_NODE_SKIPPED, hearth_plan_group (self->plan, number)->id, NULL, message);
}

/* Nothing inside ran, or it only hands on what did not come. */
static gboolean
is_untaken (HearthRun *self,
            int        number)
{
  HearthPlanGroup *group = hearth_plan_group (self->plan, number);
  HearthGroupState *state = &self->groups[number];

  if (group->n_members > 0)
    return state->n_untaken_inside == group->n_members;

  return state->n_untaken > 0 && state->n_untaken == group->n_waits;
}

static void
end (HearthRun *self,
     int        number)
{
  HearthGroupState *state = &self->groups[number];
  gboolean started = state->state == HEARTH_STEP_RUNNING;

  if (state->failed)
    fail (self, number, HEARTH_STEP_FAILED,
          g_strdup_printf (_("The node “%s” inside this group failed."), state->failed));
  else if (state->n_cancelled > 0 && started)
    fail (self, number, HEARTH_STEP_CANCELLED, g_strdup (HEARTH_NOTE_INTERRUPTED));
  else if (state->n_cancelled > 0)
    state->state = HEARTH_STEP_CANCELLED;
  else if (state->n_skipped > 0 && started)
    fail (self, number, HEARTH_STEP_FAILED,
          g_strdup (_("The group could not finish, because a node before it failed.")));
  else if (state->n_skipped > 0)
    skip (self, number, _("Skipped, because a node before the group failed."));
  else if (is_untaken (self, number))
    skip (self, number, _("Skipped, because no node of the group was on a branch that was taken."));
  else
    complete (self, number);
}

static gboolean
is_inside (HearthPlan *plan,
           int         inner,
           int         outer)
{
  while (inner >= 0 && inner != outer)
    inner = hearth_plan_group (plan, inner)->parent;
  return inner >= 0;
}

static void
count (HearthGroupState *state,
       HearthStep       *step,
       gboolean          inside)
{
  if (step->state == HEARTH_STEP_FAILED && inside)
    {
      if (state->failed == NULL)
        state->failed = step->plan->id;
    }
  else if (step->state == HEARTH_STEP_CANCELLED)
    state->n_cancelled++;
  else if (step->state == HEARTH_STEP_SKIPPED && step->untaken)
    {
      state->n_untaken++;
      state->n_untaken_inside += inside;
    }
  else if (step->state == HEARTH_STEP_SKIPPED || step->state == HEARTH_STEP_FAILED)
    state->n_skipped++;
}

void
_hearth_run_begin_groups (HearthStep *step)
{
  begin (step->run, step->plan->group);
}

void
_hearth_run_end_groups (HearthStep *step)
{
  HearthRun *self = step->run;

  for (guint i = 0; i < step->plan->n_watches; i++)
    {
      HearthPlanWatch *watch = hearth_plan_watch (self->plan, step->plan->first_watch + i);
      HearthGroupState *state = &self->groups[watch->group];

      count (state, step, is_inside (self->plan, step->plan->group, watch->group));
      if (--state->waits == 0)
        end (self, watch->group);
    }
}

/* Instances that wait for nobody are complete when the run begins. */
void
_hearth_run_prepare_groups (HearthRun *self)
{
  guint n_groups = self->plan->groups->len;

  if (n_groups == 0)
    return;

  self->groups = g_new0 (HearthGroupState, n_groups);
  for (guint i = 0; i < n_groups; i++)
    self->groups[i].waits = hearth_plan_group (self->plan, i)->n_waits;
  for (guint i = n_groups; i-- > 0;)
    if (self->groups[i].waits == 0)
      complete (self, i);
}
