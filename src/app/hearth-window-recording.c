/* hearth-window-recording.c: runs that are recorded, and replayed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

#include "hearth-surroundings.h"

#include "hearth-i18n.h"

gboolean
_hearth_window_records (HearthWindow *self)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (self), "record-calls");

  return g_variant_get_boolean (state);
}

/* --- what became of it ---------------------------------------------------------------------------------------- */

static void
show_failure (HearthWindow *self,
              const GError *error)
{
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    hearth_window_toast (self, escaped);
}

static void
show_recorded (HearthWindow       *self,
               HearthSurroundings *surroundings)
{
  guint n_calls = hearth_surroundings_get_n_calls (surroundings);
  g_autofree char *text = g_strdup_printf (ngettext ("%u call is recorded", "%u calls are recorded", n_calls), n_calls);
  AdwToast *toast = adw_toast_new (n_calls > 0 ? text : _("The run made no calls"));

  adw_toast_set_button_label (toast, _("_Replay"));
  adw_toast_set_action_name (toast, "win.replay-file");
  adw_toast_set_action_target (toast, "s", hearth_surroundings_get_path (surroundings));
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
over_cb (HearthWindow       *self,
         HearthSurroundings *surroundings)
{
  const GError *error = hearth_surroundings_get_error (surroundings);

  g_assert (HEARTH_IS_WINDOW (self));

  if (error != NULL)
    show_failure (self, error);
  else if (hearth_surroundings_get_kind (surroundings) == HEARTH_SURROUNDINGS_RECORDED)
    show_recorded (self, surroundings);
  _hearth_window_update_run (self);
}

static void
submitted_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HearthWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthSurroundings) surroundings
      = hearth_document_surroundings_finish (HEARTH_DOCUMENT (source), result, &error);

  self->is_preparing = FALSE;
  if (surroundings != NULL)
    g_signal_connect_object (surroundings, "over", G_CALLBACK (over_cb), self, G_CONNECT_SWAPPED);
  else
    show_failure (self, error);
}

/* --- in words ------------------------------------------------------------------------------------------------- */

static char *
describe_recorded (HearthSurroundings *surroundings,
                   gboolean            is_over)
{
  guint n_calls = hearth_surroundings_get_n_calls (surroundings);

  if (!is_over)
    return g_strdup (_("calls are recorded"));
  return n_calls > 0 ? g_strdup_printf (ngettext ("%u call recorded", "%u calls recorded", n_calls), n_calls)
                     : g_strdup (_("no calls to record"));
}

char *
_hearth_window_describe_recording (HearthRun *run)
{
  HearthSurroundings *surroundings = hearth_run_get_service (run, HEARTH_TYPE_SURROUNDINGS);
  gboolean is_over = hearth_run_status_is_final (hearth_run_get_status (run));

  if (surroundings == NULL || hearth_surroundings_get_kind (surroundings) == HEARTH_SURROUNDINGS_LIVE)
    return NULL;
  if (hearth_surroundings_get_kind (surroundings) == HEARTH_SURROUNDINGS_RECORDED)
    return describe_recorded (surroundings, is_over);
  return g_strdup (is_over ? _("replayed") : _("a replay: no call leaves"));
}

/* --- recording ------------------------------------------------------------------------------------------------ */

void
_hearth_window_record (HearthWindow   *self,
                       HearthDocument *document)
{
  if (self->is_preparing)
    return;
  self->is_preparing = TRUE;
  hearth_document_record_async (document, self->cancellable, submitted_cb, g_object_ref (self));
}

static void
change_record_calls_cb (GSimpleAction *action,
                        GVariant      *state,
                        gpointer       user_data)
{
  g_simple_action_set_state (action, state);
  _hearth_window_update_run (user_data);
}

/* --- replaying ------------------------------------------------------------------------------------------------ */

static void
replay (HearthWindow *self,
        const char   *path)
{
  HearthEditorPage *page = hearth_window_get_page (self);

  if (page == NULL || self->is_preparing || hearth_run_log_is_busy (hearth_editor_page_get_run_log (page)))
    return;
  self->is_preparing = TRUE;
  hearth_document_replay_async (hearth_editor_page_get_document (page), path, self->cancellable, submitted_cb,
                                g_object_ref (self));
}

static void
replay_file_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  replay (user_data, g_variant_get_string (parameter, NULL));
}

static void
chosen_cb (HearthWindow *self,
           int           response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  g_assert (HEARTH_IS_WINDOW (self));

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    replay (self, path);
  else if (file != NULL)
    hearth_window_toast (self, _("Only files on this computer can be opened"));
}

static void
begin_in_recordings (HearthWindow *self)
{
  g_autofree char *folder = hearth_workspace_dup_recordings (self->workspace, self->project_id);
  g_autoptr (GFile) file = folder != NULL ? g_file_new_for_path (folder) : NULL;

  if (file != NULL && g_file_query_exists (file, NULL))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), file, NULL);
}

static void
replay_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  HearthWindow *self = user_data;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_("Replay a Recording"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _("_Replay"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_filter_set_name (filter, _("Recordings"));
  gtk_file_filter_add_suffix (filter, "jsonl");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  begin_in_recordings (self);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
_hearth_window_add_recording_actions (HearthWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "record-calls", .state = "false", .change_state = change_record_calls_cb },
    { .name = "replay", .activate = replay_cb },
    { .name = "replay-file", .parameter_type = "s", .activate = replay_file_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
