/* model-input.h: what the nodes that ask a model have in common at their inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-model-request.h"
#include "shapes.h"

G_BEGIN_DECLS

/* The model that answers without a key and without a network, so that a first run works. */
#define HEARTH_MODEL_DEFAULT "core:offline"

/**
 * HearthModelInput:
 *
 * Starts as {0}; a request is filled from it and lives no longer.
 */
typedef struct
{
  char        *model;
  HearthValue *params;
  HearthValue *messages;
} HearthModelInput;

/* Inputs "model", "temperature", "max_tokens" and "parameters". Members of the latter are over the others; one that is null
 * takes its namesake away. */
gboolean     hearth_model_input_read       (HearthModelInput   *self,
                                            HearthStep         *step,
                                            GError            **error);
/* Without the model. */
gboolean     hearth_model_input_read_params(HearthModelInput   *self,
                                            HearthStep         *step,
                                            GError            **error);
void         hearth_model_input_clear      (HearthModelInput   *self);
/* Borrows from @self. */
void         hearth_model_input_fill       (HearthModelInput   *self,
                                            HearthModelRequest *request);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthModelInput, hearth_model_input_clear)

/* The object of parameters with what is null taken out; of a preset (preset-params.h) only its parameters. New reference. */
HearthValue *hearth_model_input_overlay    (HearthValue        *params,
                                            HearthValue        *over);

/* --- messages -------------------------------------------------------------------------------- */

/* Input @key as a system message; nothing is added when it is blank. */
void         hearth_model_input_add_system (HearthBuilder      *messages,
                                            HearthStep         *step,
                                            const char         *key);
/* The history at input @key: a list of messages, one, or either as JSON text. */
gboolean     hearth_model_input_add_history(HearthBuilder      *messages,
                                            HearthStep         *step,
                                            const char         *key,
                                            GError            **error);
/* A message of the user: text, with an image (a part made by one of the functions below; taken) or NULL. */
void         hearth_model_input_add_user   (HearthBuilder      *messages,
                                            const char         *text,
                                            HearthValue        *image);
/* {type: "image_url", image_url: {url}} */
HearthValue *hearth_model_image_part       (const char         *url);
/* Of an address (data:, http:, https:), of base64 text of a PNG, JPEG, GIF or WebP picture, or of an object with such a
 * text as url, dataUrl or data. */
HearthValue *hearth_model_image_read       (HearthValue        *image,
                                            GError            **error);

/* --- slots, the same in all of our own nodes ------------------------------------------------------- */

#define HEARTH_MODEL_SLOT_MODEL \
  { .key = "model", .type = HEARTH_DATA_STRING, .name = "模型", .title = N_("Model"), \
    .description = N_("Which model answers. core:offline needs no key and no network."), \
    .flags = HEARTH_SLOT_OPTIONAL, \
    .config = HEARTH_JSON ({ "default": "core:offline", "multiline": false, "placeholder": "输入模型名称", \
                             "suggestions": [ { "value": "core:offline", "label": "core:offline" } ] }) }
#define HEARTH_MODEL_SLOT_SYSTEM \
  { .key = "system_prompt", .type = HEARTH_DATA_STRING, .name = "系统提示", .title = N_("System Prompt"), \
    .description = N_("Who the model is and how it is to answer. May be empty."), .categories = "Prompt", \
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": "", "multiline": true }) }
#define HEARTH_MODEL_SLOT_TEMPERATURE(by_default) \
  { .key = "temperature", .type = HEARTH_DATA_FLOAT, .name = "温度", .title = N_("Temperature"), \
    .description = N_("How much chance there is in the answer: from 0, hardly any, to 2."), \
    .flags = HEARTH_SLOT_OPTIONAL, \
    .config = HEARTH_JSON ({ "default": by_default, "min": 0, "max": 2, "step": 0.01 }) }
#define HEARTH_MODEL_SLOT_MAX_TOKENS \
  { .key = "max_tokens", .type = HEARTH_DATA_INTEGER, .name = "最大令牌数", .title = N_("Longest Answer"), \
    .description = N_("In tokens, each some letters long. 0: as long as the model likes."), \
    .flags = HEARTH_SLOT_OPTIONAL, .config = HEARTH_JSON ({ "default": 2048, "min": 0, "max": 65536, "step": 64 }) }
#define HEARTH_MODEL_SLOT_PARAMETERS \
  { .key = "parameters", .type = HEARTH_DATA_OBJECT, .name = "其他参数", .title = N_("More Parameters"), \
    .description = N_("Whatever else the service takes, by name: {\"top_p\": 0.9}. A null takes a parameter away."), \
    .categories = "Json LlmConfig", .flags = HEARTH_SLOT_OPTIONAL, \
    .config = HEARTH_JSON ({ "default": {}, "languageHint": "json" }) }
/* What every question can carry, in this order. */
#define HEARTH_MODEL_SLOTS_PARAMETERS(temperature) \
  HEARTH_MODEL_SLOT_TEMPERATURE (temperature), HEARTH_MODEL_SLOT_MAX_TOKENS, HEARTH_MODEL_SLOT_PARAMETERS
#define HEARTH_MODEL_SLOT_HISTORY \
  { .key = "history", .type = HEARTH_DATA_STRING, .name = "历史记录", .title = N_("History"), \
    .description = N_("What was said before: messages, or their JSON."), .categories = "ChatHistory Json ChatMessage", \
    .flags = HEARTH_SLOT_OPTIONAL }
#define HEARTH_MODEL_SLOT_STREAM \
  { .key = "stream_output", .type = HEARTH_DATA_STRING, .name = "流式输出", .title = N_("Stream"), \
    .description = N_("The answer while it is being written."), .categories = "StreamChunk", \
    .flags = HEARTH_SLOT_STREAM }
#define HEARTH_MODEL_SLOT_USAGE \
  { .key = "usage", .type = HEARTH_DATA_OBJECT, .name = "Token 用量", .title = N_("Usage"), \
    .description = N_("How many tokens it took, as far as the service tells."), .categories = "LlmOutput" }
/* What every answer that is written piece by piece comes with. */
#define HEARTH_MODEL_SLOTS_ANSWER HEARTH_MODEL_SLOT_USAGE, HEARTH_MODEL_SLOT_STREAM

G_END_DECLS
