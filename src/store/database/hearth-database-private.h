/* hearth-database-private.h: the database for the tables of this room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-database.h"
#include "hearth-sqlite-statement.h"

G_BEGIN_DECLS

/* Between the two the connection is the caller's alone. */
HearthSqliteConnection *_hearth_database_lock   (HearthDatabase *self);
void                    _hearth_database_unlock (HearthDatabase *self);
/* The same around a transaction; NULL with @error, and then there is nothing to end. What is not
 * to be kept is rolled back; that also counts as FALSE. */
HearthSqliteConnection *_hearth_database_begin  (HearthDatabase *self,
                                                 GError        **error);
gboolean                _hearth_database_end    (HearthDatabase *self,
                                                 gboolean        keep,
                                                 GError        **error);
/* What was deleted or overwritten before is in no page and no journal of the file any more. Writes the
 * file anew as a whole. */
gboolean                _hearth_database_erase_traces (HearthDatabase *self,
                                                 GError        **error);
/* Between lock and unlock: what the kept results take, or -1 when that must be counted anew. */
gint64                 *_hearth_database_get_results_size (HearthDatabase *self);

/* hearth-reservations-table.c: inside of a lock or transaction. */
gboolean                _hearth_reservations_drop (HearthSqliteConnection *connection,
                                                 const char             *id,
                                                 GError                **error);

/* hearth-schema.c: makes the tables, or those that a file of an older version lacks. */
gboolean                _hearth_schema_migrate  (HearthSqliteConnection *connection,
                                                 const char             *path,
                                                 GError                **error);

G_END_DECLS
