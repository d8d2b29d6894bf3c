/* hearth-provider-responses.c: OpenAI's Responses
 *
 * Models and embeddings are those of the chat completions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-openai-private.h"
#include "hearth-provider-read.h"
#include "hearth-providers-private.h"
#include "hearth-responses-private.h"

static const HearthProviderPreset presets[] = {
  { "openai", "OpenAI", "https://api.openai.com/v1", FALSE },
  { "openrouter", "OpenRouter", "https://openrouter.ai/api/v1", FALSE },
  { "groq", "Groq", "https://api.groq.com/openai/v1", FALSE },
  { "azure", "Azure OpenAI", "https://YOUR-RESOURCE.openai.azure.com/openai/v1", FALSE },
  { "vllm", "vLLM", "http://127.0.0.1:8000/v1", TRUE },
  { "lmstudio", "LM Studio", "http://127.0.0.1:1234/v1", TRUE },
  { NULL, NULL, NULL, FALSE },
};

const HearthProvider hearth_provider_responses = {
  .id = HEARTH_RESPONSES_ID,
  .name = "OpenAI Responses",
  .presets = presets,
  .needs_key = TRUE,
  .framing = HEARTH_FRAMING_EVENTS,
  .write_request = _hearth_responses_write,
  .write_less = _hearth_responses_write_less,
  .read_event = _hearth_responses_read_event,
  .read_answer = _hearth_responses_read_answer,
  .read_error = hearth_read_error,
  .write_models = _hearth_openai_models_address,
  .read_models = _hearth_openai_read_models,
  .write_embed = _hearth_openai_write_embed,
  .read_embed = _hearth_openai_read_embed,
};
