/* hearth-cache-lasts.h: what the nodes of each workflow were computed from the last time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-result-cache.h"

G_BEGIN_DECLS

/* The last used workflows; those that are dropped are still on disk. */
typedef struct _HearthCacheLasts HearthCacheLasts;

typedef struct
{
  HearthValue    *parts;
  HearthResultKey key;
  gboolean        has_key;
} HearthCacheLast;

HearthCacheLasts *_hearth_cache_lasts_new    (void);
void              _hearth_cache_lasts_free   (HearthCacheLasts      *self);
/* Node id -> HearthCacheLast; borrowed; NULL: not in memory. Counts as used. */
GHashTable       *_hearth_cache_lasts_use    (HearthCacheLasts      *self,
                                              const char            *workflow_id);
GHashTable       *_hearth_cache_lasts_ensure (HearthCacheLasts      *self,
                                              const char            *workflow_id);
/* Into such a table. @key: or NULL. */
void              _hearth_cache_lasts_set    (GHashTable            *nodes,
                                              const char            *node_id,
                                              HearthValue           *parts,
                                              const HearthResultKey *key);

G_END_DECLS
