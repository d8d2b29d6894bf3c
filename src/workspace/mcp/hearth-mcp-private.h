/* hearth-mcp-private.h: the servers of the Model Context Protocol that runs of this workspace can ask
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-surroundings-private.h"

G_BEGIN_DECLS

/* Where the secret of a server lies in the keyring. Lives on the stack:
 * `g_auto (HearthMcpSecretName) name = HEARTH_MCP_SECRET_NAME (server, variable);` */
typedef struct
{
  char          *item;
  HearthSecretId id;
} HearthMcpSecretName;

HearthMcpSecretName _hearth_mcp_secret_name       (const char          *server_id,
                                                   const char          *variable);
void                _hearth_mcp_secret_name_clear (HearthMcpSecretName *self);

#define HEARTH_MCP_SECRET_NAME(server, variable) _hearth_mcp_secret_name (server, variable)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HearthMcpSecretName, _hearth_mcp_secret_name_clear)

/* Without servers, until somebody asks for one. */
HearthMcpHub *_hearth_mcp_make_hub         (HearthSurroundings *surroundings);
/* What the disk has now, for all hubs. */
void          _hearth_workspace_load_mcp_servers (HearthWorkspace *self);

G_END_DECLS
