/* hearth-pack-workflow.c: a pack's node that stands for a workflow of the pack
 *
 * The engine plans the workflow together with the node, whose type brings it along. Inputs and settings go in
 * by their keys, and what comes out goes to the outputs of the same keys.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pack-private.h"

#include "shapes.h"

static HearthValue *
make_inputs (HearthStep *step)
{
  const char *const *keys = hearth_step_get_call_inputs (step);
  g_auto (HearthBuilder) inputs = HEARTH_BUILDER_INIT;

  for (; keys != NULL && *keys != NULL; keys++)
    {
      HearthValue *value = hearth_step_get_input (step, *keys);

      if (value == NULL)
        value = hearth_step_get_config (step, *keys);
      hearth_builder_add (&inputs, *keys, hearth_value_ref_or_null (value));
    }
  return hearth_builder_end_object (&inputs);
}

static void
called_cb (HearthStep   *step,
           HearthValue  *outputs,
           const GError *error,
           gpointer      user_data)
{
  if (outputs == NULL)
    {
      hearth_step_fail (step, g_error_copy (error));
      return;
    }
  for (gsize i = 0; i < hearth_value_get_length (outputs); i++)
    hearth_step_set_output (step, hearth_value_key_at (outputs, i), hearth_value_ref (hearth_value_member_at (outputs, i)));
  hearth_step_complete (step);
}

void
_hearth_pack_workflow_start (HearthStep *step)
{
  g_autoptr (HearthValue) inputs = make_inputs (step);

  hearth_step_set_data (step, hearth_shape_watch_cancel (step), (GDestroyNotify) hearth_shape_unwatch);
  hearth_step_call (step, "workflow", inputs, called_cb, NULL);
}
