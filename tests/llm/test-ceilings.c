/* test-ceilings.c: budgets as people type them and as JSON has them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-ceilings.h"
#include "hearth-json.h"

#define D HEARTH_CEILING_DEFAULT
#define X HEARTH_CEILING_NONE

static const struct
{
  const char *text;
  HearthCeilings ceilings;
} typed[] = {
  { "2 USD, 100000 tokens, 50 calls, 10m", { 2000000, 100000, 50, 600000 } },
  { "0.5usd", { 500000, D, D, D } },
  { "$2.25", { 2250000, D, D, D } },
  { "100k tokens", { D, 100000, D, D } },
  { "1.5M tokens; 1 call", { D, 1500000, 1, D } },
  { "3 calls 90s", { D, D, 3, 90000 } },
  { "2 hours", { D, D, D, 7200000 } },
  { "5m", { D, D, D, 300000 } },
  { "5 min, 0 USD", { 0, D, D, 300000 } },
  { "none", { X, X, X, X } },
};

static const char *const bad[] = {
  "", " , ", "2", "2 EUR", "-1 USD", "USD", "1.2.3 USD", "1e9 USD", "0x10 tokens", "inf calls", "2 USD 3 USD", "5k",
  "1 call, none", "99999999999999 tokens", "$", "2 USD and 3 calls",
};

static void
assert_same (const HearthCeilings *a,
             const HearthCeilings *b)
{
  g_assert_cmpint (a->cost, ==, b->cost);
  g_assert_cmpint (a->tokens, ==, b->tokens);
  g_assert_cmpint (a->calls, ==, b->calls);
  g_assert_cmpint (a->ms, ==, b->ms);
}

static void
test_typed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GError) error = NULL;
      HearthCeilings ceilings;

      hearth_ceilings_parse (typed[i].text, &ceilings, &error);
      g_assert_no_error (error);
      assert_same (&ceilings, &typed[i].ceilings);
    }
}

static void
test_typed_wrong (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      HearthCeilings ceilings;

      g_test_message ("“%s”", bad[i]);
      g_assert_false (hearth_ceilings_parse (bad[i], &ceilings, &error));
      g_assert_error (error, HEARTH_CEILINGS_ERROR, HEARTH_CEILINGS_ERROR_SYNTAX);
    }
}

static void
test_value (void)
{
  g_autoptr (HearthValue) value = hearth_json_parse ("{\"cost\":2.5,\"calls\":0,\"seconds\":null}", -1, NULL);
  g_autoptr (HearthValue) again = NULL;
  g_autoptr (GError) error = NULL;
  HearthCeilings ceilings;

  hearth_ceilings_read (value, &ceilings, &error);
  g_assert_no_error (error);
  assert_same (&ceilings, &(HearthCeilings) { 2500000, D, 0, X });
  again = hearth_ceilings_to_value (&ceilings);
  g_assert_true (hearth_value_equal (value, again));
}

static void
test_value_wrong (void)
{
  static const char *const texts[] = { "3", "[]", "{\"cost\":-1}", "{\"calls\":\"3\"}", "{\"tokens\":1e13}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (HearthValue) value = hearth_json_parse (texts[i], -1, NULL);
      g_autoptr (GError) error = NULL;
      HearthCeilings ceilings;

      g_assert_false (hearth_ceilings_read (value, &ceilings, &error));
      g_assert_error (error, HEARTH_CEILINGS_ERROR, HEARTH_CEILINGS_ERROR_SYNTAX);
    }
}

static void
test_over (void)
{
  HearthCeilings above = { D, 5, X, D };
  HearthCeilings below = { 1, 2, 3, D };
  HearthCeilings both = hearth_ceilings_over (&above, &below);

  assert_same (&both, &(HearthCeilings) { 1, 5, X, D });
}

static void
test_money (void)
{
  static const struct
  {
    gint64 micro;
    const char *text;
  } amounts[] = { { 0, "0.00 USD" }, { 2500000, "2.50 USD" }, { 123, "0.000123 USD" }, { 1000010, "1.00001 USD" }, { 12, "0.000012 USD" } };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *text = hearth_money_to_text (amounts[i].micro);

      g_assert_cmpstr (text, ==, amounts[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ceilings/typed", test_typed);
  g_test_add_func ("/ceilings/typed-wrong", test_typed_wrong);
  g_test_add_func ("/ceilings/value", test_value);
  g_test_add_func ("/ceilings/value-wrong", test_value_wrong);
  g_test_add_func ("/ceilings/over", test_over);
  g_test_add_func ("/ceilings/money", test_money);
  return g_test_run ();
}
