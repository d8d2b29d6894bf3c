/* hearth-mcp-operations.h: servers of the Model Context Protocol: entering, allowing and asking them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-mcp-server.h"
#include "hearth-operation.h"
/* for HEARTH_SECRETS_ERROR, the errors of whatever stores a secret */
#include "hearth-secrets.h"

G_BEGIN_DECLS

/* A server as it is told: the members of hearth-mcp-server.h without "allowed", and "commandLine" (what is to be
 * allowed, as a person reads it), "fingerprint", "isAllowed". */

/* → the list of them */
extern const HearthOperation hearth_operation_list_mcp_servers;
/* The members of hearth-mcp-server.h; one with this id is replaced and, when what it starts is another now, has to be
 * allowed again → the server. HEARTH_MCP_ERROR_CONFIG. */
extern const HearthOperation hearth_operation_put_mcp_server;
/* serverId → {"success", "id"}; its secrets are forgotten. */
extern const HearthOperation hearth_operation_delete_mcp_server;
/* serverId, fingerprint: of what the person has seen; null takes the allowance back → the server. Never to be
 * offered to anybody but the person at the machine: not by the API. */
extern const HearthOperation hearth_operation_allow_mcp_server;
/* serverId, name, value: "" forgets it; "keyStore" as for channels → {"success"} */
extern const HearthOperation hearth_operation_set_mcp_secret;

/* --- asking; an allowed server is started if need be -------------------------------------------------- */

/* serverId, what: "tools" (or without it), "resources", "resourceTemplates" or "prompts" → the list */
extern const HearthOperation hearth_operation_list_mcp_offers;
/* serverId, tool, arguments → {"content", "structuredContent"?, "isError"?} */
extern const HearthOperation hearth_operation_call_mcp_tool;
/* serverId, uri → {"contents"} */
extern const HearthOperation hearth_operation_read_mcp_resource;

G_END_DECLS
