/* hearth-model-call.c: one call to one channel, from its beginning to its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-call-private.h"

#include "hearth-i18n.h"

void
_hearth_model_call_wait (HearthModelCall *self,
                         guint            milliseconds,
                         HearthClockFunc  func)
{
  g_assert (self->timer == 0);

  self->timer = hearth_clock_add_timeout (hearth_outside_get_clock (self->outside), milliseconds, func, self);
}

void
_hearth_model_call_stop_waiting (HearthModelCall *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->timer != 0)
    hearth_clock_remove (hearth_outside_get_clock (self->outside), self->timer);
  self->timer = 0;
}

void
_hearth_model_call_set_job (HearthModelCall *self,
                            HearthJsonJob   *job)
{
  if (self->job == NULL && job != NULL)
    hearth_clock_hold (hearth_outside_get_clock (self->outside));
  else if (self->job != NULL && job == NULL)
    hearth_clock_release (hearth_outside_get_clock (self->outside));
  self->job = job;
}

static void
call_free (HearthModelCall *self)
{
  g_clear_pointer (&self->exchange, hearth_exchange_cancel);
  if (self->job != NULL)
    _hearth_json_job_cancel (self->job);
  _hearth_model_call_set_job (self, NULL);
  _hearth_model_call_stop_waiting (self);
  if (self->local != NULL)
    self->channel->provider->local->end (self->local);
  g_clear_error (&self->failure);
  hearth_provider_message_clear (&self->message);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  g_ptr_array_unref (self->refused);
  g_clear_pointer (&self->texts, hearth_value_unref);
  g_clear_pointer (&self->headers, hearth_value_unref);
  g_string_free (self->body, TRUE);
  g_clear_pointer (&self->lines, hearth_line_reader_free);
  hearth_answer_free (self->answer);
  g_clear_pointer (&self->key, hearth_secret_unref);
  hearth_channel_unref (self->channel);
  g_object_unref (self->outside);
  g_free (self);
}

void
_hearth_model_call_enter (HearthModelCall *self)
{
  self->depth++;
}

gboolean
_hearth_model_call_leave (HearthModelCall *self)
{
  g_assert (self->depth > 0);

  if (--self->depth == 0 && self->is_cancelled)
    {
      call_free (self);
      return FALSE;
    }
  return !self->is_cancelled;
}

/* --- the end ------------------------------------------------------------------------------------- */

void
_hearth_model_call_end (HearthModelCall   *self,
                        HearthValue       *value,
                        const HearthUsage *usage,
                        GError            *error)
{
  static const HearthUsage unknown = HEARTH_USAGE_UNKNOWN;
  g_autoptr (GError) masked = error != NULL ? _hearth_model_call_error_mask (self, error) : NULL;

  g_assert (self->depth == 0);

  g_clear_pointer (&self->exchange, hearth_exchange_cancel);
  if (masked == NULL && self->refusals != NULL)
    g_ptr_array_extend_and_steal (self->refusals, g_ptr_array_ref (self->refused));
  if (self->purpose == HEARTH_CALL_ANSWER)
    self->events.ended (self->answer, masked, self->user_data);
  else
    self->value_ended (masked == NULL ? value : NULL, usage != NULL ? usage : &unknown, masked, self->user_data);
  call_free (self);
}

static gboolean
fail_cb (gpointer user_data)
{
  HearthModelCall *self = user_data;

  self->source = 0;
  _hearth_model_call_end (self, NULL, NULL, g_steal_pointer (&self->failure));
  return G_SOURCE_REMOVE;
}

void
_hearth_model_call_fail_soon (HearthModelCall *self,
                              GError          *error)
{
  g_assert (error != NULL && self->source == 0);

  self->failure = error;
  self->source = g_idle_add_full (G_PRIORITY_DEFAULT, fail_cb, self, NULL);
}

/* --- public ------------------------------------------------------------------------------------------ */

static void
delta_cb (HearthAnswer      *answer,
          const HearthDelta *delta,
          gpointer           user_data)
{
  HearthModelCall *self = user_data;

  if (!self->is_cancelled && self->events.delta != NULL)
    self->events.delta (answer, delta, self->user_data);
}

static HearthModelCall *
call_new (HearthOutside    *outside,
          HearthChannel    *channel,
          HearthSecret     *key,
          HearthCallPurpose purpose,
          gpointer          user_data)
{
  HearthModelCall *self = g_new0 (HearthModelCall, 1);

  self->outside = g_object_ref (outside);
  self->channel = hearth_channel_ref (channel);
  self->key = key != NULL ? hearth_secret_ref (key) : NULL;
  self->purpose = purpose;
  self->user_data = user_data;
  self->body = g_string_new (NULL);
  self->refused = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  self->answer = hearth_answer_new (delta_cb, self);
  return self;
}

/* The message is written, or @error says why not. */
static void
go (HearthModelCall *self,
    gboolean         is_written,
    GError         **error)
{
  if (is_written)
    _hearth_model_call_ask (self);
  else
    _hearth_model_call_fail_soon (self, g_steal_pointer (error));
}

static void
fail_invalid (HearthModelCall *self,
              const char      *sentence)
{
  _hearth_model_call_fail_soon (self, g_error_new_literal (HEARTH_MODEL_ERROR, HEARTH_MODEL_ERROR_INVALID, sentence));
}

HearthModelCall *
hearth_model_call_start (HearthOutside            *outside,
                         HearthChannel            *channel,
                         HearthSecret             *key,
                         const HearthModelRequest *request,
                         GPtrArray                *refusals,
                         const HearthModelEvents  *events,
                         gpointer                  user_data)
{
  HearthModelCall *self;
  g_autoptr (GError) error = NULL;
  gboolean is_written;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (outside) && channel != NULL && request != NULL && events != NULL, NULL);
  g_return_val_if_fail (events->ended != NULL, NULL);

  self = call_new (outside, channel, key, HEARTH_CALL_ANSWER, user_data);
  self->events = *events;
  self->wants_stream = request->stream;
  if (channel->provider->local != NULL)
    {
      _hearth_model_call_local_start (self, request);
      return self;
    }
  is_written = channel->provider->write_request (channel, request, &self->message, &error);
  _hearth_model_call_take_refusals (self, refusals);
  go (self, is_written, &error);
  return self;
}

HearthModelCall *
hearth_model_call_list (HearthOutside       *outside,
                        HearthChannel       *channel,
                        HearthSecret        *key,
                        HearthModelValueFunc ended,
                        gpointer             user_data)
{
  HearthModelCall *self;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (outside) && channel != NULL && ended != NULL, NULL);

  self = call_new (outside, channel, key, HEARTH_CALL_MODELS, user_data);
  self->value_ended = ended;
  if (channel->provider->local != NULL)
    _hearth_model_call_local_start (self, NULL);
  else if (channel->provider->write_models == NULL)
    fail_invalid (self, _("This kind of service does not tell its models. Enter their names."));
  else
    go (self, channel->provider->write_models (channel, &self->message, &error), &error);
  return self;
}

HearthModelCall *
hearth_model_call_embed (HearthOutside       *outside,
                         HearthChannel       *channel,
                         HearthSecret        *key,
                         const char          *model,
                         HearthValue         *texts,
                         HearthModelValueFunc ended,
                         gpointer             user_data)
{
  HearthModelCall *self;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (HEARTH_IS_OUTSIDE (outside) && channel != NULL && model != NULL && ended != NULL, NULL);
  g_return_val_if_fail (hearth_value_is (texts, ARRAY) && hearth_value_get_length (texts) > 0, NULL);

  self = call_new (outside, channel, key, HEARTH_CALL_EMBED, user_data);
  self->value_ended = ended;
  self->texts = hearth_value_ref (texts);
  if (channel->provider->local != NULL && channel->provider->local->embed != NULL)
    _hearth_model_call_local_start (self, NULL);
  else if (channel->provider->write_embed == NULL)
    fail_invalid (self, _("This kind of service makes no embeddings. Choose a model of another."));
  else
    go (self, channel->provider->write_embed (channel, model, texts, &self->message, &error), &error);
  return self;
}

void
hearth_model_call_pause (HearthModelCall *self)
{
  g_return_if_fail (self != NULL && !self->is_cancelled);

  self->is_paused = TRUE;
  if (self->exchange == NULL)
    return;
  hearth_exchange_pause (self->exchange);
  _hearth_model_call_stop_waiting (self);
}

void
hearth_model_call_resume (HearthModelCall *self)
{
  g_return_if_fail (self != NULL && !self->is_cancelled);

  if (!self->is_paused)
    return;
  self->is_paused = FALSE;
  if (self->exchange != NULL)
    {
      hearth_exchange_resume (self->exchange);
      _hearth_model_call_watch_end (self);
    }
  else if (self->local != NULL)
    _hearth_model_call_local_go_on (self);
}

void
hearth_model_call_cancel (HearthModelCall *self)
{
  g_return_if_fail (self != NULL && !self->is_cancelled);

  self->is_cancelled = TRUE;
  g_clear_pointer (&self->exchange, hearth_exchange_cancel);
  if (self->depth == 0)
    call_free (self);
}
