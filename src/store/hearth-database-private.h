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

G_END_DECLS
