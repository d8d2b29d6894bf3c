/* test-books.c: ceilings and usage of runs: over a restart, between processes, raised, and gone on from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-books.h"
#include "hearth-budget.h"
#include "hearth-history-operations.h"
#include "hearth-operation.h"
#include "runs.h"
#include "hearth-step.h"
#include "hearth-surroundings.h"
#include "hearth-usage-operations.h"

/* --- a node that asks a model, which answers at once -------------------------------------------- */

static gboolean
call_run (HearthStep *step,
          GError    **error)
{
  HearthLedger *ledger = hearth_step_get_service (step, HEARTH_TYPE_LEDGER);
  g_autofree char *path = hearth_step_dup_path (step);
  g_autofree char *model = hearth_step_dup_input_text (step, "model", "m");
  const HearthBill bill = { hearth_step_get_run_id (step), path, "p", "channel" };
  const HearthUsage usage = { 1000, 500, -1, -1, -1 };
  g_autoptr (GError) refused = NULL;
  g_autoptr (HearthValue) told = NULL;
  HearthSpending spending;
  HearthReservation *reservation = hearth_ledger_reserve (ledger, &bill, "test", model, 1000, 1000, &refused);

  if (reservation == NULL)
    {
      g_propagate_error (error, hearth_error_new_class (HEARTH_CLASS_BUDGET, 0, refused->message));
      return FALSE;
    }
  hearth_ledger_settle (ledger, reservation, &usage, TRUE, 10);
  hearth_ledger_get_step_spending (ledger, bill.run_id, path, &spending);
  told = hearth_spending_to_value (&spending);
  hearth_step_set_usage (step, told);
  hearth_step_set_output (step, "out", hearth_value_string (path));
  return TRUE;
}

static const HearthNodeDecl call = {
  .type = "call", .space = "test", .category = "t", .name = "call", .title = "call", .description = "call", .version = 1,
  .inputs = (const HearthSlotDecl[]) { { .key = "model", .type = HEARTH_DATA_STRING }, { .key = "after", .type = HEARTH_DATA_WILDCARD }, { 0 } },
  .outputs = (const HearthSlotDecl[]) { { .key = "out", .type = HEARTH_DATA_STRING }, { 0 } },
  .reuse = HEARTH_REUSE_OUTSIDE, .run = call_run,
};

#define CALL(id, model) "{\"id\":\"" id "\",\"type\":\"test:call\",\"position\":{\"x\":0,\"y\":0},\"data\":{\"inputs\":{},\"model\":\"" model "\"},\"inputValues\":{\"model\":\"" model "\"}}"
#define THEN(from, to) "{\"id\":\"" from to "\",\"source\":\"" from "\",\"sourceHandle\":\"out\",\"target\":\"" to "\",\"targetHandle\":\"after\"}"
/* One call after the other; each costs 0.007 USD and is reserved with 0.012. */
#define CHAIN \
  "{\"name\":\"Calls\",\"nodes\":[" CALL ("a", "m") "," CALL ("b", "m") "," CALL ("c", "m") "]," \
  "\"edges\":[" THEN ("a", "b") "," THEN ("b", "c") "]}"

static const char prices[] =
    "{\"currency\":\"USD\",\"prices\":[{\"provider\":\"test\",\"model\":\"m\",\"input\":2,\"output\":10}]}";

static void
reopen (Runs *self)
{
  runs_reopen (self);
  hearth_catalog_add (hearth_workspace_get_catalog (self->workspace), &call);
}

/* @budget: ceilings of the run as people type them, or NULL. */
static HearthRun *
run_chain_in (Runs               *self,
              const char         *budget,
              HearthSurroundings *surroundings)
{
  g_autoptr (HearthValue) workflow = runs_parse (CHAIN);
  g_autoptr (HearthGraph) graph = runs_graph (self, workflow);
  g_autoptr (HearthValue) ceilings = budget != NULL ? hearth_budget_parse (budget, NULL) : NULL;
  g_autoptr (HearthValue) metadata =
      hearth_value_object ("workflowId", hearth_value_string ("w"), "projectId", hearth_value_string ("p"), NULL);
  HearthRunRequest request = { .graph = graph, .metadata = metadata, .budget = ceilings };

  request.surroundings = surroundings;
  return runs_run (self, &request);
}

static HearthRun *
run_chain (Runs       *self,
           const char *budget)
{
  return run_chain_in (self, budget, NULL);
}

static HearthValue *
ask (Runs                  *self,
     const HearthOperation *operation,
     const char            *arguments)
{
  g_autoptr (HearthValue) value = runs_parse (arguments);

  return runs_ask (self, operation, value);
}

static void
set_up (Runs         *self,
        gconstpointer data)
{
  g_autoptr (HearthValue) table = NULL;

  runs_set_up (self, data);
  table = ask (self, &hearth_operation_write_prices, prices);
  hearth_catalog_add (hearth_workspace_get_catalog (self->workspace), &call);
}

static double
get_total (Runs *self)
{
  g_autoptr (HearthValue) usage = ask (self, &hearth_operation_sum_usage, "{\"by\":\"day\"}");

  return hearth_value_get_member_double (hearth_value_get (usage, "total"), "cost", -1);
}

/* --- tests -------------------------------------------------------------------------------------- */

static void
test_history (Runs         *self,
              gconstpointer data)
{
  HearthRun *run = run_chain (self, NULL);
  g_autoptr (HearthValue) record = runs_read (self, hearth_run_get_id (run));
  g_autoptr (HearthValue) by_model = ask (self, &hearth_operation_sum_usage, "{\"by\":\"model\",\"project\":\"p\"}");
  HearthValue *node = hearth_value_get (hearth_value_get (record, "nodes"), "b");
  HearthValue *item = hearth_value_at (hearth_value_get (by_model, "items"), 0);
  g_autofree char *words = hearth_usage_to_words (hearth_value_get (record, "usage"));

  g_assert_cmpint (hearth_run_get_status (run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpfloat (hearth_value_get_member_double (hearth_value_get (node, "usage"), "cost", 0), ==, 0.007);
  g_assert_cmpint (hearth_value_get_member_integer (hearth_run_get_usage (run), "calls", 0), ==, 3);
  g_assert_cmpstr (words, ==, "0.021 USD, 3 calls, 4500 tokens");
  g_assert_cmpstr (hearth_value_get_member_string (item, "model", NULL), ==, "m");
  g_assert_cmpint (hearth_value_get_member_integer (item, "promptTokens", 0), ==, 3000);
}

/* The ceiling stops the run; raised, it goes on with what it has. */
static void
test_continue (Runs         *self,
               gconstpointer data)
{
  g_autoptr (HearthRun) first = g_object_ref (run_chain (self, "0.02 USD"));
  g_autoptr (HearthValue) more = hearth_budget_parse ("0.03 USD", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (hearth_run_get_status (first), ==, HEARTH_RUN_ERROR);
  g_assert_nonnull (strstr (hearth_run_get_message (first), "0.02 USD for this run: 0.014 USD is spent"));
  g_assert_cmpint (hearth_run_get_step_state (first, "b"), ==, HEARTH_STEP_DONE);
  g_assert_cmpfloat (get_total (self), ==, 0.014);

  g_clear_object (&self->run);
  g_string_truncate (self->told, 0);
  g_free (self->awaited);
  self->awaited = hearth_workspace_continue (self->workspace, hearth_run_get_id (first), more, &error);
  g_assert_no_error (error);
  AWAIT (self->run != NULL);
  g_assert_cmpint (hearth_run_get_status (self->run), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpstr (self->told->str, ==, "a:reused b:reused c:ran ");
  g_assert_cmpint (hearth_value_get_member_integer (hearth_run_get_usage (self->run), "calls", 0), ==, 1);
  g_assert_cmpfloat (get_total (self), ==, 0.021);
  g_assert_null (hearth_workspace_continue (self->workspace, self->awaited, NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS);
}

/* What the earlier run has spent counts: raised by too little, nothing more is bought. */
static void
test_continue_too_little (Runs         *self,
                          gconstpointer data)
{
  g_autoptr (HearthRun) first = g_object_ref (run_chain (self, "0.02 USD"));
  g_autoptr (HearthValue) more = hearth_budget_parse ("0.025 USD", NULL);

  g_clear_object (&self->run);
  g_free (self->awaited);
  self->awaited = hearth_workspace_continue (self->workspace, hearth_run_get_id (first), more, NULL);
  AWAIT (self->run != NULL);
  g_assert_cmpint (hearth_run_get_status (self->run), ==, HEARTH_RUN_ERROR);
  g_assert_nonnull (strstr (hearth_run_get_message (self->run), "0.014 USD is spent"));
  g_assert_cmpfloat (get_total (self), ==, 0.014);
}

/* A day's ceiling holds after the program was started again, until it is raised. */
static void
test_restart (Runs         *self,
              gconstpointer data)
{
  g_autoptr (HearthValue) budget = ask (self, &hearth_operation_write_budget, "{\"day\":{\"calls\":4}}");
  g_autoptr (HearthValue) raised = NULL;

  g_assert_cmpint (hearth_run_get_status (run_chain (self, NULL)), ==, HEARTH_RUN_COMPLETE);
  reopen (self);
  g_assert_cmpint (hearth_run_get_status (run_chain (self, NULL)), ==, HEARTH_RUN_ERROR);
  g_assert_nonnull (strstr (hearth_run_get_message (self->run), "4 calls for today"));
  raised = ask (self, &hearth_operation_write_budget, "{\"today\":{\"calls\":7}}");
  g_assert_cmpint (hearth_value_get_member_integer (hearth_value_get (hearth_value_get (raised, "today"), "ceilings"), "calls", 0),
                   ==, 7);
  g_assert_cmpint (hearth_value_get_member_integer (hearth_value_get (raised, "day"), "calls", 0), ==, 4);
  g_assert_cmpint (hearth_run_get_status (run_chain (self, NULL)), ==, HEARTH_RUN_COMPLETE);
}

/* Another process spends the day's money, too. */
static void
test_two (Runs         *self,
          gconstpointer data)
{
  g_autoptr (HearthValue) budget = ask (self, &hearth_operation_write_budget, "{\"projects\":{\"p\":{\"calls\":5}}}");
  Runs other = { .told = g_string_new (NULL) };

  other.base.path = g_strdup (self->base.path);
  runs_open (&other);
  hearth_catalog_add (hearth_workspace_get_catalog (other.workspace), &call);
  g_assert_cmpint (hearth_run_get_status (run_chain (self, NULL)), ==, HEARTH_RUN_COMPLETE);
  g_assert_cmpfloat (get_total (self), ==, 0.021); /* now it is on the disk */
  g_assert_cmpint (hearth_run_get_status (run_chain (&other, NULL)), ==, HEARTH_RUN_ERROR);
  g_assert_nonnull (strstr (hearth_run_get_message (other.run), "5 calls for this project"));
  runs_close (&other);
  g_free (other.awaited);
  g_free (other.base.path);
  g_string_free (other.told, TRUE);
}

static void
test_prices (Runs         *self,
             gconstpointer data)
{
  g_autoptr (HearthValue) before = ask (self, &hearth_operation_read_prices, "{}");
  g_autoptr (HearthValue) after = NULL;
  g_autoptr (HearthValue) budget = NULL;

  g_assert_cmpint (hearth_value_get_length (hearth_value_get (before, "prices")), ==, 1);
  budget = ask (self, &hearth_operation_write_budget, "{\"run\":{\"cost\":1}}");
  after = ask (self, &hearth_operation_write_prices,
               "{\"prices\":[{\"provider\":\"test\",\"model\":\"other\",\"input\":1,\"output\":1}]}");
  g_assert_true (hearth_value_get_member_boolean (hearth_value_at (hearth_value_get (after, "prices"), 0), "own", FALSE));
  g_assert_cmpint (hearth_run_get_status (run_chain (self, NULL)), ==, HEARTH_RUN_ERROR);
  g_assert_nonnull (strstr (hearth_run_get_message (self->run), "Enter its price"));
  g_assert_cmpint (hearth_run_get_status (run_chain (self, "none")), ==, HEARTH_RUN_COMPLETE);
  g_assert_null (hearth_value_get (hearth_run_get_usage (self->run), "cost"));
  g_assert_cmpint (hearth_value_get_member_integer (hearth_run_get_usage (self->run), "unknown", 0), ==, 3);
}

static void
test_wrong (Runs         *self,
            gconstpointer data)
{
  g_autoptr (HearthValue) workflow = runs_parse (CHAIN);
  g_autoptr (HearthGraph) graph = runs_graph (self, workflow);
  g_autoptr (HearthValue) ceilings = runs_parse ("{\"cost\":-1}");
  g_autoptr (GError) error = NULL;
  HearthRunRequest request = { .graph = graph, .budget = ceilings };

  runs_run (self, &request);
  g_assert_cmpint (hearth_run_get_status (self->run), ==, HEARTH_RUN_ERROR);
  g_assert_nonnull (strstr (hearth_run_get_message (self->run), "“cost”"));
  g_assert_null (hearth_workspace_continue (self->workspace, "nobody", NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (hearth_workspace_set_run_budget (self->workspace, "nobody", ceilings, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED);
}

/* What a replay spends is told, and held to ceilings of its own; but it was spent when it was recorded. */
static void
test_replay (Runs         *self,
             gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->base.path, "empty.jsonl", NULL);
  g_autoptr (HearthRun) ended = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "{\"hearthCassette\":1,\"startMs\":1000000,\"seed\":1}\n", -1, NULL));
  run_chain (self, NULL);
  g_assert_cmpfloat (get_total (self), ==, 0.021);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (HearthSurroundings) surroundings = NULL;

      hearth_workspace_replay_async (self->workspace, path, NULL, await_cb, &result);
      AWAIT (result != NULL);
      surroundings = hearth_workspace_surroundings_finish (self->workspace, result, &error);
      g_assert_no_error (error);
      run_chain_in (self, i == 0 ? NULL : "0.02 USD", surroundings);
      g_assert_cmpint (hearth_run_get_status (self->run), ==, i == 0 ? HEARTH_RUN_COMPLETE : HEARTH_RUN_ERROR);
      g_assert_cmpint (hearth_value_get_member_integer (hearth_run_get_usage (self->run), "calls", 0), ==, i == 0 ? 3 : 2);
      g_assert_cmpfloat (get_total (self), ==, 0.021);
      AWAIT (hearth_surroundings_is_over (surroundings));
    }
  ended = g_object_ref (self->run);
  g_assert_null (hearth_workspace_continue (self->workspace, hearth_run_get_id (ended), NULL, &error));
  g_assert_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED);
  reopen (self);
  g_assert_cmpfloat (get_total (self), ==, 0.021);
}

#define BOOKS_TEST(name, function) g_test_add ("/books/" name, Runs, NULL, set_up, function, runs_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("HEARTH_PRICES_FILE", "/nowhere", TRUE);
  BOOKS_TEST ("history", test_history);
  BOOKS_TEST ("continue", test_continue);
  BOOKS_TEST ("continue-too-little", test_continue_too_little);
  BOOKS_TEST ("restart", test_restart);
  BOOKS_TEST ("two", test_two);
  BOOKS_TEST ("prices", test_prices);
  BOOKS_TEST ("wrong", test_wrong);
  BOOKS_TEST ("replay", test_replay);
  return g_test_run ();
}
