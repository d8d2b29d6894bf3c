/* hearth-window-project.c: which project and which workflows are open
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

#include "hearth-minimap.h"

#include "hearth-i18n.h"

HearthEditorPage *
_hearth_window_get_nth_page (HearthWindow *self,
                             int           index)
{
  return HEARTH_EDITOR_PAGE (adw_tab_page_get_child (adw_tab_view_get_nth_page (self->tabs, index)));
}

/* --- what is open, written down ---------------------------------------------------------------------------- */

void
_hearth_window_save_tabs (HearthWindow *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  HearthEditorPage *front = hearth_window_get_page (self);
  const char *selected = front != NULL ? hearth_document_get_workflow_id (hearth_editor_page_get_document (front)) : NULL;

  if (self->is_restoring || self->settings == NULL)
    return;
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    {
      const char *id =
        hearth_document_get_workflow_id (hearth_editor_page_get_document (_hearth_window_get_nth_page (self, i)));

      if (id != NULL)
        g_strv_builder_add (ids, id);
    }
  all = g_strv_builder_end (ids);
  g_settings_set_string (self->settings, "last-project", self->project_id != NULL ? self->project_id : "");
  g_settings_set_strv (self->settings, "open-workflows", (const char *const *) all);
  g_settings_set_string (self->settings, "selected-workflow", selected != NULL ? selected : "");
}

/* --- tabs ---------------------------------------------------------------------------------------------------- */

static void
tab_title_cb (HearthDocument *document,
              GParamSpec     *pspec,
              AdwTabPage     *tab)
{
  g_autofree char *title = g_strconcat (hearth_document_get_title (document),
                                        hearth_document_is_modified (document) ? " •" : NULL, NULL);

  adw_tab_page_set_title (tab, title);
}

static void
page_message_cb (HearthWindow *self,
                 const char   *text)
{
  hearth_window_toast (self, text);
}

static void
page_open_workflow_cb (HearthWindow *self,
                       const char   *workflow_id)
{
  _hearth_window_open_workflow (self, workflow_id);
}

static AdwTabPage *
find_tab (HearthWindow   *self,
          HearthDocument *document)
{
  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    if (hearth_editor_page_get_document (_hearth_window_get_nth_page (self, i)) == document)
      return adw_tab_view_get_nth_page (self->tabs, i);
  return NULL;
}

/* A view that was saved with the workflow comes back with it; without one all is shown. */
static gboolean
has_viewport (HearthDocument *document)
{
  HearthValue *viewport = hearth_graph_get_property (hearth_document_get_graph (document), "viewport");

  return hearth_document_get_workflow_id (document) != NULL && hearth_value_is (viewport, OBJECT);
}

static void
follow_minimap_setting (HearthWindow *self,
                        HearthCanvas *canvas)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (canvas)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (HEARTH_IS_MINIMAP (child))
      g_settings_bind (self->settings, "show-minimap", child, "visible", G_SETTINGS_BIND_GET);
}

HearthEditorPage *
_hearth_window_add_document (HearthWindow   *self,
                             HearthDocument *document)
{
  AdwTabPage *tab = find_tab (self, document);
  GtkWidget *page;

  if (tab != NULL)
    {
      adw_tab_view_set_selected_page (self->tabs, tab);
      return HEARTH_EDITOR_PAGE (adw_tab_page_get_child (tab));
    }
  page = hearth_editor_page_new (document);
  tab = adw_tab_view_append (self->tabs, page);
  g_signal_connect_object (document, "notify::title", G_CALLBACK (tab_title_cb), tab, 0);
  g_signal_connect_object (document, "notify::modified", G_CALLBACK (tab_title_cb), tab, 0);
  tab_title_cb (document, NULL, tab);
  g_signal_connect_object (page, "message", G_CALLBACK (page_message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "open-workflow", G_CALLBACK (page_open_workflow_cb), self, G_CONNECT_SWAPPED);
  _hearth_window_watch_runs (self, HEARTH_EDITOR_PAGE (page));
  follow_minimap_setting (self, hearth_editor_page_get_canvas (HEARTH_EDITOR_PAGE (page)));
  adw_tab_view_set_selected_page (self->tabs, tab);
  if (self->wants_hint || !has_viewport (document))
    hearth_editor_page_fit (HEARTH_EDITOR_PAGE (page));
  if (self->wants_hint)
    hearth_editor_page_show_hint (HEARTH_EDITOR_PAGE (page));
  self->wants_hint = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (hearth_editor_page_get_canvas (HEARTH_EDITOR_PAGE (page))));
  return HEARTH_EDITOR_PAGE (page);
}

static void
document_opened_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (HearthWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthDocument) document =
    hearth_workspace_open_document_finish (HEARTH_WORKSPACE (source), result, &error);

  if (document == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        hearth_window_toast (self, error->message);
      return;
    }
  /* Another project may have been opened meanwhile. */
  if (g_strcmp0 (hearth_document_get_project_id (document), self->project_id) == 0)
    _hearth_window_add_document (self, document);
}

void
_hearth_window_open_workflow (HearthWindow *self,
                              const char   *workflow_id)
{
  if (self->project_id == NULL)
    return;
  hearth_workspace_open_document (self->workspace, self->project_id, workflow_id, self->cancellable,
                                  document_opened_cb, g_object_ref (self));
}

/* --- a project ------------------------------------------------------------------------------------------------ */

static void
close_tabs (HearthWindow *self)
{
  self->is_restoring = TRUE;
  while (adw_tab_view_get_n_pages (self->tabs) > 0)
    {
      AdwTabPage *tab = adw_tab_view_get_nth_page (self->tabs, 0);

      adw_tab_view_close_page (self->tabs, tab);
    }
  self->is_restoring = FALSE;
}

/* Nothing was remembered: the first workflow is better than an empty window. */
static void
workflows_listed_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (HearthWindow) self = user_data;
  g_autoptr (HearthValue) list = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, NULL);
  const char *id = NULL;

  if (!hearth_value_is (list, ARRAY) || adw_tab_view_get_n_pages (self->tabs) > 0)
    return;
  for (gsize i = 0; i < hearth_value_get_length (list); i++)
    {
      HearthValue *entry = hearth_value_at (list, i);

      /* The demo has one that is meant to be seen first. */
      if (id == NULL || g_strcmp0 (hearth_value_get_member_string (entry, "name", NULL), "Welcome") == 0)
        id = hearth_value_get_member_string (entry, "id", NULL);
    }
  if (id != NULL)
    _hearth_window_open_workflow (self, id);
  else
    self->wants_hint = FALSE;
}

static void
open_first_tabs (HearthWindow *self)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->settings, "open-workflows");
  g_autofree char *selected = g_settings_get_string (self->settings, "selected-workflow");

  for (guint i = 0; ids[i] != NULL; i++)
    if (!g_str_equal (ids[i], selected))
      _hearth_window_open_workflow (self, ids[i]);
  if (*selected != '\0')
    _hearth_window_open_workflow (self, selected);
  if (ids[0] == NULL)
    hearth_workspace_list_workflows (self->workspace, self->project_id, self->cancellable, workflows_listed_cb,
                                     g_object_ref (self));
}

static void
show_project (HearthWindow *self,
              HearthValue  *project)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-project");

  /* Whoever leads here has asked about unsaved work. */
  close_tabs (self);
  g_free (self->project_id);
  g_free (self->project_name);
  self->project_id = g_strdup (hearth_value_get_member_string (project, "id", NULL));
  self->project_name = g_strdup (hearth_value_get_member_string (project, "name", self->project_id));
  hearth_side_pane_set_project (self->side_pane, self->workspace, self->project_id);
  gtk_stack_set_visible_child_name (self->stack, "editor");
  g_object_notify (G_OBJECT (self->tabs), "selected-page");
  if (g_strcmp0 (last, self->project_id) == 0)
    open_first_tabs (self);
  else
    hearth_workspace_list_workflows (self->workspace, self->project_id, self->cancellable, workflows_listed_cb,
                                     g_object_ref (self));
}

static void
show_start (HearthWindow *self)
{
  close_tabs (self);
  g_clear_pointer (&self->project_id, g_free);
  g_clear_pointer (&self->project_name, g_free);
  hearth_start_page_set_workspace (self->start, self->workspace);
  gtk_stack_set_visible_child_name (self->stack, "start");
  g_object_notify (G_OBJECT (self->tabs), "selected-page");
}

static void
project_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (HearthWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) project = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (project != NULL)
    {
      show_project (self, project);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  hearth_window_toast (self, error->message);
  show_start (self);
}

void
_hearth_window_set_project (HearthWindow *self,
                            const char   *project_id)
{
  if (project_id == NULL)
    {
      show_start (self);
      return;
    }
  hearth_workspace_read_project (self->workspace, project_id, self->cancellable, project_read_cb,
                                 g_object_ref (self));
}

/* There is none in a data folder that was used without the window before. */
static void
demo_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (HearthWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) project = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (project != NULL)
    show_project (self, project);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_start (self);
}

void
hearth_window_restore (HearthWindow *self,
                       gboolean      is_first)
{
  g_autofree char *last = NULL;

  g_return_if_fail (HEARTH_IS_WINDOW (self));

  last = g_settings_get_string (self->settings, "last-project");
  self->wants_hint = is_first;
  if (*last != '\0')
    _hearth_window_set_project (self, last);
  else if (is_first)
    hearth_workspace_read_project (self->workspace, "Demo", self->cancellable, demo_read_cb, g_object_ref (self));
  else
    show_start (self);
}
