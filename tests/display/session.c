/* session.c: the program with its window and the demo project, for tests that go through it like a user
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session.h"

#include "hearth-preferences.h"
#include "temporary.h"

void
session_settle (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* --- the program, once for all tests of this file: GTK has one default application ------------------------ */

Session session;

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;

  session.data_dir = g_dir_make_tmp ("hearth-session-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("HEARTH_DATA_DIR", session.data_dir, TRUE);
  session.application = hearth_application_new (G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE);
  g_settings_set_boolean (hearth_application_get_settings (session.application), "server-enabled", FALSE);
  g_application_register (G_APPLICATION (session.application), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (session.application));
  session.window = HEARTH_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (session.application)));
  g_assert_nonnull (session.window);
}

void
session_end (void)
{
  gtk_window_destroy (GTK_WINDOW (session.window));
  session_settle (50);
  g_clear_object (&session.application);
  temporary_remove (session.data_dir);
  g_free (session.data_dir);
}

HearthDocument *
session_get_document (void)
{
  HearthEditorPage *page = hearth_window_get_page (session.window);

  return page != NULL ? hearth_editor_page_get_document (page) : NULL;
}

HearthGraph *
session_get_graph (void)
{
  return hearth_document_get_graph (session_get_document ());
}

HearthCanvas *
session_get_canvas (void)
{
  return hearth_editor_page_get_canvas (hearth_window_get_page (session.window));
}

void
session_activate (const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (session.window), action, NULL);
}

gboolean
session_is_enabled (const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (session.window), action);
}

GtkWidget *
session_find_widget (GtkWidget *root,
             GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = session_find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWindow *
session_find_window (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

AdwMessageDialog *
session_await_dialog (void)
{
  wait_until (session_find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  return ADW_MESSAGE_DIALOG (session_find_window (ADW_TYPE_MESSAGE_DIALOG));
}

void
session_answer (AdwMessageDialog *dialog,
                const char       *response)
{
  adw_message_dialog_response (dialog, response);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

GtkWidget *
session_open_preferences (void)
{
  GtkWidget *preferences;

  wait_until (session_get_document () != NULL);
  g_action_group_activate_action (G_ACTION_GROUP (session.application), "preferences", NULL);
  preferences = GTK_WIDGET (session_find_window (HEARTH_TYPE_PREFERENCES));
  g_assert_nonnull (preferences);
  wait_until (gtk_widget_get_mapped (preferences));
  return preferences;
}

GtkWidget *
session_get_part (GtkWidget  *root,
                  GType       owner,
                  const char *name)
{
  GtkWidget *widget = session_find_widget (root, owner);

  g_assert_nonnull (widget);
  return GTK_WIDGET (gtk_widget_get_template_child (widget, owner, name));
}

guint
session_count_widgets (GtkWidget *root,
                       GType      type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (root, type);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += session_count_widgets (child, type);
  return n;
}

HearthRunLog *
session_get_log (void)
{
  return hearth_editor_page_get_run_log (hearth_window_get_page (session.window));
}

void
session_import (const char *name,
                const char *text)
{
  g_autofree char *file_name = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (session.data_dir, file_name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFile *files[] = { file };

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_application_open (G_APPLICATION (session.application), files, 1, "");
  wait_until (session_get_document () != NULL
              && g_strcmp0 (hearth_document_get_title (session_get_document ()), name) == 0);
}

/* What an installed program finds below its prefix. */
static void
find_data (void)
{
  g_autofree char *schemas = g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "..", "data", NULL);
  g_autofree char *examples = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "data", "examples", NULL);

  g_setenv ("GSETTINGS_SCHEMA_DIR", schemas, TRUE);
  g_setenv ("HEARTH_EXAMPLES_DIR", examples, TRUE);
}

gboolean
session_begin (int    *argc,
               char ***argv)
{
  find_data ();
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }
  set_up ();
  return TRUE;
}
