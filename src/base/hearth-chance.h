/* hearth-chance.h: numbers nobody knows beforehand, or the same ones every time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One that has a seed belongs to one thread; the system's may be asked by all. A service of runs
 * (hearth_run_add_service()): what a run draws comes from its own, so that it can be repeated. */
#define HEARTH_TYPE_CHANCE (hearth_chance_get_type ())
G_DECLARE_FINAL_TYPE (HearthChance, hearth_chance, HEARTH, CHANCE, GObject)

/* The kernel's random source. Borrowed. */
HearthChance *hearth_chance_get_default (void);
/* Whatever is drawn from it follows from @seed and from what was drawn before. */
HearthChance *hearth_chance_new_seeded  (guint32       seed);

guint32       hearth_chance_draw        (HearthChance *self);
/* A number from 0 up to @end, without @end itself, which is at least 1; each is as likely. */
guint32       hearth_chance_draw_below  (HearthChance *self,
                                         guint32       end);
void          hearth_chance_fill        (HearthChance *self,
                                         guchar       *bytes,
                                         gsize         n_bytes);

G_END_DECLS
