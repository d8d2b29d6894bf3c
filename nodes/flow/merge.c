/* merge.c: core:Merge, brings branches together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow.h"

#include "hearth-i18n.h"

static HearthJoin
merge_join (HearthValue *config)
{
  const char *mode = hearth_value_get_member_string (config, "mode", "first");

  return g_str_equal (mode, "all") ? HEARTH_JOIN_SETTLED : HEARTH_JOIN_FIRST;
}

static gboolean
merge_run (HearthStep *step,
           GError    **error)
{
  HearthValue *live = hearth_step_get_input (step, "inputs");
  g_auto(HearthBuilder) values = HEARTH_BUILDER_INIT;
  HearthValue *first = NULL;

  /* A branch that was not taken has no value, which a multi-input shows as null. */
  for (gsize i = 0; hearth_value_is (live, ARRAY) && i < hearth_value_get_length (live); i++)
    {
      HearthValue *value = hearth_value_at (live, i);

      if (hearth_value_is (value, NULL))
        continue;
      if (first == NULL)
        first = value;
      hearth_builder_add (&values, NULL, hearth_value_ref (value));
    }
  if (live != NULL && !hearth_value_is (live, ARRAY))
    {
      first = live;
      hearth_builder_add (&values, NULL, hearth_value_ref (live));
    }
  hearth_step_set_output (step, "value", first != NULL ? hearth_value_ref (first) : hearth_value_null ());
  hearth_step_set_output (step, "values", hearth_builder_end_array (&values));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "inputs", .type = HEARTH_DATA_WILDCARD, .name = "分支", .title = N_("Branches"),
    .description = N_("The ends of the branches."), .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_MULTI },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "value", .type = HEARTH_DATA_WILDCARD, .name = "值", .title = N_("Value"),
    .description = N_("The value that came first or, when waiting for all, the first in the order of connections.") },
  { .key = "values", .type = HEARTH_DATA_ARRAY, .name = "所有值", .title = N_("Values"),
    .description = N_("The values of all branches that were taken, in the order of connections.") },
  { NULL },
};

static const HearthSlotDecl config[] = {
  { .key = "mode", .type = HEARTH_DATA_STRING, .name = "合并方式", .title = N_("Wait For"),
    .description = N_("Go on with the first value (first), or wait until every branch has a value or is out of play (all)."),
    .categories = "ComboOption", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "first",
                             "suggestions": [ { "value": "first", "label": "最先到达" },
                                              { "value": "all", "label": "全部结束" } ] }) },
  { NULL },
};

const HearthNodeDecl hearth_node_merge = {
  .type = "Merge",
  .category = "流程控制",
  .category_title = N_("Flow"),
  .name = "🔗分支合并",
  .title = N_("Merge Branches"),
  .icon = "🔗",
  .description = N_("Brings branches together: goes on with the first value, or waits for all branches that were taken."),
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .join = merge_join,
  .run = merge_run,
};
