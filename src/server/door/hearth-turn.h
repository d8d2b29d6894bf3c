/* hearth-turn.h: how long connections may keep one round of the main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HEARTH_TURN_MS 2

/* Whether connections of all kinds together, reading, coming, going and being written to, have had that much of this
 * round of the main loop, beginning with the first who asks; who finds it over goes on in the next. Outside of the
 * loop nothing is ever over. Main thread only. */
gboolean hearth_turn_is_over (void);

G_END_DECLS
