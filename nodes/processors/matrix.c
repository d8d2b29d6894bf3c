/* matrix.c: numbers, vectors and matrices as nested arrays: reading, writing, plain arithmetic
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "matrix.h"

#include "shapes.h"

#include <string.h>

#include "hearth-i18n.h"

#define MAX_CELLS (4 * 1000 * 1000)

HearthMatrix *
hearth_matrix_new (guint    rank,
                   gsize    rows,
                   gsize    columns,
                   GError **error)
{
  HearthMatrix *self;

  g_return_val_if_fail (rank <= 2, NULL);

  if (columns > 0 && rows > MAX_CELLS / columns)
    {
      g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE,
                   _("A matrix of %zu × %zu is too large."), rows, columns);
      return NULL;
    }
  self = g_malloc0 (sizeof (HearthMatrix) + rows * columns * sizeof (double));
  self->rank = rank;
  self->rows = rows;
  self->columns = columns;
  return self;
}

/* --- reading and writing ------------------------------------------------------ */

static gboolean
fill_row (HearthMatrix *self,
          gsize         row,
          HearthValue  *list,
          GError      **error)
{
  for (gsize i = 0; i < self->columns; i++)
    {
      HearthValue *cell = hearth_value_at (list, i);

      if (!hearth_value_is_number (cell))
        return hearth_shape_fail (error, N_("Row %zu, column %zu of the matrix is not a number."), row + 1, i + 1);
      hearth_matrix_at (self, row, i) = hearth_value_get_double (cell);
    }
  return TRUE;
}

static gboolean
fill_rows (HearthMatrix *self,
           HearthValue  *list,
           GError      **error)
{
  for (gsize row = 0; row < self->rows; row++)
    {
      HearthValue *cells = hearth_value_at (list, row);

      if (!hearth_value_is (cells, ARRAY) || hearth_value_get_length (cells) != self->columns)
        return hearth_shape_fail (error, N_("The rows of the matrix are not all of the same length."));
      if (!fill_row (self, row, cells, error))
        return FALSE;
    }
  return TRUE;
}

HearthMatrix *
hearth_matrix_from_value (HearthValue *value,
                          GError     **error)
{
  g_autoptr(HearthMatrix) self = NULL;
  HearthValue *first;
  gsize length;

  g_return_val_if_fail (value != NULL, NULL);

  if (hearth_value_is_number (value))
    {
      self = hearth_matrix_new (0, 1, 1, error);
      self->cells[0] = hearth_value_get_double (value);
      return g_steal_pointer (&self);
    }
  if (!hearth_value_is (value, ARRAY))
    {
      hearth_shape_fail (error, N_("A matrix is a number or a list of numbers or of rows, like [[1, 2], [3, 4]]."));
      return NULL;
    }

  length = hearth_value_get_length (value);
  first = length > 0 ? hearth_value_at (value, 0) : NULL;
  if (hearth_value_is (first, ARRAY))
    {
      self = hearth_matrix_new (2, length, hearth_value_get_length (first), error);
      if (self == NULL || !fill_rows (self, value, error))
        return NULL;
    }
  else
    {
      self = hearth_matrix_new (1, 1, length, error);
      if (self == NULL || !fill_row (self, 0, value, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

static HearthValue *
row_to_value (const HearthMatrix *self,
              gsize               row)
{
  g_auto(HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < self->columns; i++)
    hearth_builder_add (&list, NULL, hearth_value_double (hearth_matrix_at (self, row, i)));
  return hearth_builder_end_array (&list);
}

HearthValue *
hearth_matrix_to_value (const HearthMatrix *self)
{
  g_auto(HearthBuilder) list = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->rank == 0)
    return hearth_value_double (self->cells[0]);
  if (self->rank == 1)
    return row_to_value (self, 0);
  for (gsize row = 0; row < self->rows; row++)
    hearth_builder_add (&list, NULL, row_to_value (self, row));
  return hearth_builder_end_array (&list);
}

/* --- arithmetic ------------------------------------------------------------------ */

static gboolean
sizes_fit (gsize a,
           gsize b)
{
  return a == b || a == 1 || b == 1;
}

static void
set_size_error (GError            **error,
                const char         *format,
                const HearthMatrix *a,
                const HearthMatrix *b)
{
  g_autofree char *sizes = g_strdup_printf ("%" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT ", %" G_GSIZE_FORMAT
                                            " × %" G_GSIZE_FORMAT,
                                            a->rows, a->columns, b->rows, b->columns);

  g_set_error (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_NODE, "%s (%s)", format, sizes);
}

/* The length when a side of @a meets that of @b: 1 gives way to the other, also to 0. */
static gsize
fit_size (gsize a,
          gsize b)
{
  return a == 1 ? b : a;
}

HearthMatrix *
hearth_matrix_add (const HearthMatrix *a,
                   const HearthMatrix *b,
                   double              sign,
                   GError            **error)
{
  HearthMatrix *sum;

  g_return_val_if_fail (a != NULL && b != NULL, NULL);

  if (!sizes_fit (a->rows, b->rows) || !sizes_fit (a->columns, b->columns))
    {
      set_size_error (error, _("Matrices of these sizes cannot be added or subtracted"), a, b);
      return NULL;
    }
  sum = hearth_matrix_new (MAX (a->rank, b->rank), fit_size (a->rows, b->rows), fit_size (a->columns, b->columns),
                           error);
  if (sum == NULL)
    return NULL;
  for (gsize row = 0; row < sum->rows; row++)
    for (gsize column = 0; column < sum->columns; column++)
      {
        double left = hearth_matrix_at (a, a->rows == 1 ? 0 : row, a->columns == 1 ? 0 : column);
        double right = hearth_matrix_at (b, b->rows == 1 ? 0 : row, b->columns == 1 ? 0 : column);

        hearth_matrix_at (sum, row, column) = left + sign * right;
      }
  return sum;
}

HearthMatrix *
hearth_matrix_transpose (const HearthMatrix *a,
                         GError            **error)
{
  HearthMatrix *turned;

  g_return_val_if_fail (a != NULL, NULL);

  if (a->rank < 2) /* a vector stays one */
    {
      turned = hearth_matrix_new (a->rank, a->rows, a->columns, error);
      if (turned != NULL)
        memcpy (turned->cells, a->cells, a->rows * a->columns * sizeof (double));
      return turned;
    }
  turned = hearth_matrix_new (2, a->columns, a->rows, error);
  for (gsize row = 0; turned != NULL && row < a->rows; row++)
    for (gsize column = 0; column < a->columns; column++)
      hearth_matrix_at (turned, column, row) = hearth_matrix_at (a, row, column);
  return turned;
}

static HearthMatrix *
scale (const HearthMatrix *a,
       double              factor,
       GError            **error)
{
  HearthMatrix *scaled = hearth_matrix_new (a->rank, a->rows, a->columns, error);

  for (gsize i = 0; scaled != NULL && i < a->rows * a->columns; i++)
    scaled->cells[i] = a->cells[i] * factor;
  return scaled;
}

/* @a as @rows × @inner, row by row; @b as @inner × @columns, its element (i, j) at i * columns + j. */
static gboolean
fill_product (HearthMatrix *product,
              const double *a,
              const double *b,
              gsize         inner,
              HearthStep   *step,
              GError      **error)
{
  for (gsize row = 0; row < product->rows; row++)
    {
      double *out = &hearth_matrix_at (product, row, 0);

      if (hearth_step_is_cancelled (step))
        {
          g_set_error_literal (error, HEARTH_ENGINE_ERROR, HEARTH_ENGINE_ERROR_CANCELLED, _("The run was stopped."));
          return FALSE;
        }
      for (gsize i = 0; i < inner; i++)
        for (gsize column = 0; column < product->columns; column++)
          out[column] += a[row * inner + i] * b[i * product->columns + column];
    }
  return TRUE;
}

HearthMatrix *
hearth_matrix_multiply (const HearthMatrix *a,
                        const HearthMatrix *b,
                        HearthStep         *step,
                        GError            **error)
{
  g_autoptr(HearthMatrix) product = NULL;
  gsize inner, rows, columns;

  g_return_val_if_fail (a != NULL && b != NULL, NULL);

  if (a->rank == 0)
    return scale (b, a->cells[0], error);
  if (b->rank == 0)
    return scale (a, b->cells[0], error);

  /* A vector is a row on the left and a column on the right. */
  inner = a->columns;
  rows = a->rows;
  columns = b->rank == 1 ? 1 : b->columns;
  if (inner != (b->rank == 1 ? b->columns : b->rows))
    {
      set_size_error (error, _("Matrices of these sizes cannot be multiplied"), a, b);
      return NULL;
    }
  product = hearth_matrix_new (2, rows, columns, error);
  if (product == NULL || !fill_product (product, a->cells, b->cells, inner, step, error))
    return NULL;

  product->rank = (a->rank - 1) + (b->rank - 1);
  if (product->rank == 1 && b->rank == 1) /* a column as result is a vector, kept as a row */
    {
      product->columns = product->rows;
      product->rows = 1;
    }
  return g_steal_pointer (&product);
}
