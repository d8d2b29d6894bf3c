/* hearth-mcp-group.h: the servers of the Model Context Protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-preferences-group.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_MCP_GROUP (hearth_mcp_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthMcpGroup, hearth_mcp_group, HEARTH, MCP_GROUP, HearthPreferencesGroup)

/* For its rows. @server: as the person has seen it. All rows show what came of it. */
void hearth_mcp_group_allow (HearthMcpGroup *self,
                             HearthValue    *server,
                             gboolean        allowed);

G_END_DECLS
