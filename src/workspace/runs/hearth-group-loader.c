/* hearth-group-loader.c: reads the workflows that node groups reference, and those they reference
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-workspace-private.h"

#include "hearth-graph.h"

/* --- on the storage thread ------------------------------------------------------------ */

static HearthValue *
read_group (HearthJob *job,
            const char    *id)
{
  if (job->project_id != NULL)
    return hearth_workflow_store_read (job->storage->dir, job->project_id, id, NULL);
  if (job->text != NULL)
    return hearth_workflow_store_find_in (job->text, id, NULL);
  return NULL;
}

static void
enqueue (GQueue     *ids,
         GHashTable *seen,
         char       *id)
{
  /* Adding a key that is there would free the one the queue may still hold. */
  if (g_hash_table_contains (seen, id))
    {
      g_free (id);
      return;
    }
  g_hash_table_add (seen, id);
  g_queue_push_tail (ids, id);
}

/* The ids are owned by @seen. */
static void
enqueue_references (GQueue      *ids,
                    GHashTable  *seen,
                    HearthValue *workflow)
{
  HearthValue *nodes = hearth_value_get_member_kind (workflow, "nodes", HEARTH_VALUE_ARRAY);

  for (gsize i = 0; nodes != NULL && i < hearth_value_get_length (nodes); i++)
    {
      HearthValue *stored = hearth_value_at (nodes, i);
      HearthNode node = { .config = hearth_value_get_member_kind (stored, "configValues", HEARTH_VALUE_OBJECT) };
      g_auto (GStrv) tools = NULL;
      char *id;

      /* Which types call a workflow is not known here; one too many is read in vain. */
      id = hearth_node_dup_reference (&node);
      if (id != NULL)
        enqueue (ids, seen, id);
      tools = hearth_node_list_tools (&node);
      for (char **tool = tools; *tool != NULL; tool++)
        enqueue (ids, seen, g_strdup (*tool));
    }
}

/* Every id is read once, so workflows that contain each other end it as well. */
static gpointer
load_groups_work (HearthJob *job,
                  GError       **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTable *found =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) hearth_value_unref);
  g_auto (GQueue) ids = G_QUEUE_INIT;
  const char *id;

  for (char **at = job->ids; *at != NULL; at++)
    enqueue (&ids, seen, g_strdup (*at));
  while ((id = g_queue_pop_head (&ids)) != NULL)
    {
      HearthValue *workflow = read_group (job, id);

      if (workflow == NULL)
        continue;
      enqueue_references (&ids, seen, workflow);
      g_hash_table_insert (found, g_strdup (id), workflow);
    }
  return found;
}

/* --- on the main thread ------------------------------------------------------------------ */

void
hearth_workspace_load_groups (HearthWorkspace    *self,
                              HearthGraph        *graph,
                              const char         *project_id,
                              const char         *directory,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));
  g_return_if_fail (HEARTH_IS_GRAPH (graph));

  job = _hearth_job_new (self, load_groups_work, hearth_workspace_load_groups, cancellable, callback, user_data);
  job->free_answer = (GDestroyNotify) g_hash_table_unref;
  job->ids = hearth_graph_list_references (graph);
  job->project_id = g_strdup (project_id);
  job->text = g_strdup (directory);
  _hearth_job_push (job, self->storage_pool);
}

GHashTable *
hearth_workspace_load_groups_finish (HearthWorkspace *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_autoptr (GHashTable) values = NULL;
  GHashTable *graphs;
  GHashTableIter iter;
  gpointer id, value;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  values = g_task_propagate_pointer (G_TASK (result), error);
  if (values == NULL)
    return NULL;
  graphs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      HearthGraph *graph = hearth_graph_new_from_value (self->catalog, value, NULL);

      if (graph != NULL)
        g_hash_table_insert (graphs, g_strdup (id), graph);
    }
  return graphs;
}
