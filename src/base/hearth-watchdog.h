/* hearth-watchdog.h: says what held the main loop up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From here on a warning names whatever keeps the default main context from coming round for more than
 * HEARTH_WATCHDOG_LIMIT_MS, whether it computes or waits: the source and the functions it was in when
 * the time was up. Time that the system gave to other programs does not count: a busy machine makes no
 * reports. Only with HEARTH_WATCHDOG=1 in the environment, and not in release builds; call it on the
 * main thread. */
#define HEARTH_WATCHDOG_LIMIT_MS 5

void   hearth_watchdog_start          (void);
/* What the round that computed longest took so far; 0 without a watchdog. */
double hearth_watchdog_get_longest_ms (void);

G_END_DECLS
