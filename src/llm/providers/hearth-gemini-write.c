/* hearth-gemini-write.c: a request to Gemini
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-gemini-private.h"

#include <string.h>

#include "hearth-provider-write-private.h"

/* --- addresses ----------------------------------------------------------------------------------- */

char *
_hearth_gemini_dup_model_path (const char *model)
{
  if (g_str_has_prefix (model, "models/") || g_str_has_prefix (model, "tunedModels/"))
    return g_strdup (model);
  return g_strconcat ("models/", model, NULL);
}

gboolean
_hearth_gemini_model_address (const HearthChannel   *channel,
                              const char            *model,
                              const char            *method,
                              const char            *query,
                              HearthProviderMessage *message,
                              GError               **error)
{
  g_autofree char *model_path = _hearth_gemini_dup_model_path (model);
  g_autofree char *escaped = g_uri_escape_string (model_path, "/", FALSE);
  g_autofree char *path = g_strconcat ("/", escaped, method, NULL);

  message->secret_header = "x-goog-api-key";
  return _hearth_provider_address (channel, "POST", path, query, message, error);
}

/* --- tools --------------------------------------------------------------------------------------- */

static HearthValue *
dup_declaration (HearthValue *tool)
{
  HearthValue *description = hearth_value_get_member_kind (tool, "description", HEARTH_VALUE_STRING);
  HearthValue *schema = hearth_value_get_member_kind (tool, "parameters", HEARTH_VALUE_OBJECT);

  return hearth_value_object ("name", hearth_value_string (hearth_value_get_member_string (tool, "name", "")),
                              "description", hearth_value_ref_or_null (description),
                              "parametersJsonSchema", hearth_value_ref_or_null (schema), NULL);
}

static HearthValue *
dup_tool_config (const char *choice)
{
  static const struct
  {
    const char *ours;
    const char *theirs;
  } kinds[] = { { "auto", "AUTO" }, { "none", "NONE" }, { "required", "ANY" } };
  const char *mode = NULL;
  HearthValue *config;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].ours, choice))
      mode = kinds[i].theirs;
  config = hearth_value_object ("mode", hearth_value_string (mode != NULL ? mode : "ANY"), "allowedFunctionNames",
                                mode == NULL ? hearth_value_strv ((const char *[]){ choice, NULL }) : NULL, NULL);
  return hearth_value_object ("functionCallingConfig", config, NULL);
}

static void
write_tools (HearthBuilder            *body,
             const HearthModelRequest *request)
{
  g_auto (HearthBuilder) declarations = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) tools = HEARTH_BUILDER_INIT;
  gsize n = hearth_value_is (request->tools, ARRAY) ? hearth_value_get_length (request->tools) : 0;

  if (n == 0)
    return;
  for (gsize i = 0; i < n; i++)
    hearth_builder_add (&declarations, NULL, dup_declaration (hearth_value_at (request->tools, i)));
  hearth_builder_add (&tools, NULL, hearth_value_object ("functionDeclarations", hearth_builder_end_array (&declarations), NULL));
  hearth_builder_add (body, "tools", hearth_builder_end_array (&tools));
  if (request->tool_choice != NULL && *request->tool_choice != '\0')
    hearth_builder_add (body, "toolConfig", dup_tool_config (request->tool_choice));
}

/* --- parameters ------------------------------------------------------------------------------------ */

/* What stands in generationConfig; everything else stands beside it. */
static gboolean
is_generation (const char *name)
{
  static const char *const names[] = {
    "audioTimestamp", "candidateCount", "enableEnhancedCivicAnswers", "frequencyPenalty", "imageConfig", "logprobs",
    "maxOutputTokens", "mediaResolution", "presencePenalty", "responseJsonSchema", "responseLogprobs", "responseMimeType",
    "responseModalities", "responseSchema", "seed", "speechConfig", "stopSequences", "temperature", "thinkingConfig",
    "topK", "topP", NULL,
  };

  return g_strv_contains (names, name);
}

static HearthValue *
dup_param (const char  *name,
           HearthValue *value)
{
  HearthValue *list = g_str_equal (name, "stopSequences") ? _hearth_params_stop_list (value) : NULL;

  return list != NULL ? list : hearth_value_ref (value);
}

static void
add_schema (HearthBuilder *generation,
            HearthValue   *schema)
{
  HearthValue *inner = hearth_value_get_member_kind (schema, "schema", HEARTH_VALUE_OBJECT);

  if (inner == NULL)
    return;
  hearth_builder_add_string (generation, "responseMimeType", "application/json");
  hearth_builder_add (generation, "responseJsonSchema", hearth_value_ref (inner));
}

static void
split_params (HearthBuilder            *generation,
              HearthBuilder            *beside,
              const HearthModelRequest *request)
{
  static const HearthParamName names[] = {
    { "max_tokens", "maxOutputTokens" },
    { "max_completion_tokens", "maxOutputTokens" },
    { "top_p", "topP" },
    { "top_k", "topK" },
    { "stop", "stopSequences" },
    { "n", "candidateCount" },
    { "presence_penalty", "presencePenalty" },
    { "frequency_penalty", "frequencyPenalty" },
    { NULL, NULL },
  };
  g_autoptr (HearthValue) params = _hearth_params_rename (request->params, names);

  for (gsize i = 0; i < hearth_value_get_length (params); i++)
    {
      const char *name = hearth_value_key_at (params, i);

      hearth_builder_add (is_generation (name) ? generation : beside, name,
                          dup_param (name, hearth_value_member_at (params, i)));
    }
}

/* --- the whole ------------------------------------------------------------------------------------- */

static HearthValue *
dup_instruction (HearthValue *messages)
{
  g_autofree char *system = _hearth_messages_dup_system (messages);
  g_auto (HearthBuilder) parts = HEARTH_BUILDER_INIT;

  if (system == NULL)
    return NULL;
  hearth_builder_add (&parts, NULL, hearth_value_object ("text", hearth_value_string (system), NULL));
  return hearth_value_object ("parts", hearth_builder_end_array (&parts), NULL);
}

/* generationConfig as the user may have written it, too. */
static HearthValue *
dup_generation (HearthBuilder *generation,
                HearthValue   *beside)
{
  g_autoptr (HearthValue) ours = hearth_builder_end_object (generation);

  return hearth_value_overlay (ours, hearth_value_get_member_kind (beside, "generationConfig", HEARTH_VALUE_OBJECT));
}

static HearthValue *
dup_body (const HearthModelRequest *request,
          HearthValue              *contents)
{
  g_auto (HearthBuilder) body = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) generation = HEARTH_BUILDER_INIT;
  g_auto (HearthBuilder) rest = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) beside = NULL;
  g_autoptr (HearthValue) ours = NULL;
  g_autoptr (HearthValue) config = NULL;
  g_autoptr (HearthValue) whole = NULL;

  add_schema (&generation, request->schema);
  split_params (&generation, &rest, request);
  beside = hearth_builder_end_object (&rest);
  config = dup_generation (&generation, beside);
  hearth_builder_add (&body, "contents", hearth_value_ref (contents));
  hearth_builder_add (&body, "systemInstruction", dup_instruction (request->messages));
  write_tools (&body, request);
  ours = hearth_builder_end_object (&body);
  whole = hearth_value_overlay (ours, beside);
  return hearth_value_with (whole, "generationConfig", hearth_value_get_length (config) > 0 ? config : NULL);
}

gboolean
_hearth_gemini_write (const HearthChannel      *channel,
                      const HearthModelRequest *request,
                      HearthProviderMessage    *message,
                      GError                  **error)
{
  g_autoptr (HearthValue) contents = NULL;

  if (!_hearth_provider_check (request, error))
    return FALSE;
  contents = _hearth_gemini_dup_contents (request, error);
  if (contents == NULL
      || !_hearth_gemini_model_address (channel, request->model,
                                        request->stream ? ":streamGenerateContent" : ":generateContent",
                                        request->stream ? "alt=sse" : NULL, message, error))
    return FALSE;
  message->body = dup_body (request, contents);
  return TRUE;
}

/* --- what is refused ------------------------------------------------------------------------------- */

static HearthValue *
drop_signature (HearthValue *part)
{
  g_autoptr (HearthValue) none = hearth_value_string (HEARTH_GEMINI_NO_SIGNATURE);
  gboolean is_call = hearth_value_get (part, "functionCall") != NULL;

  if (hearth_value_get (part, "thoughtSignature") == NULL)
    return hearth_value_ref (part);
  return hearth_value_with (part, "thoughtSignature", is_call ? none : NULL);
}

static HearthValue *
drop_signatures (HearthValue *content)
{
  HearthValue *changed = _hearth_body_change_list (content, "parts", drop_signature);

  return changed != NULL ? changed : hearth_value_ref (content);
}

/* "Thought signature is not valid": it was made by another model or for another account. */
HearthValue *
_hearth_gemini_write_less (HearthValue  *body,
                           const GError *error)
{
  const char *words = hearth_model_error_get_words (error);
  g_autofree char *lower = g_ascii_strdown (words != NULL ? words : "", -1);

  if (strstr (lower, "thought signature") == NULL && strstr (lower, "thought_signature") == NULL)
    return NULL;
  return _hearth_body_change_list (body, "contents", drop_signatures);
}
