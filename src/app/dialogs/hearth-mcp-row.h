/* hearth-mcp-row.h: an MCP server, with the switch that allows it after it has shown what that is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_MCP_ROW (hearth_mcp_row_get_type ())
G_DECLARE_FINAL_TYPE (HearthMcpRow, hearth_mcp_row, HEARTH, MCP_ROW, AdwActionRow)

/* Belongs into a HearthMcpGroup. */
GtkWidget   *hearth_mcp_row_new        (void);
/* @server: as hearth-mcp-operations.h tells it. */
void         hearth_mcp_row_set_server (HearthMcpRow *self,
                                        HearthValue  *server);
HearthValue *hearth_mcp_row_get_server (HearthMcpRow *self);

G_END_DECLS
