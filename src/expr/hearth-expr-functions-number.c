/* hearth-expr-functions-number.c: functions on numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

/* A double has no more digits than that behind the point that mean anything. */
#define MAX_DIGITS 15

/* A whole number becomes an integer if it fits. */
static HearthValue *
make_whole (HearthExprCall *call,
            double          number)
{
  if (fabs (number) < 0x1p63)
    return hearth_value_integer ((gint64) number);
  return _hearth_expr_new_double (call->evaluation, number);
}

static HearthValue *
apply (HearthExprCall *call,
       double (*function) (double))
{
  HearthValue *number = _hearth_expr_call_number (call, 0);

  if (number == NULL)
    return NULL;
  /* Also a big number is whole already, or beyond everything that could be cut off. */
  if (!hearth_value_is (number, DOUBLE))
    return hearth_value_ref (number);
  return make_whole (call, function (hearth_value_get_double (number)));
}

HEARTH_EXPR_FUNCTION (floor)
{
  return apply (call, floor);
}

HEARTH_EXPR_FUNCTION (ceil)
{
  return apply (call, ceil);
}

HEARTH_EXPR_FUNCTION (round)
{
  gint64 digits = 0;
  double number, scale, scaled;

  if (call->n_arguments == 2 && !_hearth_expr_call_integer (call, 1, &digits))
    return NULL;
  if (digits < 0 || digits > MAX_DIGITS)
    return _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_VALUE,
                              _("A number can be rounded to 0 to %d digits."), MAX_DIGITS);
  if (digits == 0 || !hearth_value_is (call->arguments[0], DOUBLE))
    return apply (call, round);
  number = hearth_value_get_double (call->arguments[0]);
  scale = pow (10, (double) digits);
  scaled = number * scale;
  /* From here on every double is whole. */
  if (fabs (scaled) >= 0x1p52)
    return hearth_value_ref (call->arguments[0]);
  return hearth_value_double (round (scaled) / scale);
}

HEARTH_EXPR_FUNCTION (abs)
{
  HearthValue *number = _hearth_expr_call_number (call, 0);

  if (number == NULL)
    return NULL;
  if (!hearth_value_is (number, INTEGER))
    return _hearth_expr_new_double (call->evaluation, fabs (hearth_value_get_double (number)));
  if (hearth_value_get_integer (number) >= 0)
    return hearth_value_ref (number);
  return _hearth_expr_calculate (call->evaluation, TOKEN_MINUS, hearth_value_integer (0), number);
}

/* --- of many --------------------------------------------------------------------------- */

HEARTH_EXPR_FUNCTION (sum)
{
  HearthValue *list = _hearth_expr_call_list (call, 0);
  g_autoptr (HearthValue) sum = list != NULL ? hearth_value_integer (0) : NULL;

  if (list == NULL || !_hearth_expr_take_elements (call->evaluation, hearth_value_get_length (list)))
    return NULL;
  for (gsize i = 0; sum != NULL && i < hearth_value_get_length (list); i++)
    {
      g_autoptr (HearthValue) before = g_steal_pointer (&sum);
      HearthValue *element = hearth_value_at (list, i);

      if (!hearth_value_is_number (element))
        return _hearth_expr_fail (call->evaluation, HEARTH_EXPR_ERROR_TYPE,
                                  _("%s (list) needs a list of numbers, but there is %s in it."),
                                  call->function->name, _hearth_expr_describe (element));
      sum = _hearth_expr_calculate (call->evaluation, TOKEN_PLUS, before, element);
    }
  return g_steal_pointer (&sum);
}

HEARTH_EXPR_FUNCTION (avg)
{
  g_autoptr (HearthValue) sum = _hearth_expr_function_sum (call);
  g_autoptr (HearthValue) n = NULL;

  if (sum == NULL)
    return NULL;
  n = hearth_value_integer ((gint64) hearth_value_get_length (call->arguments[0]));
  if (hearth_value_get_integer (n) == 0)
    return hearth_value_null ();
  return _hearth_expr_calculate (call->evaluation, TOKEN_SLASH, sum, n);
}

/* The smallest with @sign -1, the largest with 1; of equal ones the first. */
static HearthValue *
find_extreme (HearthExprCall *call,
              int             sign)
{
  gboolean is_list = call->n_arguments == 1 && hearth_value_is (call->arguments[0], ARRAY);
  gsize n = is_list ? hearth_value_get_length (call->arguments[0]) : call->n_arguments;
  HearthValue *best = NULL;

  if (!_hearth_expr_take_elements (call->evaluation, n))
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      HearthValue *value = is_list ? hearth_value_at (call->arguments[0], i) : call->arguments[i];
      int order;

      /* The first is compared with itself: it needs an order too. */
      if (!_hearth_expr_order (call->evaluation, value, best != NULL ? best : value, &order))
        return NULL;
      if (best == NULL || (order > 0) - (order < 0) == sign)
        best = value;
    }
  return best != NULL ? hearth_value_ref (best) : hearth_value_null ();
}

HEARTH_EXPR_FUNCTION (min)
{
  return find_extreme (call, -1);
}

HEARTH_EXPR_FUNCTION (max)
{
  return find_extreme (call, 1);
}
