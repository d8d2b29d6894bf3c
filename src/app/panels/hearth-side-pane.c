/* hearth-side-pane.c: nodes, workflows, interface and history beside the canvas
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-side-pane.h"

#include "hearth-history-list.h"
#include "hearth-interface-list.h"
#include "hearth-node-list.h"
#include "hearth-workflow-list.h"

#include "hearth-i18n.h"

struct _HearthSidePane
{
  AdwBin               parent_instance;

  /* template */
  GtkStack            *stack;
  GtkSearchEntry      *search;
  HearthNodeList      *nodes;
  HearthWorkflowList  *workflows;
  HearthInterfaceList *interface;
  HearthHistoryList   *history;

  /* owned */
  HearthEditorPage    *page;
  HearthCatalog       *catalog;
};

enum
{
  OPEN_WORKFLOW,
  MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthSidePane, hearth_side_pane, ADW_TYPE_BIN)

static void
picked_cb (HearthSidePane *self,
           const char     *type_id)
{
  HearthCanvas *canvas;
  double x, y;

  g_assert (HEARTH_IS_SIDE_PANE (self));

  if (self->page == NULL)
    {
      g_signal_emit (self, signals[MESSAGE], 0, _("Open a workflow first, then add nodes to it"));
      return;
    }
  canvas = hearth_editor_page_get_canvas (self->page);
  hearth_canvas_get_insert_point (canvas, &x, &y);
  hearth_canvas_add_node (canvas, type_id, x, y, NULL, NULL, FALSE);
}

static void
open_cb (HearthSidePane *self,
         const char     *workflow_id)
{
  g_signal_emit (self, signals[OPEN_WORKFLOW], 0, workflow_id);
}

static void
message_cb (HearthSidePane *self,
            const char     *text)
{
  g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
hearth_side_pane_dispose (GObject *object)
{
  HearthSidePane *self = HEARTH_SIDE_PANE (object);

  g_clear_object (&self->page);
  g_clear_object (&self->catalog);

  G_OBJECT_CLASS (hearth_side_pane_parent_class)->dispose (object);
}

static void
hearth_side_pane_class_init (HearthSidePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hearth_side_pane_dispose;

  signals[OPEN_WORKFLOW] = g_signal_new ("open-workflow", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (HEARTH_TYPE_NODE_LIST);
  g_type_ensure (HEARTH_TYPE_WORKFLOW_LIST);
  g_type_ensure (HEARTH_TYPE_INTERFACE_LIST);
  g_type_ensure (HEARTH_TYPE_HISTORY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/hearthstudio/Hearth/hearth-side-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, HearthSidePane, stack);
  gtk_widget_class_bind_template_child (widget_class, HearthSidePane, search);
  gtk_widget_class_bind_template_child (widget_class, HearthSidePane, nodes);
  gtk_widget_class_bind_template_child (widget_class, HearthSidePane, workflows);
  gtk_widget_class_bind_template_child (widget_class, HearthSidePane, interface);
  gtk_widget_class_bind_template_child (widget_class, HearthSidePane, history);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
}

static void
hearth_side_pane_init (HearthSidePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hearth_node_list_follow_entry (self->nodes, self->search);
}

/* Packs were read again. */
static void
nodes_changed_cb (HearthSidePane *self)
{
  hearth_node_list_set_catalog (self->nodes, self->catalog);
}

void
hearth_side_pane_set_project (HearthSidePane  *self,
                              HearthWorkspace *workspace,
                              const char      *project_id)
{
  g_return_if_fail (HEARTH_IS_SIDE_PANE (self));
  g_return_if_fail (HEARTH_IS_WORKSPACE (workspace));

  if (g_set_object (&self->catalog, hearth_workspace_get_catalog (workspace)))
    {
      hearth_node_list_set_catalog (self->nodes, self->catalog);
      g_signal_connect_object (workspace, "nodes-changed", G_CALLBACK (nodes_changed_cb), self, G_CONNECT_SWAPPED);
    }
  hearth_workflow_list_set_project (self->workflows, workspace, project_id);
}

void
hearth_side_pane_set_page (HearthSidePane   *self,
                           HearthEditorPage *page)
{
  g_return_if_fail (HEARTH_IS_SIDE_PANE (self));
  g_return_if_fail (page == NULL || HEARTH_IS_EDITOR_PAGE (page));

  g_set_object (&self->page, page);
  hearth_interface_list_set_page (self->interface, page);
  hearth_history_list_set_page (self->history, page);
}

void
hearth_side_pane_show (HearthSidePane *self,
                       const char     *name)
{
  g_return_if_fail (HEARTH_IS_SIDE_PANE (self));

  gtk_stack_set_visible_child_name (self->stack, name);
}
