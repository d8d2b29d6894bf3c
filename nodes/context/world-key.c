/* world-key.c: the words of world books, and whether a conversation has them
 *
 * One conversation is looked through many times, once for each answer it has (world-time.h). A word is looked for in each
 * message only once: what was found is remembered.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "world-key.h"

#include <string.h>

#include "processors/regex.h"

#define MAX_REMEMBERED 4096 /* messages, the last ones */

enum { UNKNOWN, ABSENT, PRESENT };

struct _WorldKey
{
  char        *raw;
  char        *text;      /* with macros filled in; folded, unless case counts */
  HearthRegex *regex;     /* or NULL */
  gboolean     is_damaged; /* a pattern that is none */
  guint8      *found;     /* for each message from the last one back, behind each sight; or NULL */
};

WorldKey *
world_key_new (const char *raw)
{
  WorldKey *self = g_new0 (WorldKey, 1);

  self->raw = g_strdup (raw);
  return self;
}

void
world_key_free (gpointer data)
{
  WorldKey *self = data;

  g_clear_pointer (&self->regex, hearth_regex_free);
  g_free (self->found);
  g_free (self->text);
  g_free (self->raw);
  g_free (self);
}

/* --- patterns --------------------------------------------------------------------------------------------- */

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

static void
compile (WorldKey   *self,
         const char *pattern,
         const char *flags)
{
  self->regex = hearth_regex_new (pattern, strlen (pattern), flags, NULL);
  self->is_damaged = self->regex == NULL;
}

void
world_key_prepare (WorldKey            *self,
                   const WorldKeyStyle *style,
                   HearthMacros        *macros)
{
  g_autofree char *expanded = NULL;
  g_autofree char *pattern = NULL;
  g_autofree char *flags = NULL;

  g_return_if_fail (self != NULL && self->text == NULL);

  expanded = g_strstrip (hearth_macros_expand_apart (macros, self->raw));
  if (split_pattern (expanded, &pattern, &flags))
    compile (self, pattern, flags);
  else if (style->is_pattern)
    compile (self, expanded, "");
  self->text = style->case_sensitive ? g_strdup (expanded) : g_utf8_strdown (expanded, -1);
}

/* One that takes too long once is not tried again. */
static gboolean
test_pattern (WorldKey  *self,
              WorldView *view)
{
  const char *text = world_view_get_joined (view);
  gboolean matches = FALSE;

  if (!hearth_regex_test (self->regex, text, strlen (text), view->step, &matches, NULL))
    {
      self->is_damaged = TRUE;
      g_clear_pointer (&self->regex, hearth_regex_free);
      return FALSE;
    }
  return matches;
}

/* --- words ------------------------------------------------------------------------------------------------ */

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
is_in_text (const WorldKey      *self,
            const WorldKeyStyle *style,
            const WorldText     *text)
{
  const char *where = style->case_sensitive ? text->raw : text->folded;

  if (where == NULL)
    return FALSE;
  /* Several words are looked for as they are. */
  if (style->whole_words && strpbrk (self->text, " \t\n") == NULL)
    return find_word (where, self->text);
  return strstr (where, self->text) != NULL;
}

/* @number: of @text among the sights of the chat and its messages. */
static gboolean
is_in_known_text (WorldKey            *self,
                  const WorldKeyStyle *style,
                  const WorldText     *text,
                  guint                number)
{
  if (number >= WORLD_N_SIGHTS + MAX_REMEMBERED)
    return is_in_text (self, style, text);
  if (self->found[number] == UNKNOWN)
    self->found[number] = is_in_text (self, style, text) ? PRESENT : ABSENT;
  return self->found[number] == PRESENT;
}

gboolean
world_key_is_in (WorldKey            *self,
                 const WorldKeyStyle *style,
                 WorldView           *view)
{
  GArray *messages;

  g_return_val_if_fail (self != NULL && self->text != NULL, FALSE);

  if (self->is_damaged || *self->text == '\0')
    return FALSE;
  if (self->regex != NULL)
    return test_pattern (self, view);
  messages = view->chat->messages;
  if (self->found == NULL)
    self->found = g_new0 (guint8, WORLD_N_SIGHTS + MIN (messages->len, MAX_REMEMBERED));
  for (guint i = view->end; i > view->first; i--)
    if (is_in_known_text (self, style, &g_array_index (messages, WorldText, i - 1), WORLD_N_SIGHTS + messages->len - i))
      return TRUE;
  for (guint i = 0; i < WORLD_N_SIGHTS; i++)
    if ((view->sights & (1u << i)) && is_in_known_text (self, style, &view->chat->sights[i], i))
      return TRUE;
  return view->recursed != NULL && is_in_text (self, style, view->recursed);
}
