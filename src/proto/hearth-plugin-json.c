/* hearth-plugin-json.c: a pack as GET /api/plugins tells it (http-api.md 17.2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-plugin-json.h"

/* "/plugins/<name>/<folder>/<file>" */
static HearthValue *
make_url (const char *name,
          const char *folder,
          const char *file)
{
  g_autofree char *path = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *url = NULL;

  file += g_str_has_prefix (file, "./") ? 2 : 0;
  folder += g_str_has_prefix (folder, "./") ? 2 : 0;
  path = g_strdup_printf ("%s/%s", folder, file);
  escaped = g_uri_escape_string (path, "/", FALSE);
  url = g_strdup_printf ("/plugins/%s/%s", name, escaped);
  return hearth_value_string (url);
}

static HearthValue *
make_style_urls (const char  *name,
                 const char  *folder,
                 HearthValue *styles)
{
  g_auto (HearthBuilder) urls = HEARTH_BUILDER_INIT;

  if (hearth_value_is (styles, STRING))
    hearth_builder_add (&urls, NULL, make_url (name, folder, hearth_value_get_string (styles, NULL)));
  for (gsize i = 0; hearth_value_is (styles, ARRAY) && i < hearth_value_get_length (styles); i++)
    hearth_builder_add (&urls, NULL, make_url (name, folder, hearth_value_get_string (hearth_value_at (styles, i), NULL)));
  return hearth_builder_end_array (&urls);
}

/* NULL: the manifest has none that is usable. */
static HearthValue *
make_frontend (const char  *name,
               HearthValue *frontend)
{
  gboolean is_built = g_strcmp0 (hearth_value_get_member_string (frontend, "type", NULL), "vite") == 0;
  HearthValue *part = hearth_value_get (frontend, is_built ? "build" : "vanilla");
  const char *entry = hearth_value_get_member_string (part, "entry", NULL);
  const char *folder = hearth_value_get_member_string (part, is_built ? "outputDir" : "rootDir", "web");

  if (entry == NULL)
    return NULL;
  return hearth_value_object ("entryUrl", make_url (name, folder, entry),
                              "styleUrls", make_style_urls (name, folder, hearth_value_get (part, "styles")), NULL);
}

static void
add_permissions (HearthBuilder *out,
                 HearthValue   *plugin)
{
  HearthValue *asked = hearth_value_get (hearth_value_get (plugin, "manifest"), "permissions");

  hearth_builder_add (out, "permissions",
                      hearth_value_object (
                          "network", hearth_value_boolean (hearth_value_get_member_boolean (asked, "network", FALSE)),
                          "allowPrograms", hearth_value_boolean (hearth_value_get_member_boolean (plugin, "allowPrograms", FALSE)),
                          "allowNetwork", hearth_value_boolean (hearth_value_get_member_boolean (plugin, "allowNetwork", FALSE)),
                          NULL));
}

HearthValue *
hearth_plugin_to_json (HearthValue *plugin)
{
  HearthValue *manifest = hearth_value_get (plugin, "manifest");
  HearthValue *problems = hearth_value_get (plugin, "problems");
  const char *name = hearth_value_get_member_string (plugin, "name", "");
  gboolean enabled = hearth_value_get_member_boolean (plugin, "enabled", FALSE);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  g_return_val_if_fail (plugin != NULL, NULL);

  hearth_builder_add_string (&out, "name", name);
  hearth_builder_add_string (&out, "displayName", hearth_value_get_member_string (manifest, "displayName", name));
  hearth_builder_add_string (&out, "version", hearth_value_get_member_string (manifest, "version", "?"));
  hearth_builder_add_string (&out, "description", hearth_value_get_member_string (manifest, "description", NULL));
  hearth_builder_add (&out, "configOptions", hearth_value_ref_or_null (hearth_value_get (manifest, "configOptions")));
  hearth_builder_add (&out, "isEnabled", hearth_value_boolean (enabled));
  if (enabled)
    hearth_builder_add (&out, "frontend", make_frontend (name, hearth_value_get (manifest, "frontend")));
  hearth_builder_add_string (&out, "directory", hearth_value_get_member_string (plugin, "directory", name));
  add_permissions (&out, plugin);
  if (problems != NULL && hearth_value_get_length (problems) > 0)
    hearth_builder_add (&out, "problems", hearth_value_ref (problems));
  return hearth_builder_end_object (&out);
}
