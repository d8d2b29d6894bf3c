/* openai.c: core:OpenAI, a text of a model that speaks like OpenAI's, at an address of one's own
 *
 * Its failures are texts: in a stream an error chunk, else the output itself (nodes.md 5.4).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "llm/model-input.h"
#include "llm/model-step.h"
#include "old-model.h"

#include "hearth-message.h"

#include "hearth-i18n.h"

static gboolean
is_streaming (HearthStep *step)
{
  return hearth_value_is_truthy (hearth_step_get_input (step, "stream"));
}

/* @in_stream, @in_batch: the sentence with the reason behind it. */
static void
end_with_failure (HearthStep   *step,
                  const char   *in_stream,
                  const char   *in_batch,
                  const GError *error)
{
  g_autofree char *text = NULL;

  if (is_streaming (step))
    {
      hearth_model_step_fail (step, in_stream, error);
      return;
    }
  text = g_strconcat ("Error: ", in_batch, error->message, NULL);
  hearth_step_set_output (step, "response", hearth_value_string (text));
  hearth_step_complete (step);
}

/* --- what is asked --------------------------------------------------------------------------------- */

static gboolean
add_history (HearthBuilder *messages,
             HearthStep    *step,
             gboolean      *found,
             GError       **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) history = NULL;

  if (!hearth_value_is_truthy (hearth_step_get_input (step, "history")))
    return TRUE;
  history = hearth_step_dup_input_json (step, "history", &cause);
  if (history != NULL && !hearth_value_is (history, ARRAY))
    hearth_shape_fail (&cause, N_("It is no list of messages."));
  if (cause != NULL)
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, "解析历史记录失败: %s", cause->message);
      return FALSE;
    }
  *found = hearth_value_get_length (history) > 0;
  for (gsize i = 0; i < hearth_value_get_length (history); i++)
    hearth_builder_add (messages, NULL, hearth_value_ref (hearth_value_at (history, i)));
  return TRUE;
}

static HearthValue *
dup_messages (HearthStep *step,
              GError    **error)
{
  g_autofree char *system = hearth_step_dup_input_text (step, "system_prompt", "");
  g_autofree char *prompt = hearth_step_dup_input_text (step, "prompt", "");
  g_auto(HearthBuilder) messages = HEARTH_BUILDER_INIT;
  g_autoptr(GError) cause = NULL;
  gboolean found = FALSE;
  HearthValue *image;

  if (*system != '\0')
    hearth_builder_add (&messages, NULL, hearth_message_new ("system", system));
  if (!add_history (&messages, step, &found, error))
    return NULL;
  image = hearth_old_model_read_image (step, &cause);
  if (cause != NULL)
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, "图像处理失败 - %s", cause->message);
      return NULL;
    }
  if (image != NULL || *prompt != '\0')
    hearth_model_input_add_user (&messages, prompt, image);
  else if (!found)
    {
      hearth_shape_fail (error, "用户提示 (prompt) 或图像 (image) 必须提供至少一个");
      return NULL;
    }
  return hearth_builder_end_array (&messages);
}

/* --- what is answered ------------------------------------------------------------------------------- */

static void
answered (HearthStep   *step,
          HearthAnswer *answer,
          HearthValue  *messages)
{
  if (is_streaming (step) && hearth_answer_get_finish (answer) != NULL)
    hearth_model_step_yield_finish (step, answer);
  hearth_step_set_output (step, "response", hearth_value_string (hearth_answer_get_text (answer)));
  hearth_step_complete (step);
}

static void
failed (HearthStep   *step,
        const GError *error,
        HearthValue  *messages)
{
  end_with_failure (step, "OpenAI API 流式请求错误: ", "OpenAI API 批处理请求错误 - ", error);
}

static void
openai_start (HearthStep *step)
{
  static const HearthSingleQuestion kind = { NULL, answered, failed };
  g_auto(HearthOldModel) old = { 0 };
  g_autoptr(HearthValue) messages = NULL;
  g_autoptr(GError) error = NULL;
  HearthModelRequest request = { 0 };

  if (!hearth_model_step_can_ask (step))
    return;
  if (hearth_old_model_read (&old, step, &error))
    messages = dup_messages (step, &error);
  if (messages == NULL)
    {
      end_with_failure (step, NULL, "", error);
      return;
    }
  request.model = hearth_shape_trim (old.model);
  request.params = old.params;
  request.messages = messages;
  request.stream = is_streaming (step);
  hearth_single_question_start (step, &request, old.channel, old.key, &kind);
}

static const HearthSlotDecl inputs[] = {
  { .key = "api_settings", .type = HEARTH_DATA_OBJECT, .name = "API 设置", .title = N_("API Settings"),
    .description = N_("Address and key, of an API Settings node."), .categories = "LlmConfig",
    .flags = HEARTH_SLOT_REQUIRED | HEARTH_SLOT_SECRET },
  { .key = "model", .type = HEARTH_DATA_STRING, .name = "模型", .title = N_("Model"),
    .description = N_("The service's name for it."), .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "deepseek-chat",
                             "suggestions": [ { "value": "deepseek-chat", "label": "deepseek-chat" },
                                              { "value": "chatgpt-4o-latest", "label": "chatgpt-4o-latest" },
                                              { "value": "claude-sonnet-4-20250514", "label": "claude-sonnet-4-20250514" },
                                              { "value": "gemini-2.5-flash-preview-05-20",
                                                "label": "gemini-2.5-flash-preview-05-20" } ],
                             "multiline": false, "placeholder": "输入模型名称" }) },
  { .key = "temperature", .type = HEARTH_DATA_FLOAT, .name = "温度", .title = N_("Temperature"),
    .description = N_("How much chance there is in the answer: from 0, hardly any, to 2."),
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": 0.7, "min": 0, "max": 2, "step": 0.1 }) },
  { .key = "max_tokens", .type = HEARTH_DATA_INTEGER, .name = "最大令牌数", .title = N_("Longest Answer"),
    .description = N_("In tokens, each some letters long."),
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": 512, "min": 1, "max": 16384 }) },
  { .key = "system_prompt", .type = HEARTH_DATA_STRING, .name = "系统提示", .title = N_("System Prompt"),
    .description = N_("Who the model is and how it is to answer. May be empty."), .categories = "Prompt UiBlock",
    .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true, "placeholder": "系统提示词" }) },
  { .key = "prompt", .type = HEARTH_DATA_STRING, .name = "用户提示", .title = N_("Prompt"),
    .description = N_("What the model is asked."), .categories = "Prompt UiBlock", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "default": "", "multiline": true, "placeholder": "用户提示词" }) },
  { .key = "history", .type = HEARTH_DATA_STRING, .name = "聊天记录", .title = N_("History"),
    .description = N_("What was said before, as JSON."), .categories = "ChatHistory Json", .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "image", .type = HEARTH_DATA_STRING, .name = "图像", .title = N_("Image"),
    .description = N_("A picture to look at, as a data: address."), .categories = "ImageData Url",
    .flags = HEARTH_SLOT_OPTIONAL },
  { .key = "stream", .type = HEARTH_DATA_BOOLEAN, .name = "启用流式输出", .title = N_("Stream"),
    .description = N_("Hand the answer out while it is being written."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": false }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "response", .type = HEARTH_DATA_STRING, .name = "生成回复 (批处理/完整流)", .title = N_("Answer"),
    .description = N_("What the model said; without a stream also what went wrong."), .categories = "LlmOutput" },
  { .key = "stream_output", .type = HEARTH_DATA_STRING, .name = "回复流 (流式)", .title = N_("Stream"),
    .description = N_("The answer while it is being written."), .categories = "LlmOutput TextStream",
    .flags = HEARTH_SLOT_STREAM },
  { NULL },
};

const HearthNodeDecl hearth_node_open_ai = {
  .type = "OpenAI",
  .category = "TEST-LLM",
  .category_title = N_("Models (Older Nodes)"),
  .name = "🦉OpenAI格式聊天",
  .title = N_("OpenAI Text"),
  .icon = "🦉",
  .description = N_("Asks a model at an address of one's own that speaks like OpenAI's. “Ask a Model” does it through channels."),
  .inputs = inputs,
  .outputs = outputs,
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = openai_start,
  .resume = hearth_single_question_resume,
};
