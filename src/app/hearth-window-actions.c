/* hearth-window-actions.c: the user's verbs on a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

#include "hearth-name-dialog.h"

#include "hearth-i18n.h"

/* --- workflow --------------------------------------------------------------------------------------------- */

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  HearthWindow *self = user_data;
  HearthEditorPage *page = hearth_window_get_page (self);

  if (page != NULL)
    _hearth_window_save (self, page, FALSE);
}

static void
run_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  _hearth_window_run (user_data, FALSE);
}

static void
run_anew_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  _hearth_window_run (user_data, TRUE);
}

static void
run_from_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  _hearth_window_run_part (user_data, "canvas.run-from");
}

static void
run_to_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  _hearth_window_run_part (user_data, "canvas.run-to");
}

static void
stop_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  HearthEditorPage *page = hearth_window_get_page (user_data);

  if (page != NULL)
    hearth_document_stop (hearth_editor_page_get_document (page));
}

static void
add_node_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  HearthEditorPage *page = hearth_window_get_page (user_data);

  if (page != NULL)
    hearth_editor_page_ask_for_node (page);
}

static void
new_workflow_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  _hearth_window_open_workflow (user_data, NULL);
}

static void
close_tab_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  HearthWindow *self = user_data;
  AdwTabPage *tab = adw_tab_view_get_selected_page (self->tabs);

  if (tab != NULL)
    adw_tab_view_close_page (self->tabs, tab);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* --- files --------------------------------------------------------------------------------------------------- */

static void
chosen_cb (HearthWindow *self,
           int           response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;

  g_assert (HEARTH_IS_WINDOW (self));

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    hearth_window_import (self, file);
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  HearthWindow *self = user_data;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Open a Workflow File"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_filter_set_name (filter, _("Workflows"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- projects ------------------------------------------------------------------------------------------------- */

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) project = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (project != NULL)
    _hearth_window_set_project (self, hearth_value_get_member_string (project, "id", NULL));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    hearth_window_toast (self, error->message);
}

static void
named_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  HearthWindow *self = HEARTH_WINDOW (source);
  g_autofree char *name = hearth_name_dialog_ask_finish (result);

  if (name != NULL)
    hearth_workspace_create_project (self->workspace, name, NULL, self->cancellable, created_cb, g_object_ref (self));
}

static void
ask_for_project (HearthWindow *self)
{
  hearth_name_dialog_ask (GTK_WIDGET (self), _("New Project"), NULL, _("_Create"), named_cb, NULL);
}

static void
new_project_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  if (_hearth_window_ask_to_leave (user_data, ask_for_project))
    ask_for_project (user_data);
}

static void
leave_project (HearthWindow *self)
{
  _hearth_window_set_project (self, NULL);
}

static void
show_projects_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  HearthWindow *self = user_data;

  if (_hearth_window_ask_to_leave (self, leave_project))
    leave_project (self);
}

/* --- which make sense --------------------------------------------------------------------------------------------- */

static void
set_enabled (HearthWindow *self,
             const char   *name,
             gboolean      enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  if (action != NULL)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
_hearth_window_update_actions (HearthWindow *self)
{
  HearthEditorPage *page = hearth_window_get_page (self);
  HearthDocument *document = page != NULL ? hearth_editor_page_get_document (page) : NULL;
  gboolean is_busy = page != NULL && hearth_run_log_is_busy (hearth_editor_page_get_run_log (page));

  set_enabled (self, "save", document != NULL && (hearth_document_is_modified (document) ||
                                                  hearth_document_get_workflow_id (document) == NULL));
  set_enabled (self, "run", page != NULL && !is_busy);
  set_enabled (self, "run-anew", page != NULL && !is_busy);
  set_enabled (self, "run-from", page != NULL && !is_busy);
  set_enabled (self, "run-to", page != NULL && !is_busy);
  set_enabled (self, "replay", page != NULL && !is_busy);
  set_enabled (self, "replay-file", page != NULL && !is_busy);
  set_enabled (self, "stop", is_busy);
  set_enabled (self, "add-node", page != NULL);
  set_enabled (self, "new-workflow", self->project_id != NULL);
  set_enabled (self, "import", self->project_id != NULL);
  set_enabled (self, "show-projects", self->project_id != NULL);
  gtk_widget_set_visible (self->add_button, self->project_id != NULL);
  gtk_widget_set_visible (self->side_button, self->project_id != NULL);
  gtk_widget_set_visible (self->inspector_button, self->project_id != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->run_button), page != NULL);
}

static void
add_property_action (HearthWindow *self,
                     const char   *name,
                     gpointer      object,
                     const char   *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
}

static void
move_keys_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  _hearth_window_move_keys (HEARTH_WINDOW (user_data));
}

void
_hearth_window_add_actions (HearthWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "save", .activate = save_cb },
    { .name = "run", .activate = run_cb },
    { .name = "run-anew", .activate = run_anew_cb },
    { .name = "run-from", .activate = run_from_cb },
    { .name = "run-to", .activate = run_to_cb },
    { .name = "stop", .activate = stop_cb },
    { .name = "add-node", .activate = add_node_cb },
    { .name = "new-workflow", .activate = new_workflow_cb },
    { .name = "close-tab", .activate = close_tab_cb },
    { .name = "import", .activate = import_cb },
    { .name = "move-keys", .activate = move_keys_cb },
    { .name = "new-project", .activate = new_project_cb },
    { .name = "show-projects", .activate = show_projects_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  _hearth_window_add_recording_actions (self);
  add_property_action (self, "side-pane", self->side_flap, "reveal-flap");
  add_property_action (self, "inspector", self->inspector_flap, "reveal-flap");
  add_property_action (self, "dock", self->dock, "open");
}
