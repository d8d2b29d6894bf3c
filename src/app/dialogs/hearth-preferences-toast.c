/* hearth-preferences-toast.c: short messages from parts of the preferences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-preferences-toast.h"

void
hearth_preferences_toast (GtkWidget  *inside,
                          const char *text)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (escaped));
}
