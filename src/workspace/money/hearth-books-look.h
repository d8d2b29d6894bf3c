/* hearth-books-look.h: what the disk says of prices, ceilings and money spent
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-workspace-private.h"

G_BEGIN_DECLS

/**
 * HearthBooksLook:
 * @prices, @budget: as hearth-budget-file.h reads them; NULL: the same as the last time, or not readable
 * @days, @projects: sums of calls that other processes made today, and for each project; NULL: the same as the last time
 *
 * The rest is how it is known that something is the same.
 */
typedef struct
{
  HearthValue *prices;
  HearthValue *budget;
  HearthValue *days;
  HearthValue *projects;

  gint64 prices_stamp;
  gint64 budget_stamp;
  gint64 change;
  char *day;
} HearthBooksLook;

void _hearth_books_look_free (HearthBooksLook *self);

/* Main thread, unless the workspace is gone by then. Takes @look. */
typedef void (*HearthBooksLookFunc) (HearthBooksLook *look,
                                     HearthWorkspace *workspace);

/* Looks on the storage thread; the workspace is not kept alive by it. @last: what was seen last, or NULL. @process: our name
 * in the table of usage, whose calls the ledger knows anyway. */
void _hearth_books_look      (HearthWorkspace       *workspace,
                              const HearthBooksLook *last,
                              const char            *process,
                              HearthBooksLookFunc    looked);

G_END_DECLS
