/* memory-cache.c: results kept in memory, for tests and benchmarks of the engine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "memory-cache.h"

static guint
hash_key (gconstpointer key)
{
  return ((const HearthResultKey *) key)->low;
}

static gboolean
equal_keys (gconstpointer a,
            gconstpointer b)
{
  const HearthResultKey *left = a, *right = b;

  return left->low == right->low && left->high == right->high;
}

static gsize
get_max_bytes (HearthResultCache *cache)
{
  return MEMORY_CACHE (cache)->max_bytes;
}

static HearthValue *
lookup (HearthResultCache     *cache,
        const HearthResultKey *key,
        HearthValue          **origin)
{
  MemoryCache *self = MEMORY_CACHE (cache);
  HearthValue *kept = g_hash_table_lookup (self->results, key);

  if (kept == NULL)
    {
      self->n_misses++;
      return NULL;
    }

  self->n_hits++;
  *origin = hearth_value_object ("promptId", hearth_value_ref (hearth_value_get (kept, "promptId")), "at",
                                 hearth_value_integer (0), NULL);
  return hearth_value_ref (hearth_value_get (kept, "outputs"));
}

static void
store (HearthResultCache     *cache,
       const HearthResultKey *key,
       const char            *type_id,
       const char            *run_id,
       HearthValue           *outputs)
{
  MemoryCache *self = MEMORY_CACHE (cache);

  self->n_stored++;
  g_free (self->run_id);
  self->run_id = g_strdup (run_id);
  g_hash_table_replace (self->results, g_memdup2 (key, sizeof *key),
                        hearth_value_object ("outputs", hearth_value_ref (outputs), "promptId", hearth_value_string (run_id), NULL));
}

typedef struct
{
  HearthResultKey key;
  HearthValue    *parts;
} Last;

static void
last_free (gpointer data)
{
  hearth_value_unref (((Last *) data)->parts);
  g_free (data);
}

static Last *
find_last (HearthResultCache *cache,
           const char        *workflow_id,
           const char        *node_id)
{
  GHashTable *nodes = g_hash_table_lookup (MEMORY_CACHE (cache)->last, workflow_id);

  return nodes ? g_hash_table_lookup (nodes, node_id) : NULL;
}

static HearthValue *
get_last (HearthResultCache *cache,
          const char        *workflow_id,
          const char        *node_id)
{
  Last *last = find_last (cache, workflow_id, node_id);

  return last ? hearth_value_ref (last->parts) : NULL;
}

static gboolean
is_last (HearthResultCache     *cache,
         const char            *workflow_id,
         const char            *node_id,
         const HearthResultKey *key)
{
  Last *last = find_last (cache, workflow_id, node_id);

  return last != NULL && equal_keys (&last->key, key);
}

static void
set_last (HearthResultCache     *cache,
          const char            *workflow_id,
          const char            *node_id,
          const HearthResultKey *key,
          HearthValue           *parts)
{
  MemoryCache *self = MEMORY_CACHE (cache);
  GHashTable *nodes = g_hash_table_lookup (self->last, workflow_id);
  Last *last = g_new0 (Last, 1);

  if (nodes == NULL)
    {
      nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, last_free);
      g_hash_table_insert (self->last, g_strdup (workflow_id), nodes);
    }
  last->key = *key;
  last->parts = hearth_value_ref (parts);
  g_hash_table_replace (nodes, g_strdup (node_id), last);
}

static void
memory_cache_iface_init (HearthResultCacheInterface *iface)
{
  iface->get_max_bytes = get_max_bytes;
  iface->lookup = lookup;
  iface->store = store;
  iface->get_last = get_last;
  iface->is_last = is_last;
  iface->set_last = set_last;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (MemoryCache, memory_cache, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HEARTH_TYPE_RESULT_CACHE, memory_cache_iface_init))

static void
memory_cache_finalize (GObject *object)
{
  MemoryCache *self = MEMORY_CACHE (object);

  g_hash_table_unref (self->results);
  g_hash_table_unref (self->last);
  g_free (self->run_id);

  G_OBJECT_CLASS (memory_cache_parent_class)->finalize (object);
}

static void
memory_cache_class_init (MemoryCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = memory_cache_finalize;
}

static void
memory_cache_init (MemoryCache *self)
{
  self->max_bytes = G_MAXSIZE;
  self->results = g_hash_table_new_full (hash_key, equal_keys, g_free, (GDestroyNotify) hearth_value_unref);
  self->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
}

MemoryCache *
memory_cache_new (void)
{
  return g_object_new (TYPE_MEMORY_CACHE, NULL);
}

void
memory_cache_forget (MemoryCache *self)
{
  g_hash_table_remove_all (self->results);
}
