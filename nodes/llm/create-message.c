/* create-message.c: core:CreateMessage, makes one chat message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shapes.h"

#include "hearth-message.h"

#include "hearth-i18n.h"

/* @value, or @fallback when that is nothing. */
static HearthValue *
value_or (HearthValue *value,
          const char  *fallback)
{
  return hearth_value_is_truthy (value) ? hearth_value_ref (value) : hearth_value_string (fallback);
}

static gboolean
create_message_run (HearthStep *step,
                    GError    **error)
{
  HearthValue *content = hearth_step_get_input (step, "content");
  g_auto(HearthBuilder) list = HEARTH_BUILDER_INIT;

  if (hearth_value_is_truthy (content))
    hearth_builder_add (&list, NULL,
                        hearth_value_object ("role", value_or (hearth_step_get_input (step, "role"), "user"),
                                             "content", hearth_value_ref (content),
                                             NULL));
  hearth_step_set_output (step, "messages", hearth_shape_print_list (&list));
  return TRUE;
}

static const HearthSlotDecl inputs[] = {
  { .key = "role", .type = HEARTH_DATA_STRING, .name = "角色", .title = N_("Role"),
    .description = N_("Who speaks: the system, the user or the assistant."),
    .categories = "ComboOption", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "user",
                             "suggestions": [ { "value": "system", "label": "system" },
                                              { "value": "user", "label": "user" },
                                              { "value": "assistant", "label": "assistant" } ] }) },
  { .key = "content", .type = HEARTH_DATA_STRING, .name = "内容", .title = N_("Content"),
    .description = N_("What is said. Without content there is no message."),
    .categories = "UiBlock CanPreview", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true, "placeholder": "请输入消息内容..." }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "messages", .type = HEARTH_DATA_STRING, .name = "消息", .title = N_("Messages"),
    .description = N_("A list with this one message, as JSON."), .categories = "Json ChatHistory" },
  { NULL },
};

const HearthNodeDecl hearth_node_create_message = {
  .type = "CreateMessage",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "💬创建消息",
  .title = N_("Create Message"),
  .icon = "💬",
  .description = N_("Makes one message of a conversation."),
  .width = 300,
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .run = create_message_run,
};
