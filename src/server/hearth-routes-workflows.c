/* hearth-routes-workflows.c: the workflows of a project (http-api.md 9)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-body-check.h"
#include "hearth-i18n.h"
#include "hearth-routes.h"

void
hearth_route_list_workflows (HearthRequest *request)
{
  hearth_workspace_list_workflows (hearth_request_get_workspace (request),
                                   hearth_request_get_param (request, "projectId"), NULL, hearth_request_answered_cb,
                                   hearth_request_ref (request));
}

/* Answers when the body cannot be saved. */
static gboolean
check_body (HearthRequest *request)
{
  const char *id = hearth_request_get_param (request, "workflowId");
  HearthValue *body = hearth_request_get_body (request);
  HearthValue *details = hearth_body_check_workflow (body, id == NULL);
  const char *body_id;

  if (details != NULL)
    {
      hearth_request_reply_details (request, _("The workflow cannot be saved: its data is not of the right form."),
                                    details);
      return FALSE;
    }
  body_id = hearth_value_get_member_string (body, "id", NULL);
  if (id != NULL && body_id != NULL && !g_str_equal (body_id, id))
    {
      g_autofree char *message = g_strdup_printf (_("The workflow cannot be saved: it says its id is “%s”, the address says “%s”."),
                                                  body_id, id);

      hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST, message);
      return FALSE;
    }
  return TRUE;
}

static void
save (HearthRequest      *request,
      GAsyncReadyCallback callback)
{
  if (check_body (request))
    hearth_workspace_save_workflow (hearth_request_get_workspace (request),
                                    hearth_request_get_param (request, "projectId"),
                                    hearth_request_get_param (request, "workflowId"), hearth_request_get_body (request),
                                    hearth_request_get_server (request), NULL, callback, hearth_request_ref (request));
}

void
hearth_route_create_workflow (HearthRequest *request)
{
  save (request, hearth_request_created_cb);
}

void
hearth_route_update_workflow (HearthRequest *request)
{
  save (request, hearth_request_answered_cb);
}

void
hearth_route_read_workflow (HearthRequest *request)
{
  hearth_workspace_read_workflow (hearth_request_get_workspace (request),
                                  hearth_request_get_param (request, "projectId"),
                                  hearth_request_get_param (request, "workflowId"), NULL, hearth_request_answered_cb,
                                  hearth_request_ref (request));
}

void
hearth_route_delete_workflow (HearthRequest *request)
{
  hearth_workspace_delete_workflow (hearth_request_get_workspace (request),
                                    hearth_request_get_param (request, "projectId"),
                                    hearth_request_get_param (request, "workflowId"), NULL, hearth_request_deleted_cb,
                                    hearth_request_ref (request));
}
