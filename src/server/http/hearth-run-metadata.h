/* hearth-run-metadata.h: what a run of a stored workflow is known by (websocket.md 4.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

G_BEGIN_DECLS

/* workflowId, workflowName and projectId, as the web frontend sends them. @project_id may be NULL. */
HearthValue *hearth_run_metadata_new (HearthValue *workflow,
                                      const char  *project_id);

G_END_DECLS
