/* hearth-mcp-entry.h: an MCP server as a person types it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line is either an address, or a command as a shell would want it, with variables in front: "LANG=C notes --all".
 */

#pragma once

#include "hearth-mcp-operations.h"

G_BEGIN_DECLS

/* "command" and "environment", or "url"; NULL with G_SHELL_ERROR. Nothing is expanded: no shell reads it. */
HearthValue *hearth_mcp_entry_parse_line   (const char   *line,
                                            GError      **error);
/* The reverse; without names of secrets. New string. */
char        *hearth_mcp_entry_to_line      (HearthValue  *server);
/* Names with commas or blanks between them become a list, and the reverse. */
HearthValue *hearth_mcp_entry_parse_names  (const char   *text);
char        *hearth_mcp_entry_join_names   (HearthValue  *names);
/* A word for @name by which nodes can call it, which none of @servers has. New string. */
char        *hearth_mcp_entry_make_id      (const char   *name,
                                            HearthValue  *servers);

G_END_DECLS
