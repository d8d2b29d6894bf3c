/* test-nodes-math.c: core:MathOperation in all its modes
 *
 * The expected results are what JavaScript prints for the same expression.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include "processors/math-functions.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *mode;
  const char *inputs;
  const char *expected; /* JSON; "error" for any error sentence */
} Case;

static const Case cases[] = {
  { "add", "{\"a\":1,\"b\":2}", "3" },
  { "add", "{\"a\":0.1,\"b\":0.2}", "0.30000000000000004" },
  { "add", "{}", "0" },
  { "subtract", "{\"a\":1,\"b\":2.5}", "-1.5" },
  { "multiply", "{\"a\":-3,\"b\":4}", "-12" },
  { "multiply", "{\"a\":1e200,\"b\":1e200}", "null" },
  { "multiply_add", "{\"val1\":2,\"val2\":3,\"val3\":4}", "10" },
  /* 0.1 * 10 rounds to 1 before the subtraction; a fused operation would leave 5.55e-17. */
  { "multiply_add", "{\"val1\":0.1,\"val2\":10,\"val3\":-1}", "0" },
  { "divide", "{\"a\":1,\"b\":3}", "0.3333333333333333" },
  { "divide", "{\"a\":1,\"b\":0}", "error" },
  { "divide", "{\"a\":1}", "error" },
  { "divide", "{\"a\":1,\"b\":\"0\"}", "error" },
  { "divide", "{\"a\":0,\"b\":7}", "0" },
  { "power", "{\"base\":2,\"exponent\":10}", "1024" },
  { "power", "{\"base\":3}", "9" },
  { "power", "{\"base\":3,\"exponent\":0}", "9" },
  { "power", "{\"base\":0,\"exponent\":-1}", "null" },
  { "power", "{\"base\":1,\"exponent\":\"x\"}", "null" },
  { "power", "{\"base\":1,\"exponent\":\"Infinity\"}", "null" },
  { "power", "{\"base\":-8,\"exponent\":0.5}", "null" },
  { "logarithm", "{\"value\":8,\"base\":2}", "3" },
  { "logarithm", "{}", "0" },
  { "logarithm", "{\"value\":0,\"base\":0}", "0" },
  { "logarithm", "{\"value\":-1}", "null" },
  { "logarithm", "{\"value\":5,\"base\":1}", "null" },
  { "logarithm", "{\"value\":5,\"base\":-2}", "null" },
  { "sqrt", "{\"value\":2}", "1.4142135623730951" },
  { "sqrt", "{\"value\":-1}", "error" },
  { "sqrt", "{\"value\":\"x\"}", "null" },
  { "inverse_sqrt", "{\"value\":4}", "0.5" },
  { "inverse_sqrt", "{\"value\":0}", "error" },
  { "inverse_sqrt", "{\"value\":-4}", "error" },
  { "absolute", "{\"value\":-2.5}", "2.5" },
  { "exp", "{\"value\":1}", "2.718281828459045" },
  { "exp", "{\"value\":1000}", "null" },
  { "min", "{\"a\":2,\"b\":-1}", "-1" },
  { "min", "{\"a\":2,\"b\":\"x\"}", "null" },
  { "max", "{\"a\":2,\"b\":-1}", "2" },
  { "max", "{\"a\":\"x\",\"b\":1}", "null" },
  { "lessThan", "{\"a\":1,\"b\":2}", "1" },
  { "lessThan", "{\"a\":2,\"b\":2}", "0" },
  { "lessThan", "{\"a\":\"x\",\"b\":2}", "0" },
  { "greaterThan", "{\"a\":3,\"b\":2}", "1" },
  { "greaterThan", "{\"a\":2,\"b\":3}", "0" },
  { "sign", "{\"value\":-7}", "-1" },
  { "sign", "{\"value\":0}", "0" },
  { "sign", "{\"value\":0.2}", "1" },
  { "sign", "{\"value\":\"x\"}", "null" },
  { "round", "{\"value\":2.5}", "3" },
  { "round", "{\"value\":-2.5}", "-2" },
  { "round", "{\"value\":0.49999999999999994}", "0" },
  { "round", "{\"value\":-2.51}", "-3" },
  { "round", "{\"value\":9007199254740993}", "9007199254740992" },
  { "floor", "{\"value\":-1.5}", "-2" },
  { "ceil", "{\"value\":1.2}", "2" },
  { "truncate", "{\"value\":-1.7}", "-1" },
  { "fraction", "{\"value\":1.25}", "0.25" },
  { "fraction", "{\"value\":-1.25}", "0.75" },
  { "modulo", "{\"a\":-7,\"b\":3}", "-1" },
  { "modulo", "{\"a\":7,\"b\":-3}", "1" },
  { "modulo", "{\"a\":7,\"b\":0}", "error" },
  { "sin", "{\"value\":1}", "0.8414709848078965" },
  { "cos", "{\"value\":1}", "0.5403023058681398" },
  { "cos", "{}", "1" },
  { "tan", "{\"value\":1}", "1.5574077246549023" },
  { "asin", "{\"value\":1}", "1.5707963267948966" },
  { "asin", "{\"value\":2}", "null" },
  { "acos", "{\"value\":-1}", "3.141592653589793" },
  { "acos", "{\"value\":-1.5}", "null" },
  { "atan", "{\"value\":1}", "0.7853981633974483" },
  { "atan2", "{\"y\":1,\"x\":-1}", "2.356194490192345" },
  { "sinh", "{\"value\":1}", "1.1752011936438014" },
  { "cosh", "{\"value\":0}", "1" },
  { "tanh", "{\"value\":100}", "1" },
  { "to_radians", "{\"degrees\":180}", "3.141592653589793" },
  { "to_degrees", "{\"radians\":3.141592653589793}", "180" },

  /* operands that are not numbers */
  { "add", "{\"a\":\"2\",\"b\":\" 3.5 \"}", "5.5" },
  { "add", "{\"a\":true,\"b\":true}", "2" },
  { "add", "{\"a\":null,\"b\":1}", "1" },
  { "add", "{\"a\":false,\"b\":\"\"}", "0" },
  { "add", "{\"a\":\"two\",\"b\":1}", "null" },
  { "add", "{\"a\":\"0x10\",\"b\":1}", "17" },
  { "add", "{\"a\":{},\"b\":1}", "null" },
  { "add", "{\"a\":[],\"b\":1}", "1" },

  /* clamp */
  { "add", "{\"a\":1,\"b\":2,\"clamp\":true}", "1" },
  { "subtract", "{\"a\":1,\"b\":2,\"clamp\":true}", "0" },
  { "add", "{\"a\":0.25,\"b\":0.25,\"clamp\":true}", "0.5" },
  { "add", "{\"a\":1,\"b\":2,\"clamp\":\"yes\"}", "1" },
  { "add", "{\"a\":1,\"b\":2,\"clamp\":\"\"}", "3" },
  { "asin", "{\"value\":2,\"clamp\":true}", "null" },
  { "exp", "{\"value\":1000,\"clamp\":true}", "1" },

  /* an unknown mode counts as add */
  { "exotic", "{\"a\":1,\"b\":2}", "3" },
};

static void
test_cases (void)
{
  const HearthNodeDecl *decl = fake_find_decl ("MathOperation");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *config = g_strdup_printf ("{\"operationMode\":\"%s\"}", cases[i].mode);
      g_autofree char *result = fake_step_try (decl, cases[i].inputs, config, "result");

      g_test_message ("%s %s", cases[i].mode, cases[i].inputs);
      if (g_str_equal (cases[i].expected, "error"))
        g_assert_true (g_str_has_prefix (result, "error: "));
      else
        g_assert_cmpstr (result, ==, cases[i].expected);
    }
}

/* Both tables, and the cases above, know the same 34 modes. */
static void
test_tables (void)
{
  const HearthNodeDecl *decl = fake_find_decl ("MathOperation");
  guint n_modes = 0;

  for (const HearthModeDecl *mode = decl->modes; mode->id != NULL; mode++, n_modes++)
    {
      gboolean tested = FALSE;

      g_assert_nonnull (hearth_math_find (mode->id));
      g_assert_cmpstr (hearth_math_find (mode->id)->mode, ==, mode->id);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        tested = tested || g_str_equal (cases[i].mode, mode->id);
      if (!tested)
        g_error ("mode %s is not tested", mode->id);
    }
  g_assert_cmpuint (n_modes, ==, 34);
  g_assert_null (hearth_math_find ("exotic"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/math/cases", test_cases);
  g_test_add_func ("/nodes/math/tables", test_tables);
  return g_test_run ();
}
