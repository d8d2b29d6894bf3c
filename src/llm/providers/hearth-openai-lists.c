/* hearth-openai-lists.c: lists of models and embeddings of services that speak OpenAI's language
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-openai-private.h"

#include <string.h>

#include "hearth-provider-read.h"
#include "hearth-i18n.h"

/* --- models ---------------------------------------------------------------------------------------- */

static gboolean
has_text (HearthValue *array,
          const char  *text)
{
  for (gsize i = 0; array != NULL && i < hearth_value_get_length (array); i++)
    if (hearth_value_is (hearth_value_at (array, i), STRING)
        && strcmp (hearth_value_get_string (hearth_value_at (array, i), NULL), text) == 0)
      return TRUE;
  return FALSE;
}

/* The services' words for what we call vision, tools and reasoning. */
static void
add_capabilities (HearthBuilder *builder,
                  HearthValue   *model)
{
  HearthValue *own = hearth_read_object (model, "capabilities"); /* Mistral: {vision: true} */
  HearthValue *modalities = hearth_read_array (hearth_read_object (model, "architecture"), "input_modalities"); /* OpenRouter */
  HearthValue *parameters = hearth_read_array (model, "supported_parameters"); /* OpenRouter */
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  if (hearth_value_get_member_boolean (own, "vision", FALSE) || has_text (modalities, "image"))
    hearth_builder_add_string (&list, NULL, "vision");
  if (hearth_value_get_member_boolean (own, "function_calling", FALSE) || has_text (parameters, "tools"))
    hearth_builder_add_string (&list, NULL, "tools");
  if (has_text (parameters, "reasoning"))
    hearth_builder_add_string (&list, NULL, "reasoning");
  if (list.n_members > 0)
    hearth_builder_add (builder, "capabilities", hearth_builder_end_array (&list));
}

static void
add_context_length (HearthBuilder *builder,
                    HearthValue   *model)
{
  static const char *const keys[] = { "context_length", "context_window", "max_context_length", "max_model_len" };
  gint64 length = -1;

  for (gsize i = 0; i < G_N_ELEMENTS (keys) && length <= 0; i++)
    length = hearth_read_count (model, keys[i]);
  if (length > 0)
    hearth_builder_add (builder, "contextLength", hearth_value_integer (length));
}

static const char *
get_model_id (HearthValue *model)
{
  const char *id = hearth_value_is (model, STRING) ? hearth_value_get_string (model, NULL) : hearth_read_string (model, "id");

  if (id == NULL)
    id = hearth_read_string (model, "name");
  return id != NULL && *id != '\0' ? id : NULL;
}

static void
add_model (HearthBuilder *list,
           HearthValue   *model)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  const char *name = hearth_read_string (model, "display_name");

  if (get_model_id (model) == NULL)
    return;
  hearth_builder_add_string (&builder, "id", get_model_id (model));
  hearth_builder_add_string (&builder, "name", name != NULL ? name : hearth_read_string (model, "name"));
  hearth_builder_add_string (&builder, "description", hearth_read_string (model, "description"));
  add_capabilities (&builder, model);
  add_context_length (&builder, model);
  hearth_builder_add (list, NULL, hearth_builder_end_object (&builder));
}

/* {"data": [...]}; Together has the array alone, llama.cpp and some others "models". */
/* The answer lacks what it is for: what it says instead, or @sentence. */
static HearthValue *
fail (HearthValue *body,
      const char  *sentence,
      GError     **error)
{
  if (hearth_value_get (body, "error") != NULL)
    g_propagate_error (error, hearth_read_error (0, NULL, body, NULL));
  else
    hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER, sentence);
  return NULL;
}

HearthValue *
_hearth_openai_read_models (HearthValue *body,
                            GError     **error)
{
  HearthValue *models = hearth_value_is (body, ARRAY) ? body : hearth_read_array (body, "data");
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  if (models == NULL)
    models = hearth_read_array (body, "models");
  if (models == NULL)
    return fail (body, _("The service's answer has no list of models. Probably the base URL leads to something else."), error);
  for (gsize i = 0; i < hearth_value_get_length (models); i++)
    add_model (&list, hearth_value_at (models, i));
  return hearth_builder_end_array (&list);
}

/* --- embeddings ---------------------------------------------------------------------------------------- */

gboolean
_hearth_openai_write_embed (const HearthChannel   *channel,
                            const char            *model,
                            HearthValue           *texts,
                            HearthProviderMessage *message,
                            GError               **error)
{
  if (!_hearth_openai_address (channel, "POST", "/embeddings", model, message, error))
    return FALSE;
  message->body = hearth_value_object ("model", hearth_value_string (model), "input", hearth_value_ref (texts), NULL);
  return TRUE;
}

/* Where the element with this index stands; they come in order, but nobody says so. */
static HearthValue *
find_embedding (HearthValue *data,
                gsize        index)
{
  HearthValue *here = hearth_read_at (data, index);

  if (hearth_read_index (here, "index") == HEARTH_ANSWER_NO_INDEX || hearth_read_index (here, "index") == index)
    return here;
  for (gsize i = 0; i < hearth_value_get_length (data); i++)
    if (hearth_read_index (hearth_read_at (data, i), "index") == index)
      return hearth_read_at (data, i);
  return NULL;
}

static HearthValue *
find_vector (HearthValue *data,
             gsize        index)
{
  return hearth_read_array (find_embedding (data, index), "embedding");
}

HearthValue *
_hearth_openai_read_embed (HearthValue *body,
                           HearthUsage *usage,
                           GError     **error)
{
  HearthValue *data = hearth_read_array (body, "data");

  if (data == NULL)
    return fail (body, _("The service's answer has no embeddings. Choose a model that makes them."), error);
  _hearth_openai_read_usage (hearth_read_object (body, "usage"), usage);
  return hearth_read_vectors (data, find_vector, error);
}
