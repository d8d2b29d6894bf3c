/* condition.c: core:Condition, sends a value one of two ways
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "comparison.h"
#include "flow.h"
#include "processors/regex.h"

#include <string.h>

#include "hearth-i18n.h"

/* What a comparison is made of; all borrowed. */
typedef struct
{
  HearthStep  *step;
  HearthValue *value;
  HearthValue *against;
  gboolean     ignore_case;
} Question;

typedef gboolean (*Decide) (const Question *question,
                            gboolean       *yes,
                            GError        **error);

static gboolean
decide_equals (const Question *question,
               gboolean       *yes,
               GError        **error)
{
  *yes = hearth_comparison_equal (question->value, question->against, question->ignore_case);
  return TRUE;
}

static gboolean
decide_order (const Question *question,
              int             wanted,
              gboolean       *yes,
              GError        **error)
{
  int order;

  if (!hearth_comparison_order (question->value, question->against, question->ignore_case, &order, error))
    return FALSE;
  *yes = wanted < 0 ? order < 0 : order > 0;
  return TRUE;
}

static gboolean
decide_less (const Question *question,
             gboolean       *yes,
             GError        **error)
{
  return decide_order (question, -1, yes, error);
}

static gboolean
decide_greater (const Question *question,
                gboolean       *yes,
                GError        **error)
{
  return decide_order (question, 1, yes, error);
}

static gboolean
decide_contains (const Question *question,
                 gboolean       *yes,
                 GError        **error)
{
  *yes = hearth_comparison_contains (question->value, question->against, question->ignore_case);
  return TRUE;
}

static gboolean
decide_starts_with (const Question *question,
                    gboolean       *yes,
                    GError        **error)
{
  *yes = hearth_comparison_starts_with (question->value, question->against, question->ignore_case);
  return TRUE;
}

static gboolean
decide_ends_with (const Question *question,
                  gboolean       *yes,
                  GError        **error)
{
  *yes = hearth_comparison_ends_with (question->value, question->against, question->ignore_case);
  return TRUE;
}

static gboolean
decide_matches (const Question *question,
                gboolean       *yes,
                GError        **error)
{
  g_autofree char *text = hearth_comparison_dup_text (question->value);
  g_autofree char *pattern = hearth_comparison_dup_text (question->against);
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthRegex) regex = hearth_regex_new (pattern, strlen (pattern), question->ignore_case ? "i" : "", &cause);

  if (regex != NULL && hearth_regex_test (regex, text, strlen (text), question->step, yes, &cause))
    return TRUE;
  if (!g_error_matches (cause, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CANCELLED))
    g_prefix_error (&cause, _("The regular expression “%s” cannot be applied: "), pattern);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
decide_is_empty (const Question *question,
                 gboolean       *yes,
                 GError        **error)
{
  *yes = hearth_comparison_is_empty (question->value);
  return TRUE;
}

static gboolean
decide_expression (const Question *question,
                   gboolean       *yes,
                   GError        **error)
{
  g_autofree char *expression = hearth_flow_dup_config_text (question->step, "expression", NULL);
  g_autoptr(HearthValue) variables = NULL;

  if (expression == NULL)
    return hearth_shape_fail (error, N_("The condition has no expression. Write one in the node's settings, "
                                        "such as: length(value) > 3"));
  variables = hearth_value_object ("value", hearth_value_ref (question->value),
                                   "against", question->against != NULL ? hearth_value_ref (question->against)
                                                                        : hearth_value_null (), NULL);
  return hearth_flow_decide (expression, variables, yes, error);
}

static const struct
{
  const char *name;
  Decide      decide;
  gboolean    opposite;
} operators[] = {
  { "equals", decide_equals, FALSE },
  { "notEquals", decide_equals, TRUE },
  { "less", decide_less, FALSE },
  { "lessOrEqual", decide_greater, TRUE },
  { "greater", decide_greater, FALSE },
  { "greaterOrEqual", decide_less, TRUE },
  { "contains", decide_contains, FALSE },
  { "startsWith", decide_starts_with, FALSE },
  { "endsWith", decide_ends_with, FALSE },
  { "matches", decide_matches, FALSE },
  { "isEmpty", decide_is_empty, FALSE },
  { "isNotEmpty", decide_is_empty, TRUE },
  { "expression", decide_expression, FALSE },
};

static gboolean
decide (const Question *question,
        gboolean       *yes,
        GError        **error)
{
  g_autofree char *name = hearth_flow_dup_config_text (question->step, "operator", "equals");

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      if (!g_str_equal (operators[i].name, name))
        continue;
      if (!operators[i].decide (question, yes, error))
        return FALSE;
      *yes = *yes != operators[i].opposite;
      return TRUE;
    }
  return hearth_shape_fail (error, N_("There is no comparison “%s”. Choose another one in the node's settings."), name);
}

static gboolean
condition_compute (HearthStep *step,
                   GError    **error)
{
  Question question = {
    .step = step,
    .value = hearth_step_get_input (step, "value"),
    .against = hearth_step_get_input (step, "against"),
    .ignore_case = hearth_value_is_truthy (hearth_step_get_config (step, "ignoreCase")),
  };
  gboolean yes = FALSE;

  if (!decide (&question, &yes, error))
    return FALSE;
  hearth_step_set_output (step, yes ? "yes" : "no", hearth_value_ref (question.value));
  hearth_step_set_dead (step, yes ? "no" : "yes");
  hearth_step_set_output (step, "result", hearth_value_boolean (yes));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "value", .type = HEARTH_DATA_WILDCARD, .name = "值", .title = N_("Value"),
    .description = N_("What is looked at, and what goes on."), .flags = HEARTH_SLOT_REQUIRED },
  { .key = "against", .type = HEARTH_DATA_STRING, .name = "比较对象", .title = N_("Compare With"),
    .description = N_("What the value is compared with: a text, a number, or a regular expression."),
    .categories = "BehaviorWildcard", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "" }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "yes", .type = HEARTH_DATA_WILDCARD, .name = "是", .title = N_("Yes"),
    .description = N_("The value, when the condition holds.") },
  { .key = "no", .type = HEARTH_DATA_WILDCARD, .name = "否", .title = N_("No"),
    .description = N_("The value, when the condition does not hold.") },
  { .key = "result", .type = HEARTH_DATA_BOOLEAN, .name = "结果", .title = N_("Result"),
    .description = N_("Whether the condition holds.") },
  { NULL },
};

static const HearthSlotDecl config[] = {
  { .key = "operator", .type = HEARTH_DATA_STRING, .name = "比较方式", .title = N_("Comparison"),
    .description = N_("How the value is compared."),
    .categories = "ComboOption", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "equals", "suggestions": [
      { "value": "equals", "label": "等于" },
      { "value": "notEquals", "label": "不等于" },
      { "value": "less", "label": "小于" },
      { "value": "lessOrEqual", "label": "小于或等于" },
      { "value": "greater", "label": "大于" },
      { "value": "greaterOrEqual", "label": "大于或等于" },
      { "value": "contains", "label": "包含" },
      { "value": "startsWith", "label": "开头是" },
      { "value": "endsWith", "label": "结尾是" },
      { "value": "matches", "label": "匹配正则表达式" },
      { "value": "isEmpty", "label": "为空" },
      { "value": "isNotEmpty", "label": "不为空" },
      { "value": "expression", "label": "表达式" } ] }) },
  { .key = "ignoreCase", .type = HEARTH_DATA_BOOLEAN, .name = "忽略大小写", .title = N_("Ignore Case"),
    .description = N_("Capital and small letters count as the same."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": false }) },
  { .key = "expression", .type = HEARTH_DATA_STRING, .name = "表达式", .title = N_("Expression"),
    .description = N_("For the comparison by expression: it sees value and against."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "", "placeholder": "length(value) > 3" }) },
  { NULL },
};

const HearthNodeDecl hearth_node_condition = {
  .type = "Condition",
  .category = "流程控制",
  .category_title = N_("Flow"),
  .name = "🔀条件判断",
  .title = N_("Condition"),
  .icon = "🔀",
  .description = N_("Sends a value one of two ways. What is behind the other way is skipped."),
  .width = 260,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .compute = condition_compute,
};
