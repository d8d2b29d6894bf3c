/* hearth-workspace-runs.c: from "run this" to a run in the queue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workspace-private.h"

#include "hearth-id.h"
#include "hearth-preview.h"

#define N_FINISHED_RUNS 50

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
  g_free (self->id);
  g_object_unref (self->workspace);
  g_free (self);
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
  hearth_run_set_keep_outputs (run, TRUE);
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
make_plan (HearthPendingRun *pending,
           HearthGraph      *graph,
           GHashTable       *groups)
{
  pending->plan = hearth_plan_new (graph, groups, pending->inputs, pending->mappings, &pending->error);
  g_assert ((pending->plan == NULL) == (pending->error != NULL));
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
  enter_queue_cb (pending);
  pending_run_free (pending);
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

  if (*references != NULL)
    pending->graph = copy_graph (graph, &pending->error);
  if (pending->graph != NULL)
    {
      hearth_workspace_load_groups (pending->workspace, pending->graph, request->project_id, request->directory, NULL,
                                    groups_loaded_cb, pending);
      return;
    }
  if (pending->error == NULL)
    make_plan (pending, graph, NULL);
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

char *
hearth_workspace_submit (HearthWorkspace        *self,
                         const HearthRunRequest *request)
{
  g_autoptr (HearthGraph) graph = NULL;
  g_autofree char *id = NULL;
  HearthPendingRun *pending;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (request != NULL && HEARTH_IS_GRAPH (request->graph), NULL);

  id = hearth_id_new_nano (HEARTH_PROMPT_ID_LENGTH);
  pending = g_new0 (HearthPendingRun, 1);
  pending->workspace = g_object_ref (self);
  pending->id = g_strdup (id);
  pending->metadata = hearth_value_ref_or_null (request->metadata);
  pending->inputs = hearth_value_ref_or_null (request->inputs);
  graph = request->preview ? hearth_preview_reduce_graph (request->graph) : g_object_ref (request->graph);
  if (request->preview)
    {
      pending->mappings = hearth_preview_reduce_mappings (graph, request->mappings);
      replace_preview (self, request->metadata, id);
    }
  else
    pending->mappings = hearth_value_ref_or_null (request->mappings);
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
    g_object_unref (g_queue_pop_tail (&self->finished_runs));
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
