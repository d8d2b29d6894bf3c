/* hearth-notebook.h: notes what every run tells and hands it to the threads that write it down
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-queue.h"
#include "hearth-notes.h"

G_BEGIN_DECLS

/* Into the history, and into the log file of each run: every run that enters @queue from now on, but for
 * previews. @pool: the storage thread, which outlives the notebook. */
HearthNotebook *_hearth_notebook_new   (HearthQueue     *queue,
                                        HearthStorage   *storage,
                                        GThreadPool     *pool);
/* Runs that go on are written down as ended by that; waits until the logs are written. */
void            _hearth_notebook_free  (HearthNotebook  *self);
/* What the storage thread is asked after this sees everything told before. */
void            _hearth_notebook_flush (HearthNotebook  *self);

G_END_DECLS
