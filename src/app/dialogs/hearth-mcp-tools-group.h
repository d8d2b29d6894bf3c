/* hearth-mcp-tools-group.h: the tools that one MCP server offers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_MCP_TOOLS_GROUP (hearth_mcp_tools_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthMcpToolsGroup, hearth_mcp_tools_group, HEARTH, MCP_TOOLS_GROUP, AdwPreferencesGroup)

/* Hidden when @server is NULL. */
void hearth_mcp_tools_group_set_server (HearthMcpToolsGroup *self,
                                        HearthWorkspace     *workspace,
                                        HearthValue         *server);

G_END_DECLS
