/* hearth-routes-user.c: the one user of this machine (http-api.md 5, 6.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-body-check.h"
#include "hearth-i18n.h"
#include "hearth-routes.h"

static void
got_user_cb (GObject      *workspace,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) row = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);
  g_autoptr (HearthValue) lists = NULL;

  if (row == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  lists = hearth_value_object ("serviceApiKeys", hearth_value_empty_array (),
                               "externalCredentials", hearth_value_empty_array (),
                               NULL);
  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("mode", hearth_value_string ("SingleUser"),
                                                  "multiUserMode", hearth_value_boolean (FALSE),
                                                  "accessPasswordRequired", hearth_value_boolean (FALSE),
                                                  "isAuthenticated", hearth_value_boolean (TRUE),
                                                  "currentUser", hearth_value_overlay (row, lists),
                                                  NULL));
}

void
hearth_route_get_current_user (HearthRequest *request)
{
  hearth_workspace_get_user (hearth_request_get_workspace (request), NULL, got_user_cb, hearth_request_ref (request));
}

static void
renamed_cb (GObject      *workspace,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);

  if (answer == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("success", hearth_value_boolean (TRUE),
                                                  "message", hearth_value_string (_("The name was changed.")),
                                                  "username", hearth_value_ref (hearth_value_get (hearth_request_get_body (request), "username")),
                                                  NULL));
}

void
hearth_route_set_user_name (HearthRequest *request)
{
  static const HearthBodyField fields[] = {
    { "username", HEARTH_KIND (STRING), TRUE, 1, 50 },
    { NULL, 0, FALSE, 0, 0 },
  };
  HearthValue *body = hearth_request_get_body (request);
  g_autoptr (HearthValue) details = hearth_body_check (body, fields);

  if (details == NULL)
    {
      hearth_workspace_set_user_name (hearth_request_get_workspace (request),
                                      hearth_value_get_member_string (body, "username", NULL), NULL, renamed_cb,
                                      hearth_request_ref (request));
      return;
    }
  /* The form of the framework the web frontend was made for. */
  hearth_request_reply_json (request, SOUP_STATUS_UNPROCESSABLE_ENTITY,
                             hearth_value_object ("type", hearth_value_string ("validation"),
                                                  "on", hearth_value_string ("body"),
                                                  "message", hearth_value_string (_("A name has 1 to 50 characters.")),
                                                  "found", hearth_value_ref_or_null (body),
                                                  NULL));
}
