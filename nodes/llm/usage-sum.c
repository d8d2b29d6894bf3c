/* usage-sum.c: what several answers took together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "usage-sum.h"

static gint64
add (gint64 sum,
     gint64 tokens)
{
  return sum >= 0 && tokens >= 0 ? sum + tokens : -1;
}

void
hearth_usage_sum_add (HearthUsageSum    *self,
                      const HearthUsage *usage)
{
  HearthUsage *sum = &self->usage;

  g_return_if_fail (self != NULL && usage != NULL);

  self->n_answers++;
  sum->prompt = add (sum->prompt, usage->prompt);
  sum->completion = add (sum->completion, usage->completion);
  sum->cached = add (sum->cached, usage->cached);
  sum->cache_written = add (sum->cache_written, usage->cache_written);
  sum->reasoning = add (sum->reasoning, usage->reasoning);
}

HearthValue *
hearth_usage_sum_to_value (const HearthUsageSum *self)
{
  HearthValue *value;

  g_return_val_if_fail (self != NULL, NULL);

  value = self->n_answers > 0 ? hearth_usage_to_value (&self->usage) : NULL;
  return value != NULL ? value : hearth_value_empty_object ();
}
