/* context-greeting.c: how a conversation with a character begins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"

/* Adds texts of the list that the card has by that name. */
static void
add_list (const Context *self,
          const char    *key,
          GPtrArray     *greetings)
{
  HearthValue *list = hearth_value_get_member_kind (self->card, key, HEARTH_VALUE_ARRAY);

  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      HearthValue *text = hearth_value_at (list, i);

      g_ptr_array_add (greetings, hearth_value_is (text, STRING) ? (gpointer) hearth_value_get_string (text, NULL) : NULL);
    }
}

/* In the order of their numbers; borrowed. What is no text stands as NULL, so that the others keep theirs. */
static GPtrArray *
list_greetings (const Context *self)
{
  GPtrArray *greetings = g_ptr_array_new ();

  g_ptr_array_add (greetings, (gpointer) context_get_field (self, "first_mes"));
  add_list (self, "alternate_greetings", greetings);
  if (self->members != NULL)
    add_list (self, "group_only_greetings", greetings);
  return greetings;
}

static gint64
get_wanted (const Context *self)
{
  return hearth_value_get_member_integer (self->preset, "greeting", 0);
}

char *
context_make_greeting (const Context *self)
{
  g_autoptr (GPtrArray) greetings = list_greetings (self);
  gint64 number = get_wanted (self);
  const char *text = number >= 0 && number < (gint64) greetings->len ? g_ptr_array_index (greetings, number) : NULL;
  g_autofree char *expanded = text != NULL ? hearth_macros_expand (self->macros, text) : NULL;

  return expanded != NULL && *expanded != '\0' ? g_steal_pointer (&expanded) : NULL;
}

/* By what the first message says, as it is told today. One that is told otherwise each time is not recognized, and that
 * it might be told is no reason to tell the time. */
gint64
context_find_greeting (const Context *self)
{
  g_autoptr (GPtrArray) greetings = list_greetings (self);
  HearthValue *first = hearth_value_get_length (self->history) > 0 ? hearth_value_at (self->history, 0) : NULL;
  g_autofree char *said = first != NULL ? context_read_message (first) : NULL;
  g_autoptr (HearthMacros) macros = hearth_macros_new_from (self->macros);

  if (said == NULL)
    return get_wanted (self);
  for (guint i = 0; i < greetings->len; i++)
    {
      const char *text = g_ptr_array_index (greetings, i);
      g_autofree char *told = text != NULL && *text != '\0' ? hearth_macros_expand (macros, text) : NULL;

      if (g_strcmp0 (told, said) == 0)
        return i;
    }
  return -1;
}
