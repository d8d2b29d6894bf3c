/* regex-rule-loader.c: core:RegexRuleLoader, reads rules for ApplyRegex
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "loader.h"

#include "hearth-i18n.h"

/* An array of objects with a text as pattern (nodes.md 5.5). */
static gboolean
is_rules (HearthValue *value)
{
  if (!hearth_value_is (value, ARRAY))
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (value); i++)
    if (hearth_value_get_member_string (hearth_value_at (value, i), "pattern", NULL) == NULL)
      return FALSE;
  return TRUE;
}

static const HearthLoader loader = {
  .config = "ruleResource",
  .output = "regexRules",
  .forms = HEARTH_FILE_YAML,
  .not_selected = N_("Rule resource not selected"),
  /* Translators: followed by why not */
  .failed = N_("Failed to load regex rules: "),
  .is_valid = is_rules,
  .invalid = N_("Loaded data is not a valid RegexRule array."),
};

static void
regex_rule_loader_start (HearthStep *step)
{
  hearth_loader_start (step, &loader);
}

static const HearthSlotDecl config[] = {
  { .key = "ruleResource", .type = HEARTH_DATA_STRING, .name = "规则文件", .title = N_("Rule File"),
    .description = N_("The file: a list of rules, each with a “pattern”."),
    .categories = "ResourceId FilePath", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "acceptedTypes": [ { "value": "json", "label": "规则 (JSON)" }, { "value": "yaml", "label": "规则 (YAML)" } ],
                             "placeholder": "选择一个规则文件..." }) },
  { NULL },
};

static const char *const file_configs[] = { "ruleResource", NULL };

static const HearthSlotDecl outputs[] = {
  { .key = "regexRules", .type = HEARTH_DATA_ARRAY, .name = "正则规则", .title = N_("Rules"),
    .description = N_("The rules.") },
  { NULL },
};

const HearthNodeDecl hearth_node_regex_rule_loader = {
  .type = "RegexRuleLoader",
  .category = "Loaders",
  .category_title = N_("Loaders"),
  .name = "⚙️加载正则规则",
  .title = N_("Load Regex Rules"),
  .icon = "⚙️",
  .description = N_("Reads rules of regular expressions from a JSON or YAML file."),
  .width = 300,
  .config = config,
  .outputs = outputs,
  .file_configs = file_configs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .start = regex_rule_loader_start,
};
