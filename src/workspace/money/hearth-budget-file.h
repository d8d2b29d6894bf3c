/* hearth-budget-file.h: the ceilings and prices that the user has set, as files of the data folder (docs/money.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading and writing block; call them from a worker thread.
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-ledger.h"

G_BEGIN_DECLS

/* {"run"?, "project"?, "day"?: ceilings by default, "today"?: {"day", "ceilings"}, "projects"?: {id: ceilings},
 * "allowUnknown"?}; {} when there is no file yet. */
HearthValue      *_hearth_budget_read        (HearthDataDir *dir,
                                              GError       **error);
/* Members of @changes stand for those of the file, null takes one away; "projects" is changed project by project, and
 * "today" are ceilings. Returns the whole as it is then. */
HearthValue      *_hearth_budget_write       (HearthDataDir *dir,
                                              HearthValue   *changes,
                                              const char    *today,
                                              GError       **error);
/* Main thread. @budget: as read. */
void              _hearth_budget_apply       (HearthValue   *budget,
                                              HearthLedger  *ledger);

/* {"shipped"?, "own"?}: both tables as they are. */
HearthValue      *_hearth_prices_read        (HearthDataDir *dir,
                                              GError       **error);
/* @own: a table of the form of prices.json. */
gboolean          _hearth_prices_write       (HearthDataDir *dir,
                                              HearthValue   *own,
                                              GError       **error);
/* Of what was read. When the user's own are no good the shipped ones count, and @problem says why (or is NULL). */
HearthPriceTable *_hearth_prices_make_table  (HearthValue   *read,
                                              char         **problem);

/* Of a sum of hearth_usage_table_sum(); NULL: nothing. */
HearthSpending    _hearth_spending_of_sum    (HearthValue   *sum);
/* "2026-01-31", local. New string. */
char             *_hearth_today              (void);

G_END_DECLS
