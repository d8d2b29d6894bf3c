/* hearth-gesture-private.h: the state of a gesture, for its own files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-gesture.h"

G_BEGIN_DECLS

typedef enum
{
  STATE_IDLE,
  STATE_PRESSED, /* may become a click or a drag */
  STATE_PANNING,
  STATE_MOVING,
  STATE_BANDING,
  STATE_CONNECTING,
  STATE_RESIZING,
  STATE_REORDERING,
} State;

struct _HearthGesture
{
  HearthCommandFunc sink;
  gpointer user_data;

  State state;
  HearthHit pressed; /* its strings are ours */
  GdkModifierType modifiers;
  guint button;
  double press_x, press_y;
  double last_x, last_y;
  double zoom_rest; /* parts of a scroll step not used yet */
  gboolean space_held;
  gboolean space_used;
};

void     _hearth_gesture_emit      (HearthGesture            *self,
                                    HearthCommand             command);
void     _hearth_gesture_emit_kind (HearthGesture            *self,
                                    HearthCommandKind         kind);
/* A command that carries how far the pointer came since the press. */
void     _hearth_gesture_emit_drag (HearthGesture            *self,
                                    const HearthGestureEvent *event,
                                    HearthCommandKind         kind);
/* Whether a click with these keys adds to what is selected. */
gboolean _hearth_gesture_adds      (GdkModifierType           modifiers);
gboolean _hearth_gesture_move      (HearthGesture            *self,
                                    const HearthGestureEvent *event);
void     _hearth_gesture_cancel    (HearthGesture            *self);

G_END_DECLS
