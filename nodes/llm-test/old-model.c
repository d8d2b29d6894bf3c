/* old-model.c: what the two older model nodes share: settings that bring address and key, images as they take them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "old-model.h"

#include "hearth-provider.h"
#include "hearth-stand-ins.h"
#include "llm/model-input.h"

#include <string.h>

#include "hearth-i18n.h"

static HearthValue *
dup_params (HearthStep *step)
{
  static const char *const keys[] = { "temperature", "max_tokens" };
  g_auto(HearthBuilder) params = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      HearthValue *value = hearth_step_get_input (step, keys[i]);

      if (hearth_value_is_number (value))
        hearth_builder_add (&params, keys[i], hearth_value_ref (value));
    }
  return hearth_builder_end_object (&params);
}

gboolean
hearth_old_model_read (HearthOldModel *self,
                       HearthStep     *step,
                       GError        **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) settings = hearth_shape_dup_json (step, "api_settings", &cause);
  const char *address;

  g_return_val_if_fail (self != NULL && step != NULL, FALSE);

  if (!hearth_value_is (settings, OBJECT))
    return hearth_shape_fail (error, N_("The API settings are missing. Connect an API Settings node."));
  self->model = hearth_step_dup_input_text (step, "model", "");
  if (*hearth_shape_trim (self->model) == '\0')
    return hearth_shape_fail (error, N_("No model is chosen. Write its name into the node."));
  address = hearth_value_get_member_string (settings, "base_url", "");
  if (*address == '\0')
    return hearth_shape_fail (error, N_("The API settings have no base URL. Enter the address of the service there."));
  self->channel = hearth_channel_new (hearth_providers_lookup ("openai"), address);
  self->key = hearth_stand_ins_reveal (hearth_step_get_service (step, HEARTH_TYPE_STAND_INS), hearth_value_get (settings, "api_key"));
  self->params = dup_params (step);
  return TRUE;
}

void
hearth_old_model_clear (HearthOldModel *self)
{
  g_clear_pointer (&self->channel, hearth_channel_unref);
  g_clear_pointer (&self->key, hearth_secret_unref);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->params, hearth_value_unref);
}

/* --- images ------------------------------------------------------------------------------------ */

/* Whatever it is, it is sent as a JPEG. */
HearthValue *
hearth_old_model_read_image (HearthStep *step,
                             GError    **error)
{
  HearthValue *image = hearth_step_get_input (step, "image");
  const char *text = hearth_value_is (image, STRING) ? hearth_value_get_string (image, NULL) : "";
  const char *comma = g_str_has_prefix (text, "data:image") ? strchr (text, ',') : NULL;
  g_autofree char *url = NULL;

  if (!hearth_value_is_truthy (image))
    return NULL;
  if (comma == NULL)
    {
      hearth_shape_fail (error, "Image encoding failed: Unsupported image data format");
      return NULL;
    }
  url = g_strconcat ("data:image/jpeg;base64", comma, NULL);
  return hearth_model_image_part (url);
}
