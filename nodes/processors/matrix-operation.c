/* matrix-operation.c: core:MatrixOperation, calculates with matrices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "matrix.h"
#include "shapes.h"

#include "hearth-json.h"

#include <math.h>

#include "hearth-i18n.h"

/* Text is JSON, or else a number in JavaScript's sense (nodes.md 5.6). */
static HearthValue *
parse_text (HearthValue *text,
            GError     **error)
{
  gsize length;
  const char *string = hearth_value_get_string (text, &length);
  HearthValue *value = hearth_json_parse (string, length, NULL);
  double number;

  if (value != NULL)
    return value;
  number = hearth_value_to_number (text);
  if (!isnan (number))
    return hearth_value_double (number);
  hearth_shape_fail (error, N_("The text is neither a matrix written as JSON, like [[1, 2], [3, 4]], nor a number."));
  return NULL;
}

/* NULL without @error when there is no value. */
static HearthMatrix *
read_matrix (HearthStep *step,
             const char *key,
             GError    **error)
{
  HearthValue *input = hearth_step_get_input (step, key);
  g_autoptr(HearthValue) value = NULL;

  if (input == NULL || hearth_value_is (input, NULL))
    return NULL;
  value = hearth_value_is (input, STRING) ? parse_text (input, error) : hearth_value_ref (input);
  return value != NULL ? hearth_matrix_from_value (value, error) : NULL;
}

static HearthMatrix *
calculate_pair (HearthStep *step,
                const char *mode,
                GError    **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthMatrix) a = read_matrix (step, "a", &cause);
  g_autoptr(HearthMatrix) b = cause == NULL ? read_matrix (step, "b", &cause) : NULL;

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  if (a == NULL || b == NULL)
    {
      hearth_shape_fail (error, N_("Matrix A and matrix B are both needed."));
      return NULL;
    }
  if (g_str_equal (mode, "multiply"))
    return hearth_matrix_multiply (a, b, step, error);
  return hearth_matrix_add (a, b, g_str_equal (mode, "subtract") ? -1 : 1, error);
}

static HearthMatrix *
calculate_single (HearthStep *step,
                  const char *mode,
                  GError    **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(HearthMatrix) matrix = read_matrix (step, "matrix", &cause);

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  if (matrix == NULL || matrix->rank == 0)
    {
      hearth_shape_fail (error, N_("The input must be a matrix, like [[1, 2], [3, 4]]."));
      return NULL;
    }
  if (g_str_equal (mode, "transpose"))
    return hearth_matrix_transpose (matrix, error);
  if (g_str_equal (mode, "invert"))
    return hearth_matrix_invert (matrix, step, error);
  return hearth_matrix_determinant (matrix, step, error);
}

static gboolean
is_single (const char *mode)
{
  return g_str_equal (mode, "transpose") || g_str_equal (mode, "invert") || g_str_equal (mode, "det");
}

static gboolean
matrix_operation_compute (HearthStep *step,
                          GError    **error)
{
  const char *mode = hearth_step_get_mode (step);
  g_autoptr(HearthMatrix) result = NULL;

  if (mode == NULL)
    mode = "add";
  result = is_single (mode) ? calculate_single (step, mode, error) : calculate_pair (step, mode, error);
  if (result == NULL)
    return FALSE;
  hearth_step_set_output (step, "result", hearth_matrix_to_value (result));
  return TRUE;
}

#define MATRIX_INPUT(k, n, t) \
  { .key = k, .type = HEARTH_DATA_OBJECT, .name = n, .title = t, .categories = "Matrix", \
    .flags = HEARTH_SLOT_REQUIRED, .config = HEARTH_JSON ({ "default": "[[1, 0], [0, 1]]" }) }

static const HearthSlotDecl pair[] = {
  MATRIX_INPUT ("a", "矩阵 A", N_("Matrix A")),
  MATRIX_INPUT ("b", "矩阵 B", N_("Matrix B")),
  { NULL },
};

static const HearthSlotDecl single[] = {
  { .key = "matrix", .type = HEARTH_DATA_OBJECT, .name = "矩阵", .title = N_("Matrix"), .categories = "Matrix",
    .flags = HEARTH_SLOT_REQUIRED },
  { NULL },
};

static const HearthSlotDecl any_output[] = {
  { .key = "result", .type = HEARTH_DATA_WILDCARD, .name = "结果", .title = N_("Result"),
    .description = N_("A matrix, a vector or a number.") },
  { NULL },
};

static const HearthSlotDecl matrix_output[] = {
  { .key = "result", .type = HEARTH_DATA_OBJECT, .name = "结果", .title = N_("Result"), .categories = "Matrix" },
  { NULL },
};

static const HearthSlotDecl number_output[] = {
  { .key = "result", .type = HEARTH_DATA_FLOAT, .name = "行列式", .title = N_("Determinant") },
  { NULL },
};

static const HearthModeDecl modes[] = {
  { .id = "add", .name = "相加", .title = N_("Add"), .inputs = pair, .outputs = any_output },
  { .id = "subtract", .name = "相减", .title = N_("Subtract"), .inputs = pair, .outputs = any_output },
  { .id = "multiply", .name = "相乘", .title = N_("Multiply"), .inputs = pair, .outputs = any_output },
  { .id = "transpose", .name = "转置", .title = N_("Transpose"), .inputs = single, .outputs = matrix_output },
  { .id = "invert", .name = "求逆", .title = N_("Invert"), .inputs = single, .outputs = matrix_output },
  { .id = "det", .name = "行列式", .title = N_("Determinant"), .inputs = single, .outputs = number_output },
  { NULL },
};

static const HearthSlotDecl config[] = {
  { .key = "operationMode", .type = HEARTH_DATA_STRING, .name = "运算模式", .title = N_("Operation"),
    .categories = "ComboOption", .flags = HEARTH_SLOT_REQUIRED,
    .config = HEARTH_JSON ({ "searchable": true, "suggestions": [
      { "value": "add", "label": "矩阵/相加" },
      { "value": "subtract", "label": "矩阵/相减" },
      { "value": "multiply", "label": "矩阵/相乘" },
      { "value": "transpose", "label": "矩阵/转置" },
      { "value": "invert", "label": "矩阵/求逆" },
      { "value": "det", "label": "矩阵/行列式" }
    ], "default": "add" }) },
  { NULL },
};

const HearthNodeDecl hearth_node_matrix_operation = {
  .type = "MatrixOperation",
  .category = "数学",
  .category_title = N_("Mathematics"),
  .name = "矩阵运算",
  .title = N_("Matrices"),
  .description = N_("Calculates with matrices: sum, difference, product, transpose, inverse and determinant."),
  .inputs = pair,
  .outputs = any_output,
  .config = config,
  .modes = modes,
  .mode_key = "operationMode",
  .default_mode = "add",
  .config_values = HEARTH_JSON ({ "operationMode": "add" }),
  .version = 1,
  .reuse = HEARTH_REUSE_PURE,
  .compute = matrix_operation_compute,
};
