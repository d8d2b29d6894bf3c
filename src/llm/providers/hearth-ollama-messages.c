/* hearth-ollama-messages.c: messages in Ollama's form: a text, pictures beside it, arguments of tools as objects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-ollama-private.h"

#include <string.h>

#include "hearth-part-private.h"
#include "hearth-provider-write-private.h"
#include "hearth-i18n.h"

typedef struct
{
  GString *text;
  HearthBuilder images;
} Content;

static void
content_clear (Content *self)
{
  g_string_free (self->text, TRUE);
  hearth_builder_clear (&self->images);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static void
add_text (Content    *self,
          const char *text)
{
  if (self->text->len > 0 && *text != '\0')
    g_string_append (self->text, "\n\n");
  g_string_append (self->text, text);
}

static gboolean
add_image (Content          *self,
           const HearthPart *part,
           GError          **error)
{
  if (part->base64 == NULL)
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID,
                                   _("Ollama does not fetch pictures. Attach the picture itself instead of its address."));
  hearth_builder_add_string (&self->images, NULL, part->base64);
  return TRUE;
}

/* Of files it knows nothing, but a text can be told. */
static gboolean
add_file (Content          *self,
          const HearthPart *part,
          GError          **error)
{
  g_autofree char *data = part->base64 != NULL && _hearth_part_is_text_file (part) ? _hearth_part_dup_data_text (part) : NULL;

  if (part->base64 != NULL && part->media_type != NULL && g_str_has_prefix (part->media_type, "image/"))
    return add_image (self, part, error);
  if (data == NULL)
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID,
                                   _("Ollama reads texts and pictures, no other files. Attach its text instead."));
  if (part->filename != NULL)
    add_text (self, part->filename);
  add_text (self, data);
  return TRUE;
}

static gboolean
part_cb (const HearthPart *part,
         gpointer          user_data,
         GError          **error)
{
  Content *self = user_data;

  switch (part->kind)
    {
    case HEARTH_PART_IMAGE:
      return add_image (self, part, error);
    case HEARTH_PART_FILE:
      return add_file (self, part, error);
    case HEARTH_PART_TEXT:
    default:
      add_text (self, part->text);
      return TRUE;
    }
}

static HearthValue *
make_calls (HearthValue *message)
{
  HearthValue *calls = hearth_value_get_member_kind (message, "tool_calls", HEARTH_VALUE_ARRAY);
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (gsize i = 0; calls != NULL && i < hearth_value_get_length (calls); i++)
    {
      g_auto (HearthMessageCall) call = { 0 };
      HearthValue *function;

      _hearth_message_call_read (&call, hearth_value_at (calls, i));
      function = hearth_value_object ("name", hearth_value_string (call.name), "arguments", hearth_value_ref (call.arguments), NULL);
      hearth_builder_add (&list, NULL, hearth_value_object ("function", function, NULL));
    }
  return list.n_members > 0 ? hearth_builder_end_array (&list) : NULL;
}

static HearthValue *
make_message (HearthValue *messages,
              gsize        place,
              GError     **error)
{
  HearthValue *message = hearth_value_at (messages, place);
  const char *role = hearth_value_get_member_string (message, "role", "user");
  const char *call_id = hearth_value_get_member_string (message, "tool_call_id", NULL);
  g_autofree char *tool = call_id != NULL ? _hearth_messages_dup_tool (messages, place, call_id) : NULL;
  g_auto (Content) content = { g_string_new (NULL), HEARTH_BUILDER_INIT };
  gboolean has_images;

  if (!_hearth_content_each_part (hearth_value_get (message, "content"), part_cb, &content, error))
    return NULL;
  has_images = content.images.n_members > 0;
  return hearth_value_object ("role", hearth_value_string (_hearth_message_is_system (message) ? "system" : role),
                              "content", hearth_value_string (content.text->str),
                              "images", has_images ? hearth_builder_end_array (&content.images) : NULL,
                              "tool_calls", make_calls (message),
                              "tool_name", tool != NULL ? hearth_value_string (tool) : NULL, NULL);
}

HearthValue *
_hearth_ollama_make_messages (HearthValue *messages,
                              GError     **error)
{
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (messages); i++)
    {
      HearthValue *message = make_message (messages, i, error);

      if (message == NULL)
        return NULL;
      hearth_builder_add (&list, NULL, message);
    }
  return hearth_builder_end_array (&list);
}
