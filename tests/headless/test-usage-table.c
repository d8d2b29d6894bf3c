/* test-usage-table.c: what calls took, in its file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "databases.h"
#include "hearth-json.h"
#include "hearth-usage-table.h"

/* @known: what is known of it, as members. */
static void
add (HearthDatabase *database,
     const char     *process,
     gint64          time_ms,
     const char     *day,
     const char     *known)
{
  g_autofree char *text = g_strdup_printf (
      "{\"time\":%" G_GINT64_FORMAT ",\"day\":\"%s\",\"model\":\"m\",\"mostTokens\":100,\"durationMs\":10,\"outcome\":\"answered\","
      "\"currency\":\"USD\"%s}", time_ms, day, known);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) entry = hearth_json_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_true (hearth_usage_table_add (database, entry, process, &error));
  g_assert_no_error (error);
}

static void
assert_sums (HearthDatabase          *database,
             HearthUsageBy            by,
             const HearthUsageFilter *filter,
             const char              *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) sums = hearth_usage_table_sum (database, by, filter, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = hearth_json_print (sums);
  g_assert_cmpstr (text, ==, expected);
}

#define CALL ",\"projectId\":\"p\",\"runId\":\"r\",\"nodeId\":\"n\",\"promptTokens\":7,\"completionTokens\":3,\"costMicro\":50"

static HearthDatabase *
open_full (void)
{
  HearthDatabase *database = open_database (":memory:");

  add (database, "a", 1000, "2026-01-30", CALL);
  /* At the same time as the first, for half of it. */
  add (database, "a", 1005, "2026-01-30", CALL);
  add (database, "b", 2000, "2026-01-31", ",\"projectId\":\"q\",\"runId\":\"s\",\"promptTokens\":20,\"mostCostMicro\":70");
  add (database, "b", 3000, "2026-01-31", ",\"promptTokens\":0,\"completionTokens\":0,\"costMicro\":0");
  return database;
}

static void
test_sums (void)
{
  g_autoptr (HearthDatabase) database = open_full ();
  HearthUsageFilter filter = { .currency = "USD" };

  assert_sums (database, HEARTH_USAGE_BY_DAY, &filter,
               "[{\"day\":\"2026-01-31\",\"calls\":2,\"unpriced\":1,\"uncounted\":1,\"prompt\":20,\"completion\":0,\"cost\":0,"
               "\"mostCost\":70,\"mostTokens\":80,\"ms\":20},"
               "{\"day\":\"2026-01-30\",\"calls\":2,\"unpriced\":0,\"uncounted\":0,\"prompt\":14,\"completion\":6,\"cost\":100,"
               "\"mostCost\":0,\"mostTokens\":0,\"ms\":15}]");
  filter.limit = 1;
  assert_sums (database, HEARTH_USAGE_BY_PROJECT, &filter,
               "[{\"projectId\":\"p\",\"calls\":2,\"unpriced\":0,\"uncounted\":0,\"prompt\":14,\"completion\":6,\"cost\":100,"
               "\"mostCost\":0,\"mostTokens\":0,\"ms\":15}]");
  filter.run_id = "r";
  assert_sums (database, HEARTH_USAGE_BY_NODE, &filter,
               "[{\"nodeId\":\"n\",\"calls\":2,\"unpriced\":0,\"uncounted\":0,\"prompt\":14,\"completion\":6,\"cost\":100,"
               "\"mostCost\":0,\"mostTokens\":0,\"ms\":15}]");
}

static void
test_filters (void)
{
  g_autoptr (HearthDatabase) database = open_full ();
  const HearthUsageFilter filters[] = {
    { .currency = "USD", .from = "2026-01-31" },
    { .currency = "USD", .to = "2026-01-30" },
    { .currency = "USD", .project_id = "p" },
    { .currency = "USD", .not_process = "a" },
    { .currency = "USD", .from = "2026-01-31", .run_id = "r" },
  };
  const gint64 calls[] = { 2, 2, 2, 2, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (HearthValue) sums = hearth_usage_table_sum (database, HEARTH_USAGE_BY_NOTHING, &filters[i], NULL);
      HearthValue *sum = hearth_value_get_length (sums) > 0 ? hearth_value_at (sums, 0) : NULL;

      g_assert_cmpint (hearth_value_get_member_integer (sum, "calls", 0), ==, calls[i]);
    }
}

/* Money that cannot be compared is not added, and not taken for nothing. */
static void
test_currencies (void)
{
  g_autoptr (HearthDatabase) database = open_full ();
  HearthUsageFilter filter = { .currency = "EUR", .project_id = "p" };

  assert_sums (database, HEARTH_USAGE_BY_MODEL, &filter,
               "[{\"model\":\"m\",\"calls\":2,\"unpriced\":2,\"uncounted\":0,\"prompt\":14,\"completion\":6,\"cost\":0,"
               "\"mostCost\":0,\"mostTokens\":0,\"ms\":15}]");
}

/* Only what another process wrote is a change. */
static void
test_change (Temporary    *fixture,
             gconstpointer data)
{
  g_autoptr (HearthDatabase) ours = open_in (fixture);
  g_autoptr (HearthDatabase) theirs = open_in (fixture);
  gint64 change = hearth_usage_table_get_change (ours, NULL);

  add (ours, "a", 1, "2026-01-31", CALL);
  g_assert_cmpint (hearth_usage_table_get_change (ours, NULL), ==, change);
  add (theirs, "b", 2, "2026-01-31", CALL);
  g_assert_cmpint (hearth_usage_table_get_change (ours, NULL), !=, change);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/usage-table/sums", test_sums);
  g_test_add_func ("/usage-table/filters", test_filters);
  g_test_add_func ("/usage-table/currencies", test_currencies);
  g_test_add ("/usage-table/change", Temporary, NULL, temporary_set_up, test_change, temporary_tear_down);
  return g_test_run ();
}
