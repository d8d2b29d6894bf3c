/* hearth-pending-run.c: a run on its way to the queue: what it waits for, and how it is set up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pending-run-private.h"

#include "hearth-books.h"
#include "hearth-cache.h"
#include "hearth-stand-ins.h"
#include "hearth-stored-files.h"

/* A thousand that a page asks for at once enter in some more rounds of the main loop. */
#define MAX_PER_ROUND 32

static void
pending_run_free (HearthPendingRun *self)
{
  g_hash_table_remove (self->workspace->pending_runs, self->id);
  g_clear_pointer (&self->plan, hearth_plan_unref);
  g_clear_pointer (&self->mappings, hearth_value_unref);
  g_clear_pointer (&self->metadata, hearth_value_unref);
  g_clear_pointer (&self->inputs, hearth_value_unref);
  g_clear_error (&self->error);
  g_clear_error (&self->refusal);
  g_clear_object (&self->graph);
  g_clear_object (&self->surroundings);
  g_clear_pointer (&self->file_states, hearth_value_unref);
  g_strfreev (self->files);
  g_strfreev (self->workflow_ids);
  g_strfreev (self->anew);
  g_free (self->continues);
  g_free (self->id);
  g_object_unref (self->workspace);
  g_free (self);
}

/* The history remembers what came out of each node; without it the run itself must. */
static void
set_up_run (HearthPendingRun *pending,
            HearthRun        *run)
{
  HearthWorkspace *self = pending->workspace;
  g_autoptr (HearthStandIns) stand_ins = hearth_stand_ins_new ();

  _hearth_surroundings_add_to_run (pending->surroundings, run);
  hearth_run_add_service (run, G_OBJECT (stand_ins));
  _hearth_books_open_run (self->books, run, pending->surroundings->ledger, &pending->ceilings, pending->continues);
  hearth_run_set_keep_outputs (run, self->notebook == NULL || pending->preview);
  if (pending->preview)
    hearth_run_set_priority (run, HEARTH_RUN_PRIORITY_PREVIEW);
  if (self->cache != NULL && !_hearth_surroundings_is_replay (pending->surroundings))
    hearth_run_set_cache (run, HEARTH_RESULT_CACHE (self->cache), pending->reuse);
  if (pending->file_states != NULL)
    hearth_run_set_file_states (run, pending->file_states);
  if (pending->anew != NULL)
    hearth_run_set_anew (run, (const char *const *) pending->anew);
  if (self->notebook != NULL)
    _hearth_outline_attach (&pending->outline, run);
}

static HearthRun *
make_run (HearthPendingRun *pending)
{
  HearthRun *run;

  if (pending->refusal != NULL)
    run = hearth_run_new_failed (g_steal_pointer (&pending->refusal), pending->metadata);
  else if (pending->plan != NULL)
    run = hearth_run_new (pending->plan, pending->metadata);
  else
    run = hearth_run_new_failed (g_steal_pointer (&pending->error), pending->metadata);
  hearth_run_set_id (run, pending->id);
  set_up_run (pending, run);
  return run;
}

void
_hearth_pending_run_enter (HearthPendingRun *pending)
{
  g_autoptr (HearthRun) run = make_run (pending);
  HearthWorkspace *self = pending->workspace;

  g_hash_table_remove (self->pending_runs, pending->id);
  hearth_queue_submit (self->queue, run);
  if (pending->cancelled)
    hearth_queue_cancel (self->queue, pending->id);
  pending_run_free (pending);
}

static gboolean
enter_some_cb (gpointer user_data)
{
  HearthWorkspace *self = user_data;
  g_autoptr (HearthWorkspace) kept = g_object_ref (self);

  for (guint i = 0; i < MAX_PER_ROUND && !g_queue_is_empty (&self->entering); i++)
    _hearth_pending_run_enter (g_queue_pop_head (&self->entering));
  if (!g_queue_is_empty (&self->entering))
    return G_SOURCE_CONTINUE;
  self->entering_id = 0;
  return G_SOURCE_REMOVE;
}

void
_hearth_pending_run_enter_later (HearthPendingRun *pending)
{
  HearthWorkspace *self = pending->workspace;

  g_queue_push_tail (&self->entering, pending);
  if (self->entering_id == 0)
    self->entering_id = g_idle_add_full (G_PRIORITY_DEFAULT, enter_some_cb, self, NULL);
}

/* --- results of earlier runs ------------------------------------------------------------------- */

static const char *
find_wanted (HearthPendingRun *pending)
{
  HearthCache *cache = pending->workspace->cache;

  if (cache == NULL || pending->plan == NULL || pending->preview || pending->reuse == HEARTH_RUN_REUSE_NOTHING)
    return NULL;
  for (char **id = pending->workflow_ids; *id != NULL; id++)
    if (_hearth_cache_wants_load (cache, *id))
      return *id;
  return NULL;
}

/* One workflow after the other. When the disk fails, everything runs anew. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  HearthPendingRun *pending = user_data;
  g_autoptr (HearthValue) loaded = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, NULL);

  if (loaded == NULL || !_hearth_pending_run_wait (pending))
    _hearth_pending_run_enter (pending);
}

static void
books_loaded_cb (gpointer user_data)
{
  HearthPendingRun *pending = user_data;

  if (!_hearth_pending_run_wait (pending))
    _hearth_pending_run_enter (pending);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  HearthPendingRun *pending = user_data;

  pending->file_states = hearth_workspace_finish (HEARTH_WORKSPACE (source), result, NULL);
  g_clear_pointer (&pending->files, g_strfreev);
  if (!_hearth_pending_run_wait (pending))
    _hearth_pending_run_enter (pending);
}

/* Before the ceilings are known no call could be held to them. */
gboolean
_hearth_pending_run_wait (HearthPendingRun *pending)
{
  HearthWorkspace *self = pending->workspace;
  const char *wanted = find_wanted (pending);

  if (self->cache != NULL && pending->files != NULL && *pending->files != NULL)
    _hearth_stored_files_look (self, (const char *const *) pending->files,
                               hearth_value_get_member_string (pending->metadata, "projectId", NULL), looked_cb, pending);
  else if (wanted != NULL)
    _hearth_cache_load (self->cache, self, wanted, loaded_cb, pending);
  else if (!_hearth_books_are_loaded (self->books))
    _hearth_books_load (self->books, books_loaded_cb, pending);
  else
    return FALSE;
  return TRUE;
}
