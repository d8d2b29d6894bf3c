/* hearth-preferences-toast.h: short messages from parts of the preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Says @text, which is no markup, in the preferences that @inside stands in; nothing once they are closed. */
void hearth_preferences_toast (GtkWidget  *inside,
                               const char *text);

G_END_DECLS
