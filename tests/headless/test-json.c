/* test-json.c: reading and writing JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "hearth-json.h"
#include "parse.h"

/* A text with a length, so that it can hold NUL bytes. */
#define TEXT(literal) (literal), sizeof (literal) - 1

typedef struct
{
  const char *text;
  gsize length;
  const char *printed;
} Accepted;

typedef struct
{
  const char *text;
  gsize length;
  HearthJsonError code;
  guint line;
  guint column;
} Refused;

static const Accepted accepted[] = {
  /* words and structure */
  { TEXT ("null"), "null" },
  { TEXT (" \t\r\n true \n"), "true" },
  { TEXT ("[false,null]"), "[false,null]" },
  { TEXT ("[]"), "[]" },
  { TEXT ("[ \n ]"), "[]" },
  { TEXT ("{}"), "{}" },
  { TEXT ("{ }"), "{}" },
  { TEXT ("[[[]],{\"a\":{}}]"), "[[[]],{\"a\":{}}]" },
  { TEXT ("{\"b\":1,\"a\":2,\"\":3}"), "{\"b\":1,\"a\":2,\"\":3}" },
  { TEXT ("{ \"a\" :\n[ 1 , 2 ]\n}"), "{\"a\":[1,2]}" },
  { TEXT ("{\"a\":{\"a\":{\"a\":1}}}"), "{\"a\":{\"a\":{\"a\":1}}}" },
  { TEXT ("[\n                                      1]"), "[1]" },
  { TEXT ("[{\"x\":1},{\"x\":2}]"), "[{\"x\":1},{\"x\":2}]" },
  { TEXT ("{\"\\u0061\":1,\"b\":2}"), "{\"a\":1,\"b\":2}" },

  /* whole numbers */
  { TEXT ("0"), "0" },
  { TEXT ("-0"), "0" },
  { TEXT ("-1"), "-1" },
  { TEXT ("1234567890"), "1234567890" },
  { TEXT ("9007199254740993"), "9007199254740993" },
  { TEXT ("9223372036854775807"), "9223372036854775807" },
  { TEXT ("-9223372036854775808"), "-9223372036854775808" },
  { TEXT ("9223372036854775808"), "9223372036854775808" },
  { TEXT ("-9223372036854775809"), "-9223372036854775809" },
  { TEXT ("18446744073709551616"), "18446744073709551616" },
  { TEXT ("123456789012345678901234567890"), "123456789012345678901234567890" },
  { TEXT ("100000000000000000000"), "100000000000000000000" },

  /* other numbers */
  { TEXT ("1.0"), "1" },
  { TEXT ("-0.0"), "0" },
  { TEXT ("0.1"), "0.1" },
  { TEXT ("123.456"), "123.456" },
  { TEXT ("1e2"), "100" },
  { TEXT ("1E+2"), "100" },
  { TEXT ("25e-1"), "2.5" },
  { TEXT ("0e999999999999999999999"), "0" },
  { TEXT ("1e21"), "1e+21" },
  { TEXT ("1e-7"), "1e-7" },
  { TEXT ("0.30000000000000004"), "0.30000000000000004" },
  { TEXT ("3.14159265358979323846264338327950288"), "3.141592653589793" },
  { TEXT ("1.7976931348623157e308"), "1.7976931348623157e+308" },
  { TEXT ("5e-324"), "5e-324" },
  { TEXT ("0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000001"), "1e-87" },
  { TEXT ("1.2345678901234567e19"), "12345678901234567000" },
  /* what a double would lose stays as it is written */
  { TEXT ("1e400"), "1e400" },
  { TEXT ("-1E+400"), "-1E+400" },
  { TEXT ("1e-400"), "1e-400" },
  { TEXT ("12345678901234567890.0"), "12345678901234567890.0" },
  { TEXT ("123456789012345678e1"), "123456789012345678e1" },
  { TEXT ("9007199254740993.5"), "9007199254740993.5" },

  /* text */
  { TEXT ("\"\""), "\"\"" },
  { TEXT ("\"a\""), "\"a\"" },
  { TEXT ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
  { TEXT ("\"\\u0000\""), "\"\\u0000\"" },
  { TEXT ("\"a\\u0000b\""), "\"a\\u0000b\"" },
  { TEXT ("\"\\u001F\\u007f\""), "\"\\u001f\x7f\"" },
  { TEXT ("\"\x7f\""), "\"\x7f\"" },
  { TEXT ("\"\\u4e2d\\u6587\""), "\"中文\"" },
  { TEXT ("\"\\uD83D\\uDE00\""), "\"😀\"" },
  { TEXT ("\"\\udbff\\udfff\""), "\"\xf4\x8f\xbf\xbf\"" },
  { TEXT ("\"\\uFFFF\\ufeff\""), "\"\xef\xbf\xbf\xef\xbb\xbf\"" },
  { TEXT ("\"é中😀 plain é\""), "\"é中😀 plain é\"" },
  { TEXT ("\"\xe2\x80\xa8\""), "\"\xe2\x80\xa8\"" },
  { TEXT ("\"0123456\\n\""), "\"0123456\\n\"" },
  { TEXT ("\"01234567\\n\""), "\"01234567\\n\"" },
  { TEXT ("\"0123456789abcdef中0123456789abcdef\\\\\""), "\"0123456789abcdef中0123456789abcdef\\\\\"" },
  { TEXT ("{\"k\\n\":\"v\\t\"}"), "{\"k\\n\":\"v\\t\"}" },
};

static const Refused refused[] = {
  /* nothing, and cut off */
  { TEXT (""), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT (" \n "), HEARTH_JSON_ERROR_SYNTAX, 2, 2 },
  { TEXT ("["), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("[1"), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("[1,"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },
  { TEXT ("{"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("{\"a\""), HEARTH_JSON_ERROR_SYNTAX, 1, 5 },
  { TEXT ("{\"a\":"), HEARTH_JSON_ERROR_SYNTAX, 1, 6 },
  { TEXT ("{\"a\":1"), HEARTH_JSON_ERROR_SYNTAX, 1, 7 },
  { TEXT ("{\"a\":1,"), HEARTH_JSON_ERROR_SYNTAX, 1, 8 },
  { TEXT ("tru"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },
  { TEXT ("[n"), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },

  /* structure */
  { TEXT ("]"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("[}"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("[1}"), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("{\"a\":1]"), HEARTH_JSON_ERROR_SYNTAX, 1, 7 },
  { TEXT ("[1,]"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },
  { TEXT ("[,1]"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("[1,,2]"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },
  { TEXT ("[1 2]"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },
  { TEXT ("{\"a\":1,}"), HEARTH_JSON_ERROR_SYNTAX, 1, 8 },
  { TEXT ("{,}"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("{\"a\" 1}"), HEARTH_JSON_ERROR_SYNTAX, 1, 6 },
  { TEXT ("{\"a\"::1}"), HEARTH_JSON_ERROR_SYNTAX, 1, 6 },
  { TEXT ("{\"a\",1}"), HEARTH_JSON_ERROR_SYNTAX, 1, 5 },
  { TEXT ("{\"a\":}"), HEARTH_JSON_ERROR_SYNTAX, 1, 6 },
  { TEXT ("{1:2}"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("{a:1}"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("{'a':1}"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("{null:1}"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("1 2"), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("{}}"), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("[]\n\n  x"), HEARTH_JSON_ERROR_SYNTAX, 3, 3 },
  { TEXT ("[1]\0"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },
  { TEXT ("[1\f]"), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("[1,\xc2\xa0" "2]"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },

  /* not JSON, but near */
  { TEXT ("// x\n1"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("[1] /* x */"), HEARTH_JSON_ERROR_SYNTAX, 1, 5 },
  { TEXT ("# x"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("['a']"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("True"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("nulll"), HEARTH_JSON_ERROR_SYNTAX, 1, 5 },
  { TEXT ("NaN"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("-Infinity"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("undefined"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("var x = 1"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("\xef\xbb\xbf{}"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },

  /* numbers */
  { TEXT ("-"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("--1"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("+1"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("01"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("-01"), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("00"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("1."), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT (".5"), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("1.e5"), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("1e"), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("1e+"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },
  { TEXT ("1e1.5"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },
  { TEXT ("1.2.3"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },
  { TEXT ("0x10"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("1_000"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("[\xef\xbc\x91]"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },

  /* text */
  { TEXT ("\""), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("[\"abc]"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("\"a\\\""), HEARTH_JSON_ERROR_SYNTAX, 1, 1 },
  { TEXT ("\"\\"), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("\"a\nb\""), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("\"a\tb\""), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("\"01234567\x1f\""), HEARTH_JSON_ERROR_SYNTAX, 1, 10 },
  { TEXT ("\"a\0b\""), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("\"\\x41\""), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("\"\\a\""), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("\"\\\0\""), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("\"\\u00g0\""), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("\"\\u00\""), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("\"\\U0041\""), HEARTH_JSON_ERROR_SYNTAX, 1, 2 },
  { TEXT ("\"中\\q\""), HEARTH_JSON_ERROR_SYNTAX, 1, 3 },
  { TEXT ("{\"a\\q\":1}"), HEARTH_JSON_ERROR_SYNTAX, 1, 4 },

  /* encoding */
  { TEXT ("\"\\ud800\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\\udc00\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\\ud800\\ud800\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\\ud800\\n\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\\udc00\\ud800\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("{\"\\ud800\":1}"), HEARTH_JSON_ERROR_ENCODING, 1, 3 },
  { TEXT ("\"\xff\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\x80\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"ab\xc3\""), HEARTH_JSON_ERROR_ENCODING, 1, 4 },
  { TEXT ("\"\xc0\xaf\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\xc1\xbf\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\xe0\x80\xaf\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\xed\xa0\x80\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\xf0\x80\x80\xaf\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\xf4\x90\x80\x80\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"\xf5\x80\x80\x80\""), HEARTH_JSON_ERROR_ENCODING, 1, 2 },
  { TEXT ("\"é\xe4\xb8"), HEARTH_JSON_ERROR_ENCODING, 1, 3 },
  { TEXT ("[\n\"中\",\xe4]"), HEARTH_JSON_ERROR_ENCODING, 2, 5 },
  { TEXT ("\xff\xfe[\0]\0"), HEARTH_JSON_ERROR_ENCODING, 1, 1 },
  { TEXT ("[1\xe5]"), HEARTH_JSON_ERROR_ENCODING, 1, 3 },

  /* one name twice */
  { TEXT ("{\"a\":1,\"a\":1}"), HEARTH_JSON_ERROR_DUPLICATE_KEY, 1, 8 },
  { TEXT ("{\"a\":1,\n \"b\":2, \"\\u0061\":3}"), HEARTH_JSON_ERROR_DUPLICATE_KEY, 2, 9 },
  { TEXT ("{\"\":1,\"\":2}"), HEARTH_JSON_ERROR_DUPLICATE_KEY, 1, 7 },
  { TEXT ("[{\"k\\u0000\":1,\"k\\u0000\":2}]"), HEARTH_JSON_ERROR_DUPLICATE_KEY, 1, 15 },
};

/* --- helpers ------------------------------------------------------------------------ */

/* The parser gets a copy without anything behind it, so that reading too far is noticed. */
static HearthValue *
parse_bytes (const char *text,
             gsize       length,
             GError    **error)
{
  g_autofree char *copy = length > 0 ? g_memdup2 (text, length) : g_malloc (1);

  return hearth_json_parse (copy, (gssize) length, error);
}

static void
assert_position (const GError *error,
                 guint         line,
                 guint         column)
{
  g_autofree char *prefix = g_strdup_printf ("Line %u, column %u: ", line, column);

  g_assert_true (g_str_has_prefix (error->message, prefix));
  g_assert_cmpuint (strlen (error->message), >, strlen (prefix) + 10);
  g_assert_true (g_str_has_suffix (error->message, ".") || strchr (error->message, '\\') != NULL);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
assert_same_after_print (HearthValue *value)
{
  g_autofree char *compact = hearth_json_print (value);
  g_autofree char *pretty = hearth_json_print_pretty (value);
  g_autoptr (HearthValue) from_compact = parse (compact);
  g_autoptr (HearthValue) from_pretty = parse (pretty);
  g_autofree char *again = hearth_json_print (from_pretty);

  g_assert_true (hearth_value_equal (value, from_compact));
  g_assert_true (hearth_value_equal (from_pretty, value));
  g_assert_cmpstr (compact, ==, again);
}

/* --- tables ---------------------------------------------------------------------------- */

static void
test_accepted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthValue) value = parse_bytes (accepted[i].text, accepted[i].length, &error);
      g_autofree char *printed = NULL;

      g_test_message ("%s", accepted[i].text);
      g_assert_no_error (error);
      printed = hearth_json_print (value);
      g_assert_cmpstr (printed, ==, accepted[i].printed);
      assert_same_after_print (value);
    }
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HearthValue) value = parse_bytes (refused[i].text, refused[i].length, &error);

      g_test_message ("%" G_GSIZE_FORMAT ": %s: %s", i, refused[i].text, error != NULL ? error->message : "accepted");
      g_assert_null (value);
      g_assert_error (error, HEARTH_JSON_ERROR, (gint) refused[i].code);
      assert_position (error, refused[i].line, refused[i].column);
    }
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *text;
    HearthValueKind kind;
  } cases[] = {
    { "1", HEARTH_VALUE_INTEGER },
    { "-9223372036854775808", HEARTH_VALUE_INTEGER },
    { "9223372036854775808", HEARTH_VALUE_BIG_NUMBER },
    { "1.0", HEARTH_VALUE_DOUBLE },
    { "-0", HEARTH_VALUE_DOUBLE },
    { "0.1", HEARTH_VALUE_DOUBLE },
    { "0.12345678901234567890", HEARTH_VALUE_DOUBLE },
    { "1e300", HEARTH_VALUE_DOUBLE },
    { "1e400", HEARTH_VALUE_BIG_NUMBER },
    { "1e-400", HEARTH_VALUE_BIG_NUMBER },
    { "12345678901234567890.0", HEARTH_VALUE_BIG_NUMBER },
    { "1234567890123456789e1", HEARTH_VALUE_BIG_NUMBER },
    { "12345678901234567000.0", HEARTH_VALUE_DOUBLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthValue) value = parse (cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (hearth_value_get_kind (value), ==, cases[i].kind);
    }
}

static void
test_messages (void)
{
  static const struct
  {
    const char *text;
    const char *part;
  } cases[] = {
    { "", "empty" },
    { "{\"a\":", "cut off" },
    { "[1,]", "no comma" },
    { "{\"a\":1,}", "no comma" },
    { "['a']", "double quotes" },
    { "[1] // x", "comments" },
    { "\xef\xbb\xbf[]", "byte order mark" },
    { "[NaN]", "NaN" },
    { "[007]", "zero" },
    { "\"\\ud800\"", "surrogate" },
    { "\"a\nb\"", "Line breaks" },
    { "{\"name\":1,\"name\":2}", "“name”" },
    { "[1] [2]", "more text follows" },
    { "\"\xff\"", "UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hearth_json_parse (cases[i].text, -1, &error));
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].part));
    }
}

/* --- limits --------------------------------------------------------------------------------- */

static char *
nest (const char *opening,
      const char *inner,
      const char *closing,
      guint       depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, opening);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, closing);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *arrays = nest ("[", "1", "]", HEARTH_JSON_MAX_DEPTH);
  g_autofree char *objects = nest ("{\"a\":", "{}", "}", HEARTH_JSON_MAX_DEPTH - 1);
  g_autofree char *too_deep = nest ("[", "[]", "]", HEARTH_JSON_MAX_DEPTH);
  g_autofree char *opened = nest ("[{\"a\":", "", "", 200000);
  g_autofree char *wide = nest ("[[]],", "1", "", 2000);
  g_autofree char *wide_array = g_strdup_printf ("[%s]", wide);
  g_autoptr (HearthValue) deep_arrays = parse (arrays);
  g_autoptr (HearthValue) deep_objects = parse (objects);
  g_autoptr (HearthValue) wide_value = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *printed = hearth_json_print (deep_arrays);

  g_assert_cmpstr (printed, ==, arrays);
  g_assert_cmpuint (hearth_value_get_length (deep_objects), ==, 1);
  g_assert_null (hearth_json_parse (too_deep, -1, &error));
  g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_DEPTH);
  assert_position (error, 1, HEARTH_JSON_MAX_DEPTH + 1);
  g_clear_error (&error);
  g_assert_null (hearth_json_parse (opened, -1, &error));
  g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_DEPTH);

  /* Depth is what is open at once, not what has been. */
  wide_value = parse (wide_array);
  g_assert_cmpuint (hearth_value_get_length (wide_value), ==, 2001);
}

/* An object with @n members; from @twin on the names start again at 0 if it is not 0. */
static char *
make_wide_object (guint n,
                  guint twin)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"key %u\":%u", i > 0 ? ",\n" : "", twin != 0 && i == twin ? 0 : i, i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_wide_objects (void)
{
  for (guint n = 1; n < 3000; n = n < 70 ? n + 1 : n * 2)
    {
      g_autofree char *text = make_wide_object (n, 0);
      g_autofree char *with_twin = make_wide_object (n + 1, n);
      g_autoptr (HearthValue) value = parse (text);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (hearth_value_get_length (value), ==, n);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *key = g_strdup_printf ("key %u", i);

          g_assert_cmpstr (hearth_value_key_at (value, i), ==, key);
          g_assert_cmpint (hearth_value_get_member_integer (value, key, -1), ==, i);
        }
      g_assert_null (hearth_value_get (value, "key"));
      g_assert_null (hearth_value_get (value, "key 99999"));

      g_assert_null (hearth_json_parse (with_twin, -1, &error));
      g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_DUPLICATE_KEY);
      assert_position (error, n + 1, 1);
    }
}

static void
test_nul_in_text (void)
{
  g_autoptr (HearthValue) value = hearth_json_parse (TEXT ("\"a\\u0000b\""), NULL);
  gsize length;
  const char *text = hearth_value_get_string (value, &length);

  g_assert_cmpmem (text, length, "a\0b", 3);
}

static void
test_length (void)
{
  g_autoptr (HearthValue) value = hearth_json_parse ("[1]garbage", 3, NULL);
  g_autoptr (HearthValue) number = hearth_json_parse ("12345", 2, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (hearth_value_get_length (value), ==, 1);
  g_assert_cmpint (hearth_value_get_integer (number), ==, 12);
  g_assert_null (hearth_json_parse (NULL, 0, &error));
  g_assert_error (error, HEARTH_JSON_ERROR, HEARTH_JSON_ERROR_SYNTAX);
  g_assert_null (hearth_json_parse ("[", -1, NULL));
}

static void
test_keys_are_shared (void)
{
  g_autoptr (HearthValue) value = parse ("[{\"position\":1},{\"position\":2}]");

  g_assert_true (hearth_value_key_at (hearth_value_at (value, 0), 0) ==
                 hearth_value_key_at (hearth_value_at (value, 1), 0));
}

/* Every place where a document can break off, and every place where a byte can go wrong. */
static void
test_damaged (void)
{
  static const char document[] = "{\"id\": \"n1\", \"type\": \"core:TextMerge\", \"pos\": [12.5, -3e2, true],\n"
                                 " \"text\": \"中\\u4e2d\\n😀\", \"none\": null, \"in\": {\"a\": [{}, []]}}";
  gsize length = sizeof document - 1;
  g_autofree char *changed = g_memdup2 (document, sizeof document);

  for (gsize cut = 0; cut < length; cut++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse_bytes (document, cut, &error));
      g_assert_nonnull (error);
    }
  for (gsize i = 0; i < length; i++)
    {
      for (guint byte = 0; byte < 256; byte++)
        {
          g_autoptr (HearthValue) value = NULL;

          changed[i] = (char) byte;
          value = parse_bytes (changed, length, NULL);
          if (value != NULL)
            assert_same_after_print (value);
        }
      changed[i] = document[i];
    }
}

/* --- numbers ------------------------------------------------------------------------------------- */

static void
test_double_text (void)
{
  static const struct
  {
    double number;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { -0.0, "0" },
    { 1, "1" },
    { -1.5, "-1.5" },
    { 0.1, "0.1" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3, "0.3333333333333333" },
    { 2.0 / 3, "0.6666666666666666" },
    { 123456789.123, "123456789.123" },
    { 0.00001, "0.00001" },
    { 0.000001, "0.000001" },
    { 0.0000001, "1e-7" },
    { 1.5e-7, "1.5e-7" },
    { -1.25e-10, "-1.25e-10" },
    { 1e15, "1000000000000000" },
    { 1e20, "100000000000000000000" },
    { 123456789012345680000.0, "123456789012345680000" },
    { 1e21, "1e+21" },
    { -1.5e21, "-1.5e+21" },
    { 1e22, "1e+22" },
    { 1e23, "1e+23" },
    { 0x1p53, "9007199254740992" },
    { 0x1p53 + 2, "9007199254740994" },
    { 0x1p62, "4611686018427388000" },
    { 0x1p63, "9223372036854776000" },
    { 9.999999999999999, "9.999999999999998" },
    { 4503599627370495.5, "4503599627370495.5" },
    { 5e-324, "5e-324" },
    { 1e-323, "1e-323" },
    { 2.2250738585072014e-308, "2.2250738585072014e-308" },
    { 2.225073858507201e-308, "2.225073858507201e-308" },
    { 1.7976931348623157e308, "1.7976931348623157e+308" },
    /* Powers of two, where the next double below is only half as far as the next one above. */
    { 0x1p-44, "5.684341886080802e-14" },
    { 0x1p-24, "5.960464477539063e-8" },
    { 0x1p-1, "0.5" },
    { 0x1p-1022, "2.2250738585072014e-308" },
    { 0x1p-100, "7.888609052210118e-31" },
    { 0x1p100, "1.2676506002282294e+30" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new ("x");

      hearth_json_append_double (out, cases[i].number);
      g_assert_cmpstr (out->str + 1, ==, cases[i].text);
    }
}

static void
test_double_not_finite (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  hearth_json_append_double (out, NAN);
  hearth_json_append_double (out, -INFINITY);
  g_assert_cmpstr (out->str, ==, "nullnull");
}

/* How many digits the text has between the first and the last that is not zero. */
static guint
count_digits (const char *text)
{
  guint n = 0, n_significant = 0;

  for (; *text != '\0' && *text != 'e'; text++)
    {
      if (!g_ascii_isdigit (*text) || (n == 0 && *text == '0'))
        continue;
      n++;
      if (*text != '0')
        n_significant = n;
    }
  return n_significant;
}

static guint64
make_random_bits (void)
{
  return (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();
}

static void
assert_double_round_trip (double number)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (HearthValue) value = NULL;
  char shorter[G_ASCII_DTOSTR_BUF_SIZE];
  guint n_digits;

  hearth_json_append_double (out, number);
  value = parse (out->str);
  g_assert_true (hearth_value_get_double (value) == number);
  g_assert_true (g_ascii_strtod (out->str, NULL) == number);

  n_digits = count_digits (out->str);
  g_assert_cmpuint (n_digits, <=, 17);
  if (n_digits > 1)
    {
      g_autofree char *format = g_strdup_printf ("%%.%ue", n_digits - 2);

      g_ascii_formatd (shorter, sizeof shorter, format, number);
      g_assert_true (g_ascii_strtod (shorter, NULL) != number);
    }
}

static void
test_double_round_trip (void)
{
  for (guint i = 0; i < 40000; i++)
    {
      guint64 bits = make_random_bits ();
      double number;

      memcpy (&number, &bits, sizeof number);
      if (isfinite (number))
        assert_double_round_trip (number);
      assert_double_round_trip (g_test_rand_double_range (-1000, 1000));
      assert_double_round_trip (g_test_rand_int_range (-1000000, 1000000) / 1000.0);
    }
  for (int exponent = -1074; exponent < 1024; exponent++)
    {
      assert_double_round_trip (ldexp (1, exponent));
      assert_double_round_trip (nextafter (ldexp (1, exponent), 0));
      assert_double_round_trip (nextafter (ldexp (1, exponent), 1));
    }
}

/* What the program's language writes as a decimal comma does not reach the files. */
static void
test_locale (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_NUMERIC, NULL));
  g_autoptr (HearthValue) value = NULL;
  g_autofree char *printed = NULL;

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL && setlocale (LC_NUMERIC, "fr_FR.UTF-8") == NULL)
    {
      g_test_skip ("No language with a decimal comma is installed here");
      return;
    }
  value = parse ("[1.5,1.2345678901234567e-30,1e400]");
  printed = hearth_json_print (value);
  setlocale (LC_NUMERIC, before);
  g_assert_cmpstr (printed, ==, "[1.5,1.2345678901234567e-30,1e400]");
}

/* --- writing ----------------------------------------------------------------------------------- */

static void
test_pretty (void)
{
  g_autoptr (HearthValue) value = parse ("{\"a\":[1,{\"b\":null}],\"c\":{},\"d\":[],\"e\":\"x\"}");
  g_autofree char *printed = hearth_json_print_pretty (value);

  g_assert_cmpstr (printed, ==,
                   "{\n"
                   "  \"a\": [\n"
                   "    1,\n"
                   "    {\n"
                   "      \"b\": null\n"
                   "    }\n"
                   "  ],\n"
                   "  \"c\": {},\n"
                   "  \"d\": [],\n"
                   "  \"e\": \"x\"\n"
                   "}");
}

static void
test_append (void)
{
  g_autoptr (GString) out = g_string_new ("data: ");
  g_autoptr (HearthValue) value = parse ("{\"a\":1}");

  hearth_json_append (out, value);
  g_string_append_c (out, ' ');
  hearth_json_append_string (out, "a\"b\0c\x01", 6);
  g_string_append_c (out, ' ');
  hearth_json_append_string (out, "中\n", -1);
  g_assert_cmpstr (out->str, ==, "data: {\"a\":1} \"a\\\"b\\u0000c\\u0001\" \"中\\n\"");
  g_assert_cmpuint (out->len, ==, strlen (out->str));
}

/* Every byte at every place of the eight that are looked at together. */
static void
test_escapes_everywhere (void)
{
  for (guint byte = 0; byte < 0x80; byte++)
    for (guint place = 0; place < 20; place++)
      {
        char text[21] = "aaaaaaaaaaaaaaaaaaaa";
        g_autoptr (HearthValue) value = NULL;

        text[place] = (char) byte;
        text[(place + 1) % 20] = '"';
        value = hearth_value_string_len (text, 20);
        assert_same_after_print (value);
      }
}

static void
test_long_text (void)
{
  for (gsize length = 1; length < 5000; length = length * 5 / 4 + 1)
    {
      g_autofree char *plain = g_strnfill (length, 'x');
      g_autofree char *quotes = g_strnfill (length, '"');
      g_autofree char *controls = g_strnfill (length, '\x01');
      g_autoptr (HearthValue) value =
          hearth_value_object (plain, hearth_value_string (quotes), quotes, hearth_value_string (controls), controls,
                               hearth_value_string (plain), NULL);

      assert_same_after_print (value);
    }
}

/* --- random values ----------------------------------------------------------------------------------- */

static HearthValue *
make_random_number (void)
{
  g_autofree char *digits = NULL;

  switch (g_test_rand_int_range (0, 5))
    {
    case 0:
      return hearth_value_integer (g_test_rand_int_range (-100, 400));
    case 1:
      return hearth_value_integer ((gint64) make_random_bits ());
    case 2:
      return hearth_value_double (g_test_rand_double_range (-1e6, 1e6));
    case 3:
      return hearth_value_double (ldexp (g_test_rand_double_range (-1, 1), g_test_rand_int_range (-1000, 1000)));
    default:
      digits = g_strdup_printf ("9%u%u%u", (guint) g_test_rand_int (), (guint) g_test_rand_int (),
                                (guint) g_test_rand_int ());
      return hearth_value_big_number (digits, strlen (digits));
    }
}

static HearthValue *
make_random_string (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int length = g_test_rand_int_range (0, 40);

  for (int i = 0; i < length; i++)
    {
      gunichar character = (gunichar) g_test_rand_int_range (0, g_test_rand_bit () ? 0x80 : 0x110000);

      if (character < 0xd800 || character > 0xdfff)
        {
          char utf8[6];

          g_string_append_len (text, utf8, g_unichar_to_utf8 (character, utf8));
        }
    }
  return hearth_value_string_len (text->str, text->len);
}

static HearthValue *
make_random (int depth)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  int kind = g_test_rand_int_range (0, depth > 0 ? 7 : 5);
  int length = g_test_rand_int_range (0, g_test_rand_int_range (0, 20) == 0 ? 60 : 6);

  if (kind == 0)
    return hearth_value_null ();
  if (kind == 1)
    return hearth_value_boolean (g_test_rand_bit ());
  if (kind == 2)
    return make_random_string ();
  if (kind < 5)
    return make_random_number ();
  for (int i = 0; i < length; i++)
    {
      g_autofree char *key = kind == 6 ? g_strdup_printf ("%x", (guint) g_test_rand_int_range (0, 1000)) : NULL;

      hearth_builder_add (&builder, key, make_random (depth - 1));
    }
  return kind == 6 ? hearth_builder_end_object (&builder) : hearth_builder_end_array (&builder);
}

static void
test_random_values (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (HearthValue) value = make_random (6);

      assert_same_after_print (value);
    }
}

/* --- a published collection, where there is one -------------------------------------------------- */

/* RFC 8259 leaves it to the reader whether an object may name one key twice; we refuse it. */
static gboolean
must_accept (const char *name)
{
  return g_str_has_prefix (name, "y_") && !g_str_has_prefix (name, "y_object_duplicated_key");
}

static void
check_corpus_file (const char *directory,
                   const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) value = NULL;
  gsize length;

  g_test_message ("%s", name);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  value = parse_bytes (text, length, &error);
  g_assert_true ((value == NULL) == (error != NULL));
  if (must_accept (name))
    g_assert_no_error (error);
  else if (g_str_has_prefix (name, "n_"))
    g_assert_null (value);
  if (value != NULL)
    assert_same_after_print (value);
}

static void
test_corpus (void)
{
  const char *directory = g_getenv ("HEARTH_JSON_CORPUS");
  g_autoptr (GDir) files = directory != NULL ? g_dir_open (directory, 0, NULL) : NULL;
  const char *name;
  guint n_files = 0;

  if (files == NULL)
    {
      g_test_skip ("HEARTH_JSON_CORPUS names no directory with y_*.json and n_*.json");
      return;
    }
  while ((name = g_dir_read_name (files)) != NULL)
    if (g_str_has_suffix (name, ".json"))
      {
        check_corpus_file (directory, name);
        n_files++;
      }
  g_assert_cmpuint (n_files, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/accepted", test_accepted);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/kinds", test_kinds);
  g_test_add_func ("/json/messages", test_messages);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/wide-objects", test_wide_objects);
  g_test_add_func ("/json/nul-in-text", test_nul_in_text);
  g_test_add_func ("/json/length", test_length);
  g_test_add_func ("/json/keys-are-shared", test_keys_are_shared);
  g_test_add_func ("/json/damaged", test_damaged);
  g_test_add_func ("/json/double/text", test_double_text);
  g_test_add_func ("/json/double/not-finite", test_double_not_finite);
  g_test_add_func ("/json/double/round-trip", test_double_round_trip);
  g_test_add_func ("/json/double/locale", test_locale);
  g_test_add_func ("/json/pretty", test_pretty);
  g_test_add_func ("/json/append", test_append);
  g_test_add_func ("/json/escapes-everywhere", test_escapes_everywhere);
  g_test_add_func ("/json/long-text", test_long_text);
  g_test_add_func ("/json/random-values", test_random_values);
  g_test_add_func ("/json/corpus", test_corpus);

  return g_test_run ();
}
