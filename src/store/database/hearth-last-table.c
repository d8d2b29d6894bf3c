/* hearth-last-table.c: what each node of a workflow was computed from the last time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-last-table.h"

#include <string.h>

#include "hearth-database-private.h"
#include "hearth-json.h"

void
hearth_last_row_free (HearthLastRow *self)
{
  g_clear_pointer (&self->parts, hearth_value_unref);
  g_free (self->workflow_id);
  g_free (self->node_id);
  g_free (self);
}

/* --- writing --------------------------------------------------------------------------------- */

static gboolean
put_row (HearthSqliteStatement *statement,
         HearthLastRow         *row,
         gint64                 now_ms,
         GError               **error)
{
  g_autofree char *parts = hearth_json_print (row->parts);

  _hearth_sqlite_statement_bind_text (statement, 1, row->workflow_id);
  _hearth_sqlite_statement_bind_text (statement, 2, row->node_id);
  if (row->has_key)
    _hearth_sqlite_statement_bind_blob (statement, 3, row->key, sizeof row->key);
  _hearth_sqlite_statement_bind_integer (statement, 4, now_ms);
  _hearth_sqlite_statement_bind_text (statement, 5, parts);
  return _hearth_sqlite_statement_run (statement, error);
}

gboolean
hearth_last_table_put (HearthDatabase *self,
                       GPtrArray      *rows,
                       gint64          now_ms,
                       GError        **error)
{
  HearthSqliteConnection *connection;
  g_autoptr (HearthSqliteStatement) statement = NULL;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (rows != NULL, FALSE);

  connection = _hearth_database_begin (self, error);
  if (connection == NULL)
    return FALSE;
  statement = _hearth_sqlite_statement_new (
      connection,
      "INSERT OR REPLACE INTO hearth_last (workflow_id, node_id, key, set_at, parts) VALUES (?, ?, ?, ?, ?)", error);
  done = statement != NULL;
  for (guint i = 0; done && i < rows->len; i++)
    done = put_row (statement, g_ptr_array_index (rows, i), now_ms, error);
  g_clear_pointer (&statement, _hearth_sqlite_statement_free);
  return _hearth_database_end (self, done, error);
}

gboolean
hearth_last_table_prune (HearthDatabase *self,
                         gint64          before_ms,
                         GError        **error)
{
  g_autoptr (HearthSqliteStatement) statement = NULL;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);

  statement = _hearth_sqlite_statement_new (_hearth_database_lock (self), "DELETE FROM hearth_last WHERE set_at < ?",
                                            error);
  if (statement != NULL)
    _hearth_sqlite_statement_bind_integer (statement, 1, before_ms);
  done = statement != NULL && _hearth_sqlite_statement_run (statement, error);
  g_clear_pointer (&statement, _hearth_sqlite_statement_free);
  _hearth_database_unlock (self);
  return done;
}

/* --- reading ----------------------------------------------------------------------------------- */

static HearthLastRow *
row_new (HearthSqliteStatement *statement,
         const char            *workflow_id)
{
  g_autoptr (HearthLastRow) row = g_new0 (HearthLastRow, 1);
  const char *parts = _hearth_sqlite_statement_get_text (statement, 2);
  gconstpointer key;
  gsize length;

  row->workflow_id = g_strdup (workflow_id);
  row->node_id = g_strdup (_hearth_sqlite_statement_get_text (statement, 0));
  key = _hearth_sqlite_statement_get_blob (statement, 1, &length);
  row->has_key = length == sizeof row->key;
  if (row->has_key)
    memcpy (row->key, key, sizeof row->key);
  row->parts = parts != NULL ? hearth_json_parse (parts, -1, NULL) : NULL;
  return row->node_id != NULL && row->parts != NULL ? g_steal_pointer (&row) : NULL;
}

static gboolean
list_rows (HearthSqliteConnection *connection,
           const char             *workflow_id,
           GPtrArray              *rows,
           GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection, "SELECT node_id, key, parts FROM hearth_last WHERE workflow_id = ?", error);
  HearthSqliteResult result = HEARTH_SQLITE_FAILED;

  if (statement == NULL)
    return FALSE;
  _hearth_sqlite_statement_bind_text (statement, 1, workflow_id);
  while ((result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    {
      HearthLastRow *row = row_new (statement, workflow_id);

      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return result == HEARTH_SQLITE_DONE;
}

GPtrArray *
hearth_last_table_list (HearthDatabase *self,
                        const char     *workflow_id,
                        GError        **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_last_row_free);
  gboolean done;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (workflow_id != NULL, NULL);

  done = list_rows (_hearth_database_lock (self), workflow_id, rows, error);
  _hearth_database_unlock (self);
  return done ? g_steal_pointer (&rows) : NULL;
}

char **
hearth_last_table_list_workflows (HearthDatabase *self,
                                  GError        **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (HearthSqliteStatement) statement = NULL;
  HearthSqliteResult result = HEARTH_SQLITE_FAILED;

  g_return_val_if_fail (self != NULL, NULL);

  statement = _hearth_sqlite_statement_new (_hearth_database_lock (self),
                                            "SELECT DISTINCT workflow_id FROM hearth_last", error);
  while (statement != NULL && (result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    g_strv_builder_add (ids, _hearth_sqlite_statement_get_text (statement, 0));
  g_clear_pointer (&statement, _hearth_sqlite_statement_free);
  _hearth_database_unlock (self);
  return result == HEARTH_SQLITE_DONE ? g_strv_builder_end (ids) : NULL;
}
