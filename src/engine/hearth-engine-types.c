/* hearth-engine-types.c: error domain and names of states
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-engine-types.h"

G_DEFINE_QUARK (hearth-engine-error-quark, hearth_engine_error)

const char *
hearth_run_status_to_string (HearthRunStatus status)
{
  static const char *const names[] = {
    [HEARTH_RUN_QUEUED] = "queued",
    [HEARTH_RUN_RUNNING] = "running",
    [HEARTH_RUN_COMPLETE] = "complete",
    [HEARTH_RUN_ERROR] = "error",
    [HEARTH_RUN_INTERRUPTED] = "interrupted",
  };

  g_return_val_if_fail ((guint) status < G_N_ELEMENTS (names), "error");

  return names[status];
}
