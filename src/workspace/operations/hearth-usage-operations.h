/* hearth-usage-operations.h: what calls to models took, what they may cost, and what they are asked for (docs/money.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* Usage is {"calls", "promptTokens"?, "completionTokens"?, "cost"?, "currency", "seconds", "unknown"?, "unknownTokens"?}: the
 * last two say of how many calls cost and tokens are not known. Ceilings: hearth-budget.h. */

/* by (day, project, model, run, node), from and to (days, "2026-01-31"), project, run, limit → {"by", "items": [usage and
 * "day", "projectId", "provider" and "model", "runId" or "nodeId"], "total": usage} */
extern const HearthOperation hearth_operation_sum_usage;
/* → {"currency", "allowUnknown", "run", "project", "day": ceilings by default, "today": {"day", "ceilings" (those that
 * count), "spent": usage}, "projects": {id: {"ceilings" (those that count), "spent"}}} */
extern const HearthOperation hearth_operation_read_budget;
/* run, project, day, today: ceilings; projects: {id: ceilings}; allowUnknown; what is absent stays, null is taken away →
 * as above */
extern const HearthOperation hearth_operation_write_budget;
/* → {"date", "source", "currency", "prices": [{"provider", "model", "input", "output", …, "own"?}], "problem"?} */
extern const HearthOperation hearth_operation_read_prices;
/* prices: rows that stand before those shipped, all of them → as above */
extern const HearthOperation hearth_operation_write_prices;

/* Of a run as hearth_runs_table_read() gives it: the same with "usage" of itself and of each node that called models. New
 * reference. */
HearthValue *_hearth_usage_add_to_run (HearthStorage *storage,
                                       HearthValue   *run,
                                       GError       **error);

G_END_DECLS
