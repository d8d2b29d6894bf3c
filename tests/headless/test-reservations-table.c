/* test-reservations-table.c: what calls of several processes may take, in one table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "databases.h"
#include "hearth-json.h"
#include "hearth-reservations-table.h"
#include "hearth-usage-table.h"

static HearthValue *
parse (const char *json)
{
  g_autofree char *text = g_strdelimit (g_strdup (json), "'", '"');
  g_autoptr (GError) error = NULL;
  HearthValue *value = hearth_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

/* "dead" is the name of one that is gone. */
static gboolean
lives (const char *process,
       gpointer    user_data)
{
  return !g_str_equal (process, "dead");
}

/* Of a call that takes 10 micro-units and 100 tokens at most. @rooms: members. */
static gboolean
claim (HearthDatabase *database,
       const char     *process,
       const char     *id,
       const char     *rooms)
{
  g_autofree char *json = g_strdup_printf ("{'id':'%s','day':'2026-01-31','projectId':'p','cost':10,'tokens':100%s}", id, rooms);
  g_autoptr (HearthValue) reservation = parse (json);
  const HearthClaim claim = { reservation, process, "USD", lives, NULL };
  g_autoptr (GError) error = NULL;
  gboolean granted = FALSE;

  g_assert_true (hearth_reservations_table_claim (database, &claim, &granted, &error));
  g_assert_no_error (error);
  return granted;
}

static void
add_usage (HearthDatabase *database,
           const char     *process,
           const char     *members)
{
  g_autofree char *json = g_strdup_printf ("{'time':1,'day':'2026-01-31','projectId':'p','model':'m','mostTokens':100,'mostCostMicro':10,"
                                           "'durationMs':1,'outcome':'answered','currency':'USD'%s}", members);
  g_autoptr (HearthValue) entry = parse (json);
  g_autoptr (GError) error = NULL;

  g_assert_true (hearth_usage_table_add (database, entry, process, &error));
  g_assert_no_error (error);
}

/* Room for so many such calls, for a member of one of the rooms. */
static gboolean
claim_beside (HearthDatabase *database,
              const char     *process,
              const char     *id,
              guint           which,
              int             n_calls)
{
  static const struct { const char *key; int of_call; } members[] = { { "calls", 1 }, { "cost", 10 }, { "tokens", 100 } };
  g_autofree char *rooms = g_strdup_printf (",'%s':{'%s':%d}", which % 2 ? "projectRoom" : "dayRoom", members[which / 2].key,
                                            n_calls * members[which / 2].of_call);

  return claim (database, process, id, rooms);
}

/* Each of them leaves so much to all others as it says. */
static void
test_rooms (void)
{
  for (guint i = 0; i < 6; i++)
    {
      HearthDatabase *database = open_database (":memory:");

      g_assert_true (claim_beside (database, "a", "1", i, 0));
      g_assert_true (claim_beside (database, "a", "2", i, 0)); /* one's own is in the room already */
      g_assert_false (claim_beside (database, "b", "3", i, 1));
      g_assert_true (claim_beside (database, "b", "4", i, 2));
      g_assert_true (hearth_reservations_table_drop (database, "1", NULL));
      g_assert_true (claim_beside (database, "b", "5", i, 1));
      g_assert_false (claim_beside (database, "a", "6", i, 1));
      hearth_database_unref (database);
    }
}

/* Another project, or another day, is not looked at; nor is what has no ceiling. */
static void
test_strangers (void)
{
  HearthDatabase *database = open_database (":memory:");
  g_autoptr (HearthValue) other = parse ("{'id':'2','day':'2026-02-01','projectId':'q','cost':10,'tokens':100,"
                                         "'dayRoom':{'calls':0},'projectRoom':{'calls':0}}");
  const HearthClaim elsewhere = { other, "b", "USD", lives, NULL };
  gboolean granted = FALSE;

  g_assert_true (claim (database, "a", "1", ",'dayRoom':{'calls':0}"));
  g_assert_true (hearth_reservations_table_claim (database, &elsewhere, &granted, NULL));
  g_assert_true (granted);
  g_assert_true (claim (database, "c", "3", ",'dayRoom':{'cost':10}"));
  hearth_database_unref (database);
}

static void
test_the_dead (void)
{
  HearthDatabase *database = open_database (":memory:");

  g_assert_true (claim (database, "dead", "1", ",'dayRoom':{'calls':9}"));
  g_assert_true (claim (database, "a", "2", ",'dayRoom':{'calls':0}"));
  g_assert_false (claim (database, "b", "3", ",'dayRoom':{'calls':0}"));
  hearth_database_unref (database);
}

/* What a call took stands in the place of what it might have taken; what nobody knows counts as the most. */
static void
test_settled (void)
{
  HearthDatabase *database = open_database (":memory:");

  g_assert_true (claim (database, "a", "1", ""));
  add_usage (database, "a", ",'reservationId':'1','promptTokens':20,'completionTokens':5,'costMicro':3");
  g_assert_false (claim (database, "b", "2", ",'dayRoom':{'cost':2}"));
  g_assert_false (claim (database, "b", "2", ",'projectRoom':{'tokens':24}"));
  g_assert_false (claim (database, "b", "2", ",'dayRoom':{'calls':0}"));
  g_assert_true (claim (database, "b", "2", ",'dayRoom':{'cost':3,'tokens':25,'calls':1},'projectRoom':{'cost':3}"));
  add_usage (database, "b", ",'reservationId':'2'");
  g_assert_false (claim (database, "c", "3", ",'dayRoom':{'cost':12}"));
  g_assert_false (claim (database, "c", "3", ",'dayRoom':{'tokens':124}"));
  g_assert_true (claim (database, "c", "3", ",'dayRoom':{'cost':13,'tokens':125,'calls':2}"));
  hearth_database_unref (database);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reservations-table/rooms", test_rooms);
  g_test_add_func ("/reservations-table/strangers", test_strangers);
  g_test_add_func ("/reservations-table/the-dead", test_the_dead);
  g_test_add_func ("/reservations-table/settled", test_settled);
  return g_test_run ();
}
