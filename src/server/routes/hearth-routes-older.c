/* hearth-routes-older.c: addresses of earlier versions of the interface (http-api.md 21)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-routes.h"

#define OLDER(older_method, path, newer, words) \
  { .method = older_method, .pattern = path, .name = newer "Older", .summary = words, .same_as = newer }

static const HearthRoute routes[] = {
  OLDER ("GET", "/object_info", "listNodes", "As GET /api/nodes"),
  OLDER ("POST", "/prompt", "submitPrompt", "As POST /api/prompt"),
  OLDER ("GET", "/prompt/:promptId", "readPrompt", "As GET /api/prompt/:promptId"),
  OLDER ("POST", "/api/interrupt/:promptId", "interrupt", "As DELETE /api/interrupt/:promptId"),
  { .method = "POST", .pattern = "/interrupt/:promptId", .name = "interruptOldest",
    .summary = "As DELETE /api/interrupt/:promptId", .same_as = "interrupt" },
  OLDER ("GET", "/executions", "listExecutions", "As GET /api/executions"),
  OLDER ("GET", "/system_stats", "getStats", "As GET /api/system_stats"),
  OLDER ("GET", "/history", "listHistory", "As GET /api/history"),
  OLDER ("GET", "/history/:promptId", "readHistory", "As GET /api/history/:promptId"),
};

const HearthRouteSection hearth_routes_older = { "Older names", routes, G_N_ELEMENTS (routes) };
