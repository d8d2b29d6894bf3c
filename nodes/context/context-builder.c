/* context-builder.c: core:ContextBuilder, preset, world book, character card and history become messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"
#include "shapes.h"

#include "hearth-i18n.h"

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
context_builder_compute (HearthStep *step,
                         GError    **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) character = dup_part (step, "characterData", &cause);
  g_autoptr(HearthValue) history = cause == NULL ? dup_part (step, "historyMessages", &cause) : NULL;
  g_autoptr(HearthValue) preset = cause == NULL ? dup_part (step, "presetData", &cause) : NULL;
  g_autoptr(HearthValue) book = cause == NULL ? dup_part (step, "worldBookData", &cause) : NULL;
  g_auto(Context) context = { 0 };

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (!context_init (&context, step, g_steal_pointer (&character), g_steal_pointer (&book), g_steal_pointer (&history),
                     g_steal_pointer (&preset)))
    {
      g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CANCELLED, _("The run was stopped."));
      return FALSE;
    }
  hearth_step_set_output (step, "finalMessages", context_assemble (&context));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "presetData", .type = HEARTH_DATA_OBJECT, .name = "预设数据", .title = N_("Preset"),
    .description = N_("A preset: its prompts arrange the messages, and its “user_prompt” becomes the last of the user."),
    .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "worldBookData", .type = HEARTH_DATA_OBJECT, .name = "世界书数据", .title = N_("World Book"),
    .description = N_("A world book; its entries come in when the conversation speaks of their keys."),
    .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "characterData", .type = HEARTH_DATA_OBJECT, .name = "角色数据", .title = N_("Character"),
    .description = N_("A character card, of any version."),
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
  .description = N_("Puts preset, world book, character card and history together into the messages of a conversation."),
  .width = 350,
  .inputs = inputs,
  .outputs = outputs,
  .version = 3,
  .reuse = HEARTH_REUSE_PURE,
  .compute = context_builder_compute,
};
