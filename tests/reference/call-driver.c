/* call-driver.c: a node that runs another workflow a few times, one after the other or all at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "models.h"
#include "work.h"

typedef struct
{
  RefCalls     kind;
  guint        n, next, n_ended;
  guint        attempt;
  HearthValue *value;                    /* for the next one */
  HearthValue *outputs[REF_MAX_CALLS];
  GError      *errors[REF_MAX_CALLS];
} Calls;

static void
calls_free (gpointer data)
{
  Calls *self = data;

  for (guint i = 0; i < REF_MAX_CALLS; i++)
    {
      g_clear_pointer (&self->outputs[i], hearth_value_unref);
      g_clear_error (&self->errors[i]);
    }
  g_clear_pointer (&self->value, hearth_value_unref);
  g_free (self);
}

/* What it says by itself, after all calls. */
static GError *
make_own_error (HearthStep *step,
                Calls      *self)
{
  RefCall call = ref_step_get_call (step);
  GError *error = NULL;

  call.attempt = self->attempt;
  ref_model_flaky (&call);
  if (call.error && call.error_class)
    error = hearth_error_new_class (call.error_class, call.retry_after, call.error);
  else if (call.error)
    error = g_error_new_literal (HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, call.error);
  ref_call_clear (&call);
  return error;
}

static void
finish (HearthStep *step,
        Calls      *self)
{
  g_auto (HearthBuilder) results = HEARTH_BUILDER_INIT;
  GError *error = NULL;

  for (guint i = 0; i < self->n && error == NULL; i++)
    error = self->errors[i] ? g_error_copy (self->errors[i]) : NULL;
  if (error == NULL)
    error = make_own_error (step, self);
  if (error)
    {
      hearth_step_fail (step, error);
      return;
    }

  for (guint i = 0; i < self->n; i++)
    hearth_builder_add (&results, NULL, hearth_value_ref (self->outputs[i]));
  hearth_step_set_output (step, "results", hearth_builder_end_array (&results));
  hearth_step_set_output (step, "n", hearth_value_integer (self->n));
  hearth_step_complete (step);
}

static void called_cb (HearthStep   *step,
                       HearthValue  *outputs,
                       const GError *error,
                       gpointer      user_data);

/* FALSE: there is no such workflow, and the step fails for that. */
static gboolean
call_next (HearthStep *step,
           Calls      *self)
{
  g_autofree char *tag = g_strdup_printf ("%u", self->next);
  const char *const *keys = hearth_step_get_call_inputs (step);
  g_autoptr (HearthValue) inputs = NULL;

  if (keys && *keys && self->value)
    inputs = hearth_value_object (*keys, hearth_value_ref (self->value), NULL);
  return hearth_step_call (step, tag, inputs, called_cb, GUINT_TO_POINTER (self->next++));
}

static void
go_on (HearthStep  *step,
       Calls       *self,
       HearthValue *outputs)
{
  if (hearth_value_get_length (outputs) > 0)
    {
      g_clear_pointer (&self->value, hearth_value_unref);
      self->value = hearth_value_ref (hearth_value_member_at (outputs, 0));
    }
  if (self->next < self->n)
    call_next (step, self);
  else
    finish (step, self);
}

static void
called_cb (HearthStep   *step,
           HearthValue  *outputs,
           const GError *error,
           gpointer      user_data)
{
  Calls *self = hearth_step_get_data (step);
  guint number = GPOINTER_TO_UINT (user_data);

  self->outputs[number] = hearth_value_ref_or_null (outputs);
  self->errors[number] = error ? g_error_copy (error) : NULL;
  self->n_ended++;
  if (error && self->kind != REF_CALLS_PATIENT)
    hearth_step_fail (step, g_error_copy (error));
  else if (self->kind == REF_CALLS_IN_TURN)
    go_on (step, self, outputs);
  else if (self->n_ended == self->n)
    finish (step, self);
}

void
ref_driver_call (HearthStep *step)
{
  Calls *self = g_new0 (Calls, 1);
  RefCall call = ref_step_get_call (step);
  guint n_calls;

  hearth_step_log (step, REF_TRY_NOTE);
  self->attempt = ref_driver_attempt;
  self->kind = ref_kinds_lookup (hearth_step_get_type_id (step))->calls;
  self->n = n_calls = CLAMP (ref_call_get_integer (&call, "times", 0), 0, REF_MAX_CALLS);
  self->value = hearth_value_ref_or_null (hearth_step_get_input (step, "v"));
  hearth_step_set_data (step, self, calls_free);
  if (n_calls == 0)
    finish (step, self);
  else if (call_next (step, self) && self->kind != REF_CALLS_IN_TURN)
    for (guint i = 1; i < n_calls; i++)
      call_next (step, self);
}
