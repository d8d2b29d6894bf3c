/* hearth-outbox.h: messages that wait for a client who reads slowly
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When much waits, pieces of text that belong to one stream become one piece: the text is the same,
 * what it is wrapped in is saved, which for short pieces is nearly all. Nothing is dropped. A piece
 * may go ahead of pieces of other streams, never of anything else, and the piece of an interface
 * output never ahead of the same piece of its node (websocket.md 6.4).
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HearthOutbox HearthOutbox;

/* @merge_above: as soon as more bytes than this wait. */
HearthOutbox *hearth_outbox_new       (gsize         merge_above);
void          hearth_outbox_free      (HearthOutbox *self);
/* Copies the text of a message as hearth-event-json.h writes them. */
void          hearth_outbox_push      (HearthOutbox *self,
                                       const char   *message);
/* The same for one that is large, which is not copied; a NUL is behind it. */
void          hearth_outbox_push_bytes (HearthOutbox *self,
                                        GBytes       *message);
/* The oldest message, with a NUL behind it; or NULL. */
GBytes       *hearth_outbox_pop       (HearthOutbox *self);
gboolean      hearth_outbox_is_empty  (HearthOutbox *self);
gsize         hearth_outbox_get_bytes (HearthOutbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthOutbox, hearth_outbox_free)

G_END_DECLS
