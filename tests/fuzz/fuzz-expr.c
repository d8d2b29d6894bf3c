/* fuzz-expr.c: whatever expression comes in, it ends soon, in a value or in a sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-expr.h"
#include "hearth-json.h"

#include "fuzz.h"

/* Named by single letters, so that a fuzzer finds them */
#define VARIABLES                                                                                                     \
  HEARTH_JSON ({                                                                                                      \
    "a" : [ 3, 1, 2.5, -9223372036854775808, 1e300, 18446744073709551616 ],                                           \
    "b" : { "c" : { "d" : [ 1, [ 2, { "e" : null } ] ] }, "odd key" : "x" },                                          \
    "n" : null,                                                                                                       \
    "s" : "Äpfel, 名前 😀\u0000 end",                                                                                 \
    "j" : "{\"k\": [1, 2.5, \"\\u00e9\"]}",                                                                           \
    "t" : true                                                                                                        \
  })

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == HEARTH_EXPR_ERROR);
  g_assert_true (g_str_has_prefix (error->message, "Column ") || g_str_has_prefix (error->message, "Line "));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
check_variables (HearthExpr *expr)
{
  g_auto (GStrv) names = hearth_expr_list_variables (expr);

  for (gsize i = 0; names[i] != NULL; i++)
    g_assert_true (names[i][0] != '\0' && g_utf8_validate (names[i], -1, NULL));
}

/* The same input gives the same result, which can be written and read again. */
static void
check_value (HearthExpr  *expr,
             HearthValue *variables,
             HearthValue *value)
{
  g_autoptr (HearthValue) again = hearth_expr_evaluate (expr, variables, NULL);
  g_autofree char *written = hearth_json_print (value);
  g_autofree char *written_again = NULL;

  g_assert_nonnull (again);
  g_assert_true (hearth_value_equal (value, again));
  written_again = hearth_json_print (again);
  g_assert_cmpstr (written, ==, written_again);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthExpr) expr = hearth_expr_parse (text, &error);
  g_autoptr (HearthValue) variables = NULL;
  g_autoptr (HearthValue) value = NULL;

  if (expr == NULL)
    {
      check_error (error);
      return 0;
    }
  g_assert_no_error (error);
  check_variables (expr);
  variables = hearth_json_parse (VARIABLES, -1, &error);
  g_assert_no_error (error);
  value = hearth_expr_evaluate (expr, variables, &error);
  if (value == NULL)
    check_error (error);
  else
    check_value (expr, variables, value);
  return 0;
}
