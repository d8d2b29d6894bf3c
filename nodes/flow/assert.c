/* assert.c: core:Assert, lets a value pass only when it is as it should be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "flow.h"

#include "hearth-i18n.h"

static gboolean
holds (HearthStep  *step,
       HearthValue *value,
       gboolean    *is_true,
       GError     **error)
{
  g_autofree char *expression = hearth_flow_dup_config_text (step, "expression", NULL);
  g_autoptr(HearthValue) variables = NULL;

  if (expression == NULL)
    {
      *is_true = hearth_value_is_truthy (value);
      return TRUE;
    }
  variables = hearth_value_object ("value", hearth_value_ref (value), NULL);
  return hearth_flow_decide (expression, variables, is_true, error);
}

static gboolean
fail_with_message (HearthStep *step,
                   GError    **error)
{
  g_autofree char *message = hearth_flow_dup_config_text (step, "message", NULL);
  g_autofree char *expression = hearth_flow_dup_config_text (step, "expression", NULL);

  if (message != NULL)
    return hearth_shape_fail (error, "%s", message);
  if (expression == NULL)
    return hearth_shape_fail (error, N_("The value is false or empty."));
  return hearth_shape_fail (error, N_("This is not true: %s"), expression);
}

static gboolean
assert_compute (HearthStep *step,
                GError    **error)
{
  HearthValue *value = hearth_step_get_input (step, "value");
  gboolean is_true = FALSE;

  if (!holds (step, value, &is_true, error))
    return FALSE;
  if (!is_true)
    return fail_with_message (step, error);
  hearth_step_set_output (step, "value", hearth_value_ref (value));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "value", .type = HEARTH_DATA_WILDCARD, .name = "值", .title = N_("Value"),
    .description = N_("What is checked, and what goes on."), .flags = HEARTH_SLOT_REQUIRED },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "value", .type = HEARTH_DATA_WILDCARD, .name = "值", .title = N_("Value"),
    .description = N_("The value, unchanged.") },
  { NULL },
};

static const HearthSlotDecl config[] = {
  { .key = "expression", .type = HEARTH_DATA_STRING, .name = "表达式", .title = N_("Expression"),
    .description = N_("What must be true of value. Empty: the value itself must be neither empty, false nor 0."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "", "placeholder": "value > 0" }) },
  { .key = "message", .type = HEARTH_DATA_STRING, .name = "错误信息", .title = N_("Message"),
    .description = N_("What the node says when it fails."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "" }) },
  { NULL },
};

const HearthNodeDecl hearth_node_assert = {
  .type = "Assert",
  .category = "流程控制",
  .category_title = N_("Flow"),
  .name = "✅断言",
  .title = N_("Assert"),
  .icon = "✅",
  .description = N_("Lets a value pass when it is as it should be, and fails with your message when it is not."),
  .width = 240,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .compute = assert_compute,
};
