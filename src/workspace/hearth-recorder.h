/* hearth-recorder.h: writes down every run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-queue.h"
#include "hearth-writer.h"

G_BEGIN_DECLS

/* Observes every run that enters @queue from now on, but for previews. */
HearthRecorder *_hearth_recorder_new   (HearthQueue     *queue,
                                        HearthStorage   *storage,
                                        GThreadPool     *pool);
/* Runs that go on are written as they are now. */
void            _hearth_recorder_free  (HearthRecorder  *self);
void            _hearth_recorder_flush (HearthRecorder  *self);

/* A preview leaves no traces (engine.md 13). */
gboolean        _hearth_run_is_preview (HearthRun       *run);

G_END_DECLS
