/* memory-cache.h: results kept in memory, for tests and benchmarks of the engine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-result-cache.h"

G_BEGIN_DECLS

#define TYPE_MEMORY_CACHE (memory_cache_get_type ())
G_DECLARE_FINAL_TYPE (MemoryCache, memory_cache, MEMORY, CACHE, GObject)

struct _MemoryCache
{
  GObject     parent_instance;

  GHashTable *results; /* HearthResultKey -> HearthValue, {"outputs", "promptId"} */
  GHashTable *last;    /* workflow id -> node id -> what it was made from, and its key */
  char       *run_id;  /* of the last result kept */
  guint       n_hits, n_misses, n_stored;
  gsize       max_bytes; /* of one result */
};

MemoryCache *memory_cache_new    (void);
void         memory_cache_forget (MemoryCache *self); /* the results, not what they were made of */

G_END_DECLS
