/* hearth-model-ask.c: one question, from channel to channel until one has answered
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-router-private.h"

#include "hearth-i18n.h"

static void
failure_free (gpointer data)
{
  HearthFailure *failure = data;

  hearth_channel_unref (failure->channel);
  g_error_free (failure->error);
  g_free (failure);
}

/* --- life ------------------------------------------------------------------------------------------- */

HearthModelAsk *
_hearth_model_ask_new (HearthModelRouter *router,
                       const HearthBill  *bill,
                       gpointer           user_data)
{
  HearthModelAsk *self = g_new0 (HearthModelAsk, 1);

  g_ref_count_init (&self->ref_count);
  self->router = g_object_ref (router);
  self->failures = g_ptr_array_new_with_free_func (failure_free);
  self->user_data = user_data;
  if (bill == NULL)
    return self;
  self->is_billed = TRUE;
  self->run_id = g_strdup (bill->run_id);
  self->node_id = g_strdup (bill->node_id);
  self->project_id = g_strdup (bill->project_id);
  return self;
}

HearthModelAsk *
_hearth_model_ask_ref (HearthModelAsk *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
_hearth_model_ask_unref (HearthModelAsk *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->question.request, hearth_model_request_free);
  g_clear_pointer (&self->question.texts, hearth_value_unref);
  g_free (self->question.model);
  g_clear_pointer (&self->fixed, hearth_channel_unref);
  g_clear_pointer (&self->fixed_key, hearth_secret_unref);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_ptr_array_unref (self->failures);
  g_free (self->preferred);
  g_free (self->run_id);
  g_free (self->node_id);
  g_free (self->project_id);
  g_object_unref (self->router);
  g_free (self);
}

/* Nothing of it happens any more; what others still hold a reference for finds @ended set. */
static void
stop (HearthModelAsk *self)
{
  self->ended = TRUE;
  _hearth_model_attempt_stop (self);
  if (self->timer != 0)
    hearth_clock_remove (self->router->clock, self->timer);
  self->timer = 0;
  g_clear_handle_id (&self->idle, g_source_remove);
}

void
hearth_model_ask_cancel (HearthModelAsk *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (!self->ended);

  stop (self);
  _hearth_model_ask_unref (self);
}

void
_hearth_model_ask_end (HearthModelAsk    *self,
                       HearthAnswer      *answer,
                       HearthValue       *value,
                       const HearthUsage *usage,
                       const GError      *error)
{
  g_autoptr (HearthAnswer) empty = NULL;

  stop (self);
  if (self->value_ended != NULL)
    self->value_ended (value, usage, error, self->user_data);
  else
    {
      if (answer == NULL)
        answer = empty = hearth_answer_new (NULL, NULL);
      self->events.ended (answer, error, self->user_data);
    }
  _hearth_model_ask_unref (self);
}

void
hearth_model_ask_set_waits (HearthModelAsk  *self,
                            HearthModelWaits waits)
{
  g_return_if_fail (self != NULL);

  self->waits = waits;
}

void
hearth_model_ask_pause (HearthModelAsk *self)
{
  g_return_if_fail (self != NULL);

  self->paused = TRUE;
  if (self->attempt.call != NULL)
    hearth_model_call_pause (self->attempt.call);
}

void
hearth_model_ask_resume (HearthModelAsk *self)
{
  g_return_if_fail (self != NULL);

  self->paused = FALSE;
  if (self->attempt.call != NULL)
    hearth_model_call_resume (self->attempt.call);
}

/* --- rounds ----------------------------------------------------------------------------------------------- */

/* Providers that have no embeddings are no channels for them. */
static GPtrArray *
pick_able (HearthModelAsk *self)
{
  GPtrArray *able = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_channel_unref);

  for (guint i = 0; i < self->known->len; i++)
    {
      HearthChannel *channel = g_ptr_array_index (self->known, i);
      const HearthProvider *provider = channel->provider;

      if (self->question.texts == NULL || provider->write_embed != NULL || (provider->local != NULL && provider->local->embed != NULL))
        g_ptr_array_add (able, hearth_channel_ref (channel));
    }
  return able;
}

static void
begin_round (HearthModelAsk *self)
{
  HearthModelRouter *router = self->router;

  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_ptr_array_set_size (self->failures, 0);
  self->next = 0;
  if (self->fixed != NULL)
    self->order = g_ptr_array_ref (self->known);
  else
    {
      g_autoptr (GPtrArray) able = pick_able (self);

      self->order = hearth_channel_choice_order (router->choice, able, self->question.model, self->preferred, router->health);
    }
  _hearth_model_ask_go_on (self);
}

void
_hearth_model_ask_next_round (HearthModelAsk *self)
{
  self->round++;
  begin_round (self);
}

static void
end_round (HearthModelAsk *self)
{
  g_autoptr (GError) error = NULL;

  if (_hearth_model_wait_begin (self))
    return;
  error = _hearth_model_ask_make_error (self);
  _hearth_model_ask_end (self, NULL, NULL, NULL, error);
}

void
_hearth_model_ask_go_on (HearthModelAsk *self)
{
  while (self->next < self->order->len)
    {
      HearthChannel *channel = g_ptr_array_index (self->order, self->next++);

      if (self->fixed == NULL
          && hearth_channel_health_get_state (self->router->health, channel->id, NULL) != HEARTH_CHANNEL_READY)
        continue;
      _hearth_model_attempt_begin (self, channel);
      return;
    }
  end_round (self);
}

void
_hearth_model_ask_fail (HearthModelAsk *self,
                        HearthChannel  *channel,
                        GError         *error)
{
  HearthFailure *failure = g_new0 (HearthFailure, 1);

  failure->channel = hearth_channel_ref (channel);
  failure->error = error;
  g_ptr_array_add (self->failures, failure);
  _hearth_model_ask_go_on (self);
}

/* --- the channels there are --------------------------------------------------------------------------------- */

static GPtrArray *
list_one (HearthChannel *channel)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_channel_unref);

  g_ptr_array_add (list, hearth_channel_ref (channel));
  return list;
}

/* Asks the channel that is meant in place of the one that was given, if there is one. */
static gboolean
take_meant (HearthModelAsk *self,
            GPtrArray      *channels,
            GError        **error)
{
  HearthChannel *meant = _hearth_channel_find_meant (self->fixed, channels, error);

  if (meant == NULL)
    return FALSE;
  self->known = list_one (meant);
  if (meant != self->fixed)
    g_clear_pointer (&self->fixed, hearth_channel_unref);
  return TRUE;
}

/* Holds a reference: the source answers in any case. */
static void
channels_cb (GPtrArray    *channels,
             const char   *preferred,
             const GError *error,
             gpointer      user_data)
{
  g_autoptr (HearthModelAsk) self = user_data;
  g_autoptr (GError) reason = NULL;

  if (self->ended)
    return;
  if (channels == NULL)
    {
      reason = hearth_model_error_new_sentence (HEARTH_MODEL_ERROR_NO_CHANNEL, error->message, NULL, NULL, 0, 0);
      _hearth_model_ask_end (self, NULL, NULL, NULL, reason);
      return;
    }
  if (self->fixed == NULL)
    {
      self->known = g_ptr_array_ref (channels);
      self->preferred = g_strdup (preferred);
    }
  else if (!take_meant (self, channels, &reason))
    {
      _hearth_model_ask_end (self, NULL, NULL, NULL, reason);
      return;
    }
  begin_round (self);
}

/* A model of our own is nobody else's, even though many channels say that they have any. */
static HearthChannel *
find_own_channel (HearthModelAsk *self)
{
  GPtrArray *own = self->router->own_channels;

  for (guint i = 0; i < own->len; i++)
    if (hearth_channel_has_model (g_ptr_array_index (own, i), self->question.model))
      return g_ptr_array_index (own, i);
  return NULL;
}

static gboolean
begin_cb (gpointer data)
{
  HearthModelAsk *self = data;
  HearthModelRouter *router = self->router;
  HearthChannel *own = self->fixed != NULL ? self->fixed : find_own_channel (self);

  self->idle = 0;
  if (own != NULL && (!_hearth_channel_may_mean_another (self->fixed, self->fixed_key) || router->source == NULL))
    {
      self->known = list_one (own);
      begin_round (self);
    }
  else if (router->source != NULL)
    router->source->load_channels (router->owner, self->question.model, channels_cb, _hearth_model_ask_ref (self));
  else
    {
      self->known = g_ptr_array_new ();
      begin_round (self);
    }
  return G_SOURCE_REMOVE;
}

void
_hearth_model_ask_begin (HearthModelAsk *self)
{
  self->prompt_tokens = _hearth_token_estimate (&self->question);
  self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, begin_cb, self, NULL);
  g_source_set_name_by_id (self->idle, "[hearth] a question to a model");
}
