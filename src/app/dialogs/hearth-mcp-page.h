/* hearth-mcp-page.h: one MCP server: its command, its keys, its tools
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"

G_BEGIN_DECLS

/* Signal ::changed: what the workspace has of its servers is another now. */
#define HEARTH_TYPE_MCP_PAGE (hearth_mcp_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthMcpPage, hearth_mcp_page, HEARTH, MCP_PAGE, GtkBox)

/* A subpage of the preferences. @server: as hearth-mcp-operations.h tells it, or NULL: a new one. @servers: all there are,
 * or NULL. */
GtkWidget *hearth_mcp_page_new (HearthWorkspace *workspace,
                                HearthValue     *server,
                                HearthValue     *servers);

G_END_DECLS
