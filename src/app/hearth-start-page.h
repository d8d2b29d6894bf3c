/* hearth-start-page.h: the projects to choose from, when none is open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_START_PAGE (hearth_start_page_get_type ())
G_DECLARE_FINAL_TYPE (HearthStartPage, hearth_start_page, HEARTH, START_PAGE, AdwBin)

/* Signals: ::open (project id), ::message (sentence). "New project" is the action win.new-project. */

void hearth_start_page_set_workspace (HearthStartPage *self,
                                      HearthWorkspace *workspace);

G_END_DECLS
