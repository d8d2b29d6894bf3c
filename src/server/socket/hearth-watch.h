/* hearth-watch.h: the news of one run for those who watch its workflow (/ws/workflow/:id)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-hub.h"

G_BEGIN_DECLS

typedef struct _HearthWatch HearthWatch;

HearthWatch *hearth_watch_new  (HearthHub   *hub,
                                HearthRun   *run,
                                const char  *workflow_id);
void         hearth_watch_free (HearthWatch *self);

/* --- for watches: what the hub does for them ------------------------------------------------ */

/* To every connection that watches @workflow_id, but for the one that hears of @run as its own; as
 * hearth_client_tell(). */
void         hearth_hub_send_to_watchers (HearthHub   *hub,
                                          const char  *workflow_id,
                                          HearthRun   *run,
                                          const char  *message,
                                          GBytes      *whole);
/* The run is over; the watch is freed. */
void         hearth_hub_end_watch        (HearthHub   *hub,
                                          HearthRun   *run);

G_END_DECLS
