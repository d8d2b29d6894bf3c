/* hearth-canvas-pick.c: what lies under the pointer, and what can be said about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include "hearth-i18n.h"

#define WIRE_REACH 6.0
#define DOT_SLACK 3.0

/* @x, @y get the place in the card's own coordinates. */
HearthCard *
hearth_canvas_pick_card (HearthCanvas *self,
                         double wx,
                         double wy,
                         gboolean frames,
                         double *x,
                         double *y)
{
  double slack = DOT_SLACK / self->viewport.zoom;
  double cx, cy;

  hearth_viewport_to_canvas (&self->viewport, wx, wy, &cx, &cy);
  for (guint i = self->order->len; i > 0; i--)
    {
      HearthCard *card = g_ptr_array_index (self->order, i - 1);
      const HearthCardData *data = hearth_card_get_data (card);
      graphene_rect_t bounds;

      if (data->is_frame != frames)
        continue;
      hearth_card_get_bounds (card, &bounds);
      *x = cx - bounds.origin.x;
      *y = cy - bounds.origin.y;
      if (hearth_card_layout_hit (data, *x, *y, slack, NULL) != HEARTH_PART_NONE)
        return card;
    }
  return NULL;
}

static HearthEdge *
pick_wire (HearthCanvas *self,
           double wx,
           double wy)
{
  g_autoptr (GPtrArray) edges = g_ptr_array_new ();
  g_autoptr (GArray) marks = hearth_canvas_list_wires (self, edges);
  graphene_point_t point = GRAPHENE_POINT_INIT ((float) wx, (float) wy);
  HearthEdge *found = NULL;
  double best = WIRE_REACH;

  for (guint i = 0; i < marks->len; i++)
    {
      const HearthWire *line = &g_array_index (marks, HearthWireMark, i).line;
      graphene_rect_t bounds;
      double distance;

      hearth_wire_get_bounds (line, WIRE_REACH, &bounds);
      if (!graphene_rect_contains_point (&bounds, &point))
        continue;
      distance = hearth_wire_get_distance (line, wx, wy);
      if (distance >= best)
        continue;
      best = distance;
      found = g_ptr_array_index (edges, i);
    }
  return found;
}

static void
fill_hit (HearthCanvas *self,
          HearthCard *card,
          double x,
          double y,
          HearthHit *hit)
{
  static const HearthHitKind kinds[] = {
    [HEARTH_PART_NONE] = HEARTH_HIT_CARD,   [HEARTH_PART_HEADER] = HEARTH_HIT_CARD,
    [HEARTH_PART_BODY] = HEARTH_HIT_CARD,   [HEARTH_PART_DOT] = HEARTH_HIT_DOT,
    [HEARTH_PART_VALUE] = HEARTH_HIT_VALUE, [HEARTH_PART_ROW] = HEARTH_HIT_CARD,
    [HEARTH_PART_SOURCE] = HEARTH_HIT_SOURCE, [HEARTH_PART_RESIZE] = HEARTH_HIT_RESIZE,
  };
  const HearthCardData *data = hearth_card_get_data (card);
  HearthCardRow *row = NULL;
  HearthCardPart part = hearth_card_layout_hit (data, x, y, DOT_SLACK / self->viewport.zoom, &row);

  hit->kind = kinds[part];
  hit->node_id = data->id;
  hit->selected = hearth_card_is_selected (card);
  /* The details of a card cannot be aimed at where they are not drawn */
  if (self->lod < HEARTH_LOD_TEXT && (hit->kind == HEARTH_HIT_VALUE || hit->kind == HEARTH_HIT_SOURCE))
    hit->kind = HEARTH_HIT_CARD;
  if (row == NULL)
    return;
  hit->key = row->key;
  hit->edge_id = row->side == HEARTH_SIDE_INPUT || row->side == HEARTH_SIDE_SOURCE ? row->edge_id : NULL;
  hit->index = row->index;
  hit->is_output = row->side == HEARTH_SIDE_OUTPUT;
  hit->is_config = row->side == HEARTH_SIDE_CONFIG;
}

void
hearth_canvas_pick (HearthCanvas *self,
                    double wx,
                    double wy,
                    HearthHit *hit)
{
  HearthCard *card;
  HearthEdge *edge;
  double x, y;

  *hit = (HearthHit){ .kind = HEARTH_HIT_VOID, .index = -1 };
  card = hearth_canvas_pick_card (self, wx, wy, FALSE, &x, &y);
  if (card != NULL)
    {
      fill_hit (self, card, x, y, hit);
      return;
    }
  edge = pick_wire (self, wx, wy);
  if (edge != NULL)
    {
      hit->kind = HEARTH_HIT_WIRE;
      hit->edge_id = edge->id;
      return;
    }
  card = hearth_canvas_pick_card (self, wx, wy, TRUE, &x, &y);
  /* The inside of a frame is canvas: rubber bands start there */
  if (card != NULL && hearth_card_layout_hit (hearth_card_get_data (card), x, y, 0, NULL) != HEARTH_PART_BODY)
    fill_hit (self, card, x, y, hit);
}

/* --- tooltips -------------------------------------------------------------------------- */

static char *
dup_row_tip (const HearthCardRow *row)
{
  const char *type = hearth_data_type_to_string (row->type);
  GString *tip = g_string_new (NULL);

  g_string_append_printf (tip, "%s (%s%s)", row->title, type,
                          row->shape == HEARTH_DOT_STREAM ? _ (", stream") : "");
  if (row->slot != NULL && row->slot->description != NULL && *row->slot->description != '\0')
    g_string_append_printf (tip, "\n%s", row->slot->description);
  if (row->side == HEARTH_SIDE_OUTPUT && row->value != NULL)
    g_string_append_printf (tip, "\n%s", row->value);
  return g_string_free (tip, FALSE);
}

static void
add_line (GString *tip,
          const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (tip->len > 0)
    g_string_append_c (tip, '\n');
  g_string_append (tip, line);
}

/* What is wrong goes first, then why it stands as it does, then what it is. */
static char *
dup_header_tip (const HearthCardData *data)
{
  GString *tip = g_string_new (NULL);
  g_autofree char *why = NULL;

  add_line (tip, hearth_card_data_get_notice (data));
  add_line (tip, data->problem);
  if (data->why != NULL && data->reused)
    why = g_strdup_printf (_ ("Reused: %s"), data->why);
  else if (data->why != NULL && data->state != HEARTH_CARD_SKIPPED)
    why = g_strdup_printf (_ ("Ran: %s"), data->why);
  add_line (tip, why != NULL ? why : data->why);
  if (data->pinned)
    add_line (tip, _ ("Pinned: it does not run and keeps the result it has."));
  if (tip->len == 0)
    add_line (tip, data->description);
  return g_string_free (tip, FALSE);
}

static char *
dup_tip (HearthCard *card,
         double x,
         double y)
{
  const HearthCardData *data = hearth_card_get_data (card);
  HearthCardRow *row = NULL;

  switch (hearth_card_layout_hit (data, x, y, 0, &row))
    {
    case HEARTH_PART_HEADER:
      return dup_header_tip (data);
    case HEARTH_PART_DOT:
    case HEARTH_PART_ROW:
      return dup_row_tip (row);
    case HEARTH_PART_SOURCE:
      return g_strdup (row->title);
    case HEARTH_PART_BODY:
      return y < data->rows_y ? g_strdup (hearth_card_data_get_notice (data)) : NULL;
    case HEARTH_PART_NONE:
    case HEARTH_PART_VALUE:
    case HEARTH_PART_RESIZE:
    default:
      return NULL;
    }
}

gboolean
hearth_canvas_query_tooltip_cb (GtkWidget *widget,
                                int x,
                                int y,
                                gboolean keyboard,
                                GtkTooltip *tooltip,
                                gpointer user_data)
{
  HearthCanvas *self = HEARTH_CANVAS (widget);
  g_autofree char *text = NULL;
  HearthCard *card;
  double cx, cy;

  if (keyboard || self->connect.active || self->moving != NULL || hearth_canvas_is_editing (self)
      || (self->menu != NULL && gtk_widget_get_visible (self->menu)))
    return FALSE;
  card = hearth_canvas_pick_card (self, x, y, FALSE, &cx, &cy);
  if (card == NULL)
    return FALSE;
  text = dup_tip (card, cx, cy);
  if (text == NULL || *text == '\0')
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}
