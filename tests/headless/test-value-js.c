/* test-value-js.c: values as JavaScript sees them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "values.h"

static void
test_truthy (void)
{
  static const char *const truthy[] = { "true", "1", "-1", "0.1", "\"0\"", "\" \"", "[]", "{}", "1e400" };
  static const char *const falsy[] = { "null", "false", "0", "-0", "0.0", "\"\"", "1e-400" };

  for (gsize i = 0; i < G_N_ELEMENTS (truthy); i++)
    {
      g_autoptr (HearthValue) value = parse (truthy[i]);

      g_assert_true (hearth_value_is_truthy (value));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (falsy); i++)
    {
      g_autoptr (HearthValue) value = parse (falsy[i]);

      g_assert_false (hearth_value_is_truthy (value));
    }
  g_assert_false (hearth_value_is_truthy (NULL));
}

static void
test_to_number (void)
{
  static const struct
  {
    const char *json;
    double number;
  } cases[] = {
    { "null", 0 },
    { "true", 1 },
    { "false", 0 },
    { "12", 12 },
    { "-1.5", -1.5 },
    { "18446744073709551616", 0x1p64 },
    { "1e400", INFINITY },
    { "\"\"", 0 },
    { "\" \\n\\t\\u00a0\\ufeff\\u2028 \"", 0 },
    { "\"  42\\n\"", 42 },
    { "\"\\u30003\\u3000\"", 3 },
    { "\"1.5e3\"", 1500 },
    { "\"+7\"", 7 },
    { "\"-7\"", -7 },
    { "\"5.\"", 5 },
    { "\".5\"", 0.5 },
    { "\"-.5E-1\"", -0.05 },
    { "\"007\"", 7 },
    { "\"0x1F\"", 31 },
    { "\"0XfF\"", 255 },
    { "\"0b101\"", 5 },
    { "\"0O17\"", 15 },
    { "\"Infinity\"", INFINITY },
    { "\"+Infinity\"", INFINITY },
    { "\"-Infinity\"", -INFINITY },
    { "\"1e1000\"", INFINITY },
    { "\"inf\"", NAN },
    { "\"infinity\"", NAN },
    { "\"nan\"", NAN },
    { "\"Infinit\"", NAN },
    { "\"Infinityx\"", NAN },
    { "\"12px\"", NAN },
    { "\"1 2\"", NAN },
    { "\"1_000\"", NAN },
    { "\"1,5\"", NAN },
    { "\".\"", NAN },
    { "\"+\"", NAN },
    { "\"e5\"", NAN },
    { "\".e5\"", NAN },
    { "\"1e\"", NAN },
    { "\"1e+\"", NAN },
    { "\"--1\"", NAN },
    { "\"0x\"", NAN },
    { "\"-0x10\"", NAN },
    { "\"0x1p3\"", NAN },
    { "\"0xg\"", NAN },
    { "\"0b2\"", NAN },
    { "\"1\\u0000\"", NAN },
    { "[]", 0 },
    { "[5]", 5 },
    { "[[\"6\"]]", 6 },
    { "[null]", 0 },
    { "[1,2]", NAN },
    { "{}", NAN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) value = parse (cases[i].json);
      double number = hearth_value_to_number (value);

      g_test_message ("%s", cases[i].json);
      if (isnan (cases[i].number))
        g_assert_true (isnan (number));
      else
        g_assert_cmpfloat (number, ==, cases[i].number);
    }
  g_assert_true (isnan (hearth_value_to_number (NULL)));
}

static void
test_to_text (void)
{
  static const struct
  {
    const char *json;
    const char *text;
  } cases[] = {
    { "null", "null" },
    { "true", "true" },
    { "\"a\\nb\"", "a\nb" },
    { "1.50", "1.5" },
    { "1e21", "1e+21" },
    { "-0.0", "0" },
    { "9007199254740993", "9007199254740993" },
    { "18446744073709551617", "18446744073709551617" },
    { "{\"a\":1}", "[object Object]" },
    { "[]", "" },
    { "[1,\"a\",null,true,{}]", "1,a,,true,[object Object]" },
    { "[[1,[2,3]],[],[null],4]", "1,2,3,,,4" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) value = parse (cases[i].json);
      g_autofree char *text = hearth_value_to_text (value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/value/truthy", test_truthy);
  g_test_add_func ("/value/to-number", test_to_number);
  g_test_add_func ("/value/to-text", test_to_text);

  return g_test_run ();
}
