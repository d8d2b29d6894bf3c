/* hearth-application.c: the desktop program: workspace, server, settings, one window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-application-private.h"

#include "hearth-resources.h"

#include "hearth-i18n.h"

G_DEFINE_FINAL_TYPE (HearthApplication, hearth_application, ADW_TYPE_APPLICATION)

static const GOptionEntry option_entries[] = {
  { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Keep projects and everything else in DIR"), N_("DIR") },
  { "port", 0, 0, G_OPTION_ARG_INT, NULL, N_("Serve browsers on port N"), N_("N") },
  { "frontend", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Serve the built web frontend in DIR"), N_("DIR") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
  { NULL }
};

/* --- start-up --------------------------------------------------------------------------- */

static void
apply_color_scheme (HearthApplication *self)
{
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT,
    ADW_COLOR_SCHEME_FORCE_LIGHT,
    ADW_COLOR_SCHEME_FORCE_DARK,
  };
  guint chosen = g_settings_get_enum (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[MIN (chosen, G_N_ELEMENTS (schemes) - 1)]);
}

static void
open_waiting_files (HearthApplication *self)
{
  for (guint i = 0; i < self->files->len; i++)
    hearth_window_import (self->window, g_ptr_array_index (self->files, i));
  g_ptr_array_set_size (self->files, 0);
}

static void
workspace_opened_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (HearthApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_first;

  if (!hearth_workspace_open_finish (HEARTH_WORKSPACE (source), result, &error))
    {
      if (self->window != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        hearth_window_show_failure (self->window, error->message);
      return;
    }

  self->is_open = TRUE;
  is_first = !g_settings_get_boolean (self->settings, "demo-installed");
  g_settings_set_boolean (self->settings, "demo-installed", TRUE);
  _hearth_application_apply_server (self);
  if (self->window == NULL)
    return;
  hearth_window_restore (self->window, is_first);
  open_waiting_files (self);
}

static void
hearth_application_startup (GApplication *application)
{
  HearthApplication *self = HEARTH_APPLICATION (application);

  hearth_register_resource ();
  G_APPLICATION_CLASS (hearth_application_parent_class)->startup (application);

  /* Run from a build directory there is no installed icon theme to find our icon in. */
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/hearthstudio/Hearth/icons");
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (apply_color_scheme), self,
                           G_CONNECT_SWAPPED);
  apply_color_scheme (self);
  _hearth_application_add_actions (self);

  self->workspace = hearth_workspace_new (self->data_dir);
  self->server = hearth_server_new (self->workspace);
}

/* --- windows and files ------------------------------------------------------------------------ */

static void
window_gone (gpointer  data,
             GObject  *where)
{
  HearthApplication *self = data;

  self->window = NULL;
}

static void
hearth_application_activate (GApplication *application)
{
  HearthApplication *self = HEARTH_APPLICATION (application);
  gboolean install_demo;

  if (self->window != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->window));
      return;
    }

  self->window = hearth_window_new (self);
  g_object_weak_ref (G_OBJECT (self->window), window_gone, self);
  gtk_window_present (GTK_WINDOW (self->window));
  if (self->is_open)
    {
      hearth_window_restore (self->window, FALSE);
      return;
    }
  install_demo = !g_settings_get_boolean (self->settings, "demo-installed");
  hearth_workspace_open_async (self->workspace, install_demo, self->cancellable, workspace_opened_cb,
                               g_object_ref (self));
}

static void
hearth_application_open (GApplication  *application,
                         GFile        **files,
                         int            n_files,
                         const char    *hint)
{
  HearthApplication *self = HEARTH_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (self->files, g_object_ref (files[i]));
  g_application_activate (application);
  if (self->is_open && self->window != NULL)
    open_waiting_files (self);
}

static int
hearth_application_handle_local_options (GApplication *application,
                                         GVariantDict *options)
{
  HearthApplication *self = HEARTH_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("hearth %s\n", HEARTH_VERSION);
      return 0;
    }
  g_variant_dict_lookup (options, "data-dir", "^ay", &self->data_dir);
  g_variant_dict_lookup (options, "frontend", "^ay", &self->frontend);
  if (g_variant_dict_lookup (options, "port", "i", &self->port) && (self->port < 1 || self->port > 65535))
    {
      g_printerr ("%s\n", _("A port is a number from 1 to 65535."));
      return 2;
    }
  /* Another data directory is another program: it must not end up in the window that is open. */
  if (self->data_dir != NULL)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
hearth_application_shutdown (GApplication *application)
{
  HearthApplication *self = HEARTH_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  if (self->server != NULL)
    hearth_server_stop (self->server);
  G_APPLICATION_CLASS (hearth_application_parent_class)->shutdown (application);
}

static void
hearth_application_dispose (GObject *object)
{
  HearthApplication *self = HEARTH_APPLICATION (object);

  if (self->window != NULL)
    g_object_weak_unref (G_OBJECT (self->window), window_gone, self);
  self->window = NULL;
  g_clear_object (&self->server);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->frontend, g_free);
  g_clear_pointer (&self->server_problem, g_free);

  G_OBJECT_CLASS (hearth_application_parent_class)->dispose (object);
}

static void
hearth_application_class_init (HearthApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = hearth_application_dispose;
  application_class->startup = hearth_application_startup;
  application_class->activate = hearth_application_activate;
  application_class->open = hearth_application_open;
  application_class->handle_local_options = hearth_application_handle_local_options;
  application_class->shutdown = hearth_application_shutdown;
}

static void
hearth_application_init (HearthApplication *self)
{
  GApplication *application = G_APPLICATION (self);

  self->settings = g_settings_new (HEARTH_APPLICATION_ID);
  self->cancellable = g_cancellable_new ();
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  g_application_add_main_option_entries (application, option_entries);
  g_application_set_option_context_parameter_string (application, _("[FILE…]"));
  g_application_set_option_context_summary (application,
                                            _("Draw, run and share workflows for language models."));
}

/* --- public ------------------------------------------------------------------------------- */

HearthApplication *
hearth_application_new (GApplicationFlags flags)
{
  return g_object_new (HEARTH_TYPE_APPLICATION,
                       "application-id", HEARTH_APPLICATION_ID,
                       "resource-base-path", "/io/github/hearthstudio/Hearth",
                       "flags", flags,
                       NULL);
}

GSettings *
hearth_application_get_settings (HearthApplication *self)
{
  g_return_val_if_fail (HEARTH_IS_APPLICATION (self), NULL);

  return self->settings;
}

HearthWorkspace *
hearth_application_get_workspace (HearthApplication *self)
{
  g_return_val_if_fail (HEARTH_IS_APPLICATION (self), NULL);

  return self->workspace;
}

HearthServer *
hearth_application_get_server (HearthApplication *self)
{
  g_return_val_if_fail (HEARTH_IS_APPLICATION (self), NULL);

  return self->server;
}

const char *
hearth_application_get_server_problem (HearthApplication *self)
{
  g_return_val_if_fail (HEARTH_IS_APPLICATION (self), NULL);

  return self->server_problem;
}
