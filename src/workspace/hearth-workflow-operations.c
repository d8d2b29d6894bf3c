/* hearth-workflow-operations.c: listing, reading and deleting workflows (http-api.md 9, 10)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workflow-operations.h"

#include "hearth-workspace-private.h"

static const char *
text (HearthValue *arguments,
      const char  *key)
{
  return hearth_value_get_member_string (arguments, key, NULL);
}

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  return hearth_workflow_store_list (storage->dir, text (arguments, "projectId"), error);
}

const HearthOperation hearth_operation_list_workflows = { .work = list };

static HearthValue *
read_one (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  return hearth_workflow_store_read (storage->dir, text (arguments, "projectId"), text (arguments, "workflowId"), error);
}

const HearthOperation hearth_operation_read_workflow = { .work = read_one };

static HearthValue *
throw_away (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  g_autofree char *place = NULL;

  place = hearth_workflow_store_delete (storage->dir, text (arguments, "projectId"), text (arguments, "workflowId"), error);
  return place != NULL ? hearth_value_null () : NULL;
}

static void
announce_deleted (HearthWorkspace *workspace,
                  HearthValue     *arguments,
                  HearthValue     *answer)
{
  if (text (arguments, "projectId") != NULL)
    _hearth_workspace_emit_workflow_deleted (workspace, text (arguments, "projectId"), text (arguments, "workflowId"));
}

const HearthOperation hearth_operation_delete_workflow = { .work = throw_away, .announce = announce_deleted };
