/* merge-messages.c: core:MergeMessages, joins messages and message lists into one history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-message.h"

#include "hearth-i18n.h"

static void
collect (HearthStep    *step,
         HearthBuilder *list,
         HearthValue   *value)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *line = NULL;

  if (hearth_message_list_collect (list, value, &error))
    return;
  line = g_strdup_printf (_("A message input is left out, because it is not JSON: %s"), error->message);
  hearth_step_log (step, line);
}

static gboolean
merge_messages_run (HearthStep *step,
                    GError    **error)
{
  HearthValue *items = hearth_step_get_input (step, "message_inputs");
  g_auto(HearthBuilder) list = HEARTH_BUILDER_INIT;

  if (hearth_value_is (items, ARRAY))
    for (gsize i = 0; i < hearth_value_get_length (items); i++)
      collect (step, &list, hearth_value_at (items, i));
  else
    collect (step, &list, items);

  hearth_step_set_output (step, "messages", hearth_shape_print_list (&list));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "message_inputs", .type = HEARTH_DATA_STRING, .name = "消息输入", .title = N_("Messages"),
    .description = N_("Messages and lists of messages, joined in the order of their connections."),
    .categories = "Json ChatMessage ChatHistory", .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_MULTI },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "messages", .type = HEARTH_DATA_STRING, .name = "消息列表", .title = N_("History"),
    .description = N_("All messages in one list, as JSON."), .categories = "Json ChatHistory" },
  { NULL },
};

const HearthNodeDecl hearth_node_merge_messages = {
  .type = "MergeMessages",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "🤝合并消息",
  .title = N_("Merge Messages"),
  .icon = "🤝",
  .description = N_("Joins messages and lists of messages into one history."),
  .width = 200,
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = merge_messages_run,
};
