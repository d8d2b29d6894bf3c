/* hearth-canvas-edit.c: the one in-place editor, which opens exactly over a value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include <math.h>

#include "hearth-i18n.h"

/* Below this nobody can read what is typed. */
#define EDIT_ZOOM 0.7
#define AREA_MIN_HEIGHT 110

gboolean
hearth_canvas_is_editing (HearthCanvas *self)
{
  return self->editor.node_id != NULL;
}

static HearthCardRow *
get_row (HearthCanvas *self)
{
  HearthCanvasEditor *editor = &self->editor;
  HearthCard *card = hearth_canvas_get_card (self, editor->node_id);

  if (card == NULL || editor->key == NULL)
    return NULL;
  return editor->is_config ? hearth_card_data_find_config (hearth_card_get_data (card), editor->key)
                           : hearth_card_data_find_row (hearth_card_get_data (card), editor->key, FALSE);
}

/* --- what was typed ------------------------------------------------------------------------ */

static char *
dup_text (HearthCanvasEditor *editor)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  if (editor->active == editor->text)
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (editor->text)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (editor->area))));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
store_title (HearthCanvas *self,
             const char *text)
{
  g_autofree char *id = g_strdup (self->editor.node_id);
  g_autofree char *name = g_strstrip (g_strdup (text));
  g_autoptr (HearthEdit) edit = NULL;

  if (g_str_equal (name, hearth_card_get_data (hearth_canvas_get_card (self, id))->title))
    return;
  edit = hearth_edit_new (self->graph, _ ("Rename"));
  hearth_edit_rename_node (edit, id, name);
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
}

static gboolean
store_value (HearthCanvas *self,
             const char *text)
{
  HearthCardRow *row = get_row (self);
  g_autoptr (HearthValue) value = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *node_id = NULL;
  g_autofree char *key = NULL;

  if (row == NULL || row->slot == NULL)
    return TRUE;
  value = hearth_canvas_value_from_text (text, row->slot, &error);
  if (value == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      hearth_canvas_say (self, error->message);
      return FALSE;
    }
  node_id = g_strdup (self->editor.node_id);
  key = g_strdup (self->editor.key);
  hearth_canvas_store_value (self, node_id, key, self->editor.is_config, value);
  return TRUE;
}

gboolean
hearth_canvas_edit_accept (HearthCanvas *self)
{
  HearthCanvasEditor *editor = &self->editor;
  g_autofree char *text = NULL;

  if (!hearth_canvas_is_editing (self))
    return TRUE;
  if (editor->active != editor->choice)
    {
      text = dup_text (editor);
      if (editor->key == NULL)
        store_title (self, text);
      else if (!store_value (self, text))
        return FALSE;
    }
  hearth_canvas_edit_close (self);
  return TRUE;
}

void
hearth_canvas_edit_close (HearthCanvas *self)
{
  HearthCanvasEditor *editor = &self->editor;
  GtkWidget *active = g_steal_pointer (&editor->active);

  g_clear_pointer (&editor->node_id, g_free);
  g_clear_pointer (&editor->key, g_free);
  if (active == NULL)
    return;
  if (active == editor->choice)
    gtk_popover_popdown (GTK_POPOVER (active));
  else
    gtk_widget_set_visible (active, FALSE);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- keys -------------------------------------------------------------------------------------- */

/* Tab accepts and goes on to the next value of the card. */
static void
edit_next (HearthCanvas *self,
           int step)
{
  g_autofree char *node_id = g_strdup (self->editor.node_id);
  HearthCardRow *here = get_row (self);
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

      if (row->kind == HEARTH_ROW_PLAIN || row->kind == HEARTH_ROW_SWITCH)
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
  HearthCardRow *row = get_row (self);
  g_autoptr (HearthValue) value = NULL;
  g_autofree char *text = NULL;
  g_autofree char *next = NULL;
  double step;

  if (editor->kind != HEARTH_ROW_NUMBER || row == NULL)
    return FALSE;
  text = dup_text (editor);
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

static void
add_editor (HearthCanvas *self,
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

static GtkWidget *
get_text (HearthCanvas *self)
{
  if (self->editor.text == NULL)
    {
      self->editor.text = gtk_text_new ();
      add_editor (self, self->editor.text, self->editor.text);
    }
  return self->editor.text;
}

static GtkWidget *
get_area (HearthCanvas *self)
{
  if (self->editor.area == NULL)
    {
      GtkWidget *view = gtk_text_view_new ();

      gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
      gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 6);
      gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 6);
      gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 4);
      gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
      self->editor.area = gtk_scrolled_window_new ();
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->editor.area), view);
      add_editor (self, self->editor.area, view);
    }
  return self->editor.area;
}

/* --- choices --------------------------------------------------------------------------------------- */

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
  HearthCardRow *row = get_row (self);
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

static void
open_choice (HearthCanvas *self,
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

/* --- opening ---------------------------------------------------------------------------------------- */

/* Small cards come near first. */
static void
make_readable (HearthCanvas *self,
               HearthCard *card)
{
  graphene_rect_t bounds;
  double x, y;

  hearth_card_get_bounds (card, &bounds);
  if (self->viewport.zoom < EDIT_ZOOM)
    {
      hearth_viewport_to_widget (&self->viewport, bounds.origin.x + bounds.size.width / 2,
                                 bounds.origin.y + bounds.size.height / 2, &x, &y);
      hearth_canvas_set_zoom (self, 1, x, y);
    }
  hearth_viewport_reveal (&self->viewport, bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height,
                          gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)), 8);
  hearth_canvas_view_changed (self);
}

static void
open_text (HearthCanvas *self,
           const char *text,
           gboolean is_number,
           const char *label)
{
  GtkWidget *widget = get_text (self);

  self->editor.active = widget;
  gtk_editable_set_text (GTK_EDITABLE (widget), text);
  gtk_editable_set_alignment (GTK_EDITABLE (widget), is_number ? 1 : 0);
  gtk_text_set_input_purpose (GTK_TEXT (widget), is_number ? GTK_INPUT_PURPOSE_NUMBER : GTK_INPUT_PURPOSE_FREE_FORM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (widget, TRUE);
  gtk_widget_grab_focus (widget);
  gtk_editable_select_region (GTK_EDITABLE (widget), 0, -1);
}

static void
open_area (HearthCanvas *self,
           const char *text,
           const char *label)
{
  GtkWidget *area = get_area (self);
  GtkWidget *view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (area));

  self->editor.active = area;
  self->editor.rect.size.height = MAX (self->editor.rect.size.height, AREA_MIN_HEIGHT);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (area, TRUE);
  gtk_widget_grab_focus (view);
}

static void
toggle (HearthCanvas *self,
        const char *node_id,
        HearthCardRow *row)
{
  g_autoptr (HearthValue) value = hearth_value_boolean (!row->on);
  g_autofree char *key = g_strdup (row->key);

  hearth_canvas_store_value (self, node_id, key, row->side == HEARTH_SIDE_CONFIG, value);
}

gboolean
hearth_canvas_edit_value (HearthCanvas *self,
                          const char *node_id,
                          const char *key,
                          gboolean is_config)
{
  HearthCard *card = hearth_canvas_get_card (self, node_id);
  HearthCardData *data = card != NULL ? hearth_card_get_data (card) : NULL;
  HearthCardRow *row;
  HearthNode *node;
  g_autofree char *text = NULL;

  if (data == NULL || !hearth_canvas_edit_accept (self))
    return FALSE;
  data = hearth_card_get_data (card);
  row = is_config ? hearth_card_data_find_config (data, key) : hearth_card_data_find_row (data, key, FALSE);
  if (row == NULL || row->slot == NULL || row->kind == HEARTH_ROW_PLAIN)
    return FALSE;
  if (row->kind == HEARTH_ROW_SWITCH)
    {
      toggle (self, node_id, row);
      return TRUE;
    }
  make_readable (self, card);
  node = hearth_graph_get_node (self->graph, node_id);
  text = hearth_canvas_value_to_text (hearth_card_rows_get_value (node, row->slot, is_config), row->slot);
  self->editor.node_id = g_strdup (data->id);
  self->editor.key = g_strdup (row->key);
  self->editor.is_config = is_config;
  self->editor.kind = row->kind;
  hearth_card_layout_get_value_rect (data, row, &self->editor.rect);
  if (row->kind == HEARTH_ROW_CHOICE)
    open_choice (self, row);
  else if (row->kind == HEARTH_ROW_AREA)
    open_area (self, text, row->title);
  else
    open_text (self, text, row->kind == HEARTH_ROW_NUMBER, row->title);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return TRUE;
}

gboolean
hearth_canvas_edit_first (HearthCanvas *self,
                          const char *node_id)
{
  HearthCard *card = hearth_canvas_get_card (self, node_id);

  for (guint i = 0; card != NULL && i < hearth_card_get_data (card)->rows->len; i++)
    {
      HearthCardRow *row = g_ptr_array_index (hearth_card_get_data (card)->rows, i);

      if (row->kind != HEARTH_ROW_PLAIN)
        return hearth_canvas_edit_value (self, node_id, row->key, row->side == HEARTH_SIDE_CONFIG);
    }
  return FALSE;
}

void
hearth_canvas_edit_title (HearthCanvas *self,
                          const char *node_id)
{
  HearthCard *card = hearth_canvas_get_card (self, node_id);

  if (card == NULL || !hearth_canvas_edit_accept (self))
    return;
  make_readable (self, card);
  self->editor.node_id = g_strdup (hearth_card_get_data (card)->id);
  self->editor.is_config = FALSE;
  self->editor.kind = HEARTH_ROW_TEXT;
  hearth_card_layout_get_title_rect (hearth_card_get_data (card), &self->editor.rect);
  open_text (self, hearth_card_get_data (card)->title, FALSE, _ ("Name"));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* --- where it is --------------------------------------------------------------------------------------- */

void
hearth_canvas_edit_allocate (HearthCanvas *self)
{
  HearthCanvasEditor *editor = &self->editor;
  HearthCard *card = hearth_canvas_get_card (self, editor->node_id);
  const float padding = editor->active == editor->area ? 1 : 7;
  GskTransform *transform;
  graphene_rect_t bounds;
  int width, height, natural;
  double x, y;

  if (editor->choice != NULL)
    gtk_popover_present (GTK_POPOVER (editor->choice));
  if (card == NULL || editor->active == NULL || editor->active == editor->choice)
    return;
  hearth_card_get_bounds (card, &bounds);
  hearth_viewport_to_widget (&self->viewport, bounds.origin.x + editor->rect.origin.x + padding,
                             bounds.origin.y + editor->rect.origin.y, &x, &y);
  gtk_widget_measure (editor->active, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  width = MAX (width, (int) (editor->rect.size.width - 2 * padding));
  gtk_widget_measure (editor->active, GTK_ORIENTATION_VERTICAL, width, &height, &natural, NULL, NULL);
  height = MAX (height, (int) editor->rect.size.height);
  y -= (height - editor->rect.size.height) / 2 * self->viewport.zoom;
  transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  transform = gsk_transform_scale (transform, (float) self->viewport.zoom, (float) self->viewport.zoom);
  gtk_widget_allocate (editor->active, width, height, -1, transform);
}

void
hearth_canvas_edit_snapshot (HearthCanvas *self,
                             GtkSnapshot *snapshot)
{
  HearthCanvasEditor *editor = &self->editor;
  HearthCard *card = hearth_canvas_get_card (self, editor->node_id);
  graphene_rect_t bounds, rect = editor->rect;
  double x, y;

  if (card == NULL || editor->active == NULL || editor->active == editor->choice)
    return;
  hearth_card_get_bounds (card, &bounds);
  hearth_viewport_to_widget (&self->viewport, bounds.origin.x, bounds.origin.y, &x, &y);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_scale (snapshot, (float) self->viewport.zoom, (float) self->viewport.zoom);
  hearth_card_painter_fill_rounded (snapshot, &rect, 5, &self->palette->card);
  hearth_card_painter_add_border (snapshot, &rect, 5, 2, &self->palette->accent);
  gtk_snapshot_restore (snapshot);
  gtk_widget_snapshot_child (GTK_WIDGET (self), editor->active, snapshot);
}
