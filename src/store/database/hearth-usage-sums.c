/* hearth-usage-sums.c: adds up what calls to models took
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-usage-table.h"

#include "hearth-database-private.h"
#include "hearth-rows-private.h"

/* How the calls are put together: what is told of each group, and in which order they come. */
static const struct
{
  const char *columns; /* two, the second NULL when there is but one */
  const char *first;
  const char *second;
  const char *order;
} groups[] = {
  [HEARTH_USAGE_BY_DAY] = { "day, NULL", "day", NULL, "1 DESC" },
  [HEARTH_USAGE_BY_PROJECT] = { "project_id, NULL", "projectId", NULL, "8 DESC, 3 DESC, 1" },
  [HEARTH_USAGE_BY_MODEL] = { "provider, model", "provider", "model", "8 DESC, 3 DESC, 1, 2" },
  [HEARTH_USAGE_BY_RUN] = { "run_id, NULL", "runId", NULL, "8 DESC, 3 DESC, 1" },
  [HEARTH_USAGE_BY_NODE] = { "node_id, NULL", "nodeId", NULL, "8 DESC, 3 DESC, 1" },
  [HEARTH_USAGE_BY_NOTHING] = { "NULL, NULL", NULL, NULL, "1" },
};

/* Columns of the sums, from the third on. */
static const char *const sums[] = {
  "calls", "unpriced", "uncounted", "prompt", "completion", "cost", "mostCost", "mostTokens", "ms",
};

/* "reached" is the end of all calls before this one, so that time in which several were on their way counts once. */
#define QUERY \
  "SELECT first, second, count (*), sum (price IS NULL), sum (prompt IS NULL OR completion IS NULL)," \
  " total (prompt), total (completion), total (price)," \
  " total (CASE WHEN price IS NULL THEN most_cost END)," \
  " total (CASE WHEN prompt IS NULL OR completion IS NULL" \
  "  THEN max (most_tokens - ifnull (prompt, 0) - ifnull (completion, 0), 0) END)," \
  " total (max (time + duration - max (time, ifnull (reached, 0)), 0))" \
  " FROM (SELECT *, max (time + duration) OVER (PARTITION BY first, second ORDER BY time, number" \
  "  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached" \
  "  FROM (SELECT %s, *, CASE WHEN currency = ?1 THEN cost END AS price FROM hearth_usage WHERE TRUE%s))" \
  " GROUP BY first, second ORDER BY %s LIMIT ?7"

/* What is filtered by, as ?2 and the following; a restriction that is not asked for must not keep an index from being
 * used. */
static const struct
{
  const char *condition;
  gsize offset;
} restrictions[] = {
  { " AND day >= ?2", G_STRUCT_OFFSET (HearthUsageFilter, from) },
  { " AND day <= ?3", G_STRUCT_OFFSET (HearthUsageFilter, to) },
  { " AND project_id = ?4", G_STRUCT_OFFSET (HearthUsageFilter, project_id) },
  { " AND run_id = ?5", G_STRUCT_OFFSET (HearthUsageFilter, run_id) },
  { " AND process <> ?6", G_STRUCT_OFFSET (HearthUsageFilter, not_process) },
};

static const char *
get_restriction (const HearthUsageFilter *filter,
                 gsize                    i)
{
  return G_STRUCT_MEMBER (const char *, filter, restrictions[i].offset);
}

static char *
make_query (HearthUsageBy            by,
            const HearthUsageFilter *filter)
{
  g_auto (GStrv) columns = g_strsplit (groups[by].columns, ", ", 2);
  g_autofree char *named = g_strdup_printf ("%s AS first, %s AS second", columns[0], columns[1]);
  g_autoptr (GString) where = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (restrictions); i++)
    if (get_restriction (filter, i) != NULL)
      g_string_append (where, restrictions[i].condition);
  return g_strdup_printf (QUERY, named, where->str, groups[by].order);
}

static HearthSqliteStatement *
make_statement (HearthSqliteConnection  *connection,
                HearthUsageBy            by,
                const HearthUsageFilter *filter,
                GError                 **error)
{
  g_autofree char *sql = make_query (by, filter);
  HearthSqliteStatement *statement = _hearth_sqlite_statement_new (connection, sql, error);

  if (statement == NULL)
    return NULL;
  _hearth_sqlite_statement_bind_text (statement, 1, filter->currency);
  for (gsize i = 0; i < G_N_ELEMENTS (restrictions); i++)
    if (get_restriction (filter, i) != NULL)
      _hearth_sqlite_statement_bind_text (statement, (int) i + 2, get_restriction (filter, i));
  _hearth_sqlite_statement_bind_integer (statement, 7, filter->limit != 0 ? (gint64) filter->limit : -1);
  return statement;
}

static HearthValue *
make_sum (HearthSqliteStatement *row,
          HearthUsageBy          by)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (groups[by].first != NULL)
    hearth_builder_add (&out, groups[by].first, _hearth_column_text (row, 0));
  if (groups[by].second != NULL)
    hearth_builder_add (&out, groups[by].second, _hearth_column_text (row, 1));
  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    hearth_builder_add (&out, sums[i], hearth_value_integer (_hearth_sqlite_statement_get_integer (row, (int) i + 2)));
  return hearth_builder_end_object (&out);
}

static HearthValue *
sum (HearthSqliteConnection  *connection,
     HearthUsageBy            by,
     const HearthUsageFilter *filter,
     GError                 **error)
{
  g_autoptr (HearthSqliteStatement) statement = make_statement (connection, by, filter, error);
  g_auto (HearthBuilder) items = HEARTH_BUILDER_INIT;
  HearthSqliteResult result;

  if (statement == NULL)
    return NULL;
  while ((result = _hearth_sqlite_statement_step (statement, error)) == HEARTH_SQLITE_ROW)
    hearth_builder_add (&items, NULL, make_sum (statement, by));
  return result == HEARTH_SQLITE_DONE ? hearth_builder_end_array (&items) : NULL;
}

HearthValue *
hearth_usage_table_sum (HearthDatabase          *self,
                        HearthUsageBy            by,
                        const HearthUsageFilter *filter,
                        GError                 **error)
{
  HearthValue *items;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (by < G_N_ELEMENTS (groups), NULL);
  g_return_val_if_fail (filter != NULL && filter->currency != NULL, NULL);

  items = sum (_hearth_database_lock (self), by, filter, error);
  _hearth_database_unlock (self);
  return items;
}
