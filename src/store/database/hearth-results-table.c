/* hearth-results-table.c: results of nodes, kept so that they need not be computed again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-results-table.h"

#include <string.h>

#include "hearth-database-private.h"
#include "hearth-json.h"

/* What a row takes besides its outputs, about. */
#define ROW_BYTES 160
/* So many go at once, and then down to this part of the limit, so that not every write evicts. */
#define EVICTION_BATCH 256
#define EVICTION_GOAL(limit) ((limit) / 10 * 9)

void
hearth_result_row_free (HearthResultRow *self)
{
  g_clear_pointer (&self->outputs, hearth_value_unref);
  g_free (self->type_id);
  g_free (self->run_id);
  g_free (self);
}

/* --- how much there is ---------------------------------------------------------------------- */

static gboolean
read_number (HearthSqliteConnection *connection,
             const char             *sql,
             gint64                 *number,
             GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (connection, sql, error);

  if (statement == NULL || _hearth_sqlite_statement_step (statement, error) != HEARTH_SQLITE_ROW)
    return FALSE;
  *number = _hearth_sqlite_statement_get_integer (statement, 0);
  return TRUE;
}

static gboolean
count_size (HearthSqliteConnection *connection,
            gint64                 *size,
            GError                **error)
{
  return *size >= 0
         || read_number (connection, "SELECT coalesce (sum (size), 0) FROM hearth_results", size, error);
}

gint64
hearth_results_table_get_size (HearthDatabase *self,
                               GError        **error)
{
  HearthSqliteConnection *connection;
  gint64 *size;
  gint64 counted;

  g_return_val_if_fail (self != NULL, -1);

  connection = _hearth_database_lock (self);
  size = _hearth_database_get_results_size (self);
  counted = count_size (connection, size, error) ? *size : -1;
  _hearth_database_unlock (self);
  return counted;
}

/* The oldest of them that together make up for @excess; at most a batch. */
static GArray *
list_oldest (HearthSqliteConnection *connection,
             gint64                  excess,
             GError                **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection, "SELECT rowid, size FROM hearth_results ORDER BY last_used LIMIT ?", error);
  HearthSqliteResult result = HEARTH_SQLITE_DONE;

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_integer (statement, 1, EVICTION_BATCH);
  while (excess > 0 && (result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    {
      gint64 number = _hearth_sqlite_statement_get_integer (statement, 0);

      g_array_append_val (numbers, number);
      excess -= _hearth_sqlite_statement_get_integer (statement, 1);
    }
  return result != HEARTH_SQLITE_FAILED ? g_steal_pointer (&numbers) : NULL;
}

static gboolean
delete_rows (HearthSqliteConnection *connection,
             GArray                 *numbers,
             GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement =
      _hearth_sqlite_statement_new (connection, "DELETE FROM hearth_results WHERE rowid = ?", error);

  for (guint i = 0; statement != NULL && i < numbers->len; i++)
    {
      _hearth_sqlite_statement_bind_integer (statement, 1, g_array_index (numbers, gint64, i));
      if (!_hearth_sqlite_statement_run (statement, error))
        return FALSE;
    }
  return statement != NULL;
}

/* Another process may have changed the table since the size was last counted, so it is counted
 * again before anything goes. */
static gboolean
evict (HearthSqliteConnection *connection,
       gint64                 *size,
       gsize                   limit,
       GError                **error)
{
  gint64 goal = (gint64) EVICTION_GOAL (limit);

  *size = -1;
  if (!count_size (connection, size, error))
    return FALSE;
  if (*size <= (gint64) limit)
    return TRUE;
  while (*size > goal)
    {
      g_autoptr (GArray) oldest = list_oldest (connection, *size - goal, error);

      *size = -1;
      if (oldest == NULL || !delete_rows (connection, oldest, error) || !count_size (connection, size, error))
        return FALSE;
    }
  return TRUE;
}

/* --- writing --------------------------------------------------------------------------------- */

static gboolean
put_row (HearthSqliteStatement *statement,
         HearthResultRow       *row,
         gint64                 now_ms,
         gint64                *size,
         GError               **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 bytes;

  hearth_json_append (text, row->outputs);
  if (text->len > HEARTH_MAX_RESULT_BYTES)
    return TRUE;
  bytes = (gint64) text->len + ROW_BYTES;
  _hearth_sqlite_statement_bind_blob (statement, 1, row->key, sizeof row->key);
  _hearth_sqlite_statement_bind_text (statement, 2, row->type_id);
  _hearth_sqlite_statement_bind_text (statement, 3, row->run_id);
  _hearth_sqlite_statement_bind_integer (statement, 4, row->made_ms);
  _hearth_sqlite_statement_bind_integer (statement, 5, now_ms);
  _hearth_sqlite_statement_bind_integer (statement, 6, bytes);
  _hearth_sqlite_statement_bind_text (statement, 7, text->str);
  *size += bytes;
  return _hearth_sqlite_statement_run (statement, error);
}

static gboolean
put_rows (HearthSqliteConnection *connection,
          GPtrArray              *rows,
          gint64                  now_ms,
          gint64                 *size,
          GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection,
      "INSERT OR REPLACE INTO hearth_results (key, type_id, run_id, made_at, last_used, size, outputs)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)",
      error);

  for (guint i = 0; statement != NULL && i < rows->len; i++)
    if (!put_row (statement, g_ptr_array_index (rows, i), now_ms, size, error))
      return FALSE;
  return statement != NULL;
}

gboolean
hearth_results_table_put (HearthDatabase *self,
                          GPtrArray      *rows,
                          gint64          now_ms,
                          gsize           limit,
                          GError        **error)
{
  HearthSqliteConnection *connection;
  gint64 *size;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (rows != NULL, FALSE);

  connection = _hearth_database_begin (self, error);
  if (connection == NULL)
    return FALSE;
  size = _hearth_database_get_results_size (self);
  done = count_size (connection, size, error) && put_rows (connection, rows, now_ms, size, error)
         && (*size <= (gint64) limit || evict (connection, size, limit, error));
  return _hearth_database_end (self, done, error);
}

gboolean
hearth_results_table_touch (HearthDatabase *self,
                            const guint8   *keys,
                            gsize           n_keys,
                            gint64          now_ms,
                            GError        **error)
{
  HearthSqliteConnection *connection;
  g_autoptr (HearthSqliteStatement) statement = NULL;
  gboolean done;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (keys != NULL || n_keys == 0, FALSE);

  connection = _hearth_database_begin (self, error);
  if (connection == NULL)
    return FALSE;
  statement = _hearth_sqlite_statement_new (connection, "UPDATE hearth_results SET last_used = ? WHERE key = ?", error);
  done = statement != NULL;
  for (gsize i = 0; done && i < n_keys; i++)
    {
      _hearth_sqlite_statement_bind_integer (statement, 1, now_ms);
      _hearth_sqlite_statement_bind_blob (statement, 2, keys + i * HEARTH_RESULT_KEY_BYTES, HEARTH_RESULT_KEY_BYTES);
      done = _hearth_sqlite_statement_run (statement, error);
    }
  g_clear_pointer (&statement, _hearth_sqlite_statement_free);
  return _hearth_database_end (self, done, error);
}

/* --- reading ----------------------------------------------------------------------------------- */

/* NULL: what is there is no result of ours; whoever asks computes it again. */
static HearthResultRow *
row_new (HearthSqliteStatement *statement,
         const guint8          *key)
{
  const char *outputs = _hearth_sqlite_statement_get_text (statement, 3);
  g_autoptr (HearthResultRow) row = g_new0 (HearthResultRow, 1);

  memcpy (row->key, key, sizeof row->key);
  row->type_id = g_strdup (_hearth_sqlite_statement_get_text (statement, 0));
  row->run_id = g_strdup (_hearth_sqlite_statement_get_text (statement, 1));
  row->made_ms = _hearth_sqlite_statement_get_integer (statement, 2);
  row->outputs = outputs != NULL ? hearth_json_parse (outputs, -1, NULL) : NULL;
  return hearth_value_is (row->outputs, OBJECT) ? g_steal_pointer (&row) : NULL;
}

static gboolean
read_row (HearthSqliteStatement *statement,
          const guint8          *key,
          GPtrArray             *rows,
          gsize                 *bytes,
          GError               **error)
{
  HearthSqliteResult result;
  HearthResultRow *row;

  _hearth_sqlite_statement_bind_blob (statement, 1, key, HEARTH_RESULT_KEY_BYTES);
  result = _hearth_sqlite_statement_step (statement, error);
  if (result == HEARTH_SQLITE_ROW)
    {
      *bytes += (gsize) _hearth_sqlite_statement_get_integer (statement, 4);
      row = row_new (statement, key);
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  _hearth_sqlite_statement_reset (statement);
  return result != HEARTH_SQLITE_FAILED;
}

GPtrArray *
hearth_results_table_read (HearthDatabase *self,
                           const guint8   *keys,
                           gsize           n_keys,
                           gsize           max_bytes,
                           GError        **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_result_row_free);
  g_autoptr (HearthSqliteStatement) statement = NULL;
  gsize bytes = 0;
  gboolean done;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (keys != NULL || n_keys == 0, NULL);

  statement = _hearth_sqlite_statement_new (
      _hearth_database_lock (self),
      "SELECT type_id, run_id, made_at, outputs, size FROM hearth_results WHERE key = ?", error);
  done = statement != NULL;
  for (gsize i = 0; done && i < n_keys && bytes < max_bytes; i++)
    done = read_row (statement, keys + i * HEARTH_RESULT_KEY_BYTES, rows, &bytes, error);
  g_clear_pointer (&statement, _hearth_sqlite_statement_free);
  _hearth_database_unlock (self);
  return done ? g_steal_pointer (&rows) : NULL;
}

static gboolean
list_keys (HearthSqliteStatement *statement,
           GByteArray            *keys,
           GError               **error)
{
  HearthSqliteResult result;
  gsize length;

  while ((result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    {
      const guint8 *key = _hearth_sqlite_statement_get_blob (statement, 0, &length);

      if (length == HEARTH_RESULT_KEY_BYTES)
        g_byte_array_append (keys, key, (guint) length);
    }
  return result == HEARTH_SQLITE_DONE;
}

GByteArray *
hearth_results_table_list (HearthDatabase *self,
                           const char     *workflow_id,
                           guint           n_runs,
                           guint           max_keys,
                           GError        **error)
{
  g_autoptr (GByteArray) keys = g_byte_array_new ();
  HearthSqliteStatement *statement;
  gboolean done = FALSE;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (workflow_id != NULL, NULL);

  statement = _hearth_sqlite_statement_new (
      _hearth_database_lock (self),
      "SELECT key FROM hearth_results WHERE run_id IN"
      " (SELECT id FROM hearth_runs WHERE workflow_id = ? ORDER BY submitted DESC LIMIT ?)"
      " ORDER BY last_used DESC LIMIT ?",
      error);
  if (statement != NULL)
    {
      _hearth_sqlite_statement_bind_text (statement, 1, workflow_id);
      _hearth_sqlite_statement_bind_integer (statement, 2, n_runs);
      _hearth_sqlite_statement_bind_integer (statement, 3, max_keys);
      done = list_keys (statement, keys, error);
      _hearth_sqlite_statement_free (statement);
    }
  _hearth_database_unlock (self);
  return done ? g_steal_pointer (&keys) : NULL;
}
