/* hearth-anthropic-write.c: a request to Anthropic's Messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-anthropic-private.h"

#include <string.h>

#include "hearth-model-family-private.h"
#include "hearth-provider-write-private.h"

/* The version that takes temperature and top_p, where the model does; later ones refuse them for every model. A channel's
 * own headers may name another. */
#define API_VERSION "2023-06-01"

/* A request must say it; every model answers as much. */
#define DEFAULT_MAX_TOKENS 4096

void
_hearth_anthropic_sign (HearthProviderMessage *message,
                        gboolean               takes_key)
{
  message->headers = hearth_value_object ("anthropic-version", hearth_value_string (API_VERSION), NULL);
  message->secret_header = takes_key ? "x-api-key" : NULL;
}

/* --- tools --------------------------------------------------------------------------------------- */

static HearthValue *
dup_tool (const char  *name,
          const char  *description,
          HearthValue *schema)
{
  g_autoptr (HearthValue) nothing = hearth_value_object ("type", hearth_value_string ("object"), NULL);

  return hearth_value_object ("name", hearth_value_string (name),
                              "description", description != NULL ? hearth_value_string (description) : NULL,
                              "input_schema", hearth_value_ref (schema != NULL ? schema : nothing), NULL);
}

static guint
add_tools (HearthBuilder *out,
           HearthValue   *tools)
{
  gsize n = hearth_value_is (tools, ARRAY) ? hearth_value_get_length (tools) : 0;

  for (gsize i = 0; i < n; i++)
    {
      HearthValue *tool = hearth_value_at (tools, i);

      hearth_builder_add (out, NULL, dup_tool (hearth_value_get_member_string (tool, "name", ""),
                                               hearth_value_get_member_string (tool, "description", NULL),
                                               hearth_value_get_member_kind (tool, "parameters", HEARTH_VALUE_OBJECT)));
    }
  return (guint) n;
}

static HearthValue *
dup_choice (const char *choice)
{
  static const struct
  {
    const char *ours;
    const char *theirs;
  } kinds[] = { { "auto", "auto" }, { "none", "none" }, { "required", "any" } };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].ours, choice))
      return hearth_value_object ("type", hearth_value_string (kinds[i].theirs), NULL);
  return hearth_value_object ("type", hearth_value_string ("tool"), "name", hearth_value_string (choice), NULL);
}

static HearthValue *
get_schema (const HearthModelRequest *request)
{
  return hearth_value_get_member_kind (request->schema, "schema", HEARTH_VALUE_OBJECT);
}

/* Before there was an output format, a tool that must be called did its work. */
static gboolean
answers_by_tool (const HearthModelRequest *request)
{
  return get_schema (request) != NULL && !_hearth_model_takes_output_config (request->model);
}

static void
write_tools (HearthBuilder            *body,
             const HearthModelRequest *request)
{
  g_auto (HearthBuilder) tools = HEARTH_BUILDER_INIT;
  guint n = add_tools (&tools, request->tools);
  const char *choice = request->tool_choice != NULL && *request->tool_choice != '\0' ? request->tool_choice : NULL;

  if (answers_by_tool (request))
    {
      hearth_builder_add (&tools, NULL, dup_tool (HEARTH_ANTHROPIC_ANSWER_TOOL, "Gives the answer.", get_schema (request)));
      choice = n > 0 ? "required" : HEARTH_ANTHROPIC_ANSWER_TOOL;
      n++;
    }
  if (n == 0)
    return;
  hearth_builder_add (body, "tools", hearth_builder_end_array (&tools));
  if (choice != NULL)
    hearth_builder_add (body, "tool_choice", dup_choice (choice));
}

/* --- parameters ------------------------------------------------------------------------------------ */

static gboolean
is_thinking (HearthValue *params)
{
  HearthValue *thinking = hearth_value_get_member_kind (params, "thinking", HEARTH_VALUE_OBJECT);

  return thinking != NULL && !g_str_equal (hearth_value_get_member_string (thinking, "type", ""), "disabled");
}

/* A top_p of 1 does nothing, and many models refuse it next to a temperature. */
static HearthValue *
without_sampling (HearthValue *params,
                  const char  *model)
{
  static const char *const names[] = { "temperature", "top_p", "top_k" };
  gboolean takes_none = is_thinking (params) || !_hearth_model_takes_sampling (model);

  for (gsize i = 0; takes_none && i < G_N_ELEMENTS (names); i++)
    params = _hearth_value_without (params, names[i]);
  if (hearth_value_get (params, "temperature") != NULL && hearth_value_get_member_double (params, "top_p", 0) == 1)
    params = _hearth_value_without (params, "top_p");
  return params;
}

/* What is thought counts, too. */
static HearthValue *
dup_max_tokens (HearthValue *params)
{
  HearthValue *thinking = hearth_value_get (params, "thinking");
  gint64 budget = CLAMP (hearth_value_get_member_integer (thinking, "budget_tokens", 0), 0, G_MAXINT32);

  return hearth_value_integer (DEFAULT_MAX_TOKENS + budget);
}

static HearthValue *
with_output_config (HearthValue *params,
                    HearthValue *schema)
{
  HearthValue *format = hearth_value_object ("type", hearth_value_string ("json_schema"),
                                             "schema", _hearth_anthropic_dup_schema (schema), NULL);
  HearthValue *theirs = hearth_value_get_member_kind (params, "output_config", HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) config = hearth_value_object ("format", format, NULL);
  g_autoptr (HearthValue) with_theirs = hearth_value_overlay (config, theirs);
  HearthValue *with = hearth_value_with (params, "output_config", with_theirs);

  hearth_value_unref (params);
  return with;
}

static HearthValue *
with_stop_list (HearthValue *params)
{
  g_autoptr (HearthValue) list = _hearth_params_stop_list (hearth_value_get (params, "stop_sequences"));
  HearthValue *with = hearth_value_with (params, "stop_sequences", list);

  hearth_value_unref (params);
  return with;
}

static HearthValue *
dup_params (const HearthModelRequest *request)
{
  static const HearthParamName names[] = {
    { "max_completion_tokens", "max_tokens" },
    { "stop", "stop_sequences" },
    { "seed", NULL }, /* a wish that nobody grants here */
    { NULL, NULL },
  };
  HearthValue *params = without_sampling (_hearth_params_rename (request->params, names), request->model);

  if (get_schema (request) != NULL && !answers_by_tool (request))
    params = with_output_config (params, get_schema (request));
  return hearth_value_get (params, "stop_sequences") != NULL ? with_stop_list (params) : params;
}

/* --- the whole ------------------------------------------------------------------------------------- */

static HearthValue *
dup_body (const HearthModelRequest *request,
          HearthValue              *messages)
{
  g_auto (HearthBuilder) body = HEARTH_BUILDER_INIT;
  g_autofree char *system = _hearth_messages_dup_system (request->messages);
  g_autoptr (HearthValue) params = dup_params (request);
  g_autoptr (HearthValue) ours = NULL;

  hearth_builder_add_string (&body, "model", request->model);
  hearth_builder_add (&body, "max_tokens", dup_max_tokens (params));
  hearth_builder_add_string (&body, "system", system);
  hearth_builder_add (&body, "messages", hearth_value_ref (messages));
  write_tools (&body, request);
  hearth_builder_add (&body, "stream", hearth_value_boolean (request->stream));
  ours = hearth_builder_end_object (&body);
  return hearth_value_overlay (ours, params);
}

gboolean
_hearth_anthropic_write (const HearthChannel      *channel,
                         const HearthModelRequest *request,
                         HearthProviderMessage    *message,
                         GError                  **error)
{
  g_autoptr (HearthValue) messages = NULL;

  if (!_hearth_provider_check (request, error))
    return FALSE;
  messages = _hearth_anthropic_dup_messages (request->messages, error);
  if (messages == NULL || !_hearth_provider_address (channel, "POST", "/messages", NULL, message, error))
    return FALSE;
  _hearth_anthropic_sign (message, TRUE);
  message->body = dup_body (request, messages);
  return TRUE;
}

/* --- what is refused ------------------------------------------------------------------------------- */

static HearthValue *
drop_thought (HearthValue *block)
{
  static const char *const kinds[] = { "thinking", "redacted_thinking", NULL };

  return g_strv_contains (kinds, hearth_value_get_member_string (block, "type", "")) ? NULL : hearth_value_ref (block);
}

static HearthValue *
drop_thoughts (HearthValue *message)
{
  HearthValue *changed = _hearth_body_change_list (message, "content", drop_thought);

  return changed != NULL ? changed : hearth_value_ref (message);
}

/* "`temperature` is deprecated for this model.", "`temperature` and `top_p` cannot both be specified …", "Invalid
 * `signature` in `thinking` block": it was signed for another model or account. */
HearthValue *
_hearth_anthropic_write_less (HearthValue  *body,
                              const GError *error)
{
  static const char *const names[] = { "top_p", "top_k", "temperature" };
  const char *words = hearth_model_error_get_words (error);

  if (words != NULL && strstr (words, "signature") != NULL)
    return _hearth_body_change_list (body, "messages", drop_thoughts);
  for (gsize i = 0; words != NULL && i < G_N_ELEMENTS (names); i++)
    if (strstr (words, names[i]) != NULL && hearth_value_get (body, names[i]) != NULL)
      return hearth_value_with (body, names[i], NULL);
  return NULL;
}
