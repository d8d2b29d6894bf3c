/* hearth-canvas-actions.c: the canvas.* actions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-i18n.h"

#define FRAME_PADDING 32

/* --- edits of the selection ------------------------------------------------------------- */

static void
delete_edges (HearthCanvas *self,
              HearthEdit *edit)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->selected_edges);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  for (guint i = 0; i < ids->len; i++)
    if (hearth_graph_get_edge (self->graph, g_ptr_array_index (ids, i)) != NULL)
      hearth_edit_disconnect (edit, g_ptr_array_index (ids, i));
}

static void
delete_selected (HearthCanvas *self)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (self);
  guint n = g_strv_length (ids);
  g_autofree char *label
      = n > 0 ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Delete %u node", "Delete %u nodes", n), n)
              : g_strdup (_ ("Disconnect"));
  g_autoptr (HearthEdit) edit = hearth_edit_new (self->graph, label);

  delete_edges (self, edit);
  hearth_edit_remove_nodes (edit, (const char *const *) ids);
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
}

static void
bypass_selected (HearthCanvas *self)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (self);
  g_autoptr (HearthEdit) edit = hearth_edit_new (self->graph, _ ("Mute"));
  gboolean all = TRUE;

  for (guint i = 0; ids[i] != NULL; i++)
    all = all && hearth_graph_get_node (self->graph, ids[i])->bypassed;
  for (guint i = 0; ids[i] != NULL; i++)
    if (!hearth_node_is_frame (hearth_graph_get_node (self->graph, ids[i])))
      hearth_edit_set_bypassed (edit, ids[i], !all);
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
}

static void
disconnect_selected (HearthCanvas *self)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (self);
  g_autoptr (HearthEdit) edit = hearth_edit_new (self->graph, _ ("Disconnect"));

  delete_edges (self, edit);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      GPtrArray *edges;

      while ((edges = hearth_graph_get_edges_in (self->graph, ids[i]))->len > 0)
        hearth_edit_disconnect (edit, ((HearthEdge *) g_ptr_array_index (edges, 0))->id);
      while ((edges = hearth_graph_get_edges_out (self->graph, ids[i]))->len > 0)
        hearth_edit_disconnect (edit, ((HearthEdge *) g_ptr_array_index (edges, 0))->id);
    }
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
}

static gboolean
find_selected_extent (HearthCanvas *self,
                      char **ids,
                      graphene_rect_t *extent)
{
  gboolean any = FALSE;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      graphene_rect_t bounds;

      hearth_card_get_bounds (hearth_canvas_get_card (self, ids[i]), &bounds);
      if (any)
        graphene_rect_union (extent, &bounds, extent);
      else
        *extent = bounds;
      any = TRUE;
    }
  return any;
}

static void
frame_selected (HearthCanvas *self)
{
  g_auto (GStrv) ids = hearth_canvas_list_selected (self);
  g_autoptr (HearthEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *frame_id = NULL;
  graphene_rect_t extent;
  HearthNode *frame;
  double x, y;

  if (!find_selected_extent (self, ids, &extent))
    return;
  edit = hearth_edit_new (self->graph, _ ("Put a frame around"));
  x = hearth_card_layout_snap (extent.origin.x - FRAME_PADDING);
  y = hearth_card_layout_snap (extent.origin.y - FRAME_PADDING - HEARTH_CARD_HEADER);
  frame = hearth_edit_add_node (edit, HEARTH_TYPE_ID_FRAME, x, y, &error);
  if (frame == NULL)
    {
      hearth_canvas_say (self, error->message);
      return;
    }
  frame_id = g_strdup (frame->id);
  hearth_edit_resize_node (edit, frame_id,
                           hearth_card_layout_snap (extent.origin.x + extent.size.width + FRAME_PADDING + 7 - x),
                           hearth_card_layout_snap (extent.origin.y + extent.size.height + FRAME_PADDING + 7 - y));
  for (guint i = 0; ids[i] != NULL; i++)
    if (!hearth_node_is_frame (hearth_graph_get_node (self->graph, ids[i])))
      hearth_edit_set_parent (edit, ids[i], frame_id);
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
  hearth_canvas_select (self, (const char *const[]){ frame_id, NULL });
}

/* --- view -------------------------------------------------------------------------------- */

static void
zoom_about_middle (HearthCanvas *self,
                   double zoom)
{
  hearth_canvas_set_zoom (self, zoom, gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                          gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
}

static void
ask_palette (HearthCanvas *self)
{
  double x, y;

  hearth_canvas_get_insert_point (self, &x, &y);
  hearth_canvas_request_palette (self, x, y, NULL, NULL, FALSE);
}

static void
enter_selected (HearthCanvas *self)
{
  HearthNode *node = hearth_canvas_get_selected_node (self);

  if (node != NULL && g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP))
    hearth_canvas_open_group (self, node);
}

static void
edit_selected (HearthCanvas *self)
{
  HearthNode *node = hearth_canvas_get_selected_node (self);

  if (node != NULL && !hearth_canvas_edit_first (self, node->id))
    hearth_canvas_edit_title (self, node->id);
}

static void
rename_selected (HearthCanvas *self)
{
  HearthNode *node = hearth_canvas_get_selected_node (self);

  if (node != NULL)
    hearth_canvas_edit_title (self, node->id);
}

static void
zoom_in (HearthCanvas *self)
{
  zoom_about_middle (self, hearth_viewport_step_zoom (self->viewport.zoom, 2));
}

static void
zoom_out (HearthCanvas *self)
{
  zoom_about_middle (self, hearth_viewport_step_zoom (self->viewport.zoom, -2));
}

static void
zoom_reset (HearthCanvas *self)
{
  zoom_about_middle (self, 1);
}

static void
cut_selected (HearthCanvas *self)
{
  hearth_canvas_copy (self);
  delete_selected (self);
}

static void
undo (HearthCanvas *self)
{
  hearth_history_undo (self->history);
}

static void
redo (HearthCanvas *self)
{
  hearth_history_redo (self->history);
}

/* --- the table ---------------------------------------------------------------------------- */

typedef enum
{
  NEEDS_GRAPH,
  NEEDS_NODES,
  NEEDS_DOCUMENT, /* nodes, and somebody who runs them */
  NEEDS_ONE,
  NEEDS_GROUP,
  NEEDS_ANYTHING, /* nodes or wires */
  NEEDS_UNDO,
  NEEDS_REDO,
} Need;

static const struct
{
  const char *name;
  Need need;
  void (*run) (HearthCanvas *self);
} actions[] = {
  { "canvas.delete", NEEDS_ANYTHING, delete_selected },
  { "canvas.select-all", NEEDS_GRAPH, hearth_canvas_select_all },
  { "canvas.select-none", NEEDS_ANYTHING, hearth_canvas_select_none },
  { "canvas.copy", NEEDS_NODES, hearth_canvas_copy },
  { "canvas.cut", NEEDS_NODES, cut_selected },
  { "canvas.paste", NEEDS_GRAPH, hearth_canvas_paste },
  { "canvas.duplicate", NEEDS_NODES, hearth_canvas_duplicate },
  { "canvas.undo", NEEDS_UNDO, undo },
  { "canvas.redo", NEEDS_REDO, redo },
  { "canvas.bypass", NEEDS_NODES, bypass_selected },
  { "canvas.rename", NEEDS_ONE, rename_selected },
  { "canvas.edit", NEEDS_ONE, edit_selected },
  { "canvas.frame", NEEDS_NODES, frame_selected },
  { "canvas.enter", NEEDS_GROUP, enter_selected },
  { "canvas.disconnect", NEEDS_ANYTHING, disconnect_selected },
  { "canvas.zoom-in", NEEDS_GRAPH, zoom_in },
  { "canvas.zoom-out", NEEDS_GRAPH, zoom_out },
  { "canvas.zoom-reset", NEEDS_GRAPH, zoom_reset },
  { "canvas.fit", NEEDS_GRAPH, hearth_canvas_zoom_to_fit },
  { "canvas.add-node", NEEDS_GRAPH, ask_palette },
  { "canvas.run-from", NEEDS_DOCUMENT, hearth_canvas_run_from },
  { "canvas.run-to", NEEDS_DOCUMENT, hearth_canvas_run_to },
  { "canvas.pin", NEEDS_DOCUMENT, hearth_canvas_pin },
};

static gboolean
is_possible (HearthCanvas *self,
             Need need)
{
  guint n = g_hash_table_size (self->selected);
  HearthNode *node;

  if (self->graph == NULL)
    return FALSE;
  switch (need)
    {
    case NEEDS_NODES: return n > 0;
    case NEEDS_DOCUMENT: return n > 0 && self->document != NULL;
    case NEEDS_ONE: return n == 1;
    case NEEDS_ANYTHING: return n + g_hash_table_size (self->selected_edges) > 0;
    case NEEDS_UNDO: return self->history != NULL && hearth_history_get_undo_label (self->history) != NULL;
    case NEEDS_REDO: return self->history != NULL && hearth_history_get_redo_label (self->history) != NULL;
    case NEEDS_GROUP:
      node = hearth_canvas_get_selected_node (self);
      return node != NULL && g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP);
    case NEEDS_GRAPH:
    default: return TRUE;
    }
}

static void
activate_cb (GtkWidget *widget,
             const char *name,
             GVariant *parameter)
{
  HearthCanvas *self = HEARTH_CANVAS (widget);

  if (hearth_canvas_is_editing (self) && !hearth_canvas_edit_accept (self))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      {
        if (is_possible (self, actions[i].need))
          actions[i].run (self);
        return;
      }
}

void
hearth_canvas_install_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, activate_cb);
}

void
hearth_canvas_update_actions (HearthCanvas *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, is_possible (self, actions[i].need));
}
