/* hearth-run-release.c: a run holds outputs only as long as somebody in it still needs them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

static void
let_go (HearthStep *self)
{
  HearthRun *run = self->run;

  for (guint i = self->plan->first_output; i < self->plan->first_output + self->plan->n_outputs; i++)
    g_clear_pointer (&run->output_values[i], hearth_value_unref);
  for (int i = self->plan->first_extra; i >= 0; i = hearth_plan_output (run->plan, i)->next_extra)
    g_clear_pointer (&run->output_values[i], hearth_value_unref);
  if (self->extras)
    _hearth_step_drop_extras (self);
  g_clear_pointer (&self->object, hearth_value_unref);
  g_clear_pointer (&self->text, hearth_value_unref);
  self->gone = TRUE;
}

void
_hearth_step_check_uses (HearthStep *self)
{
  if (self->uses == 0 && self->state > HEARTH_STEP_RUNNING && !self->gone && !self->run->keep_outputs)
    let_go (self);
}

static void
drop_use (HearthStep *self)
{
  g_assert (self->uses > 0);

  self->uses--;
  _hearth_step_check_uses (self);
}

void
_hearth_step_took_inputs (HearthStep *self)
{
  HearthRun *run = self->run;

  if (self->took || run->keep_outputs)
    return;

  self->took = TRUE;
  for (guint i = self->plan->first_link; i < self->plan->first_link + self->plan->n_links; i++)
    {
      HearthPlanLink *link = hearth_plan_link (run->plan, i);

      if (link->source >= 0)
        drop_use (&run->steps[link->source]);
    }
}

void
_hearth_run_took_results (HearthRun *self,
                          int        group)
{
  if (self->keep_outputs)
    return;

  for (guint i = 0; i < self->plan->results->len; i++)
    {
      HearthPlanResult *result = hearth_plan_result (self->plan, i);

      if (result->group == group && result->source >= 0)
        drop_use (&self->steps[result->source]);
    }
}
