/* hearth-books.c: writes down what calls take, and keeps the ledger in step with the disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-books.h"

#include "hearth-books-claims.h"
#include "hearth-books-look.h"
#include "hearth-budget-file.h"
#include "hearth-id.h"
#include "hearth-usage-table.h"

#define PROCESS_ID_LENGTH 12

typedef struct
{
  HearthBooksFunc func;
  gpointer data;
} HearthBooksWaiter;

struct _HearthBooks
{
  HearthWorkspace *workspace; /* borrowed */
  HearthLedger *ledger;
  char *process;              /* our name in the tables */
  HearthBooksClaims *claims;  /* on room under ceilings that others spend from, too */
  HearthBooksLook *look;      /* what was seen last; NULL: nothing yet */
  HearthValue *budget;        /* the ceilings that the ledger has; or NULL */
  gboolean looking;
  gboolean again;             /* somebody asked while a look was on its way */
  gboolean stale;             /* the disk has something that counts from now on */
  gboolean is_shared;         /* there are ceilings that other processes spend from, too */
  GArray *waiters;            /* of HearthBooksWaiter */
};

/* --- calls ------------------------------------------------------------------------------------ */

typedef struct
{
  HearthValue *entry;
  char *process;
} Settled;

static void
settled_free (gpointer data)
{
  Settled *self = data;

  hearth_value_unref (self->entry);
  g_free (self->process);
  g_free (self);
}

static gpointer
add_work (HearthJob *job,
          GError   **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);
  Settled *settled = job->data;

  return database != NULL && hearth_usage_table_add (database, settled->entry, settled->process, error)
             ? hearth_value_null ()
             : NULL;
}

static void
tell_run (HearthLedger    *ledger,
          HearthValue     *entry,
          HearthWorkspace *workspace)
{
  const char *run_id = hearth_value_get_member_string (entry, "runId", NULL);
  HearthRun *run = run_id != NULL ? hearth_workspace_lookup_run (workspace, run_id) : NULL;
  g_autoptr (HearthValue) usage = NULL;
  HearthSpending spending;

  if (run == NULL)
    return;
  hearth_ledger_get_step_spending (ledger, run_id, NULL, &spending);
  usage = hearth_spending_to_value (&spending);
  hearth_run_set_usage (run, usage);
}

static void
write_down (HearthBooks *self,
            HearthValue *entry)
{
  Settled *settled = g_new0 (Settled, 1);

  settled->entry = hearth_value_ref (entry);
  settled->process = g_strdup (self->process);
  _hearth_job_push (_hearth_job_new_silent (self->workspace->storage, add_work, settled, settled_free),
                    self->workspace->storage_pool);
  _hearth_books_load (self, NULL, NULL);
}

static void
settled_cb (HearthLedger *ledger,
            HearthValue  *entry,
            HearthBooks  *self)
{
  write_down (self, entry);
  tell_run (ledger, entry, self->workspace);
}

/* --- beginning and end ------------------------------------------------------------------------ */

HearthBooks *
_hearth_books_new (HearthWorkspace *workspace)
{
  HearthBooks *self = g_new0 (HearthBooks, 1);

  self->workspace = workspace;
  self->ledger = hearth_ledger_new ();
  self->process = hearth_id_new_nano (PROCESS_ID_LENGTH);
  self->waiters = g_array_new (FALSE, FALSE, sizeof (HearthBooksWaiter));
  g_signal_connect (self->ledger, "settled", G_CALLBACK (settled_cb), self);
  self->claims = _hearth_books_claims_new (workspace, self->process);
  hearth_ledger_set_claims (self->ledger, &_hearth_books_claims, self->claims);
  return self;
}

void
_hearth_books_free (HearthBooks *self)
{
  g_signal_handlers_disconnect_by_data (self->ledger, self);
  hearth_ledger_set_claims (self->ledger, NULL, NULL);
  g_clear_object (&self->ledger);
  _hearth_books_claims_free (self->claims);
  g_clear_pointer (&self->look, _hearth_books_look_free);
  g_clear_pointer (&self->budget, hearth_value_unref);
  g_array_unref (self->waiters);
  g_free (self->process);
  g_free (self);
}

HearthLedger *
_hearth_books_get_ledger (HearthBooks *self)
{
  return self->ledger;
}

/* --- the disk --------------------------------------------------------------------------------- */

static void
take_prices (HearthBooks *self,
             HearthValue *prices)
{
  g_autofree char *problem = NULL;
  g_autoptr (HearthPriceTable) table = _hearth_prices_make_table (prices, &problem);

  if (problem != NULL)
    g_warning ("Your own prices are not used: %s", problem);
  hearth_ledger_set_prices (self->ledger, table);
}

static void
take_spent (HearthBooks *self,
            HearthBudget budget,
            const char  *key,
            HearthValue *sums)
{
  for (gsize i = 0; i < hearth_value_get_length (sums); i++)
    {
      HearthValue *sum = hearth_value_at (sums, i);
      const char *id = hearth_value_get_member_string (sum, key, NULL);
      HearthSpending spending = _hearth_spending_of_sum (sum);

      if (id != NULL)
        hearth_ledger_set_earlier (self->ledger, budget, id, &spending);
    }
}

static void
take_budget (HearthBooks *self,
             HearthValue *budget)
{
  static const char *const shared[] = { "project", "projects", "day", "today" };

  _hearth_budget_apply (budget, self->ledger);
  hearth_value_ref (budget);
  g_clear_pointer (&self->budget, hearth_value_unref);
  self->budget = budget;
  self->is_shared = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (shared); i++)
    self->is_shared |= hearth_value_get (budget, shared[i]) != NULL;
}

static void
tell_waiters (HearthBooks *self)
{
  g_autoptr (GArray) waiters = g_steal_pointer (&self->waiters);

  self->waiters = g_array_new (FALSE, FALSE, sizeof (HearthBooksWaiter));
  for (guint i = 0; i < waiters->len; i++)
    g_array_index (waiters, HearthBooksWaiter, i).func (g_array_index (waiters, HearthBooksWaiter, i).data);
}

static void
looked_cb (HearthBooksLook *look,
           HearthWorkspace *workspace)
{
  HearthBooks *self = workspace->books;

  self->looking = FALSE;
  if (look->prices != NULL)
    take_prices (self, look->prices);
  if (look->budget != NULL)
    take_budget (self, look->budget);
  if (look->days != NULL)
    take_spent (self, HEARTH_BUDGET_DAY, "day", look->days);
  if (look->projects != NULL)
    take_spent (self, HEARTH_BUDGET_PROJECT, "projectId", look->projects);
  g_clear_pointer (&self->look, _hearth_books_look_free);
  self->look = look;
  self->stale &= self->again;
  tell_waiters (self);
  if (self->again)
    _hearth_books_load (self, NULL, NULL);
}

gboolean
_hearth_books_are_loaded (HearthBooks *self)
{
  return self->look != NULL && !self->stale && !(self->looking && self->is_shared);
}

void
_hearth_books_have_changed (HearthBooks *self)
{
  self->stale = TRUE;
  _hearth_books_load (self, NULL, NULL);
}

void
_hearth_books_load (HearthBooks    *self,
                    HearthBooksFunc loaded,
                    gpointer        user_data)
{
  HearthBooksWaiter waiter = { loaded, user_data };

  if (loaded != NULL)
    g_array_append_val (self->waiters, waiter);
  self->again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  _hearth_books_look (self->workspace, self->look, self->process, looked_cb);
}

/* --- runs ------------------------------------------------------------------------------------- */

HearthLedger *
_hearth_books_make_replay_ledger (HearthBooks *self,
                                  HearthClock *clock)
{
  HearthLedger *ledger = hearth_ledger_new ();

  hearth_ledger_set_clock (ledger, clock, hearth_clock_get_unix_ms (clock));
  g_signal_connect_object (ledger, "settled", G_CALLBACK (tell_run), self->workspace, 0);
  return ledger;
}

/* What the disk has of prices and ceilings is known by now. */
static void
bring_up_to_date (HearthBooks  *self,
                  HearthLedger *ledger)
{
  hearth_ledger_set_prices (ledger, hearth_ledger_get_prices (self->ledger));
  if (self->budget != NULL)
    _hearth_budget_apply (self->budget, ledger);
}

void
_hearth_books_open_run (HearthBooks          *self,
                        HearthRun            *run,
                        HearthLedger         *ledger,
                        const HearthCeilings *ceilings,
                        const char           *continues)
{
  const char *id = hearth_run_get_id (run);
  HearthSpending earlier;

  if (ledger != self->ledger)
    bring_up_to_date (self, ledger);
  if (continues != NULL)
    {
      hearth_ledger_get_spending (self->ledger, HEARTH_BUDGET_RUN, continues, &earlier);
      hearth_ledger_set_earlier (self->ledger, HEARTH_BUDGET_RUN, id, &earlier);
    }
  if (ceilings != NULL)
    hearth_ledger_set_ceilings (ledger, HEARTH_BUDGET_RUN, id, ceilings);
}

void
_hearth_books_close_run (HearthBooks *self,
                         const char  *run_id)
{
  hearth_ledger_forget_run (self->ledger, run_id);
}
