/* hearth-price-row-private.h: one row of a table of prices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-price-table.h"

G_BEGIN_DECLS

typedef struct
{
  char        *provider; /* lower case; may hold "*" */
  char        *model;    /* lower case; may hold "*" */
  gboolean     is_known; /* FALSE: the row says that nobody knows */
  HearthPrice  price;
} HearthPriceRow;

/* NULL with a sentence about row @number (from 1). */
HearthPriceRow *_hearth_price_row_new   (HearthValue          *value,
                                         guint                 number,
                                         GError              **error);
void            _hearth_price_row_free  (HearthPriceRow       *self);
/* How well the row fits, 0: not at all. @provider and @model in lower case; @provider NULL: only "*" fits. */
guint           _hearth_price_row_match (const HearthPriceRow *self,
                                         const char           *provider,
                                         const char           *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthPriceRow, _hearth_price_row_free)

G_END_DECLS
