/* hearth-id.c: identifiers and time stamps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <time.h>

#include "hearth-id.h"

#include "hearth-i18n.h"

/* The span a calendar can name: years 1 to 9999. */
#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800)
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)

char *
hearth_id_draw_nano (HearthChance *chance,
                     guint         length)
{
  /* 64 characters, so that six bits of a random byte choose each with equal chance. */
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  char *id;

  g_return_val_if_fail (HEARTH_IS_CHANCE (chance), NULL);
  g_return_val_if_fail (length > 0, NULL);

  id = g_malloc ((gsize) length + 1);
  hearth_chance_fill (chance, (guchar *) id, length);
  for (guint i = 0; i < length; i++)
    id[i] = alphabet[id[i] & 63];
  while (id[0] == '-')
    {
      hearth_chance_fill (chance, (guchar *) id, 1);
      id[0] = alphabet[id[0] & 63];
    }
  id[length] = '\0';
  return id;
}

char *
hearth_id_new_nano (guint length)
{
  return hearth_id_draw_nano (hearth_chance_get_default (), length);
}

char *
hearth_id_new_uuid (void)
{
  return g_uuid_string_random ();
}

gint64
hearth_time_now_ms (void)
{
  return g_get_real_time () / 1000;
}

char *
hearth_time_now_iso (void)
{
  return hearth_time_to_iso (hearth_time_now_ms ());
}

/* Ends before @end. */
static void
write_digits (char *end,
              guint n_digits,
              int   number)
{
  for (; n_digits > 0; n_digits--, number /= 10)
    *--end = (char) ('0' + number % 10);
}

/* Every line of a log has one: neither GDateTime nor printf is quick enough. */
char *
hearth_time_to_iso (gint64 unix_ms)
{
  gint64 clamped = CLAMP (unix_ms, FIRST_SECOND * 1000, LAST_SECOND * 1000 + 999);
  int milliseconds = (int) (((clamped % 1000) + 1000) % 1000);
  time_t seconds = (time_t) ((clamped - milliseconds) / 1000);
  char iso[] = "0000-00-00T00:00:00.000Z";
  struct tm time;

  gmtime_r (&seconds, &time);
  write_digits (iso + 4, 4, time.tm_year + 1900);
  write_digits (iso + 7, 2, time.tm_mon + 1);
  write_digits (iso + 10, 2, time.tm_mday);
  write_digits (iso + 13, 2, time.tm_hour);
  write_digits (iso + 16, 2, time.tm_min);
  write_digits (iso + 19, 2, time.tm_sec);
  write_digits (iso + 23, 3, milliseconds);
  return g_strdup (iso);
}

char *
hearth_time_to_words (gint64 unix_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_ms / 1000);

  /* Translators: date and time of day, see g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _("%-d %B %Y, %H:%M")) : g_strdup ("?");
}
