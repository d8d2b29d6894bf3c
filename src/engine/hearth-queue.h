/* hearth-queue.h: which runs go on now and which wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-run.h"

G_BEGIN_DECLS

#define HEARTH_QUEUE_DEFAULT_LIMIT 5 /* execution.max_concurrent_workflows, storage.md 4 */

#define HEARTH_TYPE_QUEUE (hearth_queue_get_type ())
G_DECLARE_FINAL_TYPE (HearthQueue, hearth_queue, HEARTH, QUEUE, GObject)

/* Signals:
 *  ::run-added (HearthRun)    a run was submitted; add observers here to miss nothing
 *  ::run-finished (HearthRun) after its final status
 *  ::changed                  the numbers of running or waiting runs changed */

HearthQueue *hearth_queue_new          (guint        limit);
/* First come, first served. Starts it, or announces it as QUEUED. Emits RUNNING or QUEUED status
 * events right away, so that a caller who observes sees them. */
void         hearth_queue_submit       (HearthQueue *self,
                                        HearthRun   *run);
/* Cancels it, waiting or running; FALSE when no such run waits or runs. */
gboolean     hearth_queue_cancel       (HearthQueue *self,
                                        const char  *run_id);
void         hearth_queue_cancel_all   (HearthQueue *self);
/* While paused, running runs go on and nothing new starts (previews excepted). Emits ::changed. */
void         hearth_queue_set_paused   (HearthQueue *self,
                                        gboolean     paused);
gboolean     hearth_queue_is_paused    (HearthQueue *self);
HearthRun   *hearth_queue_lookup       (HearthQueue *self,   /* running or waiting */
                                        const char  *run_id);
GPtrArray   *hearth_queue_list_running (HearthQueue *self);  /* new array of HearthRun */
GPtrArray   *hearth_queue_list_waiting (HearthQueue *self);
guint        hearth_queue_get_n_running(HearthQueue *self);
guint        hearth_queue_get_n_waiting(HearthQueue *self);
guint        hearth_queue_get_limit    (HearthQueue *self);

G_END_DECLS
