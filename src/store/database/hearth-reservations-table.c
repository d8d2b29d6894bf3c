/* hearth-reservations-table.c: what calls that are on their way may take, for all processes to see
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-reservations-table.h"

#include "hearth-database-private.h"

/* ?1 our name, ?2 the day or project, ?3 the currency. */
#define OTHERS(column) \
  "SELECT count (*), total (money), total (counted) FROM (" \
  " SELECT ifnull (CASE WHEN currency = ?3 THEN cost END, ifnull (most_cost, 0)) AS money," \
  "  CASE WHEN prompt IS NULL OR completion IS NULL" \
  "   THEN max (most_tokens, ifnull (prompt, 0) + ifnull (completion, 0)) ELSE prompt + completion END AS counted" \
  "  FROM hearth_usage WHERE process <> ?1 AND " column " = ?2" \
  " UNION ALL SELECT cost, tokens FROM hearth_reservations WHERE process <> ?1 AND " column " = ?2)"

/* --- processes that are gone ----------------------------------------------------------------- */

static GPtrArray *
list_others (HearthSqliteConnection *connection,
             const char             *process,
             GError                **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection, "SELECT DISTINCT process FROM hearth_reservations WHERE process <> ?", error);
  HearthSqliteResult result = HEARTH_SQLITE_FAILED;

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_text (statement, 1, process);
  while ((result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    g_ptr_array_add (others, g_strdup (_hearth_sqlite_statement_get_text (statement, 0)));
  return result == HEARTH_SQLITE_DONE ? g_steal_pointer (&others) : NULL;
}

static gboolean
delete_where (HearthSqliteConnection *connection,
              const char             *sql,
              const char             *value,
              GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  _hearth_sqlite_statement_bind_text (statement, 1, value);
  return _hearth_sqlite_statement_run (statement, error);
}

static gboolean
drop_dead (HearthSqliteConnection *connection,
           const HearthClaim      *claim,
           GError                **error)
{
  g_autoptr (GPtrArray) others = list_others (connection, claim->process, error);

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      const char *process = g_ptr_array_index (others, i);

      if (!claim->lives (process, claim->user_data)
          && !delete_where (connection, "DELETE FROM hearth_reservations WHERE process = ?", process, error))
        return FALSE;
    }
  return others != NULL;
}

/* --- claims ----------------------------------------------------------------------------------- */

/* Is what others take, the member @key of the row, within the room? */
static gboolean
fits (HearthValue *room,
      const char  *key,
      double       taken)
{
  HearthValue *left = hearth_value_get (room, key);

  return left == NULL || taken <= (double) hearth_value_get_integer (left);
}

/* @id, @room: or NULL; then everything fits. */
static gboolean
look_for_room (HearthSqliteConnection *connection,
               const HearthClaim      *claim,
               const char             *query,
               const char             *id,
               HearthValue            *room,
               gboolean               *granted,
               GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = NULL;

  if (id == NULL || room == NULL)
    return TRUE;
  statement = _hearth_sqlite_statement_new (connection, query, error);
  if (statement == NULL)
    return FALSE;
  _hearth_sqlite_statement_bind_text (statement, 1, claim->process);
  _hearth_sqlite_statement_bind_text (statement, 2, id);
  _hearth_sqlite_statement_bind_text (statement, 3, claim->currency);
  if (_hearth_sqlite_statement_step (statement, error) != HEARTH_SQLITE_ROW)
    return FALSE;
  *granted &= fits (room, "calls", _hearth_sqlite_statement_get_double (statement, 0))
              && fits (room, "cost", _hearth_sqlite_statement_get_double (statement, 1))
              && fits (room, "tokens", _hearth_sqlite_statement_get_double (statement, 2));
  return TRUE;
}

static gboolean
insert (HearthSqliteConnection *connection,
        const HearthClaim      *claim,
        GError                **error)
{
  HearthValue *reservation = claim->reservation;
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (
      connection, "INSERT INTO hearth_reservations (id, process, day, project_id, cost, tokens) VALUES (?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  _hearth_sqlite_statement_bind_text (statement, 1, hearth_value_get_member_string (reservation, "id", ""));
  _hearth_sqlite_statement_bind_text (statement, 2, claim->process);
  _hearth_sqlite_statement_bind_text (statement, 3, hearth_value_get_member_string (reservation, "day", ""));
  _hearth_sqlite_statement_bind_text (statement, 4, hearth_value_get_member_string (reservation, "projectId", NULL));
  _hearth_sqlite_statement_bind_integer (statement, 5, hearth_value_get_member_integer (reservation, "cost", 0));
  _hearth_sqlite_statement_bind_integer (statement, 6, hearth_value_get_member_integer (reservation, "tokens", 0));
  return _hearth_sqlite_statement_run (statement, error);
}

static gboolean
decide (HearthSqliteConnection *connection,
        const HearthClaim      *claim,
        gboolean               *granted,
        GError                **error)
{
  HearthValue *reservation = claim->reservation;

  *granted = TRUE;
  return drop_dead (connection, claim, error)
         && look_for_room (connection, claim, OTHERS ("day"), hearth_value_get_member_string (reservation, "day", NULL),
                           hearth_value_get (reservation, "dayRoom"), granted, error)
         && look_for_room (connection, claim, OTHERS ("project_id"),
                           hearth_value_get_member_string (reservation, "projectId", NULL),
                           hearth_value_get (reservation, "projectRoom"), granted, error)
         && (!*granted || insert (connection, claim, error));
}

gboolean
hearth_reservations_table_claim (HearthDatabase    *self,
                                 const HearthClaim *claim,
                                 gboolean          *granted,
                                 GError           **error)
{
  HearthSqliteConnection *connection;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (claim != NULL && claim->lives != NULL && granted != NULL, FALSE);

  connection = _hearth_database_begin (self, error);
  return connection != NULL && _hearth_database_end (self, decide (connection, claim, granted, error), error);
}

gboolean
hearth_reservations_table_drop (HearthDatabase *self,
                                const char     *id,
                                GError        **error)
{
  gboolean dropped;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  dropped = _hearth_reservations_drop (_hearth_database_lock (self), id, error);
  _hearth_database_unlock (self);
  return dropped;
}

gboolean
_hearth_reservations_drop (HearthSqliteConnection *connection,
                           const char             *id,
                           GError                **error)
{
  return delete_where (connection, "DELETE FROM hearth_reservations WHERE id = ?", id, error);
}
