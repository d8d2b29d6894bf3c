/* hearth-outside-private.h: what the files of this room share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "hearth-outside.h"

G_BEGIN_DECLS

/* Below drawing, as the engine's own work: a stream that never ends leaves the window alive. */
#define HEARTH_OUTSIDE_PRIORITY G_PRIORITY_DEFAULT_IDLE

/* --- requests: checked copies ----------------------------------------------------------------- */

typedef struct
{
  char         *method;
  GUri         *uri;
  HearthValue  *headers;        /* an object of strings */
  HearthSecret *secret;         /* or NULL */
  char         *secret_header;  /* set when there is a secret */
  char         *secret_prefix;
  GBytes       *body;           /* or NULL */
  char         *content_type;
  guint         first_byte_ms;
  guint         idle_ms;
  gsize         max_bytes;
} HearthSent;

/* NULL with HEARTH_OUTSIDE_ERROR_ADDRESS. */
HearthSent    *_hearth_sent_new          (const HearthOutsideRequest *request,
                                          GError                    **error);
void           _hearth_sent_free         (HearthSent                 *self);
SoupMessage   *_hearth_sent_make_message (HearthSent                 *self);
/* Whether the answer @message only names a place that may be asked instead; @self then asks there. */
gboolean       _hearth_sent_follow       (HearthSent                 *self,
                                          SoupMessage                *message);
/* "example.org" or "localhost:8080" */
char          *_hearth_sent_dup_place    (HearthSent                 *self);
gboolean       _hearth_sent_is_near      (HearthSent                 *self); /* this machine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSent, _hearth_sent_free)

/* --- errors ------------------------------------------------------------------------------------- */

/* What libsoup or GIO said, in our domain. @has_head: the answer had begun. */
GError        *_hearth_outside_error_translate (const GError *error,
                                                const char   *place,
                                                gboolean      has_head);

/* --- sockets ------------------------------------------------------------------------------------ */

/* Before @message is sent. */
void           _hearth_socket_table_watch   (SoupSession *session,
                                             SoupMessage *message);
/* After its head has come. Borrowed, or NULL. */
GSocket       *_hearth_socket_table_lookup  (SoupSession *session,
                                             SoupMessage *message);
/* Whether the body that has just ended, did so because the other side has gone. */
gboolean       _hearth_socket_table_was_cut (GSocket     *socket,
                                             SoupMessage *message);

/* --- exchanges ---------------------------------------------------------------------------------- */

/* Takes @sent. */
HearthExchange *_hearth_exchange_new        (SoupSession                *session,
                                             HearthSent                 *sent,
                                             const HearthExchangeEvents *events,
                                             gpointer                    user_data);
/* Only tells @error (taken) as its end. */
HearthExchange *_hearth_exchange_new_failed (GError                     *error,
                                             const HearthExchangeEvents *events,
                                             gpointer                    user_data);

G_END_DECLS
