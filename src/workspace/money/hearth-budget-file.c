/* hearth-budget-file.c: ceilings that the user has set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-budget-file.h"

#include "hearth-json.h"
#include "hearth-project-store.h"

#define MAX_BYTES ((gsize) 4 << 20)

static const char *const budgets[] = {
  [HEARTH_BUDGET_RUN] = "run",
  [HEARTH_BUDGET_PROJECT] = "project",
  [HEARTH_BUDGET_DAY] = "day",
};

char *
_hearth_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

HearthSpending
_hearth_spending_of_sum (HearthValue *sum)
{
  return (HearthSpending) {
    .calls = hearth_value_get_member_integer (sum, "calls", 0),
    .unpriced = hearth_value_get_member_integer (sum, "unpriced", 0),
    .uncounted = hearth_value_get_member_integer (sum, "uncounted", 0),
    .prompt = hearth_value_get_member_integer (sum, "prompt", 0),
    .completion = hearth_value_get_member_integer (sum, "completion", 0),
    .cost = hearth_value_get_member_integer (sum, "cost", 0),
    .most_cost = hearth_value_get_member_integer (sum, "mostCost", 0),
    .most_tokens = hearth_value_get_member_integer (sum, "mostTokens", 0),
    .ms = hearth_value_get_member_integer (sum, "ms", 0),
  };
}

/* --- checking --------------------------------------------------------------------------------- */

static gboolean
check (HearthValue *ceilings,
       GError     **error)
{
  HearthCeilings ignored;
  GError *reason = NULL;

  if (hearth_ceilings_read (ceilings, &ignored, &reason))
    return TRUE;
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED, reason->message);
  g_error_free (reason);
  return FALSE;
}

static gboolean
check_all (HearthValue *budget,
           GError     **error)
{
  HearthValue *projects = hearth_value_get_member_kind (budget, "projects", HEARTH_VALUE_OBJECT);
  HearthValue *today = hearth_value_get (budget, "today");

  for (gsize i = 0; i < G_N_ELEMENTS (budgets); i++)
    if (!check (hearth_value_get (budget, budgets[i]), error))
      return FALSE;
  for (gsize i = 0; projects != NULL && i < hearth_value_get_length (projects); i++)
    if (!check (hearth_value_member_at (projects, i), error))
      return FALSE;
  return check (hearth_value_get (today, "ceilings"), error);
}

/* --- the file --------------------------------------------------------------------------------- */

HearthValue *
_hearth_budget_read (HearthDataDir *dir,
                     GError       **error)
{
  g_autofree char *path = hearth_data_dir_dup_budget (dir);
  g_autoptr (GError) reason = NULL;
  g_autoptr (HearthValue) budget = hearth_store_read_json (path, MAX_BYTES, &reason);

  if (g_error_matches (reason, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND))
    return hearth_value_empty_object ();
  if (budget == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  return check_all (budget, error) ? g_steal_pointer (&budget) : NULL;
}

/* null takes a member away. */
static HearthValue *
change_members (HearthValue *old,
                HearthValue *changes)
{
  HearthValue *whole = old != NULL ? hearth_value_ref (old) : hearth_value_empty_object ();

  for (gsize i = 0; changes != NULL && i < hearth_value_get_length (changes); i++)
    {
      HearthValue *member = hearth_value_member_at (changes, i);
      g_autoptr (HearthValue) before = whole;

      whole = hearth_value_with (before, hearth_value_key_at (changes, i), hearth_value_is (member, NULL) ? NULL : member);
    }
  return whole;
}

/* What can be changed only in part, or says of which day it is. */
static HearthValue *
complete_changes (HearthValue *old,
                  HearthValue *changes,
                  const char  *today)
{
  HearthValue *projects = hearth_value_get_member_kind (changes, "projects", HEARTH_VALUE_OBJECT);
  HearthValue *ceilings = hearth_value_get_member_kind (changes, "today", HEARTH_VALUE_OBJECT);
  g_autoptr (HearthValue) merged = projects != NULL ? change_members (hearth_value_get (old, "projects"), projects) : NULL;
  g_autoptr (HearthValue) dated = ceilings != NULL ? hearth_value_object ("day", hearth_value_string (today), "ceilings",
                                                                          hearth_value_ref (ceilings), NULL)
                                                   : NULL;
  g_autoptr (HearthValue) first = merged != NULL ? hearth_value_with (changes, "projects", merged) : hearth_value_ref (changes);

  return dated != NULL ? hearth_value_with (first, "today", dated) : g_steal_pointer (&first);
}

static gboolean
write_file (const char  *path,
            HearthValue *value,
            GError     **error)
{
  g_autofree char *text = hearth_json_print_pretty (value);

  return hearth_file_write_atomically (path, text, strlen (text), error);
}

HearthValue *
_hearth_budget_write (HearthDataDir *dir,
                      HearthValue   *changes,
                      const char    *today,
                      GError       **error)
{
  g_autofree char *path = hearth_data_dir_dup_budget (dir);
  g_autoptr (HearthValue) old = _hearth_budget_read (dir, error);
  g_autoptr (HearthValue) completed = old != NULL ? complete_changes (old, changes, today) : NULL;
  g_autoptr (HearthValue) budget = completed != NULL ? change_members (old, completed) : NULL;

  if (budget == NULL || !check_all (budget, error) || !hearth_data_dir_prepare (dir, error)
      || !write_file (path, budget, error))
    return NULL;
  return g_steal_pointer (&budget);
}

/* --- into force ------------------------------------------------------------------------------- */

static void
set (HearthLedger *ledger,
     HearthBudget  budget,
     const char   *id,
     HearthValue  *value)
{
  HearthCeilings ceilings;

  hearth_ceilings_read (value, &ceilings, NULL);
  hearth_ledger_set_ceilings (ledger, budget, id, &ceilings);
}

void
_hearth_budget_apply (HearthValue  *budget,
                      HearthLedger *ledger)
{
  HearthValue *projects = hearth_value_get_member_kind (budget, "projects", HEARTH_VALUE_OBJECT);
  HearthValue *today = hearth_value_get (budget, "today");
  const char *day = hearth_value_get_member_string (today, "day", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (budgets); i++)
    set (ledger, i, NULL, hearth_value_get (budget, budgets[i]));
  for (gsize i = 0; projects != NULL && i < hearth_value_get_length (projects); i++)
    set (ledger, HEARTH_BUDGET_PROJECT, hearth_value_key_at (projects, i), hearth_value_member_at (projects, i));
  if (day != NULL)
    set (ledger, HEARTH_BUDGET_DAY, day, hearth_value_get (today, "ceilings"));
  hearth_ledger_set_allow_unknown (ledger, hearth_value_get_member_boolean (budget, "allowUnknown", FALSE));
}

/* --- prices ----------------------------------------------------------------------------------- */

/* NULL without an error: there is no such file. */
static HearthValue *
read_table (const char *path,
            GError    **error)
{
  GError *reason = NULL;
  HearthValue *table = hearth_store_read_json (path, MAX_BYTES, &reason);

  if (g_error_matches (reason, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND))
    g_clear_error (&reason);
  if (reason != NULL)
    g_propagate_error (error, reason);
  return table;
}

HearthValue *
_hearth_prices_read (HearthDataDir *dir,
                     GError       **error)
{
  const char *variable = g_getenv ("HEARTH_PRICES_FILE");
  g_autofree char *path = hearth_data_dir_dup_prices (dir);
  g_autoptr (HearthValue) shipped = NULL;
  g_autoptr (HearthValue) own = NULL;
  g_autoptr (GError) reason = NULL;

  shipped = read_table (variable != NULL && *variable != '\0' ? variable : HEARTH_DATA_DIR_INSTALLED "/prices.json", &reason);
  own = reason == NULL ? read_table (path, &reason) : NULL;
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  return hearth_value_object ("shipped", hearth_value_ref_or_null (shipped), "own", hearth_value_ref_or_null (own), NULL);
}

HearthPriceTable *
_hearth_prices_make_table (HearthValue *read,
                           char       **problem)
{
  HearthValue *shipped = hearth_value_get (read, "shipped");
  g_autoptr (GError) error = NULL;
  HearthPriceTable *table = hearth_price_table_new (shipped, hearth_value_get (read, "own"), &error);

  if (table == NULL)
    table = hearth_price_table_new (shipped, NULL, NULL);
  if (table == NULL)
    table = hearth_price_table_new (NULL, NULL, NULL);
  if (problem != NULL)
    *problem = error != NULL ? g_strdup (error->message) : NULL;
  return table;
}

gboolean
_hearth_prices_write (HearthDataDir *dir,
                      HearthValue   *own,
                      GError       **error)
{
  g_autofree char *path = hearth_data_dir_dup_prices (dir);
  g_autoptr (GError) reason = NULL;
  g_autoptr (HearthPriceTable) table = hearth_price_table_new (NULL, own, &reason);

  if (table == NULL)
    {
      g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED, reason->message);
      return FALSE;
    }
  return hearth_data_dir_prepare (dir, error) && write_file (path, own, error);
}
