/* hearth-canvas-choice.c: the list of choices that opens over a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

static HearthValue *
get_choice (const HearthSlot *slot,
            gsize index)
{
  HearthValue *entry = hearth_value_at (hearth_value_get (slot->config, "suggestions"), index);

  return hearth_value_is (entry, OBJECT) ? hearth_value_get (entry, "value") : entry;
}

static void
choice_cb (GtkListBox *list,
           GtkListBoxRow *list_row,
           gpointer user_data)
{
  HearthCanvas *self = user_data;
  HearthCardRow *row = hearth_canvas_edit_get_row (self);
  g_autoptr (HearthValue) value = NULL;
  g_autofree char *node_id = g_strdup (self->editor.node_id);
  g_autofree char *key = g_strdup (self->editor.key);
  gboolean is_config = self->editor.is_config;

  if (row == NULL || row->slot == NULL)
    return;
  value = hearth_value_ref_or_null (get_choice (row->slot, (gsize) gtk_list_box_row_get_index (list_row)));
  hearth_canvas_edit_close (self);
  if (value != NULL)
    hearth_canvas_store_value (self, node_id, key, is_config, value);
}

static void
choice_closed_cb (GtkPopover *popover,
                  gpointer user_data)
{
  HearthCanvas *self = user_data;

  if (self->editor.active == GTK_WIDGET (popover))
    hearth_canvas_edit_close (self);
}

static GtkWidget *
make_choice_list (HearthCanvas *self,
                  const HearthNodeType *type,
                  const HearthSlot *slot,
                  const char *shown)
{
  HearthValue *entries = hearth_value_get (slot->config, "suggestions");
  GtkWidget *list = gtk_list_box_new ();

  for (gsize i = 0; i < hearth_value_get_length (entries); i++)
    {
      HearthValue *value = get_choice (slot, i);
      const char *title = hearth_card_rows_find_label (type, slot, value);
      g_autofree char *text = title == NULL ? hearth_canvas_value_to_text (value, slot) : NULL;
      GtkWidget *label = gtk_label_new (title != NULL ? title : text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_margin_start (label, 8);
      gtk_widget_set_margin_end (label, 8);
      gtk_widget_set_margin_top (label, 5);
      gtk_widget_set_margin_bottom (label, 5);
      gtk_list_box_append (GTK_LIST_BOX (list), label);
      if (g_strcmp0 (title != NULL ? title : text, shown) == 0)
        gtk_list_box_select_row (GTK_LIST_BOX (list), gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) i));
    }
  g_signal_connect_object (list, "row-activated", G_CALLBACK (choice_cb), self, 0);
  return list;
}

void
hearth_canvas_edit_open_choice (HearthCanvas *self,
                                HearthCardRow *row)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkListBoxRow *selected;
  GtkWidget *list;
  graphene_rect_t bounds;
  double x, y;

  if (self->editor.choice == NULL)
    {
      self->editor.choice = gtk_popover_new ();
      gtk_popover_set_has_arrow (GTK_POPOVER (self->editor.choice), FALSE);
      gtk_widget_set_parent (self->editor.choice, GTK_WIDGET (self));
      g_signal_connect (self->editor.choice, "closed", G_CALLBACK (choice_closed_cb), self);
    }
  list = make_choice_list (self, hearth_graph_get_node (self->graph, self->editor.node_id)->type, row->slot, row->value);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), 320);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), list);
  gtk_popover_set_child (GTK_POPOVER (self->editor.choice), scroll);
  hearth_card_get_bounds (hearth_canvas_get_card (self, self->editor.node_id), &bounds);
  hearth_viewport_to_widget (&self->viewport, bounds.origin.x + self->editor.rect.origin.x,
                             bounds.origin.y + self->editor.rect.origin.y, &x, &y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->editor.choice),
                               &(GdkRectangle){ (int) x, (int) y, (int) (self->editor.rect.size.width * self->viewport.zoom),
                                                (int) (self->editor.rect.size.height * self->viewport.zoom) });
  self->editor.active = self->editor.choice;
  gtk_popover_popup (GTK_POPOVER (self->editor.choice));
  selected = gtk_list_box_get_selected_row (GTK_LIST_BOX (list));
  gtk_widget_grab_focus (selected != NULL ? GTK_WIDGET (selected) : list);
}
