/* moment-parse.c: dates and times as files and people write them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "moment.h"

/* A date that need not be there, then a time of day that need not be there either. */
static const char pattern[] =
  "^(?:(?<month>[A-Za-z]{3,9})\\.? (?<day>\\d{1,2}),? (?<year>\\d{4})|(?<isoyear>\\d{4})-(?<isomonth>\\d{1,2})-(?<isoday>\\d{1,2}))?"
  "(?:^|$|[ ,@]+)(?:(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))? ?(?<noon>[ap]m)?)?$";

static int
get_number (GMatchInfo *match,
            const char *name,
            int         fallback)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);

  return text != NULL && *text != '\0' ? (int) g_ascii_strtoll (text, NULL, 10) : fallback;
}

/* 1 to 12 by its first three letters; 0: none. */
static int
get_month (GMatchInfo *match)
{
  static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  g_autofree char *text = g_match_info_fetch_named (match, "month");

  if (text == NULL || *text == '\0')
    return get_number (match, "isomonth", 0);
  for (int i = 0; i < 12; i++)
    if (g_ascii_strncasecmp (text, names + 3 * i, 3) == 0)
      return i + 1;
  return 0;
}

static int
get_hour (GMatchInfo *match)
{
  g_autofree char *noon = g_match_info_fetch_named (match, "noon");
  int hour = get_number (match, "hour", 0);

  if (noon == NULL || *noon == '\0')
    return hour;
  return hour % 12 + (g_ascii_tolower (*noon) == 'p' ? 12 : 0);
}

static GDateTime *
make_time (GMatchInfo *match,
           GDateTime  *now)
{
  int year = get_number (match, "year", get_number (match, "isoyear", 0));
  int month = get_month (match);
  int day = get_number (match, "day", get_number (match, "isoday", 0));

  if (year == 0)
    g_date_time_get_ymd (now, &year, &month, &day);
  return g_date_time_new (g_date_time_get_timezone (now), year, month, day, get_hour (match), get_number (match, "minute", 0),
                          get_number (match, "second", 0));
}

static GDateTime *
parse_words (const char *text,
             GDateTime  *now)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? make_time (match, now) : NULL;
}

gboolean
hearth_moment_parse (const char *text,
                     GDateTime  *now,
                     gint64     *unix_ms)
{
  g_autofree char *own = NULL;
  g_autoptr (GDateTime) time = NULL;
  char *end;

  g_return_val_if_fail (text != NULL && now != NULL && unix_ms != NULL, FALSE);

  own = g_strstrip (g_strdup (text));
  *unix_ms = g_ascii_strtoll (own, &end, 10);
  if (*own != '\0' && *end == '\0')
    return TRUE;
  time = g_date_time_new_from_iso8601 (own, g_date_time_get_timezone (now));
  if (time == NULL && *own != '\0')
    time = parse_words (own, now);
  if (time == NULL)
    return FALSE;
  *unix_ms = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  return TRUE;
}
