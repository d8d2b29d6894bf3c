/* hearth-workspace-runs.c: from "run this" to a run in the queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workspace-private.h"

#include "hearth-cache.h"
#include "hearth-graph-subset.h"
#include "hearth-id.h"
#include "hearth-models-private.h"
#include "hearth-outline.h"
#include "hearth-preview.h"

/* Of graphs with more nodes the plan is made on a thread: each takes some microseconds. */
#define MAX_PLANNED_INLINE 200

/* A run whose id is promised while it is still on its way to the queue. */
typedef struct
{
  HearthWorkspace *workspace; /* owned, so that the promise is kept */
  char *id;
  HearthGraph *graph; /* a copy of its own, while the groups are read */
  HearthValue *mappings;
  HearthValue *metadata;
  HearthValue *inputs;
  HearthPlan *plan;
  GError *error; /* why there is no plan */
  HearthOutline outline;
  char **workflow_ids;      /* whose results may be of use */
  char **anew;
  HearthRunReuse reuse;
  gboolean preview;
  gboolean cancelled;
} HearthPendingRun;

static void
pending_run_free (gpointer data)
{
  HearthPendingRun *self = data;

  g_hash_table_remove (self->workspace->pending_runs, self->id);
  g_clear_pointer (&self->plan, hearth_plan_unref);
  g_clear_pointer (&self->mappings, hearth_value_unref);
  g_clear_pointer (&self->metadata, hearth_value_unref);
  g_clear_pointer (&self->inputs, hearth_value_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->graph);
  g_strfreev (self->workflow_ids);
  g_strfreev (self->anew);
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

  hearth_run_set_clock (run, hearth_outside_get_clock (self->outside));
  hearth_run_add_service (run, G_OBJECT (self->outside));
  hearth_run_add_service (run, G_OBJECT (self->credentials));
  hearth_run_add_service (run, G_OBJECT (self->files));
  _hearth_models_add_to_run (self->models, run);
  hearth_run_add_service (run, G_OBJECT (self->mcp));
  hearth_run_set_keep_outputs (run, self->notebook == NULL || pending->preview);
  if (pending->preview)
    hearth_run_set_priority (run, HEARTH_RUN_PRIORITY_PREVIEW);
  if (self->cache != NULL)
    hearth_run_set_cache (run, HEARTH_RESULT_CACHE (self->cache), pending->reuse);
  if (pending->anew != NULL)
    hearth_run_set_anew (run, (const char *const *) pending->anew);
  if (self->notebook != NULL)
    _hearth_outline_attach (&pending->outline, run);
}

static HearthRun *
make_run (HearthPendingRun *pending)
{
  HearthRun *run;

  if (pending->plan != NULL)
    run = hearth_run_new (pending->plan, pending->metadata);
  else
    run = hearth_run_new_failed (g_steal_pointer (&pending->error), pending->metadata);
  hearth_run_set_id (run, pending->id);
  set_up_run (pending, run);
  return run;
}

static gboolean
enter_queue_cb (gpointer data)
{
  HearthPendingRun *pending = data;
  g_autoptr (HearthRun) run = make_run (pending);
  HearthWorkspace *self = pending->workspace;

  g_hash_table_remove (self->pending_runs, pending->id);
  hearth_queue_submit (self->queue, run);
  if (pending->cancelled)
    hearth_queue_cancel (self->queue, pending->id);
  return G_SOURCE_REMOVE;
}

static void
enter_queue (HearthPendingRun *pending)
{
  enter_queue_cb (pending);
  pending_run_free (pending);
}

/* --- results of earlier runs ------------------------------------------------------------------- */

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
  const char *wanted = loaded != NULL ? find_wanted (pending) : NULL;

  if (wanted != NULL)
    _hearth_cache_load (pending->workspace->cache, pending->workspace, wanted, loaded_cb, pending);
  else
    enter_queue (pending);
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
}

static void
go_on (HearthPendingRun *pending)
{
  const char *wanted = find_wanted (pending);

  if (wanted != NULL)
    _hearth_cache_load (pending->workspace->cache, pending->workspace, wanted, loaded_cb, pending);
  else
    enter_queue (pending);
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

static void
prepare (HearthPendingRun       *pending,
         HearthGraph            *graph,
         const HearthRunRequest *request)
{
  g_auto (GStrv) references = hearth_graph_list_references (graph);
  const char *wanted;

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
  wanted = find_wanted (pending);
  if (wanted != NULL)
    {
      _hearth_cache_load (pending->workspace->cache, pending->workspace, wanted, loaded_cb, pending);
      return;
    }
  /* Not at once: the caller first tells its client the id it gets from us. */
  g_idle_add_full (G_PRIORITY_DEFAULT, enter_queue_cb, pending, pending_run_free);
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

static HearthPendingRun *
pending_run_new (HearthWorkspace        *self,
                 const HearthRunRequest *request,
                 HearthGraph            *graph)
{
  HearthPendingRun *pending = g_new0 (HearthPendingRun, 1);

  pending->workspace = g_object_ref (self);
  pending->id = hearth_id_new_nano (HEARTH_PROMPT_ID_LENGTH);
  pending->metadata = hearth_value_ref_or_null (request->metadata);
  pending->inputs = hearth_value_ref_or_null (request->inputs);
  pending->mappings = graph != request->graph ? hearth_preview_reduce_mappings (graph, request->mappings)
                                              : hearth_value_ref_or_null (request->mappings);
  pending->anew = g_strdupv ((char **) request->anew);
  pending->reuse = request->reuse;
  pending->preview = request->preview;
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

  graph = reduce_graph (request);
  pending = pending_run_new (self, request, graph);
  id = g_strdup (pending->id);
  if (request->preview)
    replace_preview (self, request->metadata, id);
  g_hash_table_insert (self->pending_runs, pending->id, pending);
  prepare (pending, graph, request);
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
