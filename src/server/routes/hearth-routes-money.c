/* hearth-routes-money.c: what calls to models took, what they may cost, and runs that go on with more (docs/money.md)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-budget.h"
#include "hearth-i18n.h"
#include "hearth-routes.h"
#include "hearth-usage-operations.h"

static void
set_run_budget (HearthRequest *request)
{
  const char *id = hearth_request_get_param (request, "promptId");
  g_autoptr (GError) error = NULL;

  if (hearth_workspace_set_run_budget (hearth_request_get_workspace (request), id, hearth_request_get_body (request), &error))
    hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_value_object ("promptId", hearth_value_string (id), NULL));
  else
    hearth_request_reply_failure (request, error);
}

static void
continue_prompt (HearthRequest *request)
{
  HearthValue *budget = hearth_value_get (hearth_request_get_body (request), "budget");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = hearth_workspace_continue (hearth_request_get_workspace (request),
                                                   hearth_request_get_param (request, "promptId"), budget, &error);

  if (id != NULL)
    hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_value_object ("promptId", hearth_value_string (id), NULL));
  else
    hearth_request_reply_failure (request, error);
}

/* --- the table ---------------------------------------------------------------------------- */

#define CEILING(key_, text_) \
  { .key = key_, .kinds = HEARTH_KINDS_NUMBER | HEARTH_KIND (NULL), .text = text_ }

static const HearthBodyField ceilings_fields[] = {
  CEILING ("cost", "In whole units of money, such as 2.5; null: no ceiling"),
  CEILING ("tokens", "Of prompts and answers"),
  CEILING ("calls", "How many"),
  CEILING ("seconds", "In which at least one call is on its way"),
  { .key = NULL },
};

#define CEILINGS(key_, text_) \
  { .key = key_, .kinds = HEARTH_KIND (OBJECT) | HEARTH_KIND (NULL), .members = ceilings_fields, .text = text_ }

static const HearthBodyField of_a_project = CEILINGS (NULL, "Ceilings; null: those that stand for all");

static const HearthBodyField budget_fields[] = {
  CEILINGS ("run", "Ceilings of each run"),
  CEILINGS ("project", "Of each project, for all time"),
  CEILINGS ("day", "Of each day"),
  CEILINGS ("today", "Of this day only"),
  { .key = "projects", .kinds = HEARTH_KIND (OBJECT), .entries = &of_a_project, .text = "Of single projects, by id" },
  { .key = "allowUnknown", .kinds = HEARTH_KIND (BOOLEAN),
    .text = "Lets calls through whose price nobody knows, in spite of a ceiling of money" },
  { .key = NULL },
};

static const HearthBodyField continue_fields[] = {
  CEILINGS ("budget", "Ceilings, for what the run has spent before, too; without: those it had"),
  { .key = NULL },
};

#define PRICE(key_) { .key = key_, .kinds = HEARTH_KINDS_NUMBER | HEARTH_KIND (NULL), .text = "For a million tokens" }

static const HearthBodyField long_prompt_fields[] = {
  { .key = "from", .kinds = HEARTH_KIND (INTEGER), .required = TRUE, .text = "Tokens" },
  PRICE ("input"), PRICE ("output"), PRICE ("cachedInput"), PRICE ("cacheWrite"),
  { .key = NULL },
};

static const HearthBodyField price_fields[] = {
  { .key = "provider", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  { .key = "model", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  PRICE ("input"), PRICE ("output"), PRICE ("cachedInput"), PRICE ("cacheWrite"),
  { .key = "longPrompt", .kinds = HEARTH_KIND (OBJECT), .members = long_prompt_fields, .text = "Other prices from so many tokens on" },
  { .key = "date", .kinds = HEARTH_KIND (STRING) },
  { .key = "source", .kinds = HEARTH_KIND (STRING) },
  { .key = NULL },
};

static const HearthBodyField prices_fields[] = {
  { .key = "prices", .kinds = HEARTH_KIND (ARRAY), .required = TRUE, .items = HEARTH_KIND (OBJECT), .members = price_fields,
    .text = "All rows of one's own" },
  { .key = "date", .kinds = HEARTH_KIND (STRING) },
  { .key = "source", .kinds = HEARTH_KIND (STRING) },
  { .key = "currency", .kinds = HEARTH_KIND (STRING) },
  { .key = NULL },
};

static const char *const sums[] = { "day", "project", "model", "run", "node", NULL };

static const HearthBodyField usage_query[] = {
  { .key = "by", .kinds = HEARTH_KIND (STRING), .values = sums, .text = "What there is one sum for; day without" },
  { .key = "from", .kinds = HEARTH_KIND (STRING), .text = "The first day, as in 2026-01-31" },
  { .key = "to", .kinds = HEARTH_KIND (STRING), .text = "The last day" },
  { .key = "project", .kinds = HEARTH_KIND (STRING), .text = "The id of a project" },
  { .key = "run", .kinds = HEARTH_KIND (STRING), .text = "The id of a run" },
  { .key = "limit", .kinds = HEARTH_KIND (INTEGER), .minimum = 1, .maximum = 10000, .text = "So many sums at most" },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/usage", .name = "sumUsage",
    .summary = "What calls to models took, added up", .query = usage_query,
    .operation = &hearth_operation_sum_usage },
  { .method = "GET", .pattern = "/api/budget", .name = "readBudget",
    .summary = "What calls may cost, and what was spent today and for each project",
    .operation = &hearth_operation_read_budget },
  { .method = "PUT", .pattern = "/api/budget", .name = "changeBudget",
    .summary = "Sets ceilings; what is not sent stays", .body = HEARTH_BODY_JSON, .fields = budget_fields,
    .operation = &hearth_operation_write_budget },
  { .method = "GET", .pattern = "/api/prices", .name = "readPrices",
    .summary = "What models cost, one's own prices first",
    .operation = &hearth_operation_read_prices },
  { .method = "PUT", .pattern = "/api/prices", .name = "setPrices",
    .summary = "Sets one's own prices", .body = HEARTH_BODY_JSON, .fields = prices_fields,
    .operation = &hearth_operation_write_prices },
  { .method = "PUT", .pattern = "/api/prompt/:promptId/budget", .name = "setRunBudget",
    .summary = "Sets the ceilings of a run that waits or goes on", .body = HEARTH_BODY_JSON, .fields = ceilings_fields,
    .handler = set_run_budget },
  { .method = "POST", .pattern = "/api/prompt/:promptId/continue", .name = "continuePrompt",
    .summary = "Lets a run go on that failed or was stopped", .body = HEARTH_BODY_JSON, .fields = continue_fields,
    .handler = continue_prompt },
};

const HearthRouteSection hearth_routes_money = { "Money", routes, G_N_ELEMENTS (routes) };
