/* test-nodes-matrix.c: core:MatrixOperation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-step.h"

#include "hearth-json.h"

#include <math.h>
#include <string.h>

static const struct
{
  const char *mode;
  const char *inputs;
  const char *expected; /* JSON; "error: " and a word of the sentence */
} cases[] = {
  /* The identity is the default, given as text. */
  { "add", "{}", "[[2,0],[0,2]]" },
  { "add", "{\"a\":\"[[1,2],[3,4]]\",\"b\":[[10,20],[30,40]]}", "[[11,22],[33,44]]" },
  { "add", "{\"a\":[1,2,3],\"b\":10}", "[11,12,13]" },
  { "add", "{\"a\":\"5\",\"b\":\" 6 \"}", "11" },
  { "add", "{\"a\":\"\",\"b\":6}", "6" },
  { "add", "{\"a\":[[1,2],[3,4]],\"b\":[10,20]}", "[[11,22],[13,24]]" },
  { "add", "{\"a\":[[1],[2]],\"b\":[10,20,30]}", "[[11,21,31],[12,22,32]]" },
  { "add", "{\"a\":[],\"b\":[]}", "[]" },
  { "add", "{\"a\":[1,2],\"b\":[1,2,3]}", "error: sizes" },
  { "add", "{\"a\":[[1,2],[3]],\"b\":1}", "error: same length" },
  { "add", "{\"a\":[[1,\"x\"]],\"b\":1}", "error: not a number" },
  { "add", "{\"a\":[[[1]]],\"b\":1}", "error: not a number" },
  { "add", "{\"a\":\"[[1,2\",\"b\":1}", "error: JSON" },
  { "add", "{\"a\":{\"x\":1},\"b\":1}", "error: number" },
  { "add", "{\"a\":true,\"b\":1}", "error: number" },
  { "add", "{\"a\":null,\"b\":1}", "error: needed" },
  { "subtract", "{\"a\":[[1,2]],\"b\":[[3,5]]}", "[[-2,-3]]" },
  { "subtract", "{\"a\":1,\"b\":[3,5]}", "[-2,-4]" },
  { "multiply", "{\"a\":[[1,2],[3,4]],\"b\":[[5,6],[7,8]]}", "[[19,22],[43,50]]" },
  { "multiply", "{\"a\":[[1,2,3]],\"b\":[[1],[2],[3]]}", "[[14]]" },
  { "multiply", "{\"a\":[[1],[2]],\"b\":[[3,4]]}", "[[3,4],[6,8]]" },
  { "multiply", "{\"a\":[1,2,3],\"b\":[4,5,6]}", "32" },
  { "multiply", "{\"a\":[[1,2],[3,4],[5,6]],\"b\":[1,1]}", "[3,7,11]" },
  { "multiply", "{\"a\":[1,1],\"b\":[[1,2,3],[4,5,6]]}", "[5,7,9]" },
  { "multiply", "{\"a\":2,\"b\":[[1,2]]}", "[[2,4]]" },
  { "multiply", "{\"a\":[[1,2]],\"b\":\"0.5\"}", "[[0.5,1]]" },
  { "multiply", "{\"a\":[[1,2]],\"b\":[[1,2]]}", "error: multiplied" },
  { "multiply", "{\"a\":[1,2],\"b\":[1,2,3]}", "error: multiplied" },
  { "transpose", "{\"matrix\":[[1,2,3],[4,5,6]]}", "[[1,4],[2,5],[3,6]]" },
  { "transpose", "{\"matrix\":[1,2,3]}", "[1,2,3]" },
  { "transpose", "{\"matrix\":3}", "error: must be a matrix" },
  { "transpose", "{}", "error: must be a matrix" },
  { "invert", "{\"matrix\":[[1,2],[3,4]]}", "[[-2,1],[1.5,-0.5]]" },
  { "invert", "{\"matrix\":[[0,1],[1,0]]}", "[[0,1],[1,0]]" },
  { "invert", "{\"matrix\":[[4]]}", "[[0.25]]" },
  { "invert", "{\"matrix\":[[0,0,2],[0,4,0],[8,0,0]]}", "[[0,0,0.125],[0,0.25,0],[0.5,0,0]]" },
  { "invert", "{\"matrix\":[[1,2],[2,4]]}", "error: determinant" },
  { "invert", "{\"matrix\":[[1,2,3],[4,5,6],[7,8,9]]}", "error: determinant" },
  { "invert", "{\"matrix\":[[1,2,3],[4,5,6]]}", "error: square" },
  { "det", "{\"matrix\":[[1,2],[3,4]]}", "-2" },
  { "det", "{\"matrix\":[[2,0,1],[1,3,2],[1,1,1]]}", "0" },
  { "det", "{\"matrix\":[[6,1,1],[4,-2,5],[2,8,7]]}", "-306" },
  { "det", "{\"matrix\":[[0,2,3,1],[1,0,5,2],[4,1,0,3],[2,2,1,0]]}", "-83" },
  { "det", "{\"matrix\":[[7]]}", "7" },
  { "det", "{\"matrix\":[[1,2,3]]}", "error: square" },
  { "det", "{\"matrix\":\"oops\"}", "error: JSON" },
};

/* -0 and 0 are one result. */
static char *
normalize (char *json)
{
  g_autofree char *owned = json;
  g_auto(GStrv) parts = g_strsplit (owned, "-0,", -1);

  return g_strjoinv ("0,", parts);
}

static void
test_cases (void)
{
  const HearthNodeDecl *decl = fake_find_decl ("MatrixOperation");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *config = g_strdup_printf ("{\"operationMode\":\"%s\"}", cases[i].mode);
      g_autofree char *result = normalize (fake_step_try (decl, cases[i].inputs, config, "result"));

      g_test_message ("%s %s: %s", cases[i].mode, cases[i].inputs, result);
      if (g_str_has_prefix (cases[i].expected, "error: "))
        {
          g_assert_true (g_str_has_prefix (result, "error: "));
          g_assert_nonnull (strstr (result, cases[i].expected + strlen ("error: ")));
        }
      else
        g_assert_cmpstr (result, ==, cases[i].expected);
    }
}

/* A matrix times its inverse is the identity, for a size that takes the general way. */
static void
test_round_trip (void)
{
  const HearthNodeDecl *decl = fake_find_decl ("MatrixOperation");
  g_autoptr(GString) matrix = g_string_new ("[");
  g_autofree char *inverse = NULL;
  g_autofree char *product = NULL;
  g_autofree char *inputs = NULL;
  g_autoptr(HearthValue) value = NULL;
  const guint size = 40;

  for (guint i = 0; i < size; i++)
    {
      g_string_append (matrix, i > 0 ? ",[" : "[");
      for (guint j = 0; j < size; j++)
        g_string_append_printf (matrix, "%s%d", j > 0 ? "," : "", (int) ((i * 7 + j * 13 + i * i * j) % 19) + (i == j ? 40 : 0));
      g_string_append_c (matrix, ']');
    }
  g_string_append_c (matrix, ']');

  inputs = g_strdup_printf ("{\"matrix\":%s}", matrix->str);
  inverse = fake_step_try (decl, inputs, "{\"operationMode\":\"invert\"}", "result");
  g_assert_false (g_str_has_prefix (inverse, "error"));
  g_free (inputs);
  inputs = g_strdup_printf ("{\"a\":%s,\"b\":%s}", matrix->str, inverse);
  product = fake_step_try (decl, inputs, "{\"operationMode\":\"multiply\"}", "result");
  value = hearth_json_parse (product, -1, NULL);
  g_assert_nonnull (value);
  for (guint i = 0; i < size; i++)
    for (guint j = 0; j < size; j++)
      {
        double cell = hearth_value_get_double (hearth_value_at (hearth_value_at (value, i), j));

        g_assert_cmpfloat (fabs (cell - (i == j)), <, 1e-9);
      }
}

static void
test_cancel (void)
{
  g_autoptr(HearthStep) step = fake_step_new (fake_find_decl ("MatrixOperation"),
                                              "{\"matrix\":[[1,2,3],[0,1,4],[5,6,0]]}", "{\"operationMode\":\"det\"}");
  g_autofree char *problem = NULL;

  g_cancellable_cancel (hearth_step_get_cancellable (step));
  problem = fake_step_run (step);
  g_assert_nonnull (problem);
  g_assert_null (fake_step_get_output (step, "result"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nodes/matrix/cases", test_cases);
  g_test_add_func ("/nodes/matrix/round-trip", test_round_trip);
  g_test_add_func ("/nodes/matrix/cancel", test_cancel);
  return g_test_run ();
}
