/* math-functions.c: the operations of core:MathOperation, with JavaScript's results
 *
 * Where C and JavaScript differ (powers of 1, minimum of NaN, rounding of halves) JavaScript
 * counts, since that is what the node is defined in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "math-functions.h"

#include <math.h>

#include "hearth-i18n.h"

#define OPERATION(name) static double name (const double *v, const char **problem)

OPERATION (op_add) { return v[0] + v[1]; }
OPERATION (op_subtract) { return v[0] - v[1]; }
OPERATION (op_multiply) { return v[0] * v[1]; }
OPERATION (op_multiply_add) { return v[0] * v[1] + v[2]; }
OPERATION (op_absolute) { return fabs (v[0]); }
OPERATION (op_exp) { return exp (v[0]); }
OPERATION (op_less_than) { return v[0] < v[1]; }
OPERATION (op_greater_than) { return v[0] > v[1]; }
OPERATION (op_floor) { return floor (v[0]); }
OPERATION (op_ceil) { return ceil (v[0]); }
OPERATION (op_truncate) { return trunc (v[0]); }
OPERATION (op_sin) { return sin (v[0]); }
OPERATION (op_cos) { return cos (v[0]); }
OPERATION (op_tan) { return tan (v[0]); }
OPERATION (op_asin) { return asin (v[0]); }
OPERATION (op_acos) { return acos (v[0]); }
OPERATION (op_atan) { return atan (v[0]); }
OPERATION (op_atan2) { return atan2 (v[0], v[1]); }
OPERATION (op_sinh) { return sinh (v[0]); }
OPERATION (op_cosh) { return cosh (v[0]); }
OPERATION (op_tanh) { return tanh (v[0]); }
OPERATION (op_to_radians) { return v[0] * (G_PI / 180); }
OPERATION (op_to_degrees) { return v[0] * (180 / G_PI); }

OPERATION (op_divide)
{
  if (v[1] == 0)
    *problem = N_("Cannot divide by zero. Give B another value.");
  return v[0] / v[1];
}

OPERATION (op_modulo)
{
  if (v[1] == 0)
    *problem = N_("The divisor of a modulo cannot be zero. Give B another value.");
  return fmod (v[0], v[1]);
}

OPERATION (op_power)
{
  if (isnan (v[1]) || (fabs (v[0]) == 1 && isinf (v[1])))
    return NAN;
  return pow (v[0], v[1]);
}

OPERATION (op_logarithm)
{
  if (v[0] <= 0 || v[1] <= 0 || v[1] == 1)
    return NAN;
  return log (v[0]) / log (v[1]);
}

OPERATION (op_sqrt)
{
  if (v[0] < 0)
    *problem = N_("A negative number has no square root. Give a number from 0 up.");
  return sqrt (v[0]);
}

OPERATION (op_inverse_sqrt)
{
  if (v[0] <= 0)
    *problem = N_("The inverse square root needs a number above zero.");
  return 1 / sqrt (v[0]);
}

OPERATION (op_min)
{
  if (isnan (v[0]) || isnan (v[1]))
    return NAN;
  return MIN (v[0], v[1]);
}

OPERATION (op_max)
{
  if (isnan (v[0]) || isnan (v[1]))
    return NAN;
  return MAX (v[0], v[1]);
}

OPERATION (op_sign)
{
  if (isnan (v[0]))
    return NAN;
  return (v[0] > 0) - (v[0] < 0);
}

/* Halves towards +∞. Adding 0.5 first would be wrong just below a half. */
OPERATION (op_round)
{
  double below = floor (v[0]);

  return v[0] - below >= 0.5 ? below + 1 : below;
}

OPERATION (op_fraction)
{
  return v[0] - trunc (v[0]) + (v[0] < 0 ? 1 : 0);
}

static const HearthMathFunction functions[] = {
  { "add", op_add, { 0 } },
  { "subtract", op_subtract, { 0 } },
  { "multiply", op_multiply, { 0 } },
  { "multiply_add", op_multiply_add, { 0 } },
  { "divide", op_divide, { 0 } },
  { "power", op_power, { 0, 2 } },
  { "logarithm", op_logarithm, { 1, G_E } },
  { "sqrt", op_sqrt, { 0 } },
  { "inverse_sqrt", op_inverse_sqrt, { 0 } },
  { "absolute", op_absolute, { 0 } },
  { "exp", op_exp, { 0 } },
  { "min", op_min, { 0 } },
  { "max", op_max, { 0 } },
  { "lessThan", op_less_than, { 0 } },
  { "greaterThan", op_greater_than, { 0 } },
  { "sign", op_sign, { 0 } },
  { "round", op_round, { 0 } },
  { "floor", op_floor, { 0 } },
  { "ceil", op_ceil, { 0 } },
  { "truncate", op_truncate, { 0 } },
  { "fraction", op_fraction, { 0 } },
  { "modulo", op_modulo, { 0 } },
  { "sin", op_sin, { 0 } },
  { "cos", op_cos, { 0 } },
  { "tan", op_tan, { 0 } },
  { "asin", op_asin, { 0 } },
  { "acos", op_acos, { 0 } },
  { "atan", op_atan, { 0 } },
  { "atan2", op_atan2, { 0 } },
  { "sinh", op_sinh, { 0 } },
  { "cosh", op_cosh, { 0 } },
  { "tanh", op_tanh, { 0 } },
  { "to_radians", op_to_radians, { 0 } },
  { "to_degrees", op_to_degrees, { 0 } },
};

const HearthMathFunction *
hearth_math_find (const char *mode)
{
  g_return_val_if_fail (mode != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_str_equal (functions[i].mode, mode))
      return &functions[i];
  return NULL;
}
