/* test-expr-limits.c: no expression takes for ever, and none harms the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include "hearth-expr.h"
#include "hearth-json.h"

/* One value of each kind */
#define VARIABLES HEARTH_JSON ({ "user" : { "b" : 1 }, "items" : [ 1, "two", null ], "zero" : 0 })

static HearthValue *
evaluate (const char *text,
          GError    **error)
{
  g_autoptr (HearthValue) variables = hearth_json_parse (VARIABLES, -1, NULL);
  g_autoptr (HearthExpr) expr = hearth_expr_parse (text, error);

  g_assert_nonnull (variables);
  return expr != NULL ? hearth_expr_evaluate (expr, variables, error) : NULL;
}

static char *
repeat (const char *before,
        const char *middle,
        const char *after,
        guint       n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, before);
  g_string_append (text, middle);
  for (guint i = 0; i < n; i++)
    g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
check_limit (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = NULL;
  gint64 start = g_get_monotonic_time ();

  value = evaluate (text, &error);
  g_test_message ("%.60s: %.3f s", text, (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  if (value != NULL || !g_error_matches (error, HEARTH_EXPR_ERROR, HEARTH_EXPR_ERROR_LIMIT))
    g_test_fail_printf ("%.60s…: %s", text, error != NULL ? error->message : "no limit");
  /* A second is far more than it takes; without limits each of these takes for ever. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

static void
test_depth (void)
{
  static const struct
  {
    const char *before;
    const char *middle;
    const char *after;
  } nests[] = {
    { "(", "1", ")" },          { "[", "1", "]" },       { "{a: ", "1", "}" },       { "not ", "1", "" },
    { "- ", "zero", "" },       { "! ", "1", "" },       { "1 ? 2 : ", "3", "" },    { "text(", "1", ")" },
    { "map(items, x => ", "1", ")" }, { "items[", "0", "]" }, { "1 ? ", "2", " : 3" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nests); i++)
    {
      g_autofree char *deep = repeat (nests[i].before, nests[i].middle, nests[i].after, HEARTH_EXPR_MAX_DEPTH);
      g_autofree char *abyss = repeat (nests[i].before, nests[i].middle, nests[i].after, 5000);
      g_autofree char *fine = repeat (nests[i].before, nests[i].middle, nests[i].after, HEARTH_EXPR_MAX_DEPTH - 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthExpr) expr = hearth_expr_parse (fine, &error);

      g_assert_no_error (error);
      g_assert_nonnull (expr);
      check_limit (deep);
      check_limit (abyss);
    }
}

static void
test_length (void)
{
  g_autofree char *sum = repeat ("1+", "1", "", HEARTH_EXPR_MAX_LENGTH / 2 - 1);
  g_autofree char *path = repeat ("", "user", ".a", 20000);
  g_autofree char *longer = repeat ("1+", "1", "", HEARTH_EXPR_MAX_LENGTH / 2);
  g_autofree char *blank = g_strnfill (HEARTH_EXPR_MAX_LENGTH + 1, ' ');
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = evaluate (sum, &error);
  g_autoptr (HearthValue) nothing = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (hearth_value_get_integer (value), ==, HEARTH_EXPR_MAX_LENGTH / 2);
  nothing = evaluate (path, &error);
  g_assert_no_error (error);
  g_assert_true (hearth_value_is (nothing, NULL));
  check_limit (longer);
  check_limit (blank);
}

static void
test_steps (void)
{
  g_autofree char *maps = repeat ("map(range(100), x => ", "1", ")", 20);
  g_autofree char *anys = repeat ("any(range(1000), x => ", "false", ")", 10);

  check_limit (maps);
  check_limit (anys);
  check_limit ("range(100001)");
  check_limit ("range(9223372036854775807)");
  check_limit ("map(range(100000), x => x + 1)");
  check_limit ("filter(range(400), x => any(range(400), y => y == 1000))");
  check_limit ("sort(map(range(2000), x => join(map(range(200), y => 'aaaaaaaaaaaaaaaaaa'), '') + text(x % 2)))");
  check_limit ("map(range(2000), x => 5000 in range(4000))");
  check_limit ("unique(map(range(9000), x => [[[x]]]))");
}

static void
test_memory (void)
{
  GString *doubled = g_string_new (NULL);
  g_autofree char *lists = repeat ("map([0, 0], x => ", "[0, 0]", ")", 14);
  g_autofree char *shared = NULL;

  /* Thirty times doubled is a thousand million times as long. */
  for (guint i = 0; i < 30; i++)
    g_string_append_printf (doubled, "replace(");
  g_string_append (doubled, "'x'");
  for (guint i = 0; i < 30; i++)
    g_string_append (doubled, ", 'x', 'xx')");
  check_limit (doubled->str);
  g_string_free (doubled, TRUE);
  check_limit (lists);
  check_limit ("map(range(1000), x => join(range(1000), '-'))");
  check_limit ("map([range(1000)], r => flatten(map(range(2000), x => r)))");
  check_limit ("join(map(range(3000), x => map(range(30), y => 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')), '')");
  /* Little memory that is endless when written down or compared */
  shared = repeat ("map([", "[1]", "], x => [x, x])", 25);
  check_limit (shared);
  g_free (shared);
  shared = repeat ("json(", "map([map([map([map([map([map([map([map([map([map([map([map([range(1000)], a => [a, a, a, a])], "
                            "a => [a, a, a, a])], a => [a, a, a, a])], a => [a, a, a, a])], a => [a, a, a, a])], a => "
                            "[a, a, a, a])], a => [a, a, a, a])], a => [a, a, a, a])], a => [a, a, a, a])], a => [a, a, "
                            "a, a])], a => [a, a, a, a])], a => [a, a, a, a])",
                   ")", 1);
  check_limit (shared);
}

/* The names of members are part of what is written down. */
static void
test_large_names (void)
{
  g_autofree char *name = g_strnfill (1000000, 'x');
  g_autoptr (HearthValue) object = hearth_value_object (name, hearth_value_null (), NULL);
  g_autoptr (HearthValue) variables = hearth_value_object ("o", hearth_value_ref (object), NULL);
  static const char *const texts[] = { "json(map(range(1000), x => o))", "map(range(1000), x => o)" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HearthExpr) expr = hearth_expr_parse (texts[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthValue) value = hearth_expr_evaluate (expr, variables, &error);

      g_assert_null (value);
      g_assert_error (error, HEARTH_EXPR_ERROR, HEARTH_EXPR_ERROR_LIMIT);
    }
}

/* What was there before may be large; only what is made counts. */
static void
test_large_variables (void)
{
  g_autofree char *bytes = g_strnfill (HEARTH_EXPR_MAX_MEMORY + 1, 'x');
  g_autoptr (HearthValue) variables = hearth_value_object ("big", hearth_value_string (bytes), NULL);
  g_autoptr (HearthExpr) pass = hearth_expr_parse ("big", NULL);
  g_autoptr (HearthExpr) length = hearth_expr_parse ("length(big)", NULL);
  g_autoptr (HearthExpr) copy = hearth_expr_parse ("big + '!'", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) passed = hearth_expr_evaluate (pass, variables, &error);
  g_autoptr (HearthValue) measured = hearth_expr_evaluate (length, variables, &error);
  g_autoptr (HearthValue) copied = NULL;

  g_assert_no_error (error);
  g_assert_true (passed == hearth_value_get (variables, "big"));
  g_assert_cmpint (hearth_value_get_integer (measured), ==, HEARTH_EXPR_MAX_MEMORY + 1);
  copied = hearth_expr_evaluate (copy, variables, &error);
  g_assert_error (error, HEARTH_EXPR_ERROR, HEARTH_EXPR_ERROR_LIMIT);
  g_assert_null (copied);
}

/* --- properties --------------------------------------------------------------------------- */

static void
test_random_bytes (void)
{
  static const char *const pieces[] = { "user", "items", "map(", "x =>", "(", ")", "[", "]", "{", "}", "a:", ",", ".",
                                        "1", "'t'", "+", "-", "*", "/", "<", "==", "in", "not", "and", "??", "?", ":",
                                        "length(", "sort(", "x", "null", "\"", "\\", "\xc3", "é", "\n", "2.5", "=>" };
  g_autoptr (HearthValue) variables = hearth_json_parse (VARIABLES, -1, NULL);
  guint n_parsed = 0;

  for (guint round = 0; round < 50000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthExpr) expr = NULL;
      g_autoptr (HearthValue) value = NULL;
      guint n = (guint) g_test_rand_int_range (0, 9);

      for (guint i = 0; i < n; i++)
        if (round % 4 == 0)
          g_string_append_c (text, (char) g_test_rand_int_range (1, 256));
        else
          g_string_append_printf (text, "%s ", pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      expr = hearth_expr_parse (text->str, &error);
      g_assert_true ((expr == NULL) == (error != NULL));
      if (expr == NULL)
        continue;
      n_parsed++;
      value = hearth_expr_evaluate (expr, variables, &error);
      g_assert_true ((value == NULL) == (error != NULL));
    }
  g_assert_cmpuint (n_parsed, >, 1000);
}

static gpointer
evaluate_often_cb (gpointer data)
{
  g_autoptr (HearthExpr) expr = hearth_expr_ref (data);
  g_autoptr (HearthValue) variables = hearth_value_object ("n", hearth_value_integer (50), NULL);

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (HearthValue) value = hearth_expr_evaluate (expr, variables, NULL);

      g_assert_cmpint (hearth_value_get_integer (value), ==, 1225);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (HearthExpr) expr = hearth_expr_parse ("sum(map(range(n), x => parse(json({v: x})).v))", NULL);
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("evaluate", evaluate_often_cb, expr);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expr-limits/depth", test_depth);
  g_test_add_func ("/expr-limits/length", test_length);
  g_test_add_func ("/expr-limits/steps", test_steps);
  g_test_add_func ("/expr-limits/memory", test_memory);
  g_test_add_func ("/expr-limits/large-names", test_large_names);
  g_test_add_func ("/expr-limits/large-variables", test_large_variables);
  g_test_add_func ("/expr-limits/random-bytes", test_random_bytes);
  g_test_add_func ("/expr-limits/threads", test_threads);
  return g_test_run ();
}
