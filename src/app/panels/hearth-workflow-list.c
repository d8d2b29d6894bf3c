/* hearth-workflow-list.c: the workflows of the open project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workflow-list.h"

#include "hearth-document.h"
#include "hearth-name-dialog.h"
#include "hearth-question.h"
#include "hearth-workflow-row.h"

#include "hearth-i18n.h"

struct _HearthWorkflowList
{
  AdwBin           parent_instance;

  /* template */
  GtkSearchEntry  *search;
  GtkListBox      *list;

  /* owned */
  HearthWorkspace *workspace;
  GSignalGroup    *signals;
  GCancellable    *cancellable; /* of the listing under way */
  char            *project_id;
  char            *query;       /* casefolded */
  char            *asked_id;    /* whose new name, or end, is being asked about */
};

enum
{
  OPEN,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthWorkflowList, hearth_workflow_list, ADW_TYPE_BIN)

static void
say (HearthWorkflowList *self,
     const char         *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

/* --- rename --------------------------------------------------------------------------------------------- */

typedef struct
{
  HearthWorkflowList *self;
  char               *name;
} Renaming;

static void
renaming_free (Renaming *renaming)
{
  g_object_unref (renaming->self);
  g_free (renaming->name);
  g_free (renaming);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Renaming, renaming_free)

static void
renamed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthWorkflowList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!hearth_document_save_finish (HEARTH_DOCUMENT (source), result, &error))
    say (self, error->message);
}

/* Through the document, so that an open tab and its unsaved edits go along. */
static void
document_opened_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Renaming) renaming = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthDocument) document =
    hearth_workspace_open_document_finish (HEARTH_WORKSPACE (source), result, &error);

  if (document == NULL)
    say (renaming->self, error->message);
  else
    hearth_document_save_async (document, renaming->name, NULL, renamed_cb, g_object_ref (renaming->self));
}

static void
name_given_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  HearthWorkflowList *self = HEARTH_WORKFLOW_LIST (source);
  g_autofree char *name = hearth_name_dialog_ask_finish (result);
  Renaming *renaming;

  if (name == NULL)
    return;
  renaming = g_new0 (Renaming, 1);
  renaming->self = g_object_ref (self);
  renaming->name = g_steal_pointer (&name);
  hearth_workspace_open_document (self->workspace, self->project_id, self->asked_id, NULL, document_opened_cb,
                                  renaming);
}

static void
rename_cb (HearthWorkflowList *self,
           HearthWorkflowRow  *row)
{
  g_assert (HEARTH_IS_WORKFLOW_LIST (self));

  g_free (self->asked_id);
  self->asked_id = g_strdup (hearth_workflow_row_get_id (row));
  hearth_name_dialog_ask (GTK_WIDGET (self), _("Rename Workflow"), hearth_workflow_row_get_title (row),
                          _("_Rename"), name_given_cb, NULL);
}

/* --- delete ----------------------------------------------------------------------------------------------- */

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (HearthWorkflowList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) answer = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  say (self, error != NULL ? error->message : _("The workflow is in the recycle bin of Hearth"));
}

static void
delete_response_cb (HearthWorkflowList *self,
                    const char         *response)
{
  g_assert (HEARTH_IS_WORKFLOW_LIST (self));

  if (g_str_equal (response, "delete"))
    hearth_workspace_delete_workflow (self->workspace, self->project_id, self->asked_id, NULL, deleted_cb,
                                      g_object_ref (self));
}

static void
delete_cb (HearthWorkflowList *self,
           HearthWorkflowRow  *row)
{
  AdwMessageDialog *dialog;
  g_autofree char *heading = NULL;

  g_assert (HEARTH_IS_WORKFLOW_LIST (self));

  g_free (self->asked_id);
  self->asked_id = g_strdup (hearth_workflow_row_get_id (row));
  heading = g_strdup_printf (_("Delete “%s”?"), hearth_workflow_row_get_title (row));
  dialog = hearth_question_new (GTK_WIDGET (self), heading, _("Its file goes to the recycle bin in the data folder of Hearth."),
                                "delete", _("_Delete"), ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- the list ------------------------------------------------------------------------------------------------ */

static void
show_list (HearthWorkflowList *self,
           HearthValue        *entries)
{
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (old));
  for (gsize i = 0; hearth_value_is (entries, ARRAY) && i < hearth_value_get_length (entries); i++)
    {
      GtkWidget *row = hearth_workflow_row_new (hearth_value_at (entries, i));

      g_signal_connect_object (row, "rename", G_CALLBACK (rename_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "delete", G_CALLBACK (delete_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, row);
    }
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (HearthWorkflowList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) entries = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, &error);

  if (entries != NULL)
    show_list (self, entries);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say (self, error->message);
}

static void
reload (HearthWorkflowList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->project_id != NULL)
    hearth_workspace_list_workflows (self->workspace, self->project_id, self->cancellable, listed_cb,
                                     g_object_ref (self));
  else
    show_list (self, NULL);
}

static void
workflows_changed_cb (HearthWorkflowList *self,
                      const char         *project_id)
{
  g_assert (HEARTH_IS_WORKFLOW_LIST (self));

  if (g_strcmp0 (project_id, self->project_id) == 0)
    reload (self);
}

static gboolean
filter_row (GtkListBoxRow *row,
            gpointer       user_data)
{
  HearthWorkflowList *self = user_data;

  return self->query == NULL || hearth_workflow_row_matches (HEARTH_WORKFLOW_ROW (row), self->query);
}

static void
search_changed_cb (HearthWorkflowList *self)
{
  g_assert (HEARTH_IS_WORKFLOW_LIST (self));

  g_free (self->query);
  self->query = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  gtk_list_box_invalidate_filter (self->list);
}

static void
row_activated_cb (HearthWorkflowList *self,
                  GtkListBoxRow      *row)
{
  g_assert (HEARTH_IS_WORKFLOW_LIST (self));

  g_signal_emit (self, signals[OPEN], 0, hearth_workflow_row_get_id (HEARTH_WORKFLOW_ROW (row)));
}

/* --- class ----------------------------------------------------------------------------------------------------- */

static void
hearth_workflow_list_dispose (GObject *object)
{
  HearthWorkflowList *self = HEARTH_WORKFLOW_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->signals);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->project_id, g_free);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->asked_id, g_free);

  G_OBJECT_CLASS (hearth_workflow_list_parent_class)->dispose (object);
}

static void
hearth_workflow_list_class_init (HearthWorkflowListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_workflow_list_dispose;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-workflow-list.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowList, search);
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowList, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
hearth_workflow_list_init (HearthWorkflowList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_row, self, NULL);
  self->signals = g_signal_group_new (HEARTH_TYPE_WORKSPACE);
  g_signal_group_connect_swapped (self->signals, "workflows-changed", G_CALLBACK (workflows_changed_cb), self);
}

void
hearth_workflow_list_set_project (HearthWorkflowList *self,
                                  HearthWorkspace    *workspace,
                                  const char         *project_id)
{
  g_return_if_fail (HEARTH_IS_WORKFLOW_LIST (self));
  g_return_if_fail (HEARTH_IS_WORKSPACE (workspace));

  g_set_object (&self->workspace, workspace);
  g_signal_group_set_target (self->signals, workspace);
  if (project_id != self->project_id)
    {
      g_free (self->project_id);
      self->project_id = g_strdup (project_id);
    }
  reload (self);
}
