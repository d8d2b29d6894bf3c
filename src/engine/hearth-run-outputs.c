/* hearth-run-outputs.c: values of steps put together as objects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

static void
add_output (HearthRun     *run,
            HearthBuilder *builder,
            guint          number)
{
  HearthValue *value = run->output_values[number];

  if (value)
    hearth_builder_add (builder, hearth_plan_output (run->plan, number)->key, hearth_value_ref (value));
}

static HearthValue *
make_object (HearthStep *self)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  HearthRun *run = self->run;

  for (guint i = 0; i < self->plan->n_outputs; i++)
    add_output (run, &builder, self->plan->first_output + i);
  for (int i = self->plan->first_extra; i >= 0; i = hearth_plan_output (run->plan, i)->next_extra)
    add_output (run, &builder, i);
  for (guint i = 0; self->extras && i < self->extras->len; i += 2)
    hearth_builder_add (&builder, g_ptr_array_index (self->extras, i),
                        hearth_value_ref_or_null ((HearthValue *) g_ptr_array_index (self->extras, i + 1)));

  return hearth_builder_end_object (&builder);
}

HearthValue *
_hearth_step_get_object (HearthStep *self)
{
  if (self->object == NULL)
    self->object = make_object (self);

  return self->object;
}

/* engine.md 10: what a failed stream node owed. */
static HearthValue *
make_error_placeholder (HearthStep *step)
{
  g_autofree char *message = g_strdup_printf ("Error resolving batch output: %s", step->error);

  return hearth_value_object ("type", hearth_value_string ("error_placeholder"), "message",
                              hearth_value_string (message), NULL);
}

static HearthValue *
dup_result (HearthRun        *self,
            HearthPlanResult *result)
{
  HearthStep *step;

  if (result->source < 0)
    return hearth_value_ref_or_null (result->constant);

  step = &self->steps[result->source];
  if (self->dead_outputs[result->output])
    return NULL;
  if (hearth_plan_output (self->plan, result->output)->streams)
    return hearth_value_ref_or_null (step->text);
  if (step->state == HEARTH_STEP_FAILED && step->streaming)
    return make_error_placeholder (step);
  if (step->state != HEARTH_STEP_DONE && step->state != HEARTH_STEP_BYPASSED)
    return NULL;

  return hearth_value_ref_or_null (self->output_values[result->output]);
}

HearthValue *
_hearth_run_make_outputs (HearthRun *self,
                          int        group)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < self->plan->results->len; i++)
    {
      HearthPlanResult *result = hearth_plan_result (self->plan, i);

      if (result->group == group)
        hearth_builder_add (&builder, result->key, dup_result (self, result));
    }

  return hearth_builder_end_object (&builder);
}
