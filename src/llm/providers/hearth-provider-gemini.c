/* hearth-provider-gemini.c: Google's Gemini
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-gemini-private.h"
#include "hearth-provider-read.h"
#include "hearth-providers-private.h"
#include "hearth-provider-write-private.h"

#include "hearth-i18n.h"

static const HearthProviderPreset presets[] = {
  { "gemini", "Google Gemini", "https://generativelanguage.googleapis.com/v1beta", FALSE },
  { NULL, NULL, NULL, FALSE },
};

static void
set_error (HearthValue *body,
           const char  *sentence,
           GError     **error)
{
  if (hearth_value_get (body, "error") != NULL)
    g_propagate_error (error, _hearth_gemini_read_error (0, NULL, body, NULL));
  else
    hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER, sentence);
}

/* --- models ---------------------------------------------------------------------------------------- */

static gboolean
write_models (const HearthChannel   *channel,
              HearthProviderMessage *message,
              GError               **error)
{
  gboolean takes_key;

  if (!_hearth_provider_models_address (channel, "/models", "pageSize=1000", message, &takes_key, error))
    return FALSE;
  message->secret_header = takes_key ? "x-goog-api-key" : NULL;
  return TRUE;
}

static gboolean
has_method (HearthValue *told,
            const char  *method)
{
  HearthValue *methods = hearth_read_array (told, "supportedGenerationMethods");

  for (gsize i = 0; methods != NULL && i < hearth_value_get_length (methods); i++)
    if (hearth_value_is (hearth_value_at (methods, i), STRING)
        && g_str_equal (hearth_value_get_string (hearth_value_at (methods, i), NULL), method))
      return TRUE;
  return FALSE;
}

static HearthValue *
dup_capabilities (HearthValue *told)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (has_method (told, "embedContent"))
    hearth_builder_add_string (&out, NULL, "embedding");
  if (hearth_value_get_member_boolean (told, "thinking", FALSE))
    hearth_builder_add_string (&out, NULL, "reasoning");
  return hearth_builder_end_array (&out);
}

/* Only what answers questions or embeds; the service lists makers of videos and music, too. */
static gboolean
is_ours (HearthValue *told)
{
  return hearth_read_array (told, "supportedGenerationMethods") == NULL
      || has_method (told, "generateContent") || has_method (told, "embedContent");
}

static void
add_model (HearthBuilder *out,
           HearthValue   *told)
{
  g_auto (HearthBuilder) model = HEARTH_BUILDER_INIT;
  const char *path = hearth_read_string (told, "name");
  gint64 context = hearth_read_count (told, "inputTokenLimit");

  if (path == NULL || *path == '\0' || !is_ours (told))
    return;
  hearth_builder_add_string (&model, "id", g_str_has_prefix (path, "models/") ? path + strlen ("models/") : path);
  hearth_builder_add_string (&model, "name", hearth_read_string (told, "displayName"));
  hearth_builder_add_string (&model, "description", hearth_read_string (told, "description"));
  hearth_builder_add (&model, "capabilities", dup_capabilities (told));
  if (context > 0)
    hearth_builder_add (&model, "contextLength", hearth_value_integer (context));
  hearth_builder_add (out, NULL, hearth_builder_end_object (&model));
}

static HearthValue *
read_models (HearthValue *body,
             GError     **error)
{
  HearthValue *models = hearth_read_array (body, "models");
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (models == NULL)
    {
      set_error (body, _("The service's answer has no list of models. Probably the base URL leads to something else."), error);
      return NULL;
    }
  for (gsize i = 0; i < hearth_value_get_length (models); i++)
    add_model (&out, hearth_read_at (models, i));
  return hearth_builder_end_array (&out);
}

/* --- embeddings ------------------------------------------------------------------------------------ */

static HearthValue *
dup_embed_request (const char  *model_path,
                   HearthValue *text)
{
  g_autoptr (HearthValue) part = hearth_value_object ("text", hearth_value_ref (text), NULL);
  HearthValue *content = hearth_value_object ("parts", hearth_value_array (&part, 1), NULL);

  return hearth_value_object ("model", hearth_value_string (model_path), "content", content, NULL);
}

static gboolean
write_embed (const HearthChannel   *channel,
             const char            *model,
             HearthValue           *texts,
             HearthProviderMessage *message,
             GError               **error)
{
  g_autofree char *path = _hearth_gemini_dup_model_path (model);
  g_auto (HearthBuilder) requests = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (texts); i++)
    hearth_builder_add (&requests, NULL, dup_embed_request (path, hearth_value_at (texts, i)));
  message->body = hearth_value_object ("requests", hearth_builder_end_array (&requests), NULL);
  return _hearth_gemini_model_address (channel, model, ":batchEmbedContents", NULL, message, error);
}

static HearthValue *
find_vector (HearthValue *embeddings,
             gsize        index)
{
  return hearth_read_array (hearth_read_at (embeddings, index), "values");
}

static HearthValue *
read_embed (HearthValue *body,
            HearthUsage *usage,
            GError     **error)
{
  HearthValue *embeddings = hearth_read_array (body, "embeddings");

  usage->prompt = hearth_read_count (hearth_read_object (body, "usageMetadata"), "promptTokenCount");
  if (embeddings != NULL)
    return hearth_read_vectors (embeddings, find_vector, error);
  set_error (body, _("The service's answer has no embeddings. Choose a model that makes them."), error);
  return NULL;
}

const HearthProvider hearth_provider_gemini = {
  .id = HEARTH_GEMINI_ID,
  .name = "Google (Gemini)",
  .presets = presets,
  .needs_key = TRUE,
  .framing = HEARTH_FRAMING_EVENTS,
  .write_request = _hearth_gemini_write,
  .write_less = _hearth_gemini_write_less,
  .read_event = _hearth_gemini_read_event,
  .read_answer = _hearth_gemini_read_answer,
  .read_error = _hearth_gemini_read_error,
  .write_models = write_models,
  .read_models = read_models,
  .write_embed = write_embed,
  .read_embed = read_embed,
};
