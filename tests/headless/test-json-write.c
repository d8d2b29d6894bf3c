/* test-json-write.c: values as text, and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "json-text.h"

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/pretty", test_pretty);
  g_test_add_func ("/json/append", test_append);
  g_test_add_func ("/json/escapes-everywhere", test_escapes_everywhere);
  g_test_add_func ("/json/long-text", test_long_text);
  g_test_add_func ("/json/random-values", test_random_values);

  return g_test_run ();
}
