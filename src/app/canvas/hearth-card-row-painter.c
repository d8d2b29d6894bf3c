/* hearth-card-row-painter.c: draws the rows of a card: dots, names, values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card-painter.h"

#include "hearth-card-icon.h"

#define ROW_SCALE 0.9
#define SMALL_SCALE 0.86
#define SOURCE_INDENT 26

/* --- dots ---------------------------------------------------------------------------- */

/* Hollow with four gaps: "anything goes here". */
static void
add_ring (GtkSnapshot *snapshot,
          double x,
          double y,
          const GdkRGBA *color,
          const GdkRGBA *inside,
          gboolean filled)
{
  const double r = HEARTH_DOT_RADIUS;
  const double dash = 2 * G_PI * r / 8;
  const double dashes[] = { dash * 1.3, dash * 0.7 };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) x, (float) y, 0, 0);
  cairo_t *cr;

  graphene_rect_inset (&bounds, -HEARTH_DOT_RADIUS - 2, -HEARTH_DOT_RADIUS - 2);
  cr = hearth_card_painter_begin_cairo (snapshot, &bounds);
  cairo_arc (cr, x, y, r, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, inside);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_stroke (cr);
  if (filled)
    {
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_arc (cr, x, y, r - 2.5, 0, 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
add_disc (GtkSnapshot *snapshot,
          double x,
          double y,
          double r,
          const GdkRGBA *color)
{
  graphene_rect_t rect = GRAPHENE_RECT_INIT ((float) (x - r), (float) (y - r), (float) (2 * r), (float) (2 * r));

  hearth_card_painter_fill_rounded (snapshot, &rect, (float) r, color);
}

static void
add_double_line (GtkSnapshot *snapshot,
                 double x,
                 double y,
                 const GdkRGBA *color,
                 const GdkRGBA *around)
{
  graphene_rect_t back = GRAPHENE_RECT_INIT ((float) x - 6, (float) y - 7, 12, 14);
  graphene_rect_t line = GRAPHENE_RECT_INIT ((float) x - 4, (float) y - 5, 3, 10);

  hearth_card_painter_fill_rounded (snapshot, &back, 4, around);
  hearth_card_painter_fill_rounded (snapshot, &line, 1.5, color);
  graphene_rect_offset (&line, 5, 0);
  hearth_card_painter_fill_rounded (snapshot, &line, 1.5, color);
}

static void
add_halo (GtkSnapshot *snapshot,
          double x,
          double y,
          const GdkRGBA *color)
{
  GdkRGBA halo = hearth_canvas_palette_fade (color, 0.35f);

  add_disc (snapshot, x, y, HEARTH_DOT_RADIUS + 5, &halo);
}

void
hearth_card_painter_add_dot (GtkSnapshot *snapshot,
                             const HearthCardData *data,
                             const HearthCardRow *row,
                             const HearthCardStyle *style)
{
  const HearthCanvasPalette *palette = style->palette;
  const GdkRGBA *color = hearth_canvas_palette_get_type_color (palette, row->type);
  graphene_rect_t bar;
  double x, y;

  if (row->side == HEARTH_SIDE_SOURCE || !hearth_card_layout_get_anchor (data, row, &x, &y))
    return;
  if (row->fit == HEARTH_FIT_NO)
    gtk_snapshot_push_opacity (snapshot, 0.35);
  if (row->fit == HEARTH_FIT_YES)
    add_halo (snapshot, x, y, color);
  switch (row->shape)
    {
    case HEARTH_DOT_ANY:
      add_ring (snapshot, x, y, color, &palette->card, row->connected);
      break;
    case HEARTH_DOT_MULTI:
      hearth_card_layout_get_bar (data, row, &bar);
      hearth_card_painter_fill_rounded (snapshot, &bar, 3.5, color);
      break;
    case HEARTH_DOT_STREAM:
      add_double_line (snapshot, x, y, color, &palette->card);
      break;
    case HEARTH_DOT_VALUE:
    case HEARTH_DOT_NONE:
    default:
      add_disc (snapshot, x, y, HEARTH_DOT_RADIUS, color);
      break;
    }
  if (row->fit == HEARTH_FIT_NO)
    gtk_snapshot_pop (snapshot);
}

/* --- values --------------------------------------------------------------------------- */

static void
add_switch (GtkSnapshot *snapshot,
            const graphene_rect_t *box,
            const HearthCardRow *row,
            const HearthCanvasPalette *palette)
{
  GdkRGBA off = hearth_canvas_palette_fade (&palette->text, 0.22f);
  const GdkRGBA knob = { 1, 1, 1, 1 };
  graphene_rect_t track = GRAPHENE_RECT_INIT (box->origin.x, box->origin.y + 2, 34, 18);

  hearth_card_painter_fill_rounded (snapshot, &track, 9, row->on ? &palette->accent : &off);
  add_disc (snapshot, track.origin.x + (row->on ? 25 : 9), track.origin.y + 9, 7, &knob);
}

static void
add_value_text (GtkSnapshot *snapshot,
                const graphene_rect_t *box,
                const HearthCardRow *row,
                const HearthCardStyle *style)
{
  const GdkRGBA *color = row->hint ? &style->palette->dim_text : &style->palette->text;
  g_autoptr (PangoLayout) layout = NULL;

  if (row->value == NULL)
    return;
  layout = hearth_card_painter_new_layout (style->context, row->value, ROW_SCALE, PANGO_WEIGHT_NORMAL, box->size.width);
  hearth_card_painter_add_text (snapshot, layout, box, row->kind == HEARTH_ROW_NUMBER ? 1 : 0, color);
}

static void
add_area (GtkSnapshot *snapshot,
          graphene_rect_t *box,
          const HearthCardRow *row,
          const HearthCardStyle *style)
{
  const GdkRGBA *color = row->hint ? &style->palette->dim_text : &style->palette->text;
  g_autoptr (PangoLayout) layout = NULL;

  graphene_rect_inset (box, 8, 5);
  layout = hearth_card_painter_new_layout (style->context, row->value, SMALL_SCALE, PANGO_WEIGHT_NORMAL, 0);
  pango_layout_set_single_paragraph_mode (layout, FALSE);
  pango_layout_set_width (layout, (int) (box->size.width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  gtk_snapshot_push_clip (snapshot, box);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &box->origin);
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
add_value (GtkSnapshot *snapshot,
           const HearthCardData *data,
           const HearthCardRow *row,
           const HearthCardStyle *style)
{
  graphene_rect_t box;

  hearth_card_layout_get_value_rect (data, row, &box);
  if (row->kind == HEARTH_ROW_SWITCH)
    {
      add_switch (snapshot, &box, row, style->palette);
      return;
    }
  hearth_card_painter_fill_rounded (snapshot, &box, 5, &style->palette->field);
  if (row->kind == HEARTH_ROW_AREA)
    {
      add_area (snapshot, &box, row, style);
      return;
    }
  graphene_rect_inset (&box, 8, 0);
  if (row->kind == HEARTH_ROW_CHOICE)
    {
      hearth_card_icon_snapshot (snapshot, HEARTH_CARD_ICON_ARROW_DOWN,
                                 &GRAPHENE_POINT_INIT (box.origin.x + box.size.width - 8, box.origin.y + 6), 10,
                                 &style->palette->dim_text);
      box.size.width -= 14;
    }
  add_value_text (snapshot, &box, row, style);
}

static void
add_button (GtkSnapshot *snapshot,
            const HearthCardData *data,
            const HearthCardRow *row,
            const HearthCardStyle *style)
{
  g_autoptr (PangoLayout) title = NULL;
  graphene_rect_t box;

  hearth_card_layout_get_value_rect (data, row, &box);
  hearth_card_painter_fill_rounded (snapshot, &box, 5, &style->palette->field);
  hearth_card_painter_add_border (snapshot, &box, 5, 1, &style->palette->border);
  title = hearth_card_painter_new_layout (style->context, row->title, ROW_SCALE, PANGO_WEIGHT_SEMIBOLD,
                                          box.size.width - 12);
  hearth_card_painter_add_text (snapshot, title, &box, 0.5, &style->palette->text);
}

/* --- rows ------------------------------------------------------------------------------ */

static void
add_output (GtkSnapshot *snapshot,
            const HearthCardData *data,
            const HearthCardRow *row,
            const HearthCardStyle *style)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT (14, (float) row->y, (float) data->width - 28, HEARTH_CARD_ROW);
  g_autoptr (PangoLayout) title = NULL;
  g_autoptr (PangoLayout) value = NULL;
  PangoRectangle logical;

  title = hearth_card_painter_new_layout (style->context, row->title, ROW_SCALE, PANGO_WEIGHT_NORMAL,
                                          row->value != NULL ? box.size.width * 0.55 : box.size.width);
  hearth_card_painter_add_text (snapshot, title, &box, 1, &style->palette->text);
  if (row->value == NULL)
    return;
  pango_layout_get_pixel_extents (title, NULL, &logical);
  box.size.width -= (float) logical.width + 10;
  value = hearth_card_painter_new_layout (style->context, row->value, ROW_SCALE, PANGO_WEIGHT_NORMAL, box.size.width);
  hearth_card_painter_add_text (snapshot, value, &box, 0, &style->palette->dim_text);
}

static void
add_input (GtkSnapshot *snapshot,
           const HearthCardData *data,
           const HearthCardRow *row,
           const HearthCardStyle *style)
{
  gboolean is_dim = row->kind != HEARTH_ROW_PLAIN;
  graphene_rect_t box = GRAPHENE_RECT_INIT (14, (float) row->y, (float) data->width - 28, HEARTH_CARD_ROW);
  graphene_rect_t value;
  g_autoptr (PangoLayout) title = NULL;

  if (row->kind != HEARTH_ROW_PLAIN && row->kind != HEARTH_ROW_AREA)
    {
      hearth_card_layout_get_value_rect (data, row, &value);
      box.size.width = value.origin.x - 14 - 8;
    }
  title = hearth_card_painter_new_layout (style->context, row->title, ROW_SCALE, PANGO_WEIGHT_NORMAL, box.size.width);
  hearth_card_painter_add_text (snapshot, title, &box, 0, is_dim ? &style->palette->dim_text : &style->palette->text);
  if (row->kind != HEARTH_ROW_PLAIN)
    add_value (snapshot, data, row, style);
}

static void
add_source (GtkSnapshot *snapshot,
            const HearthCardData *data,
            const HearthCardRow *row,
            const HearthCardStyle *style)
{
  g_autofree char *number = g_strdup_printf ("%d", row->index + 1);
  graphene_rect_t number_box = GRAPHENE_RECT_INIT (12, (float) row->y, 14, (float) row->height);
  graphene_rect_t box = GRAPHENE_RECT_INIT (SOURCE_INDENT + 4, (float) row->y,
                                            (float) data->width - SOURCE_INDENT - 4 - HEARTH_CARD_MARGIN,
                                            (float) row->height);
  g_autoptr (PangoLayout) digits
      = hearth_card_painter_new_layout (style->context, number, SMALL_SCALE, PANGO_WEIGHT_NORMAL, 0);
  g_autoptr (PangoLayout) title
      = hearth_card_painter_new_layout (style->context, row->title, SMALL_SCALE, PANGO_WEIGHT_NORMAL, box.size.width);

  hearth_card_painter_add_text (snapshot, digits, &number_box, 1, &style->palette->dim_text);
  hearth_card_painter_add_text (snapshot, title, &box, 0, &style->palette->dim_text);
}

void
hearth_card_painter_add_rows (GtkSnapshot *snapshot,
                              const HearthCardData *data,
                              const HearthCardStyle *style)
{
  for (guint i = 0; i < data->rows->len; i++)
    {
      const HearthCardRow *row = g_ptr_array_index (data->rows, i);

      if (row->side == HEARTH_SIDE_OUTPUT)
        add_output (snapshot, data, row, style);
      else if (row->side == HEARTH_SIDE_SOURCE)
        add_source (snapshot, data, row, style);
      else if (row->kind == HEARTH_ROW_BUTTON)
        add_button (snapshot, data, row, style);
      else
        add_input (snapshot, data, row, style);
      hearth_card_painter_add_dot (snapshot, data, row, style);
    }
}
