/* hearth-sender.h: messages on their way to one page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They arrive in the order in which they are sent; none is dropped. While much waits for a page that reads slowly, the
 * text of streams comes in fewer pieces (hearth-outbox.h); one that does not read while far too much waits is cut off.
 * What is large goes in several frames.
 */

#pragma once

#include "hearth-connection.h"

G_BEGIN_DECLS

typedef struct _HearthSender HearthSender;

/* @below carries @connection. */
HearthSender *hearth_sender_new  (SoupWebsocketConnection *connection,
                                  HearthConnection        *below);
void          hearth_sender_free (HearthSender            *self);
/* @whole: the same text, which is not copied then; or NULL. Nothing happens when the connection is ending. */
void          hearth_sender_send (HearthSender            *self,
                                  const char              *message,
                                  GBytes                  *whole);
void          hearth_sender_ping (HearthSender            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSender, hearth_sender_free)

G_END_DECLS
