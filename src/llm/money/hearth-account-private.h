/* hearth-account-private.h: what is spent and reserved for one run, project, day or step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-ceilings.h"
#include "hearth-spending.h"

G_BEGIN_DECLS

/* Counted: a call on its way holds the accounts it is to be settled with. */
typedef struct
{
  HearthCeilings ceilings;  /* its own */
  HearthSpending earlier;   /* elsewhere */
  HearthSpending own;
  gint64 reserved_cost;
  gint64 reserved_tokens;
  guint on_their_way;       /* calls */
  gint64 busy_since_ms;     /* while there are any */
  GError *stopped;          /* of a run: it has reached a ceiling; or NULL */
  int reached;              /* of a run: the HearthBudget that a call of it last did not fit into; -1: none */
} HearthAccount;

/* The most that a call can take. */
typedef struct
{
  gint64 cost;   /* -1: nobody knows */
  gint64 tokens;
} HearthNeed;

typedef enum
{
  HEARTH_BREACH_NONE,
  HEARTH_BREACH_COST,
  HEARTH_BREACH_UNPRICED, /* a ceiling of money, and a call whose price is unknown */
  HEARTH_BREACH_TOKENS,
  HEARTH_BREACH_CALLS,
  HEARTH_BREACH_TIME,
} HearthBreach;

HearthAccount *_hearth_account_new        (void);
void           _hearth_account_unref      (HearthAccount        *self);
void           _hearth_account_get_spent  (const HearthAccount  *self,
                                           gint64                now_ms,
                                           HearthSpending       *spent);
/* Which of @ceilings a call would break. @count_reserved FALSE: as if nothing were on its way. */
HearthBreach   _hearth_account_check      (const HearthAccount  *self,
                                           const HearthCeilings *ceilings,
                                           const HearthNeed     *need,
                                           gboolean              count_reserved,
                                           gint64                now_ms);
void           _hearth_account_hold       (HearthAccount        *self,
                                           const HearthNeed     *need,
                                           gint64                now_ms);
/* @spent: what the call took, without its time. */
void           _hearth_account_release    (HearthAccount        *self,
                                           const HearthNeed     *need,
                                           const HearthSpending *spent,
                                           gint64                now_ms);

#define _hearth_account_ref(account) ((HearthAccount *) g_rc_box_acquire (account))

G_END_DECLS
