/* hearth-gesture.h: what the hands mean: events in, commands out, no widget in between
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

typedef enum
{
  HEARTH_HIT_VOID,   /* also the inside of a frame */
  HEARTH_HIT_CARD,
  HEARTH_HIT_DOT,
  HEARTH_HIT_VALUE,
  HEARTH_HIT_SOURCE, /* one line of a multi-input */
  HEARTH_HIT_RESIZE,
  HEARTH_HIT_WIRE,
} HearthHitKind;

/* What lies under the pointer. Strings are borrowed. */
typedef struct
{
  HearthHitKind  kind;
  const char    *node_id;
  const char    *key;       /* slot, or NULL */
  const char    *edge_id;   /* wire that ends at an input's dot, or the wire itself, or NULL */
  int            index;     /* of a source */
  gboolean       is_output;
  gboolean       is_config;
  gboolean       selected;  /* the card is part of the selection */
} HearthHit;

typedef enum
{
  HEARTH_GESTURE_PRESS,
  HEARTH_GESTURE_MOTION,
  HEARTH_GESTURE_RELEASE,
  HEARTH_GESTURE_SCROLL,
  HEARTH_GESTURE_KEY_PRESS,
  HEARTH_GESTURE_KEY_RELEASE,
  HEARTH_GESTURE_CANCEL,
} HearthGestureEventKind;

typedef struct
{
  HearthGestureEventKind kind;
  double                 x, y;    /* widget pixels */
  double                 dx, dy;  /* of a scroll, in wheel steps */
  guint                  button;
  guint                  n_press;
  guint                  keyval;
  GdkModifierType        modifiers;
  HearthHit              hit;
} HearthGestureEvent;

typedef enum
{
  HEARTH_COMMAND_SELECT,         /* node_id, toggle */
  HEARTH_COMMAND_SELECT_NONE,
  HEARTH_COMMAND_SELECT_WIRE,    /* edge_id, toggle */
  HEARTH_COMMAND_PAN,            /* dx, dy */
  HEARTH_COMMAND_PAN_END,
  HEARTH_COMMAND_ZOOM,           /* steps, x, y */
  HEARTH_COMMAND_MOVE_BEGIN,     /* the selection */
  HEARTH_COMMAND_MOVE_TO,        /* dx, dy from where it began */
  HEARTH_COMMAND_MOVE_END,
  HEARTH_COMMAND_MOVE_CANCEL,
  HEARTH_COMMAND_RESIZE_BEGIN,   /* node_id */
  HEARTH_COMMAND_RESIZE_TO,      /* dx, dy */
  HEARTH_COMMAND_RESIZE_END,
  HEARTH_COMMAND_RESIZE_CANCEL,
  HEARTH_COMMAND_BAND_TO,        /* from x, y by dx, dy; toggle: add to the selection */
  HEARTH_COMMAND_BAND_END,
  HEARTH_COMMAND_BAND_CANCEL,
  HEARTH_COMMAND_CONNECT_BEGIN,  /* node_id, key, is_output */
  HEARTH_COMMAND_REPLUG_BEGIN,   /* edge_id: its input end is in the hand */
  HEARTH_COMMAND_CONNECT_TO,     /* x, y, hit */
  HEARTH_COMMAND_CONNECT_END,    /* x, y, hit */
  HEARTH_COMMAND_CONNECT_CANCEL,
  HEARTH_COMMAND_REORDER_BEGIN,  /* node_id, key, index */
  HEARTH_COMMAND_REORDER_TO,     /* x, y, hit */
  HEARTH_COMMAND_REORDER_END,
  HEARTH_COMMAND_REORDER_CANCEL,
  HEARTH_COMMAND_EDIT,           /* node_id, key, is_config */
  HEARTH_COMMAND_OPEN,           /* node_id: double click */
  HEARTH_COMMAND_PALETTE,        /* x, y */
  HEARTH_COMMAND_MENU,           /* x, y, hit */
} HearthCommandKind;

/* Strings are borrowed for the call. */
typedef struct
{
  HearthCommandKind  kind;
  double             x, y;
  double             dx, dy;
  int                steps;
  int                index;
  gboolean           toggle;
  gboolean           is_output;
  gboolean           is_config;
  const char        *node_id;
  const char        *key;
  const char        *edge_id;
  const HearthHit   *hit;
} HearthCommand;

typedef void (*HearthCommandFunc) (const HearthCommand *command,
                                   gpointer             user_data);

typedef struct _HearthGesture HearthGesture;

HearthGesture *hearth_gesture_new      (HearthCommandFunc         sink,
                                        gpointer                  user_data);
void           hearth_gesture_free     (HearthGesture            *self);
/* TRUE when the event meant something and nobody else should see it. */
gboolean       hearth_gesture_feed     (HearthGesture            *self,
                                        const HearthGestureEvent *event);
/* A drag is going on. */
gboolean       hearth_gesture_is_busy  (HearthGesture            *self);
gboolean       hearth_gesture_is_panning (HearthGesture          *self);
const char    *hearth_command_kind_to_string (HearthCommandKind   kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthGesture, hearth_gesture_free)

G_END_DECLS
