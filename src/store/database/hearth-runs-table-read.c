/* hearth-runs-table-read.c: looks runs up in the history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-history-private.h"

#include "hearth-data-dir.h"
#include "hearth-i18n.h"

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 500

#define COLUMNS "id, status, workflow_id, workflow_name, project_id, submitted, started, ended, duration, message"

/* What a filter restricts; the parameters keep their numbers when they are NULL. */
#define WHERE \
  " WHERE (?1 IS NULL OR status = ?1) AND (?2 IS NULL OR project_id = ?2) AND (?3 IS NULL OR workflow_id = ?3)" \
  " AND (?4 IS NULL OR workflow_name LIKE ?4 ESCAPE '\\' OR message LIKE ?4 ESCAPE '\\')"

/* --- a row ----------------------------------------------------------------------------------- */

static void
add_error (HearthBuilder         *out,
           HearthSqliteStatement *statement,
           int                    column)
{
  HearthValue *message = _hearth_column_text (statement, column);

  if (message != NULL)
    hearth_builder_add (out, "errorInfo", hearth_value_object ("message", message, NULL));
}

static void
add_row (HearthBuilder         *out,
         HearthSqliteStatement *statement)
{
  hearth_builder_add (out, "promptId", _hearth_column_text (statement, 0));
  hearth_builder_add (out, "status", _hearth_column_text (statement, 1));
  hearth_builder_add (out, "workflowId", _hearth_column_text (statement, 2));
  hearth_builder_add (out, "workflowName", _hearth_column_text (statement, 3));
  hearth_builder_add (out, "projectId", _hearth_column_text (statement, 4));
  hearth_builder_add (out, "submittedAt", _hearth_column_time (statement, 5));
  hearth_builder_add (out, "startedAt", _hearth_column_time (statement, 6));
  hearth_builder_add (out, "completedAt", _hearth_column_time (statement, 7));
  if (_hearth_sqlite_statement_get_integer (statement, 7) != 0)
    hearth_builder_add (out, "durationMs", hearth_value_double (_hearth_sqlite_statement_get_double (statement, 8)));
  add_error (out, statement, 9);
}

/* --- lists -------------------------------------------------------------------------------------- */

/* What stands for itself in a pattern is escaped, so that "50%" finds just that. */
static char *
make_pattern (const char *text)
{
  GString *pattern = g_string_new ("%");

  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '%' || *at == '_' || *at == '\\')
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *at);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

static HearthSqliteStatement *
make_statement (HearthSqliteConnection *connection,
                const char             *sql,
                const HearthRunFilter  *filter,
                GError                **error)
{
  HearthSqliteStatement *statement = _hearth_sqlite_statement_new (connection, sql, error);
  g_autofree char *pattern = filter->text != NULL && *filter->text != '\0' ? make_pattern (filter->text) : NULL;

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_text (statement, 1, filter->status);
  _hearth_sqlite_statement_bind_text (statement, 2, filter->project_id);
  _hearth_sqlite_statement_bind_text (statement, 3, filter->workflow_id);
  _hearth_sqlite_statement_bind_text (statement, 4, pattern);
  return statement;
}

static gint64
count (HearthSqliteConnection *connection,
       const HearthRunFilter  *filter,
       GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement =
      make_statement (connection, "SELECT count (*) FROM hearth_runs" WHERE, filter, error);

  if (statement == NULL || _hearth_sqlite_statement_step (statement, error) != HEARTH_SQLITE_ROW)
    return -1;
  return _hearth_sqlite_statement_get_integer (statement, 0);
}

static HearthValue *
list_items (HearthSqliteConnection *connection,
            const HearthRunFilter  *filter,
            gint64                  page,
            gint64                  limit,
            GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = make_statement (
      connection,
      "SELECT " COLUMNS " FROM hearth_runs" WHERE " ORDER BY submitted DESC, number DESC LIMIT ?5 OFFSET ?6", filter,
      error);
  g_auto (HearthBuilder) items = HEARTH_BUILDER_INIT;
  HearthSqliteResult result;

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_integer (statement, 5, limit);
  _hearth_sqlite_statement_bind_integer (statement, 6, (page - 1) * limit);
  while ((result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    {
      g_auto (HearthBuilder) item = HEARTH_BUILDER_INIT;

      add_row (&item, statement);
      hearth_builder_add (&items, NULL, hearth_builder_end_object (&item));
    }
  return result == HEARTH_SQLITE_DONE ? hearth_builder_end_array (&items) : NULL;
}

HearthValue *
hearth_runs_table_list (HearthDatabase        *self,
                        const HearthRunFilter *filter,
                        GError               **error)
{
  HearthSqliteConnection *connection;
  HearthValue *items = NULL;
  gint64 page, limit, total;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (filter != NULL, NULL);

  page = MAX (1, filter->page);
  limit = filter->limit != 0 ? MIN (filter->limit, MAX_LIMIT) : DEFAULT_LIMIT;
  connection = _hearth_database_lock (self);
  total = count (connection, filter, error);
  if (total >= 0)
    items = list_items (connection, filter, page, limit, error);
  _hearth_database_unlock (self);
  if (items == NULL)
    return NULL;
  return hearth_value_object ("items", items, "total", hearth_value_integer (total),
                              "page", hearth_value_integer (page), "limit", hearth_value_integer (limit), NULL);
}

/* --- one run --------------------------------------------------------------------------------------- */

static HearthValue *
read_run (HearthSqliteConnection *connection,
          const char             *run_id,
          GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection, "SELECT " COLUMNS ", outputs, number FROM hearth_runs WHERE id = ?", error);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  HearthValue *nodes;

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_text (statement, 1, run_id);
  if (_hearth_sqlite_statement_step (statement, error) != HEARTH_SQLITE_ROW)
    return NULL;
  nodes = _hearth_steps_table_read (connection, _hearth_sqlite_statement_get_integer (statement, 11), error);
  if (nodes == NULL)
    return NULL;
  add_row (&out, statement);
  hearth_builder_add (&out, "outputs", _hearth_column_parse (statement, 10));
  hearth_builder_add (&out, "nodes", nodes);
  return hearth_builder_end_object (&out);
}

static HearthValue *
read_value (HearthSqliteConnection *connection,
            const char             *run_id,
            const char             *reference,
            GError                **error)
{
  gint64 run = _hearth_runs_table_find (connection, run_id, error);

  return run != 0 ? _hearth_values_table_read (connection, run, reference, error) : NULL;
}

/* Nothing was found, and SQLite did not complain either. */
static gboolean
is_missing (HearthValue *answer,
            GError      *reason,
            GError     **error)
{
  if (reason != NULL)
    g_propagate_error (error, reason);
  return answer == NULL && reason == NULL;
}

HearthValue *
hearth_runs_table_read (HearthDatabase *self,
                        const char     *run_id,
                        GError        **error)
{
  HearthValue *answer;
  GError *reason = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (run_id != NULL, NULL);

  answer = read_run (_hearth_database_lock (self), run_id, &reason);
  _hearth_database_unlock (self);
  if (is_missing (answer, reason, error))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("There is no run “%s” in the history; it may be too old."), run_id);
  return answer;
}

HearthValue *
hearth_runs_table_read_value (HearthDatabase *self,
                              const char     *run_id,
                              const char     *reference,
                              GError        **error)
{
  HearthValue *answer;
  GError *reason = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (run_id != NULL, NULL);
  g_return_val_if_fail (reference != NULL, NULL);

  answer = read_value (_hearth_database_lock (self), run_id, reference, &reason);
  _hearth_database_unlock (self);
  if (is_missing (answer, reason, error))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("The run has no value “%s”. Ask for the run again."), reference);
  return answer;
}
