/* hearth-budget.c: ceilings and usage, between people and the ledger
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-budget.h"

#include "hearth-books.h"
#include "hearth-surroundings.h"
#include "hearth-i18n.h"

HearthValue *
hearth_budget_parse (const char *text,
                     GError    **error)
{
  HearthCeilings ceilings;

  g_return_val_if_fail (text != NULL, NULL);

  return hearth_ceilings_parse (text, &ceilings, error) ? hearth_ceilings_to_value (&ceilings) : NULL;
}

static gboolean
read_ceilings (HearthValue    *value,
               HearthCeilings *ceilings,
               GError        **error)
{
  g_autoptr (GError) reason = NULL;

  if (hearth_ceilings_read (value, ceilings, &reason))
    return TRUE;
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED, reason->message);
  return FALSE;
}

gboolean
hearth_budget_check (HearthValue *ceilings,
                     GError     **error)
{
  HearthCeilings ignored;

  return read_ceilings (ceilings, &ignored, error);
}

/* --- in words --------------------------------------------------------------------------------- */

static void
say_cost (GString     *words,
          HearthValue *usage)
{
  HearthValue *cost = hearth_value_get (usage, "cost");
  gint64 unknown = hearth_value_get_member_integer (usage, "unknown", 0);
  g_autofree char *money = cost != NULL ? hearth_money_to_text ((gint64) (hearth_value_get_double (cost) * 1e6 + 0.5)) : NULL;

  if (cost == NULL)
    g_string_append (words, _("unknown cost"));
  else if (unknown > 0)
    /* Translators: an amount of money, and a number of calls to a model */
    g_string_append_printf (words, ngettext ("%s and %u call of unknown cost", "%s and %u calls of unknown cost", (gulong) unknown),
                            money, (guint) unknown);
  else
    g_string_append (words, money);
}

static void
say_tokens (GString     *words,
            HearthValue *usage)
{
  gint64 tokens = hearth_value_get_member_integer (usage, "promptTokens", 0)
                  + hearth_value_get_member_integer (usage, "completionTokens", 0);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, tokens);

  if (hearth_value_get (usage, "promptTokens") == NULL)
    g_string_append (words, _("unknown tokens"));
  else if (hearth_value_get (usage, "unknownTokens") != NULL)
    g_string_append_printf (words, _("more than %s tokens"), number);
  else
    g_string_append_printf (words, ngettext ("%s token", "%s tokens", (gulong) tokens), number);
}

char *
hearth_usage_to_words (HearthValue *usage)
{
  gint64 calls = hearth_value_get_member_integer (usage, "calls", 0);
  GString *words = g_string_new (NULL);

  say_cost (words, usage);
  g_string_append (words, _(", "));
  g_string_append_printf (words, ngettext ("%u call", "%u calls", (gulong) calls), (guint) calls);
  g_string_append (words, _(", "));
  say_tokens (words, usage);
  return g_string_free (words, FALSE);
}

/* --- runs ------------------------------------------------------------------------------------- */

gboolean
hearth_workspace_set_run_budget (HearthWorkspace *self,
                                 const char      *run_id,
                                 HearthValue     *ceilings,
                                 GError         **error)
{
  HearthCeilings read;
  HearthRun *run;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (run_id != NULL && ceilings != NULL, FALSE);

  if (!read_ceilings (ceilings, &read, error))
    return FALSE;
  run = hearth_workspace_lookup_run (self, run_id);
  if (run == NULL || hearth_run_status_is_final (hearth_run_get_status (run)))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                   _("No run “%s” waits or goes on. Let one that has ended go on with the new ceilings."), run_id);
      return FALSE;
    }
  hearth_ledger_set_ceilings (hearth_run_get_service (run, HEARTH_TYPE_LEDGER), HEARTH_BUDGET_RUN, run_id, &read);
  return TRUE;
}

HearthValue *
hearth_workspace_read_run_budget (HearthWorkspace *self,
                                  const char      *run_id)
{
  static const char *const names[] = {
    [HEARTH_BUDGET_RUN] = "run",
    [HEARTH_BUDGET_PROJECT] = "project",
    [HEARTH_BUDGET_DAY] = "day",
  };
  HearthRun *run;
  HearthLedger *ledger;
  HearthCeilings ceilings;
  HearthBudget reached;
  gboolean is_reached;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (run_id != NULL, NULL);

  run = hearth_workspace_lookup_run (self, run_id);
  ledger = run != NULL ? hearth_run_get_service (run, HEARTH_TYPE_LEDGER) : _hearth_books_get_ledger (self->books);
  ceilings = hearth_ledger_get_ceilings (ledger, HEARTH_BUDGET_RUN, run_id);
  is_reached = hearth_ledger_get_reached (ledger, run_id, &reached);
  return hearth_value_object ("ceilings", hearth_ceilings_to_value (&ceilings),
                              "reached", is_reached ? hearth_value_string (names[reached]) : NULL, NULL);
}

/* What would come after its end was never asked. */
static gboolean
is_replay (HearthRun *run)
{
  HearthSurroundings *surroundings = hearth_run_get_service (run, HEARTH_TYPE_SURROUNDINGS);

  return surroundings != NULL && hearth_surroundings_get_kind (surroundings) == HEARTH_SURROUNDINGS_REPLAYED;
}

static HearthRun *
find_ended (HearthWorkspace *self,
            const char      *run_id,
            GError         **error)
{
  HearthRun *run = hearth_workspace_lookup_run (self, run_id);
  HearthRunStatus status = run != NULL ? hearth_run_get_status (run) : HEARTH_RUN_ERROR;

  if (run == NULL || hearth_run_get_plan (run) == NULL || hearth_run_get_priority (run) == HEARTH_RUN_PRIORITY_PREVIEW)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("There is no run “%s” that could go on, or it is too long over. Run its workflow again."), run_id);
  else if (!hearth_run_status_is_final (status))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS, _("The run “%s” is still going on."), run_id);
  else if (is_replay (run))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_REFUSED,
                 _("The run “%s” replayed a recording, which has nothing more. Run its workflow instead."), run_id);
  else if (status == HEARTH_RUN_COMPLETE)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS, _("The run “%s” is complete; there is nothing left to do."),
                 run_id);
  else
    return run;
  return NULL;
}

char *
hearth_workspace_continue (HearthWorkspace *self,
                           const char      *run_id,
                           HearthValue     *ceilings,
                           GError         **error)
{
  HearthCeilings read;
  HearthRun *run;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (run_id != NULL, NULL);

  if (!read_ceilings (ceilings, &read, error))
    return NULL;
  run = find_ended (self, run_id, error);
  if (run == NULL)
    return NULL;
  if (ceilings == NULL)
    read = hearth_ledger_get_ceilings (_hearth_books_get_ledger (self->books), HEARTH_BUDGET_RUN, run_id);
  return _hearth_workspace_submit_again (self, run, &read);
}
