/* hearth-cache.h: results of earlier executions, in memory first and on disk behind it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-result-cache.h"
#include "hearth-writer.h"

G_BEGIN_DECLS

#define HEARTH_CACHE_MEMORY_BYTES ((gsize) 64 << 20)
#define HEARTH_CACHE_DISK_MB 256 /* execution.cache_max_mb */

#define HEARTH_TYPE_CACHE (hearth_cache_get_type ())
G_DECLARE_FINAL_TYPE (HearthCache, hearth_cache, HEARTH, CACHE, GObject)

/* A HearthResultCache that never waits for the disk: what a workflow computed the last time is
 * loaded before it runs again, what is new is written behind its back. Main thread. */
HearthCache *_hearth_cache_new            (HearthStorage  *storage,
                                           GThreadPool    *pool,
                                           gsize           max_memory_bytes);
/* Which workflows the disk knows something of; until then nothing is loaded. */
void         _hearth_cache_set_known      (HearthCache    *self,
                                           const char     *const *workflow_ids);
/* Is there something on disk that a run of the workflow may want and that is not in memory? */
gboolean     _hearth_cache_wants_load     (HearthCache    *self,
                                           const char     *workflow_id);
/* Answers null when it is in memory. hearth_workspace_finish() ends it. */
void         _hearth_cache_load           (HearthCache         *self,
                                           HearthWorkspace     *workspace,
                                           const char          *workflow_id,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gsize        _hearth_cache_get_memory_bytes (HearthCache  *self);
/* Hands over what is still to be written; before the pool goes. */
void         _hearth_cache_close          (HearthCache    *self);

G_END_DECLS
