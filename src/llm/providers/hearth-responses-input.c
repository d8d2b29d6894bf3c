/* hearth-responses-input.c: messages as items of OpenAI's Responses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-responses-private.h"

#include "hearth-json.h"
#include "hearth-part-private.h"
#include "hearth-provider-write-private.h"

/* How many messages of the system stand before everything else: they are the instructions. */
static gsize
count_instructions (HearthValue *messages)
{
  gsize n = 0;

  while (hearth_value_is (messages, ARRAY) && n < hearth_value_get_length (messages)
         && _hearth_message_is_system (hearth_value_at (messages, n)))
    n++;
  return n;
}

char *
_hearth_responses_dup_instructions (HearthValue *messages)
{
  gsize n = count_instructions (messages);
  g_auto (HearthBuilder) first = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) list = NULL;

  for (gsize i = 0; i < n; i++)
    hearth_builder_add (&first, NULL, hearth_value_ref (hearth_value_at (messages, i)));
  list = hearth_builder_end_array (&first);
  return _hearth_messages_dup_system (list);
}

/* --- parts --------------------------------------------------------------------------------------- */

static HearthValue *
string_or_nothing (const char *text)
{
  return text != NULL ? hearth_value_string (text) : NULL;
}

static HearthValue *
dup_data_address (const HearthPart *part)
{
  g_autofree char *address = g_strdup_printf ("data:%s;base64,%s", part->media_type, part->base64);

  return hearth_value_string (address);
}

static HearthValue *
dup_image (const HearthPart *part)
{
  return hearth_value_object ("type", hearth_value_string ("input_image"),
                              "image_url", part->base64 != NULL ? dup_data_address (part) : hearth_value_string (part->address),
                              "detail", hearth_value_string (part->detail != NULL ? part->detail : "auto"), NULL);
}

static HearthValue *
dup_file (const HearthPart *part)
{
  const char *name = part->filename != NULL ? part->filename : "file";
  gboolean is_data = part->base64 != NULL;

  return hearth_value_object ("type", hearth_value_string ("input_file"),
                              "file_id", string_or_nothing (part->file_id),
                              "filename", is_data ? hearth_value_string (name) : NULL,
                              "file_data", is_data ? dup_data_address (part) : NULL,
                              "file_url", is_data ? NULL : string_or_nothing (part->address), NULL);
}

static gboolean
add_part (const HearthPart *part,
          gpointer          user_data,
          GError          **error)
{
  HearthBuilder *content = user_data;

  if (part->kind == HEARTH_PART_TEXT)
    hearth_builder_add (content, NULL, hearth_value_object ("type", hearth_value_string ("input_text"),
                                                           "text", hearth_value_string (part->text), NULL));
  else
    hearth_builder_add (content, NULL, part->kind == HEARTH_PART_IMAGE ? dup_image (part) : dup_file (part));
  return TRUE;
}

/* A text stays one. */
static HearthValue *
dup_content (HearthValue *message,
             GError     **error)
{
  HearthValue *content = hearth_value_get (message, "content");
  g_auto (HearthBuilder) parts = HEARTH_BUILDER_INIT;

  if (!hearth_value_is (content, ARRAY))
    return hearth_value_string (hearth_value_get_member_string (message, "content", ""));
  if (!_hearth_content_each_part (content, add_part, &parts, error))
    return NULL;
  return hearth_builder_end_array (&parts);
}

/* --- items --------------------------------------------------------------------------------------- */

static gboolean
add_said (HearthBuilder *items,
          HearthValue   *message,
          const char    *role,
          GError       **error)
{
  HearthValue *content = dup_content (message, error);

  if (content == NULL)
    return FALSE;
  hearth_builder_add (items, NULL, hearth_value_object ("role", hearth_value_string (role), "content", content, NULL));
  return TRUE;
}

static gboolean
add_output (HearthBuilder *items,
            HearthValue   *message,
            GError       **error)
{
  HearthValue *output = dup_content (message, error);
  const char *id = hearth_value_get_member_string (message, "tool_call_id", "");

  if (output == NULL)
    return FALSE;
  hearth_builder_add (items, NULL, hearth_value_object ("type", hearth_value_string ("function_call_output"),
                                                       "call_id", hearth_value_string (id), "output", output, NULL));
  return TRUE;
}

static void
add_call (HearthBuilder *items,
          HearthValue   *value)
{
  g_auto (HearthMessageCall) call = { 0 };
  g_autofree char *arguments = NULL;

  _hearth_message_call_read (&call, value);
  arguments = hearth_json_print (call.arguments);
  hearth_builder_add (items, NULL, hearth_value_object ("type", hearth_value_string ("function_call"),
                                                       "call_id", hearth_value_string (call.id),
                                                       "name", hearth_value_string (call.name),
                                                       "arguments", hearth_value_string (arguments), NULL));
}

static void
append_said (GString     *said,
             HearthValue *item)
{
  HearthValue *content = hearth_value_get_member_kind (item, "content", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; content != NULL && i < hearth_value_get_length (content); i++)
    if (g_str_equal (hearth_value_get_member_string (hearth_value_at (content, i), "type", ""), "output_text"))
      g_string_append (said, hearth_value_get_member_string (hearth_value_at (content, i), "text", ""));
}

/* Its own items, encrypted thoughts among them, as long as nobody has changed the text since. */
static gboolean
add_native (HearthBuilder *items,
            HearthValue   *message,
            const char    *text)
{
  HearthValue *turn = _hearth_message_get_native (message, HEARTH_RESPONSES_ID);
  g_autoptr (GString) said = g_string_new (NULL);

  for (gsize i = 0; turn != NULL && i < hearth_value_get_length (turn); i++)
    append_said (said, hearth_value_at (turn, i));
  if (turn == NULL || !g_str_equal (said->str, text))
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (turn); i++)
    hearth_builder_add (items, NULL, hearth_value_ref (hearth_value_at (turn, i)));
  return TRUE;
}

static void
add_assistant (HearthBuilder *items,
               HearthValue   *message)
{
  g_autofree char *text = _hearth_content_dup_text (hearth_value_get (message, "content"));
  HearthValue *calls = hearth_value_get_member_kind (message, "tool_calls", HEARTH_VALUE_ARRAY);

  if (add_native (items, message, text))
    return;
  if (*text != '\0')
    hearth_builder_add (items, NULL, hearth_value_object ("role", hearth_value_string ("assistant"),
                                                         "content", hearth_value_string (text), NULL));
  for (gsize i = 0; calls != NULL && i < hearth_value_get_length (calls); i++)
    add_call (items, hearth_value_at (calls, i));
}

static gboolean
add_message (HearthBuilder *items,
             HearthValue   *message,
             GError       **error)
{
  const char *role = hearth_value_get_member_string (message, "role", "user");

  if (g_str_equal (role, "tool"))
    return add_output (items, message, error);
  if (!g_str_equal (role, "assistant"))
    return add_said (items, message, _hearth_message_is_system (message) ? role : "user", error);
  add_assistant (items, message);
  return TRUE;
}

HearthValue *
_hearth_responses_dup_input (HearthValue *messages,
                             GError     **error)
{
  g_auto (HearthBuilder) items = HEARTH_BUILDER_INIT;
  gsize n = hearth_value_is (messages, ARRAY) ? hearth_value_get_length (messages) : 0;

  for (gsize i = count_instructions (messages); i < n; i++)
    if (!add_message (&items, hearth_value_at (messages, i), error))
      return NULL;
  return hearth_builder_end_array (&items);
}
