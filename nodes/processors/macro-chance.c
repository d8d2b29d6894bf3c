/* macro-chance.c: {{random}}, {{roll}}, {{pick}}
 *
 * What is drawn anew each time comes from the run's chance, so that a replay draws the same, and makes the outcome one that is
 * good for once. {{pick}} chooses once for a conversation: by how it began, the text it stands in, and its place there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "macros-private.h"

#include <string.h>

#define MAX_DICE 1000

/* Stands for a comma that does not separate. */
#define COMMA "\x01"

static guint64
scatter (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* Another number each time. */
static guint64
draw (HearthMacros *self)
{
  if (self->chance == 0)
    self->chance = self->step != NULL ? hearth_step_get_seed (self->step) | 1 : self->seed | 1;
  return scatter (self->chance + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) * ++self->n_choices);
}

static guint64
pick (HearthMacros *self)
{
  return scatter (scatter (self->seed + self->text_hash) + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) * ++self->n_picks);
}

/* --- lists ---------------------------------------------------------------------------------------------------- */

/* "a::b" as they are, else "a, b" without blanks around them, where "\," is a comma. */
static char **
split (const char *list)
{
  g_auto (GStrv) escaped = NULL;
  g_autofree char *marked = NULL;
  char **parts;

  if (strstr (list, "::") != NULL)
    return g_strsplit (list, "::", -1);
  escaped = g_strsplit (list, "\\,", -1);
  marked = g_strjoinv (COMMA, escaped);
  parts = g_strsplit (marked, ",", -1);
  for (char **part = parts; *part != NULL; part++)
    g_strdelimit (g_strstrip (*part), COMMA, ',');
  return parts;
}

static char *
choose (const char *list,
        guint64     number)
{
  g_auto (GStrv) parts = split (list);
  guint n = g_strv_length (parts);

  return g_strdup (n > 0 ? parts[number % n] : "");
}

/* --- dice --------------------------------------------------------------------------------------------------------- */

static gboolean
read_number (const char **at,
             gint64      *number)
{
  char *end;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  *number = g_ascii_strtoll (*at, &end, 10);
  *at = end;
  return TRUE;
}

/* "6", "d6", "2d6", "2d6+3"; nothing for anything else. */
static char *
roll (HearthMacros *self,
      const char   *formula)
{
  g_autofree char *text = g_strstrip (g_strdup (formula));
  const char *at = text;
  gint64 n = 1, sides, more = 0, sum = 0;
  gboolean counted = read_number (&at, &n);

  if (counted && *at == '\0')
    {
      sides = n;
      n = 1;
    }
  else if ((*at != 'd' && *at != 'D') || (at++, !read_number (&at, &sides)))
    return g_strdup ("");
  if (*at == '+' || *at == '-')
    {
      gboolean less = *at++ == '-';

      if (!read_number (&at, &more))
        return g_strdup ("");
      more = less ? -more : more;
    }
  if (*at != '\0' || n < 1 || n > MAX_DICE || sides < 1 || sides > G_MAXINT32 || more > G_MAXINT32 || more < G_MININT32)
    return g_strdup ("");
  for (gint64 i = 0; i < n; i++)
    sum += 1 + (gint64) (draw (self) % (guint64) sides);
  return g_strdup_printf ("%" G_GINT64_FORMAT, sum + more);
}

char *
_hearth_macros_use_chance (HearthMacros *self,
                           const char   *body)
{
  const char *argument;

  if ((argument = _hearth_macros_find_argument (body, "random", FALSE)) != NULL)
    return choose (argument, draw (self));
  if ((argument = _hearth_macros_find_argument (body, "pick", FALSE)) != NULL)
    return choose (argument, pick (self));
  if ((argument = _hearth_macros_find_argument (body, "roll", TRUE)) != NULL)
    return roll (self, argument);
  return NULL;
}
