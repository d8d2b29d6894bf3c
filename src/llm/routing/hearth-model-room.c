/* hearth-model-room.c: what a call may cost is reserved before it begins, and waited for while others hold it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-router-private.h"

#include "hearth-i18n.h"

void
_hearth_model_room_stop_waiting (HearthModelAsk *self)
{
  if (self->room_id != 0)
    g_signal_handler_disconnect (self->router->ledger, self->room_id);
  self->room_id = 0;
  g_clear_pointer (&self->waiting_key, hearth_secret_unref);
}

/* Prices are those of a service, not of the language it speaks. */
static const char *
get_price_id (const HearthChannel *channel)
{
  const HearthProviderPreset *presets = channel->provider->presets;

  if (channel->preset != NULL || channel->provider->local != NULL)
    return channel->preset != NULL ? channel->preset : channel->provider->id;
  for (guint i = 0; presets != NULL && presets[i].id != NULL; i++)
    if (g_strcmp0 (presets[i].base_url, channel->base_url) == 0)
      return presets[i].id;
  return NULL;
}

static gint64
get_max_tokens (HearthModelAsk *self)
{
  HearthModelRequest *request = self->question.request;
  gint64 most = request != NULL ? hearth_value_get_member_integer (request->params, "max_tokens", 0) : 1;

  if (most <= 0 && request != NULL)
    most = hearth_value_get_member_integer (request->params, "max_completion_tokens", 0);
  return MAX (most, 0);
}

static gboolean
try_again_cb (gpointer data)
{
  g_autoptr (HearthModelAsk) self = _hearth_model_ask_ref (data);
  g_autoptr (HearthSecret) key = g_steal_pointer (&self->waiting_key);

  self->idle = 0;
  _hearth_model_room_stop_waiting (self);
  _hearth_model_attempt_call (self, key);
  return G_SOURCE_REMOVE;
}

/* Not from within: whoever settles may be ending a call of somebody else's. */
static void
room_cb (HearthModelAsk *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, try_again_cb, self, NULL);
}

void
_hearth_model_room_wait (HearthModelAsk *self,
                         HearthSecret   *key)
{
  self->waiting_key = key != NULL ? hearth_secret_ref (key) : NULL;
  if (!self->waiting)
    _hearth_model_wait_tell (self, _("Calls that go on may use up what the ceiling leaves; waiting until one of them has ended."));
}

gboolean
_hearth_model_room_reserve (HearthModelAsk *self,
                            HearthSecret   *key)
{
  HearthLedger *ledger = self->router->ledger;
  HearthBill bill = { self->run_id, self->node_id, self->project_id, self->attempt.channel->id };
  const char *provider = get_price_id (self->attempt.channel);
  const char *model = self->question.model;
  gint64 max_tokens = get_max_tokens (self);
  g_autoptr (GError) error = NULL;

  if (ledger == NULL || !self->is_billed)
    return TRUE;
  self->attempt.reservation = hearth_ledger_reserve (ledger, &bill, provider, model, self->prompt_tokens, max_tokens, &error);
  if (self->attempt.reservation != NULL)
    return !_hearth_model_others_ask (self, key);
  if (hearth_ledger_is_worth_waiting (ledger, &bill, provider, model, self->prompt_tokens, max_tokens))
    {
      self->room_id = g_signal_connect_swapped (ledger, "room", G_CALLBACK (room_cb), self);
      _hearth_model_room_wait (self, key);
    }
  else
    _hearth_model_ask_end (self, NULL, NULL, NULL, error);
  return FALSE;
}
