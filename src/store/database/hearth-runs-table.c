/* hearth-runs-table.c: the history of runs: what ran when, and what came out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-runs-table.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "hearth-history-private.h"

void
hearth_run_row_free (HearthRunRow *self)
{
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_free (self->id);
  g_free (self->workflow_id);
  g_free (self->workflow_name);
  g_free (self->project_id);
  g_free (self->status);
  g_free (self->message);
  g_free (self);
}

/* --- writing --------------------------------------------------------------------------------- */

static const char put_sql[] =
    "INSERT INTO hearth_runs (id, workflow_id, workflow_name, project_id, status, message, submitted, started, ended,"
    "  duration, process) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    " ON CONFLICT (id) DO UPDATE SET status = ?5, message = ?6, started = ?8, ended = ?9, duration = ?10";

static gboolean
put_run (HearthSqliteStatement *statement,
         HearthRunRow          *run,
         GError               **error)
{
  _hearth_sqlite_statement_bind_text (statement, 1, run->id);
  _hearth_sqlite_statement_bind_text (statement, 2, run->workflow_id);
  _hearth_sqlite_statement_bind_text (statement, 3, run->workflow_name);
  _hearth_sqlite_statement_bind_text (statement, 4, run->project_id);
  _hearth_sqlite_statement_bind_text (statement, 5, run->status);
  _hearth_sqlite_statement_bind_text (statement, 6, run->message);
  _hearth_sqlite_statement_bind_integer (statement, 7, run->submitted_ms);
  _hearth_sqlite_statement_bind_integer (statement, 8, run->started_ms);
  _hearth_sqlite_statement_bind_integer (statement, 9, run->ended_ms);
  _hearth_sqlite_statement_bind_double (statement, 10, run->duration_ms);
  _hearth_sqlite_statement_bind_integer (statement, 11, getpid ());
  return _hearth_sqlite_statement_run (statement, error);
}

gint64
_hearth_runs_table_find (HearthSqliteConnection *connection,
                         const char             *run_id,
                         GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement =
      _hearth_sqlite_statement_new (connection, "SELECT number FROM hearth_runs WHERE id = ?", error);

  if (statement == NULL)
    return 0;
  _hearth_sqlite_statement_bind_text (statement, 1, run_id);
  if (_hearth_sqlite_statement_step (statement, error) != HEARTH_SQLITE_ROW)
    return 0;
  return _hearth_sqlite_statement_get_integer (statement, 0);
}

/* Packed values belong to a run by its number, so the row is there before its outputs. */
static gboolean
put_outputs (HearthSqliteConnection *connection,
             HearthSqliteStatement  *statement,
             HearthValueWriter      *values,
             HearthRunRow           *run,
             GError                **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *outputs = NULL;
  gint64 number;

  if (run->outputs == NULL)
    return TRUE;
  number = _hearth_runs_table_find (connection, run->id, &reason);
  if (number != 0)
    outputs = _hearth_value_writer_pack (values, number, run->outputs, &reason);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  _hearth_sqlite_statement_bind_text (statement, 1, outputs);
  _hearth_sqlite_statement_bind_integer (statement, 2, number);
  return _hearth_sqlite_statement_run (statement, error);
}

static gboolean
put_runs (HearthSqliteConnection *connection,
          HearthValueWriter      *values,
          GPtrArray              *runs,
          GError                **error)
{
  g_autoptr (HearthSqliteStatement) run_statement = _hearth_sqlite_statement_new (connection, put_sql, error);
  g_autoptr (HearthSqliteStatement) outputs_statement = NULL;

  if (run_statement != NULL)
    outputs_statement =
        _hearth_sqlite_statement_new (connection, "UPDATE hearth_runs SET outputs = ? WHERE number = ?", error);
  for (guint i = 0; outputs_statement != NULL && i < runs->len; i++)
    if (!put_run (run_statement, g_ptr_array_index (runs, i), error)
        || !put_outputs (connection, outputs_statement, values, g_ptr_array_index (runs, i), error))
      return FALSE;
  return outputs_statement != NULL;
}

gboolean
hearth_runs_table_put (HearthDatabase *self,
                       GPtrArray      *runs,
                       GPtrArray      *steps,
                       GError        **error)
{
  HearthSqliteConnection *connection;
  HearthValueWriter *values;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (runs != NULL, FALSE);
  g_return_val_if_fail (steps != NULL, FALSE);

  connection = _hearth_database_begin (self, error);
  if (connection == NULL)
    return FALSE;
  values = _hearth_value_writer_new (connection, error);
  done = values != NULL && put_runs (connection, values, runs, error)
         && _hearth_steps_table_put (connection, values, steps, error);
  g_clear_pointer (&values, _hearth_value_writer_free);
  return _hearth_database_end (self, done, error);
}

/* --- forgetting -------------------------------------------------------------------------------- */

gboolean
hearth_runs_table_prune (HearthDatabase *self,
                         guint           n_keep,
                         gint64          since_ms,
                         GError        **error)
{
  HearthSqliteConnection *connection;
  HearthSqliteStatement *statement;
  gboolean done = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  connection = _hearth_database_begin (self, error);
  if (connection == NULL)
    return FALSE;
  statement = _hearth_sqlite_statement_new (
      connection,
      "DELETE FROM hearth_runs WHERE submitted < ?1 AND number NOT IN"
      " (SELECT number FROM hearth_runs ORDER BY submitted DESC, number DESC LIMIT ?2)",
      error);
  if (statement != NULL)
    {
      _hearth_sqlite_statement_bind_integer (statement, 1, since_ms);
      _hearth_sqlite_statement_bind_integer (statement, 2, n_keep);
      done = _hearth_sqlite_statement_run (statement, error);
      _hearth_sqlite_statement_free (statement);
    }
  if (done && _hearth_sqlite_connection_count_changes (connection) > 0)
    done = _hearth_values_table_prune (connection, error);
  return _hearth_database_end (self, done, error);
}

/* A process that is not ours to signal is alive as well. */
static gboolean
is_alive (gint64 process)
{
  return process != getpid () && process > 1 && (kill ((pid_t) process, 0) == 0 || errno == EPERM);
}

static GArray *
list_dead (HearthSqliteConnection *connection,
           GError                **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection, "SELECT number, process FROM hearth_runs WHERE status IN ('queued', 'running')", error);
  HearthSqliteResult result = HEARTH_SQLITE_FAILED;

  while (statement != NULL && (result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    {
      gint64 number = _hearth_sqlite_statement_get_integer (statement, 0);

      if (!is_alive (_hearth_sqlite_statement_get_integer (statement, 1)))
        g_array_append_val (numbers, number);
    }
  return result == HEARTH_SQLITE_DONE ? g_steal_pointer (&numbers) : NULL;
}

static gboolean
bury_all (HearthSqliteConnection *connection,
          GArray                 *numbers,
          const char             *message,
          GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection,
      "UPDATE hearth_runs SET status = 'interrupted', message = ?, ended = max (submitted, started) WHERE number = ?",
      error);

  for (guint i = 0; statement != NULL && i < numbers->len; i++)
    {
      _hearth_sqlite_statement_bind_text (statement, 1, message);
      _hearth_sqlite_statement_bind_integer (statement, 2, g_array_index (numbers, gint64, i));
      if (!_hearth_sqlite_statement_run (statement, error))
        return FALSE;
    }
  return statement != NULL;
}

gboolean
hearth_runs_table_bury (HearthDatabase *self,
                        const char     *message,
                        GError        **error)
{
  HearthSqliteConnection *connection;
  GArray *dead;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (message != NULL, FALSE);

  connection = _hearth_database_begin (self, error);
  if (connection == NULL)
    return FALSE;
  dead = list_dead (connection, error);
  done = dead != NULL && bury_all (connection, dead, message, error);
  g_clear_pointer (&dead, g_array_unref);
  return _hearth_database_end (self, done, error);
}
