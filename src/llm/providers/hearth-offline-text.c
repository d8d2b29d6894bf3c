/* hearth-offline-text.c: what the offline model says
 *
 * It knows nothing, so it says what it was asked and what a tool told it, and always that it is not a real model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-offline-private.h"

#include <string.h>

#include "hearth-part-private.h"

#include "hearth-i18n.h"

#define SHORT_WORDS 60 /* are repeated whole */
#define BEGINNING_WORDS 30
#define N_KEY_WORDS 5
#define MAX_QUESTION (32 * 1024) /* bytes */
#define MIN_KEY_WORD 5 /* characters; shorter ones say little */

/* --- the conversation ------------------------------------------------------------------------------- */

static gboolean
has_role (HearthValue *message,
          const char  *role)
{
  return g_str_equal (hearth_value_get_member_string (message, "role", ""), role);
}

/* The number of messages when there is none. */
static gsize
find_last_user (HearthValue *messages)
{
  gsize n = hearth_value_get_length (messages);

  for (gsize i = n; i > 0; i--)
    if (has_role (hearth_value_at (messages, i - 1), "user"))
      return i - 1;
  return n;
}

static char *
take_beginning (char *text)
{
  if (strlen (text) > MAX_QUESTION)
    *g_utf8_find_prev_char (text, text + MAX_QUESTION) = '\0';
  return text;
}

char *
_hearth_offline_dup_question (HearthValue *messages)
{
  gsize last = find_last_user (messages);

  if (last == hearth_value_get_length (messages))
    return g_strdup ("");
  return take_beginning (_hearth_content_dup_text (hearth_value_get (hearth_value_at (messages, last), "content")));
}

char *
_hearth_offline_dup_result (HearthValue *messages)
{
  gsize n = hearth_value_get_length (messages);
  gsize last = find_last_user (messages);
  g_autoptr (GString) out = NULL;

  for (gsize i = last == n ? 0 : last + 1; i < n; i++)
    {
      g_autofree char *text = NULL;

      if (!has_role (hearth_value_at (messages, i), "tool"))
        continue;
      text = _hearth_content_dup_text (hearth_value_get (hearth_value_at (messages, i), "content"));
      if (out == NULL)
        out = g_string_new (NULL);
      g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", text);
    }
  return out != NULL ? take_beginning (g_string_free (g_steal_pointer (&out), FALSE)) : NULL;
}

/* --- pictures and files ------------------------------------------------------------------------------- */

static guint
count_parts (HearthValue *messages,
             const char  *type)
{
  gsize last = find_last_user (messages);
  HearthValue *content = last < hearth_value_get_length (messages)
                           ? hearth_value_get_member_kind (hearth_value_at (messages, last), "content", HEARTH_VALUE_ARRAY) : NULL;
  guint n = 0;

  for (gsize i = 0; content != NULL && i < hearth_value_get_length (content); i++)
    n += g_str_equal (hearth_value_get_member_string (hearth_value_at (content, i), "type", ""), type);
  return n;
}

static void
append_parts (GString     *out,
              HearthValue *messages)
{
  guint n_images = count_parts (messages, "image_url");
  guint n_files = count_parts (messages, "file");

  if (n_images > 0)
    g_string_append_printf (out, ngettext (" There was %u picture with it.", " There were %u pictures with it.", n_images), n_images);
  if (n_files > 0)
    g_string_append_printf (out, ngettext (" There was %u file with it.", " There were %u files with it.", n_files), n_files);
}

/* --- words that stand out -------------------------------------------------------------------------------- */

typedef struct
{
  const char *word;
  guint n;
  guint place;
} Count;

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const Count *one = a, *two = b;

  if (one->n != two->n)
    return one->n < two->n ? 1 : -1;
  return one->place < two->place ? -1 : 1;
}

static GArray *
count_words (GPtrArray *words)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (Count));

  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      gpointer place;

      if (g_utf8_strlen (word, -1) < MIN_KEY_WORD)
        continue;
      if (g_hash_table_lookup_extended (places, word, NULL, &place))
        {
          g_array_index (counts, Count, GPOINTER_TO_UINT (place)).n++;
          continue;
        }
      g_hash_table_insert (places, (gpointer) word, GUINT_TO_POINTER (counts->len));
      g_array_append_val (counts, ((Count){ word, 1, counts->len }));
    }
  g_array_sort (counts, compare_counts);
  return counts;
}

static char *
dup_key_words (GPtrArray *words)
{
  g_autoptr (GArray) counts = count_words (words);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < counts->len && i < N_KEY_WORDS; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", g_array_index (counts, Count, i).word);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* --- answers ------------------------------------------------------------------------------------------- */

static void
append_short (GString    *out,
              const char *question)
{
  g_autofree char *said = _hearth_offline_shorten (question, SHORT_WORDS);

  if (g_str_has_suffix (said, "?") || g_str_has_suffix (said, "？"))
    g_string_append_printf (out, _("Offline model: you asked “%s” A model of a channel would know more."), said);
  else
    g_string_append_printf (out, _("Offline model: you wrote “%s”. A model of a channel would say more."), said);
}

static void
append_long (GString    *out,
             const char *question,
             GPtrArray  *words)
{
  g_autofree char *beginning = _hearth_offline_shorten (question, BEGINNING_WORDS);
  g_autofree char *keys = dup_key_words (words);

  g_string_append_printf (out, _("Offline model: your text begins with “%s”"), beginning);
  if (*keys != '\0')
    g_string_append_printf (out, _(" What stands out in it: %s."), keys);
}

char *
_hearth_offline_answer_text (HearthValue *messages)
{
  g_autofree char *question = _hearth_offline_dup_question (messages);
  g_autofree char *result = _hearth_offline_dup_result (messages);
  g_autoptr (GPtrArray) words = _hearth_offline_dup_words (question);
  g_autoptr (GString) out = g_string_new (NULL);

  if (result != NULL)
    {
      g_autofree char *told = _hearth_offline_shorten (result, SHORT_WORDS);

      g_string_append_printf (out, _("Offline model: the tool says “%s”."), told);
      return g_string_free (g_steal_pointer (&out), FALSE);
    }
  if (words->len == 0)
    g_string_append (out, _("Offline model: there was no question."));
  else if (words->len <= SHORT_WORDS)
    append_short (out, question);
  else
    append_long (out, question, words);
  append_parts (out, messages);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
