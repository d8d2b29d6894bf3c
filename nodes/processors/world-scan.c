/* world-scan.c: which entries of world books a conversation calls up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-scan.h"

#include <string.h>

#include "regex.h"

#define BYTES_PER_TOKEN 3 /* as in the estimate of what a question costs */

/* --- keys ---------------------------------------------------------------------------------------------- */

/* "/pattern/flags"; new strings. */
static gboolean
split_pattern (const char *key,
               char      **pattern,
               char      **flags)
{
  const char *end = *key == '/' ? strrchr (key, '/') : NULL;

  if (end == NULL || end < key + 2 || strspn (end + 1, "dgimsuvy") != strlen (end + 1))
    return FALSE;
  *pattern = g_strndup (key + 1, (gsize) (end - key) - 1);
  *flags = g_strdup (end + 1);
  return TRUE;
}

static gboolean
test_pattern (const WorldScan *self,
              const char      *pattern,
              const char      *flags,
              const char      *text)
{
  g_autoptr (HearthRegex) regex = hearth_regex_new (pattern, strlen (pattern), flags, NULL);
  gboolean matches = FALSE;

  return regex != NULL && hearth_regex_test (regex, text, strlen (text), self->step, &matches, NULL) && matches;
}

static gboolean
is_word (const char *at)
{
  return g_ascii_isalnum (*at) || *at == '_';
}

/* Between characters that are no letters, digits or underscores of ASCII. */
static gboolean
find_word (const char *text,
           const char *key)
{
  gsize length = strlen (key);

  for (const char *at = strstr (text, key); at != NULL; at = strstr (at + 1, key))
    if ((at == text || !is_word (at - 1)) && !is_word (at + length))
      return TRUE;
  return FALSE;
}

static gboolean
matches_text (const WorldEntry *entry,
              const char       *text,
              const char       *written)
{
  g_autofree char *key = entry->case_sensitive ? g_strdup (written) : g_utf8_strdown (written, -1);

  /* Several words are looked for as they are. */
  if (entry->whole_words && strpbrk (key, " \t") == NULL)
    return find_word (text, key);
  return strstr (text, key) != NULL;
}

/* @text: as it is; @folded: in small letters, unless the entry wants it as it is, too. */
static gboolean
matches (const WorldScan  *self,
         const WorldEntry *entry,
         const char       *text,
         const char       *folded,
         const char       *raw)
{
  g_autofree char *key = hearth_macros_expand (self->macros, raw);
  g_autofree char *pattern = NULL;
  g_autofree char *flags = NULL;

  if (split_pattern (key, &pattern, &flags))
    return test_pattern (self, pattern, flags, text);
  return entry->is_pattern ? test_pattern (self, key, "", text) : matches_text (entry, folded, key);
}

static guint
count_matches (const WorldScan  *self,
               const WorldEntry *entry,
               const char       *text,
               const char       *folded,
               char            **keys)
{
  guint n = 0;

  for (char **key = keys; *key != NULL; key++)
    n += matches (self, entry, text, folded, *key);
  return n;
}

static gboolean
is_called (const WorldScan  *self,
           const WorldEntry *entry,
           const char       *text)
{
  guint n_secondary = g_strv_length (entry->secondary);
  g_autofree char *folded = NULL;
  guint n;

  if (entry->constant)
    return TRUE;
  folded = entry->case_sensitive ? g_strdup (text) : g_utf8_strdown (text, -1);
  if (count_matches (self, entry, text, folded, entry->keys) == 0)
    return FALSE;
  if (n_secondary == 0)
    return TRUE;
  n = count_matches (self, entry, text, folded, entry->secondary);
  switch (entry->logic)
    {
    case WORLD_NOT_ALL:
      return n < n_secondary;
    case WORLD_NOT_ANY:
      return n == 0;
    case WORLD_AND_ALL:
      return n == n_secondary;
    case WORLD_AND_ANY:
    default:
      return n > 0;
    }
}

/* --- who may be looked at ----------------------------------------------------------------------------------- */

static gboolean
has_text (HearthValue *list,
          const char  *text)
{
  for (gsize i = 0; text != NULL && hearth_value_is (list, ARRAY) && i < hearth_value_get_length (list); i++)
    if (hearth_value_is (hearth_value_at (list, i), STRING)
        && g_str_equal (hearth_value_get_string (hearth_value_at (list, i), NULL), text))
      return TRUE;
  return FALSE;
}

/* An entry may be for some characters only, or for all but some. */
static gboolean
is_for_character (const WorldScan  *self,
                  const WorldEntry *entry)
{
  HearthValue *names = hearth_value_get (entry->filter, "names");
  HearthValue *tags = hearth_value_get (entry->filter, "tags");
  gboolean named = has_text (names, self->character);
  gsize n = (hearth_value_is (names, ARRAY) ? hearth_value_get_length (names) : 0)
            + (hearth_value_is (tags, ARRAY) ? hearth_value_get_length (tags) : 0);

  if (n == 0)
    return TRUE;
  for (gsize i = 0; !named && hearth_value_is (self->tags, ARRAY) && i < hearth_value_get_length (self->tags); i++)
    if (hearth_value_is (hearth_value_at (self->tags, i), STRING))
      named = has_text (tags, hearth_value_get_string (hearth_value_at (self->tags, i), NULL));
  return named != hearth_value_get_member_boolean (entry->filter, "isExclude", FALSE);
}

static void
refuse_some (const WorldScan *self,
             GPtrArray       *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (entries, i);

      entry->refused = !entry->enabled || entry->delay > (gint64) self->texts->len || !is_for_character (self, entry);
    }
}

/* --- chance ------------------------------------------------------------------------------------------------ */

/* 0 to 1, the same for the same conversation. */
static double
draw (const WorldScan *self,
      guint            number)
{
  guint64 x = self->seed + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) * (number + 1);

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (double) ((x ^ (x >> 31)) >> 11) / (double) (G_GUINT64_CONSTANT (1) << 53);
}

/* Of those of @found in @group: the first that overrides, or one drawn by weight. */
static WorldEntry *
choose (const WorldScan *self,
        GPtrArray       *found,
        const char      *group)
{
  gint64 sum = 0, at;
  WorldEntry *last = NULL;

  for (guint i = 0; i < found->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (found, i);

      if (g_strcmp0 (entry->group, group) != 0)
        continue;
      if (entry->group_override)
        return entry;
      sum += entry->group_weight;
      last = entry;
    }
  at = (gint64) (draw (self, g_str_hash (group)) * (double) sum);
  for (guint i = 0; i < found->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (found, i);

      if (g_strcmp0 (entry->group, group) == 0 && (at -= entry->group_weight) < 0)
        return entry;
    }
  return last;
}

/* Of a group only one entry ever stands in a prompt. */
static void
settle_groups (const WorldScan *self,
               GPtrArray       *entries,
               GPtrArray       *found)
{
  g_autoptr (GHashTable) chosen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (entries, i);

      if (entry->active && entry->group != NULL)
        g_hash_table_insert (chosen, entry->group, entry);
    }
  for (guint i = 0; i < found->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (found, i);

      if (entry->group != NULL && !g_hash_table_contains (chosen, entry->group))
        g_hash_table_insert (chosen, entry->group, choose (self, found, entry->group));
      entry->refused |= entry->group != NULL && g_hash_table_lookup (chosen, entry->group) != entry;
    }
}

/* --- looking ---------------------------------------------------------------------------------------------------- */

static char *
make_text (const WorldScan  *self,
           const WorldEntry *entry,
           const char       *recursed)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->texts->len && (gint64) i < entry->scan_depth; i++)
    {
      g_string_append (text, g_ptr_array_index (self->texts, i));
      g_string_append_c (text, '\n');
    }
  g_string_append (text, recursed);
  return g_string_free (text, FALSE);
}

/* @recursed: what has been called up so far; NULL at the first look. */
static GPtrArray *
look (const WorldScan *self,
      GPtrArray       *entries,
      const char      *recursed)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < entries->len && !hearth_step_is_cancelled (self->step); i++)
    {
      WorldEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *text = NULL;

      if (entry->active || entry->refused || (recursed == NULL ? entry->awaits_recursion : entry->excludes_recursion))
        continue;
      text = make_text (self, entry, recursed != NULL ? recursed : "");
      if (is_called (self, entry, text))
        g_ptr_array_add (found, entry);
    }
  return found;
}

/* A book that is full stays so, but for what does not ask. */
static gboolean
fits (WorldEntry *entry,
      gint64     *left)
{
  gint64 tokens = (gint64) strlen (entry->content) / BYTES_PER_TOKEN + 1;

  if (left[entry->book] < 0)
    return TRUE;
  if (!entry->ignores_budget && tokens > left[entry->book])
    {
      left[entry->book] = 0;
      return FALSE;
    }
  left[entry->book] = MAX (left[entry->book] - tokens, 0);
  return TRUE;
}

static guint
take (const WorldScan *self,
      GPtrArray       *found,
      gint64          *left,
      GString         *recursed)
{
  guint n = 0;

  for (guint i = 0; i < found->len; i++)
    {
      WorldEntry *entry = g_ptr_array_index (found, i);
      g_autofree char *raw = NULL;

      entry->refused |= entry->probability < 100 && draw (self, entry->index) * 100 >= entry->probability;
      if (entry->refused)
        continue;
      raw = g_steal_pointer (&entry->content);
      entry->content = hearth_macros_expand (self->macros, raw);
      entry->active = fits (entry, left);
      entry->refused = !entry->active;
      n += entry->active;
      if (entry->active && !entry->prevents_recursion)
        g_string_append_printf (recursed, "%s\n", entry->content);
    }
  return n;
}

static gboolean
some_await (GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    if (((WorldEntry *) g_ptr_array_index (entries, i))->awaits_recursion)
      return TRUE;
  return FALSE;
}

gboolean
world_scan (const WorldScan *self,
            GPtrArray       *entries,
            const gint64    *budgets,
            guint            n_budgets)
{
  g_autofree gint64 *left = g_memdup2 (budgets, n_budgets * sizeof *budgets);
  g_autoptr (GString) recursed = g_string_new (NULL);
  gboolean again = TRUE;

  refuse_some (self, entries);
  for (guint round = 0; again && !hearth_step_is_cancelled (self->step); round++)
    {
      g_autoptr (GPtrArray) found = look (self, entries, round > 0 ? recursed->str : NULL);
      gsize before = recursed->len;

      settle_groups (self, entries, found);
      take (self, found, left, recursed);
      again = recursed->len > before || (round == 0 && some_await (entries));
    }
  return !hearth_step_is_cancelled (self->step);
}

/* The higher the order, the nearer to the end; of equals the later one comes first, as in SillyTavern. */
static gint
compare (gconstpointer a,
         gconstpointer b)
{
  const WorldEntry *one = *(WorldEntry *const *) a;
  const WorldEntry *two = *(WorldEntry *const *) b;

  if (one->order != two->order)
    return one->order < two->order ? -1 : 1;
  return one->index > two->index ? -1 : 1;
}

GPtrArray *
world_list_active (GPtrArray *entries)
{
  GPtrArray *active = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    if (((WorldEntry *) g_ptr_array_index (entries, i))->active)
      g_ptr_array_add (active, g_ptr_array_index (entries, i));
  g_ptr_array_sort (active, compare);
  return active;
}
