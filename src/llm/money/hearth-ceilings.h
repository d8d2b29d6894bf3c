/* hearth-ceilings.h: how much calls to models may cost, in money, tokens, calls and time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* Money is counted in one currency; prices in others are refused, for nobody could compare them. */
#define HEARTH_CURRENCY "USD"

/* Not set here: what stands by default counts. */
#define HEARTH_CEILING_DEFAULT ((gint64) -1)
/* Expressly none. */
#define HEARTH_CEILING_NONE ((gint64) -2)

/**
 * HearthCeilings:
 * @cost: whole micro-units of money
 * @tokens: of prompts and answers together
 * @ms: time in which at least one call is on its way
 */
typedef struct
{
  gint64 cost;
  gint64 tokens;
  gint64 calls;
  gint64 ms;
} HearthCeilings;

#define HEARTH_CEILINGS_INIT { HEARTH_CEILING_DEFAULT, HEARTH_CEILING_DEFAULT, HEARTH_CEILING_DEFAULT, HEARTH_CEILING_DEFAULT }

/**
 * HearthCeilingsError:
 * @HEARTH_CEILINGS_ERROR_SYNTAX: cannot be read; the message says what is expected
 */
typedef enum
{
  HEARTH_CEILINGS_ERROR_SYNTAX,
} HearthCeilingsError;

#define HEARTH_CEILINGS_ERROR (hearth_ceilings_error_quark ())
GQuark          hearth_ceilings_error_quark (void);

/* "2 USD, 100000 tokens, 50 calls, 10m": any of them, in any order; "$2", "100k tokens", "90s", "1h"; "none" for
 * expressly no ceiling at all. */
gboolean        hearth_ceilings_parse       (const char           *text,
                                             HearthCeilings       *self,
                                             GError              **error);
/* {"cost", "tokens", "calls", "seconds"}: what is absent is left to the default, null is expressly none. @cost in whole
 * units of money, such as 2.5. @value NULL or null: all absent. */
gboolean        hearth_ceilings_read        (HearthValue          *value,
                                             HearthCeilings       *self,
                                             GError              **error);
/* The reverse. */
HearthValue    *hearth_ceilings_to_value    (const HearthCeilings *self);
/* What @self leaves open is taken from @below. */
HearthCeilings  hearth_ceilings_over        (const HearthCeilings *self,
                                             const HearthCeilings *below);
/* "2.50 USD"; small amounts with as many digits as they need. New string. */
char           *hearth_money_to_text        (gint64                micro);
/* 2.5, as it stands in JSON. */
HearthValue    *hearth_money_to_value       (gint64                micro);

G_END_DECLS
