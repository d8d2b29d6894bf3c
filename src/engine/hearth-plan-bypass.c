/* hearth-plan-bypass.c: which input a bypassed node hands on as which output (engine.md 7)
 *
 * Decided when the plan is made: an input counts as having a value when something is wired to it
 * or it has a constant.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plan-private.h"

#include <string.h>

static gboolean
has_value (HearthPlanInput *input)
{
  return input->n_links > 0 || input->constant;
}

static gboolean
fits (HearthPlanInput  *input,
      HearthPlanOutput *output)
{
  return input->slot && has_value (input) && hearth_slot_can_pass (input->slot, output->slot);
}

static HearthValue *
dup_empty (HearthSlot *slot)
{
  HearthValue *zero = hearth_data_type_get_zero (slot->type);

  return zero ? hearth_value_ref (zero) : hearth_value_null ();
}

/* Rule 2: the declaration names the pairs. */
static void
pair_declared (HearthPlan       *plan,
               HearthPlanStep   *step,
               HearthPlanOutput *output)
{
  HearthValue *pairs = hearth_value_get (step->type->bypass, "passThrough");
  HearthValue *fallback = hearth_value_get (hearth_value_get (step->type->bypass, "defaults"), output->key);
  const char *key = hearth_value_get_member_string (pairs, output->key, NULL);

  for (guint i = step->first_input; key && i < step->first_input + step->n_inputs; i++)
    if (strcmp (hearth_plan_input (plan, i)->key, key) == 0 && fits (hearth_plan_input (plan, i), output))
      output->bypass_input = i;

  output->bypass_value = fallback ? hearth_value_ref (fallback) : dup_empty (output->slot);
}

/* Rule 3: each output takes the first unused input that fits. */
static void
pair_in_order (HearthPlan       *plan,
               HearthPlanStep   *step,
               HearthPlanOutput *output,
               gboolean         *used)
{
  for (guint i = 0; output->bypass_input < 0 && i < step->n_inputs; i++)
    if (!used[i] && fits (hearth_plan_input (plan, step->first_input + i), output))
      {
        output->bypass_input = step->first_input + i;
        used[i] = TRUE;
      }

  output->bypass_value = dup_empty (output->slot);
}

/* A stream is not copied through the node: who reads this output reads the real producer. */
static void
pass_stream (HearthPlan       *plan,
             HearthPlanOutput *output)
{
  HearthPlanInput *input = hearth_plan_input (plan, output->bypass_input);
  HearthPlanLink *link = input->n_links ? hearth_plan_link (plan, input->first_link) : NULL;

  if (link == NULL || link->kind != HEARTH_LINK_STREAM)
    return;

  output->alias_step = link->source;
  output->alias_output = link->output;
  g_clear_pointer (&output->bypass_value, hearth_value_unref);
}

void
hearth_plan_pair_bypass (HearthPlan     *self,
                         HearthPlanStep *step)
{
  g_autofree gboolean *used = g_new0 (gboolean, step->n_inputs + 1);

  if (step->type == NULL || hearth_value_is (step->type->bypass, STRING))
    return; /* "mute": every output stays undefined */

  for (guint i = step->first_output; i < step->first_output + step->n_outputs; i++)
    {
      HearthPlanOutput *output = hearth_plan_output (self, i);

      if (hearth_value_is (step->type->bypass, OBJECT))
        pair_declared (self, step, output);
      else
        pair_in_order (self, step, output, used);
      if (output->bypass_input >= 0)
        pass_stream (self, output);
    }
}
