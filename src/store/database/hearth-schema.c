/* hearth-schema.c: the tables of the SQLite file, and how an older file gets them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-database-private.h"

#include "hearth-data-dir.h"
#include "hearth-i18n.h"

/* storage.md 6.7: the tables of the reference, so that either program can use the file. */
static const char reference_tables[] =
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

/* Ours carry a name of their own, so that no table of the reference ever meets them. A run has a
 * number as well as an id because its steps, many to a run, name it again and again. */
static const char history_tables[] =
    "CREATE TABLE hearth_results (key blob PRIMARY KEY NOT NULL, type_id text NOT NULL, run_id text NOT NULL,"
    "  made_at integer NOT NULL, last_used integer NOT NULL, size integer NOT NULL, outputs text NOT NULL);"
    "CREATE INDEX hearth_results_last_used ON hearth_results (last_used, size);"
    "CREATE INDEX hearth_results_run_id ON hearth_results (run_id);"
    "CREATE TABLE hearth_last (workflow_id text NOT NULL, node_id text NOT NULL, key blob, set_at integer NOT NULL,"
    "  parts text NOT NULL, PRIMARY KEY (workflow_id, node_id)) WITHOUT ROWID;"
    "CREATE TABLE hearth_values (hash text PRIMARY KEY NOT NULL, size integer NOT NULL, content text NOT NULL);"
    "CREATE TABLE hearth_runs (number integer PRIMARY KEY, id text NOT NULL UNIQUE, workflow_id text,"
    "  workflow_name text, project_id text, status text NOT NULL, message text, submitted integer NOT NULL,"
    "  started integer NOT NULL, ended integer NOT NULL, duration real NOT NULL, process integer NOT NULL,"
    "  outputs text);"
    "CREATE INDEX hearth_runs_submitted ON hearth_runs (submitted);"
    "CREATE INDEX hearth_runs_workflow_id ON hearth_runs (workflow_id, submitted);"
    "CREATE TABLE hearth_steps (run integer NOT NULL, node_id text NOT NULL, place integer NOT NULL,"
    "  type_id text, state text NOT NULL, started integer NOT NULL, ended integer NOT NULL, duration real NOT NULL,"
    "  tries integer NOT NULL, reused integer NOT NULL, why text, error text, input text, output text,"
    "  PRIMARY KEY (run, node_id), FOREIGN KEY (run) REFERENCES hearth_runs(number) ON DELETE cascade);"
    "CREATE TABLE hearth_value_uses (run integer NOT NULL, hash text NOT NULL, PRIMARY KEY (run, hash),"
    "  FOREIGN KEY (run) REFERENCES hearth_runs(number) ON DELETE cascade) WITHOUT ROWID;"
    "CREATE INDEX hearth_value_uses_hash ON hearth_value_uses (hash);";

/* One row for each call to a model. Money in whole micro-units; NULL is what nobody knows. "process" is a
 * name that a process makes for itself when it starts. */
static const char usage_table[] =
    "CREATE TABLE hearth_usage (number integer PRIMARY KEY, time integer NOT NULL, day text NOT NULL,"
    "  process text NOT NULL, run_id text, node_id text, project_id text, channel_id text, provider text,"
    "  model text NOT NULL, prompt integer, completion integer, cached integer, cache_written integer,"
    "  reasoning integer, cost integer, most_cost integer, most_tokens integer NOT NULL, currency text NOT NULL,"
    "  duration integer NOT NULL, outcome text NOT NULL);"
    "CREATE INDEX hearth_usage_day ON hearth_usage (day, time);"
    "CREATE INDEX hearth_usage_project_id ON hearth_usage (project_id, time);"
    "CREATE INDEX hearth_usage_run_id ON hearth_usage (run_id, node_id);";

/* What the reference's channels have no columns for. */
static const char channel_tables[] =
    "CREATE TABLE hearth_channel_options (channel_id text PRIMARY KEY NOT NULL, user_id text NOT NULL,"
    "  weight integer, timeout_ms integer, preset text,"
    "  FOREIGN KEY (channel_id) REFERENCES api_channels(id) ON DELETE cascade);";

/* Calls to models that are on their way in any process, and the most that each can take; none while there is no ceiling that
 * several processes spend from. */
static const char reservations_table[] =
    "CREATE TABLE hearth_reservations (id text PRIMARY KEY NOT NULL, process text NOT NULL, day text NOT NULL,"
    "  project_id text, cost integer NOT NULL, tokens integer NOT NULL);";

/* From version to version: what a file of that version lacks. */
static const char *const steps[] = {
  reference_tables,
  history_tables,
  usage_table,
  channel_tables,
  reservations_table,
};

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
go_on (HearthSqliteConnection *connection,
       gint64                  version,
       GError                **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", (int) G_N_ELEMENTS (steps));

  for (gsize i = (gsize) version; i < G_N_ELEMENTS (steps); i++)
    if (!_hearth_sqlite_connection_execute (connection, steps[i], error))
      return FALSE;
  return _hearth_sqlite_connection_execute (connection, mark, error);
}

/* The version is read again inside the transaction: another process may have been quicker. */
static gboolean
make_tables (HearthSqliteConnection *connection,
             GError                **error)
{
  gint64 version;

  if (_hearth_sqlite_connection_execute (connection, "BEGIN IMMEDIATE", error)
      && read_version (connection, &version, error)
      && go_on (connection, version, error)
      && _hearth_sqlite_connection_execute (connection, "COMMIT", error))
    return TRUE;
  _hearth_sqlite_connection_execute (connection, "ROLLBACK", NULL);
  return FALSE;
}

gboolean
_hearth_schema_migrate (HearthSqliteConnection *connection,
                        const char             *path,
                        GError                **error)
{
  gint64 version;

  if (!read_version (connection, &version, error))
    return FALSE;
  if (version < 0 || version > (gint64) G_N_ELEMENTS (steps))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DATABASE,
                   _("“%s” was written by a newer version of Hearth. Install that version, or choose another data folder."),
                   path);
      return FALSE;
    }
  return version == (gint64) G_N_ELEMENTS (steps) || make_tables (connection, error);
}
