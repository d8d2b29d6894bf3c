/* hearth-clock.h: time that a test can move by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_CLOCK (hearth_clock_get_type ())
G_DECLARE_FINAL_TYPE (HearthClock, hearth_clock, HEARTH, CLOCK, GObject)

typedef void (*HearthClockFunc) (gpointer user_data);

/* The real one: the monotonic clock and the main loop. Borrowed. */
HearthClock *hearth_clock_get_default (void);
/* Stands still until hearth_clock_advance(); begins at 0. */
HearthClock *hearth_clock_new_manual  (void);
/* For replays: time stands still while anything happens, and jumps to the next timeout when the main loop has
 * nothing else to do. @start_ms: the Unix time it begins at. */
HearthClock *hearth_clock_new_virtual (gint64           start_ms);
gboolean     hearth_clock_is_virtual  (HearthClock     *self);
/* Something real is waited for, such as a thread: a virtual clock does not jump until it is released as often. */
void         hearth_clock_hold        (HearthClock     *self);
void         hearth_clock_release     (HearthClock     *self);

gint64       hearth_clock_get_now_ms  (HearthClock     *self);
/* The same, finer where the clock is; never 0. */
gint64       hearth_clock_get_now_us  (HearthClock     *self);
/* Unix time; that of a virtual clock goes on from its start. */
gint64       hearth_clock_get_unix_ms (HearthClock     *self);
/* Calls @func once, from the main loop (a manual clock: from inside advance). Returns an id. */
guint        hearth_clock_add_timeout (HearthClock     *self,
                                       guint            milliseconds,
                                       HearthClockFunc  func,
                                       gpointer         user_data);
void         hearth_clock_remove      (HearthClock     *self,
                                       guint            id);
/* Fires what falls due, in order of time, each at its own moment. */
void         hearth_clock_advance     (HearthClock     *self,
                                       guint            milliseconds);
/* Milliseconds until the next timeout, or -1. */
gint64       hearth_clock_get_next_ms (HearthClock     *self);

G_END_DECLS
