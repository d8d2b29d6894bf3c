/* test-expr.c: the expression language: operators, paths and mistakes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include "hearth-expr.h"
#include "hearth-json.h"

#define VARIABLES                                                                                                     \
  HEARTH_JSON ({                                                                                                      \
    "user" : { "name" : "Ada", "age" : 36, "tags" : [ "a", "b" ], "odd key" : 1, "in" : 2, "address" : null },        \
    "items" : [ 1, 2.5, "three", null, [ 4, [ 5 ] ], { "id" : 6 } ],                                                  \
    "zero" : 0,                                                                                                       \
    "empty" : "",                                                                                                     \
    "nothing" : null,                                                                                                 \
    "yes" : true,                                                                                                     \
    "größe" : 1.75,                                                                                                   \
    "名前" : "艾达",                                                                                                  \
    "max" : 9223372036854775807,                                                                                      \
    "huge" : 18446744073709551616,                                                                                    \
    "nul" : "a\u0000b",                                                                                               \
    "keyed" : { "a" : 1 }                                                                                             \
  })

typedef struct
{
  const char *text;
  const char *result; /* JSON */
} Case;

typedef struct
{
  const char *text;
  HearthExprError code;
  const char *message; /* how it begins */
} Mistake;

static const Case literals[] = {
  { "1", "1" }, { " 1 ", "1" }, { "\n\t1\n", "1" }, { "-1", "-1" }, { "0", "0" }, { "1.5", "1.5" }, { "1e3", "1000" },
  { "1.25e-2", "0.0125" }, { "9223372036854775807", "9223372036854775807" },
  { "-9223372036854775808", "-9223372036854775808" }, { "18446744073709551616", "18446744073709551616" },
  { "true", "true" }, { "false", "false" }, { "null", "null" }, { "'a'", "\"a\"" }, { "\"a\"", "\"a\"" },
  { "''", "\"\"" }, { "'it\\'s'", "\"it's\"" }, { "\"it's\"", "\"it's\"" }, { "'a\\nb\\t\\\\'", "\"a\\nb\\t\\\\\"" },
  { "'\\u00e9'", "\"é\"" }, { "'\\ud83d\\ude00'", "\"😀\"" }, { "'\\u0000' == 'x'", "false" }, { "'😀'", "\"😀\"" },
  { "[]", "[]" }, { "[1, 'a', [null]]", "[1,\"a\",[null]]" }, { "[1, 2,]", "[1,2]" }, { "{}", "{}" },
  { "{a: 1, 'b c': [2], \"d\": {e: null}}", "{\"a\":1,\"b c\":[2],\"d\":{\"e\":null}}" }, { "{a: 1,}", "{\"a\":1}" },
  { "{in: 1, not: 2, true: 3, and: 4}", "{\"in\":1,\"not\":2,\"true\":3,\"and\":4}" },
  { "{a: 1, b: 2, a: 3}", "{\"a\":3,\"b\":2}" }, { "(((1)))", "1" },
};

static const Case paths[] = {
  { "user.name", "\"Ada\"" }, { "user.age", "36" }, { "user . name", "\"Ada\"" }, { "user['name']", "\"Ada\"" },
  { "user[\"odd key\"]", "1" }, { "user.in", "2" }, { "user['in']", "2" }, { "user.missing", "null" },
  { "user.missing.deeper.still", "null" }, { "user.address.city", "null" }, { "user.address[0]", "null" },
  { "nothing.a", "null" }, { "nothing[0]", "null" }, { "nothing['a']", "null" }, { "items[0]", "1" },
  { "items[-1].id", "6" }, { "items[-6]", "1" }, { "items[-7]", "null" }, { "items[6]", "null" },
  { "items[1 + 1]", "\"three\"" }, { "items[4][1][0]", "5" }, { "items[1.0]", "2.5" }, { "items[zero]", "1" },
  { "[1, 2][1]", "2" }, { "{a: {b: 3}}.a.b", "3" }, { "(items)[0]", "1" }, { "größe", "1.75" }, { "名前", "\"艾达\"" },
  { "user['na' + 'me']", "\"Ada\"" }, { "user['tags'][1]", "\"b\"" }, { "first(items)", "1" },
  { "parse('{\"a\": [1]}').a[0]", "1" }, { "keyed['a\\u0000b']", "null" }, { "{_x1: 1}._x1", "1" },
};

static const Case operators[] = {
  /* arithmetic */
  { "1 + 2", "3" }, { "1 - 2", "-1" }, { "2 * 3", "6" }, { "6 / 3", "2" }, { "7 / 2", "3.5" }, { "7 % 3", "1" },
  { "-7 % 3", "-1" }, { "7 % -3", "1" }, { "7.5 % 2", "1.5" }, { "1 + 2 * 3", "7" }, { "(1 + 2) * 3", "9" },
  { "10 - 3 - 2", "5" }, { "100 / 10 / 5", "2" }, { "2 * 3 % 4", "2" }, { "-2 * -3", "6" }, { "1--1", "2" },
  { "1 - -1", "2" }, { "- 5", "-5" }, { "--5", "5" }, { "-(2 + 3)", "-5" }, { "-user.age", "-36" },
  { "0.1 + 0.2", "0.30000000000000004" }, { "0.5 + 0.5", "1" }, { "1e308 / 10", "1e+307" }, { "2+3", "5" },
  { "max + 0", "9223372036854775807" }, { "max - 1 + 1", "9223372036854775807" }, { "max + 1", "9223372036854776000" },
  { "-max - 1", "-9223372036854775808" }, { "-max - 2", "-9223372036854776000" }, { "max * 2", "18446744073709552000" },
  { "(-max - 1) / -1", "9223372036854776000" }, { "(-max - 1) % -1", "0" }, { "-(-max - 1)", "9223372036854776000" },
  { "huge / 2", "9223372036854776000" }, { "-zero", "0" }, { "3037000500 * 3037000500", "9223372037000250000" },
  { "'a' + 'b'", "\"ab\"" }, { "'a' + 'b' + 'c'", "\"abc\"" }, { "'' + ''", "\"\"" }, { "'ä' + '😀'", "\"ä😀\"" },
  { "length(nul + nul)", "6" },
  /* equality */
  { "1 == 1", "true" }, { "1 == 1.0", "true" }, { "1 == 2", "false" }, { "1 != 2", "true" }, { "1 == '1'", "false" },
  { "'a' == 'a'", "true" }, { "'a' == 'A'", "false" }, { "null == null", "true" }, { "null == false", "false" },
  { "0 == false", "false" }, { "'' == null", "false" }, { "[1, [2]] == [1, [2]]", "true" },
  { "[1, 2] == [2, 1]", "false" }, { "{a: 1, b: 2} == {b: 2, a: 1}", "true" }, { "{a: 1} == {a: 2}", "false" },
  { "[] == {}", "false" }, { "user == user", "true" }, { "huge == 18446744073709551616", "true" },
  { "9007199254740993 == 9007199254740992.0", "false" }, { "[1] != [1]", "false" }, { "'a' == nul", "false" },
  /* order */
  { "1 < 2", "true" }, { "2 < 2", "false" }, { "2 <= 2", "true" }, { "3 > 2", "true" }, { "2 >= 3", "false" },
  { "1.5 > 1", "true" }, { "-1.5 < -1", "true" }, { "1 < 1.5", "true" }, { "2 >= 2.0", "true" },
  { "9007199254740993 > 9007199254740992.0", "true" }, { "9007199254740992.0 < 9007199254740993", "true" },
  { "max < 9.3e18", "true" }, { "-max > -9.3e18", "true" }, { "max < huge", "true" }, { "huge > 1", "true" },
  { "'a' < 'b'", "true" }, { "'a' < 'ab'", "true" }, { "'Z' < 'a'", "true" }, { "'10' < '9'", "true" },
  { "'z' < 'ä'", "true" }, { "'\\uffee' < '😀'", "true" }, { "'' < 'a'", "true" }, { "'a' <= 'a'", "true" },
  /* in */
  { "1 in [1, 2]", "true" }, { "3 in [1, 2]", "false" }, { "3 not in [1, 2]", "true" }, { "[1] in [[1]]", "true" },
  { "'name' in user", "true" }, { "'nope' in user", "false" }, { "'nope' not in user", "true" },
  { "'address' in user", "true" }, { "'ell' in 'hello'", "true" }, { "'' in 'hello'", "true" }, { "'x' in ''", "false" },
  { "null in items", "true" }, { "'b\\u0000' in 'ab\\u0000'", "true" }, { "'a\\u0000b' in keyed", "false" },
  { "2.0 in [1, 2]", "true" }, { "not (1 in [2])", "true" }, { "not 1 in [2]", "true" },
  /* logic: the result is true or false; nothing more is looked at than needed */
  { "true and false", "false" }, { "true && true", "true" }, { "false or true", "true" }, { "false || false", "false" },
  { "not true", "false" }, { "!false", "true" }, { "!!1", "true" }, { "not not yes", "true" }, { "1 and 'a'", "true" },
  { "0 or ''", "false" }, { "null or 5", "true" }, { "[] and {}", "true" }, { "false and 1 / 0", "false" },
  { "true or 1 / 0", "true" }, { "true or false and false", "true" }, { "(true or false) and false", "false" },
  { "not false and true", "true" }, { "not 1 == 2", "true" }, { "!0 == true", "true" }, { "1 < 2 and 2 < 3", "true" },
  { "true and not false", "true" }, { "yes and user.age >= 18 and 'a' in user.tags", "true" },
  /* choices and fallbacks */
  { "true ? 1 : 2", "1" }, { "false ? 1 : 2", "2" }, { "'' ? 1 : 2", "2" }, { "[] ? 1 : 2", "1" },
  { "true ? 1 : 1 / 0", "1" }, { "false ? 1 / 0 : 2", "2" }, { "false ? 1 : false ? 2 : 3", "3" },
  { "true ? false ? 1 : 2 : 3", "2" }, { "1 < 2 ? 'a' : 'b'", "\"a\"" }, { "yes?1:2", "1" },
  { "null ?? 1", "1" }, { "0 ?? 1", "0" }, { "'' ?? 1", "\"\"" }, { "null ?? null ?? 3", "3" }, { "1 ?? 1 / 0", "1" },
  { "user.missing ?? 'none'", "\"none\"" }, { "user.missing ?? 2 > 1", "true" }, { "nothing ?? 1 + 2", "3" },
  { "false ?? 1", "false" }, { "{a: 1 ? 2 : 3}", "{\"a\":2}" },
};

static const Mistake mistakes[] = {
  { "", HEARTH_EXPR_ERROR_SYNTAX, "Column 1: There is no expression here" },
  { "  ", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: There is no expression here" },
  { "1 +", HEARTH_EXPR_ERROR_SYNTAX, "Column 4: The expression ends here" },
  { "ä +", HEARTH_EXPR_ERROR_SYNTAX, "Column 4: The expression ends here" },
  { "1 +\n  * 2", HEARTH_EXPR_ERROR_SYNTAX, "Line 2, column 3: A value is expected here" },
  { "1 2", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: The expression has ended" },
  { "(1", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: A closing bracket )" },
  { "1)", HEARTH_EXPR_ERROR_SYNTAX, "Column 2: This closing bracket has no opening one" },
  { "[1 2]", HEARTH_EXPR_ERROR_SYNTAX, "Column 4: A comma or ]" }, { "[,]", HEARTH_EXPR_ERROR_SYNTAX, "Column 2: " },
  { "{a 1}", HEARTH_EXPR_ERROR_SYNTAX, "Column 4: A colon" }, { "{1: 2}", HEARTH_EXPR_ERROR_SYNTAX, "Column 2: The name" },
  { "{a: 1 b: 2}", HEARTH_EXPR_ERROR_SYNTAX, "Column 7: A comma or }" },
  { "{'\\u0000': 1}", HEARTH_EXPR_ERROR_SYNTAX, "Column 2: The name of a member cannot hold" },
  { "items[0", HEARTH_EXPR_ERROR_SYNTAX, "Column 8: A closing bracket ]" },
  { "user.", HEARTH_EXPR_ERROR_SYNTAX, "Column 6: The name of a member" },
  { "user.1", HEARTH_EXPR_ERROR_SYNTAX, "Column 6: The name of a member" },
  { "user.&&", HEARTH_EXPR_ERROR_SYNTAX, "Column 6: The name of a member" },
  { "'abc", HEARTH_EXPR_ERROR_SYNTAX, "Column 1: This text has no closing" },
  { "'a\\q'", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: There is no such escape" },
  { "'a\\", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: There is no such escape" },
  { "'\\u12'", HEARTH_EXPR_ERROR_SYNTAX, "Column 2: Four hexadecimal digits" },
  { "'\\ud800'", HEARTH_EXPR_ERROR_SYNTAX, "Column 2: This escape is only half" },
  { "'\\udc00\\ud800'", HEARTH_EXPR_ERROR_SYNTAX, "Column 2: This escape is only half" },
  { "01", HEARTH_EXPR_ERROR_SYNTAX, "Column 1: A number must not start" },
  { "1.", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: A digit" }, { "1e", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: A digit" },
  { "2x", HEARTH_EXPR_ERROR_SYNTAX, "Column 1: A number and a name" }, { ".5", HEARTH_EXPR_ERROR_SYNTAX, "Column 1: A value" },
  { "a = 1", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: A single =" }, { "a & b", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: A single &" },
  { "a | b", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: A single |" }, { "a === b", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: There are no" },
  { "a !== b", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: There are no" }, { "“a”", HEARTH_EXPR_ERROR_SYNTAX, "Column 1: Text must" },
  { "a # b", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: The sign “#”" }, { "a; b", HEARTH_EXPR_ERROR_SYNTAX, "Column 2: The sign “;”" },
  { "'\xff'", HEARTH_EXPR_ERROR_SYNTAX, "Column 2: These bytes are not UTF-8" },
  { "1 < 2 < 3", HEARTH_EXPR_ERROR_SYNTAX, "Column 7: Comparisons cannot be chained" },
  { "1 == 1 == 1", HEARTH_EXPR_ERROR_SYNTAX, "Column 8: Comparisons cannot be chained" },
  { "1 in [1] not in [2]", HEARTH_EXPR_ERROR_SYNTAX, "Column 10: Comparisons cannot be chained" },
  { "true ? 1", HEARTH_EXPR_ERROR_SYNTAX, "Column 9: A colon" }, { "not", HEARTH_EXPR_ERROR_SYNTAX, "Column 4: " },
  { "x => x", HEARTH_EXPR_ERROR_SYNTAX, "Column 3: A name => expression" },
  { "length()", HEARTH_EXPR_ERROR_SYNTAX, "Column 1: Arguments are missing" },
  { "1 + length('a', 'b')", HEARTH_EXPR_ERROR_SYNTAX, "Column 5: There are too many arguments" },
  { "map([1])", HEARTH_EXPR_ERROR_SYNTAX, "Column 1: Arguments are missing" },
  { "map([1], 2)", HEARTH_EXPR_ERROR_SYNTAX, "Column 10: A name, => and an expression" },
  { "map(x => x, [1])", HEARTH_EXPR_ERROR_SYNTAX, "Column 5: A name => expression cannot" },
  { "join([1], x => x)", HEARTH_EXPR_ERROR_SYNTAX, "Column 11: A name => expression cannot" },
  { "lenght('a')", HEARTH_EXPR_ERROR_NAME, "Column 1: There is no function “lenght”. Did you mean “length”?" },
  { "matches('a', 'b')", HEARTH_EXPR_ERROR_NAME, "Column 1: Expressions have no regular expressions" },
  { "1 + frobnicate(2)", HEARTH_EXPR_ERROR_NAME, "Column 5: There is no function “frobnicate”." },
  { "usr.name", HEARTH_EXPR_ERROR_NAME, "Column 1: There is no variable “usr”. Did you mean “user”?" },
  { "1 + itemz[0]", HEARTH_EXPR_ERROR_NAME, "Column 5: There is no variable “itemz”. Did you mean “items”?" },
  { "True", HEARTH_EXPR_ERROR_NAME, "Column 1: There is no variable “True”. Did you mean “true”?" },
  { "lower", HEARTH_EXPR_ERROR_NAME, "Column 1: “lower” is a function" },
  { "somethingelse", HEARTH_EXPR_ERROR_NAME, "Column 1: There is no variable “somethingelse”. Text" },
  { "map([1], x => y)", HEARTH_EXPR_ERROR_NAME, "Column 15: There is no variable “y”" },
  { "map([1], x => x) == x", HEARTH_EXPR_ERROR_NAME, "Column 21: There is no variable “x”" },
  { "1 + 'a'", HEARTH_EXPR_ERROR_TYPE, "Column 3: The sign + adds two numbers or joins two texts, but here are a number "
                                       "and a text." },
  { "'a' - 'b'", HEARTH_EXPR_ERROR_TYPE, "Column 5: The sign - needs two numbers" },
  { "null * 1", HEARTH_EXPR_ERROR_TYPE, "Column 6: The sign * needs two numbers, but here are null and a number." },
  { "[1] + [2]", HEARTH_EXPR_ERROR_TYPE, "Column 5: " }, { "true + 1", HEARTH_EXPR_ERROR_TYPE, "Column 6: " },
  { "-'a'", HEARTH_EXPR_ERROR_TYPE, "Column 1: The sign - needs a number" },
  { "1 < 'a'", HEARTH_EXPR_ERROR_TYPE, "Column 3: Only two numbers or two texts have an order, but here are a number and a" },
  { "null < 1", HEARTH_EXPR_ERROR_TYPE, "Column 6: " }, { "[1] < [2]", HEARTH_EXPR_ERROR_TYPE, "Column 5: " },
  { "true < false", HEARTH_EXPR_ERROR_TYPE, "Column 6: " }, { "1 in 5", HEARTH_EXPR_ERROR_TYPE, "Column 3: Only a list" },
  { "1 in 'a1'", HEARTH_EXPR_ERROR_TYPE, "Column 3: A text can only contain a text" },
  { "1 in {a: 1}", HEARTH_EXPR_ERROR_TYPE, "Column 3: The members of an object" },
  { "user.name.first", HEARTH_EXPR_ERROR_TYPE, "Column 10: Only an object has members, but “first” is looked up in a text" },
  { "items.first", HEARTH_EXPR_ERROR_TYPE, "Column 6: Only an object" },
  { "items['a']", HEARTH_EXPR_ERROR_TYPE, "Column 6: The elements of a list" },
  { "items[0.5]", HEARTH_EXPR_ERROR_TYPE, "Column 6: The elements of a list" },
  { "user[0]", HEARTH_EXPR_ERROR_TYPE, "Column 5: A member of an object" },
  { "user.name[0]", HEARTH_EXPR_ERROR_TYPE, "Column 10: A text has no elements" },
  { "zero[0]", HEARTH_EXPR_ERROR_TYPE, "Column 5: Only a list has elements" },
  { "1 / 0", HEARTH_EXPR_ERROR_VALUE, "Column 3: Nothing can be divided by zero" },
  { "1 % 0", HEARTH_EXPR_ERROR_VALUE, "Column 3: " }, { "1.5 / 0.0", HEARTH_EXPR_ERROR_VALUE, "Column 5: " },
  { "1e308 * 10", HEARTH_EXPR_ERROR_VALUE, "Column 7: The result is too large" },
  { "1 + 1e999", HEARTH_EXPR_ERROR_VALUE, "Column 3: The result is too large" },
  { "true ?\n 1 / 0 : 2", HEARTH_EXPR_ERROR_VALUE, "Line 2, column 4: Nothing" },
};

static HearthValue *
evaluate (const char *text,
          GError    **error)
{
  g_autoptr (HearthValue) variables = hearth_json_parse (VARIABLES, -1, NULL);
  g_autoptr (HearthExpr) expr = hearth_expr_parse (text, error);

  g_assert_nonnull (variables);
  return expr != NULL ? hearth_expr_evaluate (expr, variables, error) : NULL;
}

static void
check_cases (const Case *cases,
             gsize       n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthValue) value = evaluate (cases[i].text, &error);
      g_autofree char *printed = value != NULL ? hearth_json_print (value) : NULL;

      if (g_strcmp0 (printed, cases[i].result) != 0)
        g_test_fail_printf ("%s is %s instead of %s (%s)", cases[i].text, printed, cases[i].result, error ? error->message : "");
    }
}

static void
test_literals (void)
{
  check_cases (literals, G_N_ELEMENTS (literals));
}

static void
test_paths (void)
{
  check_cases (paths, G_N_ELEMENTS (paths));
}

static void
test_operators (void)
{
  check_cases (operators, G_N_ELEMENTS (operators));
}

static void
test_mistakes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthValue) value = evaluate (mistakes[i].text, &error);

      if (value != NULL || !g_error_matches (error, HEARTH_EXPR_ERROR, (int) mistakes[i].code) ||
          !g_str_has_prefix (error->message, mistakes[i].message))
        g_test_fail_printf ("%s: “%s” instead of “%s”", mistakes[i].text, error ? error->message : "no mistake",
                 mistakes[i].message);
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (g_str_has_suffix (error->message, ".") || g_str_has_suffix (error->message, "?"));
    }
}

static void
test_variables (void)
{
  g_autoptr (HearthExpr) expr = hearth_expr_parse ("b.a + map(c, x => x + a + map(x, y => x + y + b)) ?? x", NULL);
  g_auto (GStrv) names = NULL;
  g_autofree char *joined = NULL;
  g_autoptr (HearthExpr) plain = hearth_expr_parse ("1 + 1", NULL);
  g_auto (GStrv) none = hearth_expr_list_variables (plain);
  g_autoptr (HearthValue) two = hearth_expr_evaluate (plain, NULL, NULL);

  names = hearth_expr_list_variables (expr);
  joined = g_strjoinv (" ", names);
  g_assert_cmpstr (joined, ==, "b c a x");
  g_assert_null (none[0]);
  g_assert_cmpint (hearth_value_get_integer (two), ==, 2);
  g_assert_cmpstr (hearth_expr_get_text (plain), ==, "1 + 1");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expr/literals", test_literals);
  g_test_add_func ("/expr/paths", test_paths);
  g_test_add_func ("/expr/operators", test_operators);
  g_test_add_func ("/expr/mistakes", test_mistakes);
  g_test_add_func ("/expr/variables", test_variables);
  return g_test_run ();
}
