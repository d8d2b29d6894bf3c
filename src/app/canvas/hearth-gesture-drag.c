/* hearth-gesture-drag.c: from the press that becomes a drag to its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-gesture-private.h"

#include <math.h>

#define DRAG_THRESHOLD 4.0

void
_hearth_gesture_emit (HearthGesture *self,
      HearthCommand command)
{
  self->sink (&command, self->user_data);
}

void
_hearth_gesture_emit_kind (HearthGesture *self,
           HearthCommandKind kind)
{
  _hearth_gesture_emit (self, (HearthCommand){ .kind = kind });
}

gboolean
_hearth_gesture_adds (GdkModifierType modifiers)
{
  return (modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0;
}

static void
begin_connect (HearthGesture *self)
{
  self->state = STATE_CONNECTING;
  if (!self->pressed.is_output && self->pressed.edge_id != NULL)
    _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_REPLUG_BEGIN, .edge_id = self->pressed.edge_id });
  else
    _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_CONNECT_BEGIN,
                                 .node_id = self->pressed.node_id,
                                 .key = self->pressed.key,
                                 .is_output = self->pressed.is_output });
}

static void
begin_drag (HearthGesture *self)
{
  switch (self->pressed.kind)
    {
    case HEARTH_HIT_CARD:
    case HEARTH_HIT_VALUE:
      self->state = STATE_MOVING;
      _hearth_gesture_emit_kind (self, HEARTH_COMMAND_MOVE_BEGIN);
      break;
    case HEARTH_HIT_DOT:
      begin_connect (self);
      break;
    case HEARTH_HIT_SOURCE:
      self->state = STATE_REORDERING;
      _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_REORDER_BEGIN,
                                   .node_id = self->pressed.node_id,
                                   .key = self->pressed.key,
                                   .index = self->pressed.index });
      break;
    case HEARTH_HIT_RESIZE:
      self->state = STATE_RESIZING;
      _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_RESIZE_BEGIN, .node_id = self->pressed.node_id });
      break;
    case HEARTH_HIT_VOID:
    case HEARTH_HIT_WIRE:
    default:
      self->state = STATE_BANDING;
      break;
    }
}

void
_hearth_gesture_emit_drag (HearthGesture *self,
           const HearthGestureEvent *event,
           HearthCommandKind kind)
{
  _hearth_gesture_emit (self, (HearthCommand){ .kind = kind,
                               .x = event->x,
                               .y = event->y,
                               .dx = event->x - self->press_x,
                               .dy = event->y - self->press_y,
                               .hit = &event->hit });
}

static void
emit_band (HearthGesture *self,
           const HearthGestureEvent *event)
{
  _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_BAND_TO,
                               .x = self->press_x,
                               .y = self->press_y,
                               .dx = event->x - self->press_x,
                               .dy = event->y - self->press_y,
                               .toggle = _hearth_gesture_adds (self->modifiers) });
}

gboolean
_hearth_gesture_move (HearthGesture *self,
                      const HearthGestureEvent *event)
{
  double dx = event->x - self->last_x, dy = event->y - self->last_y;

  if (self->state == STATE_PRESSED)
    {
      if (hypot (event->x - self->press_x, event->y - self->press_y) < DRAG_THRESHOLD)
        return FALSE;
      begin_drag (self);
    }
  switch (self->state)
    {
    case STATE_PANNING:
      _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_PAN, .dx = dx, .dy = dy });
      return TRUE;
    case STATE_MOVING: _hearth_gesture_emit_drag (self, event, HEARTH_COMMAND_MOVE_TO); return TRUE;
    case STATE_CONNECTING: _hearth_gesture_emit_drag (self, event, HEARTH_COMMAND_CONNECT_TO); return TRUE;
    case STATE_RESIZING: _hearth_gesture_emit_drag (self, event, HEARTH_COMMAND_RESIZE_TO); return TRUE;
    case STATE_REORDERING: _hearth_gesture_emit_drag (self, event, HEARTH_COMMAND_REORDER_TO); return TRUE;
    case STATE_BANDING: emit_band (self, event); return TRUE;
    case STATE_IDLE:
    case STATE_PRESSED:
    default: return FALSE;
    }
}

void
_hearth_gesture_cancel (HearthGesture *self)
{
  State state = self->state;

  self->state = STATE_IDLE;
  switch (state)
    {
    case STATE_PANNING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_PAN_END); break;
    case STATE_MOVING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_MOVE_CANCEL); break;
    case STATE_BANDING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_BAND_CANCEL); break;
    case STATE_RESIZING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_RESIZE_CANCEL); break;
    case STATE_REORDERING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_REORDER_CANCEL); break;
    case STATE_CONNECTING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_CONNECT_CANCEL); break;
    case STATE_IDLE:
    case STATE_PRESSED:
    default: break;
    }
}

const char *
hearth_command_kind_to_string (HearthCommandKind kind)
{
  static const char *const names[] = {
    "select", "select-none", "select-wire", "pan", "pan-end", "zoom",
    "move-begin", "move-to", "move-end", "move-cancel",
    "resize-begin", "resize-to", "resize-end", "resize-cancel",
    "band-to", "band-end", "band-cancel",
    "connect-begin", "replug-begin", "connect-to", "connect-end", "connect-cancel",
    "reorder-begin", "reorder-to", "reorder-end", "reorder-cancel",
    "edit", "open", "palette", "menu",
  };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}
