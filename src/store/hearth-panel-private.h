/* hearth-panel-private.h: what the files about panels share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-panel-store.h"

G_BEGIN_DECLS

#define HEARTH_PANEL_FILE "panel.json"
#define HEARTH_PANEL_PAGE "index.html"

/* May a folder have that name? */
gboolean _hearth_panel_check_id (const char    *panel_id,
                                 GError       **error);
/* Makes @folder out of the template's folder, or out of our own page when @template is NULL. The
 * project is locked. */
gboolean _hearth_panel_install  (HearthDataDir *dir,
                                 HearthValue   *template,
                                 HearthValue   *definition,
                                 const char    *folder,
                                 GError       **error);

G_END_DECLS
