/* hearth-claim.c: other processes are asked for room under the ceilings that they spend from, too
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-ledger-private.h"

#include "hearth-id.h"

#define CLAIM_ID_LENGTH 16

void
hearth_ledger_set_claims (HearthLedger       *self,
                          const HearthClaims *claims,
                          gpointer            owner)
{
  g_return_if_fail (HEARTH_IS_LEDGER (self));

  self->claims = claims;
  self->claims_owner = owner;
}

static void
add_room (HearthBuilder *room,
          const char    *key,
          gint64         ceiling,
          gint64         taken)
{
  if (ceiling >= 0)
    hearth_builder_add (room, key, hearth_value_integer (ceiling - taken));
}

/* What this process leaves to all others; NULL: nothing is counted. */
static HearthValue *
make_room (HearthReservation *self,
           HearthBudget       budget)
{
  HearthCeilings ceilings = hearth_ledger_get_ceilings (self->ledger, budget, self->ids[budget]);
  const HearthAccount *account = self->accounts[budget];
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) room = NULL;

  if (account == NULL)
    return NULL;
  if (self->need.cost > 0)
    add_room (&builder, "cost", ceilings.cost, account->own.cost + account->own.most_cost + account->reserved_cost);
  add_room (&builder, "tokens", ceilings.tokens,
            account->own.prompt + account->own.completion + account->own.most_tokens + account->reserved_tokens);
  add_room (&builder, "calls", ceilings.calls, account->own.calls + account->on_their_way);
  room = hearth_builder_end_object (&builder);
  return hearth_value_get_length (room) > 0 ? g_steal_pointer (&room) : NULL;
}

static HearthValue *
make_claim (HearthReservation *self)
{
  HearthValue *of_day = make_room (self, HEARTH_BUDGET_DAY);
  HearthValue *of_project = make_room (self, HEARTH_BUDGET_PROJECT);
  g_auto (HearthBuilder) claim = HEARTH_BUILDER_INIT;

  if (of_day == NULL && of_project == NULL)
    return NULL;
  self->claim_id = hearth_id_new_nano (CLAIM_ID_LENGTH);
  hearth_builder_add_string (&claim, "id", self->claim_id);
  hearth_builder_add_string (&claim, "day", self->ids[HEARTH_BUDGET_DAY]);
  hearth_builder_add_string (&claim, "projectId", self->ids[HEARTH_BUDGET_PROJECT]);
  hearth_builder_add (&claim, "cost", hearth_value_integer (MAX (self->need.cost, 0)));
  hearth_builder_add (&claim, "tokens", hearth_value_integer (self->need.tokens));
  hearth_builder_add (&claim, "dayRoom", of_day);
  hearth_builder_add (&claim, "projectRoom", of_project);
  return hearth_builder_end_object (&claim);
}

gboolean
hearth_ledger_claim (HearthLedger      *self,
                     HearthReservation *reservation,
                     HearthClaimed      claimed,
                     gpointer           user_data)
{
  g_autoptr (HearthValue) claim = NULL;

  g_return_val_if_fail (HEARTH_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (reservation != NULL && reservation->ledger == self, FALSE);
  g_return_val_if_fail (reservation->claim_id == NULL, FALSE);
  g_return_val_if_fail (claimed != NULL, FALSE);

  if (self->claims != NULL)
    claim = make_claim (reservation);
  if (claim == NULL)
    return FALSE;
  self->claims->claim (self->claims_owner, claim, claimed, user_data);
  return TRUE;
}
