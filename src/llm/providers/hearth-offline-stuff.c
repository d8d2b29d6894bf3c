/* hearth-offline-stuff.c: the words and numbers of a question, which values are made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-offline-scalar-private.h"

#include <math.h>

#include "hearth-offline-private.h"

#define MIN_WORD 4    /* characters; shorter ones say little */
#define MAX_FOUND 100 /* words, and numbers */

static gboolean
has_number (GArray *numbers,
            double  number)
{
  for (guint i = 0; i < numbers->len; i++)
    if (g_array_index (numbers, double, i) == number)
      return TRUE;
  return FALSE;
}

static void
collect_numbers (GArray     *numbers,
                 const char *text)
{
  for (const char *at = text; *at != '\0' && numbers->len < MAX_FOUND;)
    {
      char *end = (char *) at + 1;
      double number = 0;

      if (g_ascii_isdigit (*at) || (*at == '-' && g_ascii_isdigit (at[1])))
        {
          number = g_ascii_strtod (at, &end);
          if (isfinite (number) && !has_number (numbers, number))
            g_array_append_val (numbers, number);
        }
      at = end;
    }
}

static gboolean
says_something (const char *word)
{
  return g_utf8_strlen (word, -1) >= MIN_WORD && !g_ascii_isdigit (*word);
}

static void
collect_words (GPtrArray  *words,
               const char *text)
{
  g_autoptr (GPtrArray) all = _hearth_offline_dup_words (text);

  for (guint i = 0; i < all->len && words->len < MAX_FOUND; i++)
    {
      const char *word = g_ptr_array_index (all, i);

      if (says_something (word) && !g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
        g_ptr_array_add (words, g_strdup (word));
    }
}

void
_hearth_offline_stuff_init (HearthOfflineStuff *self,
                            const char         *question)
{
  self->question = question;
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_array_new (FALSE, FALSE, sizeof (double));
  collect_words (self->words, question);
  collect_numbers (self->numbers, question);
}

void
_hearth_offline_stuff_clear (HearthOfflineStuff *self)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_array_unref);
}
