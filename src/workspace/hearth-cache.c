/* hearth-cache.c: results of earlier executions, in memory first and on disk behind it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cache-private.h"

#include <string.h>

#include "hearth-id.h"

/* What is known of so many workflows stays in memory. */
#define MAX_WORKFLOWS 64
/* That a result is used is written this often at most. */
#define TOUCH_INTERVAL_MS 60000
/* What a value takes in memory besides its text, about. */
#define VALUE_BYTES 48

typedef struct
{
  HearthResultKey key;
  HearthValue *outputs;
  HearthValue *origin;
  gsize bytes;
  gint64 touched_ms;
  GList link; /* in recent; data is the entry */
} Result;

typedef struct
{
  HearthValue *parts;
  HearthResultKey key;
  gboolean has_key;
} Last;

typedef struct
{
  GHashTable *nodes; /* id -> Last */
  guint64 used;      /* grows with every use of any workflow */
} Workflow;

struct _HearthCache
{
  GObject parent_instance;

  HearthWriter *writer;  /* NULL: closed, nothing is written any more */
  GThreadPool *pool;     /* of the workspace */

  GHashTable *results;   /* HearthResultKey -> Result; the key lies in it */
  GQueue recent;         /* of Result, last used first */
  gsize bytes, max_bytes;

  GHashTable *workflows; /* id -> Workflow */
  GHashTable *known;     /* ids of which the disk knows something */
  guint64 clock;

  HearthResultKey current; /* what was kept last, whoever's it is */
  gboolean has_current;
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

/* --- results in memory ------------------------------------------------------------------------- */

static guint
key_hash (gconstpointer data)
{
  const HearthResultKey *key = data;

  return (guint) (key->low ^ (key->low >> 32));
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  const HearthResultKey *first = a;
  const HearthResultKey *second = b;

  return first->low == second->low && first->high == second->high;
}

/* About what it takes in memory; stops counting at @limit. */
static gsize
measure (const HearthValue *value,
         gsize              limit)
{
  gsize bytes = VALUE_BYTES;
  gsize length = 0;

  if (hearth_value_is (value, STRING) || hearth_value_is (value, BIG_NUMBER))
    {
      hearth_value_get_string (value, &length);
      return bytes + length;
    }
  if (!hearth_value_is (value, ARRAY) && !hearth_value_is (value, OBJECT))
    return bytes;
  length = hearth_value_get_length (value);
  for (gsize i = 0; i < length && bytes < limit; i++)
    if (hearth_value_is (value, OBJECT))
      bytes += strlen (hearth_value_key_at (value, i)) + measure (hearth_value_member_at (value, i), limit - bytes);
    else
      bytes += measure (hearth_value_at (value, i), limit - bytes);
  return bytes;
}

static void
result_free (gpointer data)
{
  Result *self = data;

  hearth_value_unref (self->outputs);
  hearth_value_unref (self->origin);
  g_free (self);
}

static void
forget (HearthCache *self,
        Result      *result)
{
  g_queue_unlink (&self->recent, &result->link);
  self->bytes -= result->bytes;
  g_hash_table_remove (self->results, &result->key);
}

/* Takes @origin. */
static void
remember (HearthCache           *self,
          const HearthResultKey *key,
          HearthValue           *outputs,
          HearthValue           *origin)
{
  Result *result = g_hash_table_lookup (self->results, key);

  if (result != NULL)
    forget (self, result);
  result = g_new0 (Result, 1);
  result->key = *key;
  result->outputs = hearth_value_ref (outputs);
  result->origin = origin;
  result->bytes = measure (outputs, HEARTH_MAX_RESULT_BYTES) + sizeof *result;
  result->touched_ms = hearth_time_now_ms ();
  result->link.data = result;
  g_hash_table_add (self->results, result);
  g_queue_push_head_link (&self->recent, &result->link);
  self->bytes += result->bytes;
  while (self->bytes > self->max_bytes)
    forget (self, self->recent.tail->data);
}

static HearthValue *
make_origin (const char *run_id,
             gint64      made_ms)
{
  g_autofree char *at = hearth_time_to_iso (made_ms);

  return hearth_value_object ("promptId", hearth_value_string (run_id), "at", hearth_value_string (at), NULL);
}

/* --- what the last time was -------------------------------------------------------------------- */

static void
last_free (gpointer data)
{
  Last *self = data;

  hearth_value_unref (self->parts);
  g_free (self);
}

static void
workflow_free (gpointer data)
{
  Workflow *self = data;

  g_hash_table_unref (self->nodes);
  g_free (self);
}

/* The disk still knows it. */
static void
forget_oldest_workflow (HearthCache *self)
{
  const char *oldest = NULL;
  guint64 used = G_MAXUINT64;
  GHashTableIter iter;
  gpointer id, workflow;

  g_hash_table_iter_init (&iter, self->workflows);
  while (g_hash_table_iter_next (&iter, &id, &workflow))
    if (((Workflow *) workflow)->used < used)
      {
        used = ((Workflow *) workflow)->used;
        oldest = id;
      }
  if (oldest != NULL)
    g_hash_table_remove (self->workflows, oldest);
}

static Workflow *
ensure_workflow (HearthCache *self,
                 const char  *workflow_id)
{
  Workflow *workflow = g_hash_table_lookup (self->workflows, workflow_id);

  if (workflow == NULL)
    {
      if (g_hash_table_size (self->workflows) >= MAX_WORKFLOWS)
        forget_oldest_workflow (self);
      workflow = g_new0 (Workflow, 1);
      workflow->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, last_free);
      g_hash_table_insert (self->workflows, g_strdup (workflow_id), workflow);
    }
  workflow->used = ++self->clock;
  return workflow;
}

static void
set_node (Workflow              *workflow,
          const char            *node_id,
          HearthValue           *parts,
          const HearthResultKey *key)
{
  Last *last = g_new0 (Last, 1);

  last->parts = hearth_value_ref (parts);
  last->has_key = key != NULL;
  if (key != NULL)
    last->key = *key;
  g_hash_table_replace (workflow->nodes, g_strdup (node_id), last);
}

/* --- for the engine ------------------------------------------------------------------------------ */

static void
touch (HearthCache *self,
       Result      *result)
{
  gint64 now_ms = hearth_time_now_ms ();
  HearthCacheEntry *entry;

  g_queue_unlink (&self->recent, &result->link);
  g_queue_push_head_link (&self->recent, &result->link);
  if (now_ms - result->touched_ms < TOUCH_INTERVAL_MS)
    return;
  result->touched_ms = now_ms;
  entry = g_new0 (HearthCacheEntry, 1);
  _hearth_cache_key_pack (&result->key, entry->used);
  put_down (self, entry);
}

static HearthValue *
cache_lookup (HearthResultCache     *cache,
              const HearthResultKey *key,
              HearthValue          **origin)
{
  HearthCache *self = HEARTH_CACHE (cache);
  Result *result = g_hash_table_lookup (self->results, key);

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

  self->has_current = measure (outputs, HEARTH_MAX_RESULT_BYTES) < HEARTH_MAX_RESULT_BYTES;
  if (!self->has_current)
    return;
  self->current = *key;
  row = g_new0 (HearthResultRow, 1);
  _hearth_cache_key_pack (key, row->key);
  row->type_id = g_strdup (type_id);
  row->run_id = g_strdup (run_id);
  row->made_ms = hearth_time_now_ms ();
  row->outputs = hearth_value_ref (outputs);
  remember (self, key, outputs, make_origin (run_id, row->made_ms));
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
  Workflow *workflow = workflow_id != NULL ? g_hash_table_lookup (self->workflows, workflow_id) : NULL;
  Last *last = workflow != NULL ? g_hash_table_lookup (workflow->nodes, node_id) : NULL;

  return last != NULL ? hearth_value_ref (last->parts) : NULL;
}

static gboolean
is_as_before (Last                  *last,
              HearthValue           *parts,
              const HearthResultKey *key)
{
  return last != NULL && last->has_key == (key != NULL) && (key == NULL || key_equal (&last->key, key))
         && hearth_value_equal (last->parts, parts);
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
  row->has_key = key != NULL;
  if (key != NULL)
    _hearth_cache_key_pack (key, row->key);
  entry->last = row;
  put_down (self, entry);
}

/* The result that belongs to the node is the one the engine has kept just before. Should
 * that ever be another's, a wrong result is loaded ahead; which one is used is always asked by key. */
static void
cache_set_last (HearthResultCache *cache,
                const char        *workflow_id,
                const char        *node_id,
                HearthValue       *parts)
{
  HearthCache *self = HEARTH_CACHE (cache);
  const HearthResultKey *key = self->has_current ? &self->current : NULL;
  Workflow *workflow;

  self->has_current = FALSE;
  if (workflow_id == NULL)
    return;
  workflow = ensure_workflow (self, workflow_id);
  if (is_as_before (g_hash_table_lookup (workflow->nodes, node_id), parts, key))
    return;
  set_node (workflow, node_id, parts, key);
  if (!g_hash_table_contains (self->known, workflow_id))
    g_hash_table_add (self->known, g_strdup (workflow_id));
  write_last (self, workflow_id, node_id, parts, key);
}

static void
hearth_cache_iface_init (HearthResultCacheInterface *iface)
{
  iface->lookup = cache_lookup;
  iface->store = cache_store;
  iface->get_last = cache_get_last;
  iface->set_last = cache_set_last;
}

/* --- loading ahead --------------------------------------------------------------------------------- */

/* The keys that are worth asking the disk for. */
static void
list_missing (HearthCache *self,
              Workflow    *workflow,
              GArray      *keys)
{
  GHashTableIter iter;
  gpointer value;
  guint8 bytes[HEARTH_RESULT_KEY_BYTES];

  g_hash_table_iter_init (&iter, workflow->nodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Last *last = value;

      if (!last->has_key || g_hash_table_contains (self->results, &last->key))
        continue;
      _hearth_cache_key_pack (&last->key, bytes);
      g_array_append_val (keys, bytes);
    }
}

gboolean
_hearth_cache_wants_load (HearthCache *self,
                          const char  *workflow_id)
{
  Workflow *workflow;
  g_autoptr (GArray) keys = NULL;

  if (workflow_id == NULL)
    return FALSE;
  workflow = g_hash_table_lookup (self->workflows, workflow_id);
  if (workflow == NULL)
    return g_hash_table_contains (self->known, workflow_id);
  workflow->used = ++self->clock;
  keys = g_array_new (FALSE, FALSE, HEARTH_RESULT_KEY_BYTES);
  list_missing (self, workflow, keys);
  return keys->len > 0;
}

/* What was set meanwhile is newer than what the disk says. */
static void
take_lasts (Workflow  *workflow,
            GPtrArray *lasts)
{
  for (guint i = 0; i < lasts->len; i++)
    {
      HearthLastRow *row = g_ptr_array_index (lasts, i);
      HearthResultKey key;

      if (g_hash_table_contains (workflow->nodes, row->node_id))
        continue;
      _hearth_cache_key_unpack (row->key, &key);
      set_node (workflow, row->node_id, row->parts, row->has_key ? &key : NULL);
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
      if (!g_hash_table_contains (self->results, &key))
        remember (self, &key, row->outputs, make_origin (row->run_id, row->made_ms));
    }
}

/* What the disk does not have, or has no room for, is not asked for before every run again. */
static void
forget_missing (HearthCache *self,
                Workflow    *workflow)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, workflow->nodes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Last *last = value;

      last->has_key = last->has_key && g_hash_table_contains (self->results, &last->key);
    }
}

static void
announce_loaded (HearthWorkspace *workspace,
                 HearthJob       *job)
{
  HearthCache *self = job->origin;
  HearthCacheLoad *load = job->data;
  Workflow *workflow = ensure_workflow (self, load->workflow_id);

  if (load->lasts != NULL)
    take_lasts (workflow, load->lasts);
  take_results (self, load->results);
  forget_missing (self, workflow);
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
  Workflow *workflow = g_hash_table_lookup (self->workflows, workflow_id);

  load->only_keys = workflow != NULL;
  if (workflow != NULL)
    list_missing (self, workflow, load->keys);
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
  g_hash_table_unref (self->results);
  g_hash_table_unref (self->workflows);
  g_hash_table_unref (self->known);
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
  self->results = g_hash_table_new_full (key_hash, key_equal, NULL, result_free);
  self->workflows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, workflow_free);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->recent);
}

HearthCache *
_hearth_cache_new (HearthStorage *storage,
                   GThreadPool   *pool,
                   gsize          max_memory_bytes)
{
  HearthCache *self = g_object_new (HEARTH_TYPE_CACHE, NULL);

  self->writer = _hearth_writer_new (storage, pool, _hearth_cache_write, _hearth_cache_entry_free);
  self->pool = pool;
  self->max_bytes = max_memory_bytes;
  return self;
}

gsize
_hearth_cache_get_memory_bytes (HearthCache *self)
{
  return self->bytes;
}

void
_hearth_cache_close (HearthCache *self)
{
  g_clear_pointer (&self->writer, _hearth_writer_free);
}
