/* hearth-provider-ollama.c: Ollama, models on one's own machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-json.h"
#include "hearth-ollama-private.h"
#include "hearth-provider-read.h"
#include "hearth-providers-private.h"

#include <string.h>

#include "hearth-i18n.h"

static const HearthProviderPreset presets[] = {
  { "ollama", "Ollama", "http://127.0.0.1:11434", TRUE },
  { "ollama-cloud", "Ollama Cloud", "https://ollama.com", FALSE },
  { NULL, NULL, NULL, FALSE },
};

/* --- answers ------------------------------------------------------------------------------------- */

static void
read_tool_calls (HearthAnswer *answer,
                 HearthValue  *calls)
{
  for (gsize i = 0; i < hearth_value_get_length (calls); i++)
    {
      HearthValue *call = hearth_read_at (calls, i);
      HearthValue *function = hearth_read_object (call, "function");
      HearthValue *arguments = hearth_read_object (function, "arguments");
      g_autofree char *text = arguments != NULL ? hearth_json_print (arguments) : NULL;

      if (function != NULL) /* each comes whole */
        hearth_answer_add_tool_call (answer, HEARTH_ANSWER_NO_INDEX, hearth_read_string (call, "id"),
                                     hearth_read_string (function, "name"), text);
    }
}

static void
read_usage (HearthAnswer *answer,
            HearthValue  *data)
{
  HearthUsage usage = HEARTH_USAGE_UNKNOWN;

  usage.prompt = hearth_read_count (data, "prompt_eval_count");
  usage.completion = hearth_read_count (data, "eval_count");
  if (usage.prompt >= 0 || usage.completion >= 0)
    hearth_answer_set_usage (answer, &usage);
}

static void
read_end (HearthAnswer *answer,
          HearthValue  *data)
{
  const char *reason = hearth_read_string (data, "done_reason");

  read_usage (answer, data);
  if (reason == NULL || strcmp (reason, "stop") == 0)
    reason = hearth_answer_get_n_tool_calls (answer) > 0 ? "tool_calls" : "stop";
  hearth_answer_set_finish (answer, reason);
  hearth_answer_set_done (answer);
}

static gboolean
read_event (HearthAnswer *answer,
            const char   *name,
            HearthValue  *data,
            GError      **error)
{
  HearthValue *message = hearth_read_object (data, "message");

  if (hearth_value_is (hearth_value_get (data, "error"), STRING) || hearth_read_object (data, "error") != NULL)
    {
      g_propagate_error (error, hearth_read_error (0, NULL, data, NULL));
      return FALSE;
    }
  hearth_answer_set_identity (answer, hearth_read_string (data, "model"), NULL);
  hearth_answer_add_reasoning (answer, hearth_read_string (message, "thinking"));
  hearth_answer_add_text (answer, hearth_read_string (message, "content"));
  if (hearth_read_array (message, "tool_calls") != NULL)
    read_tool_calls (answer, hearth_read_array (message, "tool_calls"));
  if (hearth_value_get_member_boolean (data, "done", FALSE))
    read_end (answer, data);
  return TRUE;
}

static gboolean
read_text (HearthAnswer *answer,
           const char   *name,
           const char   *data,
           GError      **error)
{
  g_propagate_error (error, hearth_model_error_new (HEARTH_MODEL_ERROR_BAD_ANSWER, data, NULL, 0, 0));
  return FALSE;
}

static gboolean
read_answer (HearthAnswer *answer,
             HearthValue  *body,
             GError      **error)
{
  if (!read_event (answer, "", body, error))
    return FALSE;
  if (hearth_read_object (body, "message") == NULL)
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER,
                                   _("The service's answer has no “message”. Is it Ollama that answers at this address?"));
  hearth_answer_set_raw (answer, body);
  hearth_answer_set_done (answer);
  return TRUE;
}

static GError *
read_error (guint        status,
            HearthValue *headers,
            HearthValue *body,
            const char  *text)
{
  g_autofree char *words = hearth_value_is (body, OBJECT) ? NULL : hearth_read_words (text);

  if (status != 404 || hearth_value_is (body, OBJECT))
    return hearth_read_error (status, headers, body, text);
  return hearth_model_error_new_sentence (HEARTH_MODEL_ERROR_INVALID,
                                          _("It is not Ollama that answers at this address. Usually its base URL is “http://127.0.0.1:11434”."),
                                          words, NULL, status, 0);
}

/* --- models and embeddings ------------------------------------------------------------------------- */

static gboolean
write_models (const HearthChannel   *channel,
              HearthProviderMessage *message,
              GError               **error)
{
  return _hearth_ollama_address (channel, "GET", "/api/tags", message, error);
}

/* "8.0B, Q4_K_M" */
static HearthValue *
make_model (HearthValue *model,
            const char  *name)
{
  HearthValue *details = hearth_read_object (model, "details");
  const char *size = hearth_read_string (details, "parameter_size");
  const char *level = hearth_read_string (details, "quantization_level");
  g_autofree char *description = g_strjoin (", ", size != NULL ? size : level, size != NULL ? level : NULL, NULL);

  return hearth_value_object ("id", hearth_value_string (name),
                              "description", *description != '\0' ? hearth_value_string (description) : NULL, NULL);
}

static HearthValue *
read_models (HearthValue *body,
             GError     **error)
{
  HearthValue *models = hearth_read_array (body, "models");
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  if (models == NULL)
    {
      hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER,
                              _("The service's answer has no list of models. Is it Ollama that answers at this address?"));
      return NULL;
    }
  for (gsize i = 0; i < hearth_value_get_length (models); i++)
    {
      HearthValue *model = hearth_read_at (models, i);
      const char *name = hearth_read_string (model, "model");

      if (name == NULL)
        name = hearth_read_string (model, "name");
      if (name != NULL && *name != '\0')
        hearth_builder_add (&list, NULL, make_model (model, name));
    }
  return hearth_builder_end_array (&list);
}

static gboolean
write_embed (const HearthChannel   *channel,
             const char            *model,
             HearthValue           *texts,
             HearthProviderMessage *message,
             GError               **error)
{
  if (!_hearth_ollama_address (channel, "POST", "/api/embed", message, error))
    return FALSE;
  message->body = hearth_value_object ("model", hearth_value_string (model), "input", hearth_value_ref (texts), NULL);
  return TRUE;
}

static HearthValue *
find_vector (HearthValue *embeddings,
             gsize        index)
{
  return hearth_value_at (embeddings, index);
}

static HearthValue *
read_embed (HearthValue *body,
            HearthUsage *usage,
            GError     **error)
{
  HearthValue *embeddings = hearth_read_array (body, "embeddings");

  usage->prompt = hearth_read_count (body, "prompt_eval_count");
  if (embeddings != NULL)
    return hearth_read_vectors (embeddings, find_vector, error);
  hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER,
                          _("The service's answer has no embeddings. Choose a model that makes them."));
  return NULL;
}

const HearthProvider hearth_provider_ollama = {
  .id = "ollama",
  .name = "Ollama",
  .presets = presets,
  .needs_key = FALSE,
  .framing = HEARTH_FRAMING_LINES,
  .write_request = _hearth_ollama_write_request,
  .read_event = read_event,
  .read_text = read_text,
  .read_answer = read_answer,
  .read_error = read_error,
  .write_models = write_models,
  .read_models = read_models,
  .write_embed = write_embed,
  .read_embed = read_embed,
};
