/* hearth-route-table.c: the one table of routes (docs/api.md lists it for people)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-router.h"
#include "hearth-routes.h"

#define NONE HEARTH_BODY_NONE
#define JSON HEARTH_BODY_JSON

#define SMALL (1u << 20)
#define WORKFLOW HEARTH_MAX_WORKFLOW_BYTES

#define PROJECT "/api/projects/:projectId"
#define WORKFLOWS PROJECT "/workflows"
#define SCRIPT "/api/nodes/:namespace/:type/client-script/*"

static const HearthRoute table[] = {
  /* start */
  { "GET", "/api/auth/current", NONE, SMALL, hearth_route_get_current_user, "The user" },
  { "PUT", "/api/users/me/username", JSON, SMALL, hearth_route_set_user_name, "Renames the user" },
  { "GET", "/api/plugins", NONE, SMALL, hearth_route_list_plugins, "Plugins: none yet" },
  { "GET", "/plugins/*", NONE, SMALL, hearth_route_get_plugin_file, "A file of a plugin: none yet" },
  { "GET", "/api/characters", NONE, SMALL, hearth_route_list_characters, "Character cards: none yet" },
  { "GET", "/api/llm/providers", NONE, SMALL, hearth_route_list_providers, "Kinds of model services" },
  { "GET", "/api/llm/channels", NONE, SMALL, hearth_route_list_channels, "Model services: none yet" },
  { "GET", "/api/llm/models", NONE, SMALL, hearth_route_list_models, "Models: none yet" },
  { "GET", "/api/chat/sessions", NONE, SMALL, hearth_route_list_sessions, "Chats of ?projectId=: none yet" },
  { "GET", "/api/panels/templates", NONE, SMALL, hearth_route_list_panels, "Templates of panels: none yet" },
  { "GET", PROJECT "/panels", NONE, SMALL, hearth_route_list_panels, "Panels of a project: none yet" },

  /* nodes */
  { "GET", "/api/nodes", NONE, SMALL, hearth_route_list_nodes, "Every node type" },
  { "POST", "/api/nodes/reload", JSON, SMALL, hearth_route_reload_nodes, "Reads the node types again" },
  { "GET", SCRIPT, NONE, SMALL, hearth_route_get_client_script, "The browser script of a node type" },

  /* projects */
  { "GET", "/api/projects", NONE, SMALL, hearth_route_list_projects, "All projects" },
  { "POST", "/api/projects", JSON, SMALL, hearth_route_create_project, "Makes a project" },
  { "GET", PROJECT "/metadata", NONE, SMALL, hearth_route_read_project, "One project" },
  { "PUT", PROJECT, JSON, SMALL, hearth_route_update_project, "Changes name, description and settings" },
  { "DELETE", PROJECT, NONE, SMALL, hearth_route_delete_project, "Moves a project to the recycle bin" },

  /* workflows */
  { "GET", WORKFLOWS, NONE, SMALL, hearth_route_list_workflows, "The workflows of a project" },
  { "POST", WORKFLOWS, JSON, WORKFLOW, hearth_route_create_workflow, "Saves a new workflow" },
  { "GET", WORKFLOWS "/:workflowId", NONE, SMALL, hearth_route_read_workflow, "One workflow" },
  { "PUT", WORKFLOWS "/:workflowId", JSON, WORKFLOW, hearth_route_update_workflow, "Saves a workflow" },
  { "DELETE", WORKFLOWS "/:workflowId", NONE, SMALL, hearth_route_delete_workflow, "Moves a workflow to the recycle bin" },
  { "GET", "/api/workflows", NONE, SMALL, hearth_route_list_library, "Workflows of the shared library" },
  { "GET", "/api/workflows/:workflowId", NONE, SMALL, hearth_route_read_library, "One of them" },
  { "POST", "/api/workflows", NONE, WORKFLOW, hearth_route_refuse_library, "Refused: the library is read only" },
  { "PUT", "/api/workflows/:workflowId", NONE, WORKFLOW, hearth_route_refuse_library, "Refused: the library is read only" },
  { "DELETE", "/api/workflows/:workflowId", NONE, SMALL, hearth_route_refuse_library, "Refused: the library is read only" },

  /* runs */
  { "GET", "/api/system_stats", NONE, SMALL, hearth_route_get_stats, "How many runs there are and may be" },
  { "GET", "/api/executions", NONE, SMALL, hearth_route_list_executions, "Running and waiting runs" },
  { "POST", "/api/prompt", JSON, WORKFLOW, hearth_route_submit_prompt, "Starts a run" },
  { "GET", "/api/prompt/:promptId", NONE, SMALL, hearth_route_read_prompt, "A run and its results, also long after it ended" },
  { "POST", "/api/prompt/:promptId/answer", JSON, WORKFLOW, hearth_route_answer_prompt, "Answers a node that asks, or refuses to" },
  { "DELETE", "/api/interrupt/:promptId", NONE, SMALL, hearth_route_interrupt, "Stops a run" },
  { "POST", "/api/interrupt/:promptId", JSON, SMALL, hearth_route_interrupt, "The same, as older clients ask for it" },

  { "POST", "/api/queue/pause", JSON, SMALL, hearth_route_pause_queue, "Starts no waiting run until the queue is resumed" },
  { "POST", "/api/queue/resume", JSON, SMALL, hearth_route_resume_queue, "Lets waiting runs start again" },

  /* history */
  { "GET", "/api/history", NONE, SMALL, hearth_route_list_history, "Runs, newest first; ?status= project= workflow= q= page= limit=" },
  { "GET", "/api/history/:promptId", NONE, SMALL, hearth_route_read_history, "One of them, node by node" },
  { "GET", "/api/history/:promptId/values/:ref", NONE, SMALL, hearth_route_read_history_value, "A value too large to stand in the run" },
  { "GET", "/history", NONE, SMALL, hearth_route_list_history, "As /api/history" },
  { "GET", "/history/:promptId", NONE, SMALL, hearth_route_read_history, "As /api/history/:promptId" },

  /* files */
  { "GET", "/api/fam/list/*", NONE, SMALL, hearth_route_list_files, "A folder; ?ensureExists=true makes it" },
  { "GET", "/api/fam/read/*", NONE, SMALL, hearth_route_read_file, "A file as JSON or text" },
  { "GET", "/avatars/*", NONE, SMALL, hearth_route_get_avatar, "The user's picture" },
  { "GET", "/*", NONE, SMALL, hearth_route_get_page, "The web frontend, or our own start page" },
};

const HearthRoute *
hearth_routes_get_table (gsize *n_routes)
{
  g_return_val_if_fail (n_routes != NULL, NULL);

  *n_routes = G_N_ELEMENTS (table);
  return table;
}
