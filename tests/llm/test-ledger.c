/* test-ledger.c: calls never take more than their ceilings, whatever their order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-json.h"
#include "hearth-ledger.h"
#include "hearth-model-error.h"

#define NOON_UTC G_GINT64_CONSTANT (1769860800000) /* 2026-01-31T12:00:00Z */

static const HearthBill bill = { "run", "node", "project", "channel" };
static const HearthBill of_no_run = { NULL, NULL, "project", NULL };

/* 2 units of money for a million tokens of input, 10 for output; "free" is free; all else unknown. */
static HearthLedger *
make_ledger (HearthClock *clock)
{
  g_autoptr (HearthValue) prices = hearth_json_parse (
      "{\"prices\":[{\"provider\":\"a\",\"model\":\"m\",\"input\":2,\"output\":10},"
      "{\"provider\":\"a\",\"model\":\"free\",\"input\":0,\"output\":0}]}", -1, NULL);
  g_autoptr (HearthPriceTable) table = hearth_price_table_new (prices, NULL, NULL);
  HearthLedger *ledger = hearth_ledger_new ();

  hearth_ledger_set_prices (ledger, table);
  if (clock != NULL)
    hearth_ledger_set_clock (ledger, clock, NOON_UTC);
  return ledger;
}

static void
set_ceiling (HearthLedger *ledger,
             HearthBudget  budget,
             const char   *id,
             const char   *text)
{
  HearthCeilings ceilings;

  g_assert_true (hearth_ceilings_parse (text, &ceilings, NULL));
  hearth_ledger_set_ceilings (ledger, budget, id, &ceilings);
}

static HearthReservation *
reserve_for (HearthLedger     *ledger,
             const HearthBill *payer,
             const char       *model,
             gint64            prompt,
             gint64            most)
{
  g_autoptr (GError) error = NULL;
  HearthReservation *reservation = hearth_ledger_reserve (ledger, payer, "a", model, prompt, most, &error);

  if (reservation == NULL)
    g_assert_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BUDGET);
  else
    g_assert_no_error (error);
  return reservation;
}

static HearthReservation *
reserve (HearthLedger *ledger,
         const char   *model,
         gint64        prompt,
         gint64        most)
{
  return reserve_for (ledger, &bill, model, prompt, most);
}

static void
assert_refused_for (HearthLedger     *ledger,
                    const HearthBill *payer,
                    const char       *model,
                    const char       *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hearth_ledger_reserve (ledger, payer, "a", model, 1000, 1000, &error));
  g_assert_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BUDGET);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
assert_refused (HearthLedger *ledger,
                const char   *model,
                const char   *words)
{
  assert_refused_for (ledger, &bill, model, words);
}

static void
settle (HearthLedger      *ledger,
        HearthReservation *reservation,
        gint64             prompt,
        gint64             completion)
{
  HearthUsage usage = { prompt, completion, -1, -1, -1 };

  hearth_ledger_settle (ledger, reservation, &usage, TRUE, 5);
}

static HearthSpending
get_spending (HearthLedger *ledger,
              HearthBudget  budget,
              const char   *id)
{
  HearthSpending spending;

  hearth_ledger_get_spending (ledger, budget, id, &spending);
  return spending;
}

/* --- one call after the other ----------------------------------------------------------------- */

static void
test_sums (void)
{
  g_autoptr (HearthLedger) ledger = make_ledger (NULL);
  g_autofree char *today = hearth_ledger_dup_today (ledger);
  HearthSpending step;

  settle (ledger, reserve (ledger, "m", 1000, 500), 900, 100);
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_RUN, "run").cost, ==, 2800);
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_PROJECT, "project").cost, ==, 2800);
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_DAY, today).prompt, ==, 900);
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_RUN, "other").calls, ==, 0);
  hearth_ledger_get_step_spending (ledger, "run", "node", &step);
  g_assert_cmpint (step.completion, ==, 100);
  hearth_ledger_forget_run (ledger, "run");
  hearth_ledger_get_step_spending (ledger, "run", "node", &step);
  g_assert_cmpint (step.calls, ==, 0);
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_DAY, today).calls, ==, 1);
}

static void
test_ceilings (void)
{
  static const struct
  {
    const char *ceiling;
    const char *words;
  } cases[] = {
    { "0.02 USD", "0.02 USD for this run: 0.012 USD is spent" },
    { "3000 tokens", "3000 tokens for this run: 2000 are spent" },
    { "1 call", "1 call for this run" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HearthLedger) ledger = make_ledger (NULL);

      set_ceiling (ledger, HEARTH_BUDGET_RUN, "run", cases[i].ceiling);
      settle (ledger, reserve (ledger, "m", 1000, 1000), 1000, 1000);
      assert_refused (ledger, "m", cases[i].words);
      /* Raised, it goes on. */
      set_ceiling (ledger, HEARTH_BUDGET_RUN, "run", "1 USD, 10000 tokens, 2 calls");
      settle (ledger, reserve (ledger, "m", 1000, 1000), 1000, 1000);
    }
}

/* The first call that does not fit ends it for the run, even for those that would still fit. */
static void
test_stop (void)
{
  g_autoptr (HearthLedger) ledger = make_ledger (NULL);
  const HearthBill other = { "other", "node", NULL, NULL };
  HearthReservation *reservation;

  set_ceiling (ledger, HEARTH_BUDGET_RUN, NULL, "0.02 USD");
  settle (ledger, reserve (ledger, "m", 1000, 1000), 1000, 1000);
  assert_refused (ledger, "m", "0.012 USD is spent");
  g_assert_null (reserve (ledger, "m", 1, 1));
  g_assert_null (reserve (ledger, "free", 1, 1));
  g_assert_false (hearth_ledger_is_worth_waiting (ledger, &bill, "a", "m", 1, 1));
  reservation = hearth_ledger_reserve (ledger, &other, "a", "m", 1, 1, NULL);
  settle (ledger, reservation, 1, 1);
  set_ceiling (ledger, HEARTH_BUDGET_RUN, "run", "0.03 USD");
  settle (ledger, reserve (ledger, "m", 1000, 1000), 1000, 1000);
}

static void
test_defaults (void)
{
  g_autoptr (HearthLedger) ledger = make_ledger (NULL);
  HearthBudget reached;

  set_ceiling (ledger, HEARTH_BUDGET_RUN, NULL, "2 calls");
  set_ceiling (ledger, HEARTH_BUDGET_PROJECT, NULL, "1 call");
  settle (ledger, reserve (ledger, "m", 10, 10), 10, 10);
  g_assert_false (hearth_ledger_get_reached (ledger, "run", &reached));
  assert_refused (ledger, "m", "for this project");
  g_assert_true (hearth_ledger_get_reached (ledger, "run", &reached));
  g_assert_cmpint (reached, ==, HEARTH_BUDGET_PROJECT);
  g_assert_false (hearth_ledger_get_reached (ledger, "other", &reached));
  set_ceiling (ledger, HEARTH_BUDGET_PROJECT, "project", "none");
  settle (ledger, reserve (ledger, "m", 10, 10), 10, 10);
}

/* What a provider charged beyond what was reserved counts, and nothing more is let through; what is free is. */
static void
test_more_than_reserved (void)
{
  g_autoptr (HearthLedger) ledger = make_ledger (NULL);

  set_ceiling (ledger, HEARTH_BUDGET_RUN, "run", "0.01 USD");
  settle (ledger, reserve (ledger, "m", 100, 100), 100, 5000);
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_RUN, "run").cost, ==, 50200);
  settle (ledger, reserve (ledger, "free", 100, 100), 100, 100);
  assert_refused (ledger, "m", "0.0502 USD is spent");
}

static void
test_no_limit_of_its_own (void)
{
  g_autoptr (HearthLedger) ledger = make_ledger (NULL);
  HearthReservation *reservation = reserve (ledger, "m", 10, 0);

  g_assert_cmpint (hearth_reservation_get_max_tokens (reservation), ==, 0);
  settle (ledger, reservation, 10, 10);
  set_ceiling (ledger, HEARTH_BUDGET_RUN, NULL, "1 USD");
  reservation = reserve (ledger, "m", 10, 0);
  g_assert_cmpint (hearth_reservation_get_max_tokens (reservation), ==, 4096);
  settle (ledger, reservation, 10, 10);
  reservation = reserve (ledger, "m", 10, 77);
  g_assert_cmpint (hearth_reservation_get_max_tokens (reservation), ==, 0);
  settle (ledger, reservation, 10, 10);
  reservation = reserve (ledger, "free", 10, 0);
  g_assert_cmpint (hearth_reservation_get_max_tokens (reservation), ==, 0);
  settle (ledger, reservation, 10, 10);
}

/* --- what is not known ------------------------------------------------------------------------ */

static void
test_unknown_price (void)
{
  g_autoptr (HearthLedger) ledger = make_ledger (NULL);
  g_autoptr (HearthValue) value = NULL;
  HearthSpending spending;

  settle (ledger, reserve (ledger, "nobody-knows", 100, 100), 100, 100);
  spending = get_spending (ledger, HEARTH_BUDGET_RUN, "run");
  g_assert_cmpint (spending.unpriced, ==, 1);
  value = hearth_spending_to_value (&spending);
  g_assert_null (hearth_value_get (value, "cost"));
  g_assert_cmpint (hearth_value_get_member_integer (value, "unknown", 0), ==, 1);
  g_assert_cmpint (hearth_value_get_member_integer (value, "promptTokens", 0), ==, 100);

  set_ceiling (ledger, HEARTH_BUDGET_DAY, NULL, "5 USD");
  assert_refused (ledger, "nobody-knows", "Enter its price");
  hearth_ledger_set_allow_unknown (ledger, TRUE);
  settle (ledger, reserve (ledger, "nobody-knows", 100, 100), 100, 100);
  settle (ledger, reserve (ledger, "m", 1000, 1000), 1000, 1000);
}

static void
test_unknown_usage (void)
{
  g_autoptr (HearthLedger) ledger = make_ledger (NULL);
  HearthSpending spending;

  set_ceiling (ledger, HEARTH_BUDGET_RUN, NULL, "0.02 USD");
  hearth_ledger_settle (ledger, reserve (ledger, "m", 1000, 1000), NULL, TRUE, 5);
  spending = get_spending (ledger, HEARTH_BUDGET_RUN, "run");
  g_assert_cmpint (spending.cost, ==, 0);
  g_assert_cmpint (spending.unpriced, ==, 1);
  g_assert_cmpint (spending.uncounted, ==, 1);
  /* It is told as unknown, but it counts. */
  g_assert_cmpint (spending.most_cost, ==, 12000);
  assert_refused (ledger, "m", "0.012 USD is spent");
}

static void
test_failed (void)
{
  g_autoptr (HearthLedger) ledger = make_ledger (NULL);
  HearthSpending spending;

  hearth_ledger_settle (ledger, reserve (ledger, "m", 1000, 1000), NULL, FALSE, 5);
  hearth_ledger_settle (ledger, reserve (ledger, "nobody-knows", 1000, 1000), NULL, FALSE, 5);
  spending = get_spending (ledger, HEARTH_BUDGET_RUN, "run");
  g_assert_cmpint (spending.calls, ==, 2);
  g_assert_cmpint (spending.cost, ==, 0);
  g_assert_cmpint (spending.unpriced, ==, 0);
  g_assert_cmpint (spending.uncounted, ==, 0);
}

/* --- days, time, restart ---------------------------------------------------------------------- */

static void
test_midnight (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (HearthLedger) ledger = make_ledger (clock);
  g_autofree char *today = hearth_ledger_dup_today (ledger);
  g_autofree char *tomorrow = NULL;
  HearthReservation *late;

  g_assert_cmpstr (today, ==, "2026-01-31");
  set_ceiling (ledger, HEARTH_BUDGET_DAY, NULL, "2 calls");
  settle (ledger, reserve_for (ledger, &of_no_run, "m", 10, 10), 10, 10);
  hearth_clock_advance (clock, 12 * 60 * 60 * 1000 - 1);
  late = reserve_for (ledger, &of_no_run, "m", 10, 10);
  assert_refused_for (ledger, &of_no_run, "m", "for today");
  hearth_clock_advance (clock, 1);
  /* It was begun yesterday and is paid for then. */
  settle (ledger, late, 10, 10);
  tomorrow = hearth_ledger_dup_today (ledger);
  g_assert_cmpstr (tomorrow, ==, "2026-02-01");
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_DAY, today).calls, ==, 2);
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_DAY, tomorrow).calls, ==, 0);
  settle (ledger, reserve_for (ledger, &of_no_run, "m", 10, 10), 10, 10);
  settle (ledger, reserve_for (ledger, &of_no_run, "m", 10, 10), 10, 10);
  assert_refused_for (ledger, &of_no_run, "m", "for today");
}

/* Two calls at once for three seconds, a pause, and a call of four: seven seconds. */
static void
test_time (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (HearthLedger) ledger = make_ledger (clock);
  g_autoptr (GError) error = NULL;
  HearthReservation *a, *b;

  set_ceiling (ledger, HEARTH_BUDGET_RUN, NULL, "7s");
  a = reserve (ledger, "m", 10, 10);
  g_assert_cmpint (hearth_reservation_get_max_ms (a), ==, 7000);
  hearth_clock_advance (clock, 1000);
  b = reserve (ledger, "m", 10, 10);
  g_assert_cmpint (hearth_reservation_get_max_ms (b), ==, 6000);
  hearth_clock_advance (clock, 1000);
  settle (ledger, a, 10, 10);
  hearth_clock_advance (clock, 1000);
  settle (ledger, b, 10, 10);
  hearth_clock_advance (clock, 60000);
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_RUN, "run").ms, ==, 3000);
  a = reserve (ledger, "m", 10, 10);
  g_assert_cmpint (hearth_reservation_get_max_ms (a), ==, 4000);
  hearth_clock_advance (clock, 4000);
  g_assert_cmpint (hearth_reservation_get_max_ms (a), ==, 0);
  error = hearth_reservation_new_time_error (a);
  g_assert_error (error, HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_BUDGET);
  assert_refused (ledger, "m", "7 seconds of calls for this run");
  settle (ledger, a, 10, 10);
}

static void
test_earlier (void)
{
  g_autoptr (HearthLedger) ledger = make_ledger (NULL);
  g_autofree char *today = hearth_ledger_dup_today (ledger);
  HearthSpending earlier = { .calls = 3, .cost = 1990000, .most_cost = 1000 };

  set_ceiling (ledger, HEARTH_BUDGET_DAY, NULL, "2 USD");
  hearth_ledger_set_earlier (ledger, HEARTH_BUDGET_DAY, today, &earlier);
  assert_refused (ledger, "m", "1.991 USD is spent");
  settle (ledger, reserve_for (ledger, &of_no_run, "m", 100, 100), 100, 100);
  g_assert_cmpint (get_spending (ledger, HEARTH_BUDGET_DAY, today).cost, ==, 1991200);
}

/* --- many at once ----------------------------------------------------------------------------- */

#define N_STEPS 20000
#define CEILING 500000

typedef struct
{
  HearthReservation *reservation;
  gint64 prompt;
  gint64 most;
} Call;

/* The same sums, written down the plainest way. */
typedef struct
{
  gint64 spent;
  gint64 reserved;
  gint64 calls;
} Model;

static gint64
find_cost (gint64 prompt,
           gint64 completion)
{
  return prompt * 2 + completion * 10;
}

static void
begin (HearthLedger *ledger,
       GRand        *random,
       GArray       *calls,
       Model        *model)
{
  Call call = { NULL, g_rand_int_range (random, 0, 2000), g_rand_int_range (random, 1, 2000) };
  gint64 most = find_cost (call.prompt, call.most);
  gboolean fits = model->spent + model->reserved + most <= CEILING;

  call.reservation = reserve_for (ledger, &of_no_run, "m", call.prompt, call.most);
  g_assert_true (fits == (call.reservation != NULL));
  if (!fits)
    {
      g_assert_true (hearth_ledger_is_worth_waiting (ledger, &of_no_run, "a", "m", call.prompt, call.most)
                     == (model->spent + most <= CEILING));
      return;
    }
  model->reserved += most;
  g_array_append_val (calls, call);
}

static void
end (HearthLedger *ledger,
     GRand        *random,
     GArray       *calls,
     Model        *model)
{
  guint index = g_rand_int_range (random, 0, calls->len);
  Call call = g_array_index (calls, Call, index);
  gint64 most = find_cost (call.prompt, call.most);
  gint64 completion = g_rand_int_range (random, 0, call.most + 1);
  int way = g_rand_int_range (random, 0, 4);

  g_array_remove_index_fast (calls, index);
  model->reserved -= most;
  model->calls++;
  if (way == 0)
    hearth_ledger_settle (ledger, call.reservation, NULL, FALSE, 1);
  else if (way == 1)
    hearth_ledger_settle (ledger, call.reservation, NULL, TRUE, 1);
  else
    settle (ledger, call.reservation, call.prompt, completion);
  model->spent += way == 0 ? 0 : way == 1 ? most : find_cost (call.prompt, completion);
}

static void
test_many (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());

  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (HearthLedger) ledger = make_ledger (NULL);
      g_autoptr (GArray) calls = g_array_new (FALSE, FALSE, sizeof (Call));
      HearthSpending spending;
      Model model = { 0 };

      hearth_ledger_set_ceilings (ledger, HEARTH_BUDGET_PROJECT, NULL, &(HearthCeilings) { CEILING, -1, -1, -1 });
      for (guint i = 0; i < N_STEPS / 20; i++)
        {
          if (calls->len == 0 || g_rand_int_range (random, 0, 3) > 0)
            begin (ledger, random, calls, &model);
          else
            end (ledger, random, calls, &model);
          g_assert_cmpint (model.spent + model.reserved, <=, CEILING);
        }
      while (calls->len > 0)
        end (ledger, random, calls, &model);
      spending = get_spending (ledger, HEARTH_BUDGET_PROJECT, "project");
      g_assert_cmpint (spending.cost + spending.most_cost, ==, model.spent);
      g_assert_cmpint (spending.cost + spending.most_cost, <=, CEILING);
      g_assert_cmpint (spending.calls, ==, model.calls);
    }
}

/* --- what is told ----------------------------------------------------------------------------- */

static void
settled_cb (HearthLedger *ledger,
            HearthValue  *entry,
            GPtrArray    *entries)
{
  g_ptr_array_add (entries, hearth_value_ref (entry));
}

static void
test_told (void)
{
  g_autoptr (HearthClock) clock = hearth_clock_new_manual ();
  g_autoptr (HearthLedger) ledger = make_ledger (clock);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  g_autofree char *text = NULL;

  g_signal_connect (ledger, "settled", G_CALLBACK (settled_cb), entries);
  settle (ledger, reserve (ledger, "m", 10, 10), 9, 8);
  hearth_ledger_settle (ledger, reserve (ledger, "x", 10, 10), NULL, FALSE, 7);
  g_assert_cmpint (entries->len, ==, 2);
  text = hearth_json_print (entries->pdata[0]);
  g_assert_cmpstr (text, ==,
                   "{\"time\":1769860800000,\"day\":\"2026-01-31\",\"runId\":\"run\",\"nodeId\":\"node\",\"projectId\":\"project\",\"channelId\":\"channel\","
                   "\"provider\":\"a\",\"model\":\"m\",\"promptTokens\":9,\"completionTokens\":8,\"costMicro\":98,"
                   "\"mostCostMicro\":120,\"mostTokens\":20,\"currency\":\"USD\",\"durationMs\":5,\"outcome\":\"answered\"}");
  g_assert_cmpstr (hearth_value_get_member_string (entries->pdata[1], "outcome", NULL), ==, "failed");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/sums", test_sums);
  g_test_add_func ("/ledger/ceilings", test_ceilings);
  g_test_add_func ("/ledger/stop", test_stop);
  g_test_add_func ("/ledger/defaults", test_defaults);
  g_test_add_func ("/ledger/more-than-reserved", test_more_than_reserved);
  g_test_add_func ("/ledger/no-limit-of-its-own", test_no_limit_of_its_own);
  g_test_add_func ("/ledger/unknown-price", test_unknown_price);
  g_test_add_func ("/ledger/unknown-usage", test_unknown_usage);
  g_test_add_func ("/ledger/failed", test_failed);
  g_test_add_func ("/ledger/midnight", test_midnight);
  g_test_add_func ("/ledger/time", test_time);
  g_test_add_func ("/ledger/earlier", test_earlier);
  g_test_add_func ("/ledger/many", test_many);
  g_test_add_func ("/ledger/told", test_told);
  return g_test_run ();
}
