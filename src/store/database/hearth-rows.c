/* hearth-rows.c: rows of a table as JSON objects and back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-rows-private.h"

#include "hearth-json.h"

/* --- one column --------------------------------------------------------------------------------- */

HearthValue *
_hearth_column_parse (HearthSqliteStatement *statement,
                      int                    column)
{
  const char *text = _hearth_sqlite_statement_get_text (statement, column);

  return text != NULL ? hearth_json_parse (text, -1, NULL) : NULL;
}

HearthValue *
_hearth_column_text (HearthSqliteStatement *statement,
                     int                    column)
{
  const char *text = _hearth_sqlite_statement_get_text (statement, column);
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  return valid != NULL ? hearth_value_string (valid) : NULL;
}

HearthValue *
_hearth_column_time (HearthSqliteStatement *statement,
                     int                    column)
{
  gint64 time_ms = _hearth_sqlite_statement_get_integer (statement, column);

  return time_ms != 0 ? hearth_value_integer (time_ms) : NULL;
}

static HearthValue *
read_column (HearthColumnKind       kind,
             HearthSqliteStatement *row,
             int                    column)
{
  switch (kind)
    {
    case HEARTH_COLUMN_JSON:
      return _hearth_column_parse (row, column);
    case HEARTH_COLUMN_BOOLEAN:
      return hearth_value_boolean (_hearth_sqlite_statement_get_integer (row, column) != 0);
    case HEARTH_COLUMN_TEXT:
    default:
      return _hearth_column_text (row, column);
    }
}

void
_hearth_columns_add (const HearthColumn    *columns,
                     gsize                  n_columns,
                     HearthSqliteStatement *row,
                     HearthBuilder         *out)
{
  for (gsize i = 0; i < n_columns; i++)
    {
      HearthValue *value = read_column (columns[i].kind, row, (int) i);

      hearth_builder_add (out, columns[i].member, value != NULL ? value : hearth_value_null ());
    }
}

/* NULL for null. */
static char *
print_column (HearthColumnKind kind,
              HearthValue     *value)
{
  if (hearth_value_is (value, NULL))
    return NULL;
  if (kind == HEARTH_COLUMN_JSON)
    return hearth_json_print (value);
  if (kind == HEARTH_COLUMN_BOOLEAN)
    return g_strdup (hearth_value_is_truthy (value) ? "1" : "0");
  return hearth_value_to_text (value);
}

/* --- statements ------------------------------------------------------------------------------------ */

static HearthValue *
list_rows (HearthSqliteConnection *connection,
           const char             *sql,
           const char *const      *values,
           HearthRowFunc           make,
           GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (connection, sql, error);
  g_auto (HearthBuilder) rows = HEARTH_BUILDER_INIT;
  HearthSqliteResult result;

  if (statement == NULL)
    return NULL;
  for (int i = 0; values[i] != NULL; i++)
    _hearth_sqlite_statement_bind_text (statement, i + 1, values[i]);
  while ((result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    hearth_builder_add (&rows, NULL, make (statement));
  return result == HEARTH_SQLITE_DONE ? hearth_builder_end_array (&rows) : NULL;
}

HearthValue *
_hearth_rows_list (HearthDatabase    *self,
                   const char        *sql,
                   const char *const *values,
                   HearthRowFunc      make,
                   GError           **error)
{
  HearthValue *rows = list_rows (_hearth_database_lock (self), sql, values, make, error);

  _hearth_database_unlock (self);
  return rows;
}

static gint64
change_rows (HearthSqliteConnection *connection,
             const char             *sql,
             const char *const      *values,
             gsize                   n_values,
             GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (connection, sql, error);

  if (statement == NULL)
    return -1;
  for (gsize i = 0; i < n_values; i++)
    _hearth_sqlite_statement_bind_text (statement, (int) i + 1, values[i]);
  return _hearth_sqlite_statement_run (statement, error) ? _hearth_sqlite_connection_count_changes (connection) : -1;
}

gint64
_hearth_rows_change (HearthDatabase    *self,
                     const char        *sql,
                     const char *const *values,
                     gsize              n_values,
                     GError           **error)
{
  gint64 n_changed = change_rows (_hearth_database_lock (self), sql, values, n_values, error);

  _hearth_database_unlock (self);
  return n_changed;
}

gboolean
_hearth_rows_insert (HearthDatabase     *self,
                     const char         *table,
                     const HearthColumn *columns,
                     gsize               n_columns,
                     HearthValue        *row,
                     GError            **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new (NULL);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = NULL;

  for (gsize i = 0; i < n_columns; i++)
    {
      HearthValue *value = hearth_value_get (row, columns[i].member);

      if (value == NULL)
        continue;
      g_string_append_printf (names, "%s%s", values->len > 0 ? ", " : "", columns[i].column);
      g_string_append (marks, values->len > 0 ? ", ?" : "?");
      g_ptr_array_add (values, print_column (columns[i].kind, value));
    }
  sql = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", table, names->str, marks->str);
  return _hearth_rows_change (self, sql, (const char *const *) values->pdata, values->len, error) >= 0;
}

gint64
_hearth_rows_update (HearthDatabase     *self,
                     const char         *table,
                     const HearthColumn *columns,
                     gsize               n_columns,
                     HearthValue        *members,
                     const char         *user,
                     const char         *key,
                     const char         *id,
                     GError            **error)
{
  /* Sets something in any case, so that the count says whether the row is there. */
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  g_string_append_printf (sql, "UPDATE %s SET user_id = user_id", table);
  for (gsize i = 0; i < n_columns; i++)
    {
      HearthValue *value = hearth_value_get (members, columns[i].member);

      if (value == NULL)
        continue;
      g_string_append_printf (sql, ", %s = ?", columns[i].column);
      g_ptr_array_add (values, print_column (columns[i].kind, value));
    }
  g_string_append_printf (sql, " WHERE user_id = ? AND %s = ?", key);
  g_ptr_array_add (values, g_strdup (user));
  g_ptr_array_add (values, g_strdup (id));
  return _hearth_rows_change (self, sql->str, (const char *const *) values->pdata, values->len, error);
}
