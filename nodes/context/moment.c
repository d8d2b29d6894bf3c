/* moment.c: dates and spans of time in English words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "moment.h"

#include <string.h>

static const char *const months[] = { "January", "February", "March", "April", "May", "June", "July", "August", "September",
                                      "October", "November", "December", NULL };
static const char *const days[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", NULL };

/* --- formats ------------------------------------------------------------------------------------------------- */

/* Numbers, as g_date_time_format() has them. Of one beginning the longest comes first. */
static const char *const numbers[][2] = {
  { "YYYY", "%Y" }, { "YY", "%y" }, { "Y", "%Y" }, { "GGGG", "%G" }, { "MM", "%m" }, { "M", "%-m" }, { "DDDD", "%j" },
  { "DDD", "%-j" }, { "DD", "%d" }, { "D", "%-d" }, { "d", "%w" }, { "E", "%u" }, { "WW", "%V" }, { "W", "%-V" }, { "HH", "%H" },
  { "H", "%-H" }, { "hh", "%I" }, { "h", "%-I" }, { "mm", "%M" }, { "m", "%-M" }, { "ss", "%S" }, { "s", "%-S" }, { "ZZ", "%z" },
  { "Z", "%:z" }, { "X", "%s" },
};

static const char *const abbreviations[][2] = {
  { "LTS", "h:mm:ss A" }, { "LT", "h:mm A" }, { "LLLL", "dddd, MMMM D, YYYY h:mm A" }, { "LLL", "MMMM D, YYYY h:mm A" },
  { "LL", "MMMM D, YYYY" }, { "L", "MM/DD/YYYY" }, { "llll", "ddd, MMM D, YYYY h:mm A" }, { "lll", "MMM D, YYYY h:mm A" },
  { "ll", "MMM D, YYYY" }, { "l", "M/D/YYYY" },
};

/* What has names, or is no number of GLib's. */
static const char *const words[] = { "MMMM", "MMM", "Mo", "Do", "dddd", "ddd", "dd", "A", "a", "SSS", "SS", "S", "Q", "x" };

static char *
say_ordinal (int n)
{
  const char *end = n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";

  return g_strdup_printf ("%d%s", n, n % 100 >= 11 && n % 100 <= 13 ? "th" : end);
}

/* One of the words above. New string. */
static char *
say_word (GDateTime  *time,
          const char *word)
{
  int month = g_date_time_get_month (time);
  int ms = g_date_time_get_microsecond (time) / 1000;
  gsize length = strlen (word);

  switch (*word)
    {
    case 'M':
      return length == 2 ? say_ordinal (month) : g_strndup (months[month - 1], length == 3 ? 3 : strlen ("September"));
    case 'D':
      return say_ordinal (g_date_time_get_day_of_month (time));
    case 'd':
      return g_strndup (days[g_date_time_get_day_of_week (time) - 1], length == 4 ? strlen ("Wednesday") : length);
    case 'A':
      return g_strdup (g_date_time_get_hour (time) < 12 ? "AM" : "PM");
    case 'a':
      return g_strdup (g_date_time_get_hour (time) < 12 ? "am" : "pm");
    case 'S':
      return g_strdup_printf ("%0*d", (int) length, length == 1 ? ms / 100 : length == 2 ? ms / 10 : ms);
    case 'Q':
      return g_strdup_printf ("%d", (month - 1) / 3 + 1);
    case 'x':
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, g_date_time_to_unix (time) * 1000 + ms);
    }
}

/* What the letters at @at stand for, and how many they are; NULL: for themselves. New string. */
static char *
say_part (GDateTime  *time,
          const char *at,
          gsize      *length)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (at, words[i]))
      {
        *length = strlen (words[i]);
        return say_word (time, words[i]);
      }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (g_str_has_prefix (at, numbers[i][0]))
      {
        *length = strlen (numbers[i][0]);
        return g_date_time_format (time, numbers[i][1]);
      }
  for (guint i = 0; i < G_N_ELEMENTS (abbreviations); i++)
    if (g_str_has_prefix (at, abbreviations[i][0]))
      {
        *length = strlen (abbreviations[i][0]);
        return hearth_moment_format (time, abbreviations[i][1]);
      }
  return NULL;
}

/* Returns what comes behind. */
static const char *
append_part (GString    *out,
             GDateTime  *time,
             const char *at)
{
  const char *end = *at == '[' ? strchr (at, ']') : NULL;
  g_autofree char *text = NULL;
  gsize length = 1;

  if (end != NULL)
    {
      g_string_append_len (out, at + 1, end - at - 1);
      return end + 1;
    }
  text = say_part (time, at, &length);
  if (text != NULL)
    g_string_append (out, text);
  else
    g_string_append_c (out, *at);
  return at + length;
}

char *
hearth_moment_format (GDateTime  *time,
                      const char *format)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (time != NULL && format != NULL, NULL);

  while (*format != '\0')
    format = append_part (out, time, format);
  return g_string_free (out, FALSE);
}

/* --- spans ----------------------------------------------------------------------------------------------------- */

/* From so many of the smaller unit on the next one is said. */
static char *
say_size (double seconds)
{
  double minutes = seconds / 60, hours = minutes / 60, n_days = hours / 24;
  double n_months = n_days * 4800 / 146097, years = n_months / 12; /* 146097 days are 400 years */
  const struct { double value, end; const char *one; const char *many; } units[] = {
    { seconds, 45, NULL, "a few seconds" },      { minutes, 45, "a minute", "%d minutes" },
    { hours, 22, "an hour", "%d hours" },        { n_days, 26, "a day", "%d days" },
    { n_months, 11, "a month", "%d months" }, { years, G_MAXDOUBLE, "a year", "%d years" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      int n = (int) MIN (units[i].value + 0.5, G_MAXINT);

      if (n >= units[i].end)
        continue;
      if (i == 0)
        return g_strdup (units[i].many);
      return n <= 1 ? g_strdup (units[i].one) : g_strdup_printf ("%d%s", n, units[i].many + strlen ("%d"));
    }
  g_assert_not_reached ();
}

char *
hearth_moment_say_span (gint64   milliseconds,
                        gboolean relative)
{
  g_autofree char *size = say_size (ABS ((double) milliseconds) / 1000);

  if (!relative)
    return g_steal_pointer (&size);
  return milliseconds > 0 ? g_strconcat ("in ", size, NULL) : g_strconcat (size, " ago", NULL);
}
