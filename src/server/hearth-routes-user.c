/* hearth-routes-user.c: the one user of this machine (http-api.md 5, 6.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

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

static void
get_current_user (HearthRequest *request)
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

static void
set_user_name (HearthRequest *request)
{
  hearth_workspace_set_user_name (hearth_request_get_workspace (request),
                                  hearth_value_get_member_string (hearth_request_get_arguments (request), "username", NULL),
                                  NULL, renamed_cb, hearth_request_ref (request));
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthBodyField name_fields[] = {
  { .key = "username", .kinds = HEARTH_KIND (STRING), .required = TRUE, .min_length = 1, .max_length = 50 },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/auth/current", .name = "getCurrentUser",
    .summary = "The user",
    .handler = get_current_user },
  { .method = "PUT", .pattern = "/api/users/me/username", .name = "setUserName",
    .summary = "Renames the user",
    .body = HEARTH_BODY_JSON, .fields = name_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY,
    .handler = set_user_name },
};

const HearthRouteSection hearth_routes_user = { "User", routes, G_N_ELEMENTS (routes) };
