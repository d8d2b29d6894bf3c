/* hearth-operation.c: one question to the workspace, its arguments and its answer both JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-notebook.h"
#include "hearth-operation-private.h"
#include "hearth-workspace-private.h"

static gpointer
operation_work (HearthJob *job,
                GError   **error)
{
  const HearthOperation *operation = job->data;

  return operation->work (job->storage, job->value, error);
}

static void
announce (HearthWorkspace *self,
          HearthJob       *job)
{
  const HearthOperation *operation = job->data;

  operation->announce (self, job->value, job->answer);
}

static void
start (HearthWorkspace       *self,
       const HearthOperation *operation,
       HearthValue           *arguments,
       GCancellable          *cancellable,
       GAsyncReadyCallback    callback,
       gpointer               user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, hearth_workspace_perform);
  operation->start (self, arguments, task);
}

void
hearth_workspace_perform (HearthWorkspace       *self,
                          const HearthOperation *operation,
                          HearthValue           *arguments,
                          GCancellable          *cancellable,
                          GAsyncReadyCallback    callback,
                          gpointer               user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (operation != NULL);
  g_return_if_fail (hearth_value_is (arguments, OBJECT));

  if (operation->start != NULL)
    {
      start (self, operation, arguments, cancellable, callback, user_data);
      return;
    }
  job = _hearth_job_new (self, operation_work, hearth_workspace_perform, cancellable, callback, user_data);
  job->announce = operation->announce != NULL ? announce : NULL;
  job->data = (gpointer) operation;
  job->value = hearth_value_ref (arguments);
  if (operation->of_runs && self->notebook != NULL)
    _hearth_notebook_flush (self->notebook);
  _hearth_job_push (job, operation->place == HEARTH_OPERATION_STORAGE ? self->storage_pool : self->helper_pool);
}

void
_hearth_workspace_ask (HearthWorkspace       *self,
                       const HearthOperation *operation,
                       HearthValue           *arguments,
                       GCancellable          *cancellable,
                       GAsyncReadyCallback    callback,
                       gpointer               user_data)
{
  hearth_workspace_perform (self, operation, arguments, cancellable, callback, user_data);
  hearth_value_unref (arguments);
}

void
_hearth_operation_announce_projects (HearthWorkspace *workspace,
                                     HearthValue     *arguments,
                                     HearthValue     *answer)
{
  _hearth_workspace_emit_projects_changed (workspace);
}
