/* hearth-cache-disk.c: the part of the cache that the storage thread does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cache-private.h"

#include <string.h>

#include "hearth-id.h"

/* Of one workflow; the rest of the memory is for others. */
#define MAX_LOAD_BYTES (HEARTH_CACHE_MEMORY_BYTES / 4 * 3)
/* Besides what each of its nodes had the last time: so much of what its last runs made. */
#define N_RUNS 20
#define MAX_KEYS 2000

/* The same bytes on every machine. */
void
_hearth_cache_key_pack (const HearthResultKey *key,
                        guint8                *bytes)
{
  guint64 words[2] = { GUINT64_TO_BE (key->high), GUINT64_TO_BE (key->low) };

  memcpy (bytes, words, sizeof words);
}

void
_hearth_cache_key_unpack (const guint8    *bytes,
                          HearthResultKey *key)
{
  guint64 words[2];

  memcpy (words, bytes, sizeof words);
  key->high = GUINT64_FROM_BE (words[0]);
  key->low = GUINT64_FROM_BE (words[1]);
}

/* --- writing ----------------------------------------------------------------------------------- */

void
_hearth_cache_entry_free (gpointer entry)
{
  HearthCacheEntry *self = entry;

  g_clear_pointer (&self->result, hearth_result_row_free);
  g_clear_pointer (&self->last, hearth_last_row_free);
  g_free (self);
}

static void
sort_out (GPtrArray  *entries,
          GPtrArray  *results,
          GPtrArray  *lasts,
          GByteArray *used)
{
  for (guint i = 0; i < entries->len; i++)
    {
      HearthCacheEntry *entry = g_ptr_array_index (entries, i);

      if (entry->result != NULL)
        g_ptr_array_add (results, entry->result);
      else if (entry->last != NULL)
        g_ptr_array_add (lasts, entry->last);
      else
        g_byte_array_append (used, entry->used, sizeof entry->used);
    }
}

gboolean
_hearth_cache_write (HearthStorage *storage,
                     GPtrArray     *entries,
                     GError       **error)
{
  HearthDatabase *database = _hearth_storage_open_database (storage, error);
  g_autoptr (GPtrArray) results = g_ptr_array_new ();
  g_autoptr (GPtrArray) lasts = g_ptr_array_new ();
  g_autoptr (GByteArray) used = g_byte_array_new ();
  gint64 now_ms = hearth_time_now_ms ();

  if (database == NULL)
    return FALSE;
  sort_out (entries, results, lasts, used);
  return (used->len == 0
          || hearth_results_table_touch (database, used->data, used->len / HEARTH_RESULT_KEY_BYTES, now_ms, error))
         && (results->len == 0
             || hearth_results_table_put (database, results, now_ms, storage->max_results_bytes, error))
         && (lasts->len == 0 || hearth_last_table_put (database, lasts, now_ms, error));
}

/* --- reading ------------------------------------------------------------------------------------- */

HearthCacheLoad *
_hearth_cache_load_new (const char *workflow_id)
{
  HearthCacheLoad *self = g_new0 (HearthCacheLoad, 1);

  self->workflow_id = g_strdup (workflow_id);
  self->keys = g_array_new (FALSE, FALSE, HEARTH_RESULT_KEY_BYTES);
  return self;
}

void
_hearth_cache_load_free (gpointer load)
{
  HearthCacheLoad *self = load;

  g_array_unref (self->keys);
  g_clear_pointer (&self->lasts, g_ptr_array_unref);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self->workflow_id);
  g_free (self);
}

static void
add_keys_of_last (HearthCacheLoad *load)
{
  for (guint i = 0; i < load->lasts->len; i++)
    {
      HearthLastRow *last = g_ptr_array_index (load->lasts, i);

      if (last->has_key)
        g_array_append_val (load->keys, last->key);
    }
}

/* What was undone since is as likely to be done again. */
static gboolean
add_keys_of_runs (HearthCacheLoad *load,
                  HearthDatabase  *database,
                  GError         **error)
{
  g_autoptr (GByteArray) keys =
      hearth_results_table_list (database, load->workflow_id, N_RUNS, MAX_KEYS, error);

  if (keys != NULL)
    g_array_append_vals (load->keys, keys->data, keys->len / HEARTH_RESULT_KEY_BYTES);
  return keys != NULL;
}

gpointer
_hearth_cache_read (HearthJob *job,
                    GError   **error)
{
  HearthDatabase *database = _hearth_storage_open_database (job->storage, error);
  HearthCacheLoad *load = job->data;

  if (database == NULL)
    return NULL;
  if (!load->only_keys)
    {
      load->lasts = hearth_last_table_list (database, load->workflow_id, error);
      if (load->lasts == NULL)
        return NULL;
      add_keys_of_last (load);
      if (!add_keys_of_runs (load, database, error))
        return NULL;
    }
  load->results = hearth_results_table_read (database, (const guint8 *) load->keys->data, load->keys->len,
                                             MAX_LOAD_BYTES, error);
  return load->results != NULL ? hearth_value_null () : NULL;
}
