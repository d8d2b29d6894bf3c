/* hearth-run-logger.h: the log file of each run (engine.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-queue.h"
#include "hearth-workspace-private.h"

G_BEGIN_DECLS

/* Logs every run that enters @queue from now on, but for previews, each into a file of its own. */
HearthRunLogger *_hearth_run_logger_new   (HearthQueue     *queue,
                                           HearthStorage   *storage);
/* Waits until everything is written. */
void             _hearth_run_logger_free  (HearthRunLogger *self);
/* Removes the folders of days before @first_day ("2026-01-31"). Blocking. */
void             _hearth_run_logs_prune   (HearthDataDir   *dir,
                                           const char      *first_day);

G_END_DECLS
