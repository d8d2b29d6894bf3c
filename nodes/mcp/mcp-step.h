/* mcp-step.h: a step that asks a server of the Model Context Protocol one thing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-mcp-hub.h"
#include "shapes.h"

G_BEGIN_DECLS

/* The answer: sets the outputs. FALSE with @error: the step fails. */
typedef gboolean (*McpTakeFunc) (HearthStep  *step,
                                 HearthValue *result,
                                 GError     **error);
/* Asks; returns the hub's number. */
typedef guint    (*McpAskFunc)  (HearthMcpHub      *hub,
                                 HearthStep        *step,
                                 const char        *server,
                                 HearthMcpAnswered  answered,
                                 gpointer           user_data);

/* The whole start function: @ask with the server that config "server" names, then @take. The step ends at once
 * when it is cancelled, and the server is told. */
void mcp_step_start (HearthStep  *step,
                     McpAskFunc   ask,
                     McpTakeFunc  take);

G_END_DECLS
