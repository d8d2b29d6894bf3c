/* hearth-assets.c: what the server carries with it: pages, scripts, examples of requests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-assets.h"

#define RESOURCE_ROOT "/io/github/hearthstudio/Hearth/server/"

/* Made by the build out of server.gresource.xml */
void hearth_server_register_resource (void);

/* A constructor in a static library is dropped by the linker, so the resource is registered here. */
static void
register_resource (void)
{
  static gsize registered = 0;

  if (g_once_init_enter (&registered))
    {
      hearth_server_register_resource ();
      g_once_init_leave (&registered, 1);
    }
}

GBytes *
hearth_assets_lookup (const char *path)
{
  g_autofree char *full = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  register_resource ();
  full = g_strconcat (RESOURCE_ROOT, path, NULL);
  return g_resources_lookup_data (full, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

char **
hearth_assets_list (const char *folder)
{
  g_autofree char *full = NULL;
  char **names;

  g_return_val_if_fail (folder != NULL, NULL);

  register_resource ();
  full = g_strconcat (RESOURCE_ROOT, folder, NULL);
  names = g_resources_enumerate_children (full, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  return names != NULL ? names : g_new0 (char *, 1);
}
