/* hearth-offline-scalar.c: texts and numbers that fit a schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-offline-scalar-private.h"

#include <math.h>
#include <string.h>

#include "hearth-offline-private.h"

#include "hearth-i18n.h"

#define SUMMARY_WORDS 20
#define MAX_LENGTH 10000 /* characters; nobody needs more */
#define SPREAD 10        /* numbers that nobody restricts lie in 1 to this */

/* --- texts ------------------------------------------------------------------------------------------- */

static char *
make_uuid (guint64 hash)
{
  return g_strdup_printf ("%08x-%04x-4%03x-8%03x-%012" G_GINT64_MODIFIER "x", (guint) (hash >> 32), (guint) (hash >> 16) & 0xffff,
                          (guint) hash & 0xfff, (guint) (hash >> 8) & 0xfff, hash & G_GUINT64_CONSTANT (0xffffffffffff));
}

/* NULL: an unknown format, which restricts nothing. */
static char *
make_formatted (const char *format,
                guint64     hash)
{
  guint day = (guint) (hash % 28) + 1;

  if (g_str_equal (format, "date"))
    return g_strdup_printf ("2025-01-%02u", day);
  if (g_str_equal (format, "date-time"))
    return g_strdup_printf ("2025-01-%02uT12:00:00Z", day);
  if (g_str_equal (format, "time"))
    return g_strdup_printf ("12:%02u:00Z", day);
  if (g_str_equal (format, "duration"))
    return g_strdup_printf ("PT%uM", day);
  if (g_str_equal (format, "email") || g_str_equal (format, "idn-email"))
    return g_strdup_printf ("offline%u@example.org", day);
  if (g_str_equal (format, "hostname") || g_str_equal (format, "idn-hostname"))
    return g_strdup_printf ("host%u.example.org", day);
  if (g_str_equal (format, "ipv4"))
    return g_strdup_printf ("192.0.2.%u", day);
  if (g_str_equal (format, "ipv6"))
    return g_strdup_printf ("2001:db8::%x", day);
  if (g_str_has_prefix (format, "uri") || g_str_has_prefix (format, "iri"))
    return g_strdup_printf ("https://example.org/%u", day);
  return g_str_equal (format, "uuid") ? make_uuid (hash) : NULL;
}

/* Members that want a sentence get one, and it says where it comes from. */
static gboolean
wants_sentence (const char *name)
{
  static const char *const names[] = {
    "summary", "description", "text", "answer", "message", "content", "reason", "explanation", "response", "reasoning", NULL,
  };

  return g_strv_contains (names, name);
}

static char *
make_words (HearthOfflineStuff *self,
            const char         *name,
            guint               place)
{
  if (wants_sentence (name))
    {
      g_autofree char *beginning = _hearth_offline_shorten (self->question, SUMMARY_WORDS);

      return g_strdup_printf (_("Offline model: %s"), beginning);
    }
  if (self->next_word < self->words->len)
    return g_strdup (g_ptr_array_index (self->words, self->next_word++));
  return place > 0 ? g_strdup_printf ("offline %u", place + 1) : g_strdup ("offline");
}

static gsize
get_length (HearthValue *schema,
            const char  *key,
            gsize        fallback)
{
  double length = hearth_value_get_member_double (schema, key, -1);

  return length >= 0 ? (gsize) MIN (length, MAX_LENGTH) : fallback;
}

static char *
fit_length (HearthValue *schema,
            const char  *text)
{
  gsize least = get_length (schema, "minLength", 0);
  gsize most = MAX (get_length (schema, "maxLength", MAX_LENGTH), least);
  gsize length = (gsize) g_utf8_strlen (text, -1);
  GString *out;

  if (length > most)
    return g_utf8_substring (text, 0, (glong) most);
  out = g_string_new (text);
  for (; length < least; length++)
    g_string_append_c (out, '.');
  return g_string_free (out, FALSE);
}

static gboolean
fits_length (HearthValue *schema,
             const char  *text)
{
  gsize length = (gsize) g_utf8_strlen (text, -1);

  return length >= get_length (schema, "minLength", 0) && length <= get_length (schema, "maxLength", MAX_LENGTH);
}

/* @text, or one that the pattern takes when it does not; @text again when none is found. Takes @text. */
static char *
find_for_pattern (HearthValue *schema,
                  char        *text)
{
  static const guint extras[] = { 0, 1, 2, 3, 5, 8, 13, 21, 34, 100 };
  const char *pattern = hearth_value_get_member_string (schema, "pattern", NULL);
  g_autoptr (GRegex) regex = pattern != NULL ? g_regex_new (pattern, G_REGEX_DEFAULT, 0, NULL) : NULL;

  if (regex == NULL || g_regex_match (regex, text, 0, NULL))
    return text;
  for (gsize i = 0; i < G_N_ELEMENTS (extras); i++)
    {
      g_autofree char *made = _hearth_offline_make_match (pattern, extras[i]);

      if (!fits_length (schema, made) || !g_regex_match (regex, made, 0, NULL))
        continue;
      g_free (text);
      return g_steal_pointer (&made);
    }
  return text;
}

HearthValue *
_hearth_offline_make_string (HearthOfflineStuff *self,
                             HearthValue        *schema,
                             const char         *name,
                             guint               place)
{
  const char *format = hearth_value_get_member_string (schema, "format", "");
  guint64 hash = _hearth_offline_hash (_hearth_offline_hash (place, name), self->question) + place;
  g_autofree char *formatted = make_formatted (format, hash);
  g_autofree char *text = formatted != NULL ? g_strdup (formatted) : make_words (self, name, place);
  g_autofree char *fitting = find_for_pattern (schema, fit_length (schema, text));

  return hearth_value_string (fitting);
}

/* --- numbers ------------------------------------------------------------------------------------------- */

typedef struct
{
  double least;
  double most;
  double step; /* 0: any */
} Range;

/* Either a number beside the limit, or, in older schemas, whether the limit itself is left out. */
static double
read_limit (HearthValue *schema,
            const char  *key,
            const char  *exclusive_key,
            double       inward,
            double       unlimited)
{
  HearthValue *exclusive = hearth_value_get (schema, exclusive_key);
  double limit = hearth_value_get_member_double (schema, key, unlimited);

  if (hearth_value_is_number (exclusive))
    return hearth_value_get_double (exclusive) + inward;
  return hearth_value_is (exclusive, BOOLEAN) && hearth_value_get_boolean (exclusive) ? limit + inward : limit;
}

static Range
read_range (HearthValue *schema,
            gboolean     is_integer)
{
  double step = hearth_value_get_member_double (schema, "multipleOf", 0);
  double inward = is_integer ? 1 : step > 0 ? step : 0.01;
  Range range = { read_limit (schema, "minimum", "exclusiveMinimum", inward, -HUGE_VAL),
                  read_limit (schema, "maximum", "exclusiveMaximum", -inward, HUGE_VAL), step };

  if (is_integer && step <= 0)
    range.step = 1;
  if (range.least > range.most) /* nothing fits, or only what lies between */
    range.least = range.most = (range.least + range.most) / 2;
  return range;
}

static gboolean
fits_range (const Range *range,
            double       number)
{
  return number >= range->least && number <= range->most && (range->step <= 0 || fmod (number, range->step) == 0);
}

/* A number of the question, the first that fits. */
static gboolean
take_number (HearthOfflineStuff *self,
             const Range        *range,
             double             *number)
{
  for (; self->next_number < self->numbers->len; self->next_number++)
    if (fits_range (range, g_array_index (self->numbers, double, self->next_number)))
      {
        *number = g_array_index (self->numbers, double, self->next_number++);
        return TRUE;
      }
  return FALSE;
}

static double
invent_number (const Range *range,
               guint64      hash)
{
  double from = isfinite (range->least) ? range->least : isfinite (range->most) ? range->most - SPREAD : 1;
  double to = isfinite (range->most) ? range->most : from + SPREAD - 1;
  double number = from + floor ((double) (hash % SPREAD) / SPREAD * (to - from + 1));

  if (range->step > 0)
    number = ceil (number / range->step) * range->step;
  if (number > range->most && range->step > 0)
    number = floor (range->most / range->step) * range->step;
  return CLAMP (number, range->least, range->most);
}

HearthValue *
_hearth_offline_make_number (HearthOfflineStuff *self,
                             HearthValue        *schema,
                             const char         *name,
                             guint               place,
                             gboolean            is_integer)
{
  Range range = read_range (schema, is_integer);
  double number;

  if (!take_number (self, &range, &number))
    number = invent_number (&range, _hearth_offline_hash (_hearth_offline_hash (0, name), self->question) + place);
  if (is_integer && fabs (number) < (double) (G_GINT64_CONSTANT (1) << 53))
    return hearth_value_integer ((gint64) number);
  return hearth_value_double (number);
}

/* --- choices --------------------------------------------------------------------------------------------- */

static gboolean
is_named (HearthValue *choice,
          const char  *question)
{
  g_autofree char *text = hearth_value_to_text (choice);
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autofree char *where = g_utf8_strdown (question, -1);

  return *lower != '\0' && strstr (where, lower) != NULL;
}

HearthValue *
_hearth_offline_choose (HearthOfflineStuff *self,
                        HearthValue        *choices,
                        guint               place)
{
  gsize n = hearth_value_get_length (choices);

  for (gsize i = 0; i < n && place == 0; i++)
    if (is_named (hearth_value_at (choices, i), self->question))
      return hearth_value_ref (hearth_value_at (choices, i));
  return hearth_value_ref (hearth_value_at (choices, (gsize) ((_hearth_offline_hash (0, self->question) + place) % n)));
}
