/* world-book.h: world books as the context builder sees them, whoever wrote them (docs/nodes/context-builder.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* Where the text goes; numbers of SillyTavern's files. */
typedef enum
{
  WORLD_BEFORE_CHARACTER = 0,
  WORLD_AFTER_CHARACTER  = 1,
  WORLD_BEFORE_NOTE      = 2,
  WORLD_AFTER_NOTE       = 3,
  WORLD_AT_DEPTH         = 4,
  WORLD_BEFORE_EXAMPLES  = 5,
  WORLD_AFTER_EXAMPLES   = 6,
  WORLD_OUTLET           = 7,
} WorldPosition;

/* How secondary keys count. */
typedef enum
{
  WORLD_AND_ANY = 0,
  WORLD_NOT_ALL = 1,
  WORLD_NOT_ANY = 2,
  WORLD_AND_ALL = 3,
} WorldLogic;

/* One entry in normal form. */
typedef struct
{
  char         **keys;            /* trimmed, none empty */
  char         **secondary;       /* empty when it is not selective */
  char          *content;
  char          *group;           /* or NULL */
  const char    *outlet;          /* borrowed, or NULL */
  HearthValue   *filter;          /* borrowed: characterFilter, or NULL */
  WorldLogic     logic;
  WorldPosition  position;
  const char    *role;            /* "system", "user", "assistant" */
  gint64         order;
  gint64         depth;
  gint64         scan_depth;
  gint64         delay;           /* messages there must be */
  gint64         group_weight;
  double         probability;     /* 0 to 100 */
  guint          book;            /* which one it is of */
  guint          index;           /* in the order in which entries are looked at */
  gboolean       enabled;
  gboolean       constant;
  gboolean       is_pattern;      /* all its keys are regular expressions */
  gboolean       case_sensitive;
  gboolean       whole_words;
  gboolean       excludes_recursion;
  gboolean       prevents_recursion;
  gboolean       awaits_recursion;
  gboolean       group_override;
  gboolean       ignores_budget;
  gboolean       active;          /* while they are looked for: it is in ... */
  gboolean       refused;         /* ... or will not be */
} WorldEntry;

typedef struct
{
  HearthValue *value;             /* borrowed: the object that has `entries` */
  gint64       budget;            /* tokens, or -1 */
} WorldBook;

void       world_entry_free (gpointer      data);
/* The book in @value: a book itself, a list of entries, or a card that has one. */
WorldBook  world_book_find  (HearthValue  *value);
/* Adds all entries of @self to @entries (of WorldEntry) in the order in which they are looked at. Entries borrow
 * from the book's value. */
void       world_book_read  (const WorldBook *self,
                             guint            number,
                             GPtrArray       *entries);

G_END_DECLS
