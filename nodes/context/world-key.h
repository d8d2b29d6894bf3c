/* world-key.h: the words of world books, and whether a conversation has them (docs/nodes/world-books.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "macros.h"
#include "world-chat.h"

G_BEGIN_DECLS

typedef struct _WorldKey WorldKey;

/* How the keys of one entry are compared. */
typedef struct
{
  gboolean case_sensitive;
  gboolean whole_words;
  gboolean is_pattern;  /* all are regular expressions, not only those between slashes */
} WorldKeyStyle;

/* @raw: as the book has it, with its macros. */
WorldKey *world_key_new     (const char          *raw);
void      world_key_free    (gpointer             data);
/* Before it is looked for: macros are filled in, patterns compiled. */
void      world_key_prepare (WorldKey            *self,
                             const WorldKeyStyle *style,
                             HearthMacros        *macros);
/* Is it in what @view shows? A pattern that is none, or takes too long, is in nothing. Not for other chats or styles
 * than the first time. */
gboolean  world_key_is_in   (WorldKey            *self,
                             const WorldKeyStyle *style,
                             WorldView           *view);

G_END_DECLS
