/* hearth-routes-workflows.c: the workflows of a project and of the shared library (http-api.md 9, 10)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-i18n.h"
#include "hearth-routes.h"
#include "hearth-workflow-operations.h"

#define WORKFLOWS "/api/projects/:projectId/workflows"
#define LIBRARY "/api/workflows"

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

/* --- the table ---------------------------------------------------------------------------- */

#define LISTED(path, id, words) \
  { .method = "GET", .pattern = path, .name = "list" id, .summary = words, .operation = &hearth_operation_list_workflows }
#define CREATED(path, id, words) \
  { .method = "POST", .pattern = path, .name = "create" id, .summary = words, \
    .body = HEARTH_BODY_JSON, .limit = HEARTH_MAX_WORKFLOW_BYTES, .fields = hearth_body_new_workflow, \
    .success = SOUP_STATUS_CREATED, .handler = save }
#define READ(path, id, words) \
  { .method = "GET", .pattern = path, .name = "read" id, .summary = words, .operation = &hearth_operation_read_workflow }
#define SAVED(path, id, words) \
  { .method = "PUT", .pattern = path, .name = "update" id, .summary = words, \
    .body = HEARTH_BODY_JSON, .limit = HEARTH_MAX_WORKFLOW_BYTES, .fields = hearth_body_workflow, .handler = save }
#define DELETED(path, id, words) \
  { .method = "DELETE", .pattern = path, .name = "delete" id, .summary = words, .success = SOUP_STATUS_NO_CONTENT, \
    .operation = &hearth_operation_delete_workflow }

static const HearthRoute routes[] = {
  LISTED (WORKFLOWS, "Workflows", "The workflows of a project"),
  CREATED (WORKFLOWS, "Workflow", "Saves a new workflow"),
  READ (WORKFLOWS "/:workflowId", "Workflow", "One workflow"),
  SAVED (WORKFLOWS "/:workflowId", "Workflow", "Saves a workflow"),
  DELETED (WORKFLOWS "/:workflowId", "Workflow", "Moves a workflow to the recycle bin"),
};

const HearthRouteSection hearth_routes_workflows = { "Workflows", routes, G_N_ELEMENTS (routes) };

/* Not of a project (http-api.md 10, 21). */
static const HearthRoute library_routes[] = {
  LISTED (LIBRARY, "Library", "Workflows of the shared library"),
  CREATED (LIBRARY, "LibraryWorkflow", "Saves a new one there"),
  READ (LIBRARY "/:workflowId", "LibraryWorkflow", "One of them, by its id or the name of its file"),
  SAVED (LIBRARY "/:workflowId", "LibraryWorkflow", "Saves one of them"),
  DELETED (LIBRARY "/:workflowId", "LibraryWorkflow", "Moves one of them to the recycle bin"),
};

const HearthRouteSection hearth_routes_library = { "Shared library", library_routes, G_N_ELEMENTS (library_routes) };
