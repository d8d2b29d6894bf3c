/* hearth-model-call-ask.c: what goes out of a call
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-model-call-private.h"

/* A model that is given much to read, or that thinks without telling, takes minutes. */
#define STREAM_FIRST_BYTE_MS (3 * 60 * 1000)
#define WHOLE_FIRST_BYTE_MS (10 * 60 * 1000)
#define LIST_FIRST_BYTE_MS (20 * 1000)
#define IDLE_MS (3 * 60 * 1000)

/* The channel's own on top; one that has the name of the key's takes its place. */
static HearthValue *
dup_headers (HearthModelCall *self)
{
  HearthValue *own = self->channel->headers;
  g_autoptr (HearthValue) headers = hearth_value_overlay (self->message.headers, NULL);

  for (gsize i = 0; hearth_value_is (own, OBJECT) && i < hearth_value_get_length (own); i++)
    {
      const char *name = hearth_value_key_at (own, i);
      HearthValue *value = hearth_value_member_at (own, i);
      g_autoptr (HearthValue) before = g_steal_pointer (&headers);

      headers = hearth_value_is (value, STRING) ? hearth_value_with (before, name, value) : hearth_value_ref (before);
      if (self->message.secret_header != NULL && g_ascii_strcasecmp (name, self->message.secret_header) == 0)
        self->message.secret_header = NULL;
    }
  return g_steal_pointer (&headers);
}

static guint
get_first_byte_ms (HearthModelCall *self)
{
  if (self->channel->timeout_ms > 0)
    return self->channel->timeout_ms;
  if (self->purpose == HEARTH_CALL_MODELS)
    return LIST_FIRST_BYTE_MS;
  return self->wants_stream ? STREAM_FIRST_BYTE_MS : WHOLE_FIRST_BYTE_MS;
}

static void
send (HearthModelCall *self,
      GBytes          *body)
{
  g_autoptr (HearthValue) headers = dup_headers (self);
  HearthOutsideRequest request = {
    .method = self->message.method,
    .uri = self->message.uri,
    .headers = headers,
    .secret = self->message.secret_header != NULL ? self->key : NULL,
    .secret_header = self->message.secret_header,
    .secret_prefix = self->message.secret_prefix,
    .body = body,
    .content_type = body != NULL ? "application/json" : NULL,
    .first_byte_ms = get_first_byte_ms (self),
    .idle_ms = IDLE_MS,
  };

  self->exchange = hearth_outside_send (self->outside, &request, &_hearth_model_call_exchange_events, self);
  if (self->is_paused)
    hearth_exchange_pause (self->exchange);
}

static void
printed_cb (GBytes  *text,
            gpointer user_data)
{
  HearthModelCall *self = user_data;

  _hearth_model_call_set_job (self, NULL);
  send (self, text);
}

gboolean
_hearth_model_call_write_less (HearthModelCall *self,
                               const GError    *error)
{
  const HearthProvider *provider = self->channel->provider;
  HearthValue *less = provider->write_less != NULL ? provider->write_less (self->message.body, error) : NULL;

  if (less == NULL)
    return FALSE;
  hearth_value_unref (self->message.body);
  self->message.body = less;
  return TRUE;
}

void
_hearth_model_call_take_refusals (HearthModelCall *self,
                                  GPtrArray       *refusals)
{
  self->refusals = refusals != NULL ? g_ptr_array_ref (refusals) : NULL;
  for (guint i = 0; refusals != NULL && self->message.body != NULL && i < refusals->len; i++)
    _hearth_model_call_write_less (self, g_ptr_array_index (refusals, i));
}

void
_hearth_model_call_ask (HearthModelCall *self)
{
  self->n_asked++;
  if (self->message.body == NULL)
    send (self, NULL);
  else
    _hearth_model_call_set_job (self, _hearth_json_job_print (self->message.body, printed_cb, self));
}
