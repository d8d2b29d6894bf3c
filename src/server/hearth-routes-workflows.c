/* hearth-routes-workflows.c: the workflows of a project (http-api.md 9)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-i18n.h"
#include "hearth-routes.h"

#define WORKFLOWS "/api/projects/:projectId/workflows"

static void
list_workflows (HearthRequest *request)
{
  hearth_workspace_list_workflows (hearth_request_get_workspace (request),
                                   hearth_request_get_param (request, "projectId"), NULL, hearth_request_answered_cb,
                                   hearth_request_ref (request));
}

/* Answers when it is another workflow than the address says. */
static gboolean
check_id (HearthRequest *request)
{
  const char *id = hearth_request_get_param (request, "workflowId");
  const char *body_id = hearth_value_get_member_string (hearth_request_get_body (request), "id", NULL);
  g_autofree char *message = NULL;

  if (id == NULL || body_id == NULL || g_str_equal (body_id, id))
    return TRUE;
  message = g_strdup_printf (_("The workflow cannot be saved: it says its id is “%s”, the address says “%s”."), body_id, id);
  hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST, message);
  return FALSE;
}

/* The body as a whole and not only what is known of it: nothing of a workflow is ever lost. */
static void
save (HearthRequest *request)
{
  if (check_id (request))
    hearth_workspace_save_workflow (hearth_request_get_workspace (request),
                                    hearth_request_get_param (request, "projectId"),
                                    hearth_request_get_param (request, "workflowId"), hearth_request_get_body (request),
                                    hearth_request_get_server (request), NULL, hearth_request_answered_cb,
                                    hearth_request_ref (request));
}

static void
read_workflow (HearthRequest *request)
{
  hearth_workspace_read_workflow (hearth_request_get_workspace (request),
                                  hearth_request_get_param (request, "projectId"),
                                  hearth_request_get_param (request, "workflowId"), NULL, hearth_request_answered_cb,
                                  hearth_request_ref (request));
}

static void
delete_workflow (HearthRequest *request)
{
  hearth_workspace_delete_workflow (hearth_request_get_workspace (request),
                                    hearth_request_get_param (request, "projectId"),
                                    hearth_request_get_param (request, "workflowId"), NULL, hearth_request_answered_cb,
                                    hearth_request_ref (request));
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = WORKFLOWS, .name = "listWorkflows",
    .summary = "The workflows of a project",
    .handler = list_workflows },
  { .method = "POST", .pattern = WORKFLOWS, .name = "createWorkflow",
    .summary = "Saves a new workflow",
    .body = HEARTH_BODY_JSON, .limit = HEARTH_MAX_WORKFLOW_BYTES, .fields = hearth_body_new_workflow,
    .success = SOUP_STATUS_CREATED,
    .handler = save },
  { .method = "GET", .pattern = WORKFLOWS "/:workflowId", .name = "readWorkflow",
    .summary = "One workflow",
    .handler = read_workflow },
  { .method = "PUT", .pattern = WORKFLOWS "/:workflowId", .name = "updateWorkflow",
    .summary = "Saves a workflow",
    .body = HEARTH_BODY_JSON, .limit = HEARTH_MAX_WORKFLOW_BYTES, .fields = hearth_body_workflow,
    .handler = save },
  { .method = "DELETE", .pattern = WORKFLOWS "/:workflowId", .name = "deleteWorkflow",
    .summary = "Moves a workflow to the recycle bin", .success = SOUP_STATUS_NO_CONTENT,
    .handler = delete_workflow },
};

const HearthRouteSection hearth_routes_workflows = { "Workflows", routes, G_N_ELEMENTS (routes) };
