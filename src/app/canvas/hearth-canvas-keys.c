/* hearth-canvas-keys.c: the keys of the canvas, which belong to it alone
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

static const struct
{
  const char *trigger;
  const char *action;
} keys[] = {
  { "Delete|BackSpace|KP_Delete", "canvas.delete" },
  { "<Control>z", "canvas.undo" },
  { "<Control><Shift>z|<Control>y", "canvas.redo" },
  { "<Control>a", "canvas.select-all" },
  { "<Control><Shift>a|Escape", "canvas.select-none" },
  { "<Control>c", "canvas.copy" },
  { "<Control>x", "canvas.cut" },
  { "<Control>v", "canvas.paste" },
  { "<Control>d", "canvas.duplicate" },
  { "m", "canvas.bypass" },
  { "F2", "canvas.rename" },
  { "p", "canvas.pin" },
  { "Return|KP_Enter", "canvas.edit" },
  { "Tab", "canvas.enter" },
  { "plus|equal|KP_Add|<Control>plus|<Control>equal|<Control>KP_Add", "canvas.zoom-in" },
  { "minus|KP_Subtract|<Control>minus|<Control>KP_Subtract", "canvas.zoom-out" },
  { "0|KP_0|<Control>0|<Control>KP_0", "canvas.zoom-reset" },
  { "f|Home", "canvas.fit" },
  { "<Shift>a", "canvas.add-node" },
};

static gboolean
has_work (HearthCanvas *self,
                    const char *name)
{
  if (g_str_equal (name, "canvas.enter"))
    {
      HearthNode *node = hearth_canvas_get_selected_node (self);

      return node != NULL && g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP);
    }
  if (g_str_equal (name, "canvas.select-none"))
    return g_hash_table_size (self->selected) + g_hash_table_size (self->selected_edges) > 0;
  return TRUE;
}

/* A key that has nothing to do here goes on: Escape to the run bar, Tab to the next widget. */
static gboolean
key_cb (GtkWidget *widget,
        GVariant *arguments,
        gpointer user_data)
{
  HearthCanvas *self = HEARTH_CANVAS (widget);
  const char *action = user_data;

  if (hearth_canvas_is_editing (self) || hearth_gesture_is_busy (self->gesture) || !has_work (self, action))
    return FALSE;
  gtk_widget_activate_action (widget, action, NULL);
  return TRUE;
}

static gboolean
walk_cb (GtkWidget *widget,
         GVariant *arguments,
         gpointer user_data)
{
  HearthCanvas *self = HEARTH_CANVAS (widget);

  if (hearth_canvas_is_editing (self))
    return FALSE;
  return hearth_canvas_walk (self, GPOINTER_TO_INT (user_data));
}

static gboolean
menu_cb (GtkWidget *widget,
         GVariant *arguments,
         gpointer user_data)
{
  HearthCanvas *self = HEARTH_CANVAS (widget);
  HearthCard *card = hearth_canvas_get_card (self, self->current);
  HearthHit hit = { .kind = HEARTH_HIT_VOID };
  double x = gtk_widget_get_width (widget) / 2.0, y = gtk_widget_get_height (widget) / 2.0;

  if (hearth_canvas_is_editing (self))
    return FALSE;
  if (card != NULL)
    {
      graphene_rect_t bounds;

      hearth_card_get_bounds (card, &bounds);
      hearth_viewport_to_widget (&self->viewport, bounds.origin.x + bounds.size.width / 2,
                                 bounds.origin.y + HEARTH_CARD_HEADER, &x, &y);
      hit.kind = HEARTH_HIT_CARD;
      hit.node_id = self->current;
    }
  hearth_canvas_popup_menu (self, x, y, &hit);
  return TRUE;
}

static void
add_key (GtkShortcutController *controller,
         const char *trigger,
         GtkShortcutFunc callback,
         gpointer user_data)
{
  gtk_shortcut_controller_add_shortcut (
      controller, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                    gtk_callback_action_new (callback, user_data, NULL)));
}

void
hearth_canvas_add_shortcuts (HearthCanvas *self)
{
  GtkShortcutController *controller = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    add_key (controller, keys[i].trigger, key_cb, (gpointer) keys[i].action);
  add_key (controller, "Left", walk_cb, GINT_TO_POINTER (GTK_DIR_LEFT));
  add_key (controller, "Right", walk_cb, GINT_TO_POINTER (GTK_DIR_RIGHT));
  add_key (controller, "Up", walk_cb, GINT_TO_POINTER (GTK_DIR_UP));
  add_key (controller, "Down", walk_cb, GINT_TO_POINTER (GTK_DIR_DOWN));
  add_key (controller, "Menu|<Shift>F10", menu_cb, NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (controller));
}
