/* hearth-account.c: spends, reserves and settles against ceilings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-account-private.h"

HearthAccount *
_hearth_account_new (void)
{
  HearthAccount *self = g_rc_box_new0 (HearthAccount);

  self->ceilings = (HearthCeilings) HEARTH_CEILINGS_INIT;
  self->reached = -1;
  return self;
}

static void
account_clear (gpointer data)
{
  HearthAccount *self = data;

  g_clear_error (&self->stopped);
}

void
_hearth_account_unref (HearthAccount *self)
{
  g_rc_box_release_full (self, account_clear);
}

void
_hearth_account_get_spent (const HearthAccount *self,
                           gint64               now_ms,
                           HearthSpending      *spent)
{
  *spent = self->earlier;
  hearth_spending_add (spent, &self->own);
  if (self->on_their_way > 0)
    spent->ms += now_ms - self->busy_since_ms;
}

static gboolean
is_beyond (gint64 ceiling,
           gint64 amount)
{
  return ceiling >= 0 && amount > ceiling;
}

/* What is free is let through even where too much was spent. */
static HearthBreach
check_cost (const HearthAccount *self,
            gint64               ceiling,
            gint64               need,
            gint64               spent,
            gboolean             count_reserved)
{
  if (ceiling < 0 || need == 0)
    return HEARTH_BREACH_NONE;
  if (need < 0)
    return HEARTH_BREACH_UNPRICED;
  return spent + (count_reserved ? self->reserved_cost : 0) + need > ceiling ? HEARTH_BREACH_COST : HEARTH_BREACH_NONE;
}

HearthBreach
_hearth_account_check (const HearthAccount  *self,
                       const HearthCeilings *ceilings,
                       const HearthNeed     *need,
                       gboolean              count_reserved,
                       gint64                now_ms)
{
  HearthSpending spent;
  HearthBreach breach;
  gint64 tokens;

  _hearth_account_get_spent (self, now_ms, &spent);
  breach = check_cost (self, ceilings->cost, need->cost, spent.cost + spent.most_cost, count_reserved);
  if (breach != HEARTH_BREACH_NONE)
    return breach;
  tokens = spent.prompt + spent.completion + spent.most_tokens + need->tokens;
  if (is_beyond (ceilings->tokens, tokens + (count_reserved ? self->reserved_tokens : 0)))
    return HEARTH_BREACH_TOKENS;
  if (is_beyond (ceilings->calls, spent.calls + self->on_their_way + 1))
    return HEARTH_BREACH_CALLS;
  return is_beyond (ceilings->ms, spent.ms + 1) ? HEARTH_BREACH_TIME : HEARTH_BREACH_NONE;
}

void
_hearth_account_hold (HearthAccount    *self,
                      const HearthNeed *need,
                      gint64            now_ms)
{
  self->reserved_cost += MAX (need->cost, 0);
  self->reserved_tokens += need->tokens;
  if (self->on_their_way++ == 0)
    self->busy_since_ms = now_ms;
}

void
_hearth_account_release (HearthAccount        *self,
                         const HearthNeed     *need,
                         const HearthSpending *spent,
                         gint64                now_ms)
{
  g_assert (self->on_their_way > 0);

  self->reserved_cost -= MAX (need->cost, 0);
  self->reserved_tokens -= need->tokens;
  hearth_spending_add (&self->own, spent);
  if (--self->on_their_way == 0)
    self->own.ms += now_ms - self->busy_since_ms;
}
