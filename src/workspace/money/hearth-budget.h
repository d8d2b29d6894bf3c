/* hearth-budget.h: ceilings of a run, as the window, the server and the command line hand them over
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-workspace.h"

G_BEGIN_DECLS

/* Ceilings are an object: {"cost", "tokens", "calls", "seconds"}. What is absent is left to those that stand by default,
 * null is expressly none; "cost" in whole units of money. docs/money.md */

/* "2 USD, 100000 tokens, 50 calls, 10m" as ceilings; NULL with a sentence that says what is wrong. */
HearthValue *hearth_budget_parse               (const char      *text,
                                                GError         **error);
/* HEARTH_STORE_ERROR_REFUSED with a sentence. */
gboolean     hearth_budget_check               (HearthValue     *ceilings,
                                                GError         **error);
/* "0.012 USD, 3 calls, 1200 tokens": what "usage" of an event, a run or GET /api/usage says, in a line for people. */
char        *hearth_usage_to_words             (HearthValue     *usage);

/* Of a run that waits or goes on; what it has spent stays. FALSE with HEARTH_STORE_ERROR: no such run, or they are no
 * ceilings. */
gboolean     hearth_workspace_set_run_budget   (HearthWorkspace *self,
                                                const char      *run_id,
                                                HearthValue     *ceilings,
                                                GError         **error);
/* Of one of the last runs: {"ceilings": its own over those that stand by default, "reached"?: whose ceiling its last call
 * that was refused did not fit into, "run", "project" or "day"}. */
HearthValue *hearth_workspace_read_run_budget  (HearthWorkspace *self,
                                                const char      *run_id);
/* A run that failed or was stopped goes on as a new one, whose id is returned (free it): the results of nodes that ended
 * well stand for their execution, as far as results are kept, and what was spent counts against @ceilings (or NULL: those
 * it had). NULL with HEARTH_STORE_ERROR: there is no such run any more, it goes on anyway, or it is complete. */
char        *hearth_workspace_continue         (HearthWorkspace *self,
                                                const char      *run_id,
                                                HearthValue     *ceilings,
                                                GError         **error);

G_END_DECLS
