/* hearth-preferences-part.c: what parts of the preferences ask of their window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-preferences-part.h"

static AdwPreferencesWindow *
find_window (GtkWidget *part)
{
  GtkRoot *root = gtk_widget_get_root (part);

  return ADW_IS_PREFERENCES_WINDOW (root) ? ADW_PREFERENCES_WINDOW (root) : NULL;
}

void
hearth_preferences_toast (GtkWidget  *part,
                          const char *text)
{
  AdwPreferencesWindow *window;
  g_autofree char *escaped = NULL;

  g_return_if_fail (GTK_IS_WIDGET (part));
  g_return_if_fail (text != NULL);

  window = find_window (part);
  escaped = g_markup_escape_text (text, -1);
  if (window != NULL)
    adw_preferences_window_add_toast (window, adw_toast_new (escaped));
}

void
hearth_preferences_open (GtkWidget *part,
                         GtkWidget *page)
{
  AdwPreferencesWindow *window;
  g_autoptr (GtkWidget) owned = NULL;

  g_return_if_fail (GTK_IS_WIDGET (part));
  g_return_if_fail (GTK_IS_WIDGET (page));

  window = find_window (part);
  owned = g_object_ref_sink (page);
  if (window != NULL)
    adw_preferences_window_present_subpage (window, page);
}

void
hearth_preferences_leave (GtkWidget *page)
{
  AdwPreferencesWindow *window;

  g_return_if_fail (GTK_IS_WIDGET (page));

  window = find_window (page);
  if (window != NULL)
    adw_preferences_window_close_subpage (window);
}
