/* world-scan.h: which entries of world books a conversation calls up (docs/nodes/world-books.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "macros.h"
#include "world-book.h"

G_BEGIN_DECLS

/**
 * WorldScan:
 * @entries: of WorldEntry, in the order in which they are looked at
 * @character, @tags: the name and the tags (an array, or NULL) that filters of entries look at
 * @kind: of the answer that is wanted, "normal" or another that entries may be for
 * @greeting: number of the one the conversation began with, or -1
 */
typedef struct
{
  WorldChat    *chat;
  GPtrArray    *entries;
  WorldBook    *books;
  guint         n_books;
  const char   *character;
  HearthValue  *tags;
  const char   *kind;
  gint64        greeting;
  HearthMacros *macros;
  HearthStep   *step;
} WorldScan;

/* Sets `active` of those entries that are called up now, and `text` to what they say. FALSE only when the step is
 * cancelled: a pattern that is none, or takes too long, calls up nothing. */
gboolean   world_scan        (WorldScan *self);
/* The active ones in the order in which they stand in a prompt; new array that borrows them. */
GPtrArray *world_list_active (GPtrArray *entries);

/* --- world-turn.c: one look, at the messages that there were at one time ------------------------------- */

typedef enum
{
  WORLD_LOOK_FIRST,
  WORLD_LOOK_AGAIN,     /* with the texts that came in */
  WORLD_LOOK_FURTHER,   /* at more messages, because too few came in */
} WorldLook;

typedef struct
{
  WorldScan    *scan;
  guint         length;     /* messages that there are */
  guint         n_answers;
  gboolean      is_past;    /* it only matters for what it leaves behind */
  guint64       seed;
  HearthMacros *macros;
  WorldLook     look;
  guint         round;
  guint         n_active;
  gint64        level;      /* of delayed recursion */
  gboolean      is_opened;  /* this look was only opened for the next level */
  guint         skew;       /* messages that are looked through besides */
  gint64       *left;       /* tokens of each book, or -1 */
  GString      *recursed;
  WorldText     recursed_text;
} WorldTurn;

gboolean   world_turn_run    (WorldTurn  *self);
/* What @entry sees now. */
WorldView  world_turn_show   (WorldTurn  *self,
                              WorldEntry *entry);
/* 0 to 1, the same for the same conversation. */
double     world_turn_draw   (WorldTurn  *self,
                              guint       number);

/* world-filter.c: may it come in at all now? */
gboolean   world_may_come    (WorldTurn  *self,
                              WorldEntry *entry);
/* world-groups.c: of each group at most one of @found (of WorldEntry) stays in it, if none is there already. */
void       world_settle_groups (WorldTurn *self,
                              GPtrArray  *found);

G_END_DECLS
