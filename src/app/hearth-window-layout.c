/* hearth-window-layout.c: sizes and folds of the window, remembered between starts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

/* Below this the header bar has no room for the word beside the sign. */
#define NARROW_WIDTH 760

/* --- panes ------------------------------------------------------------------------------------------------- */

static const char *
get_key (HearthWindow *self,
         AdwFlap      *flap)
{
  return flap == self->side_flap ? "side-pane-visible" : "inspector-visible";
}

/* Only what the user did in a wide window is a wish to be remembered. */
static void
revealed_cb (HearthWindow *self,
             GParamSpec   *pspec,
             AdwFlap      *flap)
{
  g_assert (HEARTH_IS_WINDOW (self));

  if (!adw_flap_get_folded (flap))
    g_settings_set_boolean (self->settings, get_key (self, flap), adw_flap_get_reveal_flap (flap));
}

/* A pane that would cover the canvas steps aside; with room again it comes back as it was. */
static void
folded_cb (HearthWindow *self,
           GParamSpec   *pspec,
           AdwFlap      *flap)
{
  g_assert (HEARTH_IS_WINDOW (self));

  if (adw_flap_get_folded (flap))
    adw_flap_set_reveal_flap (flap, FALSE);
  else
    adw_flap_set_reveal_flap (flap, g_settings_get_boolean (self->settings, get_key (self, flap)));
}

static void
side_resized_cb (HearthWindow *self,
                 int           width)
{
  g_settings_set_int (self->settings, "side-pane-width", width);
}

static void
inspector_resized_cb (HearthWindow *self,
                      int           width)
{
  g_settings_set_int (self->settings, "inspector-width", width);
}

static void
begin_pane (HearthWindow *self,
            AdwFlap      *flap,
            const char   *width_key,
            GCallback     resized)
{
  GtkWidget *sizer = adw_flap_get_separator (flap);

  gtk_widget_set_size_request (adw_flap_get_flap (flap), g_settings_get_int (self->settings, width_key), -1);
  adw_flap_set_reveal_flap (flap, g_settings_get_boolean (self->settings, get_key (self, flap)));
  g_signal_connect_object (flap, "notify::reveal-flap", G_CALLBACK (revealed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (flap, "notify::folded", G_CALLBACK (folded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sizer, "resized", resized, self, G_CONNECT_SWAPPED);
}

/* --- window ------------------------------------------------------------------------------------------------- */

static void
surface_layout_cb (HearthWindow *self,
                   int           width,
                   int           height)
{
  gboolean is_narrow = width < NARROW_WIDTH;

  g_assert (HEARTH_IS_WINDOW (self));

  if (self->is_narrow == is_narrow)
    return;
  self->is_narrow = is_narrow;
  gtk_widget_set_visible (GTK_WIDGET (self->run_label), !is_narrow);
}

static void
realized_cb (HearthWindow *self)
{
  g_assert (HEARTH_IS_WINDOW (self));

  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "layout", G_CALLBACK (surface_layout_cb), self,
                           G_CONNECT_SWAPPED);
}

void
_hearth_window_begin_layout (HearthWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  begin_pane (self, self->side_flap, "side-pane-width", G_CALLBACK (side_resized_cb));
  begin_pane (self, self->inspector_flap, "inspector-width", G_CALLBACK (inspector_resized_cb));
  g_settings_bind (self->settings, "dock-visible", self->dock, "open", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "dock-height", self->dock, "height", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self, "realize", G_CALLBACK (realized_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
_hearth_window_save_layout (HearthWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width >= 360 && height >= 200)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}
