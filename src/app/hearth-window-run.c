/* hearth-window-run.c: the window while a workflow runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

#include "hearth-display.h"
#include "hearth-failure-words.h"

#include "hearth-i18n.h"

void
_hearth_window_run (HearthWindow *self,
                    gboolean      anew)
{
  HearthEditorPage *page = hearth_window_get_page (self);
  HearthDocument *document = page != NULL ? hearth_editor_page_get_document (page) : NULL;
  g_autofree char *id = NULL;

  if (document == NULL || hearth_run_log_is_busy (hearth_editor_page_get_run_log (page)))
    return;
  if (hearth_graph_get_n_nodes (hearth_document_get_graph (document)) == 0)
    {
      hearth_window_toast (self, _("There is nothing to run yet. Add a node first"));
      return;
    }
  if (_hearth_window_records (self))
    _hearth_window_record (self, document);
  else
    id = anew ? hearth_document_run_anew (document) : hearth_document_run (document);
}

void
_hearth_window_run_part (HearthWindow *self,
                         const char   *action)
{
  HearthEditorPage *page = hearth_window_get_page (self);
  g_auto (GStrv) ids = page != NULL ? hearth_canvas_list_selected (hearth_editor_page_get_canvas (page)) : NULL;

  if (page == NULL)
    return;
  if (ids[0] == NULL)
    hearth_window_toast (self, _("Select a node first"));
  else
    gtk_widget_activate_action (GTK_WIDGET (hearth_editor_page_get_canvas (page)), action, NULL);
}

/* --- status ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *action;
  const char *icon;
  const char *label;
  const char *tooltip;
} Face;

static void
show_button (HearthWindow *self,
             gboolean      is_busy)
{
  static const Face run = { "win.run", "media-playback-start-symbolic", N_("Run"), N_("Run the workflow (Ctrl+Enter)") };
  static const Face record
      = { "win.run", "media-record-symbolic", N_("Record"), N_("Run the workflow and record its calls (Ctrl+Enter)") };
  static const Face stop = { "win.stop", "media-playback-stop-symbolic", N_("Stop"), N_("Stop the run") };
  const Face *face = is_busy ? &stop : _hearth_window_records (self) ? &record : &run;
  GtkWidget *button = GTK_WIDGET (self->run_button);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), face->action);
  gtk_image_set_from_icon_name (self->run_icon, face->icon);
  gtk_label_set_label (self->run_label, _(face->label));
  gtk_widget_set_tooltip_text (button, _(face->tooltip));
  hearth_display_name (button, _(face->label));
  if (is_busy)
    gtk_widget_remove_css_class (button, "suggested-action");
  else
    gtk_widget_add_css_class (button, "suggested-action");
}

static char *
describe_status (HearthRun *run)
{
  g_autofree char *duration = hearth_display_duration (hearth_run_get_duration_ms (run));

  switch (hearth_run_get_status (run))
    {
    case HEARTH_RUN_QUEUED:
      return g_strdup (_("waits for its turn"));
    case HEARTH_RUN_RUNNING:
      return g_strdup (_("running"));
    case HEARTH_RUN_COMPLETE:
      return g_strdup_printf (_("done in %s"), duration);
    case HEARTH_RUN_ERROR:
      return g_strdup_printf (_("failed after %s"), duration);
    case HEARTH_RUN_INTERRUPTED:
      return g_strdup_printf (_("stopped after %s"), duration);
    default:
      return NULL;
    }
}

static char *
describe_with_recording (HearthRun *run)
{
  g_autofree char *status = describe_status (run);
  g_autofree char *recording = _hearth_window_describe_recording (run);

  return recording != NULL ? g_strdup_printf ("%s · %s", status, recording) : g_steal_pointer (&status);
}

void
_hearth_window_update_run (HearthWindow *self)
{
  HearthEditorPage *page = hearth_window_get_page (self);
  HearthRunLog *log = page != NULL ? hearth_editor_page_get_run_log (page) : NULL;
  HearthRun *run = log != NULL ? hearth_run_log_get_run (log) : NULL;
  g_autofree char *status = run != NULL ? describe_with_recording (run) : NULL;

  gtk_label_set_label (self->status, status);
  gtk_widget_set_visible (GTK_WIDGET (self->status), status != NULL);
  show_button (self, log != NULL && hearth_run_log_is_busy (log));
  _hearth_window_update_actions (self);
}

/* --- failures ------------------------------------------------------------------------------------------------------- */

static void
reveal_cb (HearthEditorPage *page,
           AdwToast         *toast)
{
  const char *node_id = g_object_get_data (G_OBJECT (toast), "node");
  HearthGraph *graph = hearth_document_get_graph (hearth_editor_page_get_document (page));

  g_assert (HEARTH_IS_EDITOR_PAGE (page));

  if (hearth_graph_get_node (graph, node_id) != NULL)
    hearth_canvas_reveal (hearth_editor_page_get_canvas (page), node_id);
}

static void
add_reveal_button (AdwToast         *toast,
                   HearthEditorPage *page,
                   const char       *node_id)
{
  HearthGraph *graph = hearth_document_get_graph (hearth_editor_page_get_document (page));
  g_auto (GStrv) parts = g_strsplit (node_id, "/", 2);

  /* A node inside a group is shown by the group. */
  if (hearth_graph_get_node (graph, node_id) == NULL)
    node_id = parts[0];
  if (node_id == NULL || hearth_graph_get_node (graph, node_id) == NULL)
    return;
  adw_toast_set_button_label (toast, _("_Show"));
  g_object_set_data_full (G_OBJECT (toast), "node", g_strdup (node_id), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (reveal_cb), page, G_CONNECT_SWAPPED);
}

static void
raise_cb (HearthWindow *self,
          AdwToast     *toast)
{
  g_assert (HEARTH_IS_WINDOW (self));

  _hearth_window_raise_ceiling (self, g_object_get_data (G_OBJECT (toast), "run"));
}

/* Another run has begun. */
static void
outdated_cb (AdwToast     *toast,
             HearthRunLog *log)
{
  if (hearth_run_log_get_run (log) != g_object_get_data (G_OBJECT (toast), "run"))
    adw_toast_dismiss (toast);
}

/* It stays until something is done about it. The sentence stands at the node, in the log and in what the button asks. */
static void
show_stopped_run (HearthWindow *self,
                  HearthRunLog *log)
{
  HearthRun *run = hearth_run_log_get_run (log);
  AdwToast *toast = adw_toast_new (_("A ceiling has stopped the run"));

  adw_toast_set_timeout (toast, 0);
  adw_toast_set_button_label (toast, _("_Raise and Go On…"));
  g_object_set_data_full (G_OBJECT (toast), "run", g_object_ref (run), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (raise_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (log, "run-changed", G_CALLBACK (outdated_cb), toast, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
show_failed_run (HearthWindow     *self,
                 HearthEditorPage *page)
{
  HearthRunLog *log = hearth_editor_page_get_run_log (page);
  HearthRun *run = hearth_run_log_get_run (log);
  const char *node_id = hearth_run_log_get_failed_node (log);
  const char *message = node_id != NULL ? hearth_run_get_step_error (run, node_id) : NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  if (message == NULL)
    message = hearth_run_get_message (run);
  if (message == NULL)
    message = _("The run failed. The log below the canvas says more");
  sentence = hearth_failure_to_words (hearth_document_get_graph (hearth_editor_page_get_document (page)), message);
  escaped = g_markup_escape_text (sentence, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, 8);
  if (node_id != NULL)
    add_reveal_button (toast, page, node_id);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
run_changed_cb (HearthWindow *self,
                HearthRunLog *log)
{
  HearthRun *run = hearth_run_log_get_run (log);

  g_assert (HEARTH_IS_WINDOW (self));

  if (run == NULL || hearth_run_get_status (run) != HEARTH_RUN_ERROR)
    return;
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    {
      HearthEditorPage *page = _hearth_window_get_nth_page (self, i);

      if (hearth_editor_page_get_run_log (page) == log && hearth_run_get_stop_message (run) != NULL)
        show_stopped_run (self, log);
      else if (hearth_editor_page_get_run_log (page) == log)
        show_failed_run (self, page);
    }
}

void
_hearth_window_watch_runs (HearthWindow     *self,
                           HearthEditorPage *page)
{
  g_signal_connect_object (hearth_editor_page_get_run_log (page), "run-changed", G_CALLBACK (run_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
