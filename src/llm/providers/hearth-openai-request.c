/* hearth-openai-request.c: questions in the language of OpenAI's chat completions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-openai-private.h"

#include <string.h>

#include "hearth-model-family-private.h"
#include "hearth-provider-write-private.h"

/* --- tools and schema ---------------------------------------------------------------------------- */

static HearthValue *
make_tools (HearthValue *tools)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  if (!hearth_value_is (tools, ARRAY) || hearth_value_get_length (tools) == 0)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (tools); i++)
    hearth_builder_add (&list, NULL, hearth_value_object ("type", hearth_value_string ("function"),
                                                         "function", hearth_value_ref (hearth_value_at (tools, i)), NULL));
  return hearth_builder_end_array (&list);
}

static HearthValue *
make_tool_choice (const char *choice)
{
  if (choice == NULL || *choice == '\0')
    return NULL;
  if (strcmp (choice, "auto") == 0 || strcmp (choice, "none") == 0 || strcmp (choice, "required") == 0)
    return hearth_value_string (choice);
  return hearth_value_object ("type", hearth_value_string ("function"),
                              "function", hearth_value_object ("name", hearth_value_string (choice), NULL), NULL);
}

static HearthValue *
make_response_format (HearthValue *schema)
{
  if (schema == NULL)
    return NULL;
  return hearth_value_object ("type", hearth_value_string ("json_schema"), "json_schema", hearth_value_ref (schema), NULL);
}

/* --- parameters ---------------------------------------------------------------------------------- */

/* OpenAI's models that think refuse max_tokens; all of OpenAI's models know the newer name. */
static HearthValue *
rename_max_tokens (HearthValue *params)
{
  HearthValue *max_tokens = hearth_value_get (params, "max_tokens");
  g_autoptr (HearthValue) renamed = NULL;

  if (max_tokens == NULL || hearth_value_get (params, "max_completion_tokens") != NULL)
    return hearth_value_ref (params);
  renamed = hearth_value_with (params, "max_completion_tokens", max_tokens);
  return hearth_value_with (renamed, "max_tokens", NULL);
}

/* Nor do they take these, which our nodes send with every request; unless they are told not to think. */
static HearthValue *
drop_sampling (HearthValue *params,
               const char  *model)
{
  const char *effort = hearth_value_get_member_string (params, "reasoning_effort", "");
  g_autoptr (HearthValue) cooler = NULL;

  if (_hearth_model_takes_sampling (model) || strcmp (effort, "none") == 0)
    return hearth_value_ref (params);
  cooler = hearth_value_with (params, "temperature", NULL);
  return hearth_value_with (cooler, "top_p", NULL);
}

/* What is null is not sent, so that a parameter of a node can be taken away. */
static HearthValue *
dup_told (HearthValue *params)
{
  g_auto (HearthBuilder) told = HEARTH_BUILDER_INIT;

  for (gsize i = 0; hearth_value_is (params, OBJECT) && i < hearth_value_get_length (params); i++)
    if (!hearth_value_is (hearth_value_member_at (params, i), NULL))
      hearth_builder_add (&told, hearth_value_key_at (params, i), hearth_value_ref (hearth_value_member_at (params, i)));
  return hearth_builder_end_object (&told);
}

static HearthValue *
dup_params (const HearthChannel      *channel,
            const HearthModelRequest *request)
{
  g_autoptr (HearthValue) told = dup_told (request->params);
  g_autoptr (HearthValue) renamed = NULL;

  if (_hearth_openai_get_service (channel) != HEARTH_OPENAI_ITSELF)
    return g_steal_pointer (&told);
  renamed = rename_max_tokens (told);
  return drop_sampling (renamed, request->model);
}

/* Without them a stream ends without usage. Mistral gives it unasked and refuses the question. */
static HearthValue *
make_stream_options (const HearthChannel      *channel,
                     const HearthModelRequest *request)
{
  if (hearth_value_get (request->params, "stream_options") != NULL) /* the user's own, or none */
    return NULL;
  if (!hearth_value_get_member_boolean (request->params, "stream", request->stream)
      || _hearth_openai_get_service (channel) == HEARTH_OPENAI_MISTRAL)
    return NULL;
  return hearth_value_object ("include_usage", hearth_value_boolean (TRUE), NULL);
}

/* --- the whole -------------------------------------------------------------------------------------- */

/* What the user says himself comes last and wins (nodes.md 5.3). */
gboolean
_hearth_openai_write_request (const HearthChannel      *channel,
                              const HearthModelRequest *request,
                              HearthProviderMessage    *message,
                              GError                  **error)
{
  g_autoptr (HearthValue) params = NULL;
  g_autoptr (HearthValue) body = NULL;
  HearthValue *tools;

  if (!_hearth_provider_check (request, error)
      || !_hearth_openai_address (channel, "POST", "/chat/completions", request->model, message, error))
    return FALSE;
  params = dup_params (channel, request);
  tools = make_tools (request->tools);
  body = hearth_value_object ("model", hearth_value_string (request->model),
                              "messages", _hearth_openai_turn_write (channel, request->messages),
                              "stream", hearth_value_boolean (request->stream),
                              "stream_options", make_stream_options (channel, request), "tools", tools,
                              "tool_choice", tools != NULL ? make_tool_choice (request->tool_choice) : NULL,
                              "response_format", make_response_format (request->schema), NULL);
  message->body = hearth_value_overlay (body, params);
  return TRUE;
}

/* --- what a service refuses --------------------------------------------------------------------------- */

/* Members that may be left out: the answer comes without them, too. */
static const char *const dispensable[] = { "stream_options", "parallel_tool_calls", "seed", "top_p", "temperature" };

static gboolean
says_unsupported (const GError *error)
{
  static const char *const phrases[] = { "not support", "unsupported", "not permitted", "unrecognized", "unknown",
                                         "unexpected", "not allowed", "extra inputs", "extra fields", "invalid field",
                                         "unavailable", "must be 'text'", "must be one of" };
  const char *words = hearth_model_error_get_words (error);
  g_autofree char *lower = g_ascii_strdown (words != NULL ? words : "", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (strstr (lower, phrases[i]) != NULL)
      return TRUE;
  return g_strcmp0 (hearth_model_error_get_provider_code (error), "unsupported_value") == 0
      || g_strcmp0 (hearth_model_error_get_provider_code (error), "unsupported_parameter") == 0;
}

/* JSON of any form instead of a schema's; who asked checks it anyway. The last thing is to ask for a text. */
static HearthValue *
write_less_format (HearthValue *body)
{
  HearthValue *format = hearth_value_get (body, "response_format");
  g_autoptr (HearthValue) plain = NULL;

  if (g_strcmp0 (hearth_value_get_member_string (format, "type", NULL), "json_schema") == 0)
    plain = hearth_value_object ("type", hearth_value_string ("json_object"), NULL);
  return hearth_value_with (body, "response_format", plain);
}

HearthValue *
_hearth_openai_write_less (HearthValue  *body,
                           const GError *error)
{
  const char *words = hearth_model_error_get_words (error);

  if (words == NULL || !g_error_matches (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID))
    return NULL;
  if (!says_unsupported (error))
    return NULL;
  if (strstr (words, "max_completion_tokens") != NULL && hearth_value_get (body, "max_tokens") != NULL)
    return rename_max_tokens (body);
  if (strstr (words, "response_format") != NULL && hearth_value_get (body, "response_format") != NULL)
    return write_less_format (body);
  for (gsize i = 0; i < G_N_ELEMENTS (dispensable); i++)
    if (strstr (words, dispensable[i]) != NULL && hearth_value_get (body, dispensable[i]) != NULL)
      return hearth_value_with (body, dispensable[i], NULL);
  return NULL;
}
