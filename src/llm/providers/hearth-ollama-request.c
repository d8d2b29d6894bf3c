/* hearth-ollama-request.c: questions to Ollama
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-ollama-private.h"

#include <string.h>

#include "hearth-provider-write-private.h"

/* --- addresses ----------------------------------------------------------------------------------- */

/* People also write the base of its other languages, "…/v1" and "…/api". */
static HearthChannel *
dup_channel_at_root (const HearthChannel *channel)
{
  static const char *const ends[] = { "/v1", "/api" };
  g_autofree char *base = g_strdup (channel->base_url);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (base, ends[i]))
      base[strlen (base) - strlen (ends[i])] = '\0';
  return hearth_channel_new (channel->provider, base);
}

/* It wants a key only where somebody put a guard before it. */
gboolean
_hearth_ollama_address (const HearthChannel   *channel,
                        const char            *method,
                        const char            *path,
                        HearthProviderMessage *message,
                        GError               **error)
{
  g_autoptr (HearthChannel) root = dup_channel_at_root (channel);

  if (!_hearth_provider_address (root, method, path, NULL, message, error))
    return FALSE;
  message->secret_header = "Authorization";
  message->secret_prefix = "Bearer ";
  return TRUE;
}

/* --- parameters ------------------------------------------------------------------------------------ */

static const HearthParamName names[] = {
  { "max_tokens", "num_predict" },
  { "max_completion_tokens", "num_predict" },
  { "reasoning_effort", "think" },
  { "stream_options", NULL },
  { "response_format", NULL },
  { "parallel_tool_calls", NULL },
  { NULL, NULL },
};

/* Members of its "options"; all others stand beside them. */
static const char *const options[] = {
  "temperature", "top_p", "top_k", "min_p", "typical_p", "seed", "stop", "num_predict", "num_ctx", "num_keep", "num_batch", "num_gpu",
  "num_thread", "main_gpu", "use_mmap", "repeat_last_n", "repeat_penalty", "presence_penalty", "frequency_penalty", "mirostat",
  "mirostat_tau", "mirostat_eta", "penalize_newline", "tfs_z", NULL,
};

static HearthValue *
dup_option (const char  *name,
            HearthValue *value)
{
  return strcmp (name, "stop") == 0 ? _hearth_params_stop_list (value) : hearth_value_ref (value);
}

/* What the user put into "options" himself wins. */
static HearthValue *
make_options (HearthValue *params)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) known = NULL;

  for (gsize i = 0; options[i] != NULL; i++)
    if (hearth_value_get (params, options[i]) != NULL)
      hearth_builder_add (&list, options[i], dup_option (options[i], hearth_value_get (params, options[i])));
  known = hearth_builder_end_object (&list);
  return hearth_value_overlay (known, hearth_value_get_member_kind (params, "options", HEARTH_VALUE_OBJECT));
}

static HearthValue *
dup_others (HearthValue *params)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (params); i++)
    {
      const char *name = hearth_value_key_at (params, i);

      if (!g_strv_contains (options, name) && strcmp (name, "options") != 0)
        hearth_builder_add (&list, name, hearth_value_ref (hearth_value_member_at (params, i)));
    }
  return hearth_builder_end_object (&list);
}

/* --- the whole --------------------------------------------------------------------------------------- */

/* A tool cannot be forced on it; it can only be kept from all of them. */
static HearthValue *
make_tools (const HearthModelRequest *request)
{
  HearthValue *tools = request->tools;
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  if (!hearth_value_is (tools, ARRAY) || g_strcmp0 (request->tool_choice, "none") == 0)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (tools); i++)
    hearth_builder_add (&list, NULL, hearth_value_object ("type", hearth_value_string ("function"),
                                                         "function", hearth_value_ref (hearth_value_at (tools, i)), NULL));
  return list.n_members > 0 ? hearth_builder_end_array (&list) : NULL;
}

static HearthValue *
make_format (const HearthModelRequest *request)
{
  HearthValue *asked = hearth_value_get (request->params, "response_format");

  if (request->schema != NULL)
    return hearth_value_ref_or_null (hearth_value_get (request->schema, "schema"));
  if (g_str_has_prefix (hearth_value_get_member_string (asked, "type", ""), "json"))
    return hearth_value_string ("json");
  return NULL;
}

gboolean
_hearth_ollama_write_request (const HearthChannel      *channel,
                              const HearthModelRequest *request,
                              HearthProviderMessage    *message,
                              GError                  **error)
{
  g_autoptr (HearthValue) params = NULL;
  g_autoptr (HearthValue) others = NULL;
  g_autoptr (HearthValue) body = NULL;
  g_autoptr (HearthValue) messages = NULL;
  gboolean stream = hearth_value_get_member_boolean (request->params, "stream", request->stream);

  if (!_hearth_provider_check (request, error) || !_hearth_ollama_address (channel, "POST", "/api/chat", message, error))
    return FALSE;
  messages = _hearth_ollama_make_messages (request->messages, error);
  if (messages == NULL)
    return FALSE;
  params = _hearth_params_rename (request->params, names);
  others = dup_others (params);
  body = hearth_value_object ("model", hearth_value_string (request->model), "messages", g_steal_pointer (&messages),
                              "stream", hearth_value_boolean (stream), "tools", make_tools (request),
                              "format", make_format (request), "options", make_options (params), NULL);
  message->body = hearth_value_overlay (body, others);
  return TRUE;
}
