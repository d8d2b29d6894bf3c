/* hearth-routes-nodes.c: node types and their browser scripts (http-api.md 7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-i18n.h"
#include "hearth-plugin-operations.h"
#include "hearth-routes.h"
#include "hearth-server-private.h"
#include "hearth-static.h"

static void
list_nodes (HearthRequest *request)
{
  hearth_prebuilt_reply (_hearth_server_get_nodes (hearth_request_get_server (request)), request);
}

static void
fail_reload (HearthRequest *request,
             const GError  *error)
{
  hearth_hub_broadcast (_hearth_server_get_hub (hearth_request_get_server (request)), "NODES_RELOADED",
                        hearth_value_object ("success", hearth_value_boolean (FALSE),
                                             "message", hearth_value_string (error->message), NULL));
  hearth_request_reply_failure (request, error);
}

/* Only NODES_RELOADED is told: "plugins-reloaded" would make every page load itself anew. */
static void
reloaded_cb (GObject      *workspace,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) plugins = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);
  g_autofree char *message = NULL;
  guint success = hearth_request_get_route (request)->success;
  guint n_types;

  if (plugins == NULL)
    {
      fail_reload (request, error);
      return;
    }
  n_types = hearth_hub_tell_nodes (_hearth_server_get_hub (hearth_request_get_server (request)));
  message = g_strdup_printf (ngettext ("%u node type is ready.", "%u node types are ready.", n_types), n_types);
  /* Here the protocol counts plugins. */
  hearth_request_reply_json (request, success != 0 ? success : SOUP_STATUS_OK,
                             hearth_value_object ("success", hearth_value_boolean (TRUE),
                                                  "message", hearth_value_string (message),
                                                  "count", hearth_value_integer ((gint64) hearth_value_get_length (plugins)),
                                                  NULL));
}

static void
reload_nodes (HearthRequest *request)
{
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_reload_plugins,
                            hearth_request_get_arguments (request), NULL, reloaded_cb, hearth_request_ref (request));
}

/* TRUE: the type is a pack's, and the request has its answer. */
static gboolean
reply_plugin_script (HearthRequest *request,
                     const char    *type_id,
                     const char    *url)
{
  g_autoptr (GError) error = NULL;
  const char *folder;
  g_autofree char *path = hearth_workspace_find_plugin_script (hearth_request_get_workspace (request), type_id, url, &folder,
                                                               &error);

  if (path != NULL)
    hearth_static_reply (request, folder, path, "application/javascript; charset=utf-8");
  else if (error != NULL)
    hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST, error->message);
  return path != NULL || error != NULL;
}

static void
get_client_script (HearthRequest *request)
{
  HearthWorkspace *workspace = hearth_request_get_workspace (request);
  const char *url = hearth_request_get_param (request, "clientScriptUrl");
  g_autofree char *type_id = g_strconcat (hearth_request_get_param (request, "namespace"), ":",
                                          hearth_request_get_param (request, "type"), NULL);
  g_autoptr (GBytes) script = NULL;
  g_autoptr (GError) error = NULL;

  if (hearth_catalog_lookup (hearth_workspace_get_catalog (workspace), type_id) == NULL)
    {
      g_autofree char *message = g_strdup_printf (_("There is no node type %s."), type_id);

      hearth_request_reply_error (request, SOUP_STATUS_NOT_FOUND, message);
      return;
    }
  if (!g_str_has_suffix (url, ".js") || strstr (url, "..") != NULL)
    {
      hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST, _("This is not the address of a script."));
      return;
    }
  if (reply_plugin_script (request, type_id, url))
    return;
  script = hearth_workspace_lookup_client_script (workspace, type_id, url, &error);
  if (script != NULL)
    hearth_request_reply_bytes (request, SOUP_STATUS_OK, "application/javascript; charset=utf-8", script);
  else
    hearth_request_reply_error (request, SOUP_STATUS_NOT_FOUND, error->message);
}

/* --- the table ---------------------------------------------------------------------------- */

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/nodes", .name = "listNodes",
    .summary = "Every node type",
    .handler = list_nodes },
  { .method = "POST", .pattern = "/api/nodes/reload", .name = "reloadNodes",
    .summary = "Reads the node types again", .body = HEARTH_BODY_JSON, .outcome = TRUE,
    .handler = reload_nodes },
  { .method = "POST", .pattern = "/api/server/restart", .name = "restartServer",
    .summary = "The same under an older name: runs and connections go on",
    .outcome = TRUE, .success = SOUP_STATUS_ACCEPTED, .handler = reload_nodes },
  { .method = "GET", .pattern = "/api/nodes/:namespace/:type/client-script/*clientScriptUrl", .name = "getClientScript",
    .summary = "The browser script of a node type",
    .handler = get_client_script },
};

const HearthRouteSection hearth_routes_nodes = { "Node types", routes, G_N_ELEMENTS (routes) };
