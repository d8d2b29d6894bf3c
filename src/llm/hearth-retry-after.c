/* hearth-retry-after.c: how long a service asks to be left alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-error.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DAY_MS (24 * 60 * 60 * 1000.0)

static const char *
get_header (HearthValue *headers,
            const char  *name)
{
  return hearth_value_get_member_string (headers, name, NULL);
}

/* -1: no number, or one below nothing. */
static double
read_number (const char *text)
{
  char *end;
  double number;

  if (text == NULL)
    return -1;
  number = g_ascii_strtod (text, &end);
  while (g_ascii_isspace (*end))
    end++;
  return end != text && *end == '\0' && isfinite (number) && number >= 0 ? number : -1;
}

/* From 1; 0: none. */
static int
read_month (const char *name)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const char *found = strlen (name) == 3 ? strstr (months, name) : NULL;

  return found != NULL && (found - months) % 3 == 0 ? (int) (found - months) / 3 + 1 : 0;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT", the one form that HTTP still writes (RFC 9110, 5.6.7). NULL: another. */
static GDateTime *
read_date (const char *text)
{
  char month[4];
  int day, year, hour, minute, second;

  if (text == NULL)
    return NULL;
  if (sscanf (text, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month, &year, &hour, &minute, &second) != 6)
    return NULL;
  if (year < 1 || read_month (month) == 0)
    return NULL;
  return g_date_time_new_utc (year, read_month (month), day, hour, minute, second);
}

guint
hearth_model_error_read_retry_after (HearthValue *headers)
{
  double wait = read_number (get_header (headers, "retry-after-ms"));
  const char *text = get_header (headers, "retry-after");

  if (wait < 0 && read_number (text) >= 0)
    wait = read_number (text) * 1000;
  if (wait < 0)
    {
      g_autoptr (GDateTime) date = read_date (text);
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

      wait = date != NULL ? g_date_time_difference (date, now) / 1000.0 : 0;
    }
  return (guint) CLAMP (ceil (wait), 0, DAY_MS);
}
