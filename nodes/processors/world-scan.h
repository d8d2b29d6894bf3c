/* world-scan.h: which entries of world books a conversation calls up (docs/nodes/context-builder.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-step.h"
#include "macros.h"
#include "world-book.h"

G_BEGIN_DECLS

/**
 * WorldScan:
 * @texts: texts of the messages, newest first (of char *)
 * @character, @tags: the name and the tags (an array, or NULL) that filters of entries look at
 * @seed: what probabilities and weights are drawn by
 */
typedef struct
{
  GPtrArray    *texts;
  const char   *character;
  HearthValue  *tags;
  HearthMacros *macros;
  HearthStep   *step;
  guint64       seed;
} WorldScan;

/* Sets `active` of those of @entries (of WorldEntry, in the order in which they are looked at) that are called up, and
 * expands their content. @budgets: tokens of each book, or -1. FALSE only when the step is cancelled: a pattern that is
 * none, or takes too long, calls up nothing. */
gboolean   world_scan      (const WorldScan *self,
                            GPtrArray       *entries,
                            const gint64    *budgets,
                            guint            n_budgets);
/* The active ones in the order in which they stand in a prompt; new array that borrows them. */
GPtrArray *world_list_active (GPtrArray     *entries);

G_END_DECLS
