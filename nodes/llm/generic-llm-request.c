/* generic-llm-request.c: core:GenericLlmRequest, a question to whichever channel has the model
 *
 * Sentences of this node are those of the protocol (nodes.md 5.3), which the web page shows as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-input.h"
#include "model-step.h"

#include "hearth-message.h"

#include "hearth-i18n.h"

#define ERROR_PREFIX "LLM API Error: "

/* --- what is asked ------------------------------------------------------------------------------ */

/* JSON text or the value itself; @empty when there is nothing. Takes @empty. */
static HearthValue *
read_json (HearthStep  *step,
           const char  *key,
           HearthValue *empty,
           GError     **error)
{
  g_autoptr(HearthValue) fallback = empty;
  g_autoptr(GError) cause = NULL;
  HearthValue *value;

  if (!hearth_value_is_truthy (hearth_step_get_input (step, key)))
    return g_steal_pointer (&fallback);
  value = hearth_step_dup_input_json (step, key, &cause);
  if (value == NULL)
    g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                 "Input \"%s\" is not a valid JSON string. Error: %s", key, cause->message);
  return value;
}

static void
add_number (HearthBuilder *params,
            HearthStep    *step,
            const char    *key)
{
  HearthValue *value = hearth_step_get_input (step, key);

  if (hearth_value_is_number (value))
    hearth_builder_add (params, key, hearth_value_ref (value));
}

static HearthValue *
dup_params (HearthStep  *step,
            HearthValue *over)
{
  g_auto(HearthBuilder) params = HEARTH_BUILDER_INIT;
  HearthValue *seed = hearth_step_get_input (step, "seed");
  g_autoptr(HearthValue) plain = NULL;

  add_number (&params, step, "temperature");
  add_number (&params, step, "max_tokens");
  add_number (&params, step, "top_p");
  if (hearth_value_is_number (seed) && hearth_value_get_double (seed) > 0)
    hearth_builder_add (&params, "seed", hearth_value_ref (seed));
  plain = hearth_builder_end_object (&params);
  return hearth_model_input_overlay (plain, hearth_value_is (over, OBJECT) ? over : NULL);
}

static gboolean
read_input (HearthModelInput *input,
            HearthStep       *step,
            GError          **error)
{
  HearthValue *model = hearth_step_get_input (step, "activated_model_id");
  g_autoptr(HearthValue) over = NULL;

  input->messages = read_json (step, "messages", hearth_value_empty_array (), error);
  if (input->messages == NULL)
    return FALSE;
  over = read_json (step, "parameters", hearth_value_empty_object (), error);
  if (over == NULL)
    return FALSE;
  if (!hearth_message_list_is_valid (input->messages))
    return hearth_shape_fail (error, "Input \"messages\" is not a valid CustomMessage array after parsing.");
  if (!hearth_value_is (model, STRING) || !hearth_value_is_truthy (model))
    return hearth_shape_fail (error, "Input \"activated_model_id\" is missing or invalid.");
  input->model = g_strdup (hearth_value_get_string (model, NULL));
  input->params = dup_params (step, over);
  return TRUE;
}

/* --- what is answered ------------------------------------------------------------------------------ */

static void
yield_finish (HearthStep   *step,
              HearthAnswer *answer)
{
  const char *reason = hearth_answer_get_finish (answer);
  HearthValue *usage = hearth_answer_dup_usage (answer);

  hearth_step_yield (step, hearth_chunk_new ("finish_reason_chunk",
                     hearth_value_object ("finish_reason", hearth_value_string (reason != NULL ? reason : "stop"),
                                          "accumulated_text", hearth_value_string (hearth_answer_get_text (answer)),
                                          "usage", usage != NULL ? usage : hearth_value_null (), NULL)));
}

static void
answered (HearthStep   *step,
          HearthAnswer *answer,
          HearthValue  *messages)
{
  if (hearth_value_is_truthy (hearth_step_get_input (step, "stream")))
    yield_finish (step, answer);
  hearth_step_set_output (step, "response", hearth_answer_to_value (answer));
  hearth_step_set_output (step, "responseText", hearth_value_string (hearth_answer_get_text (answer)));
  hearth_step_set_output (step, "usage", hearth_model_step_dup_usage (answer));
  hearth_step_complete (step);
}

static void
failed (HearthStep   *step,
        const GError *error,
        HearthValue  *messages)
{
  HearthValue *model = hearth_step_get_input (step, "activated_model_id");
  g_autofree char *message = NULL;

  if (!g_error_matches (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_NO_CHANNEL))
    {
      hearth_model_step_fail (step, ERROR_PREFIX, error);
      return;
    }
  message = g_strdup_printf ("No active channel found for user that supports model \"%s\".",
                             hearth_value_get_string (model, NULL));
  hearth_step_fail (step, hearth_error_new_class (hearth_model_error_get_class (error), 0, message));
}

static void
generic_llm_request_start (HearthStep *step)
{
  static const HearthSingleQuestion kind = { NULL, answered, failed };
  g_auto(HearthModelInput) input = { 0 };
  HearthModelRequest request = { 0 };
  GError *error = NULL;

  if (!hearth_model_step_can_ask (step))
    return;
  if (!read_input (&input, step, &error))
    {
      hearth_step_fail (step, error);
      return;
    }
  request.model = input.model;
  request.params = input.params;
  request.messages = input.messages;
  request.stream = hearth_value_is_truthy (hearth_step_get_input (step, "stream"));
  hearth_single_question_start (step, &request, NULL, NULL, &kind);
}

static const HearthSlotDecl inputs[] = {
  { .key = "messages", .type = HEARTH_DATA_STRING, .name = "消息列表", .title = N_("Messages"),
    .description = N_("The conversation, as JSON."), .categories = "Json ChatHistory NoDefaultEdit UiBlock",
    .config = HEARTH_JSON ({ "default": "[]", "languageHint": "json", "multiline": true }) },
  { .key = "parameters", .type = HEARTH_DATA_STRING, .name = "LLM 参数", .title = N_("More Parameters"),
    .description = N_("Whatever else the service takes, by name, as JSON: {\"stop\": [\"END\"]}."),
    .categories = "Json LlmConfig NoDefaultEdit", .flags = HEARTH_SLOT_OPTIONAL,
    .config = HEARTH_JSON ({ "default": "{}", "languageHint": "json" }) },
  { .key = "activated_model_id", .type = HEARTH_DATA_STRING, .name = "模型 ID", .title = N_("Model"),
    .description = N_("Which model answers; the channels that have it are tried.") },
  { .key = "temperature", .type = HEARTH_DATA_FLOAT, .name = "温度", .title = N_("Temperature"),
    .description = N_("How much chance there is in the answer: from 0, hardly any, to 2."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 0.7, "min": 0, "max": 2, "step": 0.01 }) },
  { .key = "max_tokens", .type = HEARTH_DATA_INTEGER, .name = "最大令牌数", .title = N_("Longest Answer"),
    .description = N_("In tokens, each some letters long."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 2048, "min": 1, "max": 65536, "step": 64 }) },
  { .key = "top_p", .type = HEARTH_DATA_FLOAT, .name = "Top P", .title = N_("Top P"),
    .description = N_("Which part of the likeliest words is considered; 1 is all of them."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 1.0, "min": 0, "max": 1, "step": 0.01 }) },
  { .key = "seed", .type = HEARTH_DATA_INTEGER, .name = "随机种子", .title = N_("Seed"),
    .description = N_("The same number gives the same answer, where the service can do that. 0: none."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 0, "min": 0, "step": 1 }) },
  { .key = "stream", .type = HEARTH_DATA_BOOLEAN, .name = "启用流式输出", .title = N_("Stream"),
    .description = N_("Hand the answer out while it is being written."),
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": false }) },
  { NULL },
};

static const HearthSlotDecl outputs[] = {
  { .key = "response", .type = HEARTH_DATA_OBJECT, .name = "完整响应", .title = N_("Whole Answer"),
    .description = N_("The answer with all that was told about it."), .categories = "LlmOutput" },
  { .key = "responseText", .type = HEARTH_DATA_STRING, .name = "响应文本", .title = N_("Text"),
    .description = N_("What the model said."), .categories = "LlmOutput" },
  { .key = "usage", .type = HEARTH_DATA_OBJECT, .name = "Token 用量", .title = N_("Usage"),
    .description = N_("How many tokens it took, as far as the service tells."), .categories = "LlmOutput" },
  { .key = "stream_output", .type = HEARTH_DATA_STRING, .name = "流式输出", .title = N_("Stream"),
    .description = N_("The answer while it is being written."), .categories = "StreamChunk",
    .flags = HEARTH_SLOT_STREAM },
  { NULL },
};

static const HearthSlotDecl config[] = { { NULL } };

const HearthNodeDecl hearth_node_generic_llm_request = {
  .type = "GenericLlmRequest",
  .category = "LLM",
  .category_title = N_("LLM"),
  .name = "⚡通用 LLM 请求",
  .title = N_("Ask a Model"),
  .icon = "⚡",
  .description = N_("Sends a conversation to a model, through whichever channel has it."),
  .width = 350,
  .inputs = inputs,
  .outputs = outputs,
  .config = config,
  .model_input = "activated_model_id",
  .version = 1,
  .reuse = HEARTH_REUSE_OUTSIDE,
  .start = generic_llm_request_start,
  .resume = hearth_single_question_resume,
};
