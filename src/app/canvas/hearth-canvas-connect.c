/* hearth-canvas-connect.c: drawing a wire, re-plugging one, dropping it into the void
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-canvas-private.h"

#include <math.h>

#include "hearth-i18n.h"

/* --- what fits ------------------------------------------------------------------------- */

static char *
why_not (HearthCanvas *self,
         const char *node_id,
         const char *key)
{
  HearthCanvasConnect *connect = &self->connect;

  if (connect->is_output)
    return hearth_graph_why_not_connect (self->graph, connect->node_id, connect->key, node_id, key);
  return hearth_graph_why_not_connect (self->graph, node_id, key, connect->node_id, connect->key);
}

static HearthFit
judge_row (HearthCanvas *self,
           const HearthCardData *data,
           const HearthCardRow *row)
{
  HearthRowSide wanted = self->connect.is_output ? HEARTH_SIDE_INPUT : HEARTH_SIDE_OUTPUT;
  g_autofree char *why = NULL;

  if (row->side != wanted || row->shape == HEARTH_DOT_NONE)
    return row->side == HEARTH_SIDE_SOURCE ? HEARTH_FIT_UNKNOWN : HEARTH_FIT_NO;
  why = why_not (self, data->id, row->key);
  return why == NULL ? HEARTH_FIT_YES : HEARTH_FIT_NO;
}

/* Lights up legal ends and fades cards that have none. */
static void
mark_fits (HearthCanvas *self)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      HearthCardData *data = hearth_card_get_data (card);
      gboolean is_start = g_str_equal (data->id, self->connect.node_id);
      gboolean any = is_start || data->is_frame;

      for (guint j = 0; j < data->rows->len; j++)
        {
          HearthCardRow *row = g_ptr_array_index (data->rows, j);

          row->fit = judge_row (self, data, row);
          if (is_start && g_str_equal (row->key, self->connect.key))
            row->fit = HEARTH_FIT_UNKNOWN;
          any = any || row->fit == HEARTH_FIT_YES;
        }
      hearth_card_set_faded (card, !any);
      gtk_widget_queue_draw (GTK_WIDGET (card));
    }
}

static void
clear_fits (HearthCanvas *self)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      HearthCard *card = g_ptr_array_index (self->order, i);
      HearthCardData *data = hearth_card_get_data (card);

      for (guint j = 0; j < data->rows->len; j++)
        ((HearthCardRow *) g_ptr_array_index (data->rows, j))->fit = HEARTH_FIT_UNKNOWN;
      hearth_card_set_faded (card, FALSE);
      gtk_widget_queue_draw (GTK_WIDGET (card));
    }
}

/* --- where the hand is ---------------------------------------------------------------------- */

static void
set_target (HearthCanvasConnect *connect,
            const char *node_id,
            const char *key,
            int index)
{
  char *id = g_strdup (node_id), *slot = g_strdup (key);

  g_free (connect->target_id);
  g_free (connect->target_key);
  connect->target_id = id;
  connect->target_key = slot;
  connect->target_index = index;
}

/* The whole card is a target: the nearest slot that fits takes the wire. */
static HearthCardRow *
find_nearest_fit (const HearthCardData *data,
                  double y)
{
  HearthCardRow *found = NULL;
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < data->rows->len; i++)
    {
      HearthCardRow *row = g_ptr_array_index (data->rows, i);
      double distance = fabs (y - (row->y + row->height / 2));

      if (row->fit != HEARTH_FIT_YES || distance >= best)
        continue;
      best = distance;
      found = row;
    }
  return found;
}

static void
aim (HearthCanvas *self,
     double wx,
     double wy)
{
  HearthCanvasConnect *connect = &self->connect;
  HearthCardRow *row = NULL;
  HearthCard *card;
  double x, y;

  connect->x = wx;
  connect->y = wy;
  set_target (connect, NULL, NULL, -1);
  card = hearth_canvas_pick_card (self, wx, wy, FALSE, &x, &y);
  if (card != NULL)
    {
      const HearthCardData *data = hearth_card_get_data (card);
      HearthCardRow *under = NULL;

      hearth_card_layout_hit (data, x, y, 0, &under);
      /* A line of a multi-input: the wire goes in before it */
      if (under != NULL && under->side == HEARTH_SIDE_SOURCE && connect->is_output)
        row = hearth_card_data_find_row (data, under->key, FALSE);
      else if (under != NULL && under->fit == HEARTH_FIT_YES)
        row = under;
      else if (under == NULL || under->fit != HEARTH_FIT_NO || under->shape == HEARTH_DOT_NONE)
        row = find_nearest_fit (data, y);
      if (row != NULL && row->fit == HEARTH_FIT_YES)
        set_target (connect, data->id, row->key,
                    under != NULL && under->side == HEARTH_SIDE_SOURCE ? under->index : -1);
    }
  hearth_canvas_invalidate_wires (self);
}

/* --- begin, end ------------------------------------------------------------------------------- */

static void
begin (HearthCanvas *self,
       const char *node_id,
       const char *key,
       gboolean is_output,
       const char *edge_id)
{
  HearthCanvasConnect *connect = &self->connect;

  hearth_canvas_connect_cancel (self);
  connect->active = TRUE;
  connect->node_id = g_strdup (node_id);
  connect->key = g_strdup (key);
  connect->is_output = is_output;
  connect->edge_id = g_strdup (edge_id);
  connect->x = self->pointer_x;
  connect->y = self->pointer_y;
  mark_fits (self);
  hearth_canvas_invalidate_wires (self);
}

static void
begin_replug (HearthCanvas *self,
              const char *edge_id)
{
  HearthEdge *edge = hearth_graph_get_edge (self->graph, edge_id);

  if (edge != NULL)
    begin (self, edge->source, edge->source_handle, TRUE, edge_id);
}

void
hearth_canvas_connect_cancel (HearthCanvas *self)
{
  HearthCanvasConnect *connect = &self->connect;

  if (!connect->active)
    return;
  g_free (connect->node_id);
  g_free (connect->key);
  g_free (connect->edge_id);
  g_free (connect->target_id);
  g_free (connect->target_key);
  *connect = (HearthCanvasConnect){ .target_index = -1 };
  clear_fits (self);
  hearth_canvas_invalidate_wires (self);
}

static gboolean
is_same_place (HearthCanvas *self,
               HearthEdge *edge)
{
  const HearthCanvasConnect *connect = &self->connect;

  return edge != NULL && g_str_equal (edge->target, connect->target_id)
         && (g_str_equal (edge->target_handle, connect->target_key)
             || (g_str_equal (edge->target_key, connect->target_key) && connect->target_index < 0));
}

static void
connect_target (HearthCanvas *self)
{
  HearthCanvasConnect *connect = &self->connect;
  g_autoptr (HearthEdit) edit = NULL;
  g_autoptr (GError) error = NULL;
  const char *source = connect->is_output ? connect->node_id : connect->target_id;
  const char *source_key = connect->is_output ? connect->key : connect->target_key;
  const char *target = connect->is_output ? connect->target_id : connect->node_id;
  const char *target_key = connect->is_output ? connect->target_key : connect->key;

  if (connect->edge_id != NULL && is_same_place (self, hearth_graph_get_edge (self->graph, connect->edge_id)))
    return;
  edit = hearth_edit_new (self->graph, connect->edge_id != NULL ? _ ("Move wire") : _ ("Connect"));
  if (connect->edge_id != NULL)
    hearth_edit_disconnect (edit, connect->edge_id);
  if (hearth_edit_connect (edit, source, source_key, target, target_key, connect->target_index, &error) == NULL)
    {
      hearth_edit_revert (g_steal_pointer (&edit));
      hearth_canvas_say (self, error->message);
      return;
    }
  hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
}

static void
drop_in_void (HearthCanvas *self)
{
  HearthCanvasConnect *connect = &self->connect;
  g_autofree char *node_id = g_strdup (connect->node_id);
  g_autofree char *key = g_strdup (connect->key);
  gboolean is_output = connect->is_output;
  double x, y;

  if (connect->edge_id != NULL)
    {
      g_autoptr (HearthEdit) edit = hearth_edit_new (self->graph, _ ("Disconnect"));

      hearth_edit_disconnect (edit, connect->edge_id);
      hearth_canvas_push (self, g_steal_pointer (&edit), NULL);
      return;
    }
  hearth_viewport_to_canvas (&self->viewport, connect->x, connect->y, &x, &y);
  hearth_canvas_connect_cancel (self);
  hearth_canvas_request_palette (self, x, y, node_id, key, is_output);
}

/* Over a card, but nothing there takes it: say why. */
static void
refuse (HearthCanvas *self,
        const HearthHit *hit)
{
  g_autofree char *why = NULL;

  if (hit->key != NULL && !hit->is_config && hit->is_output != self->connect.is_output
      && g_strcmp0 (hit->node_id, self->connect.node_id) != 0)
    why = why_not (self, hit->node_id, hit->key);
  else if (g_strcmp0 (hit->node_id, self->connect.node_id) != 0)
    why = g_strdup (_ ("Nothing on this node takes that connection."));
  if (why != NULL)
    hearth_canvas_say (self, why);
}

static void
end (HearthCanvas *self,
     const HearthCommand *command)
{
  aim (self, command->x, command->y);
  if (self->connect.target_id != NULL)
    connect_target (self);
  else if (command->hit == NULL || command->hit->kind == HEARTH_HIT_VOID || command->hit->kind == HEARTH_HIT_WIRE)
    drop_in_void (self);
  else
    refuse (self, command->hit);
  hearth_canvas_connect_cancel (self);
}

void
hearth_canvas_connect (HearthCanvas *self,
                       const HearthCommand *command)
{
  switch (command->kind)
    {
    case HEARTH_COMMAND_CONNECT_BEGIN: begin (self, command->node_id, command->key, command->is_output, NULL); return;
    case HEARTH_COMMAND_REPLUG_BEGIN: begin_replug (self, command->edge_id); return;
    default: break;
    }
  if (!self->connect.active)
    return;
  if (command->kind == HEARTH_COMMAND_CONNECT_TO)
    aim (self, command->x, command->y);
  else if (command->kind == HEARTH_COMMAND_CONNECT_END)
    end (self, command);
  else
    hearth_canvas_connect_cancel (self);
}
