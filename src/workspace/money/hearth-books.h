/* hearth-books.h: what calls to models cost in this workspace: the ledger, its files and its table (docs/money.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-ledger.h"
#include "hearth-run.h"
#include "hearth-workspace-private.h"

G_BEGIN_DECLS

/* Main thread. Made and freed with the workspace, before its pools go. Every call that is settled is written into the
 * table; prices, ceilings and what was spent elsewhere come from the disk with _hearth_books_load(). */
HearthBooks  *_hearth_books_new         (HearthWorkspace *workspace);
void          _hearth_books_free        (HearthBooks     *self);
HearthLedger *_hearth_books_get_ledger  (HearthBooks     *self); /* borrowed */

/* Whether what is known of the disk is good enough for a run to begin: it was asked, and what other processes may have
 * spent matters to nobody or is not being read just now. */
gboolean      _hearth_books_are_loaded  (HearthBooks     *self);
/* This process has just written files that the next call is to be held to. */
void          _hearth_books_have_changed (HearthBooks    *self);
/* Looks at the disk again: files that changed, and calls of other processes. @loaded: afterwards, unless the workspace is
 * gone by then; or NULL. */
typedef void (*HearthBooksFunc) (gpointer user_data);
void          _hearth_books_load        (HearthBooks     *self,
                                         HearthBooksFunc  loaded,
                                         gpointer         user_data);
/* For a run that is replayed: prices and ceilings are ours, but what it spends was spent when it was recorded, and only
 * told. New reference. */
HearthLedger *_hearth_books_make_replay_ledger (HearthBooks   *self,
                                         HearthClock          *clock);
/* Before it starts. @ledger: ours, or one that was made for it. @ceilings: its own, or NULL. @continues: id of the run
 * that it goes on from, whose spending counts, or NULL. */
void          _hearth_books_open_run    (HearthBooks          *self,
                                         HearthRun            *run,
                                         HearthLedger         *ledger,
                                         const HearthCeilings *ceilings,
                                         const char           *continues);
/* Nobody asks for it any more. */
void          _hearth_books_close_run   (HearthBooks     *self,
                                         const char      *run_id);

G_END_DECLS
