/* hearth-sqlite-connection.h: an open SQLite file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Not safe for threads by itself; HearthDatabase guards it. */
typedef struct _HearthSqliteConnection HearthSqliteConnection;

HearthSqliteConnection *_hearth_sqlite_connection_open           (const char             *path,
                                                                  GError                **error);
void                    _hearth_sqlite_connection_close          (HearthSqliteConnection *self);
/* One or several statements without results. */
gboolean                _hearth_sqlite_connection_execute        (HearthSqliteConnection *self,
                                                                  const char             *sql,
                                                                  GError                **error);
gint64                  _hearth_sqlite_connection_count_changes  (HearthSqliteConnection *self);
/* The struct sqlite3, for statements. */
gpointer                _hearth_sqlite_connection_get_handle     (HearthSqliteConnection *self);
/* A sentence with the file and SQLite's own words. Returns FALSE. */
gboolean                _hearth_sqlite_connection_fail           (HearthSqliteConnection *self,
                                                                  GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthSqliteConnection, _hearth_sqlite_connection_close)

G_END_DECLS
