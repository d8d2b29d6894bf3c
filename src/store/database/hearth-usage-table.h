/* hearth-usage-table.h: what calls to models took, one row for each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All functions block; call them from a worker thread.
 */

#pragma once

#include "hearth-database.h"

G_BEGIN_DECLS

/* @entry: {"time", "day", "model", "mostTokens", "currency", "durationMs", "outcome"} and, where it is known, "runId",
 * "nodeId", "projectId", "channelId", "provider", "promptTokens", "completionTokens", "cachedTokens",
 * "cacheWrittenTokens", "reasoningTokens", "costMicro", "mostCostMicro". @process: whose call it was. */
gboolean     hearth_usage_table_add       (HearthDatabase          *self,
                                           HearthValue             *entry,
                                           const char              *process,
                                           GError                 **error);

/* What sums are made for. */
typedef enum
{
  HEARTH_USAGE_BY_DAY,      /* the newest first */
  HEARTH_USAGE_BY_PROJECT,  /* those that took most first, as all below */
  HEARTH_USAGE_BY_MODEL,
  HEARTH_USAGE_BY_RUN,
  HEARTH_USAGE_BY_NODE,
  HEARTH_USAGE_BY_NOTHING,  /* one sum */
} HearthUsageBy;

/**
 * HearthUsageFilter:
 * @from, @to: days, "2026-01-31", both included
 * @not_process: calls of other processes only
 * @currency: money in others counts as not known
 * @limit: so many sums at most, 0: all
 *
 * NULL does not restrict; @currency must be there.
 */
typedef struct
{
  const char *from;
  const char *to;
  const char *project_id;
  const char *run_id;
  const char *not_process;
  const char *currency;
  guint       limit;
} HearthUsageFilter;

/* [{"day" or "projectId" or "provider" and "model" or "runId" or "nodeId", "calls", "unpriced", "uncounted", "prompt",
 * "completion", "cost", "mostCost", "mostTokens", "ms"}]: counts, and money in micro-units. A project, run or node that
 * is none is absent. "unpriced" says of how many calls the cost is not known, "mostCost" what those can have taken at
 * most; "uncounted" and "mostTokens" likewise. "ms": time in which at least one call was on its way. */
HearthValue *hearth_usage_table_sum       (HearthDatabase          *self,
                                           HearthUsageBy            by,
                                           const HearthUsageFilter *filter,
                                           GError                 **error);
/* Another number when somebody else wrote to the file; -1 with @error. */
gint64       hearth_usage_table_get_change (HearthDatabase         *self,
                                           GError                 **error);

G_END_DECLS
