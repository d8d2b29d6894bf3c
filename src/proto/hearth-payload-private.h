/* hearth-payload-private.h: the oddities of payloads, for the reader of payloads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-payload.h"

G_BEGIN_DECLS

/* The member under its name in payloads, else under its name in stored workflows (websocket.md 14).
 * A null counts as absent. Borrowed. */
HearthValue *_hearth_payload_member       (HearthValue  *object,
                                           const char   *key,
                                           const char   *stored_key);
/* Slot objects of a live preview made into their values (workflow-format.md 4.7). New. */
HearthValue *_hearth_payload_unwrap       (HearthValue  *inputs);
/* A set of the indices (as GUINT_TO_POINTER) of nodes that a later one of the same id replaces. */
GHashTable  *_hearth_payload_find_replaced (HearthValue *nodes);
/* An edge id no edge before it has; @used collects them. */
char        *_hearth_payload_edge_id      (HearthValue  *edge,
                                           GHashTable   *used);

G_END_DECLS
