/* hearth-job.c: a question to the workspace, on its way to a thread and back
 *
 * The thread never holds the last reference to a task, and so never to the workspace: the
 * job travels back to the main loop as a whole and is freed there. A silent job has no task.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workspace-private.h"

HearthJob *
_hearth_job_new (HearthWorkspace    *self,
                 HearthWork          work,
                 gpointer            source_tag,
                 GCancellable       *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer            user_data)
{
  HearthJob *job = g_new0 (HearthJob, 1);

  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, source_tag);
  job->storage = _hearth_storage_ref (self->storage);
  job->work = work;
  job->free_answer = (GDestroyNotify) hearth_value_unref;
  return job;
}

HearthJob *
_hearth_job_new_silent (HearthStorage *storage,
                        HearthWork     work,
                        gpointer       data,
                        GDestroyNotify free_data)
{
  HearthJob *job = g_new0 (HearthJob, 1);

  job->storage = _hearth_storage_ref (storage);
  job->work = work;
  job->free_answer = (GDestroyNotify) hearth_value_unref;
  job->data = data;
  job->free_data = free_data;
  return job;
}

static void
job_free (gpointer data)
{
  HearthJob *self = data;

  if (self->answer != NULL)
    self->free_answer (self->answer);
  g_clear_error (&self->error);
  g_clear_pointer (&self->value, hearth_value_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_strfreev (self->ids);
  g_free (self->project_id);
  g_free (self->workflow_id);
  g_free (self->text);
  g_free (self->more_text);
  if (self->free_data != NULL)
    self->free_data (self->data);
  _hearth_storage_unref (self->storage);
  g_clear_object (&self->clock);
  g_clear_object (&self->task);
  g_free (self);
}

static gboolean
deliver_cb (gpointer data)
{
  HearthJob *self = data;
  HearthWorkspace *workspace = g_task_get_source_object (self->task);

  if (self->error != NULL)
    g_task_return_error (self->task, g_steal_pointer (&self->error));
  else
    {
      if (self->announce != NULL)
        self->announce (workspace, self);
      g_task_return_pointer (self->task, g_steal_pointer (&self->answer), self->free_answer);
    }
  if (self->clock != NULL)
    hearth_clock_release (self->clock);
  return G_SOURCE_REMOVE;
}

/* A full disk would be told of four times a second; once is enough. */
static void
work_silently (HearthJob *self)
{
  self->answer = self->work (self, &self->error);
  if (self->error != NULL && g_atomic_int_compare_and_exchange (&self->storage->complained, FALSE, TRUE))
    g_warning ("Not everything of the runs is kept: %s", self->error->message);
  job_free (self);
}

static void
work_for_task (HearthJob *self)
{
  GMainContext *context = g_task_get_context (self->task);
  g_autoptr (GSource) source = g_idle_source_new ();

  if (!g_cancellable_set_error_if_cancelled (g_task_get_cancellable (self->task), &self->error))
    self->answer = self->work (self, &self->error);
  g_assert ((self->answer == NULL) == (self->error != NULL));

  g_source_set_priority (source, g_task_get_priority (self->task));
  g_source_set_callback (source, deliver_cb, self, job_free);
  g_source_set_static_name (source, "[hearth] answer");
  g_source_attach (source, context);
}

static void
work_cb (gpointer data,
         gpointer user_data)
{
  HearthJob *self = data;

  if (self->task != NULL)
    work_for_task (self);
  else
    work_silently (self);
}

GThreadPool *
_hearth_job_pool_new (gint n_threads)
{
  return g_thread_pool_new_full (work_cb, NULL, job_free, n_threads, FALSE, NULL);
}

void
_hearth_job_push (HearthJob   *self,
                  GThreadPool *pool)
{
  g_thread_pool_push (pool, self, NULL);
}
