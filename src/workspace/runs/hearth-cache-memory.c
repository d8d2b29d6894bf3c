/* hearth-cache-memory.c: results in memory, up to so many bytes; what was not used for the longest time goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cache-memory.h"

#include "hearth-id.h"

struct _HearthCacheMemory
{
  GHashTable *results; /* HearthResultKey -> HearthCacheResult; the key lies in it */
  GQueue recent;       /* of HearthCacheResult, last used first */
  gsize bytes, max_bytes;
};

static guint
key_hash (gconstpointer data)
{
  const HearthResultKey *key = data;

  return (guint) (key->low ^ (key->low >> 32));
}

gboolean
_hearth_cache_key_equal (gconstpointer a,
                         gconstpointer b)
{
  const HearthResultKey *first = a;
  const HearthResultKey *second = b;

  return first->low == second->low && first->high == second->high;
}

static void
result_free (gpointer data)
{
  HearthCacheResult *self = data;

  hearth_value_unref (self->outputs);
  hearth_value_unref (self->origin);
  g_free (self);
}

HearthCacheMemory *
_hearth_cache_memory_new (gsize max_bytes)
{
  HearthCacheMemory *self = g_new0 (HearthCacheMemory, 1);

  self->results = g_hash_table_new_full (key_hash, _hearth_cache_key_equal, NULL, result_free);
  g_queue_init (&self->recent);
  self->max_bytes = max_bytes;
  return self;
}

void
_hearth_cache_memory_free (HearthCacheMemory *self)
{
  g_hash_table_unref (self->results);
  g_free (self);
}

gsize
_hearth_cache_memory_get_bytes (HearthCacheMemory *self)
{
  return self->bytes;
}

gboolean
_hearth_cache_memory_has (HearthCacheMemory     *self,
                          const HearthResultKey *key)
{
  return g_hash_table_contains (self->results, key);
}

HearthCacheResult *
_hearth_cache_memory_use (HearthCacheMemory     *self,
                          const HearthResultKey *key)
{
  HearthCacheResult *result = g_hash_table_lookup (self->results, key);

  if (result == NULL)
    return NULL;
  g_queue_unlink (&self->recent, &result->link);
  g_queue_push_head_link (&self->recent, &result->link);
  return result;
}

static void
forget (HearthCacheMemory *self,
        HearthCacheResult *result)
{
  g_queue_unlink (&self->recent, &result->link);
  self->bytes -= result->bytes;
  g_hash_table_remove (self->results, &result->key);
}

void
_hearth_cache_memory_put (HearthCacheMemory     *self,
                          const HearthResultKey *key,
                          HearthValue           *outputs,
                          HearthValue           *origin)
{
  HearthCacheResult *result = g_hash_table_lookup (self->results, key);

  if (result != NULL)
    forget (self, result);
  result = g_new0 (HearthCacheResult, 1);
  result->key = *key;
  result->outputs = hearth_value_ref (outputs);
  result->origin = origin;
  result->bytes = hearth_value_measure (outputs, self->max_bytes) + sizeof *result;
  result->touched_ms = hearth_time_now_ms ();
  result->link.data = result;
  g_hash_table_add (self->results, result);
  g_queue_push_head_link (&self->recent, &result->link);
  self->bytes += result->bytes;
  while (self->bytes > self->max_bytes)
    forget (self, self->recent.tail->data);
}
