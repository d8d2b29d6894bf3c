/* group-output.c: core:GroupOutput, where the results of a workflow's interface go out
 *
 * The plan reads the interface from the edges into this node. The node itself takes nothing, so
 * that it never holds up a stream that passes through the interface (engine.md 6.5).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-i18n.h"

static gboolean
group_output_run (HearthStep *step,
                  GError    **error)
{
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "input_0", .type = HEARTH_DATA_CONVERTIBLE_ANY, .name = "*",
    .description = N_("Becomes a new output of the group when it is connected."),
    .categories = "BehaviorConvertible", .flags = HEARTH_SLOT_DYNAMIC },
  { NULL },
};

const HearthNodeDecl hearth_node_group_output = {
  .type = "GroupOutput",
  .category = "Group",
  .category_title = N_("Groups"),
  .name = "🧬组输出",
  .title = N_("Group Output"),
  .icon = "🧬",
  .description = N_("Defines the outputs of a group. The hollow slot takes over type and name of what is connected to it, "
                    "and a new hollow slot appears; the slots' properties are edited in the side bar."),
  .inputs = inputs,
  .flags = HEARTH_NODE_DYNAMIC_SLOTS,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = group_output_run,
};
