/* hearth-commands-stored.h: commands about stored workflows and the node types (websocket.md 14)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-hub.h"

G_BEGIN_DECLS

/* Each is answered by a message of its own, or by an error message. */

/* {"inputs"}: runs the workflow that the connection watches, or the one named by "workflowId". */
void hearth_command_execute              (HearthHub    *hub,
                                          HearthClient *client,
                                          HearthValue  *payload);
/* {"projectId", "workflowId"} */
void hearth_command_load_workflow        (HearthHub    *hub,
                                          HearthClient *client,
                                          HearthValue  *payload);
/* {"projectId", "workflowId" when it exists, "workflow"} */
void hearth_command_save_workflow        (HearthHub    *hub,
                                          HearthClient *client,
                                          HearthValue  *payload);
void hearth_command_list_workflows       (HearthHub    *hub,
                                          HearthClient *client,
                                          HearthValue  *payload);
/* Node types and plugins, for every page (NODES_RELOADED) */
void hearth_command_reload_backend       (HearthHub    *hub,
                                          HearthClient *client,
                                          HearthValue  *payload);
void hearth_command_get_node_definitions (HearthHub    *hub,
                                          HearthClient *client,
                                          HearthValue  *payload);

G_END_DECLS
