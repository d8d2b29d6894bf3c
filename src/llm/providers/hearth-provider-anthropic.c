/* hearth-provider-anthropic.c: Anthropic's Messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-anthropic-private.h"
#include "hearth-provider-read.h"
#include "hearth-providers-private.h"
#include "hearth-provider-write-private.h"

#include "hearth-i18n.h"

static const HearthProviderPreset presets[] = {
  { "anthropic", "Anthropic", "https://api.anthropic.com/v1", FALSE },
  { NULL, NULL, NULL, FALSE },
};

/* --- models ---------------------------------------------------------------------------------------- */

static gboolean
write_models (const HearthChannel   *channel,
              HearthProviderMessage *message,
              GError               **error)
{
  gboolean takes_key;

  if (!_hearth_provider_models_address (channel, "/models", "limit=1000", message, &takes_key, error))
    return FALSE;
  _hearth_anthropic_sign (message, takes_key);
  return TRUE;
}

static HearthValue *
dup_capabilities (HearthValue *told)
{
  static const struct
  {
    const char *theirs;
    const char *ours;
  } names[] = { { "image_input", "vision" }, { "thinking", "reasoning" }, { "structured_outputs", "structured" } };
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (told == NULL)
    return NULL;
  hearth_builder_add_string (&out, NULL, "tools");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (hearth_value_get_member_boolean (hearth_value_get (told, names[i].theirs), "supported", FALSE))
      hearth_builder_add_string (&out, NULL, names[i].ours);
  return hearth_builder_end_array (&out);
}

static void
add_model (HearthBuilder *out,
           HearthValue   *told)
{
  g_auto (HearthBuilder) model = HEARTH_BUILDER_INIT;
  gint64 context = hearth_read_count (told, "max_input_tokens");
  const char *id = hearth_read_string (told, "id");

  if (id == NULL || *id == '\0')
    return;
  hearth_builder_add_string (&model, "id", id);
  hearth_builder_add_string (&model, "name", hearth_read_string (told, "display_name"));
  hearth_builder_add (&model, "capabilities", dup_capabilities (hearth_read_object (told, "capabilities")));
  if (context > 0)
    hearth_builder_add (&model, "contextLength", hearth_value_integer (context));
  hearth_builder_add (out, NULL, hearth_builder_end_object (&model));
}

static HearthValue *
read_models (HearthValue *body,
             GError     **error)
{
  HearthValue *data = hearth_read_array (body, "data");
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (data == NULL && hearth_value_get (body, "error") != NULL)
    {
      g_propagate_error (error, _hearth_anthropic_read_error (0, NULL, body, NULL));
      return NULL;
    }
  if (data == NULL)
    {
      hearth_model_error_set (error, HEARTH_MODEL_ERROR_BAD_ANSWER,
                              _("The service's answer has no list of models. Probably the base URL leads to something else."));
      return NULL;
    }
  for (gsize i = 0; i < hearth_value_get_length (data); i++)
    add_model (&out, hearth_read_at (data, i));
  return hearth_builder_end_array (&out);
}

const HearthProvider hearth_provider_anthropic = {
  .id = HEARTH_ANTHROPIC_ID,
  .name = "Anthropic (Claude)",
  .presets = presets,
  .needs_key = TRUE,
  .framing = HEARTH_FRAMING_EVENTS,
  .write_request = _hearth_anthropic_write,
  .write_less = _hearth_anthropic_write_less,
  .read_event = _hearth_anthropic_read_event,
  .read_answer = _hearth_anthropic_read_answer,
  .read_error = _hearth_anthropic_read_error,
  .write_models = write_models,
  .read_models = read_models,
};
