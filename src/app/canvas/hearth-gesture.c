/* hearth-gesture.c: what the hands mean: events in, commands out, no widget in between
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-gesture-private.h"

#define SCROLL_PIXELS 48.0

static void
forget_press (HearthGesture *self)
{
  g_free ((char *) self->pressed.node_id);
  g_free ((char *) self->pressed.key);
  g_free ((char *) self->pressed.edge_id);
  self->pressed = (HearthHit){ 0 };
}

static void
remember_press (HearthGesture *self,
                const HearthGestureEvent *event)
{
  forget_press (self);
  self->pressed = event->hit;
  self->pressed.node_id = g_strdup (event->hit.node_id);
  self->pressed.key = g_strdup (event->hit.key);
  self->pressed.edge_id = g_strdup (event->hit.edge_id);
  self->modifiers = event->modifiers;
  self->button = event->button;
  self->press_x = event->x;
  self->press_y = event->y;
}

static gboolean
is_on_card (const HearthHit *hit)
{
  return hit->kind == HEARTH_HIT_CARD || hit->kind == HEARTH_HIT_VALUE || hit->kind == HEARTH_HIT_SOURCE;
}

static void
select_pressed (HearthGesture *self,
                gboolean toggle)
{
  _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_SELECT, .node_id = self->pressed.node_id, .toggle = toggle });
}

/* --- press ---------------------------------------------------------------------- */

static void
double_press (HearthGesture *self,
              const HearthGestureEvent *event)
{
  if (event->hit.kind == HEARTH_HIT_VOID)
    _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_PALETTE, .x = event->x, .y = event->y });
  else if (event->hit.kind == HEARTH_HIT_CARD)
    _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_OPEN, .node_id = event->hit.node_id });
}

static void
press_primary (HearthGesture *self,
               const HearthGestureEvent *event)
{
  if (self->space_held)
    {
      self->space_used = TRUE;
      self->state = STATE_PANNING;
      return;
    }
  if (event->n_press == 2)
    {
      double_press (self, event);
      return;
    }
  self->state = STATE_PRESSED;
  if (event->hit.kind == HEARTH_HIT_WIRE)
    _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_SELECT_WIRE,
                                 .edge_id = event->hit.edge_id,
                                 .toggle = _hearth_gesture_adds (event->modifiers) });
  /* A card that is selected already may be about to be dragged along with the others */
  else if (is_on_card (&event->hit) && !event->hit.selected)
    select_pressed (self, _hearth_gesture_adds (event->modifiers));
}

static void
press_secondary (HearthGesture *self,
                 const HearthGestureEvent *event)
{
  if (event->hit.node_id != NULL && event->hit.kind != HEARTH_HIT_DOT && !event->hit.selected)
    select_pressed (self, FALSE);
  if (event->hit.kind == HEARTH_HIT_WIRE)
    _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_SELECT_WIRE, .edge_id = event->hit.edge_id });
  _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_MENU, .x = event->x, .y = event->y, .hit = &event->hit });
}

static gboolean
press (HearthGesture *self,
       const HearthGestureEvent *event)
{
  if (self->state > STATE_PRESSED)
    {
      /* Another button during a drag means "not that" */
      if (event->button == GDK_BUTTON_SECONDARY)
        _hearth_gesture_cancel (self);
      return TRUE;
    }
  remember_press (self, event);
  switch (event->button)
    {
    case GDK_BUTTON_PRIMARY:
      press_primary (self, event);
      return TRUE;
    case GDK_BUTTON_MIDDLE:
      self->state = STATE_PANNING;
      return TRUE;
    case GDK_BUTTON_SECONDARY:
      press_secondary (self, event);
      return TRUE;
    default:
      return FALSE;
    }
}

/* --- release -------------------------------------------------------------------- */

static void
click (HearthGesture *self)
{
  const HearthHit *hit = &self->pressed;
  gboolean adds = _hearth_gesture_adds (self->modifiers);

  if (hit->kind == HEARTH_HIT_VOID && !adds)
    _hearth_gesture_emit_kind (self, HEARTH_COMMAND_SELECT_NONE);
  if (is_on_card (hit) && hit->selected)
    select_pressed (self, adds);
  if (hit->kind == HEARTH_HIT_VALUE && !adds)
    _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_EDIT,
                                 .node_id = hit->node_id,
                                 .key = hit->key,
                                 .is_config = hit->is_config });
}

static gboolean
release (HearthGesture *self,
         const HearthGestureEvent *event)
{
  State state = self->state;

  if (state == STATE_IDLE || event->button != self->button)
    return FALSE;
  self->state = STATE_IDLE;
  switch (state)
    {
    case STATE_PRESSED: click (self); break;
    case STATE_PANNING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_PAN_END); break;
    case STATE_MOVING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_MOVE_END); break;
    case STATE_BANDING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_BAND_END); break;
    case STATE_RESIZING: _hearth_gesture_emit_kind (self, HEARTH_COMMAND_RESIZE_END); break;
    case STATE_REORDERING: _hearth_gesture_emit_drag (self, event, HEARTH_COMMAND_REORDER_END); break;
    case STATE_CONNECTING: _hearth_gesture_emit_drag (self, event, HEARTH_COMMAND_CONNECT_END); break;
    case STATE_IDLE:
    default: break;
    }
  return TRUE;
}

/* --- wheel and keys ------------------------------------------------------------------ */

static gboolean
scroll (HearthGesture *self,
        const HearthGestureEvent *event)
{
  double dx = event->dx, dy = event->dy;
  int steps;

  if ((event->modifiers & GDK_CONTROL_MASK) != 0)
    {
      self->zoom_rest -= dy;
      steps = (int) self->zoom_rest;
      self->zoom_rest -= steps;
      if (steps != 0)
        _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_ZOOM, .steps = steps, .x = event->x, .y = event->y });
      return TRUE;
    }
  if ((event->modifiers & GDK_SHIFT_MASK) != 0 && dx == 0)
    {
      dx = dy;
      dy = 0;
    }
  _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_PAN, .dx = -dx * SCROLL_PIXELS, .dy = -dy * SCROLL_PIXELS });
  return TRUE;
}

/* Space alone asks for the palette, Space with a drag pans: only its release tells which. */
static gboolean
key_press (HearthGesture *self,
           const HearthGestureEvent *event)
{
  if (event->keyval == GDK_KEY_Escape && self->state > STATE_PRESSED)
    {
      _hearth_gesture_cancel (self);
      return TRUE;
    }
  if (event->keyval != GDK_KEY_space || (event->modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (!self->space_held)
    self->space_used = self->state != STATE_IDLE;
  self->space_held = TRUE;
  return TRUE;
}

static gboolean
key_release (HearthGesture *self,
             const HearthGestureEvent *event)
{
  if (event->keyval != GDK_KEY_space || !self->space_held)
    return FALSE;
  self->space_held = FALSE;
  if (!self->space_used)
    _hearth_gesture_emit (self, (HearthCommand){ .kind = HEARTH_COMMAND_PALETTE, .x = self->last_x, .y = self->last_y });
  return TRUE;
}

static gboolean
dispatch (HearthGesture *self,
          const HearthGestureEvent *event)
{
  switch (event->kind)
    {
    case HEARTH_GESTURE_PRESS: return press (self, event);
    case HEARTH_GESTURE_MOTION: return _hearth_gesture_move (self, event);
    case HEARTH_GESTURE_RELEASE: return release (self, event);
    case HEARTH_GESTURE_SCROLL: return scroll (self, event);
    case HEARTH_GESTURE_KEY_PRESS: return key_press (self, event);
    case HEARTH_GESTURE_KEY_RELEASE: return key_release (self, event);
    case HEARTH_GESTURE_CANCEL:
      self->space_held = FALSE;
      _hearth_gesture_cancel (self);
      return TRUE;
    default: return FALSE;
    }
}

/* --- public ---------------------------------------------------------------------- */

HearthGesture *
hearth_gesture_new (HearthCommandFunc sink,
                    gpointer user_data)
{
  HearthGesture *self;

  g_return_val_if_fail (sink != NULL, NULL);

  self = g_new0 (HearthGesture, 1);
  self->sink = sink;
  self->user_data = user_data;
  return self;
}

void
hearth_gesture_free (HearthGesture *self)
{
  if (self == NULL)
    return;
  forget_press (self);
  g_free (self);
}

gboolean
hearth_gesture_feed (HearthGesture *self,
                     const HearthGestureEvent *event)
{
  gboolean used;

  g_return_val_if_fail (self != NULL && event != NULL, FALSE);

  used = dispatch (self, event);
  if (event->kind == HEARTH_GESTURE_PRESS || event->kind == HEARTH_GESTURE_MOTION
      || event->kind == HEARTH_GESTURE_RELEASE)
    {
      self->last_x = event->x;
      self->last_y = event->y;
    }
  return used;
}

gboolean
hearth_gesture_is_busy (HearthGesture *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->state > STATE_PRESSED;
}

gboolean
hearth_gesture_is_panning (HearthGesture *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->state == STATE_PANNING || self->space_held;
}
