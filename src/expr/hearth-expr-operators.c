/* hearth-expr-operators.c: + - * / %
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "hearth-expr-evaluation-private.h"
#include "hearth-i18n.h"

static HearthValue *
join_texts (HearthExprEvaluation *self,
            HearthValue          *a,
            HearthValue          *b)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gsize n_a, n_b;
  const char *text_a = hearth_value_get_string (a, &n_a);
  const char *text_b = hearth_value_get_string (b, &n_b);

  if (!_hearth_expr_take_memory (self, HEARTH_EXPR_TEXT_SIZE) || !_hearth_expr_append (self, out, text_a, n_a) ||
      !_hearth_expr_append (self, out, text_b, n_b))
    return NULL;
  return hearth_value_string_len (out->str, out->len);
}

static HearthValue *
fail_division (HearthExprEvaluation *self)
{
  return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_VALUE,
                            _("Nothing can be divided by zero. Test the divisor first, as in b == 0 ? null : a / b."));
}

/* Exact, or FALSE when no integer is the result. */
static gboolean
calculate_exactly (HearthExprTokenKind operator,
                   gint64              a,
                   gint64              b,
                   gint64             *result)
{
  switch (operator)
    {
    case TOKEN_PLUS:
      return !__builtin_add_overflow (a, b, result);
    case TOKEN_MINUS:
      return !__builtin_sub_overflow (a, b, result);
    case TOKEN_STAR:
      return !__builtin_mul_overflow (a, b, result);
    default:
      if (b == -1) /* the quotient may be one too large, and then even the remainder traps */
        {
          *result = 0;
          return operator == TOKEN_PERCENT || !__builtin_sub_overflow (0, a, result);
        }
      *result = operator == TOKEN_SLASH ? a / b : a % b;
      return operator == TOKEN_PERCENT || a % b == 0;
    }
}

static double
calculate_nearly (HearthExprTokenKind operator,
                  double              a,
                  double              b)
{
  switch (operator)
    {
    case TOKEN_PLUS:
      return a + b;
    case TOKEN_MINUS:
      return a - b;
    case TOKEN_STAR:
      return a * b;
    case TOKEN_SLASH:
      return a / b;
    default:
      return fmod (a, b);
    }
}

static const char *
get_sign (HearthExprTokenKind operator)
{
  static const char *const signs[] = { "+", "-", "*", "/", "%" };

  return signs[operator - TOKEN_PLUS];
}

static HearthValue *
fail_operands (HearthExprEvaluation *self,
               HearthExprTokenKind   operator,
               HearthValue          *a,
               HearthValue          *b)
{
  if (operator == TOKEN_PLUS)
    return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE,
                              _("The sign + adds two numbers or joins two texts, but here are %s and %s. "
                                "text (…) and number (…) turn one into the other."),
                              _hearth_expr_describe (a), _hearth_expr_describe (b));
  return _hearth_expr_fail (self, HEARTH_EXPR_ERROR_TYPE, _("The sign %s needs two numbers, but here are %s and %s."),
                            get_sign (operator), _hearth_expr_describe (a), _hearth_expr_describe (b));
}

HearthValue *
_hearth_expr_calculate (HearthExprEvaluation *self,
                        HearthExprTokenKind   operator,
                        HearthValue          *a,
                        HearthValue          *b)
{
  gint64 result;

  if (operator == TOKEN_PLUS && hearth_value_is (a, STRING) && hearth_value_is (b, STRING))
    return join_texts (self, a, b);
  if (!hearth_value_is_number (a) || !hearth_value_is_number (b))
    return fail_operands (self, operator, a, b);
  if ((operator == TOKEN_SLASH || operator == TOKEN_PERCENT) && hearth_value_get_double (b) == 0)
    return fail_division (self);
  if (hearth_value_is (a, INTEGER) && hearth_value_is (b, INTEGER) &&
      calculate_exactly (operator, hearth_value_get_integer (a), hearth_value_get_integer (b), &result))
    return hearth_value_integer (result);
  return _hearth_expr_new_double (self, calculate_nearly (operator, hearth_value_get_double (a),
                                                          hearth_value_get_double (b)));
}
