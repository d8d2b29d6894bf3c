/* hearth-workspace-recording.c: surroundings for runs that are recorded, or replayed without the world outside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-surroundings-private.h"

#include "hearth-recording-store.h"

/* One tag for all three, since one function ends them. */
static GTask *
make_task (HearthWorkspace    *self,
           GCancellable       *cancellable,
           GAsyncReadyCallback callback,
           gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, make_task);
  return task;
}

/* Takes @task and @error. */
static void
answer (GTask                 *task,
        HearthSurroundingsKind kind,
        HearthOutside         *outside,
        const char            *path,
        GError                *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, _hearth_surroundings_new (g_task_get_source_object (task), kind, path, outside), g_object_unref);
  g_object_unref (task);
}

/* --- recording ------------------------------------------------------------------------------------------- */

/* Takes @task. */
static void
record (GTask      *task,
        const char *path)
{
  g_autoptr (HearthOutside) outside = hearth_outside_new ();
  GError *error = NULL;

  hearth_outside_record (outside, path, &error);
  answer (task, HEARTH_SURROUNDINGS_RECORDED, outside, path, error);
}

void
hearth_workspace_record_async (HearthWorkspace    *self,
                               const char         *path,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (path != NULL);

  record (make_task (self, cancellable, callback, user_data), path);
}

/* job->text: the title. */
static gpointer
create_work (HearthJob *job,
             GError   **error)
{
  return hearth_recording_store_create (job->storage->dir, job->project_id, job->text, error);
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autofree char *path = g_task_propagate_pointer (G_TASK (result), &error);

  if (path != NULL)
    record (task, path);
  else
    answer (task, HEARTH_SURROUNDINGS_RECORDED, NULL, NULL, error);
}

void
hearth_workspace_record_in_project_async (HearthWorkspace    *self,
                                          const char         *project_id,
                                          const char         *title,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (project_id != NULL && title != NULL);

  job = _hearth_job_new (self, create_work, hearth_workspace_record_in_project_async, cancellable, created_cb,
                         make_task (self, cancellable, callback, user_data));
  job->project_id = g_strdup (project_id);
  job->text = g_strdup (title);
  job->free_answer = g_free;
  _hearth_job_push (job, self->storage_pool);
}

char *
hearth_workspace_dup_recordings (HearthWorkspace *self,
                                 const char      *project_id)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (project_id != NULL, NULL);

  return hearth_recording_store_dup_folder (self->storage->dir, project_id);
}

/* --- replaying ------------------------------------------------------------------------------------------- */

typedef struct
{
  GTask *task;
  HearthOutside *outside;
  char *path;
} Loading;

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Loading *self = user_data;
  g_autoptr (HearthOutside) outside = self->outside;
  g_autofree char *path = self->path;
  GError *error = NULL;

  hearth_outside_replay_finish (outside, result, &error);
  answer (self->task, HEARTH_SURROUNDINGS_REPLAYED, outside, path, error);
}

void
hearth_workspace_replay_async (HearthWorkspace    *self,
                               const char         *path,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  Loading *loading;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (path != NULL);

  loading = g_new0 (Loading, 1);
  loading->task = make_task (self, cancellable, callback, user_data);
  loading->outside = hearth_outside_new ();
  loading->path = g_strdup (path);
  hearth_outside_replay_async (loading->outside, path, cancellable, loaded_cb, loading);
}

HearthSurroundings *
hearth_workspace_surroundings_finish (HearthWorkspace *self,
                                      GAsyncResult    *result,
                                      GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, make_task), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
