/* hearth-settlement.c: what a call did cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-ledger-private.h"

/* Nothing was told. */
#define UNKNOWN_USAGE { -1, -1, -1, -1, -1 }

static void
count_tokens (HearthReservation *self,
              const HearthUsage *usage,
              HearthSpending    *spent)
{
  gint64 known = MAX (usage->prompt, 0) + MAX (usage->completion, 0);

  spent->prompt = MAX (usage->prompt, 0);
  spent->completion = MAX (usage->completion, 0);
  if (usage->prompt >= 0 && usage->completion >= 0)
    return;
  spent->uncounted = 1;
  spent->most_tokens = MAX (self->need.tokens - known, 0);
}

static void
count_cost (HearthReservation *self,
            gint64             cost,
            HearthSpending    *spent)
{
  if (cost >= 0)
    {
      spent->cost = cost;
      return;
    }
  spent->unpriced = 1;
  spent->most_cost = MAX (self->need.cost, 0);
}

static void
add_count (HearthBuilder *entry,
           const char    *key,
           gint64         count)
{
  if (count >= 0)
    hearth_builder_add (entry, key, hearth_value_integer (count));
}

static HearthValue *
make_entry (HearthReservation *self,
            const HearthUsage *usage,
            gint64             cost,
            gboolean           answered,
            gint64             duration_ms)
{
  g_auto (HearthBuilder) entry = HEARTH_BUILDER_INIT;

  add_count (&entry, "time", self->unix_ms);
  hearth_builder_add_string (&entry, "day", self->ids[HEARTH_BUDGET_DAY]);
  hearth_builder_add_string (&entry, "runId", self->ids[HEARTH_BUDGET_RUN]);
  hearth_builder_add_string (&entry, "nodeId", self->node_id);
  hearth_builder_add_string (&entry, "projectId", self->ids[HEARTH_BUDGET_PROJECT]);
  hearth_builder_add_string (&entry, "channelId", self->channel_id);
  hearth_builder_add_string (&entry, "provider", self->provider);
  hearth_builder_add_string (&entry, "model", self->model);
  add_count (&entry, "promptTokens", usage->prompt);
  add_count (&entry, "completionTokens", usage->completion);
  add_count (&entry, "cachedTokens", usage->cached);
  add_count (&entry, "cacheWrittenTokens", usage->cache_written);
  add_count (&entry, "reasoningTokens", usage->reasoning);
  add_count (&entry, "costMicro", cost);
  add_count (&entry, "mostCostMicro", self->need.cost);
  add_count (&entry, "mostTokens", self->need.tokens);
  hearth_builder_add_string (&entry, "currency", HEARTH_CURRENCY);
  add_count (&entry, "durationMs", duration_ms);
  hearth_builder_add_string (&entry, "outcome", answered ? "answered" : "failed");
  hearth_builder_add_string (&entry, "reservationId", self->claim_id);
  return hearth_builder_end_object (&entry);
}

static void
release (HearthReservation    *self,
         const HearthSpending *spent)
{
  gint64 now = _hearth_ledger_get_now_ms (self->ledger);

  for (guint i = 0; i < HEARTH_N_PAYERS; i++)
    if (self->accounts[i] != NULL)
      _hearth_account_release (self->accounts[i], &self->need, spent, now);
}

/* A call without an answer took nothing; what nobody asks money for costs nothing, however much it was. */
static gint64
find_cost (HearthReservation *self,
           const HearthUsage *usage)
{
  if (!self->is_priced)
    return -1;
  return hearth_price_is_free (&self->price) ? 0 : hearth_price_get_cost (&self->price, usage);
}

void
hearth_ledger_settle (HearthLedger      *self,
                      HearthReservation *reservation,
                      const HearthUsage *usage,
                      gboolean           answered,
                      gint64             duration_ms)
{
  static const HearthUsage unknown = UNKNOWN_USAGE;
  static const HearthUsage nothing = { 0 };
  g_autoptr (HearthReservation) owned = reservation;
  g_autoptr (HearthValue) entry = NULL;
  HearthSpending spent = { .calls = 1 };
  gboolean is_nothing = !answered && (usage == NULL || (usage->prompt < 0 && usage->completion < 0));
  gint64 cost;

  g_return_if_fail (HEARTH_IS_LEDGER (self));
  g_return_if_fail (reservation != NULL && reservation->ledger == self);

  if (usage == NULL || is_nothing)
    usage = is_nothing ? &nothing : &unknown;
  cost = is_nothing ? 0 : find_cost (reservation, usage);
  count_tokens (reservation, usage, &spent);
  count_cost (reservation, cost, &spent);
  release (reservation, &spent);
  entry = make_entry (reservation, usage, cost, answered, duration_ms);
  _hearth_ledger_emit_settled (self, entry);
  _hearth_ledger_emit_room (self);
}

void
hearth_ledger_release (HearthLedger      *self,
                       HearthReservation *reservation)
{
  static const HearthSpending nothing = { 0 };
  g_autoptr (HearthReservation) owned = reservation;

  g_return_if_fail (HEARTH_IS_LEDGER (self));
  g_return_if_fail (reservation != NULL && reservation->ledger == self);

  release (reservation, &nothing);
  if (reservation->claim_id != NULL && self->claims != NULL)
    self->claims->drop (self->claims_owner, reservation->claim_id);
  _hearth_ledger_emit_room (self);
}
