/* world-entry.c: one entry of a world book in normal form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-entry.h"

#include <string.h>

#define DEFAULT_DEPTH 4
#define DEFAULT_ORDER 100
#define DEFAULT_WEIGHT 100

void
world_entry_free (gpointer data)
{
  WorldEntry *self = data;

  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->secondary);
  g_ptr_array_unref (self->more_keys);
  g_ptr_array_unref (self->excluded_keys);
  g_strfreev (self->groups);
  g_free (self->content);
  g_free (self->text);
  g_free (self);
}

/* --- members ---------------------------------------------------------------------------------------- */

HearthValue *
world_find_member (HearthValue *object,
                   const char  *camel,
                   const char  *snake)
{
  HearthValue *extensions = hearth_value_get (object, "extensions");
  HearthValue *places[] = { hearth_value_get (object, camel), hearth_value_get (object, snake),
                            hearth_value_get (extensions, snake), hearth_value_get (extensions, camel) };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i] != NULL && !hearth_value_is (places[i], NULL))
      return places[i];
  return NULL;
}

gint64
world_find_integer (HearthValue *object,
                    const char  *camel,
                    const char  *snake,
                    gint64       fallback)
{
  HearthValue *value = world_find_member (object, camel, snake);

  return hearth_value_is_number (value) ? hearth_value_get_integer (value) : fallback;
}

gboolean
world_find_boolean (HearthValue *object,
                    const char  *camel,
                    const char  *snake,
                    gboolean     fallback)
{
  HearthValue *value = world_find_member (object, camel, snake);

  return value != NULL ? hearth_value_is_truthy (value) : fallback;
}

static void
add_key (GPtrArray *keys,
         char      *text)
{
  if (*g_strstrip (text) != '\0')
    g_ptr_array_add (keys, world_key_new (text));
}

void
world_add_keys (GPtrArray  *keys,
                const char *list)
{
  g_auto (GStrv) split = g_strsplit (list, ",", -1);

  for (char **text = split; *text != NULL; text++)
    add_key (keys, *text);
}

/* A list of texts, or one text with commas between them. */
static GPtrArray *
list_keys (HearthValue *value)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (world_key_free);

  if (hearth_value_is (value, STRING))
    world_add_keys (keys, hearth_value_get_string (value, NULL));
  for (gsize i = 0; hearth_value_is (value, ARRAY) && i < hearth_value_get_length (value); i++)
    {
      g_autofree char *text = hearth_value_to_text (hearth_value_at (value, i));

      add_key (keys, text);
    }
  return keys;
}

/* --- where ------------------------------------------------------------------------------------------------- */

static WorldPosition
read_position (HearthValue *value)
{
  gint64 number = world_find_integer (value, "position", "position", -1);

  if (number >= WORLD_BEFORE_CHARACTER && number <= WORLD_OUTLET)
    return (WorldPosition) number;
  /* The word of the specification, unless an extension says it better. */
  number = hearth_value_get_member_integer (hearth_value_get (value, "extensions"), "position", -1);
  if (number >= WORLD_BEFORE_CHARACTER && number <= WORLD_OUTLET)
    return (WorldPosition) number;
  return g_str_equal (hearth_value_get_member_string (value, "position", ""), "after_char") ? WORLD_AFTER_CHARACTER
                                                                                          : WORLD_BEFORE_CHARACTER;
}

static const char *
read_role (HearthValue *value)
{
  static const char *const roles[] = { "system", "user", "assistant" };
  HearthValue *role = world_find_member (value, "role", "role");

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if ((hearth_value_is_number (role) && hearth_value_get_integer (role) == i)
        || (hearth_value_is (role, STRING) && g_str_equal (hearth_value_get_string (role, NULL), roles[i])))
      return roles[i];
  return roles[0];
}

static void
read_place (WorldEntry  *self,
            HearthValue *value)
{
  HearthValue *outlet = world_find_member (value, "outletName", "outlet_name");

  self->outlet = hearth_value_is (outlet, STRING) ? hearth_value_get_string (outlet, NULL) : NULL;
  self->position = read_position (value);
  self->role = read_role (value);
  self->order = world_find_integer (value, "order", "insertion_order", DEFAULT_ORDER);
  self->depth = MAX (world_find_integer (value, "depth", "depth", DEFAULT_DEPTH), 0);
}

/* --- when -------------------------------------------------------------------------------------------------- */

/* SillyTavern says of all keys in its cards that they are patterns, and takes only those between slashes for such. Its
 * cards are known by extensions that no one else has. */
static gboolean
is_of_silly_tavern (HearthValue *value)
{
  HearthValue *extensions = hearth_value_get (value, "extensions");

  return hearth_value_get (extensions, "selectiveLogic") != NULL || hearth_value_get (extensions, "useProbability") != NULL;
}

static void
read_keys (WorldEntry  *self,
           HearthValue *book,
           HearthValue *value)
{
  gboolean of_world = hearth_value_get (value, "key") != NULL;
  WorldKeyStyle *style = &self->style;

  self->keys = list_keys (world_find_member (value, "key", "keys"));
  self->secondary = list_keys (world_find_member (value, "keysecondary", "secondary_keys"));
  self->selective = hearth_value_get_member_boolean (value, "selective", of_world);
  self->more_keys = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->excluded_keys = g_ptr_array_new_with_free_func (world_key_free);
  self->logic = (WorldLogic) CLAMP (world_find_integer (value, "selectiveLogic", "selective_logic", 0), WORLD_AND_ANY,
                                    WORLD_AND_ALL);
  style->is_pattern = world_find_boolean (value, "useRegex", "use_regex", FALSE) && !is_of_silly_tavern (value);
  style->case_sensitive = world_find_boolean (book, "caseSensitive", "case_sensitive", FALSE);
  style->case_sensitive = world_find_boolean (value, "caseSensitive", "case_sensitive", style->case_sensitive);
  style->whole_words = world_find_boolean (book, "matchWholeWords", "match_whole_words", FALSE);
  style->whole_words = world_find_boolean (value, "matchWholeWords", "match_whole_words", style->whole_words);
}

static WorldSight
read_sights (HearthValue *value)
{
  static const struct { const char *camel, *snake; WorldSight sight; } members[] = {
    { "matchPersonaDescription", "match_persona_description", WORLD_SEES_PERSONA },
    { "matchCharacterDescription", "match_character_description", WORLD_SEES_DESCRIPTION },
    { "matchCharacterPersonality", "match_character_personality", WORLD_SEES_PERSONALITY },
    { "matchCharacterDepthPrompt", "match_character_depth_prompt", WORLD_SEES_DEPTH_PROMPT },
    { "matchScenario", "match_scenario", WORLD_SEES_SCENARIO },
    { "matchCreatorNotes", "match_creator_notes", WORLD_SEES_NOTES },
  };
  WorldSight sights = 0;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (world_find_boolean (value, members[i].camel, members[i].snake, FALSE))
      sights |= members[i].sight;
  return sights;
}

static double
read_probability (HearthValue *value)
{
  HearthValue *probability = world_find_member (value, "probability", "probability");

  if (!world_find_boolean (value, "useProbability", "use_probability", TRUE) || !hearth_value_is_number (probability))
    return 100;
  return hearth_value_get_double (probability);
}

/* "true" is the first level. */
static gint64
read_recursion_level (HearthValue *value)
{
  HearthValue *level = world_find_member (value, "delayUntilRecursion", "delay_until_recursion");

  if (hearth_value_is_number (level))
    return MAX (hearth_value_get_integer (level), 0);
  return level != NULL && hearth_value_is_truthy (level) ? 1 : 0;
}

static void
read_recursion (WorldEntry  *self,
                HearthValue *value)
{
  self->excludes_recursion = world_find_boolean (value, "excludeRecursion", "exclude_recursion", FALSE);
  self->prevents_recursion = world_find_boolean (value, "preventRecursion", "prevent_recursion", FALSE);
  self->recursion_level = read_recursion_level (value);
}

static void
read_group (WorldEntry  *self,
            HearthValue *book,
            HearthValue *value)
{
  HearthValue *group = world_find_member (value, "group", "group");
  g_auto (GStrv) names = g_strsplit (hearth_value_is (group, STRING) ? hearth_value_get_string (group, NULL) : "", ",", -1);
  g_autoptr (GStrvBuilder) groups = g_strv_builder_new ();

  for (char **name = names; *name != NULL; name++)
    if (*g_strstrip (*name) != '\0')
      g_strv_builder_add (groups, *name);
  self->groups = g_strv_builder_end (groups);
  self->group_override = world_find_boolean (value, "groupOverride", "group_override", FALSE);
  self->group_weight = MAX (world_find_integer (value, "groupWeight", "group_weight", DEFAULT_WEIGHT), 0);
  self->group_scoring = world_find_boolean (book, "useGroupScoring", "use_group_scoring", FALSE);
  self->group_scoring = world_find_boolean (value, "useGroupScoring", "use_group_scoring", self->group_scoring);
}

static void
read_times (WorldEntry  *self,
            HearthValue *value)
{
  self->delay = world_find_integer (value, "delay", "delay", 0);
  self->sticky = CLAMP (world_find_integer (value, "sticky", "sticky", 0), 0, WORLD_FOR_EVER);
  self->cooldown = CLAMP (world_find_integer (value, "cooldown", "cooldown", 0), 0, WORLD_FOR_EVER);
  self->greeting = -1;
}

WorldEntry *
world_entry_new (HearthValue *book,
                 HearthValue *value)
{
  WorldEntry *self = g_new0 (WorldEntry, 1);

  g_return_val_if_fail (hearth_value_is (value, OBJECT), NULL);

  read_keys (self, book, value);
  read_recursion (self, value);
  read_group (self, book, value);
  read_place (self, value);
  read_times (self, value);
  self->content = g_strdup (hearth_value_get_member_string (value, "content", ""));
  self->filter = world_find_member (value, "characterFilter", "character_filter");
  self->triggers = world_find_member (value, "triggers", "triggers");
  self->enabled = !hearth_value_get_member_boolean (value, "disable", FALSE)
                  && hearth_value_get_member_boolean (value, "enabled", TRUE);
  self->constant = hearth_value_get_member_boolean (value, "constant", FALSE);
  self->scan_depth = world_find_integer (value, "scanDepth", "scan_depth", -1);
  self->sights = read_sights (value);
  self->probability = read_probability (value);
  self->ignores_budget = world_find_boolean (value, "ignoreBudget", "ignore_budget", FALSE);
  world_read_decorators (self);
  return self;
}
