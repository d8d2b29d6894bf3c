/* hearth-sqlite-statement.c: one prepared statement
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-sqlite-statement.h"

#include <sqlite3.h>

struct _HearthSqliteStatement
{
  sqlite3_stmt *handle;
  HearthSqliteConnection *connection; /* borrowed from who made us */
};

HearthSqliteStatement *
_hearth_sqlite_statement_new (HearthSqliteConnection *connection,
                              const char             *sql,
                              GError                **error)
{
  HearthSqliteStatement *self;
  sqlite3_stmt *handle = NULL;

  if (sqlite3_prepare_v2 (_hearth_sqlite_connection_get_handle (connection), sql, -1, &handle, NULL) != SQLITE_OK)
    {
      _hearth_sqlite_connection_fail (connection, error);
      return NULL;
    }
  self = g_new0 (HearthSqliteStatement, 1);
  self->handle = handle;
  self->connection = connection;
  return self;
}

void
_hearth_sqlite_statement_free (HearthSqliteStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self);
}

/* Binding fails for a wrong index only, which is a mistake in our own SQL. */
static void
check_bound (HearthSqliteStatement *self,
             int                    code)
{
  if (code != SQLITE_OK)
    g_critical ("Binding a parameter of “%s” failed", sqlite3_sql (self->handle));
}

void
_hearth_sqlite_statement_bind_text (HearthSqliteStatement *self,
                                    int                    index,
                                    const char            *text)
{
  check_bound (self, sqlite3_bind_text (self->handle, index, text, -1, SQLITE_TRANSIENT));
}

void
_hearth_sqlite_statement_bind_integer (HearthSqliteStatement *self,
                                       int                    index,
                                       gint64                 value)
{
  check_bound (self, sqlite3_bind_int64 (self->handle, index, value));
}

void
_hearth_sqlite_statement_bind_double (HearthSqliteStatement *self,
                                      int                    index,
                                      double                 value)
{
  check_bound (self, sqlite3_bind_double (self->handle, index, value));
}

void
_hearth_sqlite_statement_bind_blob (HearthSqliteStatement *self,
                                    int                    index,
                                    gconstpointer          data,
                                    gsize                  length)
{
  check_bound (self, sqlite3_bind_blob64 (self->handle, index, data, length, SQLITE_TRANSIENT));
}

gboolean
_hearth_sqlite_statement_run (HearthSqliteStatement *self,
                              GError               **error)
{
  gboolean done = _hearth_sqlite_statement_step (self, error) != HEARTH_SQLITE_FAILED;

  _hearth_sqlite_statement_reset (self);
  return done;
}

/* What a failed step complained about is told once more by sqlite3_reset(), and was heard before. */
void
_hearth_sqlite_statement_reset (HearthSqliteStatement *self)
{
  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
}

HearthSqliteResult
_hearth_sqlite_statement_step (HearthSqliteStatement *self,
                               GError               **error)
{
  switch (sqlite3_step (self->handle))
    {
    case SQLITE_ROW:
      return HEARTH_SQLITE_ROW;
    case SQLITE_DONE:
      return HEARTH_SQLITE_DONE;
    default:
      _hearth_sqlite_connection_fail (self->connection, error);
      return HEARTH_SQLITE_FAILED;
    }
}

const char *
_hearth_sqlite_statement_get_text (HearthSqliteStatement *self,
                                   int                    column)
{
  return (const char *) sqlite3_column_text (self->handle, column);
}

gint64
_hearth_sqlite_statement_get_integer (HearthSqliteStatement *self,
                                      int                    column)
{
  return sqlite3_column_int64 (self->handle, column);
}

double
_hearth_sqlite_statement_get_double (HearthSqliteStatement *self,
                                     int                    column)
{
  return sqlite3_column_double (self->handle, column);
}

gconstpointer
_hearth_sqlite_statement_get_blob (HearthSqliteStatement *self,
                                   int                    column,
                                   gsize                 *length)
{
  gconstpointer data = sqlite3_column_blob (self->handle, column);

  *length = (gsize) sqlite3_column_bytes (self->handle, column);
  return data;
}

gboolean
_hearth_sqlite_statement_is_null (HearthSqliteStatement *self,
                                  int                    column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}
