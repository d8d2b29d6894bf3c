/* context-chat.c: the history of a conversation, as it is sent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"

#include <string.h>

#include "hearth-message.h"

#define MAX_NAME 64 /* letters that services take as the name of who speaks */

/* How it is said who speaks; numbers of SillyTavern's presets. */
typedef enum
{
  NAMES_NOWHERE   = -1,
  NAMES_IN_GROUPS = 0,  /* before what others than the user say */
  NAMES_BESIDE    = 1,  /* as a member of the message */
  NAMES_BEFORE    = 2,  /* before what is said */
} Names;

/* --- who speaks ------------------------------------------------------------------------------------------------ */

/* Takes @message. Services take letters, digits and underscores. */
static HearthValue *
name_beside (HearthValue *message,
             const char  *speaker)
{
  g_autoptr (HearthValue) before = message;
  g_autoptr (HearthValue) name = NULL;
  g_autoptr (GString) letters = g_string_new (NULL);

  for (const char *at = speaker; *at != '\0' && letters->len < MAX_NAME; at = g_utf8_next_char (at))
    g_string_append_c (letters, g_ascii_isalnum (*at) ? *at : '_');
  name = hearth_value_string (letters->str);
  return hearth_value_with (before, "name", name);
}

/* Takes @message. */
static HearthValue *
put_before (HearthValue *message,
            const char  *before,
            const char  *behind)
{
  g_autoptr (HearthValue) old = message;
  HearthValue *content = hearth_value_get (old, "content");
  g_autofree char *text = NULL;
  g_autoptr (HearthValue) value = NULL;

  if (!hearth_value_is (content, STRING))
    return g_steal_pointer (&old);
  text = g_strconcat (before, hearth_value_get_string (content, NULL), behind, NULL);
  value = hearth_value_string (text);
  return hearth_value_with (old, "content", value);
}

/* Takes @message. */
static HearthValue *
name_speaker (Context     *self,
              HearthValue *message)
{
  Names names = (Names) hearth_value_get_member_integer (self->preset, "names_behavior", NAMES_IN_GROUPS);
  const char *role = hearth_value_get_member_string (message, "role", "");
  gboolean is_user = g_str_equal (role, "user");
  g_autofree char *speaker = context_dup_speaker (self, message);
  g_autofree char *before = NULL;

  if (speaker == NULL || g_str_equal (role, "system"))
    return message;
  if (names == NAMES_BESIDE)
    return name_beside (message, speaker);
  if (names != NAMES_BEFORE && (names != NAMES_IN_GROUPS || self->members == NULL || is_user))
    return message;
  before = g_strconcat (speaker, ": ", NULL);
  return put_before (message, before, "");
}

/* As the preset wants the user's words: in quotes, or as they are. Takes @message. */
static HearthValue *
wrap (Context     *self,
      HearthValue *message)
{
  if (g_str_equal (hearth_value_get_member_string (message, "role", ""), "user")
      && hearth_value_get_member_boolean (self->preset, "wrap_in_quotes", FALSE))
    return put_before (message, "\"", "\"");
  return message;
}

/* --- the history --------------------------------------------------------------------------------------------- */

static void
add (Context     *self,
     GPtrArray   *chat,
     HearthValue *message)
{
  g_ptr_array_add (chat, wrap (self, name_speaker (self, message)));
}

static GPtrArray *
make_history (Context *self)
{
  GPtrArray *chat = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  gsize n = hearth_value_get_length (self->history);

  /* A conversation that has not begun begins with the character's greeting. */
  if (self->greeting != NULL)
    add (self, chat, hearth_message_new ("assistant", self->greeting));
  for (gsize i = 0; i < n; i++)
    add (self, chat, hearth_value_ref (hearth_value_at (self->history, i)));
  if (self->prompt != NULL)
    add (self, chat, hearth_message_new ("user", self->prompt));
  return chat;
}

/* Where the assistant spoke last, the user says something. An answer that goes on has nothing to be answered. */
static void
replace_user (Context   *self,
              GPtrArray *chat)
{
  HearthValue *last = chat->len > 0 ? g_ptr_array_index (chat, chat->len - 1) : NULL;
  g_autofree char *text = NULL;

  if (!context_is_arranged (self) || context_is_kind (self, CONTEXT_CONTINUE) || self->prompt != NULL
      || !g_str_equal (hearth_value_get_member_string (last, "role", ""), "assistant"))
    return;
  text = context_expand_preset (self, "send_if_empty");
  if (text != NULL)
    g_ptr_array_add (chat, hearth_message_new ("user", text));
}

/* --- what goes on --------------------------------------------------------------------------------------------- */

static gboolean
goes_on_at_end (Context *self)
{
  return context_is_arranged (self) && context_is_kind (self, CONTEXT_CONTINUE)
         && hearth_value_get_member_boolean (self->preset, "continue_prefill", FALSE);
}

GPtrArray *
context_make_chat (Context      *self,
                   const GArray *prompts,
                   HearthValue **continued)
{
  g_autoptr (GPtrArray) history = make_history (self);
  GPtrArray *chat = context_inject (self, prompts, history);

  /* It has its place in the history while depths are counted. */
  if (history->len > 0 && goes_on_at_end (self))
    {
      *continued = hearth_value_ref (g_ptr_array_index (history, history->len - 1));
      g_ptr_array_remove (chat, *continued);
    }
  replace_user (self, chat);
  return chat;
}
