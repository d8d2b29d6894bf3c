/* node-group.c: core:NodeGroup, an instance of another workflow
 *
 * The plan puts the referenced workflow in its place; only a group without a reference ever runs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-i18n.h"

static gboolean
node_group_run (HearthStep *step,
                GError    **error)
{
  return TRUE;
}

static const HearthSlotDecl config[] = {
  { .key = "referencedWorkflowId", .type = HEARTH_DATA_STRING, .name = "引用的工作流", .title = N_("Workflow"),
    .description = N_("The workflow this group stands for."),
    .categories = "ResourceId", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "acceptedTypes": [ { "value": "workflow", "label": "工作流" } ],
                             "placeholder": "选择一个工作流..." }) },
  { NULL },
};

const HearthNodeDecl hearth_node_node_group = {
  .type = "NodeGroup",
  .category = "Group",
  .category_title = N_("Groups"),
  .name = "📦节点组",
  .title = N_("Node Group"),
  .icon = "📦",
  .description = N_("Stands for another workflow of the project, with that workflow's inputs and outputs."),
  .width = 250,
  .config = config,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = node_group_run,
};
