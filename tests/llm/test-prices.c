/* test-prices.c: which price a model has, and what a call costs at it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-json.h"
#include "hearth-price-table.h"

#define ROW(provider, model, input, output) "{\"provider\":\"" provider "\",\"model\":\"" model "\",\"input\":" input ",\"output\":" output "}"
#define TABLE(rows) "{\"date\":\"2026-01-31\",\"source\":\"a test\",\"currency\":\"USD\",\"prices\":[" rows "]}"

static HearthPriceTable *
make_table (const char *shipped,
            const char *own)
{
  g_autoptr (HearthValue) ours = hearth_json_parse (shipped, -1, NULL);
  g_autoptr (HearthValue) theirs = own != NULL ? hearth_json_parse (own, -1, NULL) : NULL;
  g_autoptr (GError) error = NULL;
  HearthPriceTable *table = hearth_price_table_new (ours, theirs, &error);

  g_assert_no_error (error);
  return table;
}

/* What input costs, in units of money for a million tokens; -1: not known. */
static double
find_input (HearthPriceTable *table,
            const char       *provider,
            const char       *model)
{
  HearthPrice price;

  return hearth_price_table_lookup (table, provider, model, &price) ? price.rates.input / 1e6 : -1;
}

static void
test_names (void)
{
  g_autoptr (HearthPriceTable) table = make_table (
      TABLE (ROW ("openai", "gpt-4o", "2.5", "10") "," ROW ("openai", "gpt-4o-mini", "0.15", "0.6") ","
             ROW ("openrouter", "*:free", "0", "0") "," ROW ("ollama", "*", "0", "0") ","
             ROW ("ollama", "*-cloud", "null", "null") "," ROW ("*", "everywhere", "7", "7")), NULL);

  g_assert_cmpfloat (find_input (table, "openai", "gpt-4o"), ==, 2.5);
  g_assert_cmpfloat (find_input (table, "OpenAI", "GPT-4o"), ==, 2.5);
  g_assert_cmpfloat (find_input (table, "openai", "gpt-4o-2024-08-06"), ==, 2.5);
  g_assert_cmpfloat (find_input (table, "openai", "gpt-4o-latest"), ==, 2.5);
  g_assert_cmpfloat (find_input (table, "openai", "gpt-4o-mini-2024-07-18"), ==, 0.15);
  /* Other models of a similar name are not taken for it. */
  g_assert_cmpfloat (find_input (table, "openai", "gpt-4o-audio-preview"), ==, -1);
  g_assert_cmpfloat (find_input (table, "openai", "gpt-4o-5"), ==, -1);
  g_assert_cmpfloat (find_input (table, "openai", "gpt-4"), ==, -1);
  g_assert_cmpfloat (find_input (table, "azure", "gpt-4o"), ==, -1);
  g_assert_cmpfloat (find_input (table, NULL, "gpt-4o"), ==, -1);
  g_assert_cmpfloat (find_input (table, "openrouter", "someone/model:free"), ==, 0);
  g_assert_cmpfloat (find_input (table, "ollama", "llama3.2"), ==, 0);
  g_assert_cmpfloat (find_input (table, "ollama", "gpt-oss:120b-cloud"), ==, -1);
  g_assert_cmpfloat (find_input (table, NULL, "everywhere"), ==, 7);
  g_assert_cmpfloat (find_input (table, "openai", "models/everywhere"), ==, 7);
}

static void
test_own (void)
{
  g_autoptr (HearthPriceTable) table = make_table (
      TABLE (ROW ("openai", "gpt-4o", "2.5", "10")), TABLE (ROW ("openai", "gpt-4o", "2", "8") "," ROW ("mine", "x", "1", "1")));
  g_autoptr (HearthValue) value = hearth_price_table_to_value (table);
  HearthValue *rows = hearth_value_get (value, "prices");

  g_assert_cmpfloat (find_input (table, "openai", "gpt-4o"), ==, 2);
  g_assert_cmpfloat (find_input (table, "mine", "x"), ==, 1);
  g_assert_cmpstr (hearth_value_get_member_string (value, "date", NULL), ==, "2026-01-31");
  g_assert_cmpint (hearth_value_get_length (rows), ==, 3);
  g_assert_true (hearth_value_get_member_boolean (hearth_value_at (rows, 0), "own", FALSE));
  g_assert_false (hearth_value_get_member_boolean (hearth_value_at (rows, 2), "own", FALSE));
}

static void
test_wrong (void)
{
  static const char *const tables[] = {
    "{}",
    "{\"currency\":\"EUR\",\"prices\":[]}",
    TABLE ("{\"model\":\"x\",\"input\":1,\"output\":1}"),
    TABLE ("{\"provider\":\"x\",\"input\":1,\"output\":1}"),
    TABLE (ROW ("a", "b", "-1", "1")),
    TABLE (ROW ("a", "b", "1", "\"2\"")),
    TABLE (ROW ("a", "b", "1", "1e9")),
    TABLE ("{\"provider\":\"x\",\"model\":\"y\",\"input\":1,\"output\":1,\"longPrompt\":{\"input\":2}}"),
    TABLE ("7"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (HearthValue) own = hearth_json_parse (tables[i], -1, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (hearth_price_table_new (NULL, own, &error));
      g_assert_error (error, HEARTH_PRICE_ERROR, HEARTH_PRICE_ERROR_TABLE);
    }
}

static void
test_cost (void)
{
  g_autoptr (HearthPriceTable) table = make_table (
      TABLE ("{\"provider\":\"a\",\"model\":\"m\",\"input\":3,\"output\":15,\"cachedInput\":0.3,\"cacheWrite\":3.75,"
             "\"longPrompt\":{\"from\":200000,\"input\":6,\"output\":22.5}}"), NULL);
  HearthPrice price;

  g_assert_true (hearth_price_table_lookup (table, "a", "m", &price));
  g_assert_cmpint (hearth_price_get_cost (&price, &(HearthUsage) { 1000, 100, -1, -1, -1 }), ==, 4500);
  /* 1000 = 600 cached + 200 to be kept + 200: 180 + 750 + 600, and 1500 for the answer */
  g_assert_cmpint (hearth_price_get_cost (&price, &(HearthUsage) { 1000, 100, 600, 200, 50 }), ==, 3030);
  g_assert_cmpint (hearth_price_get_cost (&price, &(HearthUsage) { 200000, 100, 0, 0, 0 }), ==, 1202250);
  /* Parts of a micro-unit are never lost. */
  g_assert_cmpint (hearth_price_get_cost (&price, &(HearthUsage) { 1, 0, 1, 0, 0 }), ==, 1);
  g_assert_cmpint (hearth_price_get_cost (&price, &(HearthUsage) { 0, 0, 0, 0, 0 }), ==, 0);
  /* Unknown stays unknown. */
  g_assert_cmpint (hearth_price_get_cost (&price, &(HearthUsage) { -1, 100, -1, -1, -1 }), ==, -1);
  g_assert_cmpint (hearth_price_get_cost (&price, &(HearthUsage) { 100, -1, -1, -1, -1 }), ==, -1);
  /* The most is no less than it can cost, even when all of it is to be kept. */
  g_assert_cmpint (hearth_price_get_most (&price, 1000, 100), ==, 3750 + 1500);
  g_assert_cmpint (hearth_price_get_most (&price, 1000, G_MAXINT64), >, 0);
  g_assert_false (hearth_price_is_free (&price));
}

/* The table that is installed can be read, and each of its rows says where it is from. */
static void
test_shipped (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "prices.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (HearthPriceTable) table = NULL;
  g_autoptr (HearthValue) value = NULL;
  HearthPrice price;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  table = make_table (text, NULL);
  value = hearth_price_table_to_value (table);
  g_assert_nonnull (hearth_value_get_member_string (value, "date", NULL));
  g_assert_nonnull (hearth_value_get_member_string (value, "source", NULL));
  g_assert_cmpfloat (find_input (table, "openai", "gpt-4o-2024-08-06"), >, 0);
  g_assert_cmpfloat (find_input (table, "openai", "no-such-model"), ==, -1);
  for (gsize i = 0; i < 4; i++)
    {
      static const char *const local[] = { "offline", "ollama", "lmstudio", "llamacpp" };

      g_assert_true (hearth_price_table_lookup (table, local[i], "anything:7b", &price));
      g_assert_true (hearth_price_is_free (&price));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prices/names", test_names);
  g_test_add_func ("/prices/own", test_own);
  g_test_add_func ("/prices/wrong", test_wrong);
  g_test_add_func ("/prices/cost", test_cost);
  g_test_add_func ("/prices/shipped", test_shipped);
  return g_test_run ();
}
