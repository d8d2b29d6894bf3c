/* hearth-sqlite-connection.c: an open SQLite file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-sqlite-connection.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-data-dir.h"
#include "hearth-i18n.h"

/* How long another program that has the same file open may hold us up. */
#define BUSY_TIMEOUT_MS 5000

struct _HearthSqliteConnection
{
  sqlite3 *handle;
  char *path;
};

gboolean
_hearth_sqlite_connection_fail (HearthSqliteConnection *self,
                                GError                **error)
{
  int code = sqlite3_errcode (self->handle);

  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DATABASE,
                 _("“%s” is damaged or not a database. Move it away; Hearth makes a new one when it is started again."),
                 self->path);
  else
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DATABASE,
                 _("The database “%s” cannot be used: %s. Check its permissions and the free space."), self->path,
                 sqlite3_errmsg (self->handle));
  return FALSE;
}

/* Keys of services lie in it, so it is made readable for its owner alone before anything is
 * written; SQLite gives its side files the same rights. */
static gboolean
make_private (const char *path,
              GError    **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  gboolean made = fd >= 0 && fchmod (fd, 0600) == 0;

  if (!made)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DATABASE,
                 _("The database “%s” cannot be opened: %s. Check the folder's permissions."), path,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return made;
}

HearthSqliteConnection *
_hearth_sqlite_connection_open (const char *path,
                                GError    **error)
{
  g_autoptr (HearthSqliteConnection) self = NULL;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  if (!g_str_equal (path, ":memory:") && !make_private (path, error))
    return NULL;
  self = g_new0 (HearthSqliteConnection, 1);
  self->path = g_strdup (path);
  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK)
    {
      _hearth_sqlite_connection_fail (self, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  return g_steal_pointer (&self);
}

void
_hearth_sqlite_connection_close (HearthSqliteConnection *self)
{
  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  g_free (self);
}

gboolean
_hearth_sqlite_connection_execute (HearthSqliteConnection *self,
                                   const char             *sql,
                                   GError                **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  return _hearth_sqlite_connection_fail (self, error);
}

gint64
_hearth_sqlite_connection_count_changes (HearthSqliteConnection *self)
{
  return sqlite3_changes64 (self->handle);
}

gpointer
_hearth_sqlite_connection_get_handle (HearthSqliteConnection *self)
{
  return self->handle;
}
