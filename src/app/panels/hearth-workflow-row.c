/* hearth-workflow-row.c: one workflow of a project in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workflow-row.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

struct _HearthWorkflowRow
{
  GtkListBoxRow  parent_instance;

  /* template */
  GtkLabel      *title;
  GtkLabel      *day;

  /* owned */
  HearthValue   *entry;
  char          *folded;
};

enum
{
  RENAME,
  DELETE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthWorkflowRow, hearth_workflow_row, GTK_TYPE_LIST_BOX_ROW)

static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[RENAME], 0);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_signal_emit (widget, signals[DELETE], 0);
}

static void
hearth_workflow_row_finalize (GObject *object)
{
  HearthWorkflowRow *self = HEARTH_WORKFLOW_ROW (object);

  g_clear_pointer (&self->entry, hearth_value_unref);
  g_free (self->folded);

  G_OBJECT_CLASS (hearth_workflow_row_parent_class)->finalize (object);
}

static void
hearth_workflow_row_class_init (HearthWorkflowRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hearth_workflow_row_finalize;

  signals[RENAME] = g_signal_new ("rename", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[DELETE] = g_signal_new ("delete", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "row.rename", NULL, rename_action);
  gtk_widget_class_install_action (widget_class, "row.delete", NULL, delete_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "row.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "row.delete", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-workflow-row.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowRow, title);
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowRow, day);
}

static void
hearth_workflow_row_init (HearthWorkflowRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hearth_workflow_row_new (HearthValue *entry)
{
  HearthWorkflowRow *self;
  const char *description;
  g_autofree char *day = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  description = hearth_value_get_member_string (entry, "description", NULL);
  self = g_object_new (HEARTH_TYPE_WORKFLOW_ROW, "tooltip-text",
                       description != NULL && *description != '\0' ? description : NULL, NULL);
  self->entry = hearth_value_ref (entry);
  self->folded = g_utf8_casefold (hearth_workflow_row_get_title (self), -1);
  day = hearth_display_day (hearth_value_get_member_string (entry, "updatedAt", NULL));
  gtk_label_set_label (self->title, hearth_workflow_row_get_title (self));
  gtk_label_set_label (self->day, day);
  hearth_display_name (GTK_WIDGET (self), hearth_workflow_row_get_title (self));
  return GTK_WIDGET (self);
}

const char *
hearth_workflow_row_get_id (HearthWorkflowRow *self)
{
  g_return_val_if_fail (HEARTH_IS_WORKFLOW_ROW (self), NULL);

  return hearth_value_get_member_string (self->entry, "id", "");
}

const char *
hearth_workflow_row_get_title (HearthWorkflowRow *self)
{
  g_return_val_if_fail (HEARTH_IS_WORKFLOW_ROW (self), NULL);

  return hearth_value_get_member_string (self->entry, "name", hearth_workflow_row_get_id (self));
}

gboolean
hearth_workflow_row_matches (HearthWorkflowRow *self,
                             const char        *query)
{
  g_return_val_if_fail (HEARTH_IS_WORKFLOW_ROW (self), FALSE);

  return strstr (self->folded, query) != NULL;
}
