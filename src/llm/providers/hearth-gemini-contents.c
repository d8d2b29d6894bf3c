/* hearth-gemini-contents.c: messages as Gemini takes them
 *
 * Roles take turns; the answers of tools are the user's and name their function.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-gemini-private.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-part-private.h"
#include "hearth-provider-write-private.h"

#include "hearth-i18n.h"

/* Models from this version on refuse calls of functions without the signature of the thought before them. */
#define FIRST_THAT_SIGNS 3

typedef struct
{
  HearthBuilder contents;
  HearthBuilder parts; /* of the content that is being written */
  guint n_contents;
  guint n_parts;
  const char *role; /* of that content; NULL: none yet */
  HearthValue *messages; /* borrowed */
  gboolean signs;
} Writer;

static void
writer_clear (Writer *self)
{
  hearth_builder_clear (&self->contents);
  hearth_builder_clear (&self->parts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static void
add_part (Writer      *self,
          HearthValue *part)
{
  hearth_builder_add (&self->parts, NULL, part);
  self->n_parts++;
}

static void
add_text (Writer     *self,
          const char *text)
{
  if (*text != '\0')
    add_part (self, hearth_value_object ("text", hearth_value_string (text), NULL));
}

static void
end_content (Writer *self)
{
  if (self->n_parts > 0)
    {
      hearth_builder_add (&self->contents, NULL, hearth_value_object ("role", hearth_value_string (self->role), "parts",
                                                                     hearth_builder_end_array (&self->parts), NULL));
      self->n_contents++;
    }
  self->n_parts = 0;
}

static void
begin_content (Writer     *self,
               const char *role)
{
  if (self->role != NULL && g_str_equal (self->role, role))
    return;
  end_content (self);
  self->role = role;
}

/* --- what the user says ------------------------------------------------------------------------------ */

/* The service wants to know what is behind an address. */
static const char *
guess_media_type (const HearthPart *part)
{
  static const struct
  {
    const char *end;
    const char *media_type;
  } kinds[] = {
    { ".png", "image/png" }, { ".webp", "image/webp" }, { ".gif", "image/gif" }, { ".jpg", "image/jpeg" },
    { ".jpeg", "image/jpeg" }, { ".txt", "text/plain" }, { ".pdf", "application/pdf" },
  };
  g_autofree char *path = g_ascii_strdown (part->address, (gssize) strcspn (part->address, "?#"));

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_suffix (path, kinds[i].end))
      return kinds[i].media_type;
  return part->kind == HEARTH_PART_IMAGE ? "image/jpeg" : "application/pdf";
}

static HearthValue *
dup_data_part (const HearthPart *part)
{
  gboolean is_inline = part->base64 != NULL;
  const char *media_type = is_inline ? part->media_type : guess_media_type (part);
  HearthValue *data = hearth_value_object ("mimeType", hearth_value_string (media_type),
                                           is_inline ? "data" : "fileUri",
                                           hearth_value_string (is_inline ? part->base64 : part->address), NULL);

  return hearth_value_object (is_inline ? "inlineData" : "fileData", data, NULL);
}

static gboolean
add_user_part (const HearthPart *part,
               gpointer          user_data,
               GError          **error)
{
  Writer *self = user_data;

  if (part->kind == HEARTH_PART_TEXT)
    add_text (self, part->text);
  else if (part->address == NULL)
    return hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID,
                                   _("Google cannot read a file by its “file_id”. Attach the file itself."));
  else
    add_part (self, dup_data_part (part));
  return TRUE;
}

/* --- tools ------------------------------------------------------------------------------------------- */

/* An object is wanted; a text becomes one. */
static HearthValue *
dup_response (const char *text)
{
  g_autoptr (HearthValue) parsed = hearth_json_parse (text, -1, NULL);

  if (hearth_value_is (parsed, OBJECT))
    return g_steal_pointer (&parsed);
  return hearth_value_object ("result", parsed != NULL ? g_steal_pointer (&parsed) : hearth_value_string (text), NULL);
}

static HearthValue *
string_unless_empty (const char *text)
{
  return *text != '\0' ? hearth_value_string (text) : NULL;
}

static void
add_function_response (Writer      *self,
                       HearthValue *message,
                       gsize        index)
{
  const char *id = hearth_value_get_member_string (message, "tool_call_id", "");
  g_autofree char *name = _hearth_messages_dup_tool (self->messages, index, id);
  g_autofree char *text = _hearth_content_dup_text (hearth_value_get (message, "content"));
  HearthValue *response;

  begin_content (self, "user");
  response = hearth_value_object ("id", string_unless_empty (id),
                                  "name", hearth_value_string (name != NULL ? name : hearth_value_get_member_string (message, "name", id)),
                                  "response", dup_response (text), NULL);
  add_part (self, hearth_value_object ("functionResponse", response, NULL));
}

static void
add_function_call (Writer      *self,
                   HearthValue *value,
                   gboolean     is_first)
{
  g_auto (HearthMessageCall) call = { 0 };
  HearthValue *function;

  _hearth_message_call_read (&call, value);
  function = hearth_value_object ("id", string_unless_empty (call.id), "name", hearth_value_string (call.name),
                                  "args", g_steal_pointer (&call.arguments), NULL);
  add_part (self, hearth_value_object ("functionCall", function, "thoughtSignature",
                                       is_first && self->signs ? hearth_value_string (HEARTH_GEMINI_NO_SIGNATURE) : NULL, NULL));
}

/* --- what the model said ------------------------------------------------------------------------------- */

/* Its own parts with their signatures, as long as nobody has changed the text since. */
static gboolean
add_native (Writer      *self,
            HearthValue *message,
            const char  *text)
{
  HearthValue *turn = _hearth_message_get_native (message, HEARTH_GEMINI_ID);
  g_autoptr (GString) said = g_string_new (NULL);

  for (gsize i = 0; turn != NULL && i < hearth_value_get_length (turn); i++)
    if (!hearth_value_get_member_boolean (hearth_value_at (turn, i), "thought", FALSE))
      g_string_append (said, hearth_value_get_member_string (hearth_value_at (turn, i), "text", ""));
  if (turn == NULL || !g_str_equal (said->str, text))
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (turn); i++)
    add_part (self, hearth_value_ref (hearth_value_at (turn, i)));
  return TRUE;
}

static void
add_model (Writer      *self,
           HearthValue *message)
{
  g_autofree char *text = _hearth_content_dup_text (hearth_value_get (message, "content"));
  HearthValue *calls = hearth_value_get_member_kind (message, "tool_calls", HEARTH_VALUE_ARRAY);

  begin_content (self, "model");
  if (add_native (self, message, text))
    return;
  add_text (self, text);
  for (gsize i = 0; calls != NULL && i < hearth_value_get_length (calls); i++)
    add_function_call (self, hearth_value_at (calls, i), i == 0);
}

static gboolean
add_message (Writer  *self,
             gsize    index,
             GError **error)
{
  HearthValue *message = hearth_value_at (self->messages, index);
  const char *role = hearth_value_get_member_string (message, "role", "user");

  if (_hearth_message_is_system (message))
    return TRUE;
  if (g_str_equal (role, "assistant"))
    add_model (self, message);
  else if (g_str_equal (role, "tool"))
    add_function_response (self, message, index);
  else
    {
      begin_content (self, "user");
      return _hearth_content_each_part (hearth_value_get (message, "content"), add_user_part, self, error);
    }
  return TRUE;
}

static gboolean
model_signs (const char *model)
{
  const char *version = strstr (model, "gemini-");

  return version != NULL && g_ascii_strtoull (version + strlen ("gemini-"), NULL, 10) >= FIRST_THAT_SIGNS;
}

HearthValue *
_hearth_gemini_dup_contents (const HearthModelRequest *request,
                             GError                  **error)
{
  g_auto (Writer) writer = { .messages = request->messages, .signs = model_signs (request->model) };

  for (gsize i = 0; hearth_value_is (request->messages, ARRAY) && i < hearth_value_get_length (request->messages); i++)
    if (!add_message (&writer, i, error))
      return NULL;
  end_content (&writer);
  if (writer.n_contents == 0)
    {
      hearth_model_error_set (error, HEARTH_MODEL_ERROR_INVALID,
                              _("There is no message for the model besides the system's. Google needs one of the user's."));
      return NULL;
    }
  return hearth_builder_end_array (&writer.contents);
}
