/* hearth-cache-private.h: what of the cache lies on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-cache.h"
#include "hearth-last-table.h"

G_BEGIN_DECLS

/* One thing to be written; one of the three. */
typedef struct
{
  HearthResultRow *result;
  HearthLastRow   *last;
  guint8           used[HEARTH_RESULT_KEY_BYTES];
} HearthCacheEntry;

void      _hearth_cache_entry_free  (gpointer          entry);
/* A HearthWriterWork. */
gboolean  _hearth_cache_write       (HearthStorage    *storage,
                                     GPtrArray        *entries,
                                     GError          **error);

/* What is read for one workflow. */
typedef struct
{
  char      *workflow_id;
  gboolean   only_keys; /* the rest of it is in memory */
  GArray    *keys;      /* of guint8[HEARTH_RESULT_KEY_BYTES] */
  GPtrArray *lasts;     /* of HearthLastRow; unless only_keys */
  GPtrArray *results;   /* of HearthResultRow */
} HearthCacheLoad;

HearthCacheLoad *_hearth_cache_load_new  (const char       *workflow_id);
void             _hearth_cache_load_free (gpointer          load);
/* A HearthWork whose job's data is a HearthCacheLoad. */
gpointer         _hearth_cache_read      (HearthJob        *job,
                                          GError          **error);

void      _hearth_cache_key_pack    (const HearthResultKey *key,
                                     guint8                *bytes);
void      _hearth_cache_key_unpack  (const guint8          *bytes,
                                     HearthResultKey       *key);

G_END_DECLS
