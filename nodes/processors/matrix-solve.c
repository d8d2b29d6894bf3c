/* matrix-solve.c: determinant and inverse
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "matrix.h"

#include "shapes.h"

#include <math.h>
#include <string.h>

#include "hearth-i18n.h"

static gboolean
check_square (const HearthMatrix *a,
              GError            **error)
{
  if (a->rows == a->columns && a->rows > 0)
    return TRUE;
  return hearth_shape_fail (error, N_("Only a square matrix has a determinant or an inverse; this one is %zu × %zu."),
                            a->rows, a->columns);
}

static gboolean
check_going_on (HearthStep *step,
                GError    **error)
{
  if (!hearth_step_is_cancelled (step))
    return TRUE;
  g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CANCELLED, _("The run was stopped."));
  return FALSE;
}

static HearthMatrix *
copy (const HearthMatrix *a,
      GError            **error)
{
  HearthMatrix *twin = hearth_matrix_new (a->rank, a->rows, a->columns, error);

  if (twin != NULL)
    memcpy (twin->cells, a->cells, a->rows * a->columns * sizeof (double));
  return twin;
}

static void
swap_rows (HearthMatrix *a,
           gsize         one,
           gsize         other)
{
  for (gsize i = 0; i < a->columns; i++)
    {
      double kept = hearth_matrix_at (a, one, i);

      hearth_matrix_at (a, one, i) = hearth_matrix_at (a, other, i);
      hearth_matrix_at (a, other, i) = kept;
    }
}

/* Partial pivoting: the row from @k down with the largest cell in column @k. */
static gsize
find_pivot (const HearthMatrix *a,
            gsize               k)
{
  gsize best = k;

  for (gsize row = k + 1; row < a->rows; row++)
    if (fabs (hearth_matrix_at (a, row, k)) > fabs (hearth_matrix_at (a, best, k)))
      best = row;
  return best;
}

/* Bareiss: every division is exact for whole numbers, so their determinant is a whole number too. */
static gboolean
determine (const HearthMatrix *a,
           double             *det,
           HearthStep         *step,
           GError            **error)
{
  g_autoptr(HearthMatrix) m = copy (a, error);
  double before = 1, sign = 1;

  if (m == NULL)
    return FALSE;
  for (gsize k = 0; k < m->rows; k++)
    {
      gsize pivot = find_pivot (m, k);

      if (!check_going_on (step, error))
        return FALSE;
      *det = 0;
      if (hearth_matrix_at (m, pivot, k) == 0)
        return TRUE;
      if (pivot != k)
        {
          swap_rows (m, pivot, k);
          sign = -sign;
        }
      for (gsize i = k + 1; i < m->rows; i++)
        for (gsize j = k + 1; j < m->rows; j++)
          hearth_matrix_at (m, i, j) = (hearth_matrix_at (m, i, j) * hearth_matrix_at (m, k, k)
                                        - hearth_matrix_at (m, i, k) * hearth_matrix_at (m, k, j)) / before;
      before = hearth_matrix_at (m, k, k);
    }
  *det = sign * before;
  return TRUE;
}

HearthMatrix *
hearth_matrix_determinant (const HearthMatrix *a,
                           HearthStep         *step,
                           GError            **error)
{
  HearthMatrix *result;
  double det;

  g_return_val_if_fail (a != NULL, NULL);

  if (!check_square (a, error) || !determine (a, &det, step, error))
    return NULL;
  result = hearth_matrix_new (0, 1, 1, error);
  result->cells[0] = det;
  return result;
}

/* The closed form gives exact results where elimination would leave rounding errors. */
static void
invert_small (const HearthMatrix *a,
              HearthMatrix       *inverse,
              double              det)
{
  if (a->rows == 1)
    {
      inverse->cells[0] = 1 / det;
      return;
    }
  inverse->cells[0] = a->cells[3] / det;
  inverse->cells[1] = -a->cells[1] / det;
  inverse->cells[2] = -a->cells[2] / det;
  inverse->cells[3] = a->cells[0] / det;
}

/* Takes @factor times row @from away from row @row, in both. */
static void
reduce_row (HearthMatrix *m,
            HearthMatrix *inverse,
            gsize         row,
            gsize         from,
            double        factor)
{
  for (gsize i = 0; i < m->columns; i++)
    {
      hearth_matrix_at (m, row, i) -= factor * hearth_matrix_at (m, from, i);
      hearth_matrix_at (inverse, row, i) -= factor * hearth_matrix_at (inverse, from, i);
    }
}

static gboolean
eliminate (HearthMatrix *m,
           HearthMatrix *inverse,
           HearthStep   *step,
           GError      **error)
{
  for (gsize i = 0; i < m->rows; i++)
    hearth_matrix_at (inverse, i, i) = 1;

  for (gsize k = 0; k < m->rows; k++)
    {
      gsize pivot = find_pivot (m, k);
      double divisor = hearth_matrix_at (m, pivot, k);

      if (!check_going_on (step, error))
        return FALSE;
      if (divisor == 0)
        return hearth_shape_fail (error, N_("The matrix has no inverse, because its determinant is zero."));
      swap_rows (m, pivot, k);
      swap_rows (inverse, pivot, k);
      for (gsize i = 0; i < m->columns; i++)
        {
          hearth_matrix_at (m, k, i) /= divisor;
          hearth_matrix_at (inverse, k, i) /= divisor;
        }
      for (gsize row = 0; row < m->rows; row++)
        if (row != k)
          reduce_row (m, inverse, row, k, hearth_matrix_at (m, row, k));
    }
  return TRUE;
}

HearthMatrix *
hearth_matrix_invert (const HearthMatrix *a,
                      HearthStep         *step,
                      GError            **error)
{
  g_autoptr(HearthMatrix) m = NULL;
  g_autoptr(HearthMatrix) inverse = NULL;
  double det;

  g_return_val_if_fail (a != NULL, NULL);

  if (!check_square (a, error) || !determine (a, &det, step, error))
    return NULL;
  if (det == 0)
    {
      hearth_shape_fail (error, N_("The matrix has no inverse, because its determinant is zero."));
      return NULL;
    }
  inverse = hearth_matrix_new (a->rank, a->rows, a->columns, error);
  if (inverse == NULL)
    return NULL;
  if (a->rows <= 2)
    {
      invert_small (a, inverse, det);
      return g_steal_pointer (&inverse);
    }
  m = copy (a, error);
  if (m == NULL || !eliminate (m, inverse, step, error))
    return NULL;
  return g_steal_pointer (&inverse);
}
