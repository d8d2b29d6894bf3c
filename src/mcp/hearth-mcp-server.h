/* hearth-mcp-server.h: a server of the Model Context Protocol, as the user has entered it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A value:
 *   "id"           a short word, by which nodes name it
 *   "name"         for people
 *   "command"      a program and its arguments, each a text of its own; no shell reads them
 *   "url"          or the address of one that runs already (http or https)
 *   "environment"  variables for the program, an object of texts; never a key
 *   "secrets"      names of variables whose values lie in the keyring; with "url" one name, of a header
 *   "folder"       where the program starts, an absolute path; or absent
 *   "allowed"      the fingerprint of what the user has seen and allowed; or absent
 */

#pragma once

#include "hearth-value.h"

#include "hearth-mcp-error.h"

G_BEGIN_DECLS

/* FALSE with HEARTH_MCP_ERROR_CONFIG, naming the member. */
gboolean hearth_mcp_server_check           (HearthValue  *self,
                                            GError      **error);
/* What is to be allowed, as a person reads it: the command line as a shell would want it typed, with its
 * variables in front, or the address. */
char    *hearth_mcp_server_dup_command     (HearthValue  *self);
/* 64 hexadecimal digits that any change of command, variables, folder or address changes. */
char    *hearth_mcp_server_dup_fingerprint (HearthValue  *self);
gboolean hearth_mcp_server_is_allowed      (HearthValue  *self);

G_END_DECLS
