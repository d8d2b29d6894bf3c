/* hearth-steps-table.c: each node's part in each run of the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-history-private.h"

void
hearth_step_row_free (HearthStepRow *self)
{
  g_clear_pointer (&self->input, hearth_value_unref);
  g_clear_pointer (&self->output, hearth_value_unref);
  g_free (self->run_id);
  g_free (self->node_id);
  g_free (self->type_id);
  g_free (self->state);
  g_free (self->why);
  g_free (self->error);
  g_free (self);
}

/* --- writing --------------------------------------------------------------------------------- */

enum
{
  PUT_RUN = 1,
  PUT_NODE_ID,
  PUT_TYPE_ID,
  PUT_STATE,
  PUT_STARTED,
  PUT_ENDED,
  PUT_DURATION,
  PUT_TRIES,
  PUT_REUSED,
  PUT_WHY,
  PUT_ERROR,
  PUT_INPUT,
  PUT_OUTPUT,
};

/* A node that is put again keeps its place; one that runs round after round shows its last round. */
static const char put_sql[] =
    "INSERT OR REPLACE INTO hearth_steps (run, node_id, type_id, state, started, ended, duration, tries, reused, why,"
    "  error, input, output, place)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
    "  coalesce ((SELECT place FROM hearth_steps WHERE run = ?1 AND node_id = ?2),"
    "            (SELECT max (rowid) + 1 FROM hearth_steps), 0))";

static void
bind_step (HearthSqliteStatement *statement,
           gint64                 run,
           HearthStepRow         *step)
{
  _hearth_sqlite_statement_bind_integer (statement, PUT_RUN, run);
  _hearth_sqlite_statement_bind_text (statement, PUT_NODE_ID, step->node_id);
  _hearth_sqlite_statement_bind_text (statement, PUT_TYPE_ID, step->type_id);
  _hearth_sqlite_statement_bind_text (statement, PUT_STATE, step->state);
  _hearth_sqlite_statement_bind_integer (statement, PUT_STARTED, step->started_ms);
  _hearth_sqlite_statement_bind_integer (statement, PUT_ENDED, step->ended_ms);
  _hearth_sqlite_statement_bind_double (statement, PUT_DURATION, step->duration_ms);
  _hearth_sqlite_statement_bind_integer (statement, PUT_TRIES, step->tries);
  _hearth_sqlite_statement_bind_integer (statement, PUT_REUSED, step->reused);
  _hearth_sqlite_statement_bind_text (statement, PUT_WHY, step->why);
  _hearth_sqlite_statement_bind_text (statement, PUT_ERROR, step->error);
}

static gboolean
put_step (HearthSqliteStatement *statement,
          HearthValueWriter     *values,
          gint64                 run,
          HearthStepRow         *step,
          GError               **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *input = _hearth_value_writer_pack (values, run, step->input, &reason);
  g_autofree char *output =
      reason == NULL ? _hearth_value_writer_pack (values, run, step->output, &reason) : NULL;

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  bind_step (statement, run, step);
  _hearth_sqlite_statement_bind_text (statement, PUT_INPUT, input);
  _hearth_sqlite_statement_bind_text (statement, PUT_OUTPUT, output);
  return _hearth_sqlite_statement_run (statement, error);
}

gboolean
_hearth_steps_table_put (HearthSqliteConnection *connection,
                         HearthValueWriter      *values,
                         GPtrArray              *steps,
                         GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (connection, put_sql, error);
  const char *run_id = NULL;
  gint64 run = 0;

  for (guint i = 0; statement != NULL && i < steps->len; i++)
    {
      HearthStepRow *step = g_ptr_array_index (steps, i);
      g_autoptr (GError) reason = NULL;

      if (g_strcmp0 (run_id, step->run_id) != 0)
        run = _hearth_runs_table_find (connection, step->run_id, &reason);
      run_id = step->run_id;
      if (reason == NULL && run != 0)
        put_step (statement, values, run, step, &reason);
      if (reason != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }
  return statement != NULL;
}

/* --- reading ----------------------------------------------------------------------------------- */

static const char read_sql[] =
    "SELECT node_id, type_id, state, started, ended, duration, tries, reused, why, error, input, output"
    " FROM hearth_steps WHERE run = ? ORDER BY place, rowid";

static HearthValue *
message_to_value (HearthValue *message)
{
  return message != NULL ? hearth_value_object ("message", message, NULL) : NULL;
}

static HearthValue *
row_to_value (HearthSqliteStatement *statement)
{
  gboolean ran = _hearth_sqlite_statement_get_integer (statement, 3) != 0;

  return hearth_value_object ("type", _hearth_column_text (statement, 1),
                              "status", _hearth_column_text (statement, 2),
                              "startedAt", _hearth_column_time (statement, 3),
                              "completedAt", _hearth_column_time (statement, 4),
                              "durationMs", ran ? hearth_value_double (_hearth_sqlite_statement_get_double (statement, 5)) : NULL,
                              "tries", hearth_value_integer (_hearth_sqlite_statement_get_integer (statement, 6)),
                              "reused", hearth_value_boolean (_hearth_sqlite_statement_get_integer (statement, 7) != 0),
                              "why", _hearth_column_text (statement, 8),
                              "error", message_to_value (_hearth_column_text (statement, 9)),
                              "input", _hearth_column_parse (statement, 10),
                              "output", _hearth_column_parse (statement, 11),
                              NULL);
}

HearthValue *
_hearth_steps_table_read (HearthSqliteConnection *connection,
                          gint64                  run,
                          GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (connection, read_sql, error);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  HearthSqliteResult result;

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_integer (statement, 1, run);
  while ((result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    hearth_builder_add (&out, _hearth_sqlite_statement_get_text (statement, 0), row_to_value (statement));
  return result == HEARTH_SQLITE_DONE ? hearth_builder_end_object (&out) : NULL;
}
