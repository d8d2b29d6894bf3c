/* hearth-step.c: what a node's code asks of its step: inputs, config, data, cancel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include <string.h>

#define on_main_thread(step) ((step)->run->thread == g_thread_self ())

static int
find_input (HearthStep *self,
            const char *key)
{
  for (guint i = 0; i < self->plan->n_inputs; i++)
    {
      const char *name = hearth_plan_input (self->run->plan, self->plan->first_input + i)->key;

      if (name == key || strcmp (name, key) == 0)
        return i;
    }

  return -1;
}

HearthValue *
hearth_step_get_input (HearthStep *self,
                       const char *key)
{
  int input;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  input = self->inputs ? find_input (self, key) : -1;
  return input >= 0 ? self->inputs[input] : NULL;
}

char *
hearth_step_dup_input_text (HearthStep *self,
                            const char *key,
                            const char *fallback)
{
  HearthValue *value = hearth_step_get_input (self, key);

  if (value == NULL || hearth_value_is (value, NULL))
    return g_strdup (fallback);

  return hearth_value_to_text (value);
}

HearthValue *
hearth_step_dup_input_json (HearthStep *self,
                            const char *key,
                            GError    **error)
{
  HearthValue *value = hearth_step_get_input (self, key);
  const char *text;
  gsize length;

  if (!hearth_value_is (value, STRING))
    return hearth_value_ref_or_null (value);

  text = hearth_value_get_string (value, &length);
  return hearth_json_parse (text, length, error);
}

HearthValue *
hearth_step_get_config (HearthStep *self,
                        const char *key)
{
  HearthValue *value;
  HearthSlot *slot;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  value = self->plan->config ? hearth_value_get (self->plan->config, key) : NULL;
  if (value)
    return value;

  slot = self->plan->type ? hearth_slots_find (self->plan->type->config, key) : NULL;
  return slot ? slot->default_value : NULL;
}

const char *
hearth_step_get_mode (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->plan->mode ? self->plan->mode->id : NULL;
}

HearthStreamReader *
hearth_step_get_stream (HearthStep *self,
                        const char *key)
{
  HearthPlanInput *input;
  HearthPlanLink *link;
  int number;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  number = find_input (self, key);
  if (number < 0)
    return NULL;
  input = hearth_plan_input (self->run->plan, self->plan->first_input + number);
  link = input->n_links ? hearth_plan_link (self->run->plan, input->first_link) : NULL;

  if (link == NULL || link->kind != HEARTH_LINK_STREAM || !_hearth_step_sees_link (self, input->first_link))
    return NULL;

  return &self->run->readers[link->reader];
}

HearthValue *
hearth_step_get_run_inputs (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->run->inputs ? self->run->inputs : self->run->plan->run_inputs;
}

gpointer
hearth_step_get_service (HearthStep *self,
                         GType       type)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (on_main_thread (self), NULL);

  return hearth_run_get_service (self->run, type);
}

const char *
hearth_step_get_run_id (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->run->id;
}

HearthValue *
hearth_step_get_run_metadata (HearthStep *self)
{
  HearthRun *run;

  g_return_val_if_fail (self != NULL, NULL);

  for (run = self->run; run->call != NULL; run = _hearth_call_get_outer (run->call))
    ;
  return run->metadata;
}

char *
hearth_step_dup_path (HearthStep *self)
{
  g_autofree char *prefix = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  prefix = _hearth_run_dup_prefix (self->run);
  return g_strconcat (prefix, self->plan->id, NULL);
}

const char *
hearth_step_get_node_id (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->plan->id;
}

const char *
hearth_step_get_type_id (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->plan->type_id;
}

const HearthNodeDecl *
hearth_step_get_decl (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->plan->type->decl;
}

/* --- meanwhile --------------------------------------------------------------------- */

void
hearth_step_set_data (HearthStep    *self,
                      gpointer       data,
                      GDestroyNotify destroy)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->state == HEARTH_STEP_RUNNING);

  if (self->data_destroy)
    self->data_destroy (self->data);
  self->data = data;
  self->data_destroy = destroy;
}

gpointer
hearth_step_get_data (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->data;
}

GCancellable *
hearth_step_get_cancellable (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (on_main_thread (self), NULL);

  if (self->cancellable == NULL)
    {
      self->cancellable = g_cancellable_new ();
      if (g_atomic_int_get (&self->cancelled))
        g_cancellable_cancel (self->cancellable);
    }

  return self->cancellable;
}

gboolean
hearth_step_is_cancelled (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return g_atomic_int_get (&self->cancelled);
}

void
hearth_step_set_usage (HearthStep  *self,
                       HearthValue *usage)
{
  HearthStepMore *more;

  g_return_if_fail (self != NULL);
  g_return_if_fail (usage != NULL);
  g_return_if_fail (on_main_thread (self));

  more = _hearth_step_need_more (self);
  hearth_value_ref (usage);
  g_clear_pointer (&more->usage, hearth_value_unref);
  more->usage = usage;
}

void
hearth_step_log (HearthStep *self,
                 const char *message)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (message != NULL);

  if (on_main_thread (self))
    {
      _hearth_run_emit_step (self, HEARTH_EVENT_LOG, NULL, message);
      return;
    }

  if (self->log == NULL)
    self->log = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->log, g_strdup (message));
}

void
hearth_step_set_waiting (HearthStep *self,
                         const char *sentence)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (on_main_thread (self));

  if (sentence)
    hearth_step_log (self, sentence);
  _hearth_run_emit_step (self, HEARTH_EVENT_NODE_WAITS, NULL, sentence);
}
