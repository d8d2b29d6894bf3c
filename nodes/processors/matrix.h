/* matrix.h: numbers, vectors and matrices as nested arrays
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"

G_BEGIN_DECLS

/**
 * HearthMatrix:
 * @rank: 0 a number, 1 a vector (one row), 2 a matrix
 *
 * Plain data on the heap, cells row by row. Errors are sentences in HEARTH_ENGINE_ERROR_NODE;
 * long work ends with HEARTH_ENGINE_ERROR_CANCELLED soon after its @step was cancelled.
 */
typedef struct
{
  guint   rank;
  gsize   rows;
  gsize   columns;
  double  cells[];
} HearthMatrix;

/* All zero; NULL with @error when it would be larger than any use of it. */
HearthMatrix *hearth_matrix_new          (guint               rank,
                                          gsize               rows,
                                          gsize               columns,
                                          GError            **error);
/* From a number or from an array of numbers or of equally long arrays of numbers. */
HearthMatrix *hearth_matrix_from_value   (HearthValue        *value,
                                          GError            **error);
HearthValue  *hearth_matrix_to_value     (const HearthMatrix *self);

#define hearth_matrix_at(m, row, column) ((m)->cells[(row) * (m)->columns + (column)])

/* Element by element: @a plus @sign times @b. A side of length 1 is stretched to the other's length. */
HearthMatrix *hearth_matrix_add          (const HearthMatrix *a,
                                          const HearthMatrix *b,
                                          double              sign,
                                          GError            **error);
/* Two vectors give a number. */
HearthMatrix *hearth_matrix_multiply     (const HearthMatrix *a,
                                          const HearthMatrix *b,
                                          HearthStep         *step,
                                          GError            **error);
HearthMatrix *hearth_matrix_transpose    (const HearthMatrix *a,
                                          GError            **error);
HearthMatrix *hearth_matrix_invert       (const HearthMatrix *a,
                                          HearthStep         *step,
                                          GError            **error);
HearthMatrix *hearth_matrix_determinant  (const HearthMatrix *a,
                                          HearthStep         *step,
                                          GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthMatrix, g_free)

G_END_DECLS
