/* hearth-expr-compare.c: equal, before or behind, contained
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

const char *
_hearth_expr_describe (HearthValue *value)
{
  switch (hearth_value_get_kind (value))
    {
    case HEARTH_VALUE_NULL:
      return _("null");
    case HEARTH_VALUE_BOOLEAN:
      return hearth_value_get_boolean (value) ? _("true") : _("false");
    case HEARTH_VALUE_STRING:
      return _("a text");
    case HEARTH_VALUE_ARRAY:
      return _("a list");
    case HEARTH_VALUE_OBJECT:
      return _("an object");
    default:
      return _("a number");
    }
}

/* --- equal ----------------------------------------------------------------------- */

/* Whether more than a look at the outside is needed */
static gboolean
may_be_equal (HearthValue *a,
              HearthValue *b)
{
  gsize n_a = hearth_value_get_length (a);
  gsize n_b = hearth_value_get_length (b);

  if (hearth_value_is_number (a) && hearth_value_is_number (b))
    return TRUE;
  if (hearth_value_get_kind (a) != hearth_value_get_kind (b))
    return FALSE;
  if (hearth_value_is (a, STRING))
    {
      hearth_value_get_string (a, &n_a);
      hearth_value_get_string (b, &n_b);
    }
  return n_a == n_b;
}

gboolean
_hearth_expr_equal (HearthExprEvaluation *self,
                    HearthValue          *a,
                    HearthValue          *b,
                    gboolean             *is_equal)
{
  *is_equal = a == b;
  if (*is_equal || !may_be_equal (a, b))
    return TRUE;
  if (!_hearth_expr_take_walk (self, a) || (hearth_value_is (b, BIG_NUMBER) && !_hearth_expr_take_walk (self, b)))
    return FALSE;
  *is_equal = hearth_value_equal (a, b);
  return TRUE;
}

gboolean
_hearth_expr_find (HearthExprEvaluation *self,
                   HearthValue          *list,
                   HearthValue          *item,
                   gssize               *place)
{
  gsize n = hearth_value_get_length (list);

  *place = -1;
  if (!_hearth_expr_take_elements (self, n))
    return FALSE;
  for (gsize i = 0; i < n && *place < 0; i++)
    {
      gboolean is_equal;

      if (!_hearth_expr_equal (self, hearth_value_at (list, i), item, &is_equal))
        return FALSE;
      if (is_equal)
        *place = (gssize) i;
    }
  return TRUE;
}

/* --- order -------------------------------------------------------------------------- */

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

/* A double does not hold every integer, so the integer must not become one. */
static int
order_mixed (gint64 integer,
             double number)
{
  gint64 whole;

  if (number >= 0x1p63)
    return -1;
  if (number < -0x1p63)
    return 1;
  whole = (gint64) number;
  if (integer != whole)
    return ORDER (integer, whole);
  return ORDER (trunc (number), number);
}

static int
order_numbers (HearthValue *a,
               HearthValue *b)
{
  gboolean is_whole_a = hearth_value_is (a, INTEGER);
  gboolean is_whole_b = hearth_value_is (b, INTEGER);

  if (is_whole_a && is_whole_b)
    return ORDER (hearth_value_get_integer (a), hearth_value_get_integer (b));
  if (is_whole_a)
    return order_mixed (hearth_value_get_integer (a), hearth_value_get_double (b));
  if (is_whole_b)
    return -order_mixed (hearth_value_get_integer (b), hearth_value_get_double (a));
  return ORDER (hearth_value_get_double (a), hearth_value_get_double (b));
}

gboolean
_hearth_expr_order (HearthExprEvaluation *self,
                    HearthValue          *a,
                    HearthValue          *b,
                    int                  *order)
{
  *order = 0;
  if (hearth_value_is_number (a) && hearth_value_is_number (b))
    {
      *order = order_numbers (a, b);
      return TRUE;
    }
  if (hearth_value_is (a, STRING) && hearth_value_is (b, STRING))
    {
      gsize n_a, n_b;
      const char *text_a = hearth_value_get_string (a, &n_a);
      const char *text_b = hearth_value_get_string (b, &n_b);

      if (a == b)
        return TRUE;
      if (!_hearth_expr_take_bytes (self, MIN (n_a, n_b)))
        return FALSE;
      /* The order of UTF-8 bytes is the order of code points. */
      *order = memcmp (text_a, text_b, MIN (n_a, n_b));
      if (*order == 0)
        *order = ORDER (n_a, n_b);
      return TRUE;
    }
  _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE,
                     _("Only two numbers or two texts have an order, but here are %s and %s."),
                     _hearth_expr_describe (a), _hearth_expr_describe (b));
  return FALSE;
}

/* --- contained ------------------------------------------------------------------------ */

const char *
_hearth_expr_find_bytes (const char *text,
                         gsize       length,
                         const char *wanted,
                         gsize       n_wanted)
{
  /* One byte is the usual separator, and memmem() is slow to start. */
  if (n_wanted == 1)
    return memchr (text, *wanted, length);
  return memmem (text, length, wanted, n_wanted);
}

gssize
_hearth_expr_find_text (HearthValue *text,
                        HearthValue *part)
{
  gsize n_text, n_part;
  const char *start = hearth_value_get_string (text, &n_text);
  const char *wanted = hearth_value_get_string (part, &n_part);
  const char *found = _hearth_expr_find_bytes (start, n_text, wanted, n_part);

  return found != NULL ? found - start : -1;
}

static gboolean
contains_text (HearthExprEvaluation *self,
               HearthValue          *container,
               HearthValue          *item,
               gboolean             *is_in)
{
  gsize length;

  if (!hearth_value_is (item, STRING))
    {
      _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE, _("A text can only contain a text, but here it is asked for %s."),
                         _hearth_expr_describe (item));
      return FALSE;
    }
  hearth_value_get_string (container, &length);
  *is_in = _hearth_expr_find_text (container, item) >= 0;
  return _hearth_expr_take_bytes (self, length);
}

static gboolean
contains_key (HearthExprEvaluation *self,
              HearthValue          *container,
              HearthValue          *item,
              gboolean             *is_in)
{
  const char *key;
  gsize length;

  if (!hearth_value_is (item, STRING))
    {
      _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE,
                         _("The members of an object have texts as names, but here it is asked for %s."),
                         _hearth_expr_describe (item));
      return FALSE;
    }
  key = hearth_value_get_string (item, &length);
  *is_in = strlen (key) == length && hearth_value_get (container, key) != NULL;
  return TRUE;
}

gboolean
_hearth_expr_contains (HearthExprEvaluation *self,
                       HearthValue          *container,
                       HearthValue          *item,
                       gboolean             *is_in)
{
  gssize place;

  switch (hearth_value_get_kind (container))
    {
    case HEARTH_VALUE_STRING:
      return contains_text (self, container, item, is_in);
    case HEARTH_VALUE_OBJECT:
      return contains_key (self, container, item, is_in);
    case HEARTH_VALUE_ARRAY:
      if (!_hearth_expr_find (self, container, item, &place))
        return FALSE;
      *is_in = place >= 0;
      return TRUE;
    default:
      _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE,
                         _("Only a list, an object or a text can contain something, but here is %s."),
                         _hearth_expr_describe (container));
      return FALSE;
    }
}
