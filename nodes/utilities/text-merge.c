/* text-merge.c: core:TextMerge, joins several texts into one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-i18n.h"

/* An edge without a value counts as null, and null as empty text. */
static void
append_text (GString     *out,
             HearthValue *value)
{
  g_autofree char *text = NULL;

  if (hearth_value_is (value, NULL))
    return;
  text = hearth_value_to_text (value);
  g_string_append (out, text);
}

static char *
join (HearthValue *texts,
      const char  *separator)
{
  GString *out = g_string_new (NULL);

  if (!hearth_value_is (texts, ARRAY))
    {
      if (texts != NULL)
        append_text (out, texts);
      return g_string_free (out, FALSE);
    }
  for (gsize i = 0; i < hearth_value_get_length (texts); i++)
    {
      if (i > 0)
        g_string_append (out, separator);
      append_text (out, hearth_value_at (texts, i));
    }
  return g_string_free (out, FALSE);
}

static gboolean
text_merge_run (HearthStep *step,
                GError    **error)
{
  g_autofree char *typed = hearth_step_dup_input_text (step, "separator", "\n");
  g_autofree char *separator = hearth_shape_unescape (typed);
  g_autofree char *merged = join (hearth_step_get_input (step, "text_inputs"), separator);

  hearth_step_set_output (step, "merged_text", hearth_value_string (merged));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "separator", .type = HEARTH_DATA_STRING, .name = "分隔符", .title = N_("Separator"),
    .description = N_("Stands between two texts. \\n is a line break, \\t a tab."),
    .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "\\n", "multiline": false, "placeholder": "输入分隔符", "label": "分隔符" }) },
  { .key = "text_inputs", .type = HEARTH_DATA_STRING, .name = "文本输入", .title = N_("Texts"),
    .description = N_("The texts, joined in the order of their connections."),
    .categories = "UiBlock", .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_MULTI },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "merged_text", .type = HEARTH_DATA_STRING, .name = "合并文本", .title = N_("Merged Text"),
    .description = N_("All texts, one after the other.") },
  { NULL },
};

const HearthNodeDecl hearth_node_text_merge = {
  .type = "TextMerge",
  .category = "实用工具",
  .category_title = N_("Utilities"),
  .name = "📝文本合并",
  .title = N_("Merge Text"),
  .icon = "📝",
  .description = N_("Joins several texts into one, with a separator between them."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = text_merge_run,
};
