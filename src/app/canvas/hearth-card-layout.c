/* hearth-card-layout.c: where everything on a card is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-card-layout.h"

#include <math.h>

#define PADDING 6
#define AREA_HEIGHT 60
#define ERROR_LINE 17
#define ERROR_CHAR 8.2
#define STREAM_HEIGHT 78
#define TEXT_SHARE 0.44
#define NUMBER_SHARE 0.56
#define DOT_REACH 10
#define RESIZE_REACH 5
#define RESIZE_CORNER 16

/* Text is not measured here: the geometry must not depend on fonts. Three lines hold nearly every
 * sentence, the tooltip holds the rest. */
static double
get_error_height (const HearthCardData *data)
{
  const char *notice = hearth_card_data_get_notice (data);
  double lines;

  if (notice == NULL)
    return 0;
  lines = ceil (g_utf8_strlen (notice, -1) * ERROR_CHAR / (data->width - 2 * HEARTH_CARD_MARGIN));
  return CLAMP (lines, 1, HEARTH_ERROR_LINES) * ERROR_LINE + 12;
}

static double
get_row_height (const HearthCardRow *row)
{
  if (row->side == HEARTH_SIDE_SOURCE)
    return HEARTH_SOURCE_ROW;
  if (row->kind == HEARTH_ROW_AREA)
    return HEARTH_CARD_ROW + AREA_HEIGHT;
  return HEARTH_CARD_ROW;
}

void
hearth_card_layout_update (HearthCardData *data)
{
  double y;

  g_return_if_fail (data != NULL);

  if (data->is_frame)
    {
      data->height = data->stored_height;
      return;
    }
  y = HEARTH_CARD_HEADER + get_error_height (data) + PADDING;
  data->rows_y = y;
  for (guint i = 0; i < data->rows->len; i++)
    {
      HearthCardRow *row = g_ptr_array_index (data->rows, i);

      row->y = y;
      row->height = get_row_height (row);
      y += row->height;
    }
  data->stream_y = y;
  if (data->stream_text != NULL)
    y += STREAM_HEIGHT;
  data->height = y + PADDING;
}

static const HearthCardRow *
find_multi_of (const HearthCardData *data,
               const HearthCardRow *source)
{
  return hearth_card_data_find_row (data, source->key, FALSE);
}

gboolean
hearth_card_layout_get_anchor (const HearthCardData *data,
                               const HearthCardRow *row,
                               double *x,
                               double *y)
{
  const HearthCardRow *owner;

  g_return_val_if_fail (data != NULL && row != NULL, FALSE);

  owner = row->side == HEARTH_SIDE_SOURCE ? find_multi_of (data, row) : row;
  if (owner == NULL || owner->shape == HEARTH_DOT_NONE)
    return FALSE;
  *x = row->side == HEARTH_SIDE_OUTPUT ? data->width : 0;
  *y = row->y + (row->side == HEARTH_SIDE_SOURCE ? HEARTH_SOURCE_ROW : HEARTH_CARD_ROW) / 2.0;
  return TRUE;
}

void
hearth_card_layout_get_bar (const HearthCardData *data,
                            const HearthCardRow *row,
                            graphene_rect_t *bar)
{
  double top, bottom;

  g_return_if_fail (data != NULL && row != NULL && bar != NULL);

  top = row->y + 5;
  bottom = row->y + HEARTH_CARD_ROW - 5 + row->n_sources * HEARTH_SOURCE_ROW;
  graphene_rect_init (bar, (row->side == HEARTH_SIDE_OUTPUT ? (float) data->width : 0.f) - 3.5f, (float) top, 7.f,
                      (float) (bottom - top));
}

void
hearth_card_layout_get_value_rect (const HearthCardData *data,
                                   const HearthCardRow *row,
                                   graphene_rect_t *rect)
{
  double left, width;

  g_return_if_fail (data != NULL && row != NULL && rect != NULL);

  if (row->kind == HEARTH_ROW_AREA)
    {
      graphene_rect_init (rect, 10, (float) row->y + HEARTH_CARD_ROW - 2, (float) data->width - 20, AREA_HEIGHT - 2);
      return;
    }
  if (row->kind == HEARTH_ROW_BUTTON)
    {
      graphene_rect_init (rect, 10, (float) row->y + 2, (float) data->width - 20, HEARTH_CARD_ROW - 4);
      return;
    }
  left = floor (data->width * (row->kind == HEARTH_ROW_NUMBER ? NUMBER_SHARE : TEXT_SHARE));
  width = data->width - left - 10;
  if (row->kind == HEARTH_ROW_SWITCH)
    {
      left = data->width - 10 - 34;
      width = 34;
    }
  graphene_rect_init (rect, (float) left, (float) row->y + 2, (float) width, HEARTH_CARD_ROW - 4);
}

void
hearth_card_layout_get_title_rect (const HearthCardData *data,
                                   graphene_rect_t *rect)
{
  double left;

  g_return_if_fail (data != NULL && rect != NULL);

  left = data->icon != NULL ? HEARTH_CARD_MARGIN + 22 : HEARTH_CARD_MARGIN;
  graphene_rect_init (rect, (float) left, 4, (float) MAX (data->width - left - HEARTH_CARD_MARGIN, 20),
                      HEARTH_CARD_HEADER - 8);
}

void
hearth_card_layout_get_error_rect (const HearthCardData *data,
                                   graphene_rect_t *rect)
{
  g_return_if_fail (data != NULL && rect != NULL);

  graphene_rect_init (rect, 0, HEARTH_CARD_HEADER, (float) data->width, (float) get_error_height (data));
}

void
hearth_card_layout_get_stream_rect (const HearthCardData *data,
                                    graphene_rect_t *rect)
{
  g_return_if_fail (data != NULL && rect != NULL);

  graphene_rect_init (rect, 10, (float) data->stream_y + 2, (float) data->width - 20, STREAM_HEIGHT - 4);
}

/* --- hits ---------------------------------------------------------------------- */

static gboolean
row_has_dot_at (const HearthCardData *data,
                const HearthCardRow *row,
                double x,
                double y,
                double reach)
{
  double ax, ay;

  if (!hearth_card_layout_get_anchor (data, row, &ax, &ay))
    return FALSE;
  if (row->shape == HEARTH_DOT_MULTI)
    return fabs (x - ax) <= reach && fabs (y - ay) <= HEARTH_CARD_ROW / 2.0;
  return fabs (x - ax) <= reach && fabs (y - ay) <= MIN (reach, row->height / 2.0);
}

static HearthCardPart
hit_row (const HearthCardData *data,
         HearthCardRow *row,
         double x,
         double y,
         double slack)
{
  graphene_rect_t value;
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) x, (float) y);

  if (row_has_dot_at (data, row, x, y, DOT_REACH + slack))
    return HEARTH_PART_DOT;
  if (x < 0 || x > data->width || y < row->y || y >= row->y + row->height)
    return HEARTH_PART_NONE;
  if (row->side == HEARTH_SIDE_SOURCE)
    return HEARTH_PART_SOURCE;
  hearth_card_layout_get_value_rect (data, row, &value);
  if (row->kind != HEARTH_ROW_PLAIN && graphene_rect_contains_point (&value, &point))
    return HEARTH_PART_VALUE;
  return HEARTH_PART_ROW;
}

static HearthCardPart
hit_frame (const HearthCardData *data,
           double x,
           double y,
           double slack)
{
  if (x < 0 || y < 0 || x > data->width || y > data->height)
    return HEARTH_PART_NONE;
  if (x >= data->width - RESIZE_CORNER - slack && y >= data->height - RESIZE_CORNER - slack)
    return HEARTH_PART_RESIZE;
  return y <= HEARTH_CARD_HEADER ? HEARTH_PART_HEADER : HEARTH_PART_BODY;
}

static gboolean
is_inside (const HearthCardData *data,
           double x,
           double y)
{
  return x >= 0 && y >= 0 && x <= data->width && y <= data->height;
}

HearthCardPart
hearth_card_layout_hit (const HearthCardData *data,
                        double x,
                        double y,
                        double slack,
                        HearthCardRow **row_out)
{
  g_return_val_if_fail (data != NULL, HEARTH_PART_NONE);

  if (row_out != NULL)
    *row_out = NULL;
  if (data->is_frame)
    return hit_frame (data, x, y, slack);
  for (guint i = 0; i < data->rows->len; i++)
    {
      HearthCardRow *row = g_ptr_array_index (data->rows, i);
      HearthCardPart part = hit_row (data, row, x, y, slack);

      if (part == HEARTH_PART_NONE)
        continue;
      if (row_out != NULL)
        *row_out = row;
      if (part == HEARTH_PART_ROW && x >= data->width - RESIZE_REACH)
        break;
      return part;
    }
  if (!is_inside (data, x, y))
    return HEARTH_PART_NONE;
  if (x >= data->width - RESIZE_REACH - slack && y > HEARTH_CARD_HEADER)
    return HEARTH_PART_RESIZE;
  return y <= HEARTH_CARD_HEADER ? HEARTH_PART_HEADER : HEARTH_PART_BODY;
}

double
hearth_card_layout_snap (double value)
{
  return round (value / HEARTH_GRID) * HEARTH_GRID;
}
