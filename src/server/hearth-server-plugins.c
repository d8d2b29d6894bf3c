/* hearth-server-plugins.c: what pages are told when packs change (http-api.md 17)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-server-private.h"

#include "hearth-plugin-json.h"
#include "hearth-plugin-operations.h"
#include "hearth-i18n.h"

void
hearth_server_tell_plugin_state (HearthServer *self,
                                 HearthValue  *before,
                                 HearthValue  *after)
{
  gboolean was_enabled = hearth_value_get_member_boolean (before, "enabled", FALSE);
  HearthValue *plugin;

  g_return_if_fail (HEARTH_IS_SERVER (self));

  plugin = hearth_workspace_find_plugin (self->workspace, hearth_value_get_member_string (before, "directory", ""));
  if (plugin == NULL || was_enabled == hearth_value_get_member_boolean (after, "enabled", FALSE))
    return;
  if (was_enabled)
    hearth_hub_broadcast (self->hub, "plugin-disabled",
                          hearth_value_object ("pluginName", hearth_value_string (hearth_value_get_member_string (plugin, "name", "")),
                                               NULL));
  else
    hearth_hub_broadcast (self->hub, "plugin-enabled",
                          hearth_value_object ("plugin", hearth_plugin_to_json (plugin), NULL));
  if (hearth_value_get (hearth_value_get (plugin, "manifest"), "nodes") != NULL)
    hearth_hub_tell_nodes (_hearth_server_get_hub (self));
}

char *
hearth_server_tell_plugins_reloaded (HearthServer *self)
{
  g_autofree char *message = NULL;
  guint n;

  g_return_val_if_fail (HEARTH_IS_SERVER (self), NULL);

  n = (guint) hearth_value_get_length (hearth_workspace_get_plugins (self->workspace));
  message = g_strdup_printf (ngettext ("%u plugin is there.", "%u plugins are there.", n), n);
  hearth_hub_broadcast (self->hub, "plugins-reloaded",
                        hearth_value_object ("message", hearth_value_string (message),
                                             "reloadedPluginCount", hearth_value_integer (n), NULL));
  hearth_hub_tell_nodes (_hearth_server_get_hub (self));
  return g_steal_pointer (&message);
}
