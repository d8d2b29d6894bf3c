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

HearthCardRow *
hearth_canvas_edit_get_row (HearthCanvas *self)
{
  HearthCanvasEditor *editor = &self->editor;
  HearthCard *card = hearth_canvas_get_card (self, editor->node_id);

  if (card == NULL || editor->key == NULL)
    return NULL;
  return editor->is_config ? hearth_card_data_find_config (hearth_card_get_data (card), editor->key)
                           : hearth_card_data_find_row (hearth_card_get_data (card), editor->key, FALSE);
}

/* --- what was typed ------------------------------------------------------------------------ */

char *
hearth_canvas_edit_dup_text (HearthCanvas *self)
{
  HearthCanvasEditor *editor = &self->editor;
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
  HearthCardRow *row = hearth_canvas_edit_get_row (self);
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
      text = hearth_canvas_edit_dup_text (self);
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

/* --- the widgets ---------------------------------------------------------------------- */

static GtkWidget *
get_text (HearthCanvas *self)
{
  if (self->editor.text == NULL)
    {
      self->editor.text = gtk_text_new ();
      hearth_canvas_edit_add_widget (self, self->editor.text, self->editor.text);
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
      hearth_canvas_edit_add_widget (self, self->editor.area, view);
    }
  return self->editor.area;
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
  gtk_text_set_visibility (GTK_TEXT (widget), TRUE);
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
  if (row->kind == HEARTH_ROW_BUTTON)
    {
      hearth_canvas_press_trigger (self, node_id, key);
      return TRUE;
    }
  if (row->kind == HEARTH_ROW_FILE)
    {
      hearth_canvas_select_one (self, node_id, FALSE);
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
    hearth_canvas_edit_open_choice (self, row);
  else if (row->kind == HEARTH_ROW_AREA)
    open_area (self, text, row->title);
  else
    open_text (self, text, row->kind == HEARTH_ROW_NUMBER, row->title);
  if (row->slot != NULL && hearth_slot_is (row->slot, SECRET) && self->editor.text != NULL)
    gtk_text_set_visibility (GTK_TEXT (self->editor.text), FALSE);
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

      if (row->kind != HEARTH_ROW_PLAIN && row->kind != HEARTH_ROW_BUTTON && row->kind != HEARTH_ROW_FILE)
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
