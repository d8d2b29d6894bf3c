/* hearth-price.c: what a call costs at a price
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-price-table.h"

#define TOKENS_PER_PRICE 1000000
#define MAX_TOKENS ((gint64) 1 << 26) /* of one call; times the highest price it still fits 64 bits */

static gint64
multiply (gint64 tokens,
          gint64 rate)
{
  return CLAMP (tokens, 0, MAX_TOKENS) * rate;
}

static gint64
round_up (gint64 parts)
{
  return (parts + TOKENS_PER_PRICE - 1) / TOKENS_PER_PRICE;
}

static const HearthRates *
choose_rates (const HearthPrice *self,
              gint64             prompt_tokens)
{
  return self->long_from > 0 && prompt_tokens >= self->long_from ? &self->long_rates : &self->rates;
}

gboolean
hearth_price_is_free (const HearthPrice *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->long_from == 0 && self->rates.input == 0 && self->rates.output == 0
         && self->rates.cached == 0 && self->rates.cache_written == 0;
}

gint64
hearth_price_get_cost (const HearthPrice *self,
                       const HearthUsage *usage)
{
  const HearthRates *rates;
  gint64 cached, written, plain;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (usage != NULL, -1);

  rates = choose_rates (self, usage->prompt);
  if ((usage->prompt < 0 && rates->input > 0) || (usage->completion < 0 && rates->output > 0))
    return -1;
  cached = CLAMP (usage->cached, 0, MAX (usage->prompt, 0));
  written = CLAMP (usage->cache_written, 0, MAX (usage->prompt, 0) - cached);
  plain = usage->prompt - cached - written;
  return round_up (multiply (plain, rates->input) + multiply (cached, rates->cached)
                   + multiply (written, rates->cache_written) + multiply (usage->completion, rates->output));
}

gint64
hearth_price_get_most (const HearthPrice *self,
                       gint64             prompt_tokens,
                       gint64             completion_tokens)
{
  const HearthRates *rates;

  g_return_val_if_fail (self != NULL, -1);

  rates = choose_rates (self, prompt_tokens);
  return round_up (multiply (prompt_tokens, MAX (rates->input, MAX (rates->cached, rates->cache_written)))
                   + multiply (completion_tokens, rates->output));
}
