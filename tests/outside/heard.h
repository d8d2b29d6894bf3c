/* heard.h: one call to the peer, and what was heard of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-outside.h"

#include "await.h"
#include "hearth-json.h"
#include "peer.h"

typedef struct
{
  Peer peer;
  HearthOutside *outside;
} Fixture;

/* One call and what was heard of it. */
typedef struct
{
  HearthExchange *exchange;
  guint status;
  HearthValue *headers;
  GString *body;
  guint n_pieces;
  gboolean ended;
  GError *error;

  guint pause_after; /* pieces; 0: never */
  gboolean cancels_at_head;
  gboolean cancels_at_data;
} Heard;

static inline void
heard_head_cb (guint        status,
               HearthValue *headers,
               gpointer     user_data)
{
  Heard *self = user_data;

  g_assert_cmpuint (self->status, ==, 0);
  self->status = status;
  self->headers = hearth_value_ref (headers);
  if (self->cancels_at_head)
    g_clear_pointer (&self->exchange, hearth_exchange_cancel);
}

static inline void
heard_data_cb (const char *bytes,
               gsize       length,
               gpointer    user_data)
{
  Heard *self = user_data;

  g_assert_cmpuint (self->status, !=, 0);
  g_assert_cmpuint (length, >, 0);
  g_assert_nonnull (self->exchange);
  g_string_append_len (self->body, bytes, (gssize) length);
  if (++self->n_pieces == self->pause_after)
    hearth_exchange_pause (self->exchange);
  if (self->cancels_at_data)
    g_clear_pointer (&self->exchange, hearth_exchange_cancel);
}

static inline void
heard_ended_cb (const GError *error,
                gpointer      user_data)
{
  Heard *self = user_data;

  g_assert_false (self->ended);
  self->ended = TRUE;
  self->exchange = NULL;
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static const HearthExchangeEvents heard_events = { heard_head_cb, heard_data_cb, heard_ended_cb };

static inline void
heard_clear (Heard *self)
{
  g_clear_pointer (&self->exchange, hearth_exchange_cancel);
  g_clear_pointer (&self->headers, hearth_value_unref);
  g_string_free (self->body, TRUE);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heard, heard_clear)

static inline void
send_request (Fixture              *self,
              Heard                *heard,
              const char           *path,
              HearthOutsideRequest *request)
{
  g_autofree char *uri = g_strconcat (self->peer.base, path, NULL);

  if (heard->body == NULL)
    heard->body = g_string_new (NULL);
  request->uri = uri;
  if (request->method == NULL)
    request->method = request->body != NULL ? "POST" : "GET";
  heard->exchange = hearth_outside_send (self->outside, request, &heard_events, heard);
  g_assert_nonnull (heard->exchange);
  g_assert_false (heard->ended);
}

/* @script of /play, as JSON; @request may say more. */
static inline void
send_script (Fixture              *self,
             Heard                *heard,
             const char           *script,
             HearthOutsideRequest *request)
{
  HearthOutsideRequest nothing = { 0 };

  if (request == NULL)
    request = &nothing;
  request->body = g_bytes_new (script, strlen (script));
  request->content_type = "application/json";
  send_request (self, heard, "/play", request);
  g_bytes_unref (request->body);
}

static inline void
play (Fixture              *self,
      Heard                *heard,
      const char           *script,
      HearthOutsideRequest *request)
{
  send_script (self, heard, script, request);
  AWAIT (heard->ended);
}

static inline void
get (Fixture    *self,
     Heard      *heard,
     const char *path)
{
  send_request (self, heard, path, &(HearthOutsideRequest) { 0 });
  AWAIT (heard->ended);
}

static inline HearthValue *
get_json (Fixture    *self,
          const char *path)
{
  g_auto (Heard) heard = { 0 };
  g_autoptr (GError) error = NULL;
  HearthValue *value;

  get (self, &heard, path);
  g_assert_no_error (heard.error);
  value = hearth_json_parse (heard.body->str, (gssize) heard.body->len, &error);
  g_assert_no_error (error);
  return value;
}

static inline void
set_up (Fixture      *self,
        gconstpointer data)
{
  peer_start (&self->peer, NULL);
  self->outside = hearth_outside_new ();
}

static inline void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_assert_finalize_object (self->outside);
  peer_stop (&self->peer);
}

#define assert_failed(heard, code) g_assert_error ((heard)->error, HEARTH_OUTSIDE_ERROR, HEARTH_OUTSIDE_ERROR_##code)
