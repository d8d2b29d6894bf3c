/* test-expr-functions.c: the functions of the expression language, and what its documentation says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "hearth-expr-evaluation-private.h"
#include "hearth-expr.h"
#include "hearth-json.h"

typedef struct
{
  const char *text;
  const char *result; /* JSON, or the beginning of the sentence behind "Column 1: " */
} Case;

static const Case text_cases[] = {
  { "length('')", "0" }, { "length('abc')", "3" }, { "length('äö😀')", "3" }, { "length([1, 2])", "2" },
  { "length({a: 1})", "1" }, { "length('a\\u0000b')", "3" }, { "length('名前')", "2" },
  { "lower('ABC Ä Σ İ')", "\"abc ä σ i\"" }, { "upper('abc ä ß 😀')", "\"ABC Ä ß 😀\"" }, { "lower('A\\u0000B')", "\"a\\u0000b\"" },
  { "upper('i')", "\"I\"" }, { "trim('  a b \\n')", "\"a b\"" }, { "trim('\\u00a0\\u3000x\\t')", "\"x\"" }, { "trim('   ')", "\"\"" },
  { "trim('')", "\"\"" }, { "replace('aXbX', 'X', '--')", "\"a--b--\"" }, { "replace('aaa', 'aa', 'b')", "\"ba\"" },
  { "replace('abc', 'x', 'y')", "\"abc\"" }, { "replace('abc', 'b', '')", "\"ac\"" }, { "replace('a.b', '.', '$1')", "\"a$1b\"" },
  { "replace('', 'a', 'b')", "\"\"" }, { "split('a,b,,c', ',')", "[\"a\",\"b\",\"\",\"c\"]" }, { "split('', ',')", "[\"\"]" },
  { "split('a😀b', '')", "[\"a\",\"😀\",\"b\"]" }, { "split('', '')", "[]" }, { "split('a--b', '--')", "[\"a\",\"b\"]" },
  { "split(',', ',')", "[\"\",\"\"]" }, { "join(['a', 'b'], ', ')", "\"a, b\"" }, { "join([1, 2.5, true, null, [3]], '|')", "\"1|2.5|true||[3]\"" },
  { "join([], 'x')", "\"\"" }, { "join(['a', 'b'])", "\"ab\"" }, { "slice('hello', 1, 3)", "\"el\"" }, { "slice('hello', 1)", "\"ello\"" },
  { "slice('hello', -3)", "\"llo\"" }, { "slice('hello', -3, -1)", "\"ll\"" }, { "slice('hello', 3, 1)", "\"\"" },
  { "slice('hello', 0, 99)", "\"hello\"" }, { "slice('hello', 99)", "\"\"" }, { "slice('hello', -99, 2)", "\"he\"" },
  { "slice('äö😀x', 1, 3)", "\"ö😀\"" }, { "slice('abc', 1, null)", "\"bc\"" }, { "slice('abc', -9223372036854775808, 9223372036854775807)", "\"abc\"" },
  { "index_of('hello', 'l')", "2" }, { "index_of('hello', 'x')", "-1" }, { "index_of('äöü', 'ü')", "2" }, { "index_of('abc', '')", "0" },
  { "starts_with('hello', 'he')", "true" }, { "starts_with('hello', 'el')", "false" }, { "starts_with('a', 'ab')", "false" },
  { "starts_with('a', '')", "true" }, { "ends_with('hello', 'lo')", "true" }, { "ends_with('hello', 'l')", "false" },
  { "ends_with('o', 'lo')", "false" }, { "contains('hello', 'ell')", "true" }, { "contains('hello', 'elx')", "false" },
  { "contains([1, 2], 2)", "true" }, { "contains({a: 1}, 'a')", "true" }, { "contains({a: 1}, 'b')", "false" },
};

static const Case number_cases[] = {
  { "round(2.5)", "3" }, { "round(-2.5)", "-3" }, { "round(2.4)", "2" }, { "round(0.49999999999999994)", "0" }, { "round(7)", "7" },
  { "round(3.14159, 2)", "3.14" }, { "round(-3.145, 1)", "-3.1" }, { "round(1234.5678, 0)", "1235" }, { "round(5, 2)", "5" },
  { "round(1e300, 3)", "1e+300" }, { "round(1e300)", "1e+300" }, { "round(2.675, 15)", "2.675" }, { "floor(2.9)", "2" },
  { "floor(-2.1)", "-3" }, { "floor(3)", "3" }, { "ceil(2.1)", "3" }, { "ceil(-2.9)", "-2" }, { "ceil(-0.5)", "0" }, { "abs(-3)", "3" },
  { "abs(3)", "3" }, { "abs(-2.5)", "2.5" }, { "abs(-9223372036854775808)", "9223372036854776000" }, { "min([3, 1, 2])", "1" },
  { "min(3, 1, 2)", "1" }, { "max([3, 1.5, 2])", "3" }, { "max('a', 'c', 'b')", "\"c\"" }, { "min([])", "null" }, { "max(5)", "5" },
  { "max([5])", "5" }, { "sum([1, 2, 3])", "6" }, { "sum([0.5, 1])", "1.5" }, { "sum([])", "0" }, { "avg([1, 2])", "1.5" },
  { "avg([2, 4])", "3" }, { "avg([])", "null" }, { "sum([9223372036854775807, 1])", "9223372036854776000" },
  { "range(3)", "[0,1,2]" }, { "range(0)", "[]" }, { "range(-5)", "[]" }, { "length(range(100000))", "100000" },
};

static const Case list_cases[] = {
  { "first([1, 2])", "1" }, { "first([])", "null" }, { "last([1, 2])", "2" }, { "last([])", "null" }, { "keys({b: 1, a: 2})", "[\"b\",\"a\"]" },
  { "keys({})", "[]" }, { "values({b: 1, a: 2})", "[1,2]" }, { "values({})", "[]" }, { "reverse([1, 2, 3])", "[3,2,1]" }, { "reverse([])", "[]" },
  { "flatten([1, [2, [3]], []])", "[1,2,[3]]" }, { "flatten([])", "[]" }, { "slice([1, 2, 3], 1)", "[2,3]" }, { "slice([1, 2, 3], -2, -1)", "[2]" },
  { "slice([1, 2], 5)", "[]" }, { "slice([1, 2], 2, 0)", "[]" }, { "index_of([1, [2]], [2])", "1" }, { "index_of([1], 2)", "-1" },
  { "sort([3, 1, 2])", "[1,2,3]" }, { "sort(['b', 'a', 'Z'])", "[\"Z\",\"a\",\"b\"]" }, { "sort([2.5, 2, -1])", "[-1,2,2.5]" }, { "sort([])", "[]" },
  { "sort([{n: 2}, {n: 1}], x => x.n)", "[{\"n\":1},{\"n\":2}]" }, { "sort([1, 2, 3], x => -x)", "[3,2,1]" },
  { "map(sort([{k: 1, v: 'a'}, {k: 0, v: 'b'}, {k: 1, v: 'c'}], x => x.k), x => x.v)", "[\"b\",\"a\",\"c\"]" }, { "sort([null])", "[null]" },
  { "unique([1, 2, 1, 1.0, '1'])", "[1,2,\"1\"]" }, { "unique([{a: 1, b: 2}, {b: 2, a: 1}, [1], [1]])", "[{\"a\":1,\"b\":2},[1]]" },
  { "unique([null, null, false, 0, ''])", "[null,false,0,\"\"]" }, { "unique([])", "[]" }, { "unique([0, -0.0, 18446744073709551616, 18446744073709551616.0])", "[0,18446744073709551616]" },
  { "length(unique(map(range(5000), x => x % 1000)))", "1000" }, { "length(unique(map(range(3000), x => {id: x, name: text(x)})))", "3000" },
  { "map([1, 2], x => x * 2)", "[2,4]" }, { "map([], x => 1 / 0)", "[]" }, { "map([[1, 2], [3]], r => map(r, c => c + length(r)))", "[[3,4],[4]]" },
  { "map([1], x => map([2], x => x))", "[[2]]" }, { "map([1, 2], x => {v: x})[1].v", "2" }, { "filter([1, 2, 3], x => x > 1)", "[2,3]" },
  { "filter([0, 1, '', null], x => x)", "[1]" }, { "any([1, 2], x => x == 2)", "true" }, { "any([], x => true)", "false" }, { "any([0, 1])", "true" },
  { "any([1, 2], x => x == 1 or 1 / 0)", "true" }, { "all([1, 2], x => x > 0)", "true" }, { "all([], x => false)", "true" }, { "all([1, 0])", "false" },
  { "all([0, 1], x => x == 1 and 1 / 0)", "false" }, { "count([1, 2, 3], x => x != 2)", "2" }, { "count([1, 0])", "1" }, { "count([])", "0" },
};

static const Case conversion_cases[] = {
  { "text(1)", "\"1\"" }, { "text(1.50)", "\"1.5\"" }, { "text('a')", "\"a\"" }, { "text(true)", "\"true\"" }, { "text(null)", "\"\"" },
  { "text([1, 'a'])", "\"[1,\\\"a\\\"]\"" }, { "text({a: 1})", "\"{\\\"a\\\":1}\"" }, { "text(1e21)", "\"1e+21\"" }, { "number('12')", "12" },
  { "number(' -1.5e2 ')", "-150" }, { "number('+7')", "7" }, { "number('007')", "7" }, { "number('.5')", "0.5" }, { "number('0')", "0" },
  { "number('000')", "0" }, { "number('0.25')", "0.25" }, { "number('-.5')", "-0.5" }, { "number(5)", "5" }, { "number(true)", "1" },
  { "number(false)", "0" }, { "number('x', 0)", "0" }, { "number('', 0)", "0" }, { "number(null, 'none')", "\"none\"" }, { "number([], 3)", "3" },
  { "number('0x10', 0)", "0" }, { "number('1,5', 0)", "0" }, { "number('inf', 0)", "0" }, { "number('1 2', 0)", "0" }, { "number('.', 0)", "0" },
  { "number('-', 0)", "0" }, { "number('1e5')", "100000" }, { "number('0e', 0)", "0" }, { "number('0[]', 0)", "0" }, { "number('1\\u00002', 0)", "0" },
  { "number('9223372036854775807')", "9223372036854775807" }, { "json({a: [1, 'x', null]})", "\"{\\\"a\\\":[1,\\\"x\\\",null]}\"" }, { "json('a')", "\"\\\"a\\\"\"" },
  { "parse('{\"a\": [1, true]}')", "{\"a\":[1,true]}" }, { "parse('5')", "5" }, { "parse(json({a: 'ä'})) == {a: 'ä'}", "true" }, { "type(null)", "\"null\"" },
  { "type(1)", "\"number\"" }, { "type(1.5)", "\"number\"" }, { "type(18446744073709551616)", "\"number\"" }, { "type('')", "\"text\"" },
  { "type([])", "\"list\"" }, { "type({})", "\"object\"" }, { "type(true)", "\"boolean\"" }, { "is_empty(null)", "true" }, { "is_empty('')", "true" },
  { "is_empty([])", "true" }, { "is_empty({})", "true" }, { "is_empty(0)", "false" }, { "is_empty(false)", "false" }, { "is_empty(' ')", "false" },
  { "is_empty([null])", "false" }, { "coalesce(null, null, 3, 4)", "3" }, { "coalesce(null)", "null" }, { "coalesce(false, 1)", "false" },
  { "get({a: {b: [1, {c: 2}]}}, 'a.b[1].c')", "2" }, { "get({a: [1, 2]}, 'a[-1]')", "2" }, { "get({a: [1, 2]}, 'a.1')", "2" }, { "get([5], '[0]')", "5" },
  { "get([5], '0')", "5" }, { "get({'odd key': {x: 1}}, '[\"odd key\"].x')", "1" }, { "get({'odd key': 1}, 'odd key')", "1" }, { "get({'0': 7}, '0')", "7" },
  { "get({'0': 7}, '[0]')", "7" }, { "get({a: 1}, 'b')", "null" }, { "get({a: 1}, 'a.b.c')", "null" }, { "get({a: 1}, 'b', 'none')", "\"none\"" },
  { "get({a: 0}, 'a', 'none')", "0" }, { "get(null, 'a.b', 1)", "1" }, { "get({a: 1}, '')", "{\"a\":1}" }, { "get('text', 'length')", "null" },
  { "get([1], 'x')", "null" }, { "get([[1]], '[0][0]')", "1" },
};

static const Case mistakes[] = {
  { "length(1)", "Only a text, a list or an object has a length, but here is a number." }, { "length(null)", "Only a text" },
  { "lower(1)", "lower (text) needs a text here, but got a number." }, { "upper(null)", "upper (text) needs a text here, but got null." }, { "trim([])", "trim (text) needs" },
  { "replace('a', '', 'b')", "An empty text cannot be replaced" }, { "replace('a', 1, 'b')", "replace (text, from, to) needs a text" }, { "replace('a', 'b', 1)", "replace (" },
  { "split(1, ',')", "split (" }, { "split('a', 1)", "split (" }, { "join('a', ',')", "join (list, separator) needs a list" }, { "join([], 1)", "join (" },
  { "slice(1, 2)", "slice (value, from, to) needs a list" }, { "slice('a', 'b')", "slice (value, from, to) needs a whole number" }, { "slice('a', 0.5)", "slice (value, from, to) needs a whole number here." },
  { "index_of(1, 2)", "index_of (" }, { "index_of('a', 1)", "index_of (" }, { "starts_with('a', 1)", "starts_with (" }, { "ends_with(1, 'a')", "ends_with (" },
  { "contains(1, 2)", "Only a list, an object or a text can contain something" }, { "contains('a', 1)", "A text can only contain" }, { "round('a')", "round (number, digits) needs a number" },
  { "round(1.5, 16)", "A number can be rounded to 0 to 15 digits." }, { "round(1, -1)", "A number can be" }, { "round(1, 'a')", "round (" }, { "floor(null)", "floor (" },
  { "ceil('1')", "ceil (" }, { "abs('1')", "abs (" }, { "min(1, 'a')", "Only two numbers or two texts" }, { "max([null])", "Only two numbers or two texts" }, { "max({})", "Only two" },
  { "sum(1)", "sum (list) needs a list" }, { "sum([1, 'a'])", "sum (list) needs a list of numbers, but there is a text in it." }, { "avg(['a'])", "avg (list) needs" }, { "sum(['a', 'b'])", "sum (" },
  { "sum([1e308, 1e308])", "The result is too large" }, { "range('a')", "range (" }, { "range(1.5)", "range (" }, { "first('a')", "first (" }, { "last({})", "last (" },
  { "keys([])", "keys (object) needs an object" }, { "values(1)", "values (" }, { "reverse('ab')", "reverse (" }, { "flatten(1)", "flatten (" }, { "sort(1)", "sort (" },
  { "sort([1, 'a'])", "Only two numbers or two texts" }, { "sort([[1], [2]])", "Only two numbers" }, { "unique(1)", "unique (" }, { "map(1, x => x)", "map (list, name => value) needs a list" },
  { "filter({}, x => x)", "filter (" }, { "any(1)", "any (" }, { "all('a')", "all (" }, { "count(null)", "count (" }, { "number('x')", "This text is not a number: “x”. number (text, 0) gives 0 then." },
  { "number('')", "This text is not a number" }, { "number('ääääääääääääääääääääääääääääääääääääääääääääää')", "This text is not a number: “ää" }, { "number(null)", "A number cannot be made of null" },
  { "number([])", "A number cannot be made of a list" }, { "parse('{')", "The text is not JSON. Line 1, column 2: " }, { "parse(1)", "parse (" }, { "get({}, 1)", "get (" },
  { "get({}, 'a..b')", "“a..b” is not a path." }, { "get({}, '[0')", "“[0” is not a path." }, { "get({}, '[]')", "“[]”" }, { "get({}, '[\"a]')", "“[\"a]”" }, { "get({}, 'a[0]b')", "“a[0]b”" },
  { "get({}, '.a')", "“.a”" }, { "get({}, 'a.')", "“a.”" }, { "get({}, 'a\\u0000b')", "“a” is not a path" },
};

static HearthValue *
evaluate (const char  *text,
          HearthValue *variables,
          GError     **error)
{
  g_autoptr (HearthExpr) expr = hearth_expr_parse (text, error);

  return expr != NULL ? hearth_expr_evaluate (expr, variables, error) : NULL;
}

static void
check_result (const char  *text,
              HearthValue *variables,
              const char  *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = evaluate (text, variables, &error);
  g_autofree char *printed = value != NULL ? hearth_json_print (value) : NULL;

  if (g_strcmp0 (printed, expected) != 0)
    g_test_fail_printf ("%s is %s instead of %s (%s)", text, printed, expected, error != NULL ? error->message : "");
}

#define CHECK_CASES(noun)                                     \
  static void test_##noun (void)                              \
  {                                                           \
    for (gsize i = 0; i < G_N_ELEMENTS (noun##_cases); i++)   \
      check_result (noun##_cases[i].text, NULL, noun##_cases[i].result); \
  }

CHECK_CASES (text)
CHECK_CASES (number)
CHECK_CASES (list)
CHECK_CASES (conversion)

static void
test_mistakes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthValue) value = evaluate (mistakes[i].text, NULL, &error);
      g_autofree char *expected = g_strconcat ("Column 1: ", mistakes[i].result, NULL);

      if (value != NULL || !g_str_has_prefix (error->message, expected))
        g_test_fail_printf ("%s: “%s” instead of “%s”", mistakes[i].text, error != NULL ? error->message : "no mistake", expected);
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (g_error_matches (error, HEARTH_EXPR_ERROR, HEARTH_EXPR_ERROR_TYPE) ||
                     g_error_matches (error, HEARTH_EXPR_ERROR, HEARTH_EXPR_ERROR_VALUE));
    }
}

/* --- the table and the documentation ------------------------------------------------------ */

static char *
read_documentation (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "docs", "expressions.md", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_table (void)
{
  g_autofree char *text = read_documentation ();
  gsize n;
  const HearthExprFunction *functions = _hearth_expr_functions (&n);
  guint n_rows = 0;

  g_assert_cmpuint (n, >, 40);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *row =
          g_strdup_printf ("\n| `%s (%s)` | %s |\n", functions[i].name, functions[i].usage, functions[i].description);

      g_assert_true (i == 0 || strcmp (functions[i - 1].name, functions[i].name) < 0);
      g_assert_true (_hearth_expr_find_function (functions[i].name) == &functions[i]);
      if (strstr (text, row) == NULL)
        g_test_fail_printf ("docs/expressions.md lacks the row%s", row);
    }
  /* and it has no row for a function that is gone */
  for (const char *at = text; (at = strstr (at, "\n| `")) != NULL; at++)
    n_rows += strcspn (at + 4, " `") < strcspn (at + 4, "`") && at[4 + strcspn (at + 4, " `") + 1] == '(';
  g_assert_cmpuint (n_rows, ==, n);
}

/* The JSON in the documentation that its examples work with */
static HearthValue *
read_variables (const char *text)
{
  const char *start = strstr (text, "```json\n");
  const char *end = start != NULL ? strstr (start + 8, "```") : NULL;
  g_autoptr (GError) error = NULL;
  HearthValue *variables;

  g_assert_nonnull (end);
  variables = hearth_json_parse (start + 8, end - start - 8, &error);
  g_assert_no_error (error);
  return variables;
}

/* Every line "- `expression` → `result`" is true. */
static void
test_examples (void)
{
  g_autofree char *text = read_documentation ();
  g_autoptr (HearthValue) variables = read_variables (text);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_examples = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      char *arrow = strstr (lines[i], "` → `");

      if (arrow == NULL || !g_str_has_prefix (lines[i], "- `"))
        continue;
      *arrow = '\0';
      arrow += strlen ("` → `");
      g_assert_nonnull (strrchr (arrow, '`'));
      *strrchr (arrow, '`') = '\0';
      check_result (lines[i] + 3, variables, arrow);
      n_examples++;
    }
  g_assert_cmpuint (n_examples, >=, 20);
}

/* Results do not follow the user's language. */
static void
test_locale (void)
{
  static const char *const locales[] = { "tr_TR.UTF-8", "de_DE.UTF-8", "C" };

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      setlocale (LC_ALL, locales[i]);
      check_result ("lower('I') + upper('i') + text(1.5) + text(number('2.5'))", NULL, "\"iI1.52.5\"");
    }
  setlocale (LC_ALL, "");
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expr-functions/text", test_text);
  g_test_add_func ("/expr-functions/number", test_number);
  g_test_add_func ("/expr-functions/list", test_list);
  g_test_add_func ("/expr-functions/conversion", test_conversion);
  g_test_add_func ("/expr-functions/mistakes", test_mistakes);
  g_test_add_func ("/expr-functions/table", test_table);
  g_test_add_func ("/expr-functions/examples", test_examples);
  g_test_add_func ("/expr-functions/locale", test_locale);
  return g_test_run ();
}
