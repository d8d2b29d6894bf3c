/* hearth-cache-memory.h: results in memory, up to so many bytes; what was not used for the longest time goes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-result-cache.h"

G_BEGIN_DECLS

typedef struct _HearthCacheMemory HearthCacheMemory;

typedef struct
{
  HearthResultKey key;
  HearthValue    *outputs;
  HearthValue    *origin;
  gint64          touched_ms; /* the caller's: when it last said that the result was used */
  /*< private >*/
  gsize           bytes;
  GList           link;
} HearthCacheResult;

HearthCacheMemory *_hearth_cache_memory_new       (gsize                  max_bytes);
void               _hearth_cache_memory_free      (HearthCacheMemory     *self);
/* Borrowed until the next put. Counts as used. */
HearthCacheResult *_hearth_cache_memory_use       (HearthCacheMemory     *self,
                                                   const HearthResultKey *key);
gboolean           _hearth_cache_memory_has       (HearthCacheMemory     *self,
                                                   const HearthResultKey *key);
/* Takes @origin; what it does not take in is not there afterwards. */
void               _hearth_cache_memory_put       (HearthCacheMemory     *self,
                                                   const HearthResultKey *key,
                                                   HearthValue           *outputs,
                                                   HearthValue           *origin);
gsize              _hearth_cache_memory_get_bytes (HearthCacheMemory     *self);
gboolean           _hearth_cache_key_equal        (gconstpointer          a,
                                                   gconstpointer          b);

G_END_DECLS
