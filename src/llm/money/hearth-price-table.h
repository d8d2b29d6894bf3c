/* hearth-price-table.h: what providers ask for tokens, as far as it is known (docs/money.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-answer.h"

G_BEGIN_DECLS

/* Whole micro-units of HEARTH_CURRENCY for a million tokens. */
typedef struct
{
  gint64 input, output;
  gint64 cached;        /* input that the provider still had */
  gint64 cache_written; /* input that it keeps for later */
} HearthRates;

/**
 * HearthPrice:
 * @rates: as a rule
 * @long_rates: for a prompt of at least @long_from tokens; @long_from 0: there is no such rule
 */
typedef struct
{
  HearthRates rates;
  HearthRates long_rates;
  gint64      long_from;
} HearthPrice;

/* Whole micro-units, rounded up; -1 when it cannot be known: a count that costs something was not told. */
gint64            hearth_price_get_cost      (const HearthPrice *self,
                                              const HearthUsage *usage);
/* The most that such a call can cost. */
gint64            hearth_price_get_most      (const HearthPrice *self,
                                              gint64             prompt_tokens,
                                              gint64             completion_tokens);
/* Whatever is asked: a model of one's own machine. */
gboolean          hearth_price_is_free       (const HearthPrice *self);

/**
 * HearthPriceError:
 * @HEARTH_PRICE_ERROR_TABLE: not a table of prices; the message names the row and what is wrong with it
 */
typedef enum
{
  HEARTH_PRICE_ERROR_TABLE,
} HearthPriceError;

#define HEARTH_PRICE_ERROR (hearth_price_error_quark ())
GQuark            hearth_price_error_quark   (void);

/* Immutable, counted; any thread. */
typedef struct _HearthPriceTable HearthPriceTable;

/* @shipped: what data/prices.json holds: {"date", "source", "currency", "prices": [{"provider", "model", "input",
 * "output", "cachedInput"?, "cacheWrite"?, "longPrompt"?: {"from", "input", "output", …}, "date"?, "source"?}]}, in
 * currency for a million tokens; or NULL: no price is known. @own: the user's, of the same form, whose rows go before
 * those; or NULL. "currency" must be HEARTH_CURRENCY. */
HearthPriceTable *hearth_price_table_new     (HearthValue       *shipped,
                                              HearthValue       *own,
                                              GError           **error);
HearthPriceTable *hearth_price_table_ref     (HearthPriceTable  *self);
void              hearth_price_table_unref   (HearthPriceTable  *self);
/* FALSE: nobody has told what this costs. @provider: as hearth_ledger_reserve() takes it; NULL: none of those known. */
gboolean          hearth_price_table_lookup  (HearthPriceTable  *self,
                                              const char        *provider,
                                              const char        *model,
                                              HearthPrice       *price);
/* {"date", "source", "currency", "prices": […]}, the user's rows first and marked {"own": true}. New reference. */
HearthValue      *hearth_price_table_to_value (HearthPriceTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthPriceTable, hearth_price_table_unref)

G_END_DECLS
