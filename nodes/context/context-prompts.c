/* context-prompts.c: the parts of a prompt: in which order they come, and what each says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "context.h"

#include <string.h>

/* In SillyTavern's files: the order for all characters, and the one of older versions. */
static const gint64 common_orders[] = { 100001, 100000 };

/* --- order ------------------------------------------------------------------------------------------------------ */

gboolean
context_is_arranged (const Context *self)
{
  return hearth_value_get_member_kind (self->preset, "prompts", HEARTH_VALUE_ARRAY) != NULL;
}

static HearthValue *
find_prompt (HearthValue *prompts,
             const char  *id)
{
  for (gsize i = 0; i < hearth_value_get_length (prompts); i++)
    if (g_str_equal (hearth_value_get_member_string (hearth_value_at (prompts, i), "identifier", ""), id))
      return hearth_value_at (prompts, i);
  return NULL;
}

/* The list of {identifier, enabled}; NULL when there is none. */
static HearthValue *
find_order (HearthValue *orders)
{
  HearthValue *first = NULL;

  if (!hearth_value_is (orders, ARRAY))
    return NULL;
  if (hearth_value_get (hearth_value_get_length (orders) > 0 ? hearth_value_at (orders, 0) : NULL, "identifier") != NULL)
    return orders;
  for (guint k = 0; k < G_N_ELEMENTS (common_orders); k++)
    for (gsize i = 0; i < hearth_value_get_length (orders); i++)
      {
        HearthValue *item = hearth_value_at (orders, i);
        HearthValue *order = hearth_value_get_member_kind (item, "order", HEARTH_VALUE_ARRAY);

        if (order != NULL && hearth_value_get_member_integer (item, "character_id", 0) == common_orders[k])
          return order;
        if (first == NULL)
          first = order;
      }
  return first;
}

/* A prompt may be for continuations and the like only. */
static gboolean
is_for_others (const Context *self,
               HearthValue   *prompt)
{
  HearthValue *triggers = hearth_value_get_member_kind (prompt, "injection_trigger", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; triggers != NULL && i < hearth_value_get_length (triggers); i++)
    if (hearth_value_is (hearth_value_at (triggers, i), STRING)
        && g_str_equal (hearth_value_get_string (hearth_value_at (triggers, i), NULL), self->kind))
      return FALSE;
  return triggers != NULL && hearth_value_get_length (triggers) > 0;
}

static void
add_arranged (const Context *self,
              GArray        *list)
{
  HearthValue *prompts = hearth_value_get (self->preset, "prompts");
  HearthValue *order = find_order (hearth_value_get (self->preset, "prompt_order"));
  HearthValue *items = order != NULL ? order : prompts;

  for (gsize i = 0; i < hearth_value_get_length (items); i++)
    {
      HearthValue *item = hearth_value_at (items, i);
      const char *id = hearth_value_get_member_string (item, "identifier", "");
      ContextPrompt prompt = { .id = id, .value = find_prompt (prompts, id) };

      if (hearth_value_get_member_boolean (item, "enabled", TRUE) && prompt.value != NULL && !is_for_others (self, prompt.value))
        g_array_append_val (list, prompt);
    }
}

GArray *
context_list_prompts (const Context *self)
{
  static const char *const own_order[] = { "main", "worldInfoBefore", "personaDescription", "charDescription", "charPersonality",
                                           "scenario", "worldInfoAfter", "dialogueExamples", "chatHistory", "jailbreak" };
  GArray *list = g_array_new (FALSE, FALSE, sizeof (ContextPrompt));

  if (context_is_arranged (self))
    {
      add_arranged (self, list);
      return list;
    }
  for (guint i = 0; i < G_N_ELEMENTS (own_order); i++)
    {
      ContextPrompt prompt = { .id = own_order[i] };

      g_array_append_val (list, prompt);
    }
  return list;
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

/* New string; NULL for empty text. */
static char *
expand (Context    *self,
        const char *text)
{
  g_autofree char *expanded = *text != '\0' ? hearth_macros_expand (self->macros, text) : NULL;

  return expanded != NULL && *expanded != '\0' ? g_steal_pointer (&expanded) : NULL;
}

static char *
make_world (Context      *self,
            WorldPosition position)
{
  const char *format = context_get_preset (self, "wi_format", "");
  g_autofree char *text = context_join_world (self, position);
  const char *place = strstr (format, "{0}");

  if (*text == '\0')
    return NULL;
  if (place == NULL)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%.*s%s%s", (int) (place - format), format, text, place + strlen ("{0}"));
}

/* As VueFlow does it (nodes.md 5.6). */
static gboolean
tells_prompt_only (const Context *self)
{
  return !context_is_arranged (self) && self->is_plain
         && hearth_value_is (hearth_value_get (self->card, "system_prompt"), STRING);
}

/* A field of the card, in the frame that the preset has for it. */
static char *
make_framed (Context    *self,
             const char *key,
             const char *format_key)
{
  const char *text = context_get_field (self, key);
  const char *format = format_key != NULL ? context_get_preset (self, format_key, "") : "";

  if (*text == '\0' || tells_prompt_only (self))
    return NULL;
  return expand (self, *format != '\0' ? format : text);
}

/* World books may add to what the card says there. */
static char *
make_field (Context      *self,
            const char   *key,
            const char   *format_key,
            WorldPosition position)
{
  g_autofree char *text = make_framed (self, key, format_key);
  g_autofree char *more = context_join_world (self, position);

  if (*more == '\0')
    return g_steal_pointer (&text);
  return text != NULL ? g_strconcat (text, "\n", more, NULL) : g_steal_pointer (&more);
}

/* The card's own text goes before the preset's, which it may quote. */
static char *
make_overridden (Context             *self,
                 const ContextPrompt *prompt,
                 const char          *key)
{
  const char *own = context_get_field (self, key);
  const char *preset = context_world_disables (self, prompt->id) ? ""
                       : hearth_value_get_member_string (prompt->value, "content", "");
  g_autofree char *original = NULL;
  char *text;

  if (*own == '\0' || hearth_value_get_member_boolean (prompt->value, "forbid_overrides", FALSE))
    return expand (self, preset);
  original = hearth_macros_expand (self->macros, preset);
  hearth_macros_set (self->macros, "original", original);
  text = expand (self, own);
  hearth_macros_set (self->macros, "original", NULL);
  return text;
}

/* Without a preset that arranges, a plain card's prompt is told even when it is empty (nodes.md 5.6). */
static char *
make_main (Context             *self,
           const ContextPrompt *prompt)
{
  char *text = make_overridden (self, prompt, "system_prompt");

  return text == NULL && tells_prompt_only (self) ? g_strdup ("") : text;
}

char *
context_make_text (Context             *self,
                   const ContextPrompt *prompt)
{
  const char *id = prompt->id;

  if (g_str_equal (id, "main"))
    return make_main (self, prompt);
  if (g_str_equal (id, "jailbreak"))
    return make_overridden (self, prompt, "post_history_instructions");
  if (g_str_equal (id, "worldInfoBefore"))
    return make_world (self, WORLD_BEFORE_CHARACTER);
  if (g_str_equal (id, "worldInfoAfter"))
    return make_world (self, WORLD_AFTER_CHARACTER);
  if (g_str_equal (id, "charDescription"))
    return make_framed (self, "description", NULL);
  if (g_str_equal (id, "charPersonality"))
    return make_field (self, "personality", "personality_format", WORLD_IN_PERSONALITY);
  if (g_str_equal (id, "scenario"))
    return make_field (self, "scenario", "scenario_format", WORLD_IN_SCENARIO);
  if (g_str_equal (id, "dialogueExamples"))
    return make_framed (self, "mes_example", NULL);
  if (g_str_equal (id, "personaDescription"))
    return expand (self, context_get_preset (self, "persona_description", ""));
  return expand (self, hearth_value_get_member_string (prompt->value, "content", ""));
}
