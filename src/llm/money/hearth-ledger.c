/* hearth-ledger.c: the accounts of runs, projects and days
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-ledger-private.h"

G_DEFINE_FINAL_TYPE (HearthLedger, hearth_ledger, G_TYPE_OBJECT)

enum
{
  SETTLED,
  ROOM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const prefixes[HEARTH_N_BUDGETS] = {
  [HEARTH_BUDGET_RUN] = "run/",
  [HEARTH_BUDGET_PROJECT] = "project/",
  [HEARTH_BUDGET_DAY] = "day/",
};

static void
hearth_ledger_finalize (GObject *object)
{
  HearthLedger *self = HEARTH_LEDGER (object);

  g_clear_pointer (&self->prices, hearth_price_table_unref);
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (hearth_ledger_parent_class)->finalize (object);
}

static void
hearth_ledger_class_init (HearthLedgerClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hearth_ledger_finalize;
  signals[SETTLED] = g_signal_new ("settled", HEARTH_TYPE_LEDGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ROOM] = g_signal_new ("room", HEARTH_TYPE_LEDGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_ledger_init (HearthLedger *self)
{
  self->prices = hearth_price_table_new (NULL, NULL, NULL);
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) _hearth_account_unref);
  self->clock = g_object_ref (hearth_clock_get_default ());
  self->unix_ms = -1;
  for (guint i = 0; i < HEARTH_N_BUDGETS; i++)
    self->defaults[i] = (HearthCeilings) HEARTH_CEILINGS_INIT;
}

HearthLedger *
hearth_ledger_new (void)
{
  return g_object_new (HEARTH_TYPE_LEDGER, NULL);
}

void
_hearth_ledger_emit_settled (HearthLedger *self,
                             HearthValue  *entry)
{
  g_signal_emit (self, signals[SETTLED], 0, entry);
}

void
_hearth_ledger_emit_room (HearthLedger *self)
{
  g_signal_emit (self, signals[ROOM], 0);
}

/* --- time ------------------------------------------------------------------------------------- */

void
hearth_ledger_set_clock (HearthLedger *self,
                         HearthClock  *clock,
                         gint64        unix_ms)
{
  g_return_if_fail (HEARTH_IS_LEDGER (self));
  g_return_if_fail (HEARTH_IS_CLOCK (clock));

  g_set_object (&self->clock, clock);
  self->unix_ms = unix_ms;
}

gint64
_hearth_ledger_get_now_ms (HearthLedger *self)
{
  return hearth_clock_get_now_ms (self->clock);
}

gint64
_hearth_ledger_get_unix_ms (HearthLedger *self)
{
  return self->unix_ms >= 0 ? self->unix_ms + _hearth_ledger_get_now_ms (self) : g_get_real_time () / 1000;
}

char *
hearth_ledger_dup_today (HearthLedger *self)
{
  g_autoptr (GDateTime) now = NULL;

  g_return_val_if_fail (HEARTH_IS_LEDGER (self), NULL);

  now = g_date_time_new_from_unix_local (_hearth_ledger_get_unix_ms (self) / 1000);
  return g_date_time_format (now, "%Y-%m-%d");
}

/* --- accounts --------------------------------------------------------------------------------- */

static HearthAccount *
need_account (HearthLedger *self,
              char         *key) /* taken */
{
  HearthAccount *account = g_hash_table_lookup (self->accounts, key);

  if (account != NULL)
    {
      g_free (key);
      return account;
    }
  account = _hearth_account_new ();
  g_hash_table_insert (self->accounts, key, account);
  return account;
}

HearthAccount *
_hearth_ledger_need_account (HearthLedger *self,
                             HearthBudget  budget,
                             const char   *id)
{
  return need_account (self, g_strconcat (prefixes[budget], id, NULL));
}

static char *
dup_step_key (const char *run_id,
              const char *node_id)
{
  return g_strconcat ("step/", run_id, "/", node_id, NULL);
}

HearthAccount *
_hearth_ledger_need_step (HearthLedger *self,
                          const char   *run_id,
                          const char   *node_id)
{
  return need_account (self, dup_step_key (run_id, node_id));
}

static HearthAccount *
find_account (HearthLedger *self,
              HearthBudget  budget,
              const char   *id)
{
  g_autofree char *key = g_strconcat (prefixes[budget], id, NULL);

  return g_hash_table_lookup (self->accounts, key);
}

gboolean
hearth_ledger_get_reached (HearthLedger *self,
                           const char   *run_id,
                           HearthBudget *budget)
{
  HearthAccount *account;

  g_return_val_if_fail (HEARTH_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (run_id != NULL && budget != NULL, FALSE);

  account = find_account (self, HEARTH_BUDGET_RUN, run_id);
  if (account == NULL || account->reached < 0)
    return FALSE;
  *budget = account->reached;
  return TRUE;
}

static gboolean
is_of_run_cb (gpointer key,
              gpointer account,
              gpointer prefix)
{
  return g_str_has_prefix (key, prefix);
}

void
hearth_ledger_forget_run (HearthLedger *self,
                          const char   *run_id)
{
  g_autofree char *steps = NULL;
  g_autofree char *run = NULL;

  g_return_if_fail (HEARTH_IS_LEDGER (self));
  g_return_if_fail (run_id != NULL);

  run = g_strconcat (prefixes[HEARTH_BUDGET_RUN], run_id, NULL);
  steps = dup_step_key (run_id, "");
  g_hash_table_remove (self->accounts, run);
  g_hash_table_foreach_remove (self->accounts, is_of_run_cb, steps);
}

/* --- prices ----------------------------------------------------------------------------------- */

void
hearth_ledger_set_prices (HearthLedger     *self,
                          HearthPriceTable *prices)
{
  HearthPriceTable *old;

  g_return_if_fail (HEARTH_IS_LEDGER (self));
  g_return_if_fail (prices != NULL);

  old = self->prices;
  self->prices = hearth_price_table_ref (prices);
  hearth_price_table_unref (old);
}

HearthPriceTable *
hearth_ledger_get_prices (HearthLedger *self)
{
  g_return_val_if_fail (HEARTH_IS_LEDGER (self), NULL);

  return self->prices;
}

void
hearth_ledger_set_allow_unknown (HearthLedger *self,
                                 gboolean      allow)
{
  g_return_if_fail (HEARTH_IS_LEDGER (self));

  self->allow_unknown = allow;
}

/* --- ceilings and sums ------------------------------------------------------------------------ */

/* What was stopped may go on. */
static void
forget_stops (HearthLedger *self)
{
  GHashTableIter iter;
  gpointer account;

  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, NULL, &account))
    g_clear_error (&((HearthAccount *) account)->stopped);
}

void
hearth_ledger_set_ceilings (HearthLedger         *self,
                            HearthBudget          budget,
                            const char           *id,
                            const HearthCeilings *ceilings)
{
  g_return_if_fail (HEARTH_IS_LEDGER (self));
  g_return_if_fail (budget < HEARTH_N_BUDGETS && ceilings != NULL);

  if (id == NULL)
    self->defaults[budget] = *ceilings;
  else
    _hearth_ledger_need_account (self, budget, id)->ceilings = *ceilings;
  forget_stops (self);
}

HearthCeilings
hearth_ledger_get_ceilings (HearthLedger *self,
                            HearthBudget  budget,
                            const char   *id)
{
  static const HearthCeilings none = HEARTH_CEILINGS_INIT;
  HearthAccount *account;

  g_return_val_if_fail (HEARTH_IS_LEDGER (self), none);
  g_return_val_if_fail (budget < HEARTH_N_BUDGETS, none);

  account = id != NULL ? find_account (self, budget, id) : NULL;
  return account != NULL ? hearth_ceilings_over (&account->ceilings, &self->defaults[budget]) : self->defaults[budget];
}

void
hearth_ledger_set_earlier (HearthLedger         *self,
                           HearthBudget          budget,
                           const char           *id,
                           const HearthSpending *spending)
{
  g_return_if_fail (HEARTH_IS_LEDGER (self));
  g_return_if_fail (budget < HEARTH_N_BUDGETS && id != NULL && spending != NULL);

  _hearth_ledger_need_account (self, budget, id)->earlier = *spending;
}

static void
get_spent (HearthLedger   *self,
           HearthAccount  *account,
           HearthSpending *spending)
{
  *spending = (HearthSpending) { 0 };
  if (account != NULL)
    _hearth_account_get_spent (account, _hearth_ledger_get_now_ms (self), spending);
}

void
hearth_ledger_get_spending (HearthLedger   *self,
                            HearthBudget    budget,
                            const char     *id,
                            HearthSpending *spending)
{
  g_return_if_fail (HEARTH_IS_LEDGER (self));
  g_return_if_fail (budget < HEARTH_N_BUDGETS && id != NULL && spending != NULL);

  get_spent (self, find_account (self, budget, id), spending);
}

void
hearth_ledger_get_step_spending (HearthLedger   *self,
                                 const char     *run_id,
                                 const char     *node_id,
                                 HearthSpending *spending)
{
  g_autofree char *key = NULL;
  HearthAccount *account;

  g_return_if_fail (HEARTH_IS_LEDGER (self));
  g_return_if_fail (run_id != NULL && spending != NULL);

  key = node_id != NULL ? dup_step_key (run_id, node_id) : g_strconcat (prefixes[HEARTH_BUDGET_RUN], run_id, NULL);
  account = g_hash_table_lookup (self->accounts, key);
  get_spent (self, account, spending);
  if (account != NULL && node_id == NULL)
    {
      gint64 ms = spending->ms - account->earlier.ms;

      *spending = account->own;
      spending->ms = ms;
    }
}
