/* group-input.c: core:GroupInput, where the values of a workflow's interface come in
 *
 * These values are no inputs of the node, so an earlier result cannot stand for a new one: it has no
 * reuse flag. What reads them is still reused, since there they are inputs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-i18n.h"

static gboolean
group_input_run (HearthStep *step,
                 GError    **error)
{
  HearthValue *values = hearth_step_get_run_inputs (step);
  gsize n_values = hearth_value_is (values, OBJECT) ? hearth_value_get_length (values) : 0;

  for (gsize i = 0; i < n_values; i++)
    hearth_step_set_output (step, hearth_value_key_at (values, i),
                            hearth_value_ref (hearth_value_member_at (values, i)));
  return TRUE;
}

static const HearthSlotDecl outputs[] = {
  { .key = "output_0", .type = HEARTH_DATA_CONVERTIBLE_ANY, .name = "*",
    .description = N_("Becomes a new input of the group when it is connected."),
    .categories = "BehaviorConvertible", .flags = HEARTH_SLOT_DYNAMIC },
  { NULL },
};

const HearthNodeDecl hearth_node_group_input = {
  .type = "GroupInput",
  .category = "Group",
  .category_title = N_("Groups"),
  .name = "🧬组输入",
  .title = N_("Group Input"),
  .icon = "🧬",
  .description = N_("Defines the inputs of a group. The hollow slot takes over type and name of what is connected to it, "
                    "and a new hollow slot appears; the slots' properties are edited in the side bar."),
  .outputs = outputs,
  .flags = HEARTH_NODE_DYNAMIC_SLOTS,
  .version = 1,
  .run = group_input_run,
};
