/* hearth-preferences.c: the preferences window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-preferences.h"

#include "hearth-application-private.h"
#include "hearth-channels-group.h"
#include "hearth-devices-group.h"
#include "hearth-keyring-group.h"
#include "hearth-mcp-group.h"
#include "hearth-packs-group.h"
#include "hearth-spending-group.h"

#include "hearth-i18n.h"

struct _HearthPreferences
{
  AdwPreferencesWindow parent_instance;

  /* template */
  AdwComboRow         *style;
  GtkSwitch           *minimap;
  GtkSwitch           *server;
  GtkSpinButton       *port;
  AdwActionRow        *address;
  AdwActionRow        *frontend;
  GtkButton           *clear;
  HearthDevicesGroup  *devices;
  HearthChannelsGroup *channels;
  HearthKeyringGroup  *keyring;
  HearthMcpGroup      *mcp;
  HearthPacksGroup    *packs;
  HearthSpendingGroup *spending;

  /* owned */
  HearthApplication   *application;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (HearthPreferences, hearth_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static GSettings *
get_settings (HearthPreferences *self)
{
  return hearth_application_get_settings (self->application);
}

static void
show_server (HearthPreferences *self)
{
  HearthServer *server = hearth_application_get_server (self->application);
  const char *problem = hearth_application_get_server_problem (self->application);
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;

  g_assert (HEARTH_IS_PREFERENCES (self));

  if (hearth_server_get_port (server) != 0)
    {
      address = hearth_server_dup_address (server);
      text = g_strdup_printf (_("Open %s in a browser on this computer"), address);
    }
  else if (problem != NULL)
    text = g_strdup (problem);
  else
    text = g_strdup (_("Off"));
  adw_action_row_set_subtitle (self->address, text);
}

static void
show_frontend (HearthPreferences *self)
{
  g_autofree char *folder = g_settings_get_string (get_settings (self), "frontend-folder");

  g_assert (HEARTH_IS_PREFERENCES (self));

  adw_action_row_set_subtitle (self->frontend,
                               *folder != '\0' ? folder : _("None: browsers see a short page of Hearth itself"));
  gtk_widget_set_visible (GTK_WIDGET (self->clear), *folder != '\0');
}

static void
server_settings_cb (HearthPreferences *self)
{
  g_assert (HEARTH_IS_PREFERENCES (self));

  _hearth_application_apply_server (self->application);
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self->devices));
  show_server (self);
  show_frontend (self);
}

static void
style_cb (HearthPreferences *self)
{
  if (self->application != NULL)
    g_settings_set_enum (get_settings (self), "color-scheme", adw_combo_row_get_selected (self->style));
}

static void
folder_cb (HearthPreferences *self,
           int                response)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *path = NULL;

  g_assert (HEARTH_IS_PREFERENCES (self));

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  path = folder != NULL ? g_file_get_path (folder) : NULL;
  if (path != NULL)
    g_settings_set_string (get_settings (self), "frontend-folder", path);
  g_clear_object (&self->chooser);
}

static void
choose_cb (HearthPreferences *self)
{
  g_assert (HEARTH_IS_PREFERENCES (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Web Frontend Folder"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Select"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (folder_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
clear_cb (HearthPreferences *self)
{
  g_assert (HEARTH_IS_PREFERENCES (self));

  g_settings_set_string (get_settings (self), "frontend-folder", "");
}

/* Other programs may have changed all this, devices have used their tokens, and runs have spent. */
static void
is_active_cb (HearthPreferences *self)
{
  if (self->application == NULL || !gtk_window_is_active (GTK_WINDOW (self)))
    return;
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self->devices));
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self->keyring));
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self->mcp));
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self->spending));
}

static void
hearth_preferences_dispose (GObject *object)
{
  HearthPreferences *self = HEARTH_PREFERENCES (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->application);

  G_OBJECT_CLASS (hearth_preferences_parent_class)->dispose (object);
}

static void
hearth_preferences_class_init (HearthPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_preferences_dispose;

  g_type_ensure (HEARTH_TYPE_CHANNELS_GROUP);
  g_type_ensure (HEARTH_TYPE_DEVICES_GROUP);
  g_type_ensure (HEARTH_TYPE_KEYRING_GROUP);
  g_type_ensure (HEARTH_TYPE_MCP_GROUP);
  g_type_ensure (HEARTH_TYPE_PACKS_GROUP);
  g_type_ensure (HEARTH_TYPE_SPENDING_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, style);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, minimap);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, server);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, port);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, address);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, frontend);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, clear);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, devices);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, channels);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, keyring);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, mcp);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, packs);
  gtk_widget_class_bind_template_child (widget_class, HearthPreferences, spending);
  gtk_widget_class_bind_template_callback (widget_class, style_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_active_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
hearth_preferences_init (HearthPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_application (HearthPreferences *self,
                 HearthApplication *application)
{
  static const char *const changes[] = { "changed::server-enabled", "changed::server-port",
                                         "changed::allow-other-devices", "changed::frontend-folder" };
  GSettings *settings = hearth_application_get_settings (application);
  gpointer groups[] = { self->devices, self->channels, self->keyring, self->mcp, self->packs, self->spending };

  adw_combo_row_set_selected (self->style, g_settings_get_enum (settings, "color-scheme"));
  self->application = g_object_ref (application);
  g_settings_bind (settings, "show-minimap", self->minimap, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "server-enabled", self->server, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "server-port", self->port, "value", G_SETTINGS_BIND_DEFAULT);
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    hearth_preferences_group_set_application (HEARTH_PREFERENCES_GROUP (groups[i]), application);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (settings, changes[i], G_CALLBACK (server_settings_cb), self, G_CONNECT_SWAPPED);
  show_server (self);
  show_frontend (self);
}

void
hearth_preferences_present (HearthApplication *application,
                            GtkWindow         *parent,
                            const char        *page)
{
  HearthPreferences *self;

  g_return_if_fail (HEARTH_IS_APPLICATION (application));

  self = g_object_new (HEARTH_TYPE_PREFERENCES, "transient-for", parent, NULL);
  set_application (self, application);
  if (page != NULL)
    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (self), page);
  gtk_window_present (GTK_WINDOW (self));
}
