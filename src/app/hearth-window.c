/* hearth-window.c: the window: one project, its workflows in tabs, and what stands around them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

#include "hearth-pane.h"
#include "hearth-sizer.h"

#include "hearth-i18n.h"

G_DEFINE_FINAL_TYPE (HearthWindow, hearth_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- title --------------------------------------------------------------------------------------------- */

static void
update_title (HearthWindow *self)
{
  HearthEditorPage *page = hearth_window_get_page (self);
  HearthDocument *document = page != NULL ? hearth_editor_page_get_document (page) : NULL;
  g_autofree char *workflow = NULL;
  g_autofree char *whole = NULL;

  if (document != NULL)
    workflow = g_strconcat (hearth_document_get_title (document),
                            hearth_document_is_modified (document) ? " •" : NULL, NULL);
  gtk_label_set_label (self->project_label, self->project_name);
  gtk_widget_set_visible (GTK_WIDGET (self->project_button), self->project_id != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->arrow), workflow != NULL);
  gtk_label_set_label (self->title, self->project_id == NULL ? _("Hearth") : workflow);

  if (workflow != NULL)
    whole = g_strdup_printf ("%s — %s", workflow, self->project_name);
  gtk_window_set_title (GTK_WINDOW (self), whole != NULL              ? whole
                                           : self->project_name != NULL ? self->project_name
                                                                        : _("Hearth"));
}

static void
document_cb (HearthWindow *self)
{
  g_assert (HEARTH_IS_WINDOW (self));

  update_title (self);
  _hearth_window_update_actions (self);
}

/* --- tabs ------------------------------------------------------------------------------------------------ */

/* Everything around the canvas follows the tab in front. */
static void
selected_page_cb (HearthWindow *self)
{
  HearthEditorPage *page = hearth_window_get_page (self);

  g_assert (HEARTH_IS_WINDOW (self));

  hearth_side_pane_set_page (self->side_pane, page);
  hearth_inspector_set_page (self->inspector, page);
  hearth_dock_set_page (self->dock, page);
  gtk_stack_set_visible_child_name (self->tab_stack, page != NULL ? "tabs" : "empty");
  g_signal_group_set_target (self->document_signals,
                             page != NULL ? hearth_editor_page_get_document (page) : NULL);
  g_signal_group_set_target (self->log_signals, page != NULL ? hearth_editor_page_get_run_log (page) : NULL);
  document_cb (self);
  _hearth_window_update_run (self);
  _hearth_window_save_tabs (self);
}

static gboolean
close_page_cb (HearthWindow *self,
               AdwTabPage   *tab)
{
  g_assert (HEARTH_IS_WINDOW (self));

  return _hearth_window_close_page (self, tab);
}

/* --- panes' wishes ------------------------------------------------------------------------------------------ */

static void
open_workflow_cb (HearthWindow *self,
                  const char   *workflow_id)
{
  _hearth_window_open_workflow (self, workflow_id);
}

static void
open_project_cb (HearthWindow *self,
                 const char   *project_id)
{
  _hearth_window_set_project (self, project_id);
}

static void
message_cb (HearthWindow *self,
            const char   *text)
{
  hearth_window_toast (self, text);
}

static void
really_close (HearthWindow *self)
{
  self->is_closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
hearth_window_close_request (GtkWindow *window)
{
  HearthWindow *self = HEARTH_WINDOW (window);

  if (!self->is_closing && !_hearth_window_ask_to_leave (self, really_close))
    return GDK_EVENT_STOP;
  _hearth_window_save_layout (self);
  _hearth_window_save_tabs (self);
  /* The tabs go one by one while the window is destroyed; they are still open as far as anybody is
   * concerned. */
  self->is_restoring = TRUE;
  return GTK_WINDOW_CLASS (hearth_window_parent_class)->close_request (window);
}

/* --- class ------------------------------------------------------------------------------------------------------ */

static void
hearth_window_dispose (GObject *object)
{
  HearthWindow *self = HEARTH_WINDOW (object);

  self->is_restoring = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->log_signals);
  g_clear_object (&self->chooser);
  g_clear_object (&self->workspace);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->project_id, g_free);
  g_clear_pointer (&self->project_name, g_free);

  G_OBJECT_CLASS (hearth_window_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, HearthWindow, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (toasts);
  BIND (stack);
  BIND (start);
  BIND (failure);
  BIND (add_button);
  BIND (side_button);
  BIND (inspector_button);
  BIND (project_button);
  BIND (project_label);
  BIND (arrow);
  BIND (title);
  BIND (status);
  BIND (run_button);
  BIND (run_icon);
  BIND (run_label);
  BIND (queue);
  BIND (tab_bar);
  BIND (tabs);
  BIND (tab_stack);
  BIND (side_flap);
  BIND (inspector_flap);
  BIND (side_pane);
  BIND (inspector);
  BIND (dock);
}

static void
hearth_window_class_init (HearthWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = hearth_window_close_request;

  g_type_ensure (HEARTH_TYPE_DOCK);
  g_type_ensure (HEARTH_TYPE_INSPECTOR);
  g_type_ensure (HEARTH_TYPE_PANE);
  g_type_ensure (HEARTH_TYPE_QUEUE_BUTTON);
  g_type_ensure (HEARTH_TYPE_SIDE_PANE);
  g_type_ensure (HEARTH_TYPE_SIZER);
  g_type_ensure (HEARTH_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hearthstudio/Hearth/hearth-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, selected_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_page_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_workflow_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_project_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
}

static void
hearth_window_init (HearthWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->document_signals = g_signal_group_new (HEARTH_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "notify::title", G_CALLBACK (document_cb), self);
  g_signal_group_connect_swapped (self->document_signals, "notify::modified", G_CALLBACK (document_cb), self);
  self->log_signals = g_signal_group_new (HEARTH_TYPE_RUN_LOG);
  g_signal_group_connect_swapped (self->log_signals, "run-changed", G_CALLBACK (_hearth_window_update_run), self);
}

/* --- public ------------------------------------------------------------------------------------------------------ */

HearthWindow *
hearth_window_new (HearthApplication *application)
{
  HearthWindow *self;

  g_return_val_if_fail (HEARTH_IS_APPLICATION (application), NULL);

  self = g_object_new (HEARTH_TYPE_WINDOW, "application", application, NULL);
  self->settings = g_object_ref (hearth_application_get_settings (application));
  self->workspace = g_object_ref (hearth_application_get_workspace (application));
  hearth_queue_button_set_workspace (self->queue, self->workspace);
  _hearth_window_begin_layout (self);
  _hearth_window_add_actions (self);
  update_title (self);
  _hearth_window_update_actions (self);
  return self;
}

void
hearth_window_show_failure (HearthWindow *self,
                            const char   *message)
{
  g_return_if_fail (HEARTH_IS_WINDOW (self));

  adw_status_page_set_description (self->failure, message);
  gtk_stack_set_visible_child_name (self->stack, "failure");
}

void
hearth_window_toast (HearthWindow *self,
                     const char   *message)
{
  AdwToast *toast;
  g_autofree char *escaped = NULL;

  g_return_if_fail (HEARTH_IS_WINDOW (self));
  g_return_if_fail (message != NULL);

  /* Titles of toasts are markup. */
  escaped = g_markup_escape_text (message, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, 4);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

HearthEditorPage *
hearth_window_get_page (HearthWindow *self)
{
  AdwTabPage *tab;

  g_return_val_if_fail (HEARTH_IS_WINDOW (self), NULL);

  tab = self->tabs != NULL ? adw_tab_view_get_selected_page (self->tabs) : NULL;
  return tab != NULL ? HEARTH_EDITOR_PAGE (adw_tab_page_get_child (tab)) : NULL;
}
