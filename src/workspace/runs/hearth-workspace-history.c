/* hearth-workspace-history.c: where the record of runs begins and ends
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
