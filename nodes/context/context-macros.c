/* context-macros.c: what the macros of a conversation stand for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"
#include "moment.h"

static void
set_expanded (Context    *self,
              const char *name,
              const char *text)
{
  g_autofree char *expanded = hearth_macros_expand_apart (self->macros, text);

  hearth_macros_set (self->macros, name, expanded);
}

/* A nickname is what the character is called; its name is what it is known by. */
static void
set_name (Context *self)
{
  const char *nickname = hearth_value_get_member_string (self->card, "nickname", "");
  const char *name = *nickname != '\0' ? nickname : context_get_field (self, "name");

  if (*name != '\0')
    {
      hearth_macros_set (self->macros, "char", name);
      hearth_macros_set (self->macros, "charIfNotGroup", name);
      hearth_macros_set (self->macros, "group", name);
      hearth_macros_set (self->macros, "groupNotMuted", name);
    }
}

/* In a group these stand for all its members. */
static void
set_group (Context *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < hearth_value_get_length (self->members); i++)
    {
      HearthValue *name = hearth_value_at (self->members, i);

      if (hearth_value_is (name, STRING))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", hearth_value_get_string (name, NULL));
    }
  hearth_macros_set (self->macros, "group", names->str);
  hearth_macros_set (self->macros, "groupNotMuted", names->str);
  hearth_macros_set (self->macros, "charIfNotGroup", names->str);
}

/* Nobody may want it: it is no reason to draw anything or to tell the time. */
static void
set_first_message (Context *self)
{
  g_autoptr (HearthMacros) macros = hearth_macros_new_from (self->macros);
  g_autofree char *text = hearth_macros_expand (macros, context_get_field (self, "first_mes"));

  hearth_macros_set (self->macros, "charFirstMessage", text);
}

static void
set_card (Context *self)
{
  static const char *const fields[][2] = {
    { "description", "description" },        { "personality", "personality" },
    { "scenario", "scenario" },              { "mesExamples", "mes_example" },
    { "charPrompt", "system_prompt" },       { "charInstruction", "post_history_instructions" },
    { "charJailbreak", "post_history_instructions" }, { "charVersion", "character_version" },
    { "char_version", "character_version" }, { "creatorNotes", "creator_notes" },
    { "charCreatorNotes", "creator_notes" },
  };
  HearthValue *depth_prompt = hearth_value_get (hearth_value_get (self->card, "extensions"), "depth_prompt");

  if (self->card == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    set_expanded (self, fields[i][0], context_get_field (self, fields[i][1]));
  hearth_macros_set (self->macros, "mesExamplesRaw", context_get_field (self, "mes_example"));
  set_first_message (self);
  set_expanded (self, "charDepthPrompt", hearth_value_get_member_string (depth_prompt, "prompt", ""));
}

/* --- messages --------------------------------------------------------------------------------------------- */

/* @role: NULL for any. */
static void
set_last_message (Context    *self,
                  const char *name,
                  const char *role)
{
  for (gsize i = self->history != NULL ? hearth_value_get_length (self->history) : 0; i > 0; i--)
    {
      HearthValue *message = hearth_value_at (self->history, i - 1);
      g_autofree char *text = NULL;

      if (role != NULL && !g_str_equal (hearth_value_get_member_string (message, "role", ""), role))
        continue;
      text = context_read_message (message);
      hearth_macros_set (self->macros, name, text);
      return;
    }
  hearth_macros_set (self->macros, name, "");
}

/* Files of chats have it by one of these names; texts of any form, or milliseconds. 0: nobody knows. */
static gint64
read_time (HearthValue *message)
{
  static const char *const names[] = { "send_date", "timestamp", "createdAt" };
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (0);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HearthValue *value = hearth_value_get (message, names[i]);
      gint64 unix_ms = 0;

      if (hearth_value_is_number (value))
        return hearth_value_get_integer (value);
      if (hearth_value_is (value, STRING) && hearth_moment_parse (hearth_value_get_string (value, NULL), now, &unix_ms))
        return unix_ms;
    }
  return 0;
}

/* What the user says now does not count, be it the end of the history or the preset's. */
static void
set_last_said (Context *self)
{
  gboolean counts = self->prompt != NULL;

  for (gsize i = hearth_value_get_length (self->history); i > 0; i--)
    {
      HearthValue *message = hearth_value_at (self->history, i - 1);
      const char *role = hearth_value_get_member_string (message, "role", "");

      if (counts && g_str_equal (role, "user"))
        {
          hearth_macros_set_last_said (self->macros, read_time (message));
          return;
        }
      counts |= !g_str_equal (role, "system");
    }
}

static void
set_last_number (Context *self)
{
  gsize n = self->history != NULL ? hearth_value_get_length (self->history) : 0;
  g_autofree char *number = n > 0 ? g_strdup_printf ("%" G_GSIZE_FORMAT, n - 1) : g_strdup ("");

  hearth_macros_set (self->macros, "lastMessageId", number);
  hearth_macros_set (self->macros, "firstIncludedMessageId", n > 0 ? "0" : "");
}

/* How much the preset lets a prompt be. */
static void
set_size (Context *self)
{
  HearthValue *size = hearth_value_get (self->preset, "openai_max_context");
  g_autofree char *text = hearth_value_is_number (size) ? hearth_value_to_text (size) : NULL;

  hearth_macros_set (self->macros, "maxPrompt", text);
}

static void
set_messages (Context *self)
{
  set_last_message (self, "lastMessage", NULL);
  set_last_message (self, "lastUserMessage", "user");
  set_last_message (self, "lastCharMessage", "assistant");
  set_last_number (self);
  hearth_macros_set (self->macros, "lastGenerationType", self->kind);
}

/* Once, so that it is the same wherever it stands. */
static void
set_prompt (Context *self)
{
  const char *prompt = context_get_preset (self, "user_prompt", NULL);

  if (prompt != NULL)
    self->prompt = hearth_macros_expand (self->macros, prompt);
  hearth_macros_set (self->macros, "input", self->prompt != NULL ? self->prompt : "");
  set_last_said (self);
}

void
context_set_macros (Context *self)
{
  hearth_macros_set (self->macros, "user", context_get_preset (self, "user_name", "User"));
  set_name (self);
  if (self->members != NULL)
    set_group (self);
  set_card (self);
  set_messages (self);
  set_size (self);
  set_expanded (self, "persona", context_get_preset (self, "persona_description", ""));
  if (hearth_value_get_length (self->history) == 0)
    self->greeting = context_make_greeting (self);
  set_prompt (self);
}

/* What several entries say there stands in as many lines. */
static void
set_outlet (Context    *self,
            const char *outlet)
{
  g_autofree char *name = g_strconcat ("outlet::", outlet, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->world->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (self->world, i);

      if (entry->position == WORLD_OUTLET && g_strcmp0 (entry->outlet, outlet) == 0 && *entry->text != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", entry->text);
    }
  hearth_macros_set (self->macros, name, text->str);
}

void
context_set_world_macros (Context *self)
{
  static const struct { const char *name; WorldPosition position; } places[] = {
    { "wiBefore", WORLD_BEFORE_CHARACTER }, { "loreBefore", WORLD_BEFORE_CHARACTER },
    { "wiAfter", WORLD_AFTER_CHARACTER },   { "loreAfter", WORLD_AFTER_CHARACTER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = context_join_world (self, places[i].position);

      hearth_macros_set (self->macros, places[i].name, text);
    }
  for (guint i = 0; i < self->world->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (self->world, i);

      if (entry->position == WORLD_OUTLET && entry->outlet != NULL)
        set_outlet (self, entry->outlet);
    }
}
