/* hearth-workspace.c: joins the data folder, the catalogue of nodes and the queue of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-surroundings-private.h"

#include "hearth-books.h"
#include "hearth-cache.h"
#include "hearth-last-table.h"
#include "hearth-models-private.h"
#include "hearth-plugin-store.h"
#include "nodes.h"
#include "hearth-i18n.h"

#define MAX_CONFIG_BYTES ((gsize) 1 << 20)
#define MAX_QUEUE_LIMIT 1000
#define MAX_CACHE_MB (1 << 20)
#define N_HELPER_THREADS 2

enum
{
  PROJECTS_CHANGED,
  WORKFLOWS_CHANGED,
  WORKFLOW_SAVED,
  WORKFLOW_DELETED,
  NODES_CHANGED,
  CHANNELS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthWorkspace, hearth_workspace, G_TYPE_OBJECT)

static void
hearth_workspace_dispose (GObject *object)
{
  HearthWorkspace *self = HEARTH_WORKSPACE (object);

  _hearth_workspace_clear_runs (self);
  G_OBJECT_CLASS (hearth_workspace_parent_class)->dispose (object);
}

static void
hearth_workspace_finalize (GObject *object)
{
  HearthWorkspace *self = HEARTH_WORKSPACE (object);

  /* Every job that answers holds a reference to us; silent ones are awaited. */
  _hearth_workspace_end_history (self);
  while (self->surroundings->len > 0)
    _hearth_surroundings_close (self->surroundings->pdata[self->surroundings->len - 1]);
  g_clear_object (&self->live);
  g_ptr_array_unref (self->surroundings);
  _hearth_models_free (self->models);
  _hearth_books_free (self->books);
  g_thread_pool_free (self->storage_pool, FALSE, TRUE);
  g_thread_pool_free (self->helper_pool, FALSE, TRUE);
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->pending_runs);
  g_hash_table_unref (self->previews);
  g_queue_clear_full (&self->finished_runs, g_object_unref);
  g_clear_object (&self->queue);
  g_clear_object (&self->catalog);
  g_clear_pointer (&self->plugins, hearth_value_unref);
  g_clear_pointer (&self->storage, _hearth_storage_unref);
  G_OBJECT_CLASS (hearth_workspace_parent_class)->finalize (object);
}

static void
hearth_workspace_class_init (HearthWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = hearth_workspace_dispose;
  object_class->finalize = hearth_workspace_finalize;

  signals[PROJECTS_CHANGED] = g_signal_new ("projects-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);
  signals[WORKFLOWS_CHANGED] = g_signal_new ("workflows-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[WORKFLOW_SAVED] = g_signal_new ("workflow-saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                          4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_POINTER, G_TYPE_POINTER);
  signals[WORKFLOW_DELETED] = g_signal_new ("workflow-deleted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[NODES_CHANGED] = g_signal_new ("nodes-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANNELS_CHANGED] = g_signal_new ("channels-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_workspace_init (HearthWorkspace *self)
{
  self->catalog = hearth_catalog_new ();
  self->storage_pool = _hearth_job_pool_new (1);
  self->helper_pool = _hearth_job_pool_new (N_HELPER_THREADS);
  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pending_runs = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->entering);
  self->surroundings = g_ptr_array_new ();
  self->previews = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->finished_runs);
}

/* storage.md 4. Settings that cannot be read count as not set. */
static HearthValue *
read_execution_settings (HearthDataDir *dir)
{
  g_autofree char *path = hearth_data_dir_dup_config (dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (HearthValue) config = hearth_store_read_json (path, MAX_CONFIG_BYTES, &error);

  if (error != NULL && !g_error_matches (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND))
    g_warning ("The settings are not used: %s", error->message);
  return hearth_value_ref_or_null (hearth_value_get_member_kind (config, "execution", HEARTH_VALUE_OBJECT));
}

static guint
get_queue_limit (HearthValue *settings)
{
  gint64 limit = hearth_value_get_member_integer (settings, "max_concurrent_workflows", HEARTH_QUEUE_DEFAULT_LIMIT);

  return limit >= 1 ? (guint) MIN (limit, MAX_QUEUE_LIMIT) : HEARTH_QUEUE_DEFAULT_LIMIT;
}

/* 0 is a choice: nothing is kept. */
static gsize
get_cache_limit (HearthValue *settings)
{
  gint64 megabytes = hearth_value_get_member_integer (settings, "cache_max_mb", HEARTH_CACHE_DISK_MB);

  return (gsize) (megabytes >= 0 ? MIN (megabytes, MAX_CACHE_MB) : HEARTH_CACHE_DISK_MB) << 20;
}

HearthWorkspace *
hearth_workspace_new (const char *data_dir)
{
  HearthWorkspace *self = g_object_new (HEARTH_TYPE_WORKSPACE, NULL);
  g_autoptr (HearthOutside) outside = hearth_outside_new ();
  g_autoptr (HearthValue) settings = NULL;

  self->storage = _hearth_storage_new (data_dir);
  settings = read_execution_settings (self->storage->dir);
  self->storage->max_results_bytes = get_cache_limit (settings);
  self->queue = hearth_queue_new (get_queue_limit (settings));
  self->books = _hearth_books_new (self);
  self->models = _hearth_models_new ();
  self->live = _hearth_surroundings_new (self, HEARTH_SURROUNDINGS_LIVE, NULL, outside);
  _hearth_workspace_take_plugins (self, NULL);
  _hearth_workspace_init_runs (self);
  return self;
}

HearthCatalog *
hearth_workspace_get_catalog (HearthWorkspace *self)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);

  return self->catalog;
}

HearthQueue *
hearth_workspace_get_queue (HearthWorkspace *self)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);

  return self->queue;
}

HearthDataDir *
hearth_workspace_get_data_dir (HearthWorkspace *self)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);

  return self->storage->dir;
}

GBytes *
hearth_workspace_lookup_client_script (HearthWorkspace *self,
                                       const char      *type_id,
                                       const char      *url,
                                       GError         **error)
{
  g_autoptr (GError) reason = NULL;
  GBytes *script;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (type_id != NULL && url != NULL, NULL);

  if (hearth_catalog_lookup (self->catalog, type_id) == NULL)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                   _("There is no node type “%s”. Reload the list of nodes."), type_id);
      return NULL;
    }
  script = hearth_nodes_lookup_client_script (url, &reason);
  if (script == NULL)
    g_set_error_literal (error, HEARTH_STORE_ERROR,
                         g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) ? HEARTH_STORE_ERROR_NAME
                                                                                           : HEARTH_STORE_ERROR_NOT_FOUND,
                         reason->message);
  return script;
}

/* --- opening -------------------------------------------------------------------------------- */

/* Packs that cannot be read are no reason not to start. */
static HearthValue *
load_plugins (HearthDataDir *dir)
{
  g_autoptr (GError) error = NULL;
  HearthValue *plugins = hearth_plugin_store_load (dir, &error);

  if (plugins == NULL)
    g_warning ("No plugins are used: %s", error->message);
  return plugins;
}

static gpointer
open_work (HearthJob *job,
           GError       **error)
{
  if (!_hearth_storage_prepare (job->storage, job->flag, error))
    return NULL;
  job->value = load_plugins (job->storage->dir);
  job->ids = hearth_last_table_list_workflows (job->storage->database, error);
  return job->ids != NULL ? _hearth_models_read (job->storage, NULL, error) : NULL;
}

static void
announce_opened (HearthWorkspace *self,
                 HearthJob   *job)
{
  if (job->value != NULL)
    _hearth_workspace_take_plugins (self, job->value);
  _hearth_workspace_start_history (self, (const char *const *) job->ids);
  _hearth_models_take (self, job->answer);
  _hearth_books_load (self->books, NULL, NULL);
  _hearth_workspace_emit_projects_changed (self);
}

void
hearth_workspace_open_async (HearthWorkspace    *self,
                             gboolean            install_demo,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  HearthJob *job;

  g_return_if_fail (HEARTH_IS_WORKSPACE (self));

  job = _hearth_job_new (self, open_work, hearth_workspace_open_async, cancellable, callback, user_data);
  job->announce = announce_opened;
  job->flag = install_demo;
  _hearth_job_push (job, self->storage_pool);
}

gboolean
hearth_workspace_open_finish (HearthWorkspace *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_autoptr (HearthValue) answer = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  return answer != NULL;
}

/* --- news ----------------------------------------------------------------------------------- */

void
_hearth_workspace_emit_nodes_changed (HearthWorkspace *self)
{
  g_signal_emit (self, signals[NODES_CHANGED], 0);
}

void
_hearth_workspace_emit_channels_changed (HearthWorkspace *self)
{
  g_signal_emit (self, signals[CHANNELS_CHANGED], 0);
}

void
_hearth_workspace_emit_projects_changed (HearthWorkspace *self)
{
  g_signal_emit (self, signals[PROJECTS_CHANGED], 0);
}

void
_hearth_workspace_emit_workflow_saved (HearthWorkspace *self,
                                       const char      *project_id,
                                       HearthValue     *stored,
                                       gpointer         origin)
{
  const char *id = hearth_value_get_member_string (stored, "id", "");

  g_signal_emit (self, signals[WORKFLOW_SAVED], 0, project_id, id, stored, origin);
  g_signal_emit (self, signals[WORKFLOWS_CHANGED], 0, project_id);
}

void
_hearth_workspace_emit_workflow_deleted (HearthWorkspace *self,
                                         const char      *project_id,
                                         const char      *workflow_id)
{
  g_signal_emit (self, signals[WORKFLOW_DELETED], 0, project_id, workflow_id);
  g_signal_emit (self, signals[WORKFLOWS_CHANGED], 0, project_id);
}
