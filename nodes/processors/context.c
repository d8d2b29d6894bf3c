/* context.c: what the messages of a conversation are put together from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"

#include <string.h>

#include "hearth-message.h"
#include "world-scan.h"

#define N_BOOKS 2 /* the character's own, and the one that is wired in */

const char *
context_get_field (const Context *self,
                   const char    *key)
{
  const char *text = hearth_value_get_member_string (self->card, key, NULL);

  return text != NULL ? text : hearth_value_get_member_string (self->whole_card, key, "");
}

const char *
context_get_preset (const Context *self,
                    const char    *key,
                    const char    *fallback)
{
  return hearth_value_get_member_string (self->preset, key, fallback);
}

char *
context_read_message (HearthValue *message)
{
  HearthValue *content = hearth_value_get (message, "content");
  GString *text = g_string_new (NULL);

  if (hearth_value_is (content, STRING))
    g_string_append (text, hearth_value_get_string (content, NULL));
  for (gsize i = 0; hearth_value_is (content, ARRAY) && i < hearth_value_get_length (content); i++)
    g_string_append (text, hearth_value_get_member_string (hearth_value_at (content, i), "text", ""));
  return g_string_free (text, FALSE);
}

/* --- macros ------------------------------------------------------------------------------------------------ */

static void
set_expanded (Context    *self,
              const char *name,
              const char *text)
{
  g_autofree char *expanded = hearth_macros_expand (self->macros, text);

  hearth_macros_set (self->macros, name, expanded);
}

static void
set_card_macros (Context *self)
{
  static const char *const fields[][2] = {
    { "description", "description" },        { "personality", "personality" },
    { "scenario", "scenario" },              { "mesExamples", "mes_example" },
    { "charPrompt", "system_prompt" },       { "charInstruction", "post_history_instructions" },
    { "charJailbreak", "post_history_instructions" }, { "charVersion", "character_version" },
    { "char_version", "character_version" }, { "creatorNotes", "creator_notes" },
  };
  const char *name = context_get_field (self, "name");

  if (self->card == NULL)
    return;
  if (*name != '\0')
    hearth_macros_set (self->macros, "char", name);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    set_expanded (self, fields[i][0], context_get_field (self, fields[i][1]));
}

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

static void
set_macros (Context *self)
{
  hearth_macros_set (self->macros, "user", context_get_preset (self, "user_name", "User"));
  set_last_message (self, "lastMessage", NULL);
  set_last_message (self, "lastUserMessage", "user");
  set_last_message (self, "lastCharMessage", "assistant");
  set_card_macros (self);
  set_expanded (self, "persona", context_get_preset (self, "persona_description", ""));
}

static void
set_world_macros (Context *self)
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
      g_autofree char *name = NULL;

      if (entry->position != WORLD_OUTLET || entry->outlet == NULL)
        continue;
      name = g_strconcat ("outlet::", entry->outlet, NULL);
      hearth_macros_set (self->macros, name, entry->content);
    }
}

/* --- world ------------------------------------------------------------------------------------------------- */

char *
context_join_world (const Context *self,
                    WorldPosition  position)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->world->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (self->world, i);

      if (entry->position != position || *entry->content == '\0')
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, entry->content);
    }
  return g_string_free (text, FALSE);
}

/* Newest first; what the user says now is the newest. */
static GPtrArray *
list_texts (const Context *self)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  const char *prompt = context_get_preset (self, "user_prompt", NULL);

  if (prompt != NULL)
    g_ptr_array_add (texts, hearth_macros_expand (self->macros, prompt));
  for (gsize i = self->history != NULL ? hearth_value_get_length (self->history) : 0; i > 0; i--)
    g_ptr_array_add (texts, context_read_message (hearth_value_at (self->history, i - 1)));
  return texts;
}

static gboolean
scan (Context *self,
      guint64  seed)
{
  g_autoptr (GPtrArray) texts = list_texts (self);
  HearthValue *values[N_BOOKS] = { self->whole_card, self->book };
  gint64 budgets[N_BOOKS];
  WorldScan request = { .texts = texts, .macros = self->macros, .step = self->step, .seed = seed };
  gboolean done;

  request.character = context_get_field (self, "name");
  request.tags = hearth_value_get (self->card, "tags");
  for (guint i = 0; i < N_BOOKS; i++)
    {
      WorldBook book = world_book_find (values[i]);

      budgets[i] = book.budget;
      /* The same card wired in as a book, too, is one book. */
      if (i == 0 || !hearth_value_equal (values[0], values[i]))
        world_book_read (&book, i, self->entries);
    }
  done = world_scan (&request, self->entries, budgets, N_BOOKS);
  self->world = world_list_active (self->entries);
  return done;
}

/* --- all of it ---------------------------------------------------------------------------------------------- */

static guint64
make_seed (const Context *self)
{
  guint64 seed = g_str_hash (context_get_preset (self, "user_prompt", ""));

  for (gsize i = 0; self->history != NULL && i < hearth_value_get_length (self->history); i++)
    {
      g_autofree char *text = context_read_message (hearth_value_at (self->history, i));

      seed = seed * 31 + g_str_hash (text);
    }
  return seed;
}

gboolean
context_init (Context     *self,
              HearthStep  *step,
              HearthValue *card,
              HearthValue *book,
              HearthValue *history,
              HearthValue *preset)
{
  HearthValue *data = hearth_value_get_member_kind (card, "data", HEARTH_VALUE_OBJECT);
  guint64 seed;

  *self = (Context){ .step = step, .whole_card = card, .book = book, .history = history, .preset = preset };
  self->card = data != NULL ? data : hearth_value_is (card, OBJECT) ? card : NULL;
  self->is_plain = data == NULL && hearth_value_get (card, "spec") == NULL;
  if (!hearth_message_list_is_valid (history))
    g_clear_pointer (&self->history, hearth_value_unref);
  seed = make_seed (self);
  self->macros = hearth_macros_new (seed);
  self->entries = g_ptr_array_new_with_free_func (world_entry_free);
  set_macros (self);
  if (!scan (self, seed))
    return FALSE;
  set_world_macros (self);
  return TRUE;
}

void
context_clear (Context *self)
{
  g_clear_pointer (&self->world, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->macros, hearth_macros_free);
  g_clear_pointer (&self->whole_card, hearth_value_unref);
  g_clear_pointer (&self->book, hearth_value_unref);
  g_clear_pointer (&self->history, hearth_value_unref);
  g_clear_pointer (&self->preset, hearth_value_unref);
}
