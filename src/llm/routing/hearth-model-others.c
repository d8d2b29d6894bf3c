/* hearth-model-others.c: a call waits until other processes leave room for it below the ceilings they share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-router-private.h"

/* Until they are asked again; nobody tells when they have room. */
#define PAUSE_MS 500

typedef struct
{
  HearthModelAsk *ask; /* owned */
  guint number;
} Claim;

static void
again_cb (gpointer data)
{
  g_autoptr (HearthModelAsk) self = _hearth_model_ask_ref (data);
  g_autoptr (HearthSecret) key = g_steal_pointer (&self->waiting_key);

  self->timer = 0;
  _hearth_model_attempt_call (self, key);
}

/* Meanwhile others of this process may have the room. */
static void
wait_for_others (HearthModelAsk *self,
                 HearthSecret   *key)
{
  hearth_ledger_release (self->router->ledger, g_steal_pointer (&self->attempt.reservation));
  self->timer = hearth_clock_add_timeout (self->router->clock, PAUSE_MS, again_cb, self);
  _hearth_model_room_wait (self, key);
}

static void
claimed_cb (gboolean granted,
            gpointer user_data)
{
  Claim *claim = user_data;
  g_autoptr (HearthModelAsk) self = claim->ask;
  g_autoptr (HearthSecret) key = NULL;
  gboolean is_waited_for = claim->number == self->attempt.claim;

  g_free (claim);
  if (!is_waited_for)
    return; /* it was stopped meanwhile */
  self->attempt.claim = 0;
  key = g_steal_pointer (&self->waiting_key);
  if (granted)
    _hearth_model_attempt_place (self, key);
  else
    wait_for_others (self, key);
}

gboolean
_hearth_model_others_ask (HearthModelAsk *self,
                          HearthSecret   *key)
{
  Claim *claim = g_new (Claim, 1);

  *claim = (Claim) { _hearth_model_ask_ref (self), ++self->n_claims };
  if (hearth_ledger_claim (self->router->ledger, self->attempt.reservation, claimed_cb, claim))
    {
      self->attempt.claim = claim->number;
      self->waiting_key = key != NULL ? hearth_secret_ref (key) : NULL;
      return TRUE;
    }
  _hearth_model_ask_unref (claim->ask);
  g_free (claim);
  return FALSE;
}
