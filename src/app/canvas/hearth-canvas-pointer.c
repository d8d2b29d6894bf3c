/* hearth-canvas-pointer.c: hands GTK's events to the gesture machine, and does what it says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

/* --- commands ---------------------------------------------------------------------------- */

static void
select_node (HearthCanvas *self,
             const HearthCommand *command)
{
  hearth_canvas_select_one (self, command->node_id, command->toggle);
}

static void
select_none (HearthCanvas *self,
             const HearthCommand *command)
{
  hearth_canvas_select_none (self);
}

static void
select_wire (HearthCanvas *self,
             const HearthCommand *command)
{
  hearth_canvas_select_edge (self, command->edge_id, command->toggle);
}

static void
pan (HearthCanvas *self,
     const HearthCommand *command)
{
  hearth_viewport_pan (&self->viewport, command->dx, command->dy);
  self->fit_wanted = self->view_unsure = FALSE;
  hearth_canvas_view_changed (self);
}

static void
zoom (HearthCanvas *self,
      const HearthCommand *command)
{
  hearth_canvas_set_zoom (self, hearth_viewport_step_zoom (self->viewport.zoom, command->steps), command->x, command->y);
}

static void
edit_value (HearthCanvas *self,
            const HearthCommand *command)
{
  hearth_canvas_edit_value (self, command->node_id, command->key, command->is_config);
}

static void
open_node (HearthCanvas *self,
           const HearthCommand *command)
{
  HearthNode *node = hearth_graph_get_node (self->graph, command->node_id);

  if (node == NULL)
    return;
  if (g_str_equal (node->type_id, HEARTH_TYPE_ID_NODE_GROUP))
    hearth_canvas_open_group (self, node);
  else
    hearth_canvas_edit_title (self, command->node_id);
}

static void
open_palette (HearthCanvas *self,
              const HearthCommand *command)
{
  double x, y;

  hearth_viewport_to_canvas (&self->viewport, command->x, command->y, &x, &y);
  hearth_canvas_request_palette (self, x, y, NULL, NULL, FALSE);
}

static void
open_menu (HearthCanvas *self,
           const HearthCommand *command)
{
  hearth_canvas_popup_menu (self, command->x, command->y, command->hit);
}

/* NULL: there is nothing to do. */
static void (*const doers[]) (HearthCanvas *self, const HearthCommand *command) = {
  [HEARTH_COMMAND_SELECT] = select_node,
  [HEARTH_COMMAND_SELECT_NONE] = select_none,
  [HEARTH_COMMAND_SELECT_WIRE] = select_wire,
  [HEARTH_COMMAND_PAN] = pan,
  [HEARTH_COMMAND_PAN_END] = NULL,
  [HEARTH_COMMAND_ZOOM] = zoom,
  [HEARTH_COMMAND_MOVE_BEGIN ... HEARTH_COMMAND_MOVE_CANCEL] = hearth_canvas_move,
  [HEARTH_COMMAND_RESIZE_BEGIN ... HEARTH_COMMAND_RESIZE_CANCEL] = hearth_canvas_resize,
  [HEARTH_COMMAND_BAND_TO ... HEARTH_COMMAND_BAND_CANCEL] = hearth_canvas_band,
  [HEARTH_COMMAND_CONNECT_BEGIN ... HEARTH_COMMAND_CONNECT_CANCEL] = hearth_canvas_connect,
  [HEARTH_COMMAND_REORDER_BEGIN ... HEARTH_COMMAND_REORDER_CANCEL] = hearth_canvas_reorder,
  [HEARTH_COMMAND_EDIT] = edit_value,
  [HEARTH_COMMAND_OPEN] = open_node,
  [HEARTH_COMMAND_PALETTE] = open_palette,
  [HEARTH_COMMAND_MENU] = open_menu,
};

void
hearth_canvas_command_cb (const HearthCommand *command,
                          gpointer user_data)
{
  HearthCanvas *self = user_data;

  g_assert (command->kind < G_N_ELEMENTS (doers));

  if (self->graph != NULL && doers[command->kind] != NULL)
    doers[command->kind](self, command);
}

/* --- events -------------------------------------------------------------------------------- */

/* Texts are typed into, all other values are clicked. */
static const char *
pick_value_cursor (HearthCanvas *self,
                   const HearthHit *hit)
{
  HearthCardData *data = hearth_card_get_data (hearth_canvas_get_card (self, hit->node_id));
  HearthCardRow *row = hit->is_config ? hearth_card_data_find_config (data, hit->key)
                                      : hearth_card_data_find_row (data, hit->key, FALSE);

  if (row != NULL && (row->kind == HEARTH_ROW_BUTTON || row->kind == HEARTH_ROW_SWITCH || row->kind == HEARTH_ROW_CHOICE
                      || row->kind == HEARTH_ROW_FILE))
    return "pointer";
  return "text";
}

static void
update_cursor (HearthCanvas *self,
               const HearthHit *hit)
{
  const char *name = NULL;

  if (hearth_gesture_is_panning (self->gesture))
    name = "grabbing";
  else if (self->connect.active || hit->kind == HEARTH_HIT_DOT)
    name = "crosshair";
  else if (hit->kind == HEARTH_HIT_RESIZE)
    name = "ew-resize";
  else if (hit->kind == HEARTH_HIT_VALUE)
    name = pick_value_cursor (self, hit);
  else if (hit->kind == HEARTH_HIT_WIRE)
    name = "pointer";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), name);
}

static gboolean
feed (HearthCanvas *self,
      HearthGestureEventKind kind,
      GtkEventController *controller,
      double x,
      double y,
      guint button,
      guint n_press)
{
  HearthGestureEvent event = { .kind = kind, .x = x, .y = y, .button = button, .n_press = n_press };

  event.modifiers = gtk_event_controller_get_current_event_state (controller);
  if (self->graph != NULL)
    hearth_canvas_pick (self, x, y, &event.hit);
  /* Strings of the hit belong to cards, which the commands may renew */
  if (kind == HEARTH_GESTURE_MOTION)
    update_cursor (self, &event.hit);
  return hearth_gesture_feed (self->gesture, &event);
}

static void
pressed_cb (GtkGestureClick *click,
            int n_press,
            double x,
            double y,
            gpointer user_data)
{
  HearthCanvas *self = user_data;
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));

  /* A click elsewhere ends editing; a value that cannot be stored keeps the editor open */
  if (hearth_canvas_is_editing (self) && !hearth_canvas_edit_accept (self))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (feed (self, HEARTH_GESTURE_PRESS, GTK_EVENT_CONTROLLER (click), x, y, button, (guint) n_press))
    gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
released_cb (GtkGestureClick *click,
             int n_press,
             double x,
             double y,
             gpointer user_data)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));

  feed (user_data, HEARTH_GESTURE_RELEASE, GTK_EVENT_CONTROLLER (click), x, y, button, (guint) n_press);
}

/* The click gesture gives up after a few pixels; the button is still held then, and the motion
 * controller goes on. Its release reaches us as the sequence's end. */
static void
end_cb (GtkGesture *gesture,
        GdkEventSequence *sequence,
        gpointer user_data)
{
  HearthCanvas *self = user_data;
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  feed (self, HEARTH_GESTURE_RELEASE, GTK_EVENT_CONTROLLER (gesture), self->pointer_x, self->pointer_y, button, 0);
}

static void
cancel_cb (GtkGesture *gesture,
           GdkEventSequence *sequence,
           gpointer user_data)
{
  HearthCanvas *self = user_data;

  hearth_gesture_feed (self->gesture, &(HearthGestureEvent){ .kind = HEARTH_GESTURE_CANCEL });
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double x,
           double y,
           gpointer user_data)
{
  HearthCanvas *self = user_data;

  self->pointer_x = x;
  self->pointer_y = y;
  self->pointer_inside = TRUE;
  feed (self, HEARTH_GESTURE_MOTION, GTK_EVENT_CONTROLLER (controller), x, y, 0, 0);
}

static void
leave_cb (GtkEventControllerMotion *controller,
          gpointer user_data)
{
  HEARTH_CANVAS (user_data)->pointer_inside = FALSE;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double dx,
           double dy,
           gpointer user_data)
{
  HearthCanvas *self = user_data;
  HearthGestureEvent event = { .kind = HEARTH_GESTURE_SCROLL, .x = self->pointer_x, .y = self->pointer_y };

  if (hearth_canvas_is_editing (self) && !hearth_canvas_edit_accept (self))
    return TRUE;
  /* Touchpads report pixels, wheels report steps */
  if (gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE)
    {
      dx /= 48;
      dy /= 48;
    }
  event.dx = dx;
  event.dy = dy;
  event.modifiers = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  return hearth_gesture_feed (self->gesture, &event);
}

static gboolean
feed_key (HearthCanvas *self,
          HearthGestureEventKind kind,
          guint keyval,
          GdkModifierType modifiers)
{
  HearthGestureEvent event = { .kind = kind, .keyval = keyval, .modifiers = modifiers };

  if (hearth_canvas_is_editing (self))
    return FALSE;
  return hearth_gesture_feed (self->gesture, &event);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                gpointer user_data)
{
  return feed_key (user_data, HEARTH_GESTURE_KEY_PRESS, keyval, modifiers);
}

static void
key_released_cb (GtkEventControllerKey *controller,
                 guint keyval,
                 guint keycode,
                 GdkModifierType modifiers,
                 gpointer user_data)
{
  feed_key (user_data, HEARTH_GESTURE_KEY_RELEASE, keyval, modifiers);
}

static void
pinch_begin_cb (GtkGesture *gesture,
                GdkEventSequence *sequence,
                gpointer user_data)
{
  HEARTH_CANVAS (user_data)->pinch_zoom = HEARTH_CANVAS (user_data)->viewport.zoom;
}

static void
pinch_cb (GtkGestureZoom *gesture,
          double scale,
          gpointer user_data)
{
  HearthCanvas *self = user_data;
  double x, y;

  if (gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    hearth_canvas_set_zoom (self, hearth_viewport_quantize_zoom (MAX (self->pinch_zoom * scale, 0.01)), x, y);
}

void
hearth_canvas_add_controllers (HearthCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect (click, "end", G_CALLBACK (end_cb), self);
  g_signal_connect (click, "cancel", G_CALLBACK (cancel_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect (key, "key-released", G_CALLBACK (key_released_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, key);
}
