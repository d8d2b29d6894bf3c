/* hearth-step-call.c: a step runs another workflow as a run inside its own
 *
 * A called run is a run of its own, with a source of its own, so it shares the slices of the main
 * loop like any other. A step ends when the runs it has called have ended.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include <string.h>

#include "hearth-i18n.h"

struct _HearthCall
{
  HearthStep      *step;
  HearthRun       *run;    /* owned */
  char            *prefix; /* "node/tag/" */
  HearthStepCalled called;
  gpointer         data;
};

static void
call_free (HearthCall *self)
{
  self->run->call = NULL;
  g_object_unref (self->run);
  g_free (self->prefix);
  g_free (self);
}

HearthRun *
_hearth_call_get_outer (HearthCall *self)
{
  return self->step->run;
}

gboolean
_hearth_step_has_calls (HearthStep *self)
{
  return self->more && self->more->calls && self->more->calls->len > 0;
}

/* Cancelling may end a run at once and change the list. */
void
_hearth_step_cancel_calls (HearthStep *self)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; _hearth_step_has_calls (self) && i < self->more->calls->len; i++)
    g_ptr_array_add (runs, g_object_ref (((HearthCall *) g_ptr_array_index (self->more->calls, i))->run));
  for (guint i = 0; i < runs->len; i++)
    hearth_run_cancel (g_ptr_array_index (runs, i));
}

/* What happens inside is told outside, but for the inner run's own affairs. */
static void
forward_cb (const HearthRunEvent *event,
            gpointer              user_data)
{
  HearthCall *self = user_data;
  HearthRun *outer = self->step->run;
  HearthRunEvent copy = *event;
  g_autofree char *id = NULL;

  if (event->kind == HEARTH_EVENT_STATUS || event->kind == HEARTH_EVENT_INTERFACE_YIELD
      || event->kind == HEARTH_EVENT_INTERFACE_OUTPUTS)
    return;

  id = g_strconcat (self->prefix, event->node_id, NULL);
  copy.node_id = id;
  copy.status = outer->status;
  _hearth_run_emit (outer, &copy);
}

static HearthRun *
make_run (HearthStep  *step,
          HearthPlan  *plan,
          HearthValue *inputs)
{
  HearthRun *outer = step->run;
  HearthRun *run = hearth_run_new (plan, NULL);

  hearth_run_set_id (run, outer->id);
  run->seed = g_strdup (outer->seed);
  hearth_run_set_clock (run, outer->clock);
  if (outer->services)
    run->services = g_ptr_array_ref (outer->services);
  if (outer->file_states)
    hearth_run_set_file_states (run, outer->file_states);
  if (outer->cache)
    hearth_run_set_cache (run, outer->cache, _hearth_step_is_anew (step) ? HEARTH_RUN_REUSE_NOTHING : outer->reuse);
  if (inputs)
    hearth_run_set_inputs (run, inputs);
  return run;
}

static void
start_call (HearthCall *self)
{
  HearthStepMore *more = _hearth_step_need_more (self->step);
  HearthRun *outer = self->step->run;

  if (more->calls == NULL)
    more->calls = g_ptr_array_new ();
  if (outer->calls == NULL)
    outer->calls = g_ptr_array_new ();
  g_ptr_array_add (more->calls, self);
  g_ptr_array_add (outer->calls, self);
  self->run->call = self;
  if (_hearth_run_is_observed (outer))
    hearth_run_add_observer (self->run, forward_cb, self, NULL);
  hearth_run_start (self->run);
}

static void
call_plan (HearthStep      *self,
           HearthPlan      *plan,
           const char      *tag,
           HearthValue     *inputs,
           HearthStepCalled called,
           gpointer         user_data)
{
  HearthCall *call = g_new0 (HearthCall, 1);

  call->step = self;
  call->run = make_run (self, plan, inputs);
  call->prefix = g_strdup_printf ("%s/%s/", self->plan->id, tag);
  call->called = called;
  call->data = user_data;
  start_call (call);
  if (g_atomic_int_get (&self->cancelled))
    hearth_run_cancel (call->run); /* the node has not noticed yet */
}

gboolean
hearth_step_call (HearthStep      *self,
                  const char      *tag,
                  HearthValue     *inputs,
                  HearthStepCalled called,
                  gpointer         user_data)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (tag != NULL, FALSE);
  g_return_val_if_fail (called != NULL, FALSE);
  g_return_val_if_fail (self->run->thread == g_thread_self (), FALSE);
  g_return_val_if_fail (self->state == HEARTH_STEP_RUNNING, FALSE);

  if (self->ending)
    return FALSE;
  if (self->plan->call == NULL)
    {
      const char *message = self->plan->call_error ? self->plan->call_error : _("This node cannot run a workflow.");

      _hearth_step_fail_later (self, g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_GROUP, message));
      return FALSE;
    }

  call_plan (self, self->plan->call, tag, inputs, called, user_data);
  return TRUE;
}

static HearthPlanTool *
find_tool (HearthStep *self,
           const char *id)
{
  GArray *tools = self->plan->tools;

  for (guint i = 0; tools && i < tools->len; i++)
    if (strcmp (g_array_index (tools, HearthPlanTool, i).id, id) == 0)
      return &g_array_index (tools, HearthPlanTool, i);
  return NULL;
}

gboolean
hearth_step_call_tool (HearthStep      *self,
                       const char      *id,
                       const char      *tag,
                       HearthValue     *inputs,
                       HearthStepCalled called,
                       gpointer         user_data)
{
  HearthPlanTool *tool;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL && tag != NULL, FALSE);
  g_return_val_if_fail (called != NULL, FALSE);
  g_return_val_if_fail (self->run->thread == g_thread_self (), FALSE);
  g_return_val_if_fail (self->state == HEARTH_STEP_RUNNING, FALSE);

  tool = find_tool (self, id);
  if (self->ending || tool == NULL || tool->plan == NULL)
    return FALSE;
  call_plan (self, tool->plan, tag, inputs, called, user_data);
  return TRUE;
}

HearthValue *
hearth_step_dup_tools (HearthStep *self)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  GArray *tools;

  g_return_val_if_fail (self != NULL, NULL);

  tools = self->plan->tools;
  for (guint i = 0; tools && i < tools->len; i++)
    {
      HearthPlanTool *tool = &g_array_index (tools, HearthPlanTool, i);

      hearth_builder_add (&list, NULL, tool->plan ? hearth_value_ref (tool->about)
                                                  : hearth_value_object ("id", hearth_value_string (tool->id), "error",
                                                                         hearth_value_string (tool->error), NULL));
    }
  return hearth_builder_end_array (&list);
}

/* --- the end ------------------------------------------------------------------------- */

static GError *
make_error (HearthRun *run)
{
  if (run->status == HEARTH_RUN_INTERRUPTED)
    return g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CANCELLED, HEARTH_NOTE_INTERRUPTED);
  if (run->first_failure)
    return g_error_copy (run->first_failure);

  return g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                              run->message ? run->message : HEARTH_NOTE_FAILED);
}

static void
tell_called (HearthCall *self)
{
  if (self->run->status == HEARTH_RUN_COMPLETE)
    {
      g_autoptr (HearthValue) outputs = self->run->outputs ? hearth_value_ref (self->run->outputs)
                                                           : hearth_value_empty_object ();

      self->called (self->step, outputs, NULL, self->data);
    }
  else
    {
      g_autoptr (GError) error = make_error (self->run);

      self->called (self->step, NULL, error, self->data);
    }
}

void
_hearth_call_finished (HearthCall *self)
{
  HearthStep *step = self->step;
  HearthRun *outer = step->run;
  HearthStepMore *more = step->more;

  g_ptr_array_remove (more->calls, self);
  g_ptr_array_remove (outer->calls, self);
  outer->depth++;
  if (more->ends && more->calls->len == 0)
    {
      g_autoptr (GError) error = g_steal_pointer (&more->end_error);

      more->ends = FALSE;
      _hearth_step_end_try (step, error);
    }
  else if (!step->ending && !g_atomic_int_get (&step->cancelled))
    tell_called (self);
  outer->depth--;
  _hearth_run_wake (outer);
  call_free (self);
}

/* --- from outside --------------------------------------------------------------------- */

HearthRun *
_hearth_run_find_call (HearthRun   *self,
                       const char  *node_id,
                       const char **inner_id)
{
  for (guint i = 0; self->calls && i < self->calls->len; i++)
    {
      HearthCall *call = g_ptr_array_index (self->calls, i);

      if (g_str_has_prefix (node_id, call->prefix))
        {
          *inner_id = node_id + strlen (call->prefix);
          return call->run;
        }
    }

  return NULL;
}

void
_hearth_run_foreach_call (HearthRun     *self,
                          HearthCallFunc func,
                          gpointer       data)
{
  for (guint i = 0; self->calls && i < self->calls->len; i++)
    {
      HearthCall *call = g_ptr_array_index (self->calls, i);

      func (call->run, call->prefix, data);
    }
}

char *
_hearth_run_dup_prefix (HearthRun *self)
{
  g_autofree char *outer = NULL;

  if (self->call == NULL)
    return g_strdup ("");

  outer = _hearth_run_dup_prefix (self->call->step->run);
  return g_strconcat (outer, self->call->prefix, NULL);
}

const char *const *
hearth_step_get_call_inputs (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->plan->call ? (const char *const *) self->plan->call->interface_inputs : NULL;
}

const char *const *
hearth_step_get_call_outputs (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->plan->call ? (const char *const *) self->plan->call->interface_outputs : NULL;
}
