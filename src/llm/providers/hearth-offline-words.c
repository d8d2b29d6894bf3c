/* hearth-offline-words.c: words and tokens of texts, the same on every machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-offline-private.h"

#include <string.h>

#define FNV_BASIS G_GUINT64_CONSTANT (14695981039346656037)
#define FNV_PRIME G_GUINT64_CONSTANT (1099511628211)

#define CHARACTERS_PER_TOKEN 4

guint64
_hearth_offline_hash (guint64     seed,
                      const char *text)
{
  guint64 hash = FNV_BASIS ^ seed;

  for (const guchar *at = (const guchar *) text; *at != '\0'; at++)
    hash = (hash ^ *at) * FNV_PRIME;
  return hash ^ (hash >> 32);
}

/* Writing without spaces, where one character is about one word. */
static gboolean
is_ideograph (gunichar c)
{
  return c >= 0x1100 && g_unichar_iswide (c) && g_unichar_isalpha (c);
}

static const char *
find_word_end (const char *at)
{
  if (is_ideograph (g_utf8_get_char (at)))
    return g_utf8_next_char (at);
  while (*at != '\0' && g_unichar_isalnum (g_utf8_get_char (at)) && !is_ideograph (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return at;
}

static char *
dup_small (const char *begin,
           const char *end)
{
  GString *out = g_string_new (NULL);

  for (const char *at = begin; at < end; at = g_utf8_next_char (at))
    g_string_append_unichar (out, g_unichar_tolower (g_utf8_get_char (at)));
  return g_string_free (out, FALSE);
}

GPtrArray *
_hearth_offline_dup_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = text; *at != '\0';)
    {
      const char *end = find_word_end (at);

      if (end == at)
        {
          at = g_utf8_next_char (at);
          continue;
        }
      g_ptr_array_add (words, dup_small (at, end));
      at = end;
    }
  return words;
}

/* Behind the first @max_words; the end when there are no more. */
static const char *
find_cut (const char *text,
          guint       max_words)
{
  const char *at = text;

  for (guint n = 0; *at != '\0'; n++)
    {
      const char *end;

      while (*at != '\0' && !g_unichar_isalnum (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      end = find_word_end (at);
      if (n == max_words && end > at)
        return at;
      at = end;
    }
  return at;
}

char *
_hearth_offline_shorten (const char *text,
                         guint       max_words)
{
  const char *cut = find_cut (text, max_words);
  g_autofree char *beginning = g_strndup (text, (gsize) (cut - text));
  gboolean is_cut = cut[strspn (cut, " \t\r\n")] != '\0';

  for (char *at = beginning; *at != '\0'; at++)
    if (g_ascii_isspace (*at))
      *at = ' ';
  return g_strconcat (g_strstrip (beginning), is_cut ? " …" : "", NULL);
}

gint64
_hearth_offline_count_tokens (const char *text)
{
  gint64 wide = 0, narrow = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if ((guchar) *at < 0x80 || !is_ideograph (g_utf8_get_char (at)))
      narrow++;
    else
      wide++;
  return wide + (narrow + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
}

gsize
_hearth_offline_measure (const char *text,
                         gint64      max_tokens)
{
  const char *at = text;
  gint64 quarters = 0; /* of a token */

  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      quarters += is_ideograph (g_utf8_get_char (at)) ? CHARACTERS_PER_TOKEN : 1;
      if ((quarters - 1) / CHARACTERS_PER_TOKEN >= max_tokens)
        break;
    }
  return (gsize) (at - text);
}
