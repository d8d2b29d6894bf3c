/* hearth-file-choice.c: the files that a value may name, and new ones from anywhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-choice.h"

#include "hearth-file-operations.h"

#include <adwaita.h>

#include "hearth-i18n.h"

/* Lives as long as its row. */
typedef struct
{
  HearthWorkspace      *workspace;
  char                 *project_id; /* or NULL: of the shared library */
  HearthValue          *endings;    /* ["json"] */
  GtkFileChooserNative *chooser;    /* or NULL */
} FileChoice;

static void
file_choice_free (gpointer data)
{
  FileChoice *self = data;

  g_clear_object (&self->chooser);
  g_object_unref (self->workspace);
  g_free (self->project_id);
  hearth_value_unref (self->endings);
  g_free (self);
}

static FileChoice *
get_choice (gpointer row)
{
  return g_object_get_data (G_OBJECT (row), "file-choice");
}

/* "json", "png", as the slot takes them; YAML has two endings. */
static HearthValue *
list_endings (HearthSlot *slot)
{
  HearthValue *types = hearth_value_get_member_kind (slot->config, "acceptedTypes", HEARTH_VALUE_ARRAY);
  g_auto (HearthBuilder) endings = HEARTH_BUILDER_INIT;

  for (gsize i = 0; types != NULL && i < hearth_value_get_length (types); i++)
    {
      const char *type = hearth_value_get_member_string (hearth_value_at (types, i), "value", "");

      hearth_builder_add_string (&endings, NULL, type);
      if (g_str_equal (type, "yaml"))
        hearth_builder_add_string (&endings, NULL, "yml");
    }
  return hearth_builder_end_array (&endings);
}

static HearthValue *
make_arguments (FileChoice *self,
                const char *path)
{
  return hearth_value_object ("endings", hearth_value_ref (self->endings),
                              "path", path != NULL ? hearth_value_string (path) : NULL,
                              "projectId", self->project_id != NULL ? hearth_value_string (self->project_id) : NULL, NULL);
}

/* --- those there are -------------------------------------------------------------------------------- */

/* Without where all of them are. */
static const char *
get_label (const char *path)
{
  const char *below = strstr (path, "://");

  below = below != NULL ? below + 3 : path;
  return g_str_has_prefix (below, "library/") ? below + strlen ("library/") : below;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (HearthValueRow) row = user_data;
  g_autoptr (HearthValue) files = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, NULL);
  g_auto (HearthBuilder) choices = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) array = NULL;

  if (files == NULL)
    return;
  for (gsize i = 0; i < hearth_value_get_length (files); i++)
    {
      HearthValue *path = hearth_value_at (files, i);

      hearth_builder_add (&choices, NULL, hearth_value_object ("value", hearth_value_ref (path), "label",
                                                               hearth_value_string (get_label (hearth_value_get_string (path, NULL))),
                                                               NULL));
    }
  array = hearth_builder_end_array (&choices);
  hearth_value_editor_set_choices (hearth_value_row_get_editor (row), array);
}

static void
look (HearthValueRow *row)
{
  g_autoptr (HearthValue) arguments = make_arguments (get_choice (row), NULL);

  hearth_workspace_perform (get_choice (row)->workspace, &hearth_operation_find_files, arguments, NULL, found_cb,
                            g_object_ref (row));
}

/* --- from elsewhere ------------------------------------------------------------------------------------ */

static void
complain (HearthValueRow *row,
          const char     *sentence)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (row));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root), _("The File Cannot Be Added"), sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A row that stands nowhere any more shows another node's value, or none. */
static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (HearthValueRow) row = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) file = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (row)) == NULL)
    return;
  if (file == NULL)
    {
      complain (row, error->message);
      return;
    }
  hearth_value_row_choose (row, hearth_value_get (file, "logicalPath"));
  look (row);
}

static void
response_cb (HearthValueRow *row,
             int             response)
{
  FileChoice *self = get_choice (row);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser)) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (HearthValue) arguments = NULL;

  g_clear_object (&self->chooser);
  if (path == NULL)
    return;
  arguments = make_arguments (self, path);
  hearth_workspace_perform (self->workspace, &hearth_operation_import_file, arguments, NULL, imported_cb, g_object_ref (row));
}

static GtkFileFilter *
make_filter (FileChoice *self)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Files that fit"));
  for (gsize i = 0; i < hearth_value_get_length (self->endings); i++)
    gtk_file_filter_add_suffix (filter, hearth_value_get_string (hearth_value_at (self->endings, i), NULL));
  return filter;
}

static void
clicked_cb (HearthValueRow *row)
{
  FileChoice *self = get_choice (row);
  g_autoptr (GtkFileFilter) filter = make_filter (self);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (hearth_value_row_get_slot (row)->title,
                                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (row))),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), row, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- public -------------------------------------------------------------------------------------------- */

void
hearth_file_choice_attach (HearthValueRow *row,
                           HearthDocument *document)
{
  FileChoice *self;
  GtkWidget *button;

  g_return_if_fail (HEARTH_IS_VALUE_ROW (row));
  g_return_if_fail (HEARTH_IS_DOCUMENT (document));

  self = g_new0 (FileChoice, 1);
  self->workspace = g_object_ref (hearth_document_get_workspace (document));
  self->project_id = g_strdup (hearth_document_get_project_id (document));
  self->endings = list_endings (hearth_value_row_get_slot (row));
  g_object_set_data_full (G_OBJECT (row), "file-choice", self, file_choice_free);
  look (row);
  if (self->project_id == NULL)
    return;
  button = g_object_new (GTK_TYPE_BUTTON, "icon-name", "document-open-symbolic", "tooltip-text", _("Add a file from elsewhere"),
                         "valign", GTK_ALIGN_CENTER, NULL);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), row, G_CONNECT_SWAPPED);
  hearth_value_row_add_button (row, button);
}
