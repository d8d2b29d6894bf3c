/* hearth-worker-pool.h: the process's threads for nodes that compute
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*HearthWork) (gpointer data);

/* Calls @work on one of as many threads as there are processors, then @done on the default main
 * context. Jobs start in the order they came. */
void hearth_worker_pool_push (HearthWork work,
                              HearthWork done,
                              gpointer   data);
/* The same on one thread, and each @done only when no run has anything else to do: for runs in which everything happens
 * in the same order each time. */
void hearth_worker_pool_push_in_line (HearthWork work,
                              HearthWork done,
                              gpointer   data);

G_END_DECLS
