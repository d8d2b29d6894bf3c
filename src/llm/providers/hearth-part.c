/* hearth-part.c: texts, images and files in messages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-part-private.h"

#include <string.h>

#include "hearth-model-error.h"

#include "hearth-i18n.h"

void
_hearth_content_part_clear (HearthPart *self)
{
  g_clear_pointer (&self->media_type, g_free);
  g_clear_pointer (&self->own_base64, g_free);
}

/* What the data itself says: senders often call every picture a JPEG, and services look. */
static const char *
sniff_media_type (const char *base64)
{
  static const struct
  {
    const char *beginning;
    const char *media_type;
  } kinds[] = {
    { "iVBORw0KGg", "image/png" },
    { "/9j/", "image/jpeg" },
    { "R0lGOD", "image/gif" },
    { "UklGR", "image/webp" },
    { "JVBERi0", "application/pdf" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (base64, kinds[i].beginning))
      return kinds[i].media_type;
  return NULL;
}

static gboolean
read_data (HearthPart *self,
           const char *comma,
           GError    **error)
{
  g_autofree char *head = g_ascii_strdown (self->address + strlen ("data:"), comma - self->address - (gssize) strlen ("data:"));
  const char *sniffed;

  if (g_str_has_suffix (head, ";base64"))
    self->base64 = comma + 1;
  else
    {
      g_autoptr (GBytes) bytes = g_uri_unescape_bytes (comma + 1, -1, NULL, NULL);

      if (bytes == NULL)
        return hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID,
                                       _("An attachment's data: address is damaged. Attach it again."));
      self->own_base64 = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      self->base64 = self->own_base64;
    }
  sniffed = sniff_media_type (self->base64);
  head[strcspn (head, ";")] = '\0';
  self->media_type = g_strdup (sniffed != NULL ? sniffed : *head != '\0' ? head : "text/plain");
  return TRUE;
}

static gboolean
read_address (HearthPart *self,
              GError    **error)
{
  const char *comma = strchr (self->address, ',');

  if (g_ascii_strncasecmp (self->address, "http://", 7) == 0 || g_ascii_strncasecmp (self->address, "https://", 8) == 0)
    return TRUE;
  if (g_ascii_strncasecmp (self->address, "data:", 5) == 0 && comma != NULL)
    return read_data (self, comma, error);
  return hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID,
                                 _("An image or file needs an address that begins with https:, http: or data:. Attach it again."));
}

static gboolean
read_image (HearthPart  *self,
            HearthValue *value,
            GError     **error)
{
  HearthValue *image = hearth_value_get (value, "image_url");

  self->kind = HEARTH_PART_IMAGE;
  self->detail = hearth_value_get_member_string (image, "detail", NULL);
  self->address = hearth_value_is (image, STRING) ? hearth_value_get_string (image, NULL)
                                                  : hearth_value_get_member_string (image, "url", "");
  return read_address (self, error);
}

static gboolean
read_file (HearthPart  *self,
           HearthValue *value,
           GError     **error)
{
  HearthValue *file = hearth_value_get (value, "file");

  self->kind = HEARTH_PART_FILE;
  self->filename = hearth_value_get_member_string (file, "filename", NULL);
  self->file_id = hearth_value_get_member_string (file, "file_id", NULL);
  self->address = hearth_value_get_member_string (file, "file_data", self->file_id != NULL ? NULL : "");
  return self->address == NULL || read_address (self, error);
}

static gboolean
read_part (HearthPart  *self,
           HearthValue *value,
           GError     **error)
{
  const char *type = hearth_value_get_member_string (value, "type", "");

  if (g_str_equal (type, "text"))
    {
      self->kind = HEARTH_PART_TEXT;
      self->text = hearth_value_get_member_string (value, "text", "");
      return TRUE;
    }
  if (g_str_equal (type, "image_url"))
    return read_image (self, value, error);
  if (g_str_equal (type, "file"))
    return read_file (self, value, error);
  g_set_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID,
               /* Translators: %s is what the message calls it, such as input_audio */
               _("A message has a part of the kind “%s”, which this provider cannot send. Texts, images and files can be sent."), type);
  return FALSE;
}

gboolean
_hearth_content_each_part (HearthValue   *content,
                           HearthPartFunc func,
                           gpointer       user_data,
                           GError       **error)
{
  if (hearth_value_is (content, STRING))
    {
      HearthPart text = { .kind = HEARTH_PART_TEXT, .text = hearth_value_get_string (content, NULL) };

      return func (&text, user_data, error);
    }
  if (!hearth_value_is (content, ARRAY))
    return TRUE;
  for (gsize i = 0; i < hearth_value_get_length (content); i++)
    {
      g_auto (HearthPart) part = { 0 };

      if (!read_part (&part, hearth_value_at (content, i), error) || !func (&part, user_data, error))
        return FALSE;
    }
  return TRUE;
}

char *
_hearth_content_dup_text (HearthValue *content)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (hearth_value_is (content, STRING))
    return g_strdup (hearth_value_get_string (content, NULL));
  for (gsize i = 0; hearth_value_is (content, ARRAY) && i < hearth_value_get_length (content); i++)
    {
      const char *text = hearth_value_get_member_string (hearth_value_at (content, i), "text", "");

      if (*text != '\0' && out->len > 0)
        g_string_append (out, "\n\n");
      g_string_append (out, text);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
_hearth_part_dup_data_text (const HearthPart *self)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert (self->base64 != NULL);

  text = (char *) g_base64_decode (self->base64, &length);
  if (!g_utf8_validate_len (text, length, NULL) || memchr (text, '\0', length) != NULL)
    return NULL;
  return g_strndup (text, length);
}

gboolean
_hearth_part_is_text_file (const HearthPart *self)
{
  static const char *const kinds[] = {
    "application/json", "application/xml", "application/yaml", "application/x-yaml", "application/toml",
    "application/javascript", "application/sql", NULL,
  };

  return self->media_type != NULL
      && (g_str_has_prefix (self->media_type, "text/") || g_strv_contains (kinds, self->media_type));
}
