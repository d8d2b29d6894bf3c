/* hearth-routes-projects.c: projects (http-api.md 8)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-body-check.h"
#include "hearth-i18n.h"
#include "hearth-routes.h"

void
hearth_route_list_projects (HearthRequest *request)
{
  hearth_workspace_list_projects (hearth_request_get_workspace (request), NULL, hearth_request_answered_cb,
                                  hearth_request_ref (request));
}

void
hearth_route_create_project (HearthRequest *request)
{
  static const HearthBodyField fields[] = {
    { "name", HEARTH_KIND (STRING), TRUE, 1, 0 },
    { "description", HEARTH_KIND (STRING), FALSE, 0, 0 },
    { NULL, 0, FALSE, 0, 0 },
  };
  HearthValue *body = hearth_request_get_body (request);
  HearthValue *details = hearth_body_check (body, fields);

  if (details != NULL)
    hearth_request_reply_details (request, _("The project cannot be made: it needs a name."), details);
  else
    hearth_workspace_create_project (hearth_request_get_workspace (request),
                                     hearth_value_get_member_string (body, "name", NULL),
                                     hearth_value_get_member_string (body, "description", NULL), NULL, hearth_request_created_cb,
                                     hearth_request_ref (request));
}

void
hearth_route_read_project (HearthRequest *request)
{
  hearth_workspace_read_project (hearth_request_get_workspace (request),
                                 hearth_request_get_param (request, "projectId"), NULL, hearth_request_answered_cb,
                                 hearth_request_ref (request));
}

/* What a client may change; the rest of the body is not looked at. */
static HearthValue *
pick_members (HearthValue *body)
{
  static const char *const keys[] = { "name", "description", "version", "schemaVersion", "templateUsed",
                                      "preferredView", "enableChatPage", "panels", "customMetadata" };
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    hearth_builder_add (&out, keys[i], hearth_value_ref_or_null (hearth_value_get (body, keys[i])));
  return hearth_builder_end_object (&out);
}

void
hearth_route_update_project (HearthRequest *request)
{
  HearthValue *body = hearth_request_get_body (request);
  HearthValue *details = hearth_body_check_project (body);
  g_autoptr (HearthValue) members = NULL;

  if (details != NULL)
    {
      hearth_request_reply_details (request, _("The project cannot be changed: a setting is not valid."), details);
      return;
    }
  members = pick_members (body);
  hearth_workspace_update_project (hearth_request_get_workspace (request),
                                   hearth_request_get_param (request, "projectId"), members, NULL, hearth_request_answered_cb,
                                   hearth_request_ref (request));
}

void
hearth_route_delete_project (HearthRequest *request)
{
  hearth_workspace_delete_project (hearth_request_get_workspace (request),
                                   hearth_request_get_param (request, "projectId"), NULL, hearth_request_deleted_cb,
                                   hearth_request_ref (request));
}
