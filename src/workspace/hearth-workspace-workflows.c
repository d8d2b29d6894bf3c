/* hearth-workspace-workflows.c: questions about the workflows of a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-operation-private.h"
#include "hearth-workflow-operations.h"
#include "hearth-workspace-private.h"

static HearthValue *
name_workflow (const char *project_id,
               const char *workflow_id)
{
  return hearth_value_object ("projectId", project_id != NULL ? hearth_value_string (project_id) : NULL,
                              "workflowId", workflow_id != NULL ? hearth_value_string (workflow_id) : NULL,
                              NULL);
}

void
hearth_workspace_list_workflows (HearthWorkspace    *self,
                                 const char         *project_id,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  _hearth_workspace_ask (self, &hearth_operation_list_workflows, name_workflow (project_id, NULL), cancellable, callback,
                         user_data);
}

void
hearth_workspace_read_workflow (HearthWorkspace    *self,
                                const char         *project_id,
                                const char         *workflow_id,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  _hearth_workspace_ask (self, &hearth_operation_read_workflow, name_workflow (project_id, workflow_id), cancellable,
                         callback, user_data);
}

void
hearth_workspace_delete_workflow (HearthWorkspace    *self,
                                  const char         *project_id,
                                  const char         *workflow_id,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data)
{
  _hearth_workspace_ask (self, &hearth_operation_delete_workflow, name_workflow (project_id, workflow_id), cancellable,
                         callback, user_data);
}

static gpointer
save_workflow_work (HearthJob *job,
                    GError   **error)
{
  HearthDataDir *dir = job->storage->dir;

  if (job->workflow_id == NULL)
    return hearth_workflow_store_create (dir, job->project_id, job->value, error);
  if (job->flag)
    return hearth_workflow_store_replace (dir, job->project_id, job->workflow_id, job->value, error);
  return hearth_workflow_store_update (dir, job->project_id, job->workflow_id, job->value, error);
}

static void
announce_saved (HearthWorkspace *self,
                HearthJob       *job)
{
  if (job->project_id != NULL)
    _hearth_workspace_emit_workflow_saved (self, job->project_id, job->answer, job->origin);
}

static void
save_workflow (HearthWorkspace    *self,
               const char         *project_id,
               const char         *workflow_id,
               HearthValue        *workflow,
               gboolean            whole,
               gpointer            origin,
               GCancellable       *cancellable,
               GAsyncReadyCallback callback,
               gpointer            user_data)
{
  HearthJob *job = _hearth_job_new (self, save_workflow_work, hearth_workspace_save_workflow, cancellable, callback,
                                    user_data);

  job->announce = announce_saved;
  job->project_id = g_strdup (project_id);
  job->workflow_id = g_strdup (workflow_id);
  job->value = hearth_value_ref (workflow);
  job->flag = whole;
  job->origin = origin;
  _hearth_job_push (job, self->storage_pool);
}

void
hearth_workspace_save_workflow (HearthWorkspace    *self,
                                const char         *project_id,
                                const char         *workflow_id,
                                HearthValue        *workflow,
                                gpointer            origin,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (hearth_value_is (workflow, OBJECT));

  save_workflow (self, project_id, workflow_id, workflow, FALSE, origin, cancellable, callback, user_data);
}

void
_hearth_workspace_save_whole (HearthWorkspace    *self,
                              const char         *project_id,
                              const char         *workflow_id,
                              HearthValue        *workflow,
                              gpointer            origin,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  save_workflow (self, project_id, workflow_id, workflow, TRUE, origin, cancellable, callback, user_data);
}
