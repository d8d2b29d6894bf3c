/* hearth-spending.c: sums of what calls have cost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-spending.h"

#include "hearth-ceilings.h"

void
hearth_spending_add (HearthSpending       *self,
                     const HearthSpending *more)
{
  g_return_if_fail (self != NULL && more != NULL);

  self->calls += more->calls;
  self->unpriced += more->unpriced;
  self->uncounted += more->uncounted;
  self->prompt += more->prompt;
  self->completion += more->completion;
  self->cost += more->cost;
  self->most_cost += more->most_cost;
  self->most_tokens += more->most_tokens;
  self->ms += more->ms;
}

static void
add_count (HearthBuilder *object,
           const char    *key,
           gint64         count,
           gboolean       is_known)
{
  if (is_known)
    hearth_builder_add (object, key, hearth_value_integer (count));
}

HearthValue *
hearth_spending_to_value (const HearthSpending *self)
{
  g_auto (HearthBuilder) object = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (self != NULL, NULL);

  hearth_builder_add (&object, "calls", hearth_value_integer (self->calls));
  add_count (&object, "promptTokens", self->prompt, self->uncounted == 0 || self->uncounted < self->calls);
  add_count (&object, "completionTokens", self->completion, self->uncounted == 0 || self->uncounted < self->calls);
  if (self->unpriced == 0 || self->unpriced < self->calls)
    hearth_builder_add (&object, "cost", hearth_money_to_value (self->cost));
  hearth_builder_add_string (&object, "currency", HEARTH_CURRENCY);
  hearth_builder_add (&object, "seconds", hearth_value_double (self->ms / 1000.0));
  add_count (&object, "unknown", self->unpriced, self->unpriced > 0);
  add_count (&object, "unknownTokens", self->uncounted, self->uncounted > 0);
  return hearth_builder_end_object (&object);
}
