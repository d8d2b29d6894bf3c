/* hearth-workspace-runs.c: from "run this" to a run in the queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-pending-run-private.h"

#include "hearth-books.h"
#include "hearth-graph-subset.h"
#include "hearth-id.h"
#include "hearth-preview.h"

/* Of graphs with more nodes the plan is made on a thread: each takes some microseconds. */
#define MAX_PLANNED_INLINE 200

/* As the engine names them: by the payload's word, else by the workflow's own. */
static char **
list_workflow_ids (HearthPendingRun *pending,
                   HearthGraph      *graph,
                   GHashTable       *groups)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  const char *own = hearth_graph_get_id (graph);
  GHashTableIter iter;
  gpointer id;

  g_strv_builder_add (ids, hearth_value_get_member_string (pending->metadata, "workflowId", own != NULL ? own : ""));
  if (groups != NULL)
    {
      g_hash_table_iter_init (&iter, groups);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        g_strv_builder_add (ids, id);
    }
  return g_strv_builder_end (ids);
}

/* --- the plan ------------------------------------------------------------------------------------ */

static void
make_plan (HearthPendingRun *pending,
           HearthGraph      *graph,
           GHashTable       *groups)
{
  pending->plan = hearth_plan_new (graph, groups, pending->inputs, pending->mappings, &pending->error);
  g_assert ((pending->plan == NULL) == (pending->error != NULL));
  pending->workflow_ids = list_workflow_ids (pending, graph, groups);
  if (pending->plan != NULL)
    pending->files = hearth_plan_list_files (pending->plan);
}

static void
go_on (HearthPendingRun *pending)
{
  if (!_hearth_pending_run_wait (pending))
    _hearth_pending_run_enter (pending);
}

/* The graph goes here, too: many nodes are not given back in no time. */
static void
plan_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  HearthPendingRun *pending = data;

  make_plan (pending, pending->graph, NULL);
  if (pending->plan != NULL)
    hearth_plan_prepare_reuse (pending->plan);
  g_clear_object (&pending->graph);
  g_task_return_boolean (task, TRUE);
}

static void
planned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  go_on (user_data);
}

/* The task has no source: a thread that lets go of it last must not let go of the workspace. */
static void
plan_on_thread (HearthPendingRun *pending,
                HearthGraph      *graph)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, planned_cb, pending);

  pending->graph = g_object_ref (graph);
  g_task_set_source_tag (task, plan_on_thread);
  g_task_set_task_data (task, pending, NULL);
  g_task_run_in_thread (task, plan_thread);
}

static void
groups_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  HearthPendingRun *pending = user_data;
  g_autoptr (GHashTable) groups = NULL;

  groups = hearth_workspace_load_groups_finish (HEARTH_WORKSPACE (source), result, &pending->error);
  if (groups != NULL)
    make_plan (pending, pending->graph, groups);
  go_on (pending);
}

/* The editor may go on changing its graph while files are read. */
static HearthGraph *
copy_graph (HearthGraph *graph,
            GError     **error)
{
  g_autoptr (HearthValue) stored = hearth_graph_to_value (graph);

  return hearth_graph_new_from_value (hearth_graph_get_catalog (graph), stored, error);
}

/* Not at once: the caller first tells its client the id it gets from us. */
static void
enter_queue_later (HearthPendingRun *pending)
{
  if (!_hearth_pending_run_wait (pending))
    _hearth_pending_run_enter_later (pending);
}

static void
prepare (HearthPendingRun       *pending,
         HearthGraph            *graph,
         const HearthRunRequest *request)
{
  g_auto (GStrv) references = hearth_graph_list_references (graph);

  pending->outline = _hearth_outline_of_graph (graph);
  if (*references != NULL)
    pending->graph = copy_graph (graph, &pending->error);
  if (pending->graph != NULL)
    {
      hearth_workspace_load_groups (pending->workspace, pending->graph, request->project_id, request->directory, NULL,
                                    groups_loaded_cb, pending);
      return;
    }
  if (pending->error == NULL && request->is_final && hearth_graph_get_n_nodes (graph) > MAX_PLANNED_INLINE)
    {
      plan_on_thread (pending, graph);
      return;
    }
  if (pending->error == NULL)
    make_plan (pending, graph, NULL);
  enter_queue_later (pending);
}

static void
replace_preview (HearthWorkspace *self,
                 HearthValue     *metadata,
                 const char      *run_id)
{
  const char *internal_id = hearth_value_get_member_string (metadata, "internalId", NULL);
  const char *older;

  if (internal_id == NULL)
    return;
  older = g_hash_table_lookup (self->previews, internal_id);
  if (older != NULL)
    hearth_workspace_cancel (self, older);
  g_hash_table_replace (self->previews, g_strdup (internal_id), g_strdup (run_id));
}

/* What of the graph is to run. */
static HearthGraph *
reduce_graph (const HearthRunRequest *request)
{
  g_autoptr (HearthGraph) graph = g_object_ref (request->graph);

  if (request->only != NULL)
    {
      g_object_unref (graph);
      graph = _hearth_graph_up_to (request->graph, request->only);
    }
  return request->preview ? hearth_preview_reduce_graph (graph) : g_steal_pointer (&graph);
}

/* What a payload's own metadata says counts where nothing else was asked for. */
static HearthValue *
find_budget (const HearthRunRequest *request)
{
  return request->budget != NULL ? request->budget : hearth_value_get (request->metadata, "budget");
}

static gboolean
is_known (HearthWorkspace *self,
          const char      *run_id)
{
  return g_hash_table_contains (self->pending_runs, run_id) || hearth_workspace_lookup_run (self, run_id) != NULL;
}

/* A replay has the id of the run that was recorded, but no two runs that are remembered have the same. */
static char *
draw_id (HearthWorkspace    *self,
         HearthSurroundings *surroundings)
{
  g_autofree char *id = hearth_id_draw_nano (surroundings->chance, HEARTH_PROMPT_ID_LENGTH);

  if (_hearth_surroundings_is_replay (surroundings) && (self->notebook != NULL || is_known (self, id)))
    return hearth_id_new_nano (HEARTH_PROMPT_ID_LENGTH);
  return g_steal_pointer (&id);
}

static HearthPendingRun *
pending_run_new (HearthWorkspace        *self,
                 const HearthRunRequest *request,
                 HearthGraph            *graph)
{
  HearthPendingRun *pending = g_new0 (HearthPendingRun, 1);

  pending->workspace = g_object_ref (self);
  pending->surroundings = g_object_ref (request->surroundings != NULL ? request->surroundings : self->live);
  pending->surroundings->is_taken = TRUE;
  pending->id = draw_id (self, pending->surroundings);
  pending->metadata = hearth_value_ref_or_null (request->metadata);
  pending->inputs = hearth_value_ref_or_null (request->inputs);
  pending->mappings = graph != request->graph ? hearth_preview_reduce_mappings (graph, request->mappings)
                                              : hearth_value_ref_or_null (request->mappings);
  pending->anew = g_strdupv ((char **) request->anew);
  pending->reuse = request->surroundings == NULL ? request->reuse : HEARTH_RUN_REUSE_NOTHING;
  pending->preview = request->preview;
  hearth_ceilings_read (find_budget (request), &pending->ceilings, &pending->refusal);
  return pending;
}

char *
hearth_workspace_submit (HearthWorkspace        *self,
                         const HearthRunRequest *request)
{
  g_autoptr (HearthGraph) graph = NULL;
  g_autofree char *id = NULL;
  HearthPendingRun *pending;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (request != NULL && HEARTH_IS_GRAPH (request->graph), NULL);
  g_return_val_if_fail (request->surroundings == NULL || !request->surroundings->is_taken, NULL);

  graph = reduce_graph (request);
  pending = pending_run_new (self, request, graph);
  id = g_strdup (pending->id);
  if (request->preview)
    replace_preview (self, request->metadata, id);
  g_hash_table_insert (self->pending_runs, pending->id, pending);
  _hearth_books_load (self->books, NULL, NULL);
  prepare (pending, graph, request);
  return g_steal_pointer (&id);
}

char *
_hearth_workspace_submit_again (HearthWorkspace      *self,
                                HearthRun            *run,
                                const HearthCeilings *ceilings)
{
  HearthPendingRun *pending = g_new0 (HearthPendingRun, 1);
  HearthValue *metadata = hearth_run_get_metadata (run);
  const char *workflow_ids[] = { hearth_value_get_member_string (metadata, "workflowId", ""), NULL };
  g_autofree char *id = hearth_id_new_nano (HEARTH_PROMPT_ID_LENGTH);

  pending->workspace = g_object_ref (self);
  pending->id = g_strdup (id);
  pending->metadata = hearth_value_ref_or_null (metadata);
  pending->plan = hearth_plan_ref (hearth_run_get_plan (run));
  pending->files = hearth_plan_list_files (pending->plan);
  pending->outline = _hearth_outline_of_run (run);
  pending->workflow_ids = g_strdupv ((char **) workflow_ids);
  pending->reuse = HEARTH_RUN_REUSE_ALL;
  pending->ceilings = *ceilings;
  pending->continues = g_strdup (hearth_run_get_id (run));
  pending->surroundings = g_object_ref (self->live);
  g_hash_table_insert (self->pending_runs, pending->id, pending);
  _hearth_books_load (self->books, NULL, NULL);
  enter_queue_later (pending);
  return g_steal_pointer (&id);
}

gboolean
hearth_workspace_cancel (HearthWorkspace *self,
                         const char      *run_id)
{
  HearthPendingRun *pending;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (run_id != NULL, FALSE);

  pending = g_hash_table_lookup (self->pending_runs, run_id);
  if (pending == NULL)
    return hearth_queue_cancel (self->queue, run_id);
  if (pending->cancelled)
    return FALSE;
  pending->cancelled = TRUE;
  return TRUE;
}
