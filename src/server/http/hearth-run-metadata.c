/* hearth-run-metadata.c: what a run of a stored workflow is known by (websocket.md 4.1)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-metadata.h"

HearthValue *
hearth_run_metadata_new (HearthValue *workflow,
                         const char  *project_id)
{
  return hearth_value_object ("workflowId", hearth_value_ref_or_null (hearth_value_get (workflow, "id")),
                              "workflowName", hearth_value_ref_or_null (hearth_value_get (workflow, "name")),
                              "projectId", project_id != NULL ? hearth_value_string (project_id) : NULL,
                              NULL);
}
