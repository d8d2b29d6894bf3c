/* test-json.c: JSON that is taken, and JSON that is refused
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "json-text.h"

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
      g_autofree char *shown = g_utf8_make_valid (refused[i].text, (gssize) refused[i].length);

      g_test_message ("%" G_GSIZE_FORMAT ": %s: %s", i, shown, error != NULL ? error->message : "accepted");
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

static void
test_nul_in_text (void)
{
  g_autoptr (HearthValue) value = hearth_json_parse (TEXT ("\"a\\u0000b\""), NULL);
  gsize length;
  const char *text = hearth_value_get_string (value, &length);

  g_assert_cmpmem (text, length, "a\0b", 3);
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/accepted", test_accepted);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/kinds", test_kinds);
  g_test_add_func ("/json/messages", test_messages);
  g_test_add_func ("/json/nul-in-text", test_nul_in_text);
  g_test_add_func ("/json/keys-are-shared", test_keys_are_shared);
  g_test_add_func ("/json/damaged", test_damaged);

  return g_test_run ();
}
