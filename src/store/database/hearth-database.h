/* hearth-database.h: the SQLite file and its users table (storage.md 6)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HearthDatabase:
 *
 * One connection behind a lock of its own; every call below may be made from any thread, blocks
 * the caller and is therefore meant for worker threads. The schema is made and migrated on opening
 * (PRAGMA user_version; WAL; foreign keys on; mode 0600).
 */
typedef struct _HearthDatabase HearthDatabase;

HearthDatabase *hearth_database_open        (const char      *path,      /* ":memory:" for tests */
                                             GError         **error);
HearthDatabase *hearth_database_ref         (HearthDatabase  *self);
void            hearth_database_unref       (HearthDatabase  *self);

/* The row as http-api.md 5 sends it (uid, username, isAdmin, createdAt, avatarUrl?). The default
 * user is made when missing. */
HearthValue    *hearth_users_table_get      (HearthDatabase  *self,
                                             const char      *uid,
                                             GError         **error);
gboolean        hearth_users_table_set_name (HearthDatabase  *self,
                                             const char      *uid,
                                             const char      *name,
                                             GError         **error);
/* @url NULL: none. */
gboolean        hearth_users_table_set_avatar (HearthDatabase *self,
                                             const char      *uid,
                                             const char      *url,
                                             GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthDatabase, hearth_database_unref)

G_END_DECLS
