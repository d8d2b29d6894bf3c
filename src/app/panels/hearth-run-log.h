/* hearth-run-log.h: what the newest run of a document told: lines, times, results as they arrive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-node-trace.h"
#include "hearth-document.h"
#include "hearth-run-line.h"

G_BEGIN_DECLS

#define HEARTH_TYPE_RUN_LOG (hearth_run_log_get_type ())
G_DECLARE_FINAL_TYPE (HearthRunLog, hearth_run_log, HEARTH, RUN_LOG, GObject)

/* Signals:
 *  ::run-changed             another run, or its status
 *  ::node-changed (node id)  state, result or streamed text of a node
 *  ::output-changed (key, text or NULL)  an interface output; with text only this was added
 */

HearthRunLog *hearth_run_log_new             (HearthDocument *document);
/* Of HearthRunLine; borrowed. Starts afresh with each run. */
GListModel   *hearth_run_log_get_lines       (HearthRunLog   *self);
HearthRun    *hearth_run_log_get_run         (HearthRunLog   *self);
gboolean      hearth_run_log_is_busy         (HearthRunLog   *self); /* waits or runs */
/* What the newest run told of a node, or NULL. */
const HearthNodeTrace *
              hearth_run_log_get_trace       (HearthRunLog   *self,
                                              const char     *node_id);
/* How long a node took, or has been at work; -1 when that is not known. */
double        hearth_run_log_get_node_ms     (HearthRunLog   *self,
                                              const char     *node_id);
/* The first node that failed, or NULL. */
const char   *hearth_run_log_get_failed_node (HearthRunLog   *self);
/* What an interface output holds so far, for reading; NULL: nothing yet. */
char         *hearth_run_log_dup_output      (HearthRunLog   *self,
                                              const char     *key);

G_END_DECLS
