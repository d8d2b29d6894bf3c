/* hearth-routes-nodes.c: node types and their browser scripts (http-api.md 7)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-i18n.h"
#include "hearth-routes.h"
#include "hearth-server-private.h"

static void
list_nodes (HearthRequest *request)
{
  hearth_prebuilt_reply (_hearth_server_get_nodes (hearth_request_get_server (request)), request);
}

/* Only NODES_RELOADED is told: "plugins-reloaded" would make every page load itself anew. */
static void
reload_nodes (HearthRequest *request)
{
  HearthServer *server = hearth_request_get_server (request);
  guint success = hearth_request_get_route (request)->success;
  guint n_types = _hearth_server_reload_nodes (server);
  g_autofree char *message = g_strdup_printf (ngettext ("%u node type is ready.", "%u node types are ready.", n_types),
                                              n_types);

  hearth_hub_broadcast (_hearth_server_get_hub (server), "NODES_RELOADED",
                        hearth_value_object ("success", hearth_value_boolean (TRUE),
                                             "message", hearth_value_string (message),
                                             "count", hearth_value_integer (n_types),
                                             NULL));
  /* Here the protocol counts plugins. */
  hearth_request_reply_json (request, success != 0 ? success : SOUP_STATUS_OK,
                             hearth_value_object ("success", hearth_value_boolean (TRUE),
                                                  "message", hearth_value_string (message),
                                                  "count", hearth_value_integer (0),
                                                  NULL));
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
    .summary = "Reads the node types again", .body = HEARTH_BODY_JSON,
    .handler = reload_nodes },
  { .method = "POST", .pattern = "/api/server/restart", .name = "restartServer",
    .summary = "The same under an older name: runs and connections go on",
    .outcome = TRUE, .success = SOUP_STATUS_ACCEPTED, .handler = reload_nodes },
  { .method = "GET", .pattern = "/api/nodes/:namespace/:type/client-script/*clientScriptUrl", .name = "getClientScript",
    .summary = "The browser script of a node type",
    .handler = get_client_script },
};

const HearthRouteSection hearth_routes_nodes = { "Node types", routes, G_N_ELEMENTS (routes) };
