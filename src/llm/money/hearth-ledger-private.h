/* hearth-ledger-private.h: what the files of the ledger share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-account-private.h"
#include "hearth-ledger.h"

G_BEGIN_DECLS

#define HEARTH_N_BUDGETS 3 /* run, project, day */
#define HEARTH_N_PAYERS 4  /* and the step, which has no ceilings */

struct _HearthLedger
{
  GObject parent_instance;

  HearthPriceTable *prices;
  HearthCeilings defaults[HEARTH_N_BUDGETS];
  GHashTable *accounts;      /* "run/…", "step/…" -> HearthAccount */
  gboolean allow_unknown;
  const HearthClaims *claims; /* or NULL */
  gpointer claims_owner;

  HearthClock *clock;
  gint64 unix_ms;            /* when the clock shows 0; -1: ask the system */
};

struct _HearthReservation
{
  HearthLedger *ledger;
  char *ids[HEARTH_N_BUDGETS]; /* NULL: no such payer */
  HearthAccount *accounts[HEARTH_N_PAYERS];
  char *node_id;
  char *channel_id;
  char *provider;
  char *model;

  gboolean is_priced;
  HearthPrice price;
  HearthNeed need;
  gint64 max_tokens;           /* to be sent; 0: nothing */
  gint64 unix_ms;
  char *claim_id;              /* other processes know of it; or NULL */
};

void            _hearth_reservation_free     (HearthReservation    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthReservation, _hearth_reservation_free)

/* Borrowed from the ledger; made when it is new. */
HearthAccount  *_hearth_ledger_need_account (HearthLedger         *self,
                                             HearthBudget          budget,
                                             const char           *id);
HearthAccount  *_hearth_ledger_need_step    (HearthLedger         *self,
                                             const char           *run_id,
                                             const char           *node_id);
gint64          _hearth_ledger_get_unix_ms  (HearthLedger         *self);
gint64          _hearth_ledger_get_now_ms   (HearthLedger         *self);
void            _hearth_ledger_emit_settled (HearthLedger         *self,
                                             HearthValue          *entry);
void            _hearth_ledger_emit_room    (HearthLedger         *self);

/* hearth-budget-error.c: @breach as HEARTH_MODEL_ERROR_BUDGET. */
GError         *_hearth_budget_error_new    (HearthBudget          budget,
                                             HearthBreach          breach,
                                             const HearthCeilings *ceilings,
                                             const HearthSpending *spent,
                                             const HearthNeed     *need,
                                             const char           *model);

G_END_DECLS
