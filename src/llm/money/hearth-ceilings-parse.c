/* hearth-ceilings-parse.c: ceilings as people type them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-ceilings.h"

#include <math.h>
#include <string.h>

#include "hearth-i18n.h"

#define MICRO 1000000
#define MAX_AMOUNT 1e12 /* times a million it still fits 64 bits */
#define DIGITS "0123456789."
#define BETWEEN " \t\n,;"

typedef struct
{
  const char *names; /* between spaces */
  gsize offset;      /* of the ceiling */
  gint64 factor;
} HearthCeilingUnit;

static const HearthCeilingUnit units[] = {
  { " token tokens ", G_STRUCT_OFFSET (HearthCeilings, tokens), 1 },
  { " call calls ", G_STRUCT_OFFSET (HearthCeilings, calls), 1 },
  { " s sec second seconds ", G_STRUCT_OFFSET (HearthCeilings, ms), 1000 },
  { " m min minute minutes ", G_STRUCT_OFFSET (HearthCeilings, ms), 60 * 1000 },
  { " h hour hours ", G_STRUCT_OFFSET (HearthCeilings, ms), 60 * 60 * 1000 },
};

static gboolean
refuse (const char *text,
        GError    **error)
{
  g_set_error (error, HEARTH_CEILINGS_ERROR, HEARTH_CEILINGS_ERROR_SYNTAX,
               _("“%s” is no budget. Write it as in “2 %s, 100000 tokens, 50 calls, 10m”; any of them may be left out, and “none” is no ceiling at all."),
               text, HEARTH_CURRENCY);
  return FALSE;
}

/* The word at @at, which moves behind it; NULL when there is none. */
static char *
take_word (const char **at)
{
  const char *start = *at + strspn (*at, " \t");
  const char *end = start;

  while (g_ascii_isalpha (*end))
    end++;
  if (end == start)
    return NULL;
  *at = end;
  return g_strndup (start, end - start);
}

static gboolean
take_number (const char **at,
             double      *number)
{
  const char *start = *at + strspn (*at, " \t");
  gsize length = strspn (start, DIGITS);
  g_autofree char *digits = g_strndup (start, length);
  char *end;

  *number = g_ascii_strtod (digits, &end);
  *at = start + length;
  return length > 0 && *end == '\0' && *number <= MAX_AMOUNT;
}

/* "k" and "M" stand for thousands and millions when another word follows; "m" alone is minutes. */
static void
take_multiple (const char **at,
               double      *number)
{
  const char *behind = *at;
  g_autofree char *word = take_word (&behind);
  const char *next = behind;
  g_autofree char *unit = word != NULL && strlen (word) == 1 && strchr ("kM", *word) != NULL ? take_word (&next) : NULL;

  if (unit == NULL)
    return;
  *number *= *word == 'k' ? 1000 : 1000000;
  *at = behind;
}

static gboolean
set_once (gint64 *ceiling,
          double  amount)
{
  if (*ceiling != HEARTH_CEILING_DEFAULT || amount > MAX_AMOUNT * MICRO)
    return FALSE;
  *ceiling = llround (amount);
  return TRUE;
}

static gboolean
set_unit (HearthCeilings *self,
          double          number,
          const char     *word)
{
  g_autofree char *spaced = g_strdup_printf (" %s ", word);

  if (g_ascii_strcasecmp (word, HEARTH_CURRENCY) == 0)
    return set_once (&self->cost, number * MICRO);
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (strstr (units[i].names, spaced) != NULL)
      return set_once (G_STRUCT_MEMBER_P (self, units[i].offset), number * units[i].factor);
  return FALSE;
}

/* One amount with its unit. */
static gboolean
parse_part (HearthCeilings *self,
            const char    **at)
{
  gboolean is_dollar = **at == '$';
  g_autofree char *word = NULL;
  double number;

  *at += is_dollar;
  if (!take_number (at, &number))
    return FALSE;
  if (is_dollar)
    return set_once (&self->cost, number * MICRO);
  take_multiple (at, &number);
  word = take_word (at);
  return word != NULL && set_unit (self, number, word);
}

gboolean
hearth_ceilings_parse (const char     *text,
                       HearthCeilings *self,
                       GError        **error)
{
  const char *at;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (self != NULL, FALSE);

  *self = (HearthCeilings) HEARTH_CEILINGS_INIT;
  at = text + strspn (text, BETWEEN);
  if (g_str_equal (at, "none"))
    {
      self->cost = self->tokens = self->calls = self->ms = HEARTH_CEILING_NONE;
      return TRUE;
    }
  if (*at == '\0')
    return refuse (text, error);
  while (*at != '\0')
    {
      if (!parse_part (self, &at))
        return refuse (text, error);
      at += strspn (at, BETWEEN);
    }
  return TRUE;
}
