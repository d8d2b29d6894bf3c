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

typedef struct
{
  gint64 n;
  gint64 sides;
  gint64 more;
} Dice;

static gboolean
read_number (const char **at,
             gint64      *number)
{
  char *end;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  *number = g_ascii_strtoll (*at, &end, 10);
  *at = end;
  return *number <= G_MAXINT32;
}

/* "2d6"; "d6" and "6" are one die. */
static gboolean
read_dice (const char **at,
           Dice        *dice)
{
  gboolean counted = read_number (at, &dice->n);

  if (**at == 'd' || **at == 'D')
    {
      ++*at;
      return read_number (at, &dice->sides);
    }
  dice->sides = dice->n;
  dice->n = 1;
  return counted;
}

/* "+3", "-3", or nothing. */
static gboolean
read_more (const char **at,
           Dice        *dice)
{
  char sign = **at;

  if (sign != '+' && sign != '-')
    return TRUE;
  ++*at;
  if (!read_number (at, &dice->more))
    return FALSE;
  dice->more = sign == '-' ? -dice->more : dice->more;
  return TRUE;
}

/* Nothing for what is no dice. */
static char *
roll (HearthMacros *self,
      const char   *formula)
{
  g_autofree char *text = g_strstrip (g_strdup (formula));
  const char *at = text;
  Dice dice = { .n = 1 };
  gint64 sum;

  if (!read_dice (&at, &dice) || !read_more (&at, &dice) || *at != '\0' || dice.n < 1 || dice.n > MAX_DICE || dice.sides < 1)
    return g_strdup ("");
  sum = dice.more;
  for (gint64 i = 0; i < dice.n; i++)
    sum += 1 + (gint64) (draw (self) % (guint64) dice.sides);
  return g_strdup_printf ("%" G_GINT64_FORMAT, sum);
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
