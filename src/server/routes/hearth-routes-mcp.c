/* hearth-routes-mcp.c: servers of the Model Context Protocol. Whether one may be started is not for a web page to
 * say: that is allowed in the window or with hearthctl.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-mcp-operations.h"
#include "hearth-routes.h"

#define SERVER "/api/mcp/servers/:serverId"

static const HearthBodyField variable_field = { .kinds = HEARTH_KIND (STRING) };

static const char *const key_stores[] = { "keyring", "session", NULL };
static const char *const offers[] = { "tools", "resources", "resourceTemplates", "prompts", NULL };

static const HearthBodyField server_fields[] = {
  { .key = "id", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1, .max_length = 40,
    .text = "Small letters, digits, “-” and “_”; nodes name the server by it" },
  { .key = "name", .kinds = HEARTH_KIND (STRING), .text = "For people" },
  { .key = "command", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING), .text = "A program and its arguments; no shell reads them" },
  { .key = "url", .kinds = HEARTH_KIND (STRING), .text = "Or the address of a server that runs already" },
  { .key = "environment", .kinds = HEARTH_KIND (OBJECT), .entries = &variable_field, .text = "Variables for the program; kept in clear" },
  { .key = "secrets", .kinds = HEARTH_KIND (ARRAY), .items = HEARTH_KIND (STRING),
    .text = "Names of variables, or of one header, whose values are in the keyring" },
  { .key = "folder", .kinds = HEARTH_KIND (STRING), .text = "Where the program starts" },
  { .key = NULL },
};

static const HearthBodyField secret_fields[] = {
  { .key = "name", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  { .key = "value", .kinds = HEARTH_KIND (STRING), .required = TRUE, .max_length = 8192, .secret = TRUE, .text = "\"\" forgets it" },
  { .key = "keyStore", .kinds = HEARTH_KIND (STRING), .values = key_stores },
  { .key = NULL },
};

static const HearthBodyField offer_fields[] = {
  { .key = "what", .kinds = HEARTH_KIND (STRING), .values = offers, .text = "tools when it is not given" },
  { .key = NULL },
};

static const HearthBodyField call_fields[] = {
  { .key = "tool", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1 },
  { .key = "arguments", .kinds = HEARTH_KIND (OBJECT), .text = "As the tool describes them" },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/mcp/servers", .name = "listMcpServers",
    .summary = "MCP servers, and whether they may be started",
    .operation = &hearth_operation_list_mcp_servers },
  { .method = "POST", .pattern = "/api/mcp/servers", .name = "putMcpServer",
    .summary = "Adds one, or changes it; only the window and hearthctl can allow that it is started",
    .body = HEARTH_BODY_JSON, .fields = server_fields,
    .operation = &hearth_operation_put_mcp_server },
  { .method = "DELETE", .pattern = SERVER, .name = "deleteMcpServer",
    .summary = "Deletes it and its secrets",
    .operation = &hearth_operation_delete_mcp_server },
  { .method = "PUT", .pattern = SERVER "/secrets", .name = "setMcpSecret",
    .summary = "Puts a secret of it into the keyring",
    .body = HEARTH_BODY_JSON, .fields = secret_fields,
    .operation = &hearth_operation_set_mcp_secret },
  { .method = "POST", .pattern = SERVER "/offers", .name = "listMcpOffers",
    .summary = "What it offers; starts it if it is allowed",
    .body = HEARTH_BODY_JSON, .fields = offer_fields,
    .operation = &hearth_operation_list_mcp_offers },
  { .method = "POST", .pattern = SERVER "/call", .name = "callMcpTool",
    .summary = "Calls a tool of it",
    .body = HEARTH_BODY_JSON, .fields = call_fields,
    .operation = &hearth_operation_call_mcp_tool },
};

const HearthRouteSection hearth_routes_mcp = { "MCP servers", routes, G_N_ELEMENTS (routes) };
