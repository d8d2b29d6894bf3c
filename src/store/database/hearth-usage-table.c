/* hearth-usage-table.c: writes down what calls to models took
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-usage-table.h"

#include "hearth-database-private.h"

/* In the order of the columns. */
static const char *const members[] = {
  "time", "day", "runId", "nodeId", "projectId", "channelId", "provider", "model", "promptTokens", "completionTokens",
  "cachedTokens", "cacheWrittenTokens", "reasoningTokens", "costMicro", "mostCostMicro", "mostTokens", "currency",
  "durationMs", "outcome",
};

#define INSERT \
  "INSERT INTO hearth_usage (time, day, run_id, node_id, project_id, channel_id, provider, model, prompt, completion," \
  " cached, cache_written, reasoning, cost, most_cost, most_tokens, currency, duration, outcome, process)" \
  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

static void
bind_member (HearthSqliteStatement *statement,
             int                    index,
             HearthValue           *value)
{
  if (hearth_value_is (value, INTEGER))
    _hearth_sqlite_statement_bind_integer (statement, index, hearth_value_get_integer (value));
  else
    _hearth_sqlite_statement_bind_text (statement, index, value != NULL ? hearth_value_get_string (value, NULL) : NULL);
}

static gboolean
add (HearthSqliteConnection *connection,
     HearthValue            *entry,
     const char             *process,
     GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement = _hearth_sqlite_statement_new (connection, INSERT, error);

  if (statement == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    bind_member (statement, (int) i + 1, hearth_value_get (entry, members[i]));
  _hearth_sqlite_statement_bind_text (statement, G_N_ELEMENTS (members) + 1, process);
  return _hearth_sqlite_statement_run (statement, error);
}

/* From now on what it took counts, and no more what it might have taken. */
static gboolean
settle (HearthDatabase *self,
        HearthValue    *entry,
        const char     *process,
        const char     *reservation_id,
        GError        **error)
{
  HearthSqliteConnection *connection = _hearth_database_begin (self, error);

  return connection != NULL
         && _hearth_database_end (self,
                                  add (connection, entry, process, error)
                                      && _hearth_reservations_drop (connection, reservation_id, error),
                                  error);
}

gboolean
hearth_usage_table_add (HearthDatabase *self,
                        HearthValue    *entry,
                        const char     *process,
                        GError        **error)
{
  const char *reservation_id;
  gboolean added;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (entry != NULL && process != NULL, FALSE);

  reservation_id = hearth_value_get_member_string (entry, "reservationId", NULL);
  if (reservation_id != NULL)
    return settle (self, entry, process, reservation_id, error);
  added = add (_hearth_database_lock (self), entry, process, error);
  _hearth_database_unlock (self);
  return added;
}

static gint64
read_change (HearthSqliteConnection *connection,
             GError                **error)
{
  g_autoptr (HearthSqliteStatement) statement =
      _hearth_sqlite_statement_new (connection, "PRAGMA data_version", error);

  if (statement == NULL || _hearth_sqlite_statement_step (statement, error) != HEARTH_SQLITE_ROW)
    return -1;
  return _hearth_sqlite_statement_get_integer (statement, 0);
}

gint64
hearth_usage_table_get_change (HearthDatabase *self,
                               GError        **error)
{
  gint64 change;

  g_return_val_if_fail (self != NULL, -1);

  change = read_change (_hearth_database_lock (self), error);
  _hearth_database_unlock (self);
  return change;
}
