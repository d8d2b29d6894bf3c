/* hearth-workspace-requests.c: questions about projects, files and text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workspace-private.h"

#include "hearth-json.h"
#include "hearth-operation-private.h"
#include "hearth-project-operations.h"

HearthValue *
hearth_workspace_finish (HearthWorkspace *self,
                         GAsyncResult    *result,
                         GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- projects ----------------------------------------------------------------------------- */

void
hearth_workspace_list_projects (HearthWorkspace    *self,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  _hearth_workspace_ask (self, &hearth_operation_list_projects, hearth_value_empty_object (), cancellable, callback,
                         user_data);
}

void
hearth_workspace_read_project (HearthWorkspace    *self,
                               const char         *project_id,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  _hearth_workspace_ask (self, &hearth_operation_read_project,
                         hearth_value_object ("projectId", hearth_value_string (project_id), NULL), cancellable,
                         callback, user_data);
}

void
hearth_workspace_create_project (HearthWorkspace    *self,
                                 const char         *name,
                                 const char         *description,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  HearthValue *description_value = description != NULL ? hearth_value_string (description) : NULL;

  _hearth_workspace_ask (self, &hearth_operation_create_project,
                         hearth_value_object ("name", hearth_value_string (name), "description", description_value, NULL),
                         cancellable, callback, user_data);
}

/* --- files and text ------------------------------------------------------------------------ */

static gpointer
read_file_work (HearthJob *job,
                GError   **error)
{
  return hearth_store_read_json (job->text, HEARTH_MAX_WORKFLOW_BYTES, error);
}

void
hearth_workspace_read_file (HearthWorkspace    *self,
                            const char         *path,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (path != NULL);

  job = _hearth_job_new (self, read_file_work, hearth_workspace_read_file, cancellable, callback, user_data);
  job->text = g_strdup (path);
  _hearth_job_push (job, self->helper_pool);
}

static gpointer
parse_json_work (HearthJob *job,
                 GError   **error)
{
  gsize length;
  const char *text = g_bytes_get_data (job->bytes, &length);

  return hearth_json_parse (text != NULL ? text : "", (gssize) length, error);
}

void
hearth_workspace_parse_json (HearthWorkspace    *self,
                             GBytes             *text,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (text != NULL);

  job = _hearth_job_new (self, parse_json_work, hearth_workspace_parse_json, cancellable, callback, user_data);
  job->bytes = g_bytes_ref (text);
  _hearth_job_push (job, self->helper_pool);
}
