/* world-entry.h: one entry of a world book, whoever wrote it (docs/nodes/world-books.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"
#include "world-key.h"

G_BEGIN_DECLS

/* Where the text goes; numbers of SillyTavern's files, but for the last two. */
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
  WORLD_IN_PERSONALITY,
  WORLD_IN_SCENARIO,
} WorldPosition;

/* How secondary keys count. */
typedef enum
{
  WORLD_AND_ANY = 0,
  WORLD_NOT_ALL = 1,
  WORLD_NOT_ANY = 2,
  WORLD_AND_ALL = 3,
} WorldLogic;

#define WORLD_FOR_EVER G_MAXINT32 /* of sticky and cooldown, in messages */

/* One entry in normal form. */
typedef struct
{
  GPtrArray     *keys;               /* of WorldKey */
  GPtrArray     *secondary;          /* of WorldKey */
  GPtrArray     *more_keys;          /* of such lists: one of each must be there, too */
  GPtrArray     *excluded_keys;      /* of WorldKey: none of these may */
  WorldKeyStyle  style;
  char          *content;
  char         **groups;             /* empty: it is alone */
  const char    *outlet;             /* borrowed, or NULL */
  HearthValue   *filter;             /* borrowed: characterFilter, or NULL */
  HearthValue   *triggers;           /* borrowed: kinds of answers it is for, or NULL */
  const char    *disables;           /* "main" or "jailbreak": what the preset says there is left out; or NULL */
  WorldLogic     logic;
  WorldPosition  position;
  WorldSight     sights;
  const char    *role;               /* "system", "user", "assistant" */
  gint64         order;
  gint64         depth;
  gint64         scan_depth;         /* -1: the book's */
  gint64         delay;              /* messages there must be */
  gint64         sticky;             /* it stays for so many messages; 0: none */
  gint64         cooldown;           /* it does not come again for so many */
  gint64         min_answers;
  gint64         every;              /* only after so many answers, and twice as many, ...; 0: always */
  gint64         greeting;           /* only with this one; -1: with any */
  gint64         recursion_level;    /* it waits for; 0: none */
  gint64         group_weight;
  double         probability;        /* 0 to 100 */
  guint          book;               /* which one it is of */
  guint          index;              /* in the order in which entries are looked at */
  gboolean       enabled;
  gboolean       constant;
  gboolean       selective;          /* secondary keys are looked at; else they only score */
  gboolean       excludes_recursion;
  gboolean       prevents_recursion;
  gboolean       group_override;
  gboolean       group_scoring;
  gboolean       ignores_budget;

  /* from message to message (world-time.c): numbers of messages, 0 for none */
  gint64         sticky_until;
  gint64         cooldown_until;

  /* while they are looked for (world-turn.c) */
  gboolean       is_sticky;
  gboolean       is_cooling;
  gboolean       active;
  gboolean       refused;            /* it will not be */
  guint          rank;               /* among those that are, as they came in */
  char          *text;               /* what it says, when it is active */
} WorldEntry;

/* What is read of @value, and where that says nothing of @book. Borrows from @value. */
WorldEntry  *world_entry_new          (HearthValue *book,
                                       HearthValue *value);
void         world_entry_free         (gpointer     data);

/* --- for the readers of files ---------------------------------------------------------------------------- */

/* Files of worlds write "scanDepth", books of cards "scan_depth", here or in their extensions. null is nothing. */
HearthValue *world_find_member        (HearthValue *object,
                                       const char  *camel,
                                       const char  *snake);
gint64       world_find_integer       (HearthValue *object,
                                       const char  *camel,
                                       const char  *snake,
                                       gint64       fallback);
gboolean     world_find_boolean       (HearthValue *object,
                                       const char  *camel,
                                       const char  *snake,
                                       gboolean     fallback);
/* Adds the texts between commas to @keys (of WorldKey). */
void         world_add_keys           (GPtrArray   *keys,
                                       const char  *list);
/* world-decorators.c: reads the settings in the first lines of the content, and takes them out. */
void         world_read_decorators    (WorldEntry  *self);

G_END_DECLS
