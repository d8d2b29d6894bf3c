/* context-world.c: what the world books say in a conversation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"

#include "hearth-message.h"

#define N_BOOKS 2 /* the character's own, and the one that is wired in */

char *
context_join_world (const Context *self,
                    WorldPosition  position)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->world->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (self->world, i);

      if (entry->position != position || *entry->text == '\0')
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, entry->text);
    }
  return g_string_free (text, FALSE);
}

gboolean
context_world_disables (const Context *self,
                        const char    *prompt)
{
  for (guint i = 0; i < self->world->len; i++)
    if (g_strcmp0 (((WorldEntry *) g_ptr_array_index (self->world, i))->disables, prompt) == 0)
      return TRUE;
  return FALSE;
}

/* --- what is looked through --------------------------------------------------------------------------------- */

/* Takes @message. */
static void
add_message (const Context *self,
             WorldChat     *chat,
             HearthValue   *message,
             gboolean       named)
{
  g_autoptr (HearthValue) own = message;
  g_autofree char *speaker = named ? context_dup_speaker (self, own) : NULL;
  g_autofree char *text = context_read_message (own);
  gboolean is_answer = g_str_equal (hearth_value_get_member_string (own, "role", ""), "assistant");

  world_chat_add (chat, speaker != NULL ? g_strconcat (speaker, ": ", text, NULL) : g_strdup (text), is_answer);
}

/* @named: who says something stands before it. */
static void
add_messages (const Context *self,
              WorldChat     *chat,
              gboolean       named)
{
  if (self->greeting != NULL)
    add_message (self, chat, hearth_message_new ("assistant", self->greeting), named);
  for (gsize i = 0; i < hearth_value_get_length (self->history); i++)
    add_message (self, chat, hearth_value_ref (hearth_value_at (self->history, i)), named);
  if (self->prompt != NULL)
    add_message (self, chat, hearth_message_new ("user", self->prompt), named);
}

/* What some entry wants to look through. */
static WorldSight
join_sights (const Context *self)
{
  WorldSight sights = 0;

  for (guint i = 0; i < self->entries->len; i++)
    sights |= ((WorldEntry *) g_ptr_array_index (self->entries, i))->sights;
  return sights;
}

static void
add_sights (const Context *self,
            WorldChat     *chat)
{
  WorldSight wanted = join_sights (self);
  HearthValue *extensions = hearth_value_get (self->card, "extensions");
  const struct { WorldSight sight; const char *text; } sights[] = {
    { WORLD_SEES_PERSONA, context_get_preset (self, "persona_description", "") },
    { WORLD_SEES_DESCRIPTION, context_get_field (self, "description") },
    { WORLD_SEES_PERSONALITY, context_get_field (self, "personality") },
    { WORLD_SEES_DEPTH_PROMPT,
      hearth_value_get_member_string (hearth_value_get (extensions, "depth_prompt"), "prompt", "") },
    { WORLD_SEES_SCENARIO, context_get_field (self, "scenario") },
    { WORLD_SEES_NOTES, context_get_field (self, "creator_notes") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sights); i++)
    if ((wanted & sights[i].sight) && *sights[i].text != '\0')
      world_chat_set_sight (chat, sights[i].sight, hearth_macros_expand_apart (self->macros, sights[i].text));
}

/* FALSE: a book does not want to be looked for in who says something. */
static gboolean
read_books (Context     *self,
            HearthValue *const *values,
            WorldBook   *books)
{
  gboolean named = TRUE;

  for (guint i = 0; i < N_BOOKS; i++)
    {
      books[i] = world_book_find (values[i]);
      /* The same card wired in as a book, too, is one book. */
      if (i == 0 || !hearth_value_equal (values[0], values[i]))
        world_book_read (&books[i], i, self->entries);
      named &= world_find_boolean (books[i].value, "includeNames", "include_names", TRUE);
    }
  return named;
}

gboolean
context_scan_world (Context *self)
{
  g_autoptr (WorldChat) chat = world_chat_new ();
  HearthValue *values[N_BOOKS] = { self->whole_card, self->book };
  WorldBook books[N_BOOKS];
  WorldScan scan = { .chat = chat, .entries = self->entries, .books = books, .n_books = N_BOOKS,
                     .kind = self->kind, .macros = self->macros, .step = self->step };
  gboolean named = read_books (self, values, books);
  gboolean done = TRUE;

  if (self->entries->len > 0)
    {
      add_sights (self, chat);
      add_messages (self, chat, named);
      scan.character = context_get_field (self, "name");
      scan.tags = hearth_value_get (self->card, "tags");
      scan.greeting = context_find_greeting (self);
      done = world_scan (&scan);
    }
  self->world = world_list_active (self->entries);
  return done;
}
