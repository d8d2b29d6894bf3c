/* hearth-history-operations.h: what was run before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-operation.h"

G_BEGIN_DECLS

/* Since hearth_workspace_open_async() every run but previews is recorded, logged, and its results are kept for
 * the next. */

/* status, project and workflow (ids), q (somewhere in the workflow's name or the message): what is absent or
 * empty does not restrict; page from 1; limit 50 when absent, at most 500. → {"items": [{"promptId", "status",
 * "workflowId", "workflowName", "projectId", "submittedAt", "startedAt", "completedAt", "durationMs",
 * "errorInfo"}], "total", "page", "limit"}, the newest first; times are Unix milliseconds, what is not known is
 * absent. */
extern const HearthOperation hearth_operation_list_history;
/* promptId → such an item with "outputs" and "nodes": {id: {"type", "status", "startedAt", "completedAt",
 * "durationMs", "tries", "reused", "why", "error", "input", "output"}}. Inputs are what the node took: those that
 * came over wires, inside of groups too, and those that are stored; a stream stands as {"$stream": true}; a node
 * that was skipped, and a group as a whole, have none. A large value stands as {"$value": reference, "bytes",
 * "start"}, one left out because the disk was far behind as {"$omitted": true}. The run, and nodes of it, that called models
 * also have "usage" (hearth-usage-operations.h). */
extern const HearthOperation hearth_operation_read_run;
/* promptId, ref → the value behind a reference of that run */
extern const HearthOperation hearth_operation_read_value;

G_END_DECLS
