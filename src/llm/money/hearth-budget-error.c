/* hearth-budget-error.c: says which ceiling is reached, and what can be done
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-ledger-private.h"

#include "hearth-model-error.h"

#include "hearth-i18n.h"

/* Whose ceiling; a part of the sentences below. */
static const char *const whose[HEARTH_N_BUDGETS] = {
  [HEARTH_BUDGET_RUN] = N_("for this run"),
  [HEARTH_BUDGET_PROJECT] = N_("for this project"),
  [HEARTH_BUDGET_DAY] = N_("for today"),
};

/* The letters for 64 bits are another on each machine, which no catalogue can know. */
static char *
number_to_text (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
say_cost (const char           *owner,
          const HearthCeilings *ceilings,
          const HearthSpending *spent,
          const HearthNeed     *need,
          const char           *model)
{
  g_autofree char *ceiling = hearth_money_to_text (ceilings->cost);
  g_autofree char *most = hearth_money_to_text (need->cost);
  g_autofree char *gone = hearth_money_to_text (spent->cost + spent->most_cost);

  /* Translators: a model, an amount of money, another, “for this run”, a third amount */
  return g_strdup_printf (_("A call of “%s” may cost up to %s, which would go beyond the ceiling of %s %s: %s is spent already. Raise the ceiling and let the run go on."),
                          model, most, ceiling, owner, gone);
}

static char *
say_unpriced (const char           *owner,
              const HearthCeilings *ceilings,
              const char           *model)
{
  g_autofree char *ceiling = hearth_money_to_text (ceilings->cost);

  /* Translators: a model, an amount of money, “for this run” */
  return g_strdup_printf (_("Nobody has told what “%s” costs, so the ceiling of %s %s cannot be kept. Enter its price, allow models of unknown price, or take the ceiling away."),
                          model, ceiling, owner);
}

static char *
say_tokens (const char           *owner,
            const HearthCeilings *ceilings,
            const HearthSpending *spent,
            const HearthNeed     *need,
            const char           *model)
{
  g_autofree char *most = number_to_text (need->tokens);
  g_autofree char *ceiling = number_to_text (ceilings->tokens);
  g_autofree char *gone = number_to_text (spent->prompt + spent->completion + spent->most_tokens);

  /* Translators: a model, two numbers of tokens, “for this run”, a third number */
  return g_strdup_printf (_("A call of “%s” may take up to %s tokens, which would go beyond the ceiling of %s tokens %s: %s are spent already. Raise the ceiling and let the run go on."),
                          model, most, ceiling, owner, gone);
}

static char *
say_calls (const char           *owner,
           const HearthCeilings *ceilings)
{
  g_autofree char *ceiling = number_to_text (ceilings->calls);

  /* Translators: a number, “for this run” */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The ceiling of %s call %s is reached. Raise it and let the run go on.",
                                       "The ceiling of %s calls %s is reached. Raise it and let the run go on.", (gulong) ceilings->calls),
                          ceiling, owner);
}

static char *
say_time (const char           *owner,
          const HearthCeilings *ceilings)
{
  /* Translators: a number of seconds, “for this run” */
  return g_strdup_printf (_("The ceiling of %g seconds of calls %s is reached. Raise it and let the run go on."),
                          ceilings->ms / 1000.0, owner);
}

GError *
_hearth_budget_error_new (HearthBudget          budget,
                          HearthBreach          breach,
                          const HearthCeilings *ceilings,
                          const HearthSpending *spent,
                          const HearthNeed     *need,
                          const char           *model)
{
  const char *owner = _(whose[budget]);
  g_autofree char *sentence = NULL;
  GError *error = NULL;

  if (breach == HEARTH_BREACH_COST)
    sentence = say_cost (owner, ceilings, spent, need, model);
  else if (breach == HEARTH_BREACH_UNPRICED)
    sentence = say_unpriced (owner, ceilings, model);
  else if (breach == HEARTH_BREACH_TOKENS)
    sentence = say_tokens (owner, ceilings, spent, need, model);
  else
    sentence = breach == HEARTH_BREACH_CALLS ? say_calls (owner, ceilings) : say_time (owner, ceilings);
  hearth_model_error_set (&error, HEARTH_MODEL_ERROR_BUDGET, sentence);
  return error;
}
