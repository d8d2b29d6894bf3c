/* hearth-workspace-finished.c: runs that have ended and can still be asked for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workspace-private.h"

#include "hearth-books.h"

#define N_FINISHED_RUNS 50

HearthRun *
hearth_workspace_lookup_run (HearthWorkspace *self,
                             const char      *run_id)
{
  HearthRun *run;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (run_id != NULL, NULL);

  run = hearth_queue_lookup (self->queue, run_id);
  for (GList *at = self->finished_runs.head; at != NULL && run == NULL; at = at->next)
    if (g_str_equal (hearth_run_get_id (at->data), run_id))
      run = at->data;
  return run;
}

/* --- the queue's news --------------------------------------------------------------------- */

static void
forget_preview (HearthWorkspace *self,
                HearthRun       *run)
{
  const char *internal_id = hearth_value_get_member_string (hearth_run_get_metadata (run), "internalId", NULL);
  const char *newest = internal_id != NULL ? g_hash_table_lookup (self->previews, internal_id) : NULL;

  if (g_strcmp0 (newest, hearth_run_get_id (run)) == 0)
    g_hash_table_remove (self->previews, internal_id);
}

static void
run_finished_cb (HearthQueue     *queue,
                 HearthRun       *run,
                 HearthWorkspace *self)
{
  forget_preview (self, run);
  g_queue_push_head (&self->finished_runs, g_object_ref (run));
  while (self->finished_runs.length > N_FINISHED_RUNS)
    {
      g_autoptr (HearthRun) oldest = g_queue_pop_tail (&self->finished_runs);

      _hearth_books_close_run (self->books, hearth_run_get_id (oldest));
    }
}

void
_hearth_workspace_init_runs (HearthWorkspace *self)
{
  g_signal_connect_object (self->queue, "run-finished", G_CALLBACK (run_finished_cb), self, 0);
}

void
_hearth_workspace_clear_runs (HearthWorkspace *self)
{
  if (self->queue != NULL)
    hearth_queue_cancel_all (self->queue);
}
