/* hearth-mcp-transport.h: how messages get to a server and back: through a program's pipes, or by HTTP
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-mcp-server.h"
#include "hearth-outside.h"

G_BEGIN_DECLS

#define HEARTH_MCP_MAX_MESSAGE ((gsize) 16 << 20) /* bytes of one message of a server */

typedef struct _HearthMcpTransport HearthMcpTransport;

/* @received: one JSON-RPC message. @closed: the last, with HEARTH_MCP_ERROR. Never called from within a function
 * of the transport. */
typedef struct
{
  void (*received) (HearthValue  *message,
                    gpointer      user_data);
  void (*closed)   (const GError *error,
                    gpointer      user_data);
} HearthMcpTransportEvents;

struct _HearthMcpTransport
{
  /* In the order of the calls. */
  void (*send)  (HearthMcpTransport *self,
                 HearthValue        *message);
  /* Ends it; nothing is told any more and @self is gone. */
  void (*close) (HearthMcpTransport *self);
};

/* @secrets: name -> HearthSecret, what "secrets" of @server lists; or NULL. */
HearthMcpTransport *_hearth_mcp_stdio_new (HearthOutside                  *outside,
                                           HearthValue                    *server,
                                           GHashTable                     *secrets,
                                           const HearthMcpTransportEvents *events,
                                           gpointer                        user_data);
HearthMcpTransport *_hearth_mcp_http_new  (HearthOutside                  *outside,
                                           HearthValue                    *server,
                                           GHashTable                     *secrets,
                                           const HearthMcpTransportEvents *events,
                                           gpointer                        user_data);

G_END_DECLS
