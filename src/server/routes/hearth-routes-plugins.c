/* hearth-routes-plugins.c: packs: what there is, switching on and off, settings, their files (http-api.md 17)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-plugin-json.h"
#include "hearth-plugin-operations.h"
#include "hearth-routes.h"
#include "hearth-server-private.h"
#include "hearth-static.h"
#include "hearth-i18n.h"

static void
list_plugins (HearthRequest *request)
{
  HearthValue *plugins = hearth_workspace_get_plugins (hearth_request_get_workspace (request));
  g_auto (HearthBuilder) list = HEARTH_BUILDER_INIT;

  for (gsize i = 0; i < hearth_value_get_length (plugins); i++)
    hearth_builder_add (&list, NULL, hearth_plugin_to_json (hearth_value_at (plugins, i)));
  hearth_request_reply_json (request, SOUP_STATUS_OK, hearth_builder_end_array (&list));
}

/* --- states ---------------------------------------------------------------------------------- */

static void
state_set_cb (GObject      *workspace,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);
  g_autofree char *message = NULL;
  HearthValue *after;
  const char *name;

  if (answer == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  after = hearth_value_get (answer, "after");
  hearth_server_tell_plugin_state (hearth_request_get_server (request), hearth_value_get (answer, "before"), after);
  name = hearth_value_get_member_string (after, "name", "");
  message = g_strdup_printf (hearth_value_get_member_boolean (after, "enabled", FALSE) ? _("The plugin “%s” is switched on.")
                                                                                       : _("The plugin “%s” is switched off."),
                             name);
  hearth_request_reply_outcome (request, SOUP_STATUS_OK, message);
}

/* A browser says of every such request where it comes from, and no page can keep it from that. The front-end
 * scripts of packs are part of our own pages, so these pages must not be able to allow a pack more than it may. */
static gboolean
comes_from_page (HearthRequest *request)
{
  return hearth_request_get_header (request, "Origin") != NULL || hearth_request_get_header (request, "Referer") != NULL
         || hearth_request_get_header (request, "Sec-Fetch-Site") != NULL;
}

static void
set_state (HearthRequest *request)
{
  HearthValue *arguments = hearth_request_get_arguments (request);

  if (comes_from_page (request)
      && (hearth_value_get_member_boolean (arguments, "allowPrograms", FALSE)
          || hearth_value_get_member_boolean (arguments, "allowNetwork", FALSE)))
    {
      hearth_request_reply_outcome (request, SOUP_STATUS_FORBIDDEN,
                                    _("A web page cannot allow a plugin's programs. Use the window (Preferences → Packs) or hearthctl plugins --allow."));
      return;
    }
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_set_plugin_state, arguments, NULL,
                            state_set_cb, hearth_request_ref (request));
}

/* --- reading again ------------------------------------------------------------------------------ */

static void
reloaded_cb (GObject      *workspace,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) plugins = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);
  g_autofree char *message = NULL;

  if (plugins == NULL)
    {
      hearth_request_reply_failure (request, error);
      return;
    }
  message = hearth_server_tell_plugins_reloaded (hearth_request_get_server (request));
  hearth_request_reply_json (request, SOUP_STATUS_OK,
                             hearth_value_object ("success", hearth_value_boolean (TRUE),
                                                  "message", hearth_value_string (message),
                                                  "count",
                                                  hearth_value_integer ((gint64) hearth_value_get_length (plugins)), NULL));
}

static void
reload (HearthRequest *request)
{
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_reload_plugins,
                            hearth_request_get_arguments (request), NULL, reloaded_cb, hearth_request_ref (request));
}

/* --- settings ------------------------------------------------------------------------------------- */

static void
settings_written_cb (GObject      *workspace,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (HearthRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (workspace), result, &error);

  if (answer == NULL)
    hearth_request_reply_failure (request, error);
  else
    hearth_request_reply_outcome (request, SOUP_STATUS_OK, _("The plugin's settings are saved."));
}

/* The body is the settings, whatever they are. */
static void
write_settings (HearthRequest *request)
{
  HearthValue *settings = hearth_request_get_body (request);
  g_autoptr (HearthValue) arguments = NULL;

  if (!hearth_value_is (settings, OBJECT))
    {
      hearth_request_reply_error (request, SOUP_STATUS_BAD_REQUEST, _("The settings must be an object in JSON."));
      return;
    }
  arguments = hearth_value_object ("pluginName", hearth_value_string (hearth_request_get_param (request, "pluginName")),
                                   "settings", hearth_value_ref (settings), NULL);
  hearth_workspace_perform (hearth_request_get_workspace (request), &hearth_operation_write_plugin_settings, arguments, NULL,
                            settings_written_cb, hearth_request_ref (request));
}

/* --- files ------------------------------------------------------------------------------------------ */

static void
get_file (HearthRequest *request)
{
  const char *path = hearth_request_get_param (request, "path");
  g_autoptr (GError) error = NULL;
  const char *folder = hearth_workspace_find_plugin_folder (hearth_request_get_workspace (request),
                                                            hearth_request_get_param (request, "pluginName"), path, &error);

  if (folder != NULL)
    hearth_static_reply (request, folder, path, NULL);
  else
    hearth_request_reply_error (request, g_error_matches (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME)
                                             ? SOUP_STATUS_FORBIDDEN : SOUP_STATUS_NOT_FOUND, error->message);
}

/* --- the table ---------------------------------------------------------------------------- */

#define PLUGIN "/api/plugins/:pluginName"

static const HearthBodyField state_fields[] = {
  { .key = "enabled", .kinds = HEARTH_KIND (BOOLEAN), .required = TRUE },
  { .key = "allowPrograms", .kinds = HEARTH_KIND (BOOLEAN),
    .text = "Its nodes' programs may run in the sandbox. True is not taken from web pages" },
  { .key = "allowNetwork", .kinds = HEARTH_KIND (BOOLEAN),
    .text = "And these programs may use the network, if plugin.yaml asks for it. True is not taken from web pages" },
  { .key = NULL },
};

static const HearthRoute routes[] = {
  { .method = "GET", .pattern = "/api/plugins", .name = "listPlugins",
    .summary = "Every plugin, switched on or not",
    .handler = list_plugins },
  { .method = "PUT", .pattern = PLUGIN "/state", .name = "setPluginState",
    .summary = "Switches a plugin on or off; allows its programs",
    .body = HEARTH_BODY_JSON, .fields = state_fields, .invalid = SOUP_STATUS_UNPROCESSABLE_ENTITY, .outcome = TRUE,
    .handler = set_state },
  { .method = "POST", .pattern = "/api/plugins/reload", .name = "reloadPlugins",
    .summary = "Reads all plugins again", .outcome = TRUE,
    .handler = reload },
  { .method = "GET", .pattern = PLUGIN "/settings", .name = "readPluginSettings",
    .summary = "What is set for a plugin",
    .operation = &hearth_operation_read_plugin_settings },
  { .method = "POST", .pattern = PLUGIN "/settings", .name = "writePluginSettings",
    .summary = "Sets all of it; the body is any object", .body = HEARTH_BODY_JSON,
    .handler = write_settings },
  { .method = "GET", .pattern = "/plugins/:pluginName/*path", .name = "getPluginFile",
    .summary = "A file of a plugin that is switched on and has a front-end script",
    .handler = get_file },
};

const HearthRouteSection hearth_routes_plugins = { "Plugins", routes, G_N_ELEMENTS (routes) };
