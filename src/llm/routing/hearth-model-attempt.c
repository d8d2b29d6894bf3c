/* hearth-model-attempt.c: one call to one channel: its key, what it may cost, and what becomes of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-router-private.h"

#include "hearth-i18n.h"

/* A channel that its owner brought along has no history. */
static const char *
get_health_id (HearthModelAsk *self)
{
  return self->fixed == NULL ? self->attempt.channel->id : NULL;
}

/* --- the end of it --------------------------------------------------------------------------------------- */

static void
settle (HearthModelAsk    *self,
        const HearthUsage *usage,
        gboolean           answered)
{
  HearthAttempt *attempt = &self->attempt;
  gint64 duration = hearth_clock_get_now_ms (self->router->clock) - attempt->began_ms;
  gboolean told = usage != NULL && (usage->prompt >= 0 || usage->completion >= 0);

  if (attempt->claim != 0)
    hearth_ledger_release (self->router->ledger, g_steal_pointer (&attempt->reservation));
  attempt->claim = 0;
  if (attempt->reservation != NULL)
    hearth_ledger_settle (self->router->ledger, g_steal_pointer (&attempt->reservation), told ? usage : NULL, answered, duration);
}

/* The call is over; its channel, for who goes on with it. */
static HearthChannel *
take_attempt (HearthModelAsk *self)
{
  HearthAttempt *attempt = &self->attempt;

  g_assert (attempt->reservation == NULL);
  if (attempt->deadline != 0)
    hearth_clock_remove (self->router->clock, attempt->deadline);
  attempt->deadline = 0;
  attempt->call = NULL;
  attempt->is_probe = attempt->heard = FALSE;
  return g_steal_pointer (&attempt->channel);
}

void
_hearth_model_attempt_stop (HearthModelAsk *self)
{
  HearthAttempt *attempt = &self->attempt;
  gboolean may_cost = attempt->call != NULL;

  _hearth_model_room_stop_waiting (self);
  if (attempt->channel == NULL)
    return;
  if (may_cost)
    hearth_model_call_cancel (g_steal_pointer (&attempt->call));
  if (get_health_id (self) != NULL)
    hearth_channel_health_give_up (self->router->health, get_health_id (self), attempt->is_probe);
  settle (self, NULL, may_cost);
  hearth_channel_unref (take_attempt (self));
}

/* @error NULL: it has answered. Otherwise nobody has heard anything of it yet, or nobody else could do better. */
static void
finish (HearthModelAsk    *self,
        HearthAnswer      *answer,
        HearthValue       *value,
        const HearthUsage *usage,
        const GError      *error)
{
  g_autoptr (HearthChannel) channel = NULL;

  if (get_health_id (self) != NULL)
    hearth_channel_health_end (self->router->health, get_health_id (self), self->attempt.is_probe, error);
  settle (self, usage, error == NULL || self->attempt.heard);
  channel = take_attempt (self);
  if (error == NULL || self->delivered || !_hearth_model_error_is_of_channel (error))
    _hearth_model_ask_end (self, answer, value, usage, error);
  else
    _hearth_model_ask_fail (self, channel, g_error_copy (error));
}

/* --- news of the call ----------------------------------------------------------------------------------------- */

static void
tell_usage (HearthModelAsk *self,
            HearthAnswer   *answer)
{
  static const HearthDelta usage = { .kind = HEARTH_DELTA_USAGE };

  if (self->holds_usage && self->events.delta != NULL)
    self->events.delta (answer, &usage, self->user_data);
  self->holds_usage = FALSE;
}

/* Some services tell usage before they fail; that is no piece of an answer, and is told with the first one. */
static void
delta_cb (HearthAnswer      *answer,
          const HearthDelta *delta,
          gpointer           user_data)
{
  g_autoptr (HearthModelAsk) self = _hearth_model_ask_ref (user_data);

  if (delta->kind == HEARTH_DELTA_USAGE && !self->delivered)
    {
      self->holds_usage = TRUE;
      return;
    }
  self->attempt.heard = TRUE;
  if (self->events.delta == NULL || !self->question.request->stream)
    return;
  self->delivered = TRUE;
  tell_usage (self, answer);
  if (!self->ended)
    self->events.delta (answer, delta, self->user_data);
}

static void
ended_cb (HearthAnswer *answer,
          const GError *error,
          gpointer      user_data)
{
  g_autoptr (HearthModelAsk) self = _hearth_model_ask_ref (user_data);

  self->attempt.call = NULL;
  if (error == NULL)
    tell_usage (self, answer);
  else
    self->holds_usage = FALSE;
  if (!self->ended)
    finish (self, answer, NULL, hearth_answer_get_usage (answer), error);
}

static const HearthModelEvents call_events = { .delta = delta_cb, .ended = ended_cb };

static void
value_cb (HearthValue       *value,
          const HearthUsage *usage,
          const GError      *error,
          gpointer           user_data)
{
  HearthModelAsk *self = user_data;

  self->attempt.call = NULL;
  finish (self, NULL, value, usage, error);
}

/* --- time ------------------------------------------------------------------------------------------------- */

static void
deadline_cb (gpointer data)
{
  HearthModelAsk *self = data;
  g_autoptr (GError) error = hearth_reservation_new_time_error (self->attempt.reservation);

  self->attempt.deadline = 0;
  _hearth_model_ask_end (self, NULL, NULL, NULL, error);
}

/* --- the call ------------------------------------------------------------------------------------------------------ */

/* What was reserved must be enough. */
static HearthModelRequest *
make_request (HearthModelAsk *self)
{
  HearthModelRequest *request = hearth_model_request_copy (self->question.request);
  gint64 most = self->attempt.reservation != NULL ? hearth_reservation_get_max_tokens (self->attempt.reservation) : 0;
  g_autoptr (HearthValue) limit = most > 0 ? hearth_value_integer (most) : NULL;
  HearthValue *params = request->params;

  if (limit == NULL)
    return request;
  request->params = hearth_value_with (params, "max_tokens", limit);
  g_clear_pointer (&params, hearth_value_unref);
  return request;
}

static void
start_call (HearthModelAsk *self,
            HearthSecret   *key)
{
  HearthOutside *outside = self->router->outside;
  HearthAttempt *attempt = &self->attempt;
  HearthQuestion *question = &self->question;

  if (question->request != NULL)
    {
      g_autoptr (HearthModelRequest) request = make_request (self);

      attempt->call = hearth_model_call_start (outside, attempt->channel, key, request,
                                               _hearth_model_router_get_refusals (self->router, attempt->channel, request->model),
                                               &call_events, self);
    }
  else
    attempt->call
      = hearth_model_call_embed (outside, attempt->channel, key, question->model, question->texts, value_cb, self);
  if (self->paused)
    hearth_model_call_pause (attempt->call);
}

void
_hearth_model_attempt_place (HearthModelAsk *self,
                             HearthSecret   *key)
{
  HearthAttempt *attempt = &self->attempt;
  gint64 most_ms;

  _hearth_model_wait_tell (self, NULL);
  if (self->ended)
    return;
  attempt->began_ms = hearth_clock_get_now_ms (self->router->clock);
  start_call (self, key);
  most_ms = attempt->reservation != NULL ? hearth_reservation_get_max_ms (attempt->reservation) : -1;
  if (most_ms >= 0)
    attempt->deadline = hearth_clock_add_timeout (self->router->clock, (guint) MIN (most_ms, G_MAXUINT), deadline_cb, self);
}

void
_hearth_model_attempt_call (HearthModelAsk *self,
                            HearthSecret   *key)
{
  if (_hearth_model_room_reserve (self, key))
    _hearth_model_attempt_place (self, key);
}

/* --- the key ------------------------------------------------------------------------------------------------------- */

static void
fail_for_want_of_key (HearthModelAsk *self,
                      const char     *why)
{
  GError *error = hearth_model_error_new_sentence (HEARTH_MODEL_ERROR_KEY, why, NULL, NULL, 0, 0);
  g_autoptr (HearthChannel) channel = NULL;

  hearth_channel_health_give_up (self->router->health, get_health_id (self), self->attempt.is_probe);
  channel = take_attempt (self);
  _hearth_model_ask_fail (self, channel, error);
}

/* Holds a reference: the source answers in any case. */
static void
key_cb (HearthSecret *key,
        const GError *error,
        gpointer      user_data)
{
  g_autoptr (HearthModelAsk) self = user_data;

  if (self->ended)
    return;
  if (key != NULL)
    _hearth_model_attempt_call (self, key);
  else
    fail_for_want_of_key (self, error != NULL ? error->message
                                              : _("The key of this channel is not in the keyring any more. Enter it again."));
}

void
_hearth_model_attempt_begin (HearthModelAsk *self,
                             HearthChannel  *channel)
{
  HearthModelRouter *router = self->router;

  g_assert (self->attempt.channel == NULL);

  self->attempt.channel = hearth_channel_ref (channel);
  if (get_health_id (self) != NULL)
    self->attempt.is_probe = hearth_channel_health_begin (router->health, get_health_id (self));
  if (self->fixed != NULL)
    _hearth_model_attempt_call (self, self->fixed_key);
  else if (channel->has_key && router->source != NULL)
    router->source->load_key (router->owner, channel->id, key_cb, _hearth_model_ask_ref (self));
  else if (hearth_channel_wants_key (channel))
    fail_for_want_of_key (self, _("This channel has no key. Enter the one that the service gave you."));
  else
    _hearth_model_attempt_call (self, NULL);
}
