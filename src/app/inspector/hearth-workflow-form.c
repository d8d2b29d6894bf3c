/* hearth-workflow-form.c: the workflow as a whole: name, description, interface, problems
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workflow-form.h"

#include "hearth-display.h"

#include "hearth-i18n.h"

struct _HearthWorkflowForm
{
  AdwBin            parent_instance;

  /* template */
  GtkLabel         *name;
  GtkTextView      *description;
  GtkLabel         *size;
  GtkLabel         *problems;
  GtkWidget        *interface_group;
  GtkListBox       *interface;

  /* owned */
  HearthEditorPage *page;
  GSignalGroup     *graph_signals;
  GSignalGroup     *problem_signals;
  GSignalGroup     *document_signals;

  gboolean          is_showing;
};

G_DEFINE_FINAL_TYPE (HearthWorkflowForm, hearth_workflow_form, ADW_TYPE_BIN)

static HearthGraph *
get_graph (HearthWorkflowForm *self)
{
  return hearth_document_get_graph (hearth_editor_page_get_document (self->page));
}

/* --- description ------------------------------------------------------------------------------------ */

static char *
dup_description (HearthWorkflowForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->description);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
description_changed_cb (HearthWorkflowForm *self)
{
  HearthDocument *document;
  HearthEdit *edit;
  g_autofree char *text = NULL;
  g_autoptr (HearthValue) value = NULL;

  g_assert (HEARTH_IS_WORKFLOW_FORM (self));

  if (self->is_showing || self->page == NULL)
    return;
  document = hearth_editor_page_get_document (self->page);
  text = dup_description (self);
  value = hearth_value_string (text);
  edit = hearth_edit_new (get_graph (self), _("Describe workflow"));
  hearth_edit_set_property (edit, "description", value);
  hearth_history_push (hearth_document_get_history (document), edit, "description");
}

static void
show_description (HearthWorkflowForm *self)
{
  HearthValue *value = hearth_graph_get_property (get_graph (self), "description");
  const char *text = hearth_value_is (value, STRING) ? hearth_value_get_string (value, NULL) : "";
  g_autofree char *shown = dup_description (self);

  if (g_str_equal (shown, text))
    return;
  self->is_showing = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->description), text, -1);
  self->is_showing = FALSE;
}

/* --- interface and problems ---------------------------------------------------------------------------- */

static void
add_slot (HearthWorkflowForm *self,
          HearthValue        *entry,
          gboolean            is_output)
{
  HearthDataType type = HEARTH_DATA_WILDCARD;
  const char *name = hearth_value_get_member_string (entry, "displayName", NULL);
  GtkWidget *row;
  g_autofree char *kind = NULL;

  if (name == NULL)
    name = hearth_value_get_member_string (entry, "key", "");
  /* The open slot that takes what comes is no part of the interface yet. */
  if (g_str_equal (name, "*"))
    return;
  hearth_data_type_from_string (hearth_value_get_member_string (entry, "dataFlowType", ""), &type);
  kind = g_strdup_printf (is_output ? _("Output · %s") : _("Input · %s"), hearth_display_type (type));
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), kind);
  gtk_list_box_append (self->interface, row);
}

static void
show_interface (HearthWorkflowForm *self)
{
  static const char *const sides[] = { "interfaceInputs", "interfaceOutputs" };
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->interface, 0)) != NULL)
    gtk_list_box_remove (self->interface, GTK_WIDGET (row));
  for (gsize side = 0; side < G_N_ELEMENTS (sides); side++)
    {
      HearthValue *slots = hearth_graph_get_property (get_graph (self), sides[side]);

      for (gsize i = 0; hearth_value_is (slots, OBJECT) && i < hearth_value_get_length (slots); i++)
        add_slot (self, hearth_value_member_at (slots, i), side == 1);
    }
  gtk_widget_set_visible (self->interface_group, gtk_list_box_get_row_at_index (self->interface, 0) != NULL);
}

static void
problems_changed_cb (HearthWorkflowForm *self)
{
  guint n = self->page != NULL ? hearth_problems_get_n (hearth_editor_page_get_problems (self->page)) : 0;
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup (_("No problems"));
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u problem", "%u problems", n), n);
  gtk_label_set_label (self->problems, text);
}

static void
show_size (HearthWorkflowForm *self)
{
  guint n = hearth_graph_get_n_nodes (get_graph (self));
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node", "%u nodes", n), n);

  gtk_label_set_label (self->size, text);
}

static gboolean
concerns_workflow (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (((HearthChange *) g_ptr_array_index (changes, i))->kind == HEARTH_CHANGE_PROPERTY)
      return TRUE;
  return FALSE;
}

static void
graph_changed_cb (HearthWorkflowForm *self,
                  GPtrArray          *changes)
{
  g_assert (HEARTH_IS_WORKFLOW_FORM (self));

  show_size (self);
  if (!concerns_workflow (changes))
    return;
  show_description (self);
  show_interface (self);
}

static void
title_cb (HearthWorkflowForm *self)
{
  g_assert (HEARTH_IS_WORKFLOW_FORM (self));

  gtk_label_set_label (self->name, hearth_document_get_title (hearth_editor_page_get_document (self->page)));
}

/* --- class -------------------------------------------------------------------------------------------- */

static void
hearth_workflow_form_dispose (GObject *object)
{
  HearthWorkflowForm *self = HEARTH_WORKFLOW_FORM (object);

  g_clear_object (&self->graph_signals);
  g_clear_object (&self->problem_signals);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->page);

  G_OBJECT_CLASS (hearth_workflow_form_parent_class)->dispose (object);
}

static void
hearth_workflow_form_class_init (HearthWorkflowFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_workflow_form_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-workflow-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowForm, name);
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowForm, description);
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowForm, size);
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowForm, problems);
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowForm, interface_group);
  gtk_widget_class_bind_template_child (widget_class, HearthWorkflowForm, interface);
}

static void
hearth_workflow_form_init (HearthWorkflowForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->description), "changed",
                           G_CALLBACK (description_changed_cb), self, G_CONNECT_SWAPPED);
  self->graph_signals = g_signal_group_new (HEARTH_TYPE_GRAPH);
  g_signal_group_connect_swapped (self->graph_signals, "changed", G_CALLBACK (graph_changed_cb), self);
  self->problem_signals = g_signal_group_new (HEARTH_TYPE_PROBLEMS);
  g_signal_group_connect_swapped (self->problem_signals, "changed", G_CALLBACK (problems_changed_cb), self);
  self->document_signals = g_signal_group_new (HEARTH_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "notify::title", G_CALLBACK (title_cb), self);
}

void
hearth_workflow_form_set_page (HearthWorkflowForm *self,
                               HearthEditorPage   *page)
{
  g_return_if_fail (HEARTH_IS_WORKFLOW_FORM (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  if (!g_set_object (&self->page, page))
    return;
  g_signal_group_set_target (self->graph_signals, page != NULL ? get_graph (self) : NULL);
  g_signal_group_set_target (self->problem_signals, page != NULL ? hearth_editor_page_get_problems (page) : NULL);
  g_signal_group_set_target (self->document_signals, page != NULL ? hearth_editor_page_get_document (page) : NULL);
  if (page == NULL)
    return;
  title_cb (self);
  show_description (self);
  show_size (self);
  show_interface (self);
  problems_changed_cb (self);
}
