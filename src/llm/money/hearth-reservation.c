/* hearth-reservation.c: a call before it starts, and after it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-ledger-private.h"

/* For a request without a limit of its own, where a ceiling needs one. */
#define DEFAULT_MAX_TOKENS 4096

void
_hearth_reservation_free (HearthReservation *self)
{
  for (guint i = 0; i < HEARTH_N_PAYERS; i++)
    g_clear_pointer (&self->accounts[i], _hearth_account_unref);
  for (guint i = 0; i < HEARTH_N_BUDGETS; i++)
    g_free (self->ids[i]);
  g_free (self->claim_id);
  g_free (self->node_id);
  g_free (self->channel_id);
  g_free (self->provider);
  g_free (self->model);
  g_object_unref (self->ledger);
  g_free (self);
}

static void
find_need (HearthReservation *self,
           gint64             prompt_tokens,
           gint64             max_tokens)
{
  prompt_tokens = MAX (prompt_tokens, 0);
  max_tokens = max_tokens > 0 ? max_tokens : DEFAULT_MAX_TOKENS;
  self->is_priced = hearth_price_table_lookup (self->ledger->prices, self->provider, self->model, &self->price);
  self->need.tokens = prompt_tokens + max_tokens;
  self->need.cost = self->is_priced ? hearth_price_get_most (&self->price, prompt_tokens, max_tokens) : -1;
}

static HearthReservation *
reservation_new (HearthLedger     *ledger,
                 const HearthBill *bill,
                 const char       *provider,
                 const char       *model,
                 gint64            prompt_tokens,
                 gint64            max_tokens)
{
  HearthReservation *self = g_new0 (HearthReservation, 1);

  self->ledger = g_object_ref (ledger);
  self->ids[HEARTH_BUDGET_RUN] = g_strdup (bill->run_id);
  self->ids[HEARTH_BUDGET_PROJECT] = g_strdup (bill->project_id);
  self->ids[HEARTH_BUDGET_DAY] = hearth_ledger_dup_today (ledger);
  self->node_id = g_strdup (bill->node_id);
  self->channel_id = g_strdup (bill->channel_id);
  self->provider = g_strdup (provider);
  self->model = g_strdup (model);
  self->unix_ms = _hearth_ledger_get_unix_ms (ledger);
  for (guint i = 0; i < HEARTH_N_BUDGETS; i++)
    if (self->ids[i] != NULL)
      self->accounts[i] = _hearth_account_ref (_hearth_ledger_need_account (ledger, i, self->ids[i]));
  if (bill->run_id != NULL && bill->node_id != NULL)
    self->accounts[HEARTH_N_BUDGETS] = _hearth_account_ref (_hearth_ledger_need_step (ledger, bill->run_id, bill->node_id));
  find_need (self, prompt_tokens, max_tokens);
  return self;
}

/* A call of unknown price that is allowed takes nothing of a ceiling of money. */
static HearthNeed
get_need (HearthReservation *self)
{
  HearthNeed need = self->need;

  if (need.cost < 0 && self->ledger->allow_unknown)
    need.cost = 0;
  return need;
}

/* The first ceiling that the call would break, of run, project and day. */
static HearthBreach
check (HearthReservation *self,
       gboolean           count_reserved,
       HearthBudget      *budget)
{
  gint64 now = _hearth_ledger_get_now_ms (self->ledger);
  HearthNeed need = get_need (self);

  for (guint i = 0; i < HEARTH_N_BUDGETS; i++)
    {
      HearthCeilings ceilings = hearth_ledger_get_ceilings (self->ledger, i, self->ids[i]);
      HearthBreach breach = self->accounts[i] != NULL
                                ? _hearth_account_check (self->accounts[i], &ceilings, &need, count_reserved, now)
                                : HEARTH_BREACH_NONE;

      *budget = i;
      if (breach != HEARTH_BREACH_NONE)
        return breach;
    }
  return HEARTH_BREACH_NONE;
}

static GError *
new_error (HearthReservation *self,
           HearthBudget       budget,
           HearthBreach       breach)
{
  HearthCeilings ceilings = hearth_ledger_get_ceilings (self->ledger, budget, self->ids[budget]);
  HearthAccount *run = self->accounts[HEARTH_BUDGET_RUN];
  HearthSpending spent;

  if (run != NULL)
    run->reached = budget;
  hearth_ledger_get_spending (self->ledger, budget, self->ids[budget], &spent);
  return _hearth_budget_error_new (budget, breach, &ceilings, &spent, &self->need, self->model);
}

/* After the first call that does not fit no other one of the run is made, even if it would. One of unknown price says
 * nothing about the others. */
static GError *
refuse (HearthReservation *self,
        HearthBudget       budget,
        HearthBreach       breach)
{
  HearthAccount *run = self->accounts[HEARTH_BUDGET_RUN];
  GError *error = new_error (self, budget, breach);
  HearthBudget ignored;

  if (run != NULL && breach != HEARTH_BREACH_UNPRICED && check (self, FALSE, &ignored) != HEARTH_BREACH_NONE)
    run->stopped = g_error_copy (error);
  return error;
}

static const GError *
get_stop (HearthReservation *self)
{
  return self->accounts[HEARTH_BUDGET_RUN] != NULL ? self->accounts[HEARTH_BUDGET_RUN]->stopped : NULL;
}

static gboolean
needs_limit (HearthReservation *self)
{
  for (guint i = 0; i < HEARTH_N_BUDGETS; i++)
    {
      HearthCeilings ceilings = hearth_ledger_get_ceilings (self->ledger, i, self->ids[i]);

      if (self->ids[i] != NULL && (ceilings.tokens >= 0 || (ceilings.cost >= 0 && self->need.cost > 0)))
        return TRUE;
    }
  return FALSE;
}

HearthReservation *
hearth_ledger_reserve (HearthLedger     *self,
                       const HearthBill *bill,
                       const char       *provider,
                       const char       *model,
                       gint64            prompt_tokens,
                       gint64            max_tokens,
                       GError          **error)
{
  g_autoptr (HearthReservation) reservation = NULL;
  HearthBudget budget;
  HearthBreach breach;

  g_return_val_if_fail (HEARTH_IS_LEDGER (self), NULL);
  g_return_val_if_fail (bill != NULL && model != NULL, NULL);

  reservation = reservation_new (self, bill, provider, model, prompt_tokens, max_tokens);
  if (get_stop (reservation) != NULL)
    {
      g_propagate_error (error, g_error_copy (get_stop (reservation)));
      return NULL;
    }
  breach = check (reservation, TRUE, &budget);
  if (breach != HEARTH_BREACH_NONE)
    {
      g_propagate_error (error, refuse (reservation, budget, breach));
      return NULL;
    }
  for (guint i = 0; i < HEARTH_N_PAYERS; i++)
    if (reservation->accounts[i] != NULL)
      _hearth_account_hold (reservation->accounts[i], &reservation->need, _hearth_ledger_get_now_ms (self));
  if (max_tokens <= 0 && needs_limit (reservation))
    reservation->max_tokens = DEFAULT_MAX_TOKENS;
  return g_steal_pointer (&reservation);
}

gboolean
hearth_ledger_is_worth_waiting (HearthLedger     *self,
                                const HearthBill *bill,
                                const char       *provider,
                                const char       *model,
                                gint64            prompt_tokens,
                                gint64            max_tokens)
{
  g_autoptr (HearthReservation) reservation = NULL;
  HearthBudget budget;

  g_return_val_if_fail (HEARTH_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (bill != NULL && model != NULL, FALSE);

  reservation = reservation_new (self, bill, provider, model, prompt_tokens, max_tokens);
  return get_stop (reservation) == NULL && check (reservation, FALSE, &budget) == HEARTH_BREACH_NONE;
}

gint64
hearth_reservation_get_max_tokens (HearthReservation *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_tokens;
}

/* --- time ------------------------------------------------------------------------------------- */

/* What is left of the time of the tightest budget; -1: there is no end. */
static gint64
find_time_left (HearthReservation *self,
                HearthBudget      *budget)
{
  gint64 least = -1;

  for (guint i = 0; i < HEARTH_N_BUDGETS; i++)
    {
      HearthCeilings ceilings = hearth_ledger_get_ceilings (self->ledger, i, self->ids[i]);
      HearthSpending spent;
      gint64 left;

      if (self->accounts[i] == NULL || ceilings.ms < 0)
        continue;
      _hearth_account_get_spent (self->accounts[i], _hearth_ledger_get_now_ms (self->ledger), &spent);
      left = MAX (ceilings.ms - spent.ms, 0);
      if (least >= 0 && left >= least)
        continue;
      least = left;
      *budget = i;
    }
  return least;
}

gint64
hearth_reservation_get_max_ms (HearthReservation *self)
{
  HearthBudget budget;

  g_return_val_if_fail (self != NULL, -1);

  return find_time_left (self, &budget);
}

GError *
hearth_reservation_new_time_error (HearthReservation *self)
{
  HearthBudget budget = HEARTH_BUDGET_RUN;

  g_return_val_if_fail (self != NULL, NULL);

  find_time_left (self, &budget);
  return new_error (self, budget, HEARTH_BREACH_TIME);
}
