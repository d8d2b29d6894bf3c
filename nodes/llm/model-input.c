/* model-input.c: what the nodes that ask a model have in common at their inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-input.h"
#include "preset-params.h"

#include "hearth-message.h"

#include <string.h>

#include "hearth-i18n.h"

/* --- model and parameters ------------------------------------------------------------------ */

HearthValue *
hearth_model_input_overlay (HearthValue *params,
                            HearthValue *over)
{
  g_autoptr (HearthValue) of_preset = hearth_preset_is_one (over) ? hearth_preset_read_params (over) : NULL;
  HearthValue *result = hearth_value_overlay (params, of_preset != NULL ? of_preset : over);

  for (gsize i = 0; of_preset == NULL && hearth_value_is (over, OBJECT) && i < hearth_value_get_length (over); i++)
    if (hearth_value_is (hearth_value_member_at (over, i), NULL))
      {
        g_autoptr(HearthValue) old = result;

        result = hearth_value_with (old, hearth_value_key_at (over, i), NULL);
      }
  return result;
}

static HearthValue *
dup_params (HearthStep *step,
            GError    **error)
{
  HearthValue *temperature = hearth_step_get_input (step, "temperature");
  HearthValue *max_tokens = hearth_step_get_input (step, "max_tokens");
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthValue) over = hearth_shape_dup_json (step, "parameters", &cause);
  g_auto(HearthBuilder) params = HEARTH_BUILDER_INIT;
  g_autoptr(HearthValue) plain = NULL;

  if (cause != NULL || (over != NULL && !hearth_value_is (over, NULL) && !hearth_value_is (over, OBJECT)))
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, _("The parameters are no object in JSON, like {\"top_p\": 0.9}. %s"),
                   cause != NULL ? cause->message : "");
      return NULL;
    }
  if (hearth_value_is_number (temperature))
    hearth_builder_add (&params, "temperature", hearth_value_ref (temperature));
  if (hearth_value_is_number (max_tokens) && hearth_value_get_double (max_tokens) > 0)
    hearth_builder_add (&params, "max_tokens", hearth_value_ref (max_tokens));
  plain = hearth_builder_end_object (&params);
  return hearth_model_input_overlay (plain, hearth_value_is (over, OBJECT) ? over : NULL);
}

gboolean
hearth_model_input_read (HearthModelInput *self,
                         HearthStep       *step,
                         GError          **error)
{
  g_return_val_if_fail (self != NULL && step != NULL, FALSE);

  self->model = hearth_step_dup_input_text (step, "model", "");
  if (*hearth_shape_trim (self->model) == '\0')
    return hearth_shape_fail (error, N_("No model is chosen. Choose one, or core:offline to try things out."));
  return hearth_model_input_read_params (self, step, error);
}

gboolean
hearth_model_input_read_params (HearthModelInput *self,
                                HearthStep       *step,
                                GError          **error)
{
  g_return_val_if_fail (self != NULL && step != NULL, FALSE);

  self->params = dup_params (step, error);
  return self->params != NULL;
}

void
hearth_model_input_clear (HearthModelInput *self)
{
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->params, hearth_value_unref);
  g_clear_pointer (&self->messages, hearth_value_unref);
}

void
hearth_model_input_fill (HearthModelInput   *self,
                         HearthModelRequest *request)
{
  g_return_if_fail (self != NULL && request != NULL);

  request->model = self->model != NULL ? hearth_shape_trim (self->model) : NULL;
  request->params = self->params;
  request->messages = self->messages;
}

/* --- messages --------------------------------------------------------------------------------- */

void
hearth_model_input_add_system (HearthBuilder *messages,
                               HearthStep    *step,
                               const char    *key)
{
  g_autofree char *text = hearth_step_dup_input_text (step, key, "");
  g_autofree char *copy = g_strdup (text);

  if (*hearth_shape_trim (copy) != '\0')
    hearth_builder_add (messages, NULL, hearth_message_new ("system", text));
}

gboolean
hearth_model_input_add_history (HearthBuilder *messages,
                                HearthStep    *step,
                                const char    *key,
                                GError       **error)
{
  g_autoptr(GError) cause = NULL;

  if (hearth_message_list_collect (messages, hearth_step_get_input (step, key), &cause))
    return TRUE;
  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, _("The history is no list of messages in JSON. Connect one. %s"),
               cause->message);
  return FALSE;
}

void
hearth_model_input_add_user (HearthBuilder *messages,
                             const char    *text,
                             HearthValue   *image)
{
  g_auto(HearthBuilder) parts = HEARTH_BUILDER_INIT;

  if (image == NULL)
    {
      hearth_builder_add (messages, NULL, hearth_message_new ("user", text));
      return;
    }
  if (*text != '\0')
    hearth_builder_add (&parts, NULL, hearth_value_object ("type", hearth_value_string ("text"),
                                                          "text", hearth_value_string (text), NULL));
  hearth_builder_add (&parts, NULL, image);
  hearth_builder_add (messages, NULL, hearth_value_object ("role", hearth_value_string ("user"),
                                                          "content", hearth_builder_end_array (&parts), NULL));
}

/* --- images ------------------------------------------------------------------------------------ */

HearthValue *
hearth_model_image_part (const char *url)
{
  return hearth_value_object ("type", hearth_value_string ("image_url"),
                              "image_url", hearth_value_object ("url", hearth_value_string (url), NULL), NULL);
}

/* By how its base64 text begins; NULL: it is none that models read. */
static const char *
find_kind (const char *base64)
{
  static const struct
  {
    const char *beginning;
    const char *kind;
  } kinds[] = {
    { "iVBORw0KGgo", "image/png" }, { "/9j/", "image/jpeg" }, { "R0lGOD", "image/gif" }, { "UklGR", "image/webp" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (base64, kinds[i].beginning))
      return kinds[i].kind;
  return NULL;
}

static HearthValue *
find_text (HearthValue *image)
{
  static const char *const keys[] = { "url", "dataUrl", "data", "image_url" };
  HearthValue *found = NULL;

  if (!hearth_value_is (image, OBJECT))
    return image;
  for (guint i = 0; i < G_N_ELEMENTS (keys) && found == NULL; i++)
    found = hearth_value_get (image, keys[i]);
  return hearth_value_is (found, OBJECT) ? hearth_value_get (found, "url") : found;
}

HearthValue *
hearth_model_image_read (HearthValue *image,
                         GError     **error)
{
  HearthValue *found = find_text (image);
  g_autofree char *text = hearth_value_is (found, STRING) ? g_strdup (hearth_value_get_string (found, NULL)) : g_strdup ("");
  const char *trimmed = hearth_shape_trim (text);
  const char *kind = find_kind (trimmed);

  if (g_str_has_prefix (trimmed, "data:image/") || g_str_has_prefix (trimmed, "http://")
      || g_str_has_prefix (trimmed, "https://"))
    return hearth_model_image_part (trimmed);
  if (kind != NULL)
    {
      g_autofree char *url = g_strdup_printf ("data:%s;base64,%s", kind, trimmed);

      return hearth_model_image_part (url);
    }
  hearth_shape_fail (error, N_("The image is none that a model can see. It must be an address (https: or data:), or a PNG, "
                               "JPEG, GIF or WebP picture in base64."));
  return NULL;
}
