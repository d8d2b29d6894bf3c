/* hearth-mcp-keys-group.h: the keys of one MCP server, on their way into the keyring
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_MCP_KEYS_GROUP (hearth_mcp_keys_group_get_type ())
G_DECLARE_FINAL_TYPE (HearthMcpKeysGroup, hearth_mcp_keys_group, HEARTH, MCP_KEYS_GROUP, AdwPreferencesGroup)

/* Hidden when @server wants none, or is NULL. */
void hearth_mcp_keys_group_set_server (HearthMcpKeysGroup *self,
                                       HearthWorkspace    *workspace,
                                       HearthValue        *server);

G_END_DECLS
