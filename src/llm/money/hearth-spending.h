/* hearth-spending.h: what calls to models have cost together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/**
 * HearthSpending:
 * @unpriced: those of @calls whose cost is not known
 * @uncounted: those whose tokens are not known
 * @cost: of all others, whole micro-units of money
 * @most_cost: the most that calls of a known price but without a known cost can have cost; counts against ceilings
 * @most_tokens: likewise
 * @ms: time in which at least one was on its way
 */
typedef struct
{
  gint64 calls;
  gint64 unpriced;
  gint64 uncounted;
  gint64 prompt;
  gint64 completion;
  gint64 cost;
  gint64 most_cost;
  gint64 most_tokens;
  gint64 ms;
} HearthSpending;

void         hearth_spending_add      (HearthSpending       *self,
                                       const HearthSpending *more);
/* {"calls", "promptTokens"?, "completionTokens"?, "cost"?, "currency", "seconds", "unknown"?, "unknownTokens"?}: the last
 * two say of how many calls it is not known; what is known of none is absent. */
HearthValue *hearth_spending_to_value (const HearthSpending *self);

G_END_DECLS
