/* world-book.h: world books as the context builder sees them, whoever wrote them (docs/nodes/world-books.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "world-entry.h"

G_BEGIN_DECLS

typedef struct
{
  HearthValue *value;                 /* borrowed: the object that has `entries`, or the list of them; or NULL */
  gint64       budget;                /* tokens, or -1 */
  gint64       scan_depth;            /* messages */
  gint64       min_activations;       /* fewer entries, and more messages are looked through; 0: never */
  gint64       min_activations_depth; /* one more than so many messages at most, as in SillyTavern; 0: all */
  gboolean     recursive;             /* its entries are looked for in the texts of others, too */
  gint64       max_rounds;            /* of looking; 0: as many as there are */
} WorldBook;

/* The book in @value: a book itself, a list of entries, or a card that has one. */
WorldBook  world_book_find  (HearthValue     *value);
/* Adds all entries of @self to @entries (of WorldEntry) in the order in which they are looked at. Entries borrow
 * from the book's value. */
void       world_book_read  (const WorldBook *self,
                             guint            number,
                             GPtrArray       *entries);

G_END_DECLS
