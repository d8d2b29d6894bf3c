/* hearth-usage-operations.c: what calls to models took, what they may cost, and what they are asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-usage-operations.h"

#include "hearth-books.h"
#include "hearth-budget-file.h"
#include "hearth-operation-private.h"
#include "hearth-usage-table.h"

/* --- usage ------------------------------------------------------------------------------------ */

static HearthValue *
sum_to_usage (HearthValue *sum)
{
  HearthSpending spending = _hearth_spending_of_sum (sum);

  return hearth_spending_to_value (&spending);
}

/* What the sum is of, and usage. */
static HearthValue *
sum_to_item (HearthValue *sum)
{
  static const char *const names[] = { "day", "projectId", "provider", "model", "runId", "nodeId" };
  g_autoptr (HearthValue) usage = sum_to_usage (sum);
  g_auto (HearthBuilder) item = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    hearth_builder_add_string (&item, names[i], _hearth_text (sum, names[i]));
  for (gsize i = 0; i < hearth_value_get_length (usage); i++)
    hearth_builder_add (&item, hearth_value_key_at (usage, i), hearth_value_ref (hearth_value_member_at (usage, i)));
  return hearth_builder_end_object (&item);
}

static HearthValue *
sums_to_items (HearthValue *sums)
{
  g_auto (HearthBuilder) items = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (sums); i++)
    hearth_builder_add (&items, NULL, sum_to_item (hearth_value_at (sums, i)));
  return hearth_builder_end_array (&items);
}

static HearthValue *
first_to_usage (HearthValue *sums)
{
  return sum_to_usage (hearth_value_get_length (sums) > 0 ? hearth_value_at (sums, 0) : NULL);
}

static HearthUsageBy
read_by (HearthValue *arguments)
{
  static const char *const names[] = { "day", "project", "model", "run", "node" };
  const char *by = hearth_value_get_member_string (arguments, "by", names[0]);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (by, names[i]))
      return i;
  return HEARTH_USAGE_BY_DAY;
}

static HearthValue *
sum_usage (HearthStorage *storage,
           HearthValue   *arguments,
           GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  HearthUsageFilter filter = {
    .from = _hearth_text (arguments, "from"),
    .to = _hearth_text (arguments, "to"),
    .project_id = _hearth_text (arguments, "project"),
    .run_id = _hearth_text (arguments, "run"),
    .currency = HEARTH_CURRENCY,
    .limit = (guint) hearth_value_get_member_integer (arguments, "limit", 0),
  };
  g_autoptr (HearthValue) sums = NULL;
  g_autoptr (HearthValue) total = NULL;

  sums = database != NULL ? hearth_usage_table_sum (database, read_by (arguments), &filter, error) : NULL;
  filter.limit = 0;
  total = sums != NULL ? hearth_usage_table_sum (database, HEARTH_USAGE_BY_NOTHING, &filter, error) : NULL;
  if (total == NULL)
    return NULL;
  return hearth_value_object ("by", hearth_value_string (hearth_value_get_member_string (arguments, "by", "day")),
                              "items", sums_to_items (sums), "total", first_to_usage (total), NULL);
}

const HearthOperation hearth_operation_sum_usage = { .work = sum_usage };

/* --- of one run ------------------------------------------------------------------------------- */

static HearthValue *
add_to_nodes (HearthValue *nodes,
              HearthValue *sums)
{
  HearthValue *changed = hearth_value_ref (nodes);

  for (gsize i = 0; i < hearth_value_get_length (sums); i++)
    {
      HearthValue *sum = hearth_value_at (sums, i);
      const char *id = _hearth_text (sum, "nodeId");
      HearthValue *node = id != NULL ? hearth_value_get (changed, id) : NULL;
      g_autoptr (HearthValue) usage = sum_to_usage (sum);
      g_autoptr (HearthValue) told = node != NULL ? hearth_value_with (node, "usage", usage) : NULL;
      g_autoptr (HearthValue) before = changed;

      changed = hearth_value_ref (before);
      if (told == NULL)
        continue;
      hearth_value_unref (changed);
      changed = hearth_value_with (before, id, told);
    }
  return changed;
}

HearthValue *
_hearth_usage_add_to_run (HearthStorage *storage,
                          HearthValue   *run,
                          GError       **error)
{
  HearthUsageFilter filter = { .run_id = _hearth_text (run, "promptId"), .currency = HEARTH_CURRENCY };
  g_autoptr (HearthValue) sums = hearth_usage_table_sum (storage->database, HEARTH_USAGE_BY_NODE, &filter, error);
  g_autoptr (HearthValue) total = NULL;
  g_autoptr (HearthValue) nodes = NULL;
  g_autoptr (HearthValue) with_nodes = NULL;
  g_autoptr (HearthValue) usage = NULL;

  if (sums == NULL || hearth_value_get_length (sums) == 0)
    return sums != NULL ? hearth_value_ref (run) : NULL;
  total = hearth_usage_table_sum (storage->database, HEARTH_USAGE_BY_NOTHING, &filter, error);
  if (total == NULL)
    return NULL;
  nodes = add_to_nodes (hearth_value_get (run, "nodes"), sums);
  with_nodes = hearth_value_with (run, "nodes", nodes);
  usage = first_to_usage (total);
  return hearth_value_with (with_nodes, "usage", usage);
}

/* --- ceilings --------------------------------------------------------------------------------- */

/* Those of @own that are set, over those by default. */
static HearthValue *
join_ceilings (HearthValue *own,
               HearthValue *by_default)
{
  HearthCeilings above, below, both;

  hearth_ceilings_read (own, &above, NULL);
  hearth_ceilings_read (by_default, &below, NULL);
  both = hearth_ceilings_over (&above, &below);
  return hearth_ceilings_to_value (&both);
}

static HearthValue *
describe_today (HearthDatabase *database,
                HearthValue    *budget,
                const char     *day,
                GError        **error)
{
  HearthUsageFilter filter = { .from = day, .to = day, .currency = HEARTH_CURRENCY };
  HearthValue *today = hearth_value_get (budget, "today");
  gboolean is_today = g_strcmp0 (_hearth_text (today, "day"), day) == 0;
  g_autoptr (HearthValue) sums = hearth_usage_table_sum (database, HEARTH_USAGE_BY_NOTHING, &filter, error);

  if (sums == NULL)
    return NULL;
  return hearth_value_object ("day", hearth_value_string (day),
                              "ceilings", join_ceilings (is_today ? hearth_value_get (today, "ceilings") : NULL,
                                                         hearth_value_get (budget, "day")),
                              "spent", first_to_usage (sums), NULL);
}

static HearthValue *
find_sum (HearthValue *sums,
          const char  *project_id)
{
  for (gsize i = 0; i < hearth_value_get_length (sums); i++)
    if (g_strcmp0 (_hearth_text (hearth_value_at (sums, i), "projectId"), project_id) == 0)
      return hearth_value_at (sums, i);
  return NULL;
}

static void
add_project (HearthBuilder *projects,
             HearthValue   *budget,
             const char    *id,
             HearthValue   *sum)
{
  HearthValue *own = hearth_value_get (hearth_value_get (budget, "projects"), id);

  hearth_builder_add (projects, id,
                      hearth_value_object ("ceilings", join_ceilings (own, hearth_value_get (budget, "project")),
                                           "spent", sum_to_usage (sum), NULL));
}

/* Those that have spent something, and those that only have ceilings. */
static HearthValue *
describe_projects (HearthDatabase *database,
                   HearthValue    *budget,
                   GError        **error)
{
  HearthUsageFilter filter = { .currency = HEARTH_CURRENCY };
  HearthValue *own = hearth_value_get (budget, "projects");
  g_autoptr (HearthValue) sums = hearth_usage_table_sum (database, HEARTH_USAGE_BY_PROJECT, &filter, error);
  g_auto (HearthBuilder) projects = HEARTH_BUILDER_INIT;

  if (sums == NULL)
    return NULL;
  for (gsize i = 0; i < hearth_value_get_length (sums); i++)
    if (_hearth_text (hearth_value_at (sums, i), "projectId") != NULL)
      add_project (&projects, budget, _hearth_text (hearth_value_at (sums, i), "projectId"), hearth_value_at (sums, i));
  for (gsize i = 0; own != NULL && i < hearth_value_get_length (own); i++)
    if (find_sum (sums, hearth_value_key_at (own, i)) == NULL)
      add_project (&projects, budget, hearth_value_key_at (own, i), NULL);
  return hearth_builder_end_object (&projects);
}

static HearthValue *
describe_budget (HearthStorage *storage,
                 HearthValue   *budget,
                 GError       **error)
{
  static const char *const defaults[] = { "run", "project", "day" };
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autofree char *day = _hearth_today ();
  g_autoptr (HearthValue) today = database != NULL ? describe_today (database, budget, day, error) : NULL;
  g_autoptr (HearthValue) projects = today != NULL ? describe_projects (database, budget, error) : NULL;
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  if (projects == NULL)
    return NULL;
  hearth_builder_add_string (&out, "currency", HEARTH_CURRENCY);
  hearth_builder_add (&out, "allowUnknown", hearth_value_boolean (hearth_value_get_member_boolean (budget, "allowUnknown", FALSE)));
  for (gsize i = 0; i < G_N_ELEMENTS (defaults); i++)
    hearth_builder_add (&out, defaults[i], join_ceilings (hearth_value_get (budget, defaults[i]), NULL));
  hearth_builder_add (&out, "today", hearth_value_ref (today));
  hearth_builder_add (&out, "projects", hearth_value_ref (projects));
  return hearth_builder_end_object (&out);
}

static HearthValue *
read_budget (HearthStorage *storage,
             HearthValue   *arguments,
             GError       **error)
{
  g_autoptr (HearthValue) budget = _hearth_budget_read (storage->dir, error);

  return budget != NULL ? describe_budget (storage, budget, error) : NULL;
}

const HearthOperation hearth_operation_read_budget = { .work = read_budget };

static HearthValue *
write_budget (HearthStorage *storage,
              HearthValue   *arguments,
              GError       **error)
{
  g_autofree char *today = _hearth_today ();
  g_autoptr (HearthValue) budget = _hearth_budget_write (storage->dir, arguments, today, error);

  return budget != NULL ? describe_budget (storage, budget, error) : NULL;
}

static void
look_again (HearthWorkspace *workspace,
            HearthValue     *arguments,
            HearthValue     *answer)
{
  _hearth_books_have_changed (workspace->books);
}

const HearthOperation hearth_operation_write_budget = { .work = write_budget, .announce = look_again };

/* --- prices ----------------------------------------------------------------------------------- */

static HearthValue *
describe_prices (HearthStorage *storage,
                 GError       **error)
{
  g_autoptr (HearthValue) read = _hearth_prices_read (storage->dir, error);
  g_autoptr (HearthPriceTable) table = NULL;
  g_autoptr (HearthValue) value = NULL;
  g_autoptr (HearthValue) told = NULL;
  g_autofree char *problem = NULL;

  if (read == NULL)
    return NULL;
  table = _hearth_prices_make_table (read, &problem);
  value = hearth_price_table_to_value (table);
  told = problem != NULL ? hearth_value_string (problem) : NULL;
  return hearth_value_with (value, "problem", told);
}

static HearthValue *
read_prices (HearthStorage *storage,
             HearthValue   *arguments,
             GError       **error)
{
  return describe_prices (storage, error);
}

const HearthOperation hearth_operation_read_prices = { .work = read_prices };

static HearthValue *
write_prices (HearthStorage *storage,
              HearthValue   *arguments,
              GError       **error)
{
  return _hearth_prices_write (storage->dir, arguments, error) ? describe_prices (storage, error) : NULL;
}

const HearthOperation hearth_operation_write_prices = { .work = write_prices, .announce = look_again };
