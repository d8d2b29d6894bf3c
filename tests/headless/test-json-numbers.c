/* test-json-numbers.c: numbers keep their value through text, whatever the language
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <math.h>

#include "json-text.h"

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

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/double/text", test_double_text);
  g_test_add_func ("/json/double/not-finite", test_double_not_finite);
  g_test_add_func ("/json/double/round-trip", test_double_round_trip);
  g_test_add_func ("/json/double/locale", test_locale);

  return g_test_run ();
}
