/* hearth-database.c: opens the SQLite file and makes its tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-database-private.h"

struct _HearthDatabase
{
  gatomicrefcount ref_count;
  GMutex mutex;
  HearthSqliteConnection *connection; /* guarded by mutex */
  gint64 results_size;                /* guarded by mutex; bytes in hearth_results, or -1: to be counted */
};

/* NORMAL: a power cut may cost the last moments of the history, never the file. */
static const char pragmas[] =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON";

HearthDatabase *
hearth_database_open (const char *path,
                      GError    **error)
{
  g_autoptr (HearthSqliteConnection) connection = NULL;
  HearthDatabase *self;

  g_return_val_if_fail (path != NULL, NULL);

  connection = _hearth_sqlite_connection_open (path, error);
  if (connection == NULL
      || !_hearth_sqlite_connection_execute (connection, pragmas, error)
      || !_hearth_schema_migrate (connection, path, error))
    return NULL;
  self = g_new0 (HearthDatabase, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->connection = g_steal_pointer (&connection);
  self->results_size = -1;
  return self;
}

HearthDatabase *
hearth_database_ref (HearthDatabase *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
hearth_database_unref (HearthDatabase *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  _hearth_sqlite_connection_close (self->connection);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

HearthSqliteConnection *
_hearth_database_lock (HearthDatabase *self)
{
  g_mutex_lock (&self->mutex);
  return self->connection;
}

void
_hearth_database_unlock (HearthDatabase *self)
{
  g_mutex_unlock (&self->mutex);
}

HearthSqliteConnection *
_hearth_database_begin (HearthDatabase *self,
                        GError        **error)
{
  if (_hearth_sqlite_connection_execute (_hearth_database_lock (self), "BEGIN IMMEDIATE", error))
    return self->connection;
  _hearth_database_unlock (self);
  return NULL;
}

gboolean
_hearth_database_end (HearthDatabase *self,
                      gboolean        keep,
                      GError        **error)
{
  gboolean kept = keep && _hearth_sqlite_connection_execute (self->connection, "COMMIT", error);

  if (!kept)
    {
      _hearth_sqlite_connection_execute (self->connection, "ROLLBACK", NULL);
      self->results_size = -1;
    }
  _hearth_database_unlock (self);
  return kept;
}

gboolean
_hearth_database_erase_traces (HearthDatabase *self,
                               GError        **error)
{
  gboolean done = _hearth_sqlite_connection_execute (_hearth_database_lock (self),
                                                     "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", error);

  _hearth_database_unlock (self);
  return done;
}

gint64 *
_hearth_database_get_results_size (HearthDatabase *self)
{
  return &self->results_size;
}
