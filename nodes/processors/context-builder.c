/* context-builder.c: core:ContextBuilder, preset, character card and history become messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-message.h"

#include "hearth-i18n.h"

static void
add_system (HearthBuilder *list,
            HearthValue   *character)
{
  const char *text = hearth_value_get_member_string (character, "system_prompt", NULL);

  if (text == NULL)
    {
      text = hearth_value_get_member_string (character, "description", "");
      if (*text == '\0')
        return;
    }
  hearth_builder_add (list, NULL, hearth_message_new ("system", text));
}

static void
add_history (HearthBuilder *list,
             HearthValue   *history)
{
  if (!hearth_message_list_is_valid (history))
    return;
  for (gsize i = 0; i < hearth_value_get_length (history); i++)
    hearth_builder_add (list, NULL, hearth_value_ref (hearth_value_at (history, i)));
}

static void
add_user (HearthBuilder *list,
          HearthValue   *preset)
{
  const char *text = hearth_value_get_member_string (preset, "user_prompt", NULL);

  if (text != NULL)
    hearth_builder_add (list, NULL, hearth_message_new ("user", text));
}

static HearthValue *
dup_part (HearthStep *step,
          const char *key,
          GError    **error)
{
  g_autoptr(GError) cause = NULL;
  HearthValue *value = hearth_shape_dup_json (step, key, &cause);

  if (cause != NULL)
    g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                 _("The messages could not be put together, because the input “%s” is not JSON: %s"), key,
                 cause->message);
  return value;
}

static gboolean
context_builder_run (HearthStep *step,
                     GError    **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) character = dup_part (step, "characterData", &cause);
  g_autoptr(HearthValue) history = cause == NULL ? dup_part (step, "historyMessages", &cause) : NULL;
  g_autoptr(HearthValue) preset = cause == NULL ? dup_part (step, "presetData", &cause) : NULL;
  g_auto(HearthBuilder) list = HEARTH_BUILDER_INIT;

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  add_system (&list, character);
  add_history (&list, history);
  add_user (&list, preset);
  hearth_step_set_output (step, "finalMessages", hearth_builder_end_array (&list));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "presetData", .type = HEARTH_DATA_OBJECT, .name = "预设数据", .title = N_("Preset"),
    .description = N_("A preset; its “user_prompt” becomes the last message."),
    .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "worldBookData", .type = HEARTH_DATA_OBJECT, .name = "世界书数据", .title = N_("World Book"),
    .description = N_("A world book. Not used yet."),
    .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "characterData", .type = HEARTH_DATA_OBJECT, .name = "角色数据", .title = N_("Character"),
    .description = N_("A character card; its “system_prompt”, or else its “description”, becomes the first message."),
    .categories = "CharacterProfile", .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "historyMessages", .type = HEARTH_DATA_ARRAY, .name = "历史消息", .title = N_("History"),
    .description = N_("The messages so far. A list with anything else in it is left out."),
    .categories = "ChatHistory", .flags = HEARTH_SLOT_OPTIONAL },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "finalMessages", .type = HEARTH_DATA_ARRAY, .name = "最终消息", .title = N_("Messages"),
    .description = N_("The conversation, ready to be sent."), .categories = "ChatHistory" },
  { NULL },
};

const HearthNodeDecl hearth_node_context_builder = {
  .type = "ContextBuilder",
  .category = "Processors",
  .category_title = N_("Processors"),
  .name = "🧱上下文构建器",
  .title = N_("Build Context"),
  .icon = "🧱",
  .description = N_("Puts preset, character card and history together into the messages of a conversation."),
  .width = 350,
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = context_builder_run,
};
