/* hearth-message.h: chat messages and lists of them (nodes.md 4, CustomMessage)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* {"role": …, "content": …} */
HearthValue *hearth_message_new           (const char          *role,
                                           const char          *content);
/* At run time a message is any object that has both members. */
gboolean     hearth_message_is_valid      (const HearthValue   *value);
/* An array of nothing but messages; the empty one too. */
gboolean     hearth_message_list_is_valid (const HearthValue   *value);

/* Adds the messages found in @value to @list: one message, an array of them, or either as JSON
 * text; what is neither is left out (nodes.md 5.3, MergeMessages). FALSE with @error only for
 * text that is not JSON; nothing is added then. */
gboolean     hearth_message_list_collect  (HearthBuilder       *list,
                                           HearthValue         *value,
                                           GError             **error);

G_END_DECLS
