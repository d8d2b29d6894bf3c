/* hearth-database.c: opens the SQLite file and makes its tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-database-private.h"

#include "hearth-data-dir.h"
#include "hearth-i18n.h"

#define SCHEMA_VERSION 1

struct _HearthDatabase
{
  gatomicrefcount ref_count;
  GMutex mutex;
  HearthSqliteConnection *connection; /* guarded by mutex */
};

/* storage.md 6.7: the tables of the reference, so that either program can use the file. */
static const char schema[] =
    "CREATE TABLE IF NOT EXISTS users (uid text PRIMARY KEY NOT NULL, username text NOT NULL,"
    "  password_hash text, avatar_url text, is_admin integer DEFAULT false NOT NULL,"
    "  created_at text NOT NULL, updated_at text);"
    "CREATE UNIQUE INDEX IF NOT EXISTS users_username_unique ON users (username);"
    "CREATE TABLE IF NOT EXISTS service_api_keys (id text PRIMARY KEY NOT NULL, user_id text NOT NULL,"
    "  name text, prefix text NOT NULL, hashed_key text NOT NULL, scopes text,"
    "  created_at text NOT NULL, last_used_at text,"
    "  FOREIGN KEY (user_id) REFERENCES users(uid) ON DELETE cascade);"
    "CREATE UNIQUE INDEX IF NOT EXISTS service_api_keys_hashed_key_unique ON service_api_keys (hashed_key);"
    "CREATE TABLE IF NOT EXISTS external_credentials (id text PRIMARY KEY NOT NULL, user_id text NOT NULL,"
    "  service_name text NOT NULL, display_name text, display_hint text,"
    "  encrypted_credential text NOT NULL, created_at text NOT NULL,"
    "  FOREIGN KEY (user_id) REFERENCES users(uid) ON DELETE cascade);"
    "CREATE TABLE IF NOT EXISTS api_channels (id text PRIMARY KEY NOT NULL, user_id text NOT NULL,"
    "  label text NOT NULL, provider_id text, adapter_type text, base_url text NOT NULL,"
    "  api_key text NOT NULL, storage_mode text DEFAULT 'plaintext' NOT NULL, custom_headers text,"
    "  model_list_endpoint text, supported_models text, disabled integer DEFAULT false,"
    "  created_at text NOT NULL, FOREIGN KEY (user_id) REFERENCES users(uid) ON DELETE cascade);"
    "CREATE TABLE IF NOT EXISTS activated_models (model_id text PRIMARY KEY NOT NULL, user_id text NOT NULL,"
    "  display_name text NOT NULL, capabilities text NOT NULL, model_type text DEFAULT 'unknown',"
    "  group_name text, icon text, default_channel_id text, tags text, tokenizer_id text,"
    "  created_at text NOT NULL, FOREIGN KEY (user_id) REFERENCES users(uid) ON DELETE cascade);";

static gboolean
read_version (HearthSqliteConnection *connection,
              gint64                 *version,
              GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement =
      _hearth_sqlite_statement_new (connection, "PRAGMA user_version", error);

  if (statement == NULL || _hearth_sqlite_statement_step (statement, error) != HEARTH_SQLITE_ROW)
    return FALSE;
  *version = _hearth_sqlite_statement_get_integer (statement, 0);
  return TRUE;
}

static gboolean
make_tables (HearthSqliteConnection *connection,
             GError                **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", SCHEMA_VERSION);

  if (_hearth_sqlite_connection_execute (connection, "BEGIN IMMEDIATE", error)
      && _hearth_sqlite_connection_execute (connection, schema, error)
      && _hearth_sqlite_connection_execute (connection, mark, error)
      && _hearth_sqlite_connection_execute (connection, "COMMIT", error))
    return TRUE;
  _hearth_sqlite_connection_execute (connection, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
migrate (HearthSqliteConnection *connection,
         const char             *path,
         GError                **error)
{
  gint64 version;

  if (!read_version (connection, &version, error))
    return FALSE;
  if (version > SCHEMA_VERSION)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DATABASE,
                   _("“%s” was written by a newer version of Hearth. Install that version, or choose another data folder."),
                   path);
      return FALSE;
    }
  return version == SCHEMA_VERSION || make_tables (connection, error);
}

HearthDatabase *
hearth_database_open (const char *path,
                      GError    **error)
{
  g_autoptr (HearthSqliteConnection) connection = NULL;
  HearthDatabase *self;

  g_return_val_if_fail (path != NULL, NULL);

  connection = _hearth_sqlite_connection_open (path, error);
  if (connection == NULL
      || !_hearth_sqlite_connection_execute (connection, "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON", error)
      || !migrate (connection, path, error))
    return NULL;
  self = g_new0 (HearthDatabase, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->connection = g_steal_pointer (&connection);
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
