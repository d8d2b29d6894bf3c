/* hearth-workspace-requests.c: questions about projects, files and the user
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workspace-private.h"

#include "hearth-json.h"

static void
store (HearthWorkspace *self,
       HearthJob   *job)
{
  _hearth_job_push (job, self->storage_pool);
}

HearthValue *
hearth_workspace_finish (HearthWorkspace *self,
                         GAsyncResult    *result,
                         GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- projects ----------------------------------------------------------------------------- */

static gpointer
list_projects_work (HearthJob *job,
                    GError       **error)
{
  return hearth_project_store_list (job->storage->dir, error);
}

void
hearth_workspace_list_projects (HearthWorkspace    *self,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_return_if_fail (HEARTH_IS_WORKSPACE (self));

  store (self, _hearth_job_new (self, list_projects_work, hearth_workspace_list_projects, cancellable, callback,
                                    user_data));
}

static gpointer
read_project_work (HearthJob *job,
                   GError       **error)
{
  return hearth_project_store_read (job->storage->dir, job->project_id, error);
}

void
hearth_workspace_read_project (HearthWorkspace    *self,
                               const char         *project_id,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));

  job = _hearth_job_new (self, read_project_work, hearth_workspace_read_project, cancellable, callback, user_data);
  job->project_id = g_strdup (project_id);
  store (self, job);
}

static void
announce_projects (HearthWorkspace *self,
                   HearthJob   *job)
{
  _hearth_workspace_emit_projects_changed (self);
}

static gpointer
create_project_work (HearthJob *job,
                     GError       **error)
{
  return hearth_project_store_create (job->storage->dir, job->text, job->more_text, error);
}

void
hearth_workspace_create_project (HearthWorkspace    *self,
                                 const char         *name,
                                 const char         *description,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));

  job = _hearth_job_new (self, create_project_work, hearth_workspace_create_project, cancellable, callback,
                                 user_data);
  job->announce = announce_projects;
  job->text = g_strdup (name);
  job->more_text = g_strdup (description);
  store (self, job);
}

static gpointer
update_project_work (HearthJob *job,
                     GError       **error)
{
  return hearth_project_store_update (job->storage->dir, job->project_id, job->value, error);
}

void
hearth_workspace_update_project (HearthWorkspace    *self,
                                 const char         *project_id,
                                 HearthValue        *members,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (hearth_value_is (members, OBJECT));

  job = _hearth_job_new (self, update_project_work, hearth_workspace_update_project, cancellable, callback,
                                 user_data);
  job->announce = announce_projects;
  job->project_id = g_strdup (project_id);
  job->value = hearth_value_ref (members);
  store (self, job);
}

static gpointer
delete_project_work (HearthJob *job,
                     GError       **error)
{
  g_autofree char *place = hearth_project_store_delete (job->storage->dir, job->project_id, error);

  return place != NULL ? hearth_value_null () : NULL;
}

void
hearth_workspace_delete_project (HearthWorkspace    *self,
                                 const char         *project_id,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));

  job = _hearth_job_new (self, delete_project_work, hearth_workspace_delete_project, cancellable, callback,
                                 user_data);
  job->announce = announce_projects;
  job->project_id = g_strdup (project_id);
  store (self, job);
}

/* --- files and text ------------------------------------------------------------------------ */

static gpointer
read_file_work (HearthJob *job,
                GError       **error)
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
                 GError       **error)
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

/* --- the user ------------------------------------------------------------------------------ */

static gpointer
get_user_work (HearthJob *job,
               GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);

  return database != NULL ? hearth_users_table_get (database, HEARTH_DEFAULT_USER, error) : NULL;
}

void
hearth_workspace_get_user (HearthWorkspace    *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_return_if_fail (HEARTH_IS_WORKSPACE (self));

  store (self, _hearth_job_new (self, get_user_work, hearth_workspace_get_user, cancellable, callback, user_data));
}

static gpointer
set_user_name_work (HearthJob *job,
                    GError       **error)
{
  g_autoptr (HearthValue) user = get_user_work (job, error);

  if (user == NULL
      || !hearth_users_table_set_name (job->storage->database, HEARTH_DEFAULT_USER, job->text, error))
    return NULL;
  return get_user_work (job, error);
}

void
hearth_workspace_set_user_name (HearthWorkspace    *self,
                                const char         *name,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (name != NULL);

  job = _hearth_job_new (self, set_user_name_work, hearth_workspace_set_user_name, cancellable, callback,
                                 user_data);
  job->text = g_strdup (name);
  store (self, job);
}
