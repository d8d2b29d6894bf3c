/* hearth-packs-group.c: the packs there are, and what they may do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-packs-group.h"

#include "hearth-pack-programs-row.h"
#include "hearth-pack-row.h"
#include "hearth-plugin-operations.h"
#include "hearth-preferences-part.h"

#include "hearth-i18n.h"

struct _HearthPacksGroup
{
  HearthPreferencesGroup parent_instance;

  /* template */
  AdwActionRow *folder;
  GtkButton    *reload;

  /* owned */
  GPtrArray *rows; /* of HearthPackRow and its HearthPackProgramsRow, by turns */
};

G_DEFINE_FINAL_TYPE (HearthPacksGroup, hearth_packs_group, HEARTH_TYPE_PREFERENCES_GROUP)

static HearthWorkspace *
get_workspace (HearthPacksGroup *self)
{
  return hearth_preferences_group_get_workspace (self);
}

static HearthServer *
get_server (HearthPacksGroup *self)
{
  return hearth_application_get_server (hearth_preferences_group_get_application (self));
}

/* --- rows ----------------------------------------------------------------------------------- */

static guint
count_nodes (HearthPacksGroup *self,
             HearthValue      *plugin)
{
  HearthCatalog *catalog = hearth_workspace_get_catalog (get_workspace (self));
  const char *name = hearth_value_get_member_string (plugin, "name", "");
  guint n = 0;

  if (!hearth_value_get_member_boolean (plugin, "enabled", FALSE))
    return 0;
  for (guint i = 0; i < hearth_catalog_get_size (catalog); i++)
    if (g_strcmp0 (hearth_catalog_at (catalog, i)->space, name) == 0)
      n++;
  return n;
}

/* The row of the folder stays the last one. */
static void
set_n_packs (HearthPacksGroup *self,
             guint             n_packs)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  GtkWidget *folder = GTK_WIDGET (self->folder);

  if (self->rows->len == 2 * n_packs)
    return;
  g_object_ref (folder);
  adw_preferences_group_remove (group, folder);
  while (self->rows->len > 2 * n_packs)
    {
      adw_preferences_group_remove (group, g_ptr_array_index (self->rows, self->rows->len - 1));
      g_ptr_array_set_size (self->rows, self->rows->len - 1);
    }
  while (self->rows->len < 2 * n_packs)
    {
      GtkWidget *row = self->rows->len % 2 == 0 ? hearth_pack_row_new () : hearth_pack_programs_row_new ();

      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
    }
  adw_preferences_group_add (group, folder);
  g_object_unref (folder);
}

/* Rows stay where they are and show another pack if need be, so that who uses them by keys keeps the focus. */
static void
hearth_packs_group_update (HearthPreferencesGroup *group)
{
  HearthPacksGroup *self = HEARTH_PACKS_GROUP (group);
  HearthValue *plugins = hearth_workspace_get_plugins (get_workspace (self));
  guint n = plugins != NULL ? (guint) hearth_value_get_length (plugins) : 0;

  set_n_packs (self, n);
  for (guint i = 0; i < n; i++)
    {
      HearthValue *plugin = hearth_value_at (plugins, i);

      hearth_pack_row_set_plugin (g_ptr_array_index (self->rows, 2 * i), plugin, count_nodes (self, plugin));
      hearth_pack_programs_row_set_plugin (g_ptr_array_index (self->rows, 2 * i + 1), plugin);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folder),
                                 n > 0 ? _("Folder of the Packs") : _("There Are No Packs Yet"));
}

/* --- changing ----------------------------------------------------------------------------------- */

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthPacksGroup) self = user_data;
  g_autoptr (HearthValue) answer = hearth_preferences_group_take_answer (self, source, result);

  if (answer != NULL)
    hearth_server_tell_plugin_state (get_server (self), hearth_value_get (answer, "before"), hearth_value_get (answer, "after"));
  hearth_preferences_group_update (HEARTH_PREFERENCES_GROUP (self));
}

void
hearth_packs_group_change (HearthPacksGroup *self,
                           HearthValue      *plugin,
                           HearthValue      *state)
{
  g_autoptr (HearthValue) changes = state;

  g_return_if_fail (HEARTH_IS_PACKS_GROUP (self));

  hearth_preferences_group_perform (self, &hearth_operation_set_plugin_state,
                                    hearth_value_with (changes, "pluginName", hearth_value_get (plugin, "directory")),
                                    changed_cb);
}

static void
reloaded_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HearthPacksGroup) self = user_data;
  g_autoptr (HearthValue) plugins = hearth_preferences_group_take_answer (self, source, result);
  g_autofree char *message = NULL;

  if (plugins == NULL)
    return;
  message = hearth_server_tell_plugins_reloaded (get_server (self));
  hearth_preferences_toast (GTK_WIDGET (self), message);
}

static void
reload_cb (HearthPacksGroup *self)
{
  g_assert (HEARTH_IS_PACKS_GROUP (self));

  hearth_preferences_group_perform (self, &hearth_operation_reload_plugins, NULL, reloaded_cb);
}

/* --- the folder ----------------------------------------------------------------------------------- */

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthPacksGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    hearth_preferences_toast (GTK_WIDGET (self), error->message);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (HearthPacksGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!GTK_IS_WINDOW (root))
    return;
  if (!g_file_make_directory_finish (G_FILE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      hearth_preferences_toast (GTK_WIDGET (self), error->message);
      return;
    }
  uri = g_file_get_uri (G_FILE (source));
  gtk_show_uri_full (GTK_WINDOW (root), uri, GDK_CURRENT_TIME, NULL, shown_cb, g_object_ref (self));
}

static void
open_cb (HearthPacksGroup *self)
{
  g_autofree char *path = hearth_workspace_dup_plugins_folder (get_workspace (self));
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  g_assert (HEARTH_IS_PACKS_GROUP (self));

  g_file_make_directory_async (folder, G_PRIORITY_DEFAULT, NULL, made_cb, g_object_ref (self));
}

static void
hearth_packs_group_begin (HearthPreferencesGroup *group)
{
  HearthPacksGroup *self = HEARTH_PACKS_GROUP (group);
  g_autofree char *folder = hearth_workspace_dup_plugins_folder (get_workspace (self));
  g_autofree char *text = g_strdup_printf (_("Put each pack's folder into %s, then reload."), folder);

  adw_action_row_set_subtitle (self->folder, text);
  g_signal_connect_object (get_workspace (self), "nodes-changed", G_CALLBACK (hearth_preferences_group_update), self,
                           G_CONNECT_SWAPPED);
}

/* --- the widget ----------------------------------------------------------------------------------- */

static void
hearth_packs_group_finalize (GObject *object)
{
  HearthPacksGroup *self = HEARTH_PACKS_GROUP (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hearth_packs_group_parent_class)->finalize (object);
}

static void
hearth_packs_group_class_init (HearthPacksGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_packs_group_finalize;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->begin = hearth_packs_group_begin;
  HEARTH_PREFERENCES_GROUP_CLASS (klass)->update = hearth_packs_group_update;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-packs-group.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthPacksGroup, folder);
  gtk_widget_class_bind_template_child (widget_class, HearthPacksGroup, reload);
  gtk_widget_class_bind_template_callback (widget_class, reload_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
hearth_packs_group_init (HearthPacksGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
