/* hearth-plugin-store.c: finds and reads packs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-plugin-private.h"

#include <stdlib.h>
#include <string.h>

#include "hearth-plugin-file.h"
#include "hearth-plugin-manifest.h"
#include "hearth-project-store.h"
#include "hearth-i18n.h"

#define MAX_PLUGINS 200
#define MAX_MANIFEST_BYTES ((gsize) 256 << 10)
#define MAX_CONFIG_BYTES ((gsize) 1 << 20)

typedef struct
{
  HearthDataDir *dir;
  HearthValue   *states;
  GHashTable    *names; /* of folders and of packs, once each */
  HearthBuilder  plugins;
  guint          n_plugins;
} Loader;

/* --- one pack --------------------------------------------------------------------------------- */

static HearthValue *
read_manifest (const char *folder,
               GError    **error)
{
  g_autoptr (GBytes) bytes = hearth_plugin_file_read (folder, HEARTH_PLUGIN_MANIFEST, MAX_MANIFEST_BYTES, error);
  const char *text;
  gsize length;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  return hearth_plugin_manifest_parse (text != NULL ? text : "", length, error);
}

static HearthValue *
collect_defaults (HearthValue *manifest)
{
  HearthValue *options = hearth_value_get (manifest, "configOptions");
  g_auto (HearthBuilder) defaults = HEARTH_BUILDER_INIT;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; options != NULL && i < hearth_value_get_length (options); i++)
    {
      HearthValue *option = hearth_value_at (options, i);
      const char *key = hearth_value_get_member_string (option, "key", "");

      if (g_hash_table_add (seen, (gpointer) key))
        hearth_builder_add (&defaults, key, hearth_value_ref_or_null (hearth_value_get (option, "defaultValue")));
    }
  return hearth_builder_end_object (&defaults);
}

static HearthValue *
read_settings (Loader        *self,
               const char    *name,
               HearthValue   *manifest,
               HearthBuilder *problems)
{
  g_autoptr (HearthValue) defaults = collect_defaults (manifest);
  GError *error = NULL;
  g_autoptr (HearthValue) settings = hearth_plugin_store_read_settings (self->dir, name, &error);

  if (settings == NULL)
    _hearth_plugin_complain (problems, NULL, error);
  return hearth_value_overlay (defaults, settings);
}

/* The name is taken only when the manifest is usable. */
static HearthValue *
read_usable_manifest (Loader     *self,
                      const char *folder,
                      GError    **error)
{
  g_autoptr (HearthValue) manifest = read_manifest (folder, error);
  g_autofree char *place = NULL;
  const char *name;

  if (manifest == NULL)
    return NULL;
  name = hearth_value_get_member_string (manifest, "name", NULL);
  place = g_strconcat ("name ", name, NULL);
  if (g_hash_table_add (self->names, g_steal_pointer (&place)))
    return g_steal_pointer (&manifest);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS,
               _("Another pack is called “%s”, too. Change the name of one."), name);
  return NULL;
}

static HearthValue *
describe_broken (const char    *directory,
                 const char    *folder,
                 HearthBuilder *problems)
{
  return hearth_value_object ("directory", hearth_value_string (directory), "folder", hearth_value_string (folder),
                              "name", hearth_value_string (directory), "enabled", hearth_value_boolean (FALSE),
                              "problems", hearth_builder_end_array (problems), NULL);
}

static HearthValue *
read_plugin (Loader     *self,
             const char *directory,
             const char *folder)
{
  HearthValue *state = hearth_value_get (self->states, directory);
  gboolean enabled = hearth_value_get_member_boolean (state, "enabled", TRUE);
  g_auto (HearthBuilder) problems = HEARTH_BUILDER_INIT;
  GError *error = NULL;
  g_autoptr (HearthValue) manifest = read_usable_manifest (self, folder, &error);
  g_autoptr (HearthValue) nodes = NULL;
  g_autoptr (HearthValue) settings = NULL;
  const char *name;

  if (manifest == NULL)
    {
      _hearth_plugin_complain (&problems, HEARTH_PLUGIN_MANIFEST, error);
      return describe_broken (directory, folder, &problems);
    }
  name = hearth_value_get_member_string (manifest, "name", NULL);
  nodes = enabled ? _hearth_plugin_read_nodes (folder, manifest, &problems) : hearth_value_empty_array ();
  settings = read_settings (self, name, manifest, &problems);
  return hearth_value_object (
      "directory", hearth_value_string (directory), "folder", hearth_value_string (folder),
      "name", hearth_value_string (name), "manifest", hearth_value_ref (manifest),
      "enabled", hearth_value_boolean (enabled),
      "allowPrograms", hearth_value_boolean (hearth_value_get_member_boolean (state, "allowPrograms", FALSE)),
      "allowNetwork", hearth_value_boolean (hearth_value_get_member_boolean (state, "allowNetwork", FALSE)),
      "settings", g_steal_pointer (&settings), "nodes", g_steal_pointer (&nodes),
      "problems", hearth_builder_end_array (&problems), NULL);
}

/* --- all of them -------------------------------------------------------------------------------- */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_folders (const char *place)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) open = g_dir_open (place, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *manifest = g_build_filename (place, name, HEARTH_PLUGIN_MANIFEST, NULL);

      if (*name != '.' && g_utf8_validate (name, -1, NULL) && g_file_test (manifest, G_FILE_TEST_EXISTS))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* The folder itself may be a link, which is how one works on a pack elsewhere. */
static void
load_place (Loader     *self,
            const char *place)
{
  g_autoptr (GPtrArray) names = list_folders (place);

  for (guint i = 0; i < names->len && self->n_plugins < MAX_PLUGINS; i++)
    {
      const char *directory = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (place, directory, NULL);
      char *folder = realpath (path, NULL);

      if (folder != NULL && g_utf8_validate (folder, -1, NULL)
          && g_hash_table_add (self->names, g_strconcat ("folder ", directory, NULL)))
        {
          hearth_builder_add (&self->plugins, NULL, read_plugin (self, directory, folder));
          self->n_plugins++;
        }
      free (folder);
    }
}

/* storage.md 4; settings that cannot be read were complained of when the program started. */
static void
load_custom_places (Loader *self)
{
  g_autofree char *path = hearth_data_dir_dup_config (self->dir);
  g_autoptr (HearthValue) config = hearth_store_read_json (path, MAX_CONFIG_BYTES, NULL);
  HearthValue *places = hearth_value_get_member_kind (config, "customPluginsPaths", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; places != NULL && i < hearth_value_get_length (places); i++)
    {
      HearthValue *place = hearth_value_at (places, i);
      g_autofree char *full = NULL;

      if (!hearth_value_is (place, STRING))
        continue;
      full = g_canonicalize_filename (hearth_value_get_string (place, NULL), hearth_data_dir_get_root (self->dir));
      load_place (self, full);
    }
}

HearthValue *
hearth_plugin_store_load (HearthDataDir *dir,
                          GError       **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (HearthValue) states = NULL;
  g_autofree char *place = NULL;
  Loader self = { .dir = dir, .names = names };

  g_return_val_if_fail (dir != NULL, NULL);

  /* Damaged states must not switch on what the user has switched off. */
  states = self.states = _hearth_plugin_read_states (dir, error);
  if (states == NULL)
    return NULL;
  place = hearth_data_dir_dup_plugins (dir);
  load_place (&self, place);
  load_custom_places (&self);
  return hearth_builder_end_array (&self.plugins);
}

HearthValue *
hearth_plugin_store_find (HearthValue *plugins,
                          const char  *name)
{
  HearthValue *found = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; plugins != NULL && i < hearth_value_get_length (plugins); i++)
    {
      HearthValue *plugin = hearth_value_at (plugins, i);

      if (g_str_equal (hearth_value_get_member_string (plugin, "directory", ""), name))
        return plugin;
      if (found == NULL && g_str_equal (hearth_value_get_member_string (plugin, "name", ""), name))
        found = plugin;
    }
  return found;
}
