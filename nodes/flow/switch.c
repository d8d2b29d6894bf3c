/* switch.c: core:Switch, sends a value one of several ways
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "comparison.h"
#include "flow.h"

#include "hearth-i18n.h"

static const char *const cases[] = { "case1", "case2", "case3", "case4", "case5", "case6", "case7", "case8" };

/* A case is a text that the value must be equal to or, behind "=", an expression. */
static gboolean
is_case (const char  *rule,
         HearthValue *value,
         gboolean    *is_it,
         GError     **error)
{
  g_autoptr(HearthValue) text = NULL;
  g_autoptr(HearthValue) variables = NULL;

  if (rule[0] != '=')
    {
      text = hearth_value_string (rule);
      *is_it = hearth_comparison_equal (value, text, FALSE);
      return TRUE;
    }
  variables = hearth_value_object ("value", hearth_value_ref (value), NULL);
  return hearth_flow_decide (rule + 1, variables, is_it, error);
}

/* The first output whose case is it; NULL on error. */
static const char *
choose (HearthStep  *step,
        HearthValue *value,
        GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rule = hearth_flow_dup_config_text (step, cases[i], NULL);
      gboolean is_it = FALSE;

      if (rule == NULL)
        continue;
      if (!is_case (rule, value, &is_it, error))
        {
          g_prefix_error (error, _("Case %u: "), i + 1);
          return NULL;
        }
      if (is_it)
        return cases[i];
    }
  return "default";
}

static gboolean
switch_compute (HearthStep *step,
                GError    **error)
{
  HearthValue *value = hearth_step_get_input (step, "value");
  const char *taken = choose (step, value, error);

  if (taken == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (cases[i] != taken)
      hearth_step_set_dead (step, cases[i]);
  if (!g_str_equal (taken, "default"))
    hearth_step_set_dead (step, "default");
  hearth_step_set_output (step, taken, hearth_value_ref (value));
  hearth_step_set_output (step, "taken", hearth_value_string (taken));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "value", .type = HEARTH_DATA_WILDCARD, .name = "值", .title = N_("Value"),
    .description = N_("What is looked at, and what goes on."), .flags = HEARTH_SLOT_REQUIRED },
  { NULL },
};

#define CASE_OUTPUT(number, title_) \
  { .key = "case" #number, .type = HEARTH_DATA_WILDCARD, .name = "情况" #number, .title = title_, \
    .description = N_("The value, when this is the first case that fits.") }

static const HearthSlotDecl outputs[] = {
  CASE_OUTPUT (1, N_("Case 1")),
  CASE_OUTPUT (2, N_("Case 2")),
  CASE_OUTPUT (3, N_("Case 3")),
  CASE_OUTPUT (4, N_("Case 4")),
  CASE_OUTPUT (5, N_("Case 5")),
  CASE_OUTPUT (6, N_("Case 6")),
  CASE_OUTPUT (7, N_("Case 7")),
  CASE_OUTPUT (8, N_("Case 8")),
  { .key = "default", .type = HEARTH_DATA_WILDCARD, .name = "默认", .title = N_("Otherwise"),
    .description = N_("The value, when no case fits.") },
  { .key = "taken", .type = HEARTH_DATA_STRING, .name = "所选分支", .title = N_("Taken"),
    .description = N_("The key of the output that was taken, such as case2 or default.") },
  { NULL },
};

#define CASE_SETTING(number, title_) \
  { .key = "case" #number, .type = HEARTH_DATA_STRING, .name = "情况" #number, .title = title_, \
    .description = N_("A text that the value equals, or an expression behind =, such as =value > 5. Empty: not used."), \
    .flags = HEARTH_SLOT_OPTIONAL, \
    .config = HEARTH_JSON ({ "default": "" }) }

static const HearthSlotDecl config[] = {
  CASE_SETTING (1, N_("Case 1")),
  CASE_SETTING (2, N_("Case 2")),
  CASE_SETTING (3, N_("Case 3")),
  CASE_SETTING (4, N_("Case 4")),
  CASE_SETTING (5, N_("Case 5")),
  CASE_SETTING (6, N_("Case 6")),
  CASE_SETTING (7, N_("Case 7")),
  CASE_SETTING (8, N_("Case 8")),
  { NULL },
};

const HearthNodeDecl hearth_node_switch = {
  .type = "Switch",
  .category = "流程控制",
  .category_title = N_("Flow"),
  .name = "🚦多路分支",
  .title = N_("Switch"),
  .icon = "🚦",
  .description = N_("Sends a value the way of the first case that fits. What is behind the other ways is skipped."),
  .width = 260,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .compute = switch_compute,
};
