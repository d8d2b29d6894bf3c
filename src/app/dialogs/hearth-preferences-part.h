/* hearth-preferences-part.h: what parts of the preferences ask of their window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @part: anything in the preferences. Once they are closed, nothing happens. */

/* Says @text, which is no markup. */
void hearth_preferences_toast (GtkWidget  *part,
                               const char *text);
/* Shows @page (floating) over all of it, until it is left. */
void hearth_preferences_open  (GtkWidget  *part,
                               GtkWidget  *page);
/* From @page back to where it was opened. */
void hearth_preferences_leave (GtkWidget  *page);

G_END_DECLS
