/* hearth-cache.c: results of earlier executions, in memory first and on disk behind it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cache-private.h"

#include "hearth-cache-lasts.h"
#include "hearth-cache-memory.h"
#include "hearth-id.h"

/* That a result is used is written this often at most. */
#define TOUCH_INTERVAL_MS 60000
struct _HearthCache
{
  GObject parent_instance;

  HearthWriter *writer;  /* NULL: closed, nothing is written any more */
  GThreadPool *pool;     /* of the workspace */

  HearthCacheMemory *memory;
  HearthCacheLasts *lasts;
  GHashTable *known;     /* ids of workflows of which the disk knows something */

  HearthValue *origin;    /* of the last results; all that a run makes within a millisecond share it */
  char *origin_run_id;
  gint64 origin_ms;
};

static void hearth_cache_iface_init (HearthResultCacheInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HearthCache, hearth_cache, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_RESULT_CACHE, hearth_cache_iface_init))

/* A run may hold the cache longer than the workspace that closed it lives. Takes @entry. */
static void
put_down (HearthCache      *self,
          HearthCacheEntry *entry)
{
  if (self->writer != NULL)
    _hearth_writer_add (self->writer, entry);
  else
    _hearth_cache_entry_free (entry);
}

static HearthValue *
make_origin (const char *run_id,
             gint64      made_ms)
{
  return hearth_value_object ("promptId", hearth_value_string (run_id), "at", hearth_value_integer (made_ms), NULL);
}

static HearthValue *
ensure_origin (HearthCache *self,
               const char  *run_id,
               gint64       made_ms)
{
  if (self->origin == NULL || self->origin_ms != made_ms || !g_str_equal (self->origin_run_id, run_id))
    {
      g_clear_pointer (&self->origin, hearth_value_unref);
      g_free (self->origin_run_id);
      self->origin = make_origin (run_id, made_ms);
      self->origin_run_id = g_strdup (run_id);
      self->origin_ms = made_ms;
    }
  return hearth_value_ref (self->origin);
}

/* --- for the engine ------------------------------------------------------------------------------ */

static void
touch (HearthCache       *self,
       HearthCacheResult *result)
{
  gint64 now_ms = hearth_time_now_ms ();
  HearthCacheEntry *entry;

  if (now_ms - result->touched_ms < TOUCH_INTERVAL_MS)
    return;
  result->touched_ms = now_ms;
  entry = g_new0 (HearthCacheEntry, 1);
  _hearth_cache_key_pack (&result->key, entry->used);
  put_down (self, entry);
}

static gsize
cache_get_max_bytes (HearthResultCache *cache)
{
  return HEARTH_MAX_RESULT_BYTES;
}

static HearthValue *
cache_lookup (HearthResultCache     *cache,
              const HearthResultKey *key,
              HearthValue          **origin)
{
  HearthCache *self = HEARTH_CACHE (cache);
  HearthCacheResult *result = _hearth_cache_memory_use (self->memory, key);

  if (result == NULL)
    return NULL;
  touch (self, result);
  if (origin != NULL)
    *origin = hearth_value_ref (result->origin);
  return hearth_value_ref (result->outputs);
}

static void
cache_store (HearthResultCache     *cache,
             const HearthResultKey *key,
             const char            *type_id,
             const char            *run_id,
             HearthValue           *outputs)
{
  HearthCache *self = HEARTH_CACHE (cache);
  HearthCacheEntry *entry;
  HearthResultRow *row;

  if (hearth_value_measure (outputs, HEARTH_MAX_RESULT_BYTES) >= HEARTH_MAX_RESULT_BYTES)
    return;
  row = g_new0 (HearthResultRow, 1);
  _hearth_cache_key_pack (key, row->key);
  row->type_id = g_strdup (type_id);
  row->run_id = g_strdup (run_id);
  row->made_ms = hearth_time_now_ms ();
  row->outputs = hearth_value_ref (outputs);
  _hearth_cache_memory_put (self->memory, key, outputs, ensure_origin (self, run_id, row->made_ms));
  entry = g_new0 (HearthCacheEntry, 1);
  entry->result = row;
  put_down (self, entry);
}

static HearthValue *
cache_get_last (HearthResultCache *cache,
                const char        *workflow_id,
                const char        *node_id)
{
  HearthCache *self = HEARTH_CACHE (cache);
  GHashTable *nodes = workflow_id != NULL ? _hearth_cache_lasts_use (self->lasts, workflow_id) : NULL;
  HearthCacheLast *last = nodes != NULL ? g_hash_table_lookup (nodes, node_id) : NULL;

  return last != NULL ? hearth_value_ref (last->parts) : NULL;
}

static gboolean
cache_is_last (HearthResultCache     *cache,
               const char            *workflow_id,
               const char            *node_id,
               const HearthResultKey *key)
{
  HearthCache *self = HEARTH_CACHE (cache);
  GHashTable *nodes = _hearth_cache_lasts_use (self->lasts, workflow_id);
  HearthCacheLast *last = nodes != NULL ? g_hash_table_lookup (nodes, node_id) : NULL;

  return last != NULL && last->has_key && _hearth_cache_key_equal (&last->key, key);
}

static void
write_last (HearthCache           *self,
            const char            *workflow_id,
            const char            *node_id,
            HearthValue           *parts,
            const HearthResultKey *key)
{
  HearthCacheEntry *entry = g_new0 (HearthCacheEntry, 1);
  HearthLastRow *row = g_new0 (HearthLastRow, 1);

  row->workflow_id = g_strdup (workflow_id);
  row->node_id = g_strdup (node_id);
  row->parts = hearth_value_ref (parts);
  row->has_key = TRUE;
  _hearth_cache_key_pack (key, row->key);
  entry->last = row;
  put_down (self, entry);
}

static void
cache_set_last (HearthResultCache     *cache,
                const char            *workflow_id,
                const char            *node_id,
                const HearthResultKey *key,
                HearthValue           *parts)
{
  HearthCache *self = HEARTH_CACHE (cache);
  GHashTable *nodes;

  if (cache_is_last (cache, workflow_id, node_id, key))
    return;
  nodes = _hearth_cache_lasts_ensure (self->lasts, workflow_id);
  _hearth_cache_lasts_set (nodes, node_id, parts, key);
  if (!g_hash_table_contains (self->known, workflow_id))
    g_hash_table_add (self->known, g_strdup (workflow_id));
  write_last (self, workflow_id, node_id, parts, key);
}

static void
hearth_cache_iface_init (HearthResultCacheInterface *iface)
{
  iface->get_max_bytes = cache_get_max_bytes;
  iface->lookup = cache_lookup;
  iface->store = cache_store;
  iface->get_last = cache_get_last;
  iface->is_last = cache_is_last;
  iface->set_last = cache_set_last;
}

/* --- loading ahead --------------------------------------------------------------------------------- */

/* The keys that are worth asking the disk for. */
static void
list_missing (HearthCache *self,
              GHashTable  *nodes,
              GArray      *keys)
{
  GHashTableIter iter;
  gpointer value;
  guint8 bytes[HEARTH_RESULT_KEY_BYTES];

  g_hash_table_iter_init (&iter, nodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HearthCacheLast *last = value;

      if (!last->has_key || _hearth_cache_memory_has (self->memory, &last->key))
        continue;
      _hearth_cache_key_pack (&last->key, bytes);
      g_array_append_val (keys, bytes);
    }
}

gboolean
_hearth_cache_wants_load (HearthCache *self,
                          const char  *workflow_id)
{
  GHashTable *nodes;
  g_autoptr (GArray) keys = NULL;

  if (workflow_id == NULL)
    return FALSE;
  nodes = _hearth_cache_lasts_use (self->lasts, workflow_id);
  if (nodes == NULL)
    return g_hash_table_contains (self->known, workflow_id);
  keys = g_array_new (FALSE, FALSE, HEARTH_RESULT_KEY_BYTES);
  list_missing (self, nodes, keys);
  return keys->len > 0;
}

/* What was set meanwhile is newer than what the disk says. */
static void
take_lasts (GHashTable *nodes,
            GPtrArray  *lasts)
{
  for (guint i = 0; i < lasts->len; i++)
    {
      HearthLastRow *row = g_ptr_array_index (lasts, i);
      HearthResultKey key;

      if (g_hash_table_contains (nodes, row->node_id))
        continue;
      _hearth_cache_key_unpack (row->key, &key);
      _hearth_cache_lasts_set (nodes, row->node_id, row->parts, row->has_key ? &key : NULL);
    }
}

static void
take_results (HearthCache *self,
              GPtrArray   *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      HearthResultRow *row = g_ptr_array_index (results, i);
      HearthResultKey key;

      _hearth_cache_key_unpack (row->key, &key);
      if (!_hearth_cache_memory_has (self->memory, &key))
        _hearth_cache_memory_put (self->memory, &key, row->outputs, make_origin (row->run_id, row->made_ms));
    }
}

/* What the disk does not have, or has no room for, is not asked for before every run again. */
static void
forget_missing (HearthCache *self,
                GHashTable  *nodes)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, nodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      HearthCacheLast *last = value;

      last->has_key = last->has_key && _hearth_cache_memory_has (self->memory, &last->key);
    }
}

static void
announce_loaded (HearthWorkspace *workspace,
                 HearthJob       *job)
{
  HearthCache *self = job->origin;
  HearthCacheLoad *load = job->data;
  GHashTable *nodes = _hearth_cache_lasts_ensure (self->lasts, load->workflow_id);

  if (load->lasts != NULL)
    take_lasts (nodes, load->lasts);
  take_results (self, load->results);
  forget_missing (self, nodes);
}

void
_hearth_cache_load (HearthCache        *self,
                    HearthWorkspace    *workspace,
                    const char         *workflow_id,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  HearthJob *job = _hearth_job_new (workspace, _hearth_cache_read, _hearth_cache_load, NULL, callback, user_data);
  HearthCacheLoad *load = _hearth_cache_load_new (workflow_id);
  GHashTable *nodes = _hearth_cache_lasts_use (self->lasts, workflow_id);

  load->only_keys = nodes != NULL;
  if (nodes != NULL)
    list_missing (self, nodes, load->keys);
  _hearth_writer_flush (self->writer);
  job->data = load;
  job->free_data = _hearth_cache_load_free;
  job->origin = self; /* lives as long as the workspace, which the job keeps */
  job->announce = announce_loaded;
  _hearth_job_push (job, self->pool);
}

void
_hearth_cache_set_known (HearthCache       *self,
                         const char *const *workflow_ids)
{
  for (gsize i = 0; workflow_ids[i] != NULL; i++)
    g_hash_table_add (self->known, g_strdup (workflow_ids[i]));
}

/* --- the object -------------------------------------------------------------------------------------- */

static void
hearth_cache_finalize (GObject *object)
{
  HearthCache *self = HEARTH_CACHE (object);

  g_clear_pointer (&self->writer, _hearth_writer_free);
  _hearth_cache_memory_free (self->memory);
  _hearth_cache_lasts_free (self->lasts);
  g_hash_table_unref (self->known);
  g_clear_pointer (&self->origin, hearth_value_unref);
  g_free (self->origin_run_id);
  G_OBJECT_CLASS (hearth_cache_parent_class)->finalize (object);
}

static void
hearth_cache_class_init (HearthCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hearth_cache_finalize;
}

static void
hearth_cache_init (HearthCache *self)
{
  self->lasts = _hearth_cache_lasts_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

HearthCache *
_hearth_cache_new (HearthStorage *storage,
                   GThreadPool   *pool,
                   gsize          max_memory_bytes)
{
  HearthCache *self = g_object_new (HEARTH_TYPE_CACHE, NULL);

  self->writer = _hearth_writer_new (storage, pool, _hearth_cache_write, _hearth_cache_entry_free);
  self->pool = pool;
  self->memory = _hearth_cache_memory_new (max_memory_bytes);
  return self;
}

gsize
_hearth_cache_get_memory_bytes (HearthCache *self)
{
  return _hearth_cache_memory_get_bytes (self->memory);
}

void
_hearth_cache_close (HearthCache *self)
{
  g_clear_pointer (&self->writer, _hearth_writer_free);
}
