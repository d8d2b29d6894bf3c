/* openai-chat.c: core:OpenAIChat, a conversation with a model that speaks like OpenAI's, at an address of one's own
 *
 * Its failures are texts in its outputs (nodes.md 5.4).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "llm/model-input.h"
#include "llm/model-step.h"
#include "old-model.h"

#include "hearth-json.h"
#include "hearth-message.h"

#include "hearth-i18n.h"

#define NO_HISTORY "Error: Invalid external history format."
#define NO_ANSWER "API返回了空回复，未写入历史记录。"
#define HEADING "=== 完整对话历史 ===\n\n"
#define WITH_IMAGE "[包含图像]"
#define LINE "----------------------------------------"

/* --- the conversation as text ---------------------------------------------------------------------- */

static const char *
find_text_part (HearthValue *parts)
{
  for (gsize i = 0; i < hearth_value_get_length (parts); i++)
    {
      const char *text = hearth_value_get_member_string (hearth_value_at (parts, i), "text", NULL);

      if (text != NULL)
        return text;
    }
  return NULL;
}

static char *
describe_content (HearthValue *content)
{
  const char *text;

  if (!hearth_value_is (content, ARRAY))
    return content != NULL ? hearth_value_to_text (content) : g_strdup ("");
  text = find_text_part (content);
  return text != NULL ? g_strconcat (text, " " WITH_IMAGE, NULL) : g_strdup (WITH_IMAGE);
}

static void
append_message (GString     *out,
                HearthValue *message)
{
  const char *role = hearth_value_get_member_string (message, "role", "");
  g_autofree char *content = describe_content (hearth_value_get (message, "content"));

  if (out->len > 0)
    g_string_append_c (out, '\n');
  else
    g_string_append (out, HEADING);
  if (*role != '\0')
    g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (role)));
  g_string_append_printf (out, "%s: %s\n" LINE, *role != '\0' ? g_utf8_next_char (role) : "", content);
}

static HearthValue *
describe_conversation (HearthValue *messages)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (gsize i = 0; i < hearth_value_get_length (messages); i++)
    append_message (out, hearth_value_at (messages, i));
  return hearth_value_string (out->len > 0 ? out->str : HEADING);
}

/* --- ends ------------------------------------------------------------------------------------------------ */

/* The system's words are no part of the history. */
static HearthValue *
dup_history (HearthStep  *step,
             HearthValue *messages,
             const char  *answer)
{
  g_autofree char *system = hearth_step_dup_input_text (step, "system_prompt", "");
  g_auto(HearthBuilder) history = HEARTH_BUILDER_INIT;

  for (gsize i = *system != '\0' ? 1 : 0; i < hearth_value_get_length (messages); i++)
    hearth_builder_add (&history, NULL, hearth_value_ref (hearth_value_at (messages, i)));
  if (answer != NULL)
    hearth_builder_add (&history, NULL, hearth_message_new ("assistant", answer));
  return hearth_builder_end_array (&history);
}

/* @answer NULL: there was none, and @output says why. */
static void
end_with (HearthStep  *step,
          HearthValue *messages,
          const char  *answer,
          const char  *output)
{
  g_autoptr(HearthValue) history = dup_history (step, messages, answer);
  g_autofree char *json = hearth_json_print (history);
  g_auto(HearthBuilder) all = HEARTH_BUILDER_INIT;
  g_autoptr(HearthValue) conversation = NULL;

  for (gsize i = 0; i < hearth_value_get_length (messages); i++)
    hearth_builder_add (&all, NULL, hearth_value_ref (hearth_value_at (messages, i)));
  if (answer != NULL)
    hearth_builder_add (&all, NULL, hearth_message_new ("assistant", answer));
  conversation = hearth_builder_end_array (&all);
  hearth_step_set_output (step, "full_conversation", describe_conversation (conversation));
  hearth_step_set_output (step, "current_output", hearth_value_string (output));
  hearth_step_set_output (step, "history", hearth_value_string (json));
  hearth_step_complete (step);
}

static void
answered (HearthStep   *step,
          HearthAnswer *answer,
          HearthValue  *messages)
{
  g_autofree char *text = g_strdup (hearth_answer_get_text (answer));
  const char *trimmed = hearth_shape_trim (text);

  if (*trimmed != '\0')
    end_with (step, messages, trimmed, trimmed);
  else
    end_with (step, messages, NULL, NO_ANSWER);
}

static void
end_with_failure (HearthStep   *step,
                  HearthValue  *messages,
                  const char   *prefix,
                  const GError *error)
{
  g_autofree char *output = g_strconcat (prefix, error->message, NULL);

  end_with (step, messages, NULL, output);
}

static void
failed (HearthStep   *step,
        const GError *error,
        HearthValue  *messages)
{
  end_with_failure (step, messages, "API Error: ", error);
}

static void
end_without_history (HearthStep *step)
{
  hearth_step_set_output (step, "full_conversation", hearth_value_string (NO_HISTORY));
  hearth_step_set_output (step, "current_output", hearth_value_string (NO_HISTORY));
  hearth_step_set_output (step, "history", hearth_value_string ("[]"));
  hearth_step_complete (step);
}

/* --- what is asked ------------------------------------------------------------------------------------------ */

/* The system's words and the history; NULL: that is no list in JSON. */
static HearthValue *
dup_before (HearthStep *step)
{
  g_autofree char *system = hearth_step_dup_input_text (step, "system_prompt", "");
  g_auto(HearthBuilder) before = HEARTH_BUILDER_INIT;
  g_autoptr(HearthValue) history = NULL;

  if (*system != '\0')
    hearth_builder_add (&before, NULL, hearth_message_new ("system", system));
  if (!hearth_value_is_truthy (hearth_step_get_input (step, "external_history")))
    return hearth_builder_end_array (&before);
  history = hearth_step_dup_input_json (step, "external_history", NULL);
  if (!hearth_value_is (history, ARRAY))
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (history); i++)
    hearth_builder_add (&before, NULL, hearth_value_ref (hearth_value_at (history, i)));
  return hearth_builder_end_array (&before);
}

static HearthValue *
add_question (HearthStep  *step,
              HearthValue *before,
              HearthValue *image)
{
  g_autofree char *text = hearth_step_dup_input_text (step, "user_input", "");
  g_auto(HearthBuilder) messages = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (before); i++)
    hearth_builder_add (&messages, NULL, hearth_value_ref (hearth_value_at (before, i)));
  hearth_model_input_add_user (&messages, text, image);
  return hearth_builder_end_array (&messages);
}

static void
ask (HearthStep  *step,
     HearthValue *messages)
{
  static const HearthSingleQuestion kind = { NULL, answered, failed };
  g_auto(HearthOldModel) old = { 0 };
  g_autoptr(GError) error = NULL;
  HearthModelRequest request = { 0 };

  if (!hearth_old_model_read (&old, step, &error))
    {
      failed (step, error, messages);
      return;
    }
  request.model = hearth_shape_trim (old.model);
  request.params = old.params;
  request.messages = messages;
  hearth_single_question_start (step, &request, old.channel, old.key, &kind);
}

static void
openai_chat_start (HearthStep *step)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HearthValue) before = NULL;
  g_autoptr(HearthValue) messages = NULL;
  HearthValue *image;

  if (!hearth_model_step_can_ask (step))
    return;
  before = dup_before (step);
  if (before == NULL)
    {
      end_without_history (step);
      return;
    }
  image = hearth_old_model_read_image (step, &error);
  if (error != NULL)
    {
      end_with_failure (step, before, "Error encoding image: ", error);
      return;
    }
  messages = add_question (step, before, image);
  ask (step, messages);
}

static const HearthSlotDecl inputs[] = {
  { .key = "api_settings", .type = HEARTH_DATA_OBJECT, .name = "API配置", .title = N_("API Settings"),
    .description = N_("Address and key, of an API Settings node."), .categories = "LlmConfig",
    .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_SECRET },
  { .key = "model", .type = HEARTH_DATA_STRING, .name = "模型名称", .title = N_("Model"),
    .description = N_("The service's name for it."), .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "gpt-4o", "placeholder": "" }) },
  { .key = "temperature", .type = HEARTH_DATA_FLOAT, .name = "温度参数", .title = N_("Temperature"),
    .description = N_("How much chance there is in the answer: from 0, hardly any, to 2."),
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": 0.7, "min": 0, "max": 2, "step": 0.1 }) },
  { .key = "max_tokens", .type = HEARTH_DATA_INTEGER, .name = "最大令牌数", .title = N_("Longest Answer"),
    .description = N_("In tokens, each some letters long."),
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": 512, "min": 1, "max": 16384 }) },
  { .key = "system_prompt", .type = HEARTH_DATA_STRING, .name = "系统提示", .title = N_("System Prompt"),
    .description = N_("Who the model is and how it is to answer. May be empty."), .categories = "Prompt",
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "multiline": true }) },
  { .key = "clear_history", .type = HEARTH_DATA_BOOLEAN, .name = "清除历史记录", .title = N_("Clear History"),
    .description = N_("Has no effect: nothing is kept from run to run."),
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": false }) },
  { .key = "user_input", .type = HEARTH_DATA_STRING, .name = "用户输入", .title = N_("User's Words"),
    .description = N_("What the user says now."), .categories = "Prompt", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "multiline": true }) },
  { .key = "external_history", .type = HEARTH_DATA_STRING, .name = "外部历史记录", .title = N_("History"),
    .description = N_("What was said before, as JSON."), .categories = "ChatHistory Json", .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "image", .type = HEARTH_DATA_STRING, .name = "图像输入", .title = N_("Image"),
    .description = N_("A picture to look at, as a data: address."), .categories = "ImageData Url",
    .flags = HEARTH_SLOT_OPTIONAL },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "full_conversation", .type = HEARTH_DATA_STRING, .name = "完整对话历史", .title = N_("Whole Conversation"),
    .description = N_("Everything that was said, to be read by people."), .categories = "ChatHistory" },
  { .key = "current_output", .type = HEARTH_DATA_STRING, .name = "当前输出", .title = N_("Answer"),
    .description = N_("What the model said, or what went wrong."), .categories = "LlmOutput" },
  { .key = "history", .type = HEARTH_DATA_STRING, .name = "更新后的历史记录", .title = N_("Updated History"),
    .description = N_("The history with question and answer, as JSON."), .categories = "ChatHistory Json" },
  { NULL },
};

const HearthNodeDecl hearth_node_open_ai_chat = {
  .type = "OpenAIChat",
  .category = "TEST-LLM",
  .category_title = N_("Models (Older Nodes)"),
  .name = "🦉OpenAI连续聊天",
  .title = N_("OpenAI Conversation"),
  .icon = "🦉",
  .description = N_("Talks with a model at an address of one's own that speaks like OpenAI's."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = openai_chat_start,
};
