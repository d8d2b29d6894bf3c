/* hearth-workspace-history.c: what was run before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workspace-private.h"

#include "hearth-cache.h"
#include "hearth-id.h"
#include "hearth-last-table.h"
#include "hearth-notebook.h"
#include "hearth-run-logger.h"
#include "hearth-runs-table.h"
#include "hearth-i18n.h"

/* So many runs are remembered, and all of so many days. */
#define N_RUNS 2000
#define N_DAYS 30
/* What a node was computed from is of no use much longer than its result. */
#define N_LAST_DAYS 180
#define DAY_MS ((gint64) 24 * 60 * 60 * 1000)

/* --- beginning and end ------------------------------------------------------------------------------ */

static char *
name_day (gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_ms / 1000);

  return g_date_time_format (time, "%Y-%m-%d");
}

static gpointer
keep_order_work (HearthJob *job,
                 GError   **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);
  gint64 now_ms = hearth_time_now_ms ();
  g_autofree char *first_day = name_day (now_ms - N_DAYS * DAY_MS);

  if (database == NULL || !hearth_runs_table_bury (database, _("Hearth was ended while this run went on."), error)
      || !hearth_runs_table_prune (database, N_RUNS, now_ms - N_DAYS * DAY_MS, error)
      || !hearth_last_table_prune (database, now_ms - N_LAST_DAYS * DAY_MS, error))
    return NULL;
  _hearth_run_logs_prune (job->storage->dir, first_day);
  return hearth_value_null ();
}

void
_hearth_workspace_start_history (HearthWorkspace   *self,
                                 const char *const *known)
{
  if (self->notebook != NULL)
    return;
  /* Before the first run of ours is recorded, which goes on and is not to be buried. */
  _hearth_job_push (_hearth_job_new_silent (self->storage, keep_order_work, NULL, NULL), self->storage_pool);
  self->notebook = _hearth_notebook_new (self->queue, self->storage, self->storage_pool);
  if (self->storage->max_results_bytes == 0)
    return;
  self->cache = _hearth_cache_new (self->storage, self->storage_pool, HEARTH_CACHE_MEMORY_BYTES);
  _hearth_cache_set_known (self->cache, known);
}

void
_hearth_workspace_end_history (HearthWorkspace *self)
{
  g_clear_pointer (&self->notebook, _hearth_notebook_free);
  if (self->cache != NULL)
    _hearth_cache_close (self->cache);
  g_clear_object (&self->cache);
}

/* What was told before the question is part of the answer. */
static void
ask (HearthWorkspace *self,
     HearthJob       *job)
{
  if (self->notebook != NULL)
    _hearth_notebook_flush (self->notebook);
  _hearth_job_push (job, self->storage_pool);
}

/* --- lists -------------------------------------------------------------------------------------------- */

static void
filter_free (gpointer data)
{
  HearthRunFilter *self = data;

  g_free (self->status);
  g_free (self->project_id);
  g_free (self->workflow_id);
  g_free (self->text);
  g_free (self);
}

static gpointer
list_history_work (HearthJob *job,
                   GError   **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);

  return database != NULL ? hearth_runs_table_list (database, job->data, error) : NULL;
}

void
hearth_workspace_list_history (HearthWorkspace           *self,
                               const HearthHistoryFilter *filter,
                               GCancellable              *cancellable,
                               GAsyncReadyCallback        callback,
                               gpointer                   user_data)
{
  HearthRunFilter *copy;
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (filter != NULL);

  copy = g_new0 (HearthRunFilter, 1);
  copy->status = g_strdup (filter->status);
  copy->project_id = g_strdup (filter->project_id);
  copy->workflow_id = g_strdup (filter->workflow_id);
  copy->text = g_strdup (filter->text);
  copy->page = filter->page;
  copy->limit = filter->limit;
  job = _hearth_job_new (self, list_history_work, hearth_workspace_list_history, cancellable, callback, user_data);
  job->data = copy;
  job->free_data = filter_free;
  ask (self, job);
}

/* --- one run -------------------------------------------------------------------------------------------- */

static gpointer
read_run_work (HearthJob *job,
               GError   **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);

  return database != NULL ? hearth_runs_table_read (database, job->text, error) : NULL;
}

void
hearth_workspace_read_run (HearthWorkspace    *self,
                           const char         *run_id,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (run_id != NULL);

  job = _hearth_job_new (self, read_run_work, hearth_workspace_read_run, cancellable, callback, user_data);
  job->text = g_strdup (run_id);
  ask (self, job);
}

static gpointer
read_value_work (HearthJob *job,
                 GError   **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);

  return database != NULL ? hearth_runs_table_read_value (database, job->text, job->more_text, error) : NULL;
}

void
hearth_workspace_read_value (HearthWorkspace    *self,
                             const char         *run_id,
                             const char         *reference,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (run_id != NULL);
  g_return_if_fail (reference != NULL);

  job = _hearth_job_new (self, read_value_work, hearth_workspace_read_value, cancellable, callback, user_data);
  job->text = g_strdup (run_id);
  job->more_text = g_strdup (reference);
  ask (self, job);
}
