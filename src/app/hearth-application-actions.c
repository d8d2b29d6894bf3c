/* hearth-application-actions.c: what can be asked of the program, with the keys for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-application-private.h"
#include "hearth-preferences.h"

#include "hearth-i18n.h"

/* Keys without Ctrl belong to the canvas: here they would be stolen from text fields. */
static const struct
{
  const char *action;
  const char *keys[3];
} shortcuts[] = {
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "win.save", { "<Control>s" } },
  { "win.run", { "<Control>Return", "F5" } },
  { "win.run-from", { "<Shift>F5" } },
  { "win.run-to", { "<Control>F5" } },
  { "win.new-workflow", { "<Control>n" } },
  { "win.import", { "<Control>o" } },
  { "win.close-tab", { "<Control>w" } },
  { "win.side-pane", { "F9" } },
  { "win.inspector", { "<Control>F9" } },
  { "win.dock", { "<Control>j" } },
  { "win.show-help-overlay", { "<Control>question" } },
};

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  HearthApplication *self = user_data;

  hearth_preferences_present (self, GTK_WINDOW (self->window), NULL);
}

static void
models_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  HearthApplication *self = user_data;

  hearth_preferences_present (self, GTK_WINDOW (self->window), "models");
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  HearthApplication *self = user_data;

  adw_show_about_window (GTK_WINDOW (self->window),
                         "application-name", _("Hearth"),
                         "application-icon", HEARTH_APPLICATION_ID,
                         "version", HEARTH_VERSION,
                         "developer-name", _("The Hearth developers"),
                         "comments", _("Draw, run and share workflows for language models"),
                         "website", "https://github.com/hearthstudio/hearth",
                         "issue-url", "https://github.com/hearthstudio/hearth/issues",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

/* Through the window's own door, which asks about unsaved work. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  HearthApplication *self = user_data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  else
    g_application_quit (G_APPLICATION (self));
}

void
_hearth_application_add_actions (HearthApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "preferences", .activate = preferences_cb },
    { .name = "models", .activate = models_cb },
    { .name = "about", .activate = about_cb },
    { .name = "quit", .activate = quit_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action, shortcuts[i].keys);
}

/* --- the server --------------------------------------------------------------------------- */

static void
set_server_problem (HearthApplication *self,
                    const char        *text)
{
  g_free (self->server_problem);
  self->server_problem = g_strdup (text);
  if (text != NULL && self->window != NULL)
    hearth_window_toast (self->window, text);
}

void
_hearth_application_apply_server (HearthApplication *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_settings_get_string (self->settings, "frontend-folder");
  const char *frontend = self->frontend != NULL ? self->frontend : folder;
  guint16 port = self->port != 0 ? self->port : (int) g_settings_get_uint (self->settings, "server-port");
  gboolean enabled = g_settings_get_boolean (self->settings, "server-enabled");
  gboolean allow = g_settings_get_boolean (self->settings, "allow-other-devices");

  hearth_server_set_frontend_dir (self->server, *frontend != '\0' ? frontend : NULL);
  if (!enabled || hearth_server_get_port (self->server) != port
      || hearth_server_get_allow_other_devices (self->server) != allow)
    {
      hearth_server_stop (self->server);
      hearth_server_set_allow_other_devices (self->server, allow);
    }
  if (!enabled)
    set_server_problem (self, NULL);
  else if (hearth_server_get_port (self->server) == port ||
           hearth_server_listen (self->server, port, &error))
    set_server_problem (self, NULL);
  else
    set_server_problem (self, error->message);
}
