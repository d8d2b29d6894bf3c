/* hearth-mcp-error.h: what can go wrong with a server of the Model Context Protocol
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HearthMcpError:
 * @HEARTH_MCP_ERROR_CONFIG: what was entered cannot be used
 * @HEARTH_MCP_ERROR_UNKNOWN: no server of that name
 * @HEARTH_MCP_ERROR_NOT_ALLOWED: the user has not allowed this very command
 * @HEARTH_MCP_ERROR_START: the program does not start, or nobody answers at the address
 * @HEARTH_MCP_ERROR_ENDED: it ended, or the connection did
 * @HEARTH_MCP_ERROR_ANSWER: what it says is not the protocol
 * @HEARTH_MCP_ERROR_REFUSED: it refused the request; hearth_mcp_error_get_words()
 * @HEARTH_MCP_ERROR_TIMEOUT: no answer, and no sign of progress, in time
 * @HEARTH_MCP_ERROR_NOT_RECORDED: replaying, and the recording has no such server, or it was not told that
 */
typedef enum
{
  HEARTH_MCP_ERROR_CONFIG,
  HEARTH_MCP_ERROR_UNKNOWN,
  HEARTH_MCP_ERROR_NOT_ALLOWED,
  HEARTH_MCP_ERROR_START,
  HEARTH_MCP_ERROR_ENDED,
  HEARTH_MCP_ERROR_ANSWER,
  HEARTH_MCP_ERROR_REFUSED,
  HEARTH_MCP_ERROR_TIMEOUT,
  HEARTH_MCP_ERROR_NOT_RECORDED,
} HearthMcpError;

#define HEARTH_MCP_ERROR (hearth_mcp_error_quark ())
GQuark hearth_mcp_error_quark (void);

/* HEARTH_MCP_ERROR_REFUSED. @words: the server's own, or NULL when it gave no reason; they are part of the message. */
GError     *hearth_mcp_error_new_refused (const char   *words);
/* Of any @error; NULL: it is no refusal, or one without a reason. Borrowed. */
const char *hearth_mcp_error_get_words   (const GError *error);

G_END_DECLS
