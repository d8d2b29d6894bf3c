/* hearth-anthropic-messages.c: messages as Anthropic's Messages take them
 *
 * Roles take turns there and the user begins; results of tools are the user's; what the system says stands apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-anthropic-private.h"

#include <string.h>

#include "hearth-part-private.h"
#include "hearth-provider-write-private.h"

#include "hearth-i18n.h"

/* What the user says where a conversation begins with the assistant, as those with a greeting do. */
#define SILENCE "…"

typedef struct
{
  HearthBuilder turns;
  HearthBuilder blocks; /* of the turn that is being written */
  guint n_turns;
  guint n_blocks;
  const char *role; /* of that turn; NULL: none yet */
} Writer;

static void
writer_clear (Writer *self)
{
  hearth_builder_clear (&self->turns);
  hearth_builder_clear (&self->blocks);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static void
add_block (HearthBuilder *blocks,
           guint         *n_blocks,
           HearthValue   *block)
{
  hearth_builder_add (blocks, NULL, block);
  (*n_blocks)++;
}

/* Empty texts are refused. */
static void
add_text (HearthBuilder *blocks,
          guint         *n_blocks,
          const char    *text)
{
  if (text[strspn (text, " \t\r\n")] != '\0')
    add_block (blocks, n_blocks, hearth_value_object ("type", hearth_value_string ("text"),
                                                     "text", hearth_value_string (text), NULL));
}

/* --- parts --------------------------------------------------------------------------------------- */

static HearthValue *
dup_source (const HearthPart *part)
{
  if (part->base64 == NULL)
    return hearth_value_object ("type", hearth_value_string ("url"), "url", hearth_value_string (part->address), NULL);
  return hearth_value_object ("type", hearth_value_string ("base64"),
                              "media_type", hearth_value_string (part->media_type),
                              "data", hearth_value_string (part->base64), NULL);
}

static HearthValue *
dup_text_source (const HearthPart *part,
                 GError          **error)
{
  g_autofree char *text = _hearth_part_dup_data_text (part);

  if (text == NULL)
    {
      g_set_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID,
                   _("The file “%s” is no UTF-8 text. Save it as UTF-8 and attach it again."),
                   part->filename != NULL ? part->filename : part->media_type);
      return NULL;
    }
  return hearth_value_object ("type", hearth_value_string ("text"), "media_type", hearth_value_string ("text/plain"),
                              "data", hearth_value_string (text), NULL);
}

static HearthValue *
dup_document_source (const HearthPart *part,
                     GError          **error)
{
  if (part->file_id != NULL)
    return hearth_value_object ("type", hearth_value_string ("file"), "file_id", hearth_value_string (part->file_id), NULL);
  if (part->base64 == NULL || g_str_equal (part->media_type, "application/pdf"))
    return dup_source (part);
  if (_hearth_part_is_text_file (part))
    return dup_text_source (part, error);
  g_set_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID,
               /* Translators: %s is a kind of file such as audio/mpeg */
               _("Anthropic takes images, PDF files and texts, but no files of the kind “%s”. Convert it, or ask another model."), part->media_type);
  return NULL;
}

static HearthValue *
dup_document (const HearthPart *part,
              GError          **error)
{
  HearthValue *source = dup_document_source (part, error);

  if (source == NULL)
    return NULL;
  return hearth_value_object ("type", hearth_value_string ("document"), "source", source,
                              "title", part->filename != NULL ? hearth_value_string (part->filename) : NULL, NULL);
}

typedef struct
{
  HearthBuilder *blocks;
  guint *n_blocks;
} Place;

static gboolean
add_part (const HearthPart *part,
          gpointer          user_data,
          GError          **error)
{
  Place *place = user_data;
  gboolean is_image = part->kind == HEARTH_PART_IMAGE
                   || (part->media_type != NULL && g_str_has_prefix (part->media_type, "image/"));
  HearthValue *block;

  if (part->kind == HEARTH_PART_TEXT)
    {
      add_text (place->blocks, place->n_blocks, part->text);
      return TRUE;
    }
  block = is_image ? hearth_value_object ("type", hearth_value_string ("image"), "source", dup_source (part), NULL)
                   : dup_document (part, error);
  if (block == NULL)
    return FALSE;
  add_block (place->blocks, place->n_blocks, block);
  return TRUE;
}

/* --- messages -------------------------------------------------------------------------------------- */

static void
end_turn (Writer *self)
{
  if (self->n_blocks > 0)
    {
      hearth_builder_add (&self->turns, NULL, hearth_value_object ("role", hearth_value_string (self->role), "content",
                                                                  hearth_builder_end_array (&self->blocks), NULL));
      self->n_turns++;
    }
  self->n_blocks = 0;
}

/* Goes on with the last turn when it was @role's. */
static void
begin_turn (Writer     *self,
            const char *role)
{
  if (self->role != NULL && g_str_equal (self->role, role))
    return;
  end_turn (self);
  self->role = role;
  if (self->n_turns == 0 && g_str_equal (role, "assistant"))
    {
      self->role = "user";
      add_text (&self->blocks, &self->n_blocks, SILENCE);
      end_turn (self);
      self->role = role;
    }
}

static gboolean
add_user (Writer      *self,
          HearthValue *message,
          GError     **error)
{
  Place place = { &self->blocks, &self->n_blocks };

  begin_turn (self, "user");
  return _hearth_content_each_part (hearth_value_get (message, "content"), add_part, &place, error);
}

static gboolean
add_tool_result (Writer      *self,
                 HearthValue *message,
                 GError     **error)
{
  g_auto (HearthBuilder) content = HEARTH_BUILDER_INIT;
  guint n = 0;
  Place place = { &content, &n };
  const char *id = hearth_value_get_member_string (message, "tool_call_id", "");

  if (!_hearth_content_each_part (hearth_value_get (message, "content"), add_part, &place, error))
    return FALSE;
  begin_turn (self, "user");
  add_block (&self->blocks, &self->n_blocks,
             hearth_value_object ("type", hearth_value_string ("tool_result"), "tool_use_id", hearth_value_string (id),
                                  "content", n > 0 ? hearth_builder_end_array (&content) : NULL, NULL));
  return TRUE;
}

static void
add_tool_use (Writer      *self,
              HearthValue *value)
{
  g_auto (HearthMessageCall) call = { 0 };

  _hearth_message_call_read (&call, value);
  add_block (&self->blocks, &self->n_blocks,
             hearth_value_object ("type", hearth_value_string ("tool_use"), "id", hearth_value_string (call.id),
                                  "name", hearth_value_string (call.name), "input", g_steal_pointer (&call.arguments), NULL));
}

/* Its own blocks, thoughts with their signatures among them, as long as nobody has changed the text since. */
static gboolean
add_native (Writer      *self,
            HearthValue *message,
            const char  *text)
{
  HearthValue *turn = _hearth_message_get_native (message, HEARTH_ANTHROPIC_ID);
  g_autoptr (GString) said = g_string_new (NULL);

  for (gsize i = 0; turn != NULL && i < hearth_value_get_length (turn); i++)
    g_string_append (said, hearth_value_get_member_string (hearth_value_at (turn, i), "text", ""));
  if (turn == NULL || !g_str_equal (said->str, text))
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (turn); i++)
    add_block (&self->blocks, &self->n_blocks, hearth_value_ref (hearth_value_at (turn, i)));
  return TRUE;
}

/* White space at the end of what the assistant has begun to say is refused. */
static void
add_assistant (Writer      *self,
               HearthValue *message)
{
  g_autofree char *text = _hearth_content_dup_text (hearth_value_get (message, "content"));
  HearthValue *calls = hearth_value_get_member_kind (message, "tool_calls", HEARTH_VALUE_ARRAY);

  begin_turn (self, "assistant");
  if (add_native (self, message, text))
    return;
  add_text (&self->blocks, &self->n_blocks, g_strchomp (text));
  for (gsize i = 0; calls != NULL && i < hearth_value_get_length (calls); i++)
    add_tool_use (self, hearth_value_at (calls, i));
}

static gboolean
add_message (Writer      *self,
             HearthValue *message,
             GError     **error)
{
  const char *role = hearth_value_get_member_string (message, "role", "user");

  if (_hearth_message_is_system (message))
    return TRUE;
  if (g_str_equal (role, "tool"))
    return add_tool_result (self, message, error);
  if (!g_str_equal (role, "assistant"))
    return add_user (self, message, error);
  add_assistant (self, message);
  return TRUE;
}

HearthValue *
_hearth_anthropic_dup_messages (HearthValue *messages,
                                GError     **error)
{
  g_auto (Writer) writer = { HEARTH_BUILDER_INIT, HEARTH_BUILDER_INIT, 0, 0, NULL };

  for (gsize i = 0; hearth_value_is (messages, ARRAY) && i < hearth_value_get_length (messages); i++)
    if (!add_message (&writer, hearth_value_at (messages, i), error))
      return NULL;
  end_turn (&writer);
  if (writer.n_turns == 0)
    {
      hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID,
                              _("There is no message for the model besides the system's. Anthropic needs one of the user's."));
      return NULL;
    }
  return hearth_builder_end_array (&writer.turns);
}
