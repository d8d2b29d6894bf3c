/* hearth-workflow-operations.c: listing, reading and deleting workflows (http-api.md 9, 10)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workflow-operations.h"

#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"

#include "hearth-i18n.h"

static HearthValue *
list (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  return hearth_workflow_store_list (storage->dir, _hearth_text (arguments, "projectId"), error);
}

const HearthOperation hearth_operation_list_workflows = { .work = list };

static HearthValue *
read_one (HearthStorage *storage,
          HearthValue   *arguments,
          GError       **error)
{
  return hearth_workflow_store_read (storage->dir, _hearth_text (arguments, "projectId"),
                                     _hearth_text (arguments, "workflowId"), error);
}

const HearthOperation hearth_operation_read_workflow = { .work = read_one };

static HearthValue *
throw_away (HearthStorage *storage,
            HearthValue   *arguments,
            GError       **error)
{
  g_autofree char *place = NULL;

  place = hearth_workflow_store_delete (storage->dir, _hearth_text (arguments, "projectId"),
                                        _hearth_text (arguments, "workflowId"), error);
  return place != NULL ? hearth_value_null () : NULL;
}

static void
announce_deleted (HearthWorkspace *workspace,
                  HearthValue     *arguments,
                  HearthValue     *answer)
{
  if (_hearth_text (arguments, "projectId") != NULL)
    _hearth_workspace_emit_workflow_deleted (workspace, _hearth_text (arguments, "projectId"),
                                             _hearth_text (arguments, "workflowId"));
}

const HearthOperation hearth_operation_delete_workflow = { .work = throw_away, .announce = announce_deleted };

/* --- finding ------------------------------------------------------------------------------- */

static HearthValue *
found (HearthValue *workflow, /* taken */
       const char  *project_id)
{
  return hearth_value_object ("projectId", project_id != NULL ? hearth_value_string (project_id) : NULL,
                              "workflow", workflow,
                              NULL);
}

/* NULL without an error: it is not there. */
static HearthValue *
look_in (HearthStorage *storage,
         const char    *project_id,
         const char    *workflow_id,
         GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  HearthValue *workflow = hearth_workflow_store_read (storage->dir, project_id, workflow_id, &local_error);

  if (workflow != NULL)
    return found (workflow, project_id);
  if (!g_error_matches (local_error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static HearthValue *
look_in_projects (HearthStorage *storage,
                  const char    *workflow_id,
                  GError       **error)
{
  g_autoptr (HearthValue) projects = hearth_project_store_list (storage->dir, error);
  HearthValue *workflow = NULL;

  for (gsize i = 0; projects != NULL && workflow == NULL && i < hearth_value_get_length (projects); i++)
    workflow = look_in (storage, _hearth_text (hearth_value_at (projects, i), "id"), workflow_id, NULL);
  return workflow;
}

static HearthValue *
find (HearthStorage *storage,
      HearthValue   *arguments,
      GError       **error)
{
  const char *project_id = _hearth_text (arguments, "projectId");
  const char *workflow_id = _hearth_text (arguments, "workflowId");
  g_autoptr (GError) local_error = NULL;
  HearthValue *workflow = look_in (storage, project_id, workflow_id, &local_error);

  if (workflow == NULL && local_error == NULL && project_id == NULL)
    workflow = look_in_projects (storage, workflow_id, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (workflow == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("There is no workflow “%s”, neither in the shared library nor in a project."), workflow_id);
  return workflow;
}

const HearthOperation hearth_operation_find_workflow = { .work = find };
