/* hearth-mcp-hub.h: all servers of the Model Context Protocol that the user has entered; a service of runs
 *
 * A server is started by the first who asks it for something, if the user has allowed that very command, and
 * ended when nobody has asked for a while.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-mcp-server.h"
#include "hearth-outside.h"

G_BEGIN_DECLS

/* Main thread. */
#define HEARTH_TYPE_MCP_HUB (hearth_mcp_hub_get_type ())
G_DECLARE_FINAL_TYPE (HearthMcpHub, hearth_mcp_hub, HEARTH, MCP_HUB, GObject)

/* Exactly one of the two; both borrowed. @error: HEARTH_MCP_ERROR, or of whoever has the secrets. */
typedef void (*HearthMcpAnswered) (HearthValue  *result,
                                   const GError *error,
                                   gpointer      user_data);

/* @secrets: name -> HearthSecret, borrowed; or NULL with @error. */
typedef void (*HearthMcpSecretsFunc) (GHashTable   *secrets,
                                      const GError *error,
                                      gpointer      user_data);
/**
 * HearthMcpSource:
 * @load_servers: answers with hearth_mcp_hub_set_servers(), later; called by the first who asks for a server
 * @load_secrets: answers once, later, also when nobody needs it any more
 *
 * Who knows the servers and their secrets. Answers come on the main loop.
 */
typedef struct
{
  void (*load_servers) (gpointer              owner);
  void (*load_secrets) (gpointer              owner,
                        HearthValue          *server,
                        HearthMcpSecretsFunc  done,
                        gpointer              user_data);
} HearthMcpSource;

/* @source, @owner: must outlive it. */
HearthMcpHub *hearth_mcp_hub_new          (HearthOutside         *outside,
                                           const HearthMcpSource *source,
                                           gpointer               owner);
/* @servers: a list, see hearth-mcp-server.h. Those that are other than before end. */
void          hearth_mcp_hub_set_servers  (HearthMcpHub          *self,
                                           HearthValue           *servers);
/* Borrowed; NULL also before they are known. */
HearthValue  *hearth_mcp_hub_find_server  (HearthMcpHub          *self,
                                           const char            *id);
/* Whether it runs now. */
gboolean      hearth_mcp_hub_is_running   (HearthMcpHub          *self,
                                           const char            *id);
/* Ends a running one; the next who asks starts it anew. */
void          hearth_mcp_hub_end          (HearthMcpHub          *self,
                                           const char            *id);

/* --- asking ------------------------------------------------------------------------------------
 *
 * Each returns a number for hearth_mcp_hub_withdraw(), and calls @answered once, later. */

/* All pages of "tools", "resources", "resourceTemplates" or "prompts": an array, as the protocol describes it. */
guint         hearth_mcp_hub_list         (HearthMcpHub          *self,
                                           const char            *server_id,
                                           const char            *what,
                                           HearthMcpAnswered      answered,
                                           gpointer               user_data);
/* {"content", "structuredContent"?, "isError"?}. @timeout_ms 0: a minute without a sign of progress. */
guint         hearth_mcp_hub_call_tool    (HearthMcpHub          *self,
                                           const char            *server_id,
                                           const char            *tool,
                                           HearthValue           *arguments,
                                           guint                  timeout_ms,
                                           HearthMcpAnswered      answered,
                                           gpointer               user_data);
/* {"contents": [{"uri", "mimeType", "text" or "blob"}]} */
guint         hearth_mcp_hub_read_resource(HearthMcpHub          *self,
                                           const char            *server_id,
                                           const char            *uri,
                                           HearthMcpAnswered      answered,
                                           gpointer               user_data);
/* The server is told; @answered is not called any more. */
void          hearth_mcp_hub_withdraw     (HearthMcpHub          *self,
                                           guint                  number);

/* The texts of a tool's result, one under the other; what is no text is named in brackets. */
char         *hearth_mcp_result_dup_text  (HearthValue           *result);

G_END_DECLS
