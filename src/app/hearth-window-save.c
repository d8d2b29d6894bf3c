/* hearth-window-save.c: saving, and asking before anything unsaved goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-window-private.h"

#include "hearth-name-dialog.h"

#include "hearth-i18n.h"

typedef struct
{
  HearthWindow     *window;
  HearthEditorPage *page;
  gboolean          close_tab;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->window);
  g_object_unref (saving->page);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static Saving *
saving_new (HearthWindow     *window,
            HearthEditorPage *page,
            gboolean          close_tab)
{
  Saving *saving = g_new0 (Saving, 1);

  saving->window = g_object_ref (window);
  saving->page = g_object_ref (page);
  saving->close_tab = close_tab;
  return saving;
}

static AdwTabPage *
get_tab (Saving *saving)
{
  /* The page may have gone while it was saved. */
  if (!gtk_widget_is_ancestor (GTK_WIDGET (saving->page), GTK_WIDGET (saving->window->tabs)))
    return NULL;
  return adw_tab_view_get_page (saving->window->tabs, GTK_WIDGET (saving->page));
}

/* --- save ----------------------------------------------------------------------------------------------------- */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  AdwTabPage *tab = get_tab (saving);
  gboolean is_saved = hearth_document_save_finish (HEARTH_DOCUMENT (source), result, &error);

  if (!is_saved)
    hearth_window_toast (saving->window, error->message);
  if (tab != NULL && saving->close_tab)
    adw_tab_view_close_page_finish (saving->window->tabs, tab, is_saved);
  _hearth_window_update_actions (saving->window);
  _hearth_window_save_tabs (saving->window);
}

static void
save_as (Saving     *saving,
         const char *name)
{
  hearth_document_save_async (hearth_editor_page_get_document (saving->page), name, NULL, saved_cb, saving);
}

static void
name_given_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Saving *saving = user_data;
  g_autofree char *name = hearth_name_dialog_ask_finish (result);
  AdwTabPage *tab = get_tab (saving);

  if (name != NULL)
    {
      save_as (saving, name);
      return;
    }
  if (tab != NULL && saving->close_tab)
    adw_tab_view_close_page_finish (saving->window->tabs, tab, FALSE);
  saving_free (saving);
}

void
_hearth_window_save (HearthWindow     *self,
                     HearthEditorPage *page,
                     gboolean          close_tab)
{
  HearthDocument *document = hearth_editor_page_get_document (page);
  Saving *saving = saving_new (self, page, close_tab);

  if (hearth_document_get_workflow_id (document) != NULL)
    save_as (saving, NULL);
  else
    hearth_name_dialog_ask (GTK_WIDGET (self), _("Save Workflow"), hearth_document_get_title (document), _("_Save"),
                            name_given_cb, saving);
}

/* --- one tab ---------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_question (HearthWindow *self,
               const char   *heading)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading,
                                              _("Changes that are not saved are lost for good."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "discard", _("_Discard"),
                                    "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

static void
tab_response_cb (AdwMessageDialog *dialog,
                 const char       *response,
                 Saving           *saving)
{
  AdwTabPage *tab = get_tab (saving);

  if (tab == NULL)
    return;
  if (g_str_equal (response, "save"))
    _hearth_window_save (saving->window, saving->page, TRUE);
  else
    adw_tab_view_close_page_finish (saving->window->tabs, tab, g_str_equal (response, "discard"));
}

gboolean
_hearth_window_close_page (HearthWindow *self,
                           AdwTabPage   *tab)
{
  HearthEditorPage *page = HEARTH_EDITOR_PAGE (adw_tab_page_get_child (tab));
  HearthDocument *document = hearth_editor_page_get_document (page);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  /* The whole project is left: that was asked already. */
  if (self->is_restoring || !hearth_document_is_modified (document))
    {
      adw_tab_view_close_page_finish (self->tabs, tab, TRUE);
      _hearth_window_save_tabs (self);
      return GDK_EVENT_STOP;
    }
  heading = g_strdup_printf (_("Save “%s”?"), hearth_document_get_title (document));
  dialog = make_question (self, heading);
  g_signal_connect_data (dialog, "response", G_CALLBACK (tab_response_cb), saving_new (self, page, TRUE),
                         (GClosureNotify) (void (*) (void)) saving_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return GDK_EVENT_STOP;
}

/* --- everything ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  HearthWindow *window;
  void        (*then) (HearthWindow *window);
  guint         n_waiting;
  gboolean      has_failed;
} Leaving;

static void
leaving_free (Leaving *leaving)
{
  g_object_unref (leaving->window);
  g_free (leaving);
}

static void
one_saved_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Leaving *leaving = user_data;
  g_autoptr (GError) error = NULL;

  if (!hearth_document_save_finish (HEARTH_DOCUMENT (source), result, &error))
    {
      leaving->has_failed = TRUE;
      hearth_window_toast (leaving->window, error->message);
    }
  if (--leaving->n_waiting > 0)
    return;
  if (!leaving->has_failed)
    leaving->then (leaving->window);
  leaving_free (leaving);
}

/* A workflow that never had a name keeps the one in its title, with a number where that is taken. */
static void
save_all (Leaving *leaving)
{
  AdwTabView *tabs = leaving->window->tabs;

  leaving->n_waiting = 1;
  for (int i = 0; i < adw_tab_view_get_n_pages (tabs); i++)
    {
      HearthDocument *document = hearth_editor_page_get_document (_hearth_window_get_nth_page (leaving->window, i));
      g_autofree char *name = NULL;

      if (!hearth_document_is_modified (document))
        continue;
      if (hearth_document_get_workflow_id (document) == NULL)
        {
          g_autoptr (GDateTime) now = g_date_time_new_now_local ();
          g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");

          name = g_strdup_printf ("%s %s", hearth_document_get_title (document), time);
        }
      leaving->n_waiting++;
      hearth_document_save_async (document, name, NULL, one_saved_cb, leaving);
    }
  /* The one that was counted for this loop. */
  leaving->n_waiting--;
}

static void
leave_response_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   Leaving          *leaving)
{
  if (g_str_equal (response, "discard"))
    leaving->then (leaving->window);
  else if (g_str_equal (response, "save"))
    {
      save_all (leaving);
      return;
    }
  leaving_free (leaving);
}

gboolean
_hearth_window_ask_to_leave (HearthWindow *self,
                             void        (*then) (HearthWindow *self))
{
  HearthDocument *unsaved = NULL;
  guint n = 0;
  g_autofree char *heading = NULL;
  GtkWidget *dialog;
  Leaving *leaving;

  for (int i = 0; i < adw_tab_view_get_n_pages (self->tabs); i++)
    {
      HearthDocument *document = hearth_editor_page_get_document (_hearth_window_get_nth_page (self, i));

      if (!hearth_document_is_modified (document))
        continue;
      unsaved = document;
      n++;
    }
  if (n == 0)
    return TRUE;
  if (n == 1)
    heading = g_strdup_printf (_("Save “%s”?"), hearth_document_get_title (unsaved));
  else
    heading = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Save %u Workflow?", "Save %u Workflows?", n), n);
  leaving = g_new0 (Leaving, 1);
  leaving->window = g_object_ref (self);
  leaving->then = then;
  dialog = make_question (self, heading);
  g_signal_connect (dialog, "response", G_CALLBACK (leave_response_cb), leaving);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}
