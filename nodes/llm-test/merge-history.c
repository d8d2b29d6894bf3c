/* merge-history.c: core:MergeHistory, joins chat histories
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-i18n.h"

#define N_HISTORIES 4

static void
skip (HearthStep *step,
      const char *key,
      const char *why)
{
  g_autofree char *line = g_strdup_printf (_("The history “%s” is left out: %s"), key, why);

  hearth_step_log (step, line);
}

static void
add_history (HearthStep    *step,
             const char    *key,
             HearthBuilder *list)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HearthValue) history = NULL;

  if (!hearth_value_is_truthy (hearth_step_get_input (step, key)))
    return;
  history = hearth_step_dup_input_json (step, key, &error);
  if (history == NULL)
    skip (step, key, error->message);
  else if (!hearth_value_is (history, ARRAY))
    skip (step, key, _("It is no list of messages. Connect a history."));
  else
    for (gsize i = 0; i < hearth_value_get_length (history); i++)
      hearth_builder_add (list, NULL, hearth_value_ref (hearth_value_at (history, i)));
}

static gboolean
merge_history_run (HearthStep *step,
                   GError    **error)
{
  g_auto(HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (guint number = 1; number <= N_HISTORIES; number++)
    {
      g_autofree char *key = g_strdup_printf ("history%u", number);

      add_history (step, key, &list);
    }
  hearth_step_set_output (step, "history", hearth_shape_print_list (&list));
  return TRUE;
}

#define HISTORY(number, in_english) \
  { .key = "history" number, .type = HEARTH_DATA_STRING, .name = "历史记录 " number, .title = in_english, \
    .description = N_("A list of messages, as JSON."), .categories = "ChatHistory Json", \
    .flags = HEARTH_SLOT_OPTIONAL }

static const HearthSlotDecl inputs[] = {
  HISTORY ("1", N_("History 1")),
  HISTORY ("2", N_("History 2")),
  HISTORY ("3", N_("History 3")),
  HISTORY ("4", N_("History 4")),
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "history", .type = HEARTH_DATA_STRING, .name = "合并历史记录", .title = N_("Merged History"),
    .description = N_("All messages, one history after the other, as JSON."), .categories = "ChatHistory Json" },
  { NULL },
};

const HearthNodeDecl hearth_node_merge_history = {
  .type = "MergeHistory",
  .category = "TEST-LLM",
  .category_title = N_("Models (Older Nodes)"),
  .name = "🦉合并历史记录",
  .title = N_("Merge Histories"),
  .icon = "🦉",
  .description = N_("Joins up to four conversations into one."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = merge_history_run,
};
