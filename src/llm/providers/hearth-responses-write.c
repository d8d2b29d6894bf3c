/* hearth-responses-write.c: a request to OpenAI's Responses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-responses-private.h"

#include <string.h>

#include "hearth-model-family-private.h"
#include "hearth-openai-private.h"
#include "hearth-provider-write-private.h"

#define ENCRYPTED_THOUGHTS "reasoning.encrypted_content"

/* --- tools and schema ---------------------------------------------------------------------------- */

/* Unless told otherwise the service makes every schema strict, which few schemas are. */
static HearthValue *
dup_tool (HearthValue *tool)
{
  g_autoptr (HearthValue) nothing = hearth_value_object ("type", hearth_value_string ("object"),
                                                         "properties", hearth_value_empty_object (), NULL);
  HearthValue *description = hearth_value_get_member_kind (tool, "description", HEARTH_VALUE_STRING);
  HearthValue *schema = hearth_value_get_member_kind (tool, "parameters", HEARTH_VALUE_OBJECT);

  return hearth_value_object ("type", hearth_value_string ("function"),
                              "name", hearth_value_string (hearth_value_get_member_string (tool, "name", "")),
                              "description", hearth_value_ref_or_null (description),
                              "parameters", hearth_value_ref (schema != NULL ? schema : nothing),
                              "strict", hearth_value_boolean (hearth_value_get_member_boolean (tool, "strict", FALSE)), NULL);
}

static HearthValue *
dup_choice (const char *choice)
{
  static const char *const kinds[] = { "auto", "none", "required", NULL };

  if (g_strv_contains (kinds, choice))
    return hearth_value_string (choice);
  return hearth_value_object ("type", hearth_value_string ("function"), "name", hearth_value_string (choice), NULL);
}

static void
write_tools (HearthBuilder            *body,
             const HearthModelRequest *request)
{
  g_auto (HearthBuilder) tools = HEARTH_BUILDER_INIT;
  gsize n = hearth_value_is (request->tools, ARRAY) ? hearth_value_get_length (request->tools) : 0;

  if (n == 0)
    return;
  for (gsize i = 0; i < n; i++)
    hearth_builder_add (&tools, NULL, dup_tool (hearth_value_at (request->tools, i)));
  hearth_builder_add (body, "tools", hearth_builder_end_array (&tools));
  if (request->tool_choice != NULL && *request->tool_choice != '\0')
    hearth_builder_add (body, "tool_choice", dup_choice (request->tool_choice));
}

static HearthValue *
dup_format (HearthValue *schema)
{
  g_autoptr (HearthValue) kind = hearth_value_object ("type", hearth_value_string ("json_schema"), NULL);
  g_autoptr (HearthValue) format = hearth_value_overlay (kind, schema);

  return hearth_value_object ("format", g_steal_pointer (&format), NULL);
}

/* --- parameters ------------------------------------------------------------------------------------ */

static HearthValue *
take_with (HearthValue *object,
           const char  *key,
           HearthValue *value)
{
  HearthValue *with = hearth_value_with (object, key, value);

  hearth_value_unref (object);
  hearth_value_unref (value);
  return with;
}

/* "reasoning_effort" of chat completions. */
static HearthValue *
with_reasoning (HearthValue *params)
{
  HearthValue *effort = hearth_value_get_member_kind (params, "reasoning_effort", HEARTH_VALUE_STRING);
  HearthValue *theirs = hearth_value_get_member_kind (params, "reasoning", HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) ours = NULL;

  if (effort == NULL)
    return params;
  ours = hearth_value_object ("effort", hearth_value_ref (effort), NULL);
  params = take_with (params, "reasoning", hearth_value_overlay (ours, theirs));
  return _hearth_value_without (params, "reasoning_effort");
}

static gboolean
takes_sampling (HearthValue *params,
                const char  *model)
{
  const char *effort = hearth_value_get_member_string (hearth_value_get (params, "reasoning"), "effort", "");

  return _hearth_model_takes_sampling (model) || g_str_equal (effort, "none");
}

/* The service forgets the conversation unless the user wants it kept; then thoughts can only come back encrypted. */
static HearthValue *
with_privacy (HearthValue *params)
{
  if (hearth_value_get (params, "store") == NULL)
    params = take_with (params, "store", hearth_value_boolean (FALSE));
  if (hearth_value_get (params, "reasoning") != NULL && hearth_value_get (params, "include") == NULL)
    params = take_with (params, "include", hearth_value_strv ((const char *[]){ ENCRYPTED_THOUGHTS, NULL }));
  return params;
}

static HearthValue *
with_format (HearthValue *params,
             HearthValue *schema)
{
  HearthValue *theirs = hearth_value_get_member_kind (params, "text", HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) ours = NULL;

  if (!hearth_value_is (schema, OBJECT))
    return params;
  ours = dup_format (schema);
  return take_with (params, "text", hearth_value_overlay (theirs, ours));
}

static HearthValue *
dup_params (const HearthModelRequest *request)
{
  static const HearthParamName names[] = {
    { "max_tokens", "max_output_tokens" },
    { "max_completion_tokens", "max_output_tokens" },
    { "seed", NULL },           /* a wish that nobody grants here */
    { "stream_options", NULL }, /* of chat completions; usage comes anyway */
    { NULL, NULL },
  };
  HearthValue *params = with_reasoning (_hearth_params_rename (request->params, names));

  if (!takes_sampling (params, request->model))
    params = _hearth_value_without (_hearth_value_without (params, "temperature"), "top_p");
  return with_format (with_privacy (params), request->schema);
}

/* --- the whole ------------------------------------------------------------------------------------- */

static HearthValue *
dup_body (const HearthModelRequest *request,
          HearthValue              *input)
{
  g_auto (HearthBuilder) body = HEARTH_BUILDER_INIT;
  g_autofree char *instructions = _hearth_responses_dup_instructions (request->messages);
  g_autoptr (HearthValue) params = dup_params (request);
  g_autoptr (HearthValue) ours = NULL;

  hearth_builder_add_string (&body, "model", request->model);
  hearth_builder_add_string (&body, "instructions", instructions);
  hearth_builder_add (&body, "input", hearth_value_ref (input));
  write_tools (&body, request);
  hearth_builder_add (&body, "stream", hearth_value_boolean (request->stream));
  ours = hearth_builder_end_object (&body);
  return hearth_value_overlay (ours, params);
}

gboolean
_hearth_responses_write (const HearthChannel      *channel,
                         const HearthModelRequest *request,
                         HearthProviderMessage    *message,
                         GError                  **error)
{
  g_autoptr (HearthValue) input = NULL;

  if (!_hearth_provider_check (request, error))
    return FALSE;
  input = _hearth_responses_dup_input (request->messages, error);
  if (input == NULL || !_hearth_openai_address (channel, "POST", "/responses", NULL, message, error))
    return FALSE;
  message->body = dup_body (request, input);
  return TRUE;
}

/* --- what is refused ------------------------------------------------------------------------------- */

static HearthValue *
drop_thought (HearthValue *item)
{
  return g_str_equal (hearth_value_get_member_string (item, "type", ""), "reasoning") ? NULL : hearth_value_ref (item);
}

/* "Unsupported parameter: 'temperature' is not supported with this model.", "Encrypted content is not supported …"; a
 * thought that was encrypted for another account has a code of its own. */
HearthValue *
_hearth_responses_write_less (HearthValue  *body,
                              const GError *error)
{
  static const struct
  {
    const char *said;
    const char *name;
  } objections[] = {
    { "'temperature'", "temperature" },
    { "'top_p'", "top_p" },
    { "Encrypted content is not supported", "include" },
  };
  const char *words = hearth_model_error_get_words (error);

  if (g_strcmp0 (hearth_model_error_get_provider_code (error), "invalid_encrypted_content") == 0)
    return _hearth_body_change_list (body, "input", drop_thought);
  for (gsize i = 0; words != NULL && i < G_N_ELEMENTS (objections); i++)
    if (strstr (words, objections[i].said) != NULL && hearth_value_get (body, objections[i].name) != NULL)
      return hearth_value_with (body, objections[i].name, NULL);
  return NULL;
}
