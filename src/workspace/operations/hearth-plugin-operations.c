/* hearth-plugin-operations.c: packs: reading them again, switching them on and off, their settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-plugin-operations.h"

#include "hearth-plugin-store.h"
#include "hearth-workspace-private.h"
#include "hearth-i18n.h"

static HearthValue *
find (HearthValue *plugins,
      HearthValue *arguments,
      GError     **error)
{
  const char *name = hearth_value_get_member_string (arguments, "pluginName", "");
  HearthValue *plugin = hearth_plugin_store_find (plugins, name);

  if (plugin == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND, _("There is no plugin “%s”."), name);
  return plugin;
}

/* Of answers that carry the whole list for us, besides what the caller wants. */
static void
announce_plugins (HearthWorkspace *workspace,
                  HearthValue     *arguments,
                  HearthValue     *answer)
{
  _hearth_workspace_take_plugins (workspace, hearth_value_get (answer, "plugins"));
}

/* --- reading them again ------------------------------------------------------------------ */

static HearthValue *
reload (HearthStorage *storage,
        HearthValue   *arguments,
        GError       **error)
{
  return hearth_plugin_store_load (storage->dir, error);
}

static void
announce_reload (HearthWorkspace *workspace,
                 HearthValue     *arguments,
                 HearthValue     *answer)
{
  _hearth_workspace_take_plugins (workspace, answer);
}

const HearthOperation hearth_operation_reload_plugins = { .work = reload, .announce = announce_reload };

/* --- states -------------------------------------------------------------------------------- */

static HearthValue *
pick_state (HearthValue *arguments)
{
  static const char *const keys[] = { "enabled", "allowPrograms", "allowNetwork" };
  g_auto (HearthBuilder) state = HEARTH_BUILDER_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    hearth_builder_add (&state, keys[i],
                        hearth_value_ref_or_null (hearth_value_get_member_kind (arguments, keys[i], HEARTH_VALUE_BOOLEAN)));
  return hearth_builder_end_object (&state);
}

static gboolean
check_usable (HearthValue *plugin,
              HearthValue *arguments,
              GError     **error)
{
  HearthValue *problems = hearth_value_get (plugin, "problems");

  if (hearth_value_get (plugin, "manifest") != NULL || !hearth_value_get_member_boolean (arguments, "enabled", FALSE))
    return TRUE;
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO,
                       hearth_value_get_string (hearth_value_at (problems, 0), NULL));
  return FALSE;
}

static HearthValue *
set_state (HearthStorage *storage,
           HearthValue   *arguments,
           GError       **error)
{
  g_autoptr (HearthValue) plugins = hearth_plugin_store_load (storage->dir, error);
  g_autoptr (HearthValue) state = pick_state (arguments);
  g_autoptr (HearthValue) changed = NULL;
  HearthValue *plugin = plugins != NULL ? find (plugins, arguments, error) : NULL;
  const char *directory;

  if (plugin == NULL || !check_usable (plugin, arguments, error))
    return NULL;
  directory = hearth_value_get_member_string (plugin, "directory", NULL);
  if (!hearth_plugin_store_write_state (storage->dir, directory, state, error))
    return NULL;
  changed = hearth_plugin_store_load (storage->dir, error);
  if (changed == NULL)
    return NULL;
  return hearth_value_object ("before", hearth_value_ref (plugin),
                              "after", hearth_value_ref_or_null (hearth_plugin_store_find (changed, directory)),
                              "plugins", hearth_value_ref (changed), NULL);
}

const HearthOperation hearth_operation_set_plugin_state = { .work = set_state, .announce = announce_plugins };

/* --- settings ------------------------------------------------------------------------------- */

static const char *
find_name (HearthValue *plugins,
           HearthValue *arguments,
           GError     **error)
{
  HearthValue *plugin = find (plugins, arguments, error);

  if (plugin == NULL)
    return NULL;
  if (hearth_value_get (plugin, "manifest") != NULL)
    return hearth_value_get_member_string (plugin, "name", NULL);
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                       _("This plugin has no settings: its plugin.yaml is not usable."));
  return NULL;
}

static HearthValue *
read_settings (HearthStorage *storage,
               HearthValue   *arguments,
               GError       **error)
{
  g_autoptr (HearthValue) plugins = hearth_plugin_store_load (storage->dir, error);
  const char *name = plugins != NULL ? find_name (plugins, arguments, error) : NULL;

  return name != NULL ? hearth_plugin_store_read_settings (storage->dir, name, error) : NULL;
}

const HearthOperation hearth_operation_read_plugin_settings = { .work = read_settings };

static HearthValue *
write_settings (HearthStorage *storage,
                HearthValue   *arguments,
                GError       **error)
{
  g_autoptr (HearthValue) plugins = hearth_plugin_store_load (storage->dir, error);
  const char *name = plugins != NULL ? find_name (plugins, arguments, error) : NULL;
  HearthValue *settings = hearth_value_get_member_kind (arguments, "settings", HEARTH_VALUE_OBJECT);
  HearthValue *changed;

  if (name == NULL || !hearth_plugin_store_write_settings (storage->dir, name, settings, error))
    return NULL;
  changed = hearth_plugin_store_load (storage->dir, error);
  return changed != NULL ? hearth_value_object ("plugins", changed, NULL) : NULL;
}

const HearthOperation hearth_operation_write_plugin_settings = { .work = write_settings, .announce = announce_plugins };
