/* hearth-run-logger.h: the log file of each run (engine.md 15)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-notes.h"

G_BEGIN_DECLS

/* Each run into a file of its own. Log thread only. */
gboolean _hearth_run_logger_write (HearthStorage     *storage,
                                   const HearthNotes *notes,
                                   GError           **error);
/* Removes the folders of days before @first_day ("2026-01-31"). Blocking. */
void     _hearth_run_logs_prune   (HearthDataDir     *dir,
                                   const char        *first_day);

G_END_DECLS
