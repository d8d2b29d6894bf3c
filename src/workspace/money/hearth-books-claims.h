/* hearth-books-claims.h: what calls may take is made known to all processes of a data folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-ledger.h"
#include "hearth-workspace-private.h"

G_BEGIN_DECLS

/* A process shows that it lives by a lock on a file beside the database, which ends with it however it ends. */
typedef struct _HearthBooksClaims HearthBooksClaims;

/* Main thread. @process: our name in the tables. Nothing is written before the first claim. */
HearthBooksClaims *_hearth_books_claims_new  (HearthWorkspace   *workspace,
                                              const char        *process);
void               _hearth_books_claims_free (HearthBooksClaims *self);
/* For hearth_ledger_set_claims(), with a HearthBooksClaims as owner. */
extern const HearthClaims _hearth_books_claims;

G_END_DECLS
