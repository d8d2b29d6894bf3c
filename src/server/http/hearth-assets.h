/* hearth-assets.h: what the server carries with it: pages, scripts, examples of requests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "examples/projects.json", a path in this folder; NULL when there is none. */
GBytes  *hearth_assets_lookup (const char *path);
/* The names in a folder, such as "examples/". Free with g_strfreev(). Any thread. */
char   **hearth_assets_list   (const char *folder);

G_END_DECLS
