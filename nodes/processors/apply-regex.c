/* apply-regex.c: core:ApplyRegex, applies regular-expression rules to a text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "regex.h"
#include "shapes.h"

#include "hearth-i18n.h"

static gboolean
is_text_or_absent (HearthValue *rule,
                   const char  *key)
{
  HearthValue *value = hearth_value_get (rule, key);

  return value == NULL || hearth_value_is (value, STRING);
}

/* The form of a rule: nodes.md 4. */
static gboolean
is_rule (HearthValue *rule)
{
  HearthValue *enabled = hearth_value_get (rule, "enabled");

  return hearth_value_is (rule, OBJECT)
      && *hearth_value_get_member_string (rule, "name", "") != '\0'
      && *hearth_value_get_member_string (rule, "pattern", "") != '\0'
      && hearth_value_get_member_string (rule, "replacement", NULL) != NULL
      && is_text_or_absent (rule, "flags")
      && is_text_or_absent (rule, "description")
      && (enabled == NULL || hearth_value_is (enabled, BOOLEAN));
}

/* Adds the rules of @list (borrowed) whose name is not there yet. */
static void
collect_rules (GPtrArray   *rules,
               GHashTable  *names,
               HearthValue *list)
{
  if (!hearth_value_is (list, ARRAY))
    return;
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      HearthValue *rule = hearth_value_at (list, i);

      if (is_rule (rule) && g_hash_table_add (names, (char *) hearth_value_get_member_string (rule, "name", "")))
        g_ptr_array_add (rules, rule);
    }
}

static GString *
apply_rule (HearthValue *rule,
            GString     *text,
            HearthStep  *step,
            GError     **error)
{
  gsize length;
  const char *pattern = hearth_value_get_string (hearth_value_get (rule, "pattern"), &length);
  const char *replacement = hearth_value_get_member_string (rule, "replacement", "");
  g_autoptr(HearthRegex) regex = hearth_regex_new (pattern, length, hearth_value_get_member_string (rule, "flags", ""),
                                                   error);

  if (regex == NULL)
    return NULL;
  return hearth_regex_replace (regex, text->str, text->len, replacement, step, error);
}

static gboolean
apply_rules (GPtrArray  *rules,
             GString   **text,
             HearthStep *step,
             GError    **error)
{
  for (guint i = 0; i < rules->len; i++)
    {
      HearthValue *rule = g_ptr_array_index (rules, i);
      g_autoptr(GError) cause = NULL;
      GString *changed;

      if (!hearth_value_get_member_boolean (rule, "enabled", TRUE))
        continue;
      changed = apply_rule (rule, *text, step, &cause);
      if (changed == NULL)
        {
          if (!g_error_matches (cause, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CANCELLED))
            g_prefix_error (&cause, _("The rule “%s” cannot be applied: "),
                            hearth_value_get_member_string (rule, "name", ""));
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      g_string_free (*text, TRUE);
      *text = changed;
    }
  return TRUE;
}

static gboolean
apply_regex_compute (HearthStep *step,
                     GError    **error)
{
  HearthValue *input = hearth_step_get_input (step, "inputText");
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) own = hearth_shape_dup_json (step, "inlineRegexRules", &cause);
  g_autoptr(HearthValue) loaded = cause == NULL ? hearth_shape_dup_json (step, "regexRules", &cause) : NULL;
  g_autoptr(GPtrArray) rules = g_ptr_array_new ();
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  const char *string;
  gsize length;
  GString *text;
  gboolean done;

  if (!hearth_value_is (input, STRING))
    return hearth_shape_fail (error, N_("The input text is missing or is not text."));
  if (cause != NULL)
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                   _("The list of rules is not valid JSON: %s"), cause->message);
      return FALSE;
    }
  collect_rules (rules, names, own);
  collect_rules (rules, names, loaded);

  string = hearth_value_get_string (input, &length);
  text = g_string_new_len (string, length);
  done = apply_rules (rules, &text, step, error);
  if (done)
    hearth_step_set_output (step, "outputText", hearth_value_string_len (text->str, text->len));
  g_string_free (text, TRUE);
  return done;
}

static const HearthSlotDecl inputs[] = {
  { .key = "inputText", .type = HEARTH_DATA_STRING, .name = "输入文本", .title = N_("Text"),
    .description = N_("The text to change."), .flags = HEARTH_SLOT_REQUIRED },
  { .key = "inlineRegexRules", .type = HEARTH_DATA_ARRAY, .name = "内联正则规则", .title = N_("Rules"),
    .description = N_("Rules kept in this node. They come first; of two rules with one name the first counts."),
    .categories = "RegexRuleArray", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "defaultValue": [] }),
    .actions = HEARTH_JSON ([ { "id": "edit_inline_rules", "icon": "ListBulletIcon", "tooltip": "编辑内联正则规则",
                                "handlerType": "open_panel",
                                "handlerArgs": { "panelId": "RegexEditorModal", "panelTitle": "编辑内联正则规则" } } ]) },
  { .key = "regexRules", .type = HEARTH_DATA_ARRAY, .name = "正则规则输入", .title = N_("More Rules"),
    .description = N_("Rules from elsewhere, applied after those of the node."),
    .categories = "RegexRuleArray", .flags = HEARTH_SLOT_OPTIONAL },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "outputText", .type = HEARTH_DATA_STRING, .name = "输出文本", .title = N_("Text"),
    .description = N_("The text after all rules.") },
  { NULL },
};

const HearthNodeDecl hearth_node_apply_regex = {
  .type = "ApplyRegex",
  .category = "Processors",
  .category_title = N_("Processors"),
  .name = "🔄应用正则",
  .title = N_("Apply Regular Expressions"),
  .icon = "🔄",
  .description = N_("Changes a text by rules, each a regular expression as in JavaScript and its replacement."),
  .width = 300,
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .compute = apply_regex_compute,
};
