/* hearth-run-events.c: tells the observers of a run
 *
 * Without an observer nothing is built: callers ask _hearth_run_is_observed() first where making
 * the value costs something.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

static void
sweep (HearthRun *self)
{
  for (guint i = self->observers->len; i-- > 0;)
    if (g_array_index (self->observers, HearthObserverEntry, i).func == NULL)
      g_array_remove_index (self->observers, i);
}

void
_hearth_run_emit (HearthRun      *self,
                  HearthRunEvent *event)
{
  event->run = self;
  self->emitting++;
  self->depth++;
  for (guint i = 0; i < self->observers->len; i++)
    {
      HearthObserverEntry *entry = &g_array_index (self->observers, HearthObserverEntry, i);

      if (entry->func)
        entry->func (event, entry->data);
    }
  self->depth--;
  if (--self->emitting == 0)
    sweep (self);
}

void
_hearth_run_emit_status (HearthRun *self)
{
  HearthRunEvent event = { .kind = HEARTH_EVENT_STATUS, .status = self->status, .message = self->message };

  event.usage = hearth_run_status_is_final (self->status) ? self->usage : NULL;
  _hearth_run_emit (self, &event);
}

void
_hearth_run_emit_node (HearthRun         *self,
                       HearthRunEventKind kind,
                       const char        *node_id,
                       HearthValue       *value,
                       const char        *message)
{
  HearthRunEvent event = { .kind = kind, .status = self->status, .node_id = node_id, .value = value, .message = message };

  if (_hearth_run_is_observed (self))
    _hearth_run_emit (self, &event);
}

void
_hearth_run_emit_step (HearthStep        *step,
                       HearthRunEventKind kind,
                       HearthValue       *value,
                       const char        *message)
{
  HearthRun *run = step->run;
  HearthRunEvent event = { .kind = kind, .status = run->status, .value = value, .message = message, .attempt = 1 };

  if (!_hearth_run_is_observed (run))
    return;

  event.step = step;
  event.node_id = step->plan->id;
  event.reused = step->reused;
  if (step->more)
    {
      event.why = step->more->why;
      event.origin = hearth_value_get_member_string (step->more->origin, "promptId", NULL);
      event.attempt = MAX (1, step->more->attempt);
      event.usage = kind == HEARTH_EVENT_NODE_COMPLETE || kind == HEARTH_EVENT_NODE_ERROR ? step->more->usage : NULL;
    }
  if (kind != HEARTH_EVENT_NODE_EXECUTING && step->started_us)
    event.duration_us = hearth_clock_get_now_us (run->clock) - step->started_us;
  _hearth_run_emit (run, &event);
}

void
_hearth_run_emit_chunk (HearthStep  *step,
                        HearthValue *chunk,
                        gboolean     last)
{
  HearthRunEvent event = { .kind = HEARTH_EVENT_NODE_YIELD, .status = step->run->status, .value = chunk, .last = last };

  event.step = step;
  event.node_id = step->plan->id;
  _hearth_run_emit (step->run, &event);
}

void
_hearth_run_emit_interface (HearthStep  *step,
                            HearthValue *chunk,
                            gboolean     last)
{
  HearthPlan *plan = step->run->plan;
  int number = step - step->run->steps;

  for (guint i = 0; i < plan->results->len; i++)
    {
      HearthPlanResult *result = hearth_plan_result (plan, i);
      HearthRunEvent event = { .kind = HEARTH_EVENT_INTERFACE_YIELD, .status = step->run->status, .last = last };

      if (!result->streams || result->source != number || step->run->dead_outputs[result->output])
        continue;
      event.step = step;
      event.node_id = step->plan->id;
      event.key = result->key;
      event.display_name = result->name;
      event.value = chunk;
      _hearth_run_emit (step->run, &event);
    }
}

HearthValue *
hearth_run_event_dup_inputs (const HearthRunEvent *event)
{
  g_return_val_if_fail (event != NULL, NULL);

  return event->step ? _hearth_step_dup_inputs (event->step) : NULL;
}

const char *
hearth_run_event_get_type_id (const HearthRunEvent *event)
{
  g_return_val_if_fail (event != NULL, NULL);

  if (event->step)
    return event->step->plan->type_id;

  return event->node_id ? HEARTH_TYPE_ID_NODE_GROUP : NULL;
}

guint
hearth_run_add_observer (HearthRun        *self,
                         HearthRunObserver observer,
                         gpointer          user_data,
                         GDestroyNotify    destroy)
{
  HearthObserverEntry entry = { 0, observer, user_data, destroy };

  g_return_val_if_fail (HEARTH_IS_RUN (self), 0);
  g_return_val_if_fail (observer != NULL, 0);
  g_return_val_if_fail (self->emitting == 0, 0);

  entry.id = ++self->next_observer;
  g_array_append_val (self->observers, entry);
  return entry.id;
}

void
hearth_run_remove_observer (HearthRun *self,
                            guint      id)
{
  g_return_if_fail (HEARTH_IS_RUN (self));

  for (guint i = 0; i < self->observers->len; i++)
    {
      HearthObserverEntry *entry = &g_array_index (self->observers, HearthObserverEntry, i);
      HearthObserverEntry old = *entry;

      if (entry->id != id || entry->func == NULL)
        continue;
      entry->func = NULL;
      if (self->emitting == 0)
        sweep (self);
      if (old.destroy)
        old.destroy (old.data);
      return;
    }
}

void
_hearth_run_clear_observers (HearthRun *self)
{
  while (self->observers->len > 0)
    hearth_run_remove_observer (self, g_array_index (self->observers, HearthObserverEntry, 0).id);
}
