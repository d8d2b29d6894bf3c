/* hearth-model-request.h: one question to a model, the same for every provider
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/**
 * HearthModelRequest:
 * @model: the provider's name for it
 * @messages: a list of messages (nodes.md 4) in the form of OpenAI's chat completions, whatever the provider:
 *   {role: system|user|assistant|tool, content: text or parts, tool_calls?, tool_call_id?}. Parts: text, image_url
 *   (data: or http address), {type: "file", file: {filename, file_data: data: address}}
 * @params: an object: temperature, max_tokens, top_p, seed, stop, and whatever else the user wants to send; what a
 *   provider calls otherwise is renamed by it, unknown members pass through unchanged; or NULL
 * @tools: a list of {name, description, parameters (JSON schema)}, or NULL
 * @tool_choice: "auto", "none", "required" or a tool's name; NULL: "auto"
 * @schema: {name, schema, strict}: the answer is to be JSON of it; or NULL
 * @stream: whether it is to come in pieces
 *
 * Filled by the caller, who keeps what it points to; whoever keeps a request makes a copy.
 */
typedef struct
{
  const char  *model;
  HearthValue *messages;
  HearthValue *params;
  HearthValue *tools;
  const char  *tool_choice;
  HearthValue *schema;
  gboolean     stream;
} HearthModelRequest;

HearthModelRequest *hearth_model_request_copy (const HearthModelRequest *request);
/* Only for what hearth_model_request_copy () made. */
void                hearth_model_request_free (HearthModelRequest       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthModelRequest, hearth_model_request_free)

G_END_DECLS
