/* context.c: what the messages of a conversation are put together from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"

#include "hearth-message.h"

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
context_expand_preset (const Context *self,
                       const char    *key)
{
  g_autofree char *text = hearth_macros_expand (self->macros, context_get_preset (self, key, ""));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

gboolean
context_is_kind (const Context *self,
                 const char    *kind)
{
  return g_str_equal (self->kind, kind);
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

char *
context_dup_speaker (const Context *self,
                     HearthValue   *message)
{
  const char *name = hearth_value_get_member_string (message, "name", "");
  const char *role = hearth_value_get_member_string (message, "role", "");

  if (*name != '\0')
    return g_strdup (name);
  if (g_str_equal (role, "user"))
    return hearth_macros_expand (self->macros, "{{user}}");
  return g_str_equal (role, "assistant") && *context_get_field (self, "name") != '\0'
             ? hearth_macros_expand (self->macros, "{{char}}") : NULL;
}

/* --- all of it ---------------------------------------------------------------------------------------------- */

/* What {{pick}} chooses by: how the conversation began, which stays the same while it goes on. */
static guint64
make_seed (const Context *self)
{
  gsize n = hearth_value_get_length (self->history);
  g_autofree char *first = n > 0 ? context_read_message (hearth_value_at (self->history, 0))
                                 : g_strdup (context_get_field (self, "first_mes"));

  return (guint64) g_str_hash (context_get_field (self, "name")) << 32 | g_str_hash (first);
}

/* Takes @preset. A file of prompts alone, as SillyTavern exports them, has them one level deeper. */
static HearthValue *
unwrap_preset (HearthValue *preset)
{
  g_autoptr (HearthValue) own = preset;
  HearthValue *data = hearth_value_get_member_kind (own, "data", HEARTH_VALUE_OBJECT);

  if (hearth_value_get (own, "prompts") != NULL || hearth_value_get_member_kind (data, "prompts", HEARTH_VALUE_ARRAY) == NULL)
    return g_steal_pointer (&own);
  return hearth_value_overlay (data, own);
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

  *self = (Context){ .step = step, .whole_card = card, .book = book, .history = history };
  self->preset = unwrap_preset (preset);
  self->card = data != NULL ? data : hearth_value_is (card, OBJECT) ? card : NULL;
  self->is_plain = data == NULL && hearth_value_get (card, "spec") == NULL;
  self->kind = context_get_preset (self, "generation_type", "normal");
  self->members = hearth_value_get_member_kind (self->preset, "group_members", HEARTH_VALUE_ARRAY);
  if (self->members != NULL && hearth_value_get_length (self->members) == 0)
    self->members = NULL;
  if (!hearth_message_list_is_valid (history))
    g_clear_pointer (&self->history, hearth_value_unref);
  self->macros = hearth_macros_new (step, make_seed (self));
  self->entries = g_ptr_array_new_with_free_func (world_entry_free);
  context_set_macros (self);
  if (!context_scan_world (self))
    return FALSE;
  context_set_world_macros (self);
  return TRUE;
}

void
context_clear (Context *self)
{
  g_clear_pointer (&self->world, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->macros, hearth_macros_free);
  g_clear_pointer (&self->greeting, g_free);
  g_clear_pointer (&self->prompt, g_free);
  g_clear_pointer (&self->whole_card, hearth_value_unref);
  g_clear_pointer (&self->book, hearth_value_unref);
  g_clear_pointer (&self->history, hearth_value_unref);
  g_clear_pointer (&self->preset, hearth_value_unref);
}
