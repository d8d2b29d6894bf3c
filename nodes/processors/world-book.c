/* world-book.c: entries of world books in normal form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-book.h"

#include <string.h>

#define DEFAULT_DEPTH 4
#define DEFAULT_SCAN_DEPTH 2
#define DEFAULT_ORDER 100
#define DEFAULT_WEIGHT 100

void
world_entry_free (gpointer data)
{
  WorldEntry *self = data;

  g_strfreev (self->keys);
  g_strfreev (self->secondary);
  g_free (self->content);
  g_free (self->group);
  g_free (self);
}

/* --- members ---------------------------------------------------------------------------------------- */

/* Files of worlds write "scanDepth", books of cards "scan_depth", here or in their extensions. null is nothing. */
static HearthValue *
find (HearthValue *object,
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

static gint64
find_integer (HearthValue *object,
              const char  *camel,
              const char  *snake,
              gint64       fallback)
{
  HearthValue *value = find (object, camel, snake);

  return hearth_value_is_number (value) ? hearth_value_get_integer (value) : fallback;
}

static gboolean
find_boolean (HearthValue *object,
              const char  *camel,
              const char  *snake,
              gboolean     fallback)
{
  HearthValue *value = find (object, camel, snake);

  return value != NULL ? hearth_value_is_truthy (value) : fallback;
}

/* A list of texts, or one text with commas between them. */
static char **
list_keys (HearthValue *value)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_auto (GStrv) split = hearth_value_is (value, STRING) ? g_strsplit (hearth_value_get_string (value, NULL), ",", -1) : NULL;
  gsize n = hearth_value_is (value, ARRAY) ? hearth_value_get_length (value) : split != NULL ? g_strv_length (split) : 0;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *key = split != NULL ? g_strdup (split[i]) : hearth_value_to_text (hearth_value_at (value, i));

      if (*g_strstrip (key) != '\0')
        g_strv_builder_add (keys, key);
    }
  return g_strv_builder_end (keys);
}

/* --- entries ------------------------------------------------------------------------------------------- */

static WorldPosition
read_position (HearthValue *value)
{
  gint64 number = find_integer (value, "position", "position", -1);

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
  HearthValue *role = find (value, "role", "role");

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if ((hearth_value_is_number (role) && hearth_value_get_integer (role) == i)
        || (hearth_value_is (role, STRING) && g_str_equal (hearth_value_get_string (role, NULL), roles[i])))
      return roles[i];
  return roles[0];
}

static double
read_probability (HearthValue *value)
{
  HearthValue *probability = find (value, "probability", "probability");

  if (!find_boolean (value, "useProbability", "use_probability", TRUE) || !hearth_value_is_number (probability))
    return 100;
  return hearth_value_get_double (probability);
}

/* Version 3 writes some settings as lines at the beginning of the text: "@@depth 2". All of them are taken out. */
static void
read_decorators (WorldEntry *self)
{
  const char *at = self->content;
  char *rest;

  while (g_str_has_prefix (at, "@@"))
    {
      gsize length = strcspn (at, "\n");
      g_autofree char *line = g_strndup (at, length);
      char *value = line + strcspn (line, " ");

      value += *value != '\0' ? 1 : 0;
      if (g_str_has_prefix (line, "@@activate"))
        self->constant = TRUE;
      else if (g_str_has_prefix (line, "@@dont_activate"))
        self->enabled = FALSE;
      else if (g_str_has_prefix (line, "@@scan_depth "))
        self->scan_depth = g_ascii_strtoll (value, NULL, 10);
      else if (g_str_has_prefix (line, "@@depth "))
        {
          self->depth = g_ascii_strtoll (value, NULL, 10);
          self->position = WORLD_AT_DEPTH;
        }
      else if (g_str_has_prefix (line, "@@role "))
        self->role = g_str_equal (value, "user") ? "user" : g_str_equal (value, "assistant") ? "assistant" : "system";
      at += length + (at[length] == '\n' ? 1 : 0);
    }
  rest = g_strdup (at);
  g_free (self->content);
  self->content = rest;
}

/* Of a kind of message that is not made here: a continuation, say. */
static gboolean
is_for_others (HearthValue *value)
{
  HearthValue *triggers = find (value, "triggers", "triggers");

  if (!hearth_value_is (triggers, ARRAY) || hearth_value_get_length (triggers) == 0)
    return FALSE;
  for (gsize i = 0; i < hearth_value_get_length (triggers); i++)
    if (hearth_value_is (hearth_value_at (triggers, i), STRING)
        && g_str_equal (hearth_value_get_string (hearth_value_at (triggers, i), NULL), "normal"))
      return FALSE;
  return TRUE;
}

static void
read_keys (WorldEntry  *self,
           HearthValue *value)
{
  gboolean of_world = hearth_value_get (value, "key") != NULL;
  gboolean selective = hearth_value_get_member_boolean (value, "selective", of_world);

  self->keys = list_keys (find (value, "key", "keys"));
  self->secondary = selective ? list_keys (find (value, "keysecondary", "secondary_keys")) : g_new0 (char *, 1);
  self->logic = (WorldLogic) CLAMP (find_integer (value, "selectiveLogic", "selective_logic", 0), WORLD_AND_ANY, WORLD_AND_ALL);
  self->is_pattern = find_boolean (value, "useRegex", "use_regex", FALSE);
}

static void
read_recursion (WorldEntry  *self,
                HearthValue *book,
                HearthValue *value)
{
  gboolean recursive = find_boolean (book, "recursiveScanning", "recursive_scanning", FALSE);

  self->excludes_recursion = !recursive || find_boolean (value, "excludeRecursion", "exclude_recursion", FALSE);
  self->prevents_recursion = !recursive || find_boolean (value, "preventRecursion", "prevent_recursion", FALSE);
  self->awaits_recursion = recursive && find_boolean (value, "delayUntilRecursion", "delay_until_recursion", FALSE);
}

static void
read_group (WorldEntry  *self,
            HearthValue *value)
{
  HearthValue *group = find (value, "group", "group");

  if (hearth_value_is (group, STRING) && *hearth_value_get_string (group, NULL) != '\0')
    self->group = g_strdup (hearth_value_get_string (group, NULL));
  self->group_override = find_boolean (value, "groupOverride", "group_override", FALSE);
  self->group_weight = MAX (find_integer (value, "groupWeight", "group_weight", DEFAULT_WEIGHT), 0);
}

static WorldEntry *
read_entry (HearthValue *book,
            HearthValue *value)
{
  WorldEntry *self = g_new0 (WorldEntry, 1);
  HearthValue *outlet = find (value, "outletName", "outlet_name");

  read_keys (self, value);
  read_recursion (self, book, value);
  read_group (self, value);
  self->content = g_strdup (hearth_value_get_member_string (value, "content", ""));
  self->outlet = hearth_value_is (outlet, STRING) ? hearth_value_get_string (outlet, NULL) : NULL;
  self->filter = find (value, "characterFilter", "character_filter");
  self->enabled = !hearth_value_get_member_boolean (value, "disable", FALSE)
                  && hearth_value_get_member_boolean (value, "enabled", TRUE) && !is_for_others (value);
  self->constant = hearth_value_get_member_boolean (value, "constant", FALSE);
  self->position = read_position (value);
  self->role = read_role (value);
  self->order = find_integer (value, "order", "insertion_order", DEFAULT_ORDER);
  self->depth = MAX (find_integer (value, "depth", "depth", DEFAULT_DEPTH), 0);
  self->scan_depth = find_integer (book, "scanDepth", "scan_depth", DEFAULT_SCAN_DEPTH);
  self->scan_depth = find_integer (value, "scanDepth", "scan_depth", self->scan_depth);
  self->delay = find_integer (value, "delay", "delay", 0);
  self->probability = read_probability (value);
  self->case_sensitive = find_boolean (book, "caseSensitive", "case_sensitive", FALSE);
  self->case_sensitive = find_boolean (value, "caseSensitive", "case_sensitive", self->case_sensitive);
  self->whole_words = find_boolean (book, "matchWholeWords", "match_whole_words", FALSE);
  self->whole_words = find_boolean (value, "matchWholeWords", "match_whole_words", self->whole_words);
  self->ignores_budget = find_boolean (value, "ignoreBudget", "ignore_budget", FALSE);
  read_decorators (self);
  return self;
}

/* --- books --------------------------------------------------------------------------------------------------- */

WorldBook
world_book_find (HearthValue *value)
{
  HearthValue *data = hearth_value_get (value, "data");
  HearthValue *places[] = { value, hearth_value_get (value, "character_book"), hearth_value_get (data, "character_book"), data };
  WorldBook self = { .budget = -1 };

  if (hearth_value_is (value, ARRAY))
    self.value = value;
  for (guint i = 0; i < G_N_ELEMENTS (places) && self.value == NULL; i++)
    if (hearth_value_get_member_kind (places[i], "entries", HEARTH_VALUE_OBJECT) != NULL
        || hearth_value_get_member_kind (places[i], "entries", HEARTH_VALUE_ARRAY) != NULL)
      self.value = places[i];
  self.budget = find_integer (self.value, "tokenBudget", "token_budget", -1);
  return self;
}

/* Higher order first: what has to go when the budget is used up comes last. */
static gint
compare (gconstpointer a,
         gconstpointer b)
{
  const WorldEntry *one = *(WorldEntry *const *) a;
  const WorldEntry *two = *(WorldEntry *const *) b;

  if (one->order != two->order)
    return one->order > two->order ? -1 : 1;
  return one->index < two->index ? -1 : 1;
}

void
world_book_read (const WorldBook *self,
                 guint            number,
                 GPtrArray       *entries)
{
  HearthValue *list = hearth_value_is (self->value, ARRAY) ? self->value : hearth_value_get (self->value, "entries");
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (gsize i = 0; list != NULL && i < hearth_value_get_length (list); i++)
    {
      HearthValue *value = hearth_value_is (list, OBJECT) ? hearth_value_member_at (list, i) : hearth_value_at (list, i);
      WorldEntry *entry;

      if (!hearth_value_is (value, OBJECT))
        continue;
      entry = read_entry (self->value, value);
      entry->book = number;
      entry->index = (guint) i;
      g_ptr_array_add (sorted, entry);
    }
  g_ptr_array_sort (sorted, compare);
  for (guint i = 0; i < sorted->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (sorted, i);

      entry->index = entries->len;
      g_ptr_array_add (entries, entry);
    }
}
