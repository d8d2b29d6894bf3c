/* hearth-preferences.h: the preferences window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-application.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_PREFERENCES (hearth_preferences_get_type ())
G_DECLARE_FINAL_TYPE (HearthPreferences, hearth_preferences, HEARTH, PREFERENCES, AdwPreferencesWindow)

/* @parent may be NULL. @page: "models", or NULL for the first. */
void hearth_preferences_present (HearthApplication *application,
                                 GtkWindow         *parent,
                                 const char        *page);

G_END_DECLS
