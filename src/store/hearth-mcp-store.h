/* hearth-mcp-store.h: the servers of the Model Context Protocol that the user has entered
 *
 * They stand in data/config/mcp_servers.json, for their owner alone; keys are not among them. What a server is says
 * the room that talks to it; here it is an object with an "id". All functions block; call them from a worker thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

/* An array, in the order they were entered. */
HearthValue *hearth_mcp_store_list   (HearthDataDir  *dir,
                                      GError        **error);
/* HEARTH_STORE_ERROR_NOT_FOUND */
HearthValue *hearth_mcp_store_read   (HearthDataDir  *dir,
                                      const char     *id,
                                      GError        **error);
/* Adds it, or puts it in the place of the one with its id. */
gboolean     hearth_mcp_store_put    (HearthDataDir  *dir,
                                      HearthValue    *server,
                                      GError        **error);
/* HEARTH_STORE_ERROR_NOT_FOUND */
gboolean     hearth_mcp_store_delete (HearthDataDir  *dir,
                                      const char     *id,
                                      GError        **error);

G_END_DECLS
