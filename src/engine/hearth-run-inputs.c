/* hearth-run-inputs.c: gathers what a step works on when its turn comes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include "hearth-secret.h"

static HearthValue *
peek_link (HearthStep *self,
           guint       number)
{
  HearthRun *run = self->run;
  HearthPlanLink *link = hearth_plan_link (run->plan, number);

  if (link->source < 0)
    return link->constant;
  if (!_hearth_step_sees_link (self, number))
    return NULL;
  if (link->kind == HEARTH_LINK_VALUE)
    return run->output_values[link->output];
  if (link->kind == HEARTH_LINK_TEXT)
    return run->steps[link->source].text;

  return NULL;
}

static HearthValue *
collect (HearthStep      *self,
         HearthPlanInput *input)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (guint i = input->first_link; i < input->first_link + input->n_links; i++)
    {
      HearthValue *value = peek_link (self, i);

      hearth_builder_add (&builder, NULL, value ? hearth_value_ref (value) : hearth_value_null ());
    }

  return hearth_builder_end_array (&builder);
}

static HearthValue *
dup_input (HearthStep      *self,
           HearthPlanInput *input)
{
  HearthValue *value = NULL;

  if (input->collects && input->n_links > 0)
    return collect (self, input);
  if (input->n_links > 0)
    {
      if (hearth_plan_link (self->run->plan, input->first_link)->kind == HEARTH_LINK_STREAM)
        return NULL;
      value = peek_link (self, input->first_link);
      /* A join must not mistake the stored value for one that came. */
      if (value == NULL && !_hearth_step_sees_link (self, input->first_link))
        return NULL;
    }

  return value ? hearth_value_ref (value) : hearth_value_ref_or_null (input->constant);
}

void
_hearth_step_take_inputs (HearthStep *self)
{
  HearthRun *run = self->run;

  self->inputs = &run->input_values[self->plan->first_input];
  for (guint i = 0; i < self->plan->n_inputs; i++)
    self->inputs[i] = dup_input (self, hearth_plan_input (run->plan, self->plan->first_input + i));
}

void
_hearth_step_drop_inputs (HearthStep *self)
{
  if (self->inputs == NULL)
    return;

  for (guint i = 0; i < self->plan->n_inputs; i++)
    g_clear_pointer (&self->inputs[i], hearth_value_unref);
  self->inputs = NULL;
}

static HearthValue *
dup_shown (HearthStep *self,
           guint       number)
{
  HearthPlanInput *input = hearth_plan_input (self->run->plan, self->plan->first_input + number);

  if (self->inputs[number] == NULL && input->n_links > 0
      && hearth_plan_link (self->run->plan, input->first_link)->kind == HEARTH_LINK_STREAM)
    return hearth_value_object (HEARTH_STREAM_INPUT_KEY, hearth_value_boolean (TRUE), NULL);

  return input->is_secret ? hearth_secret_hide_value (self->inputs[number])
                          : hearth_value_ref_or_null (self->inputs[number]);
}

HearthValue *
_hearth_step_dup_inputs (HearthStep *self)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  if (self->inputs == NULL)
    return NULL;

  for (guint i = 0; i < self->plan->n_inputs; i++)
    hearth_builder_add (&builder, hearth_plan_input (self->run->plan, self->plan->first_input + i)->key,
                        dup_shown (self, i));

  return hearth_builder_end_object (&builder);
}

static gboolean
is_given (HearthStep *self,
          guint       number)
{
  HearthPlanInput *input = hearth_plan_input (self->run->plan, self->plan->first_input + number);

  if (self->inputs[number])
    return TRUE;
  if (input->n_links == 0)
    return FALSE;

  return self->plan->join != HEARTH_JOIN_ALL
         || hearth_plan_link (self->run->plan, input->first_link)->kind == HEARTH_LINK_STREAM;
}

const char *
_hearth_step_find_missing (HearthStep *self)
{
  for (guint i = 0; i < self->plan->n_inputs; i++)
    {
      HearthPlanInput *input = hearth_plan_input (self->run->plan, self->plan->first_input + i);

      if (input->required && !is_given (self, i))
        return input->key;
    }

  return NULL;
}
