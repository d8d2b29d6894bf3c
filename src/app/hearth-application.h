/* hearth-application.h: the desktop program: workspace, server, settings, one window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-server.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_APPLICATION (hearth_application_get_type ())
G_DECLARE_FINAL_TYPE (HearthApplication, hearth_application, HEARTH, APPLICATION, AdwApplication)

HearthApplication *hearth_application_new           (GApplicationFlags  flags);
GSettings         *hearth_application_get_settings  (HearthApplication *self);
/* NULL before start-up. */
HearthWorkspace   *hearth_application_get_workspace (HearthApplication *self);
HearthServer      *hearth_application_get_server    (HearthApplication *self);
/* Why browsers cannot connect although they should, as a sentence; or NULL. */
const char        *hearth_application_get_server_problem (HearthApplication *self);

G_END_DECLS
