/* peer-talk.h: what a test says to the peer itself, past the models it plays
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-outside.h"

#include "await.h"
#include "parse.h"
#include "peer.h"

typedef struct
{
  GString *body;
  gboolean ended;
} PeerTalk;

static inline void
peer_talk_head_cb (guint        status,
                   HearthValue *headers,
                   gpointer     user_data)
{
  g_assert_cmpuint (status, ==, 200);
}

static inline void
peer_talk_data_cb (const char *bytes,
                   gsize       length,
                   gpointer    user_data)
{
  g_string_append_len (((PeerTalk *) user_data)->body, bytes, (gssize) length);
}

static inline void
peer_talk_ended_cb (const GError *error,
                    gpointer      user_data)
{
  g_assert_no_error (error);
  ((PeerTalk *) user_data)->ended = TRUE;
}

/* @body: JSON; NULL: GET. New reference. */
static inline HearthValue *
peer_talk (Peer          *self,
           HearthOutside *outside,
           const char    *path,
           const char    *body)
{
  static const HearthExchangeEvents events = { peer_talk_head_cb, peer_talk_data_cb, peer_talk_ended_cb };
  g_autofree char *uri = g_strconcat (self->base, path, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  HearthOutsideRequest request = { .method = body != NULL ? "POST" : "GET", .uri = uri, .body = bytes,
                                   .content_type = "application/json" };
  PeerTalk talk = { text, FALSE };

  hearth_outside_send (outside, &request, &events, &talk);
  AWAIT (talk.ended);
  return parse (text->str);
}
