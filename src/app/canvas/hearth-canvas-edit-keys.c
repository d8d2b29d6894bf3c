/* hearth-canvas-edit-keys.c: the keys inside the in-place editor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

/* Tab accepts and goes on to the next value of the card. */
static void
edit_next (HearthCanvas *self,
           int step)
{
  g_autofree char *node_id = g_strdup (self->editor.node_id);
  HearthCardRow *here = hearth_canvas_edit_get_row (self);
  g_autofree char *key = here != NULL ? g_strdup (here->key) : NULL;
  gboolean is_config = self->editor.is_config;
  GPtrArray *rows;
  guint index = 0;

  if (!hearth_canvas_edit_accept (self) || hearth_canvas_get_card (self, node_id) == NULL)
    return;
  rows = hearth_card_get_data (hearth_canvas_get_card (self, node_id))->rows;
  here = key == NULL   ? NULL
         : is_config   ? hearth_card_data_find_config (hearth_card_get_data (hearth_canvas_get_card (self, node_id)), key)
                       : hearth_card_data_find_row (hearth_card_get_data (hearth_canvas_get_card (self, node_id)), key, FALSE);
  if (here == NULL || !g_ptr_array_find (rows, here, &index))
    index = step > 0 ? (guint) -1 : rows->len;
  for (index += (guint) step; index < rows->len; index += (guint) step)
    {
      HearthCardRow *row = g_ptr_array_index (rows, index);

      if (row->kind == HEARTH_ROW_PLAIN || row->kind == HEARTH_ROW_SWITCH || row->kind == HEARTH_ROW_BUTTON
          || row->kind == HEARTH_ROW_FILE)
        continue;
      hearth_canvas_edit_value (self, node_id, row->key, row->side == HEARTH_SIDE_CONFIG);
      return;
    }
}

/* Up and Down count in a number. */
static gboolean
step_number (HearthCanvas *self,
             int direction)
{
  HearthCanvasEditor *editor = &self->editor;
  HearthCardRow *row = hearth_canvas_edit_get_row (self);
  g_autoptr (HearthValue) value = NULL;
  g_autofree char *text = NULL;
  g_autofree char *next = NULL;
  double step;

  if (editor->kind != HEARTH_ROW_NUMBER || row == NULL)
    return FALSE;
  text = hearth_canvas_edit_dup_text (self);
  value = hearth_canvas_value_from_text (text, row->slot, NULL);
  if (value == NULL)
    return TRUE;
  step = hearth_value_get_member_double (row->slot->config, "step", row->type == HEARTH_DATA_INTEGER ? 1 : 0.01);
  /* Rounded, so that 0.1 + 0.2 is shown as 0.3 */
  next = g_strdup_printf ("%.12g", hearth_value_get_double (value) + direction * step);
  g_strdelimit (next, ",", '.');
  gtk_editable_set_text (GTK_EDITABLE (editor->text), next);
  gtk_editable_set_position (GTK_EDITABLE (editor->text), -1);
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType modifiers,
        gpointer user_data)
{
  HearthCanvas *self = user_data;
  gboolean is_area = self->editor.active == self->editor.area;

  switch (keyval)
    {
    case GDK_KEY_Escape:
      hearth_canvas_edit_close (self);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      /* A text of several lines needs Enter for itself */
      if (is_area && (modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
        return FALSE;
      hearth_canvas_edit_accept (self);
      return TRUE;
    case GDK_KEY_Tab:
      edit_next (self, 1);
      return TRUE;
    case GDK_KEY_ISO_Left_Tab:
      edit_next (self, -1);
      return TRUE;
    case GDK_KEY_Up: return step_number (self, 1);
    case GDK_KEY_Down: return step_number (self, -1);
    default: return FALSE;
    }
}

static void
focus_left_cb (GtkEventControllerFocus *controller,
               gpointer user_data)
{
  HearthCanvas *self = user_data;

  /* To another window it comes back; within ours the user has gone on */
  if (!hearth_canvas_is_editing (self) || self->editor.active == self->editor.choice)
    return;
  if (!hearth_canvas_edit_accept (self))
    hearth_canvas_edit_close (self);
}

void
hearth_canvas_edit_add_widget (HearthCanvas *self,
                               GtkWidget *widget,
                               GtkWidget *focus)
{
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *left = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect (left, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (focus, key);
  gtk_widget_add_controller (focus, left);
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
}
