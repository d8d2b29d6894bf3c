/* hearth-ledger.h: what calls may cost and what they did cost; a service of runs (docs/money.md)
 *
 * Ceilings (money, tokens, calls, time) stand for a run, a project and a day. A call reserves the most it can cost
 * before it starts, and settles what it did cost after it, so that calls at the same time cannot overspend together.
 * Money: whole micro-units of a currency (1 USD = 1,000,000).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-ceilings.h"
#include "hearth-clock.h"
#include "hearth-price-table.h"
#include "hearth-spending.h"

G_BEGIN_DECLS

/* Signal, main thread: ::settled (entry as gpointer HearthValue*): {"time" (Unix ms when it was reserved), "day", "runId",
 * "nodeId", "projectId"?, "channelId"?, "provider"?, "model", "promptTokens"?, "completionTokens"?, "cachedTokens"?,
 * "cacheWrittenTokens"?, "reasoningTokens"?, "costMicro"?, "mostCostMicro"?, "mostTokens", "currency", "durationMs",
 * "outcome" ("answered", "failed"), "reservationId"? (of its claim)}; what is not known is absent.
 * ::room, main thread: something that was reserved is free again. */
#define HEARTH_TYPE_LEDGER (hearth_ledger_get_type ())
G_DECLARE_FINAL_TYPE (HearthLedger, hearth_ledger, HEARTH, LEDGER, GObject)

/**
 * HearthBill:
 * @project_id: or NULL: none
 * @channel_id: filled in by the router; or NULL
 *
 * Who pays. Filled by the caller, copied by the callee.
 */
typedef struct
{
  const char *run_id;
  const char *node_id;
  const char *project_id;
  const char *channel_id;
} HearthBill;

typedef struct _HearthReservation HearthReservation;

HearthLedger      *hearth_ledger_new      (void);

/* --- calls ------------------------------------------------------------------------------------ */

/* NULL with HEARTH_MODEL_ERROR_BUDGET, a sentence naming the ceiling, what is spent and how to raise it. Then, and if
 * waiting would not help, every further call of the run is refused until a ceiling is set anew.
 * @provider: the channel's preset, else its provider when the base URL is that provider's own, else NULL: another
 * service that speaks the same language has prices of its own, which nobody knows.
 * @prompt_tokens: an estimate, better too high than too low.
 * @max_tokens: the most that may be answered, 0: not said (see hearth_reservation_get_max_tokens()). */
HearthReservation *hearth_ledger_reserve  (HearthLedger         *self,
                                           const HearthBill     *bill,
                                           const char           *provider,
                                           const char           *model,
                                           gint64                prompt_tokens,
                                           gint64                max_tokens,
                                           GError              **error);
/* Of such a call that was refused: whether it is only because of calls that are on their way, which reserve more than
 * they will cost. Then it is to be asked for again after ::room. */
gboolean           hearth_ledger_is_worth_waiting (HearthLedger *self,
                                           const HearthBill     *bill,
                                           const char           *provider,
                                           const char           *model,
                                           gint64                prompt_tokens,
                                           gint64                max_tokens);
/* To be sent with a request that has no limit of its own, so that what was reserved is enough; 0: nothing to send. */
gint64             hearth_reservation_get_max_tokens (HearthReservation *self);
/* How long the call may take from now on; -1: as long as it likes. It is to be cancelled then, with
 * hearth_reservation_new_time_error(). */
gint64             hearth_reservation_get_max_ms (HearthReservation *self);
GError            *hearth_reservation_new_time_error (HearthReservation *self);
/* Takes the reservation. Once for each call. @usage NULL: nothing is known; then a call that failed before an answer
 * costs nothing (@answered FALSE), and of one that was answered it stays unknown and the most it can have cost
 * counts against the ceilings. */
void               hearth_ledger_settle   (HearthLedger         *self,
                                           HearthReservation    *reservation,
                                           const HearthUsage    *usage,
                                           gboolean              answered,
                                           gint64                duration_ms);

/* Takes the reservation: no call came of it. */
void               hearth_ledger_release  (HearthLedger         *self,
                                           HearthReservation    *reservation);

/* --- other processes -------------------------------------------------------------------------- */

/* @granted FALSE: what others have reserved leaves no room for it now. */
typedef void     (*HearthClaimed)         (gboolean              granted,
                                           gpointer              user_data);

/**
 * HearthClaims:
 * @claim: asks all processes for room, by what HearthClaim of the store has as its reservation; answers later from the main
 *   loop, once in any case
 * @drop: the claim is none any more; also before it was answered
 */
typedef struct
{
  void (*claim) (gpointer       owner,
                 HearthValue   *reservation,
                 HearthClaimed  claimed,
                 gpointer       user_data);
  void (*drop)  (gpointer       owner,
                 const char    *id);
} HearthClaims;

/* Who knows of other processes; NULL: nobody, and hearth_ledger_claim() has nothing to do. Lives as long as the ledger, or
 * until NULL is set. */
void               hearth_ledger_set_claims (HearthLedger       *self,
                                           const HearthClaims   *claims,
                                           gpointer              owner);
/* Before a call that was reserved starts: TRUE when it is held to a ceiling that other processes spend from, too. Then it
 * may start when @claimed says so. */
gboolean           hearth_ledger_claim    (HearthLedger         *self,
                                           HearthReservation    *reservation,
                                           HearthClaimed         claimed,
                                           gpointer              user_data);

/* --- prices ----------------------------------------------------------------------------------- */

/* Takes a reference. */
void               hearth_ledger_set_prices (HearthLedger       *self,
                                           HearthPriceTable     *prices);
HearthPriceTable  *hearth_ledger_get_prices (HearthLedger       *self);
/* Whether calls of an unknown price are let through in spite of a ceiling of money, which then does not hold for them. */
void               hearth_ledger_set_allow_unknown (HearthLedger *self,
                                           gboolean              allow);

/* --- ceilings and sums ------------------------------------------------------------------------ */

typedef enum
{
  HEARTH_BUDGET_RUN,
  HEARTH_BUDGET_PROJECT, /* all that was ever spent for it */
  HEARTH_BUDGET_DAY,     /* local days, "2026-01-31" */
} HearthBudget;

/* @id: of a run, a project or a day; NULL: what stands by default for all of them. */
void               hearth_ledger_set_ceilings (HearthLedger     *self,
                                           HearthBudget          budget,
                                           const char           *id,
                                           const HearthCeilings *ceilings);
/* Those that count: @id's own over the default ones. @id NULL: the default ones. */
HearthCeilings     hearth_ledger_get_ceilings (HearthLedger     *self,
                                           HearthBudget          budget,
                                           const char           *id);
/* What was spent for it elsewhere: before this ledger was made, by other processes, by the run that it goes on from. */
void               hearth_ledger_set_earlier (HearthLedger      *self,
                                           HearthBudget          budget,
                                           const char           *id,
                                           const HearthSpending *spending);
/* All that is spent, with that. */
void               hearth_ledger_get_spending (HearthLedger     *self,
                                           HearthBudget          budget,
                                           const char           *id,
                                           HearthSpending       *spending);
/* What this ledger saw of a run (@node_id NULL), or of one node in it. */
void               hearth_ledger_get_step_spending (HearthLedger *self,
                                           const char           *run_id,
                                           const char           *node_id,
                                           HearthSpending       *spending);
/* Whose ceiling a call of the run last did not fit into; FALSE: into that of none. Remembered until the run is forgotten. */
gboolean           hearth_ledger_get_reached (HearthLedger      *self,
                                           const char           *run_id,
                                           HearthBudget         *budget);
/* The run is over and has been told. */
void               hearth_ledger_forget_run (HearthLedger       *self,
                                           const char           *run_id);
/* "2026-01-31" by the ledger's clock. New string. */
char              *hearth_ledger_dup_today (HearthLedger        *self);
/* Tests. @unix_ms: the time when @clock shows 0. */
void               hearth_ledger_set_clock (HearthLedger        *self,
                                           HearthClock          *clock,
                                           gint64                unix_ms);

G_END_DECLS
