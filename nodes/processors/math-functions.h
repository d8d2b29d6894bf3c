/* math-functions.h: the operations of core:MathOperation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HEARTH_MATH_MAX_OPERANDS 3

/* Sets @problem to a sentence marked with N_() when the operands have no result at all. */
typedef double (*HearthMathApply) (const double *operands,
                                   const char  **problem);

typedef struct
{
  const char      *mode;
  HearthMathApply  apply;
  double           substitutes[HEARTH_MATH_MAX_OPERANDS]; /* for operands that are missing or 0 */
} HearthMathFunction;

/* NULL for a mode that does not exist. */
const HearthMathFunction *hearth_math_find (const char *mode);

G_END_DECLS
