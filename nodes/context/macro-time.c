/* macro-time.c: {{time}}, {{date}}, {{timeDiff}} and the like
 *
 * The time is the run's, so that a replay has the same. A text that asks for it makes the outcome one that is good for once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "macros-private.h"

#include <string.h>

#include "moment.h"

static gint64
get_now_ms (HearthMacros *self)
{
  if (self->time_ms == 0)
    self->time_ms = hearth_step_get_time_ms (self->step);
  return self->time_ms;
}

/* @zone: taken. */
static GDateTime *
make_time (gint64     unix_ms,
           GTimeZone *zone)
{
  g_autoptr (GTimeZone) own = zone;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_ms / 1000);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, own);

  return g_date_time_add (there, unix_ms % 1000 * G_TIME_SPAN_MILLISECOND);
}

static char *
format_now (HearthMacros *self,
            const char   *format)
{
  g_autoptr (GDateTime) now = make_time (get_now_ms (self), g_time_zone_new_local ());

  return hearth_moment_format (now, format);
}

/* "+2", "-10": hours before or behind Greenwich. NULL when it is none. */
static char *
format_there (HearthMacros *self,
              const char   *offset)
{
  g_autoptr (GDateTime) there = NULL;
  gint64 hours;

  if ((*offset != '+' && *offset != '-') || !g_ascii_isdigit (offset[1]))
    return NULL;
  hours = g_ascii_strtoll (offset, NULL, 10);
  if (hours < -23 || hours > 23)
    return NULL;
  there = make_time (get_now_ms (self), g_time_zone_new_offset ((gint32) hours * 3600));
  return hearth_moment_format (there, "LT");
}

/* "a::b": how far a is from b. What is no time is said as it is said in templates of that kind. */
static char *
say_difference (HearthMacros *self,
                const char   *both)
{
  g_auto (GStrv) times = g_strsplit (both, "::", -1);
  g_autoptr (GDateTime) now = NULL;
  gint64 one, two;

  if (g_strv_length (times) != 2)
    return NULL;
  now = make_time (get_now_ms (self), g_time_zone_new_local ());
  if (!hearth_moment_parse (times[0], now, &one) || !hearth_moment_parse (times[1], now, &two))
    return g_strdup ("Invalid date");
  return hearth_moment_say_span (one - two, TRUE);
}

static char *
say_idle (HearthMacros *self)
{
  return self->last_said_ms != 0 ? hearth_moment_say_span (get_now_ms (self) - self->last_said_ms, FALSE) : g_strdup ("just now");
}

static char *
say_named (HearthMacros *self,
           const char   *name)
{
  static const char *const formats[][2] = {
    { "time", "LT" }, { "date", "LL" }, { "weekday", "dddd" }, { "isotime", "HH:mm" }, { "isodate", "YYYY-MM-DD" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_ascii_strcasecmp (name, formats[i][0]) == 0)
      return format_now (self, formats[i][1]);
  return g_ascii_strcasecmp (name, "idle_duration") == 0 ? say_idle (self) : NULL;
}

char *
_hearth_macros_use_time (HearthMacros *self,
                         const char   *body)
{
  const char *argument;

  if (self->step == NULL)
    return NULL;
  if (g_ascii_strncasecmp (body, "time_utc", strlen ("time_utc")) == 0)
    return format_there (self, body + strlen ("time_utc"));
  if ((argument = _hearth_macros_find_argument (body, "time", FALSE)) != NULL
      && g_ascii_strncasecmp (argument, "utc", strlen ("utc")) == 0)
    return format_there (self, argument + strlen ("utc"));
  if ((argument = _hearth_macros_find_argument (body, "datetimeformat", TRUE)) != NULL)
    return format_now (self, argument);
  if ((argument = _hearth_macros_find_argument (body, "timeDiff", FALSE)) != NULL)
    return say_difference (self, argument);
  return say_named (self, body);
}
