/* hearth-ceilings.c: ceilings as values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-ceilings.h"

#include <math.h>

#include "hearth-i18n.h"

#define MICRO 1000000
#define MAX_AMOUNT 1e12 /* times a million it still fits 64 bits */

G_DEFINE_QUARK (hearth-ceilings-error, hearth_ceilings_error)

static gboolean
read_member (HearthValue *value,
             const char  *key,
             gint64       factor,
             gint64      *ceiling,
             GError     **error)
{
  HearthValue *member = hearth_value_get (value, key);
  double number = hearth_value_is_number (member) ? hearth_value_get_double (member) : -1;

  *ceiling = member == NULL ? HEARTH_CEILING_DEFAULT : HEARTH_CEILING_NONE;
  if (member == NULL || hearth_value_is (member, NULL))
    return TRUE;
  if (number < 0 || number > MAX_AMOUNT)
    {
      g_set_error (error, HEARTH_CEILINGS_ERROR, HEARTH_CEILINGS_ERROR_SYNTAX,
                   _("The ceiling “%s” must be a number that is not negative, or null for none."), key);
      return FALSE;
    }
  *ceiling = llround (number * factor);
  return TRUE;
}

gboolean
hearth_ceilings_read (HearthValue    *value,
                      HearthCeilings *self,
                      GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  *self = (HearthCeilings) HEARTH_CEILINGS_INIT;
  if (value == NULL || hearth_value_is (value, NULL))
    return TRUE;
  if (!hearth_value_is (value, OBJECT))
    {
      g_set_error (error, HEARTH_CEILINGS_ERROR, HEARTH_CEILINGS_ERROR_SYNTAX,
                   _("Ceilings must be an object with any of “cost”, “tokens”, “calls” and “seconds”."));
      return FALSE;
    }
  return read_member (value, "cost", MICRO, &self->cost, error)
         && read_member (value, "tokens", 1, &self->tokens, error)
         && read_member (value, "calls", 1, &self->calls, error)
         && read_member (value, "seconds", 1000, &self->ms, error);
}

/* A whole number where it is one, so that JSON has no "2.0". */
static HearthValue *
divide (gint64 amount,
        gint64 factor)
{
  return amount % factor == 0 ? hearth_value_integer (amount / factor) : hearth_value_double ((double) amount / factor);
}

static void
add_member (HearthBuilder *object,
            const char    *key,
            gint64         ceiling,
            gint64         factor)
{
  if (ceiling == HEARTH_CEILING_NONE)
    hearth_builder_add (object, key, hearth_value_null ());
  else if (ceiling >= 0)
    hearth_builder_add (object, key, divide (ceiling, factor));
}

HearthValue *
hearth_ceilings_to_value (const HearthCeilings *self)
{
  g_auto (HearthBuilder) object = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (self != NULL, NULL);

  add_member (&object, "cost", self->cost, MICRO);
  add_member (&object, "tokens", self->tokens, 1);
  add_member (&object, "calls", self->calls, 1);
  add_member (&object, "seconds", self->ms, 1000);
  return hearth_builder_end_object (&object);
}

static gint64
choose (gint64 above,
        gint64 below)
{
  return above != HEARTH_CEILING_DEFAULT ? above : below;
}

HearthCeilings
hearth_ceilings_over (const HearthCeilings *self,
                      const HearthCeilings *below)
{
  return (HearthCeilings) {
    .cost = choose (self->cost, below->cost),
    .tokens = choose (self->tokens, below->tokens),
    .calls = choose (self->calls, below->calls),
    .ms = choose (self->ms, below->ms),
  };
}

HearthValue *
hearth_money_to_value (gint64 micro)
{
  return divide (micro, MICRO);
}

char *
hearth_money_to_text (gint64 micro)
{
  g_autofree char *number = NULL;
  gsize length;

  number = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT, micro < 0 ? "-" : "", ABS (micro) / MICRO,
                            ABS (micro) % MICRO);
  length = strlen (number);
  /* Two places stay. */
  for (guint i = 0; i < 4 && number[length - 1] == '0'; i++)
    number[--length] = '\0';
  return g_strconcat (number, " " HEARTH_CURRENCY, NULL);
}
