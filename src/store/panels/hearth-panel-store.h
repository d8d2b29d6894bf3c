/* hearth-panel-store.h: the web pages of a project, and what new ones are made from (http-api.md 16, storage.md 3.4)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A panel is a folder `ui/<name>` of a project with a panel.json and at least one page. All functions
 * block; call them from a worker thread.
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

/* Arrays of definitions, sorted by folder, each with "panelDirectory" and "source" added; what is no
 * definition is left out, and what is not there is empty. */
HearthValue *hearth_panel_store_list_templates    (HearthDataDir *dir,
                                                   GError       **error);
HearthValue *hearth_panel_store_list              (HearthDataDir *dir,
                                                   const char    *project_id,
                                                   GError       **error);
/* The first with that id. */
HearthValue *hearth_panel_store_read              (HearthDataDir *dir,
                                                   const char    *project_id,
                                                   const char    *panel_id,
                                                   GError       **error);
/* @panel_id must be usable as the name of a folder (HEARTH_STORE_ERROR_NAME); HEARTH_STORE_ERROR_EXISTS
 * when there is one. @template_id: of a template (HEARTH_STORE_ERROR_NOT_FOUND), or NULL for a page with
 * nothing but its name on it. In copied pages `__BACKEND_URL__` becomes `location.origin`. Returns the
 * definition as it was stored. */
HearthValue *hearth_panel_store_create            (HearthDataDir *dir,
                                                   const char    *project_id,
                                                   const char    *panel_id,
                                                   const char    *display_name,
                                                   const char    *template_id,
                                                   GError       **error);
/* Copies the templates in the folder @source, unless there is a folder for templates: who deletes one
 * does not want it back. */
gboolean     hearth_panel_store_install_templates (HearthDataDir *dir,
                                                   const char    *source,
                                                   GError       **error);

G_END_DECLS
