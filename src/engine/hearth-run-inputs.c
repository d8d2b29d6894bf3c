/* hearth-run-inputs.c: gathers what a step works on when its turn comes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

static HearthValue *
peek_link (HearthRun      *run,
           HearthPlanLink *link)
{
  if (link->source < 0)
    return link->constant;
  if (link->kind == HEARTH_LINK_VALUE)
    return run->output_values[link->output];
  if (link->kind == HEARTH_LINK_TEXT)
    return run->steps[link->source].text;

  return NULL;
}

static HearthValue *
collect (HearthRun       *run,
         HearthPlanInput *input)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (guint i = input->first_link; i < input->first_link + input->n_links; i++)
    {
      HearthValue *value = peek_link (run, hearth_plan_link (run->plan, i));

      hearth_builder_add (&builder, NULL, value ? hearth_value_ref (value) : hearth_value_null ());
    }

  return hearth_builder_end_array (&builder);
}

static HearthValue *
dup_input (HearthRun       *run,
           HearthPlanInput *input)
{
  HearthValue *value = NULL;

  if (input->collects && input->n_links > 0)
    return collect (run, input);
  if (input->n_links > 0)
    {
      HearthPlanLink *link = hearth_plan_link (run->plan, input->first_link);

      if (link->kind == HEARTH_LINK_STREAM)
        return NULL;
      value = peek_link (run, link);
    }

  return value ? hearth_value_ref (value) : hearth_value_ref_or_null (input->constant);
}

void
_hearth_step_take_inputs (HearthStep *self)
{
  HearthRun *run = self->run;

  self->inputs = &run->input_values[self->plan->first_input];
  for (guint i = 0; i < self->plan->n_inputs; i++)
    self->inputs[i] = dup_input (run, hearth_plan_input (run->plan, self->plan->first_input + i));
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

const char *
_hearth_step_find_missing (HearthStep *self)
{
  HearthPlan *plan = self->run->plan;

  for (guint i = 0; i < self->plan->n_inputs; i++)
    {
      HearthPlanInput *input = hearth_plan_input (plan, self->plan->first_input + i);

      if (input->required && self->inputs[i] == NULL
          && (input->n_links == 0 || hearth_plan_link (plan, input->first_link)->kind != HEARTH_LINK_STREAM))
        return input->key;
    }

  return NULL;
}
