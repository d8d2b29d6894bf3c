/* calling.h: calls of models at tests/llm/peer.py, with what was heard of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-model-call.h"

#include "await.h"
#include "deltas.h"
#include "parse.h"
#include "peer.h"

#define RIGHT_KEY "sk-right-key-0123"

typedef struct
{
  Peer peer;
  HearthOutside *outside;
  HearthChannel *channel;
  HearthSecret *key;
  HearthModelCall *call; /* NULL: it has ended */
  guint n_deltas;
  guint cancel_at; /* that delta; 0: never */
  guint pause_at;
  GString *heard;
  HearthValue *value; /* the answer, or a list */
  HearthUsage usage;
  char *text;
  char *finish;
  GError *error;
} Calling;

static inline void
calling_forget (Calling *self)
{
  g_string_truncate (self->heard, 0);
  g_clear_pointer (&self->value, hearth_value_unref);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->finish, g_free);
  g_clear_error (&self->error);
  self->n_deltas = 0;
}

/* @path: of the base URL at the peer */
static inline void
calling_use (Calling    *self,
             const char *provider,
             const char *path)
{
  g_autofree char *base = g_strconcat (self->peer.base, path, NULL);

  g_clear_pointer (&self->channel, hearth_channel_unref);
  self->channel = hearth_channel_new (hearth_providers_lookup (provider), base);
}

static inline void
calling_set_up (Calling      *self,
                gconstpointer unused)
{
  peer_start (&self->peer, NULL);
  self->outside = hearth_outside_new ();
  self->key = hearth_secret_new (RIGHT_KEY);
  self->heard = g_string_new (NULL);
  calling_use (self, "openai", "/v1");
}

static inline void
calling_tear_down (Calling      *self,
                   gconstpointer unused)
{
  calling_forget (self);
  g_string_free (self->heard, TRUE);
  g_clear_pointer (&self->channel, hearth_channel_unref);
  g_clear_pointer (&self->key, hearth_secret_unref);
  g_clear_object (&self->outside);
  peer_stop (&self->peer);
}

static inline void
calling_delta_cb (HearthAnswer      *answer,
                  const HearthDelta *delta,
                  gpointer           user_data)
{
  Calling *self = user_data;

  g_assert_nonnull (self->call);
  heard_add (self->heard, delta);
  self->n_deltas++;
  if (self->n_deltas == self->pause_at)
    hearth_model_call_pause (self->call);
  if (self->n_deltas == self->cancel_at)
    g_clear_pointer (&self->call, hearth_model_call_cancel);
}

static inline void
calling_ended_cb (HearthAnswer *answer,
                  const GError *error,
                  gpointer      user_data)
{
  Calling *self = user_data;

  g_assert_nonnull (self->call);
  self->call = NULL;
  self->value = hearth_answer_to_value (answer);
  self->text = g_strdup (hearth_answer_get_text (answer));
  self->finish = g_strdup (hearth_answer_get_finish (answer));
  self->usage = *hearth_answer_get_usage (answer);
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static inline void
calling_value_cb (HearthValue       *value,
                  const HearthUsage *usage,
                  const GError      *error,
                  gpointer           user_data)
{
  Calling *self = user_data;

  g_assert_nonnull (self->call);
  g_assert_true ((value == NULL) == (error != NULL));
  self->call = NULL;
  self->value = hearth_value_ref_or_null (value);
  self->usage = *usage;
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static inline void
calling_begin (Calling                  *self,
               const HearthModelRequest *request)
{
  static const HearthModelEvents events = { .delta = calling_delta_cb, .ended = calling_ended_cb };

  calling_forget (self);
  self->call = hearth_model_call_start (self->outside, self->channel, self->key, request, NULL, &events, self);
}

/* @text: what the user says; @params: an object as text, or NULL */
static inline void
calling_begin_text (Calling    *self,
                    const char *model,
                    const char *text,
                    const char *params,
                    gboolean    stream)
{
  g_autoptr (HearthValue) message = hearth_value_object ("role", hearth_value_string ("user"), "content", hearth_value_string (text), NULL);
  g_autoptr (HearthValue) messages = hearth_value_array (&message, 1);
  g_autoptr (HearthValue) own = params != NULL ? parse (params) : NULL;

  calling_begin (self, &(HearthModelRequest){ .model = model, .messages = messages, .params = own, .stream = stream });
}

static inline void
calling_ask (Calling    *self,
             const char *model,
             const char *text,
             const char *params,
             gboolean    stream)
{
  calling_begin_text (self, model, text, params, stream);
  AWAIT (self->call == NULL);
}

/* The script is what the service plays (peer.py, class Script). */
static inline void
calling_play (Calling    *self,
              const char *script,
              gboolean    stream)
{
  g_autofree char *params = g_strdup_printf ("{\"play\":%s}", script);

  calling_ask (self, "parrot", "x", params, stream);
}

static inline void
calling_list (Calling *self)
{
  calling_forget (self);
  self->call = hearth_model_call_list (self->outside, self->channel, self->key, calling_value_cb, self);
  AWAIT (self->call == NULL);
}

static inline void
calling_embed (Calling    *self,
               const char *model,
               const char *texts)
{
  g_autoptr (HearthValue) list = parse (texts);

  calling_forget (self);
  self->call = hearth_model_call_embed (self->outside, self->channel, self->key, model, list, calling_value_cb, self);
  AWAIT (self->call == NULL);
}
