/* hearth-inspector.c: what is selected, in full
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-inspector.h"

#include "hearth-node-form.h"
#include "hearth-workflow-form.h"

#include "hearth-i18n.h"

struct _HearthInspector
{
  AdwBin              parent_instance;

  /* template */
  GtkStack           *stack;
  HearthNodeForm     *node;
  HearthWorkflowForm *workflow;
  GtkLabel           *several;

  /* owned */
  HearthEditorPage   *page;
  GSignalGroup       *canvas_signals;
};

G_DEFINE_FINAL_TYPE (HearthInspector, hearth_inspector, ADW_TYPE_BIN)

static void
selection_changed_cb (HearthInspector *self)
{
  HearthCanvas *canvas = self->page != NULL ? hearth_editor_page_get_canvas (self->page) : NULL;
  g_auto (GStrv) selected = canvas != NULL ? hearth_canvas_list_selected (canvas) : NULL;
  guint n = selected != NULL ? g_strv_length (selected) : 0;

  g_assert (HEARTH_IS_INSPECTOR (self));

  hearth_node_form_set_node (self->node, self->page, n == 1 ? selected[0] : NULL);
  if (n > 1)
    {
      g_autofree char *text =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u node is selected", "%u nodes are selected", n), n);

      gtk_label_set_label (self->several, text);
    }
  if (self->page == NULL)
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  else
    gtk_stack_set_visible_child_name (self->stack, n == 0 ? "workflow" : n == 1 ? "node" : "several");
}

static void
hearth_inspector_dispose (GObject *object)
{
  HearthInspector *self = HEARTH_INSPECTOR (object);

  g_clear_object (&self->canvas_signals);
  g_clear_object (&self->page);

  G_OBJECT_CLASS (hearth_inspector_parent_class)->dispose (object);
}

static void
hearth_inspector_class_init (HearthInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_inspector_dispose;

  g_type_ensure (HEARTH_TYPE_NODE_FORM);
  g_type_ensure (HEARTH_TYPE_WORKFLOW_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthInspector, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthInspector, node);
  gtk_widget_class_bind_template_child (widget_class, HearthInspector, workflow);
  gtk_widget_class_bind_template_child (widget_class, HearthInspector, several);
}

static void
hearth_inspector_init (HearthInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->canvas_signals = g_signal_group_new (HEARTH_TYPE_CANVAS);
  g_signal_group_connect_swapped (self->canvas_signals, "selection-changed", G_CALLBACK (selection_changed_cb),
                                  self);
}

void
hearth_inspector_set_page (HearthInspector  *self,
                           HearthEditorPage *page)
{
  g_return_if_fail (HEARTH_IS_INSPECTOR (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  g_set_object (&self->page, page);
  g_signal_group_set_target (self->canvas_signals, page != NULL ? hearth_editor_page_get_canvas (page) : NULL);
  hearth_workflow_form_set_page (self->workflow, page);
  selection_changed_cb (self);
}
