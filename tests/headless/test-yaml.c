/* test-yaml.c: YAML read as values, and what is refused with which line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "hearth-json.h"
#include "hearth-yaml.h"

static char *
read_to_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = hearth_yaml_parse (text, strlen (text), HEARTH_YAML_MAX_DATA, NULL, &error);

  return value != NULL ? hearth_json_print (value) : g_strdup (error->message);
}

static void
test_values (void)
{
  static const struct
  {
    const char *yaml, *json;
  } cases[] = {
    { "", "null" },
    { "# nothing\n", "null" },
    { "a: 1\nb: -2.5\nc: 1e3", "{\"a\":1,\"b\":-2.5,\"c\":1000}" },
    { "a: 007\nb: 1.\nc: +1\nd: 0x10\ne: .5", "{\"a\":\"007\",\"b\":\"1.\",\"c\":\"+1\",\"d\":\"0x10\",\"e\":\".5\"}" },
    { "[true, False, ~, null, yes, 'null', \"1\"]", "[true,false,null,null,\"yes\",\"null\",\"1\"]" },
    { "a:\nb: ''", "{\"a\":null,\"b\":\"\"}" },
    { "- x\n- - y\n  - z\n- k: v", "[\"x\",[\"y\",\"z\"],{\"k\":\"v\"}]" },
    { "t: |\n  one\n  two\nf: >-\n  one\n  two", "{\"t\":\"one\\ntwo\\n\",\"f\":\"one two\"}" },
    { "名: 词 😀", "{\"名\":\"词 😀\"}" },
    { "n: \"a\\0b\"", "{\"n\":\"a\\u0000b\"}" },
    { "v: 123456789012345678901234567890", "{\"v\":123456789012345678901234567890}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = read_to_json (cases[i].yaml);

      g_assert_cmpstr (json, ==, cases[i].json);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *yaml;
    int code;
    const char *message;
  } cases[] = {
    { "a: [1, 2", HEARTH_YAML_ERROR_SYNTAX, "Line ?: This is not YAML (*" },
    { "a: 1\n b: 2", HEARTH_YAML_ERROR_SYNTAX, "Line 2: This is not YAML (*" },
    { "a: 1\nb: 2\na: 3", HEARTH_YAML_ERROR_SYNTAX, "Line 3: “a” stands here for the second time." },
    { "a: &x 1\nb: *x", HEARTH_YAML_ERROR_UNSUPPORTED, "Line 1: Anchors*" },
    { "a: 1\nb: *x", HEARTH_YAML_ERROR_UNSUPPORTED, "Line 2: Aliases*" },
    { "\n\na: !!python/object x", HEARTH_YAML_ERROR_UNSUPPORTED, "Line 3: Tags*" },
    { "a: 1\n---\nb: 2", HEARTH_YAML_ERROR_UNSUPPORTED, "Line 2: A second document*" },
    { "? [a]\n: 1", HEARTH_YAML_ERROR_UNSUPPORTED, "Line 1: A list or a mapping cannot be a name." },
    { "\"a\\0b\": 1", HEARTH_YAML_ERROR_UNSUPPORTED, "Line 1: A name holds a NUL character." },
    { "a: \xff", HEARTH_YAML_ERROR_SYNTAX, "Line 1: This is not YAML (*" },
    { "a: \"\\ud800\"", HEARTH_YAML_ERROR_SYNTAX, "Line 1: This is not YAML (*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthValue) value = hearth_yaml_parse (cases[i].yaml, strlen (cases[i].yaml), HEARTH_YAML_MAX_DATA, NULL, &error);

      g_assert_null (value);
      g_assert_error (error, HEARTH_YAML_ERROR, cases[i].code);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_error ("%s: %s", cases[i].yaml, error->message);
    }
}

/* What is small on disk stays small in memory, and deep nesting does not end the program. */
static void
test_limits (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *fits = g_strdup ("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
  g_autofree char *long_text = g_strnfill (HEARTH_YAML_MAX_MANIFEST + 1, 'a');
  g_autofree char *long_key = g_strnfill (300, 'k');
  g_autofree char *keyed = g_strconcat (long_key, ": 1", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = NULL;

  g_assert_null (hearth_yaml_parse (deep, 100000, HEARTH_YAML_MAX_DATA, NULL, &error));
  g_assert_error (error, HEARTH_YAML_ERROR, HEARTH_YAML_ERROR_LIMIT);
  g_clear_error (&error);
  value = hearth_yaml_parse (fits, strlen (fits), HEARTH_YAML_MAX_DATA, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (hearth_yaml_parse (long_text, HEARTH_YAML_MAX_MANIFEST + 1, HEARTH_YAML_MAX_MANIFEST, NULL, &error));
  g_assert_error (error, HEARTH_YAML_ERROR, HEARTH_YAML_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (hearth_yaml_parse (keyed, strlen (keyed), HEARTH_YAML_MAX_DATA, NULL, &error));
  g_assert_error (error, HEARTH_YAML_ERROR, HEARTH_YAML_ERROR_LIMIT);
}

/* A list of @n letters. */
static char *
make_list (guint n)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < n; i++)
    g_string_append (text, "a,");
  return g_string_free (g_string_append_c (text, ']'), FALSE);
}

/* A large file is read, one of very many small values is not: the list is one value itself. */
static void
test_large (void)
{
  g_autofree char *words = g_strnfill (5 << 20, 'a');
  g_autofree char *large = g_strdup_printf ("entries:\n  one:\n    content: %s\n", words);
  g_autofree char *fits = make_list (HEARTH_YAML_MAX_VALUES - 1);
  g_autofree char *many = make_list (HEARTH_YAML_MAX_VALUES);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) book = hearth_yaml_parse (large, strlen (large), HEARTH_YAML_MAX_DATA, NULL, &error);
  g_autoptr (HearthValue) list = hearth_yaml_parse (fits, strlen (fits), HEARTH_YAML_MAX_DATA, NULL, NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (hearth_value_get_member_string (hearth_value_get (hearth_value_get (book, "entries"), "one"), "content", ""), ==, words);
  g_assert_cmpuint (hearth_value_get_length (list), ==, HEARTH_YAML_MAX_VALUES - 1);
  g_assert_null (hearth_yaml_parse (many, strlen (many), HEARTH_YAML_MAX_DATA, NULL, &error));
  g_assert_error (error, HEARTH_YAML_ERROR, HEARTH_YAML_ERROR_LIMIT);
}

static void
test_lines (void)
{
  const char *text = "a:\n  b:\n    - x\n    - c: 1\nd: {e: 2}";
  g_autoptr (GHashTable) lines = NULL;
  g_autoptr (HearthValue) value = hearth_yaml_parse (text, strlen (text), HEARTH_YAML_MAX_DATA, &lines, NULL);

  g_assert_nonnull (value);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (lines, "a.b[0]")), ==, 3);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (lines, "a.b[1].c")), ==, 4);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (lines, "d.e")), ==, 5);
  g_assert_null (g_hash_table_lookup (lines, "e"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yaml/values", test_values);
  g_test_add_func ("/yaml/refused", test_refused);
  g_test_add_func ("/yaml/limits", test_limits);
  g_test_add_func ("/yaml/large", test_large);
  g_test_add_func ("/yaml/lines", test_lines);
  return g_test_run ();
}
