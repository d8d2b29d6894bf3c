/* hearth-result-cache.h: where results of earlier executions are found again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define HEARTH_TYPE_RESULT_CACHE (hearth_result_cache_get_type ())
G_DECLARE_INTERFACE (HearthResultCache, hearth_result_cache, HEARTH, RESULT_CACHE, GObject)

/* Names a result: a 128-bit hash over node type and version, configuration and inputs
 * (docs/scheduler.md, "Only what changed"). */
typedef struct
{
  guint64 high, low;
} HearthResultKey;

/**
 * HearthResultCacheInterface:
 * @get_max_bytes: a result that takes so much, as hearth_value_measure() has it, is not kept; so nobody need gather it
 * @lookup: the outputs kept under @key, an object (new reference), or NULL. @origin: when and in which
 *   run it was made, `{"promptId", "at": Unix ms}` (new reference); must not block: the implementation loads ahead
 * @store: keeps @outputs under @key. Returns at once
 * @get_last: what the last result of node @node_id of workflow @workflow_id, kept or reused, was made from: an
 *   object {"type", "config", "inputs": {key: hash}} of short hashes, for saying why it runs again; or NULL
 * @is_last: is the one under @key remembered as that?
 * @set_last: remembers that, and under which @key it is kept
 *
 * The engine asks, the workspace answers. Main thread.
 */
struct _HearthResultCacheInterface
{
  GTypeInterface parent;

  gsize        (*get_max_bytes) (HearthResultCache *self);
  HearthValue *(*lookup)   (HearthResultCache *self, const HearthResultKey *key, HearthValue **origin);
  void         (*store)    (HearthResultCache *self, const HearthResultKey *key, const char *type_id,
                            const char *run_id, HearthValue *outputs);
  HearthValue *(*get_last) (HearthResultCache *self, const char *workflow_id, const char *node_id);
  gboolean     (*is_last)  (HearthResultCache *self, const char *workflow_id, const char *node_id,
                            const HearthResultKey *key);
  void         (*set_last) (HearthResultCache *self, const char *workflow_id, const char *node_id,
                            const HearthResultKey *key, HearthValue *parts);
};

gsize        hearth_result_cache_get_max_bytes (HearthResultCache *self);
HearthValue *hearth_result_cache_lookup   (HearthResultCache     *self,
                                           const HearthResultKey *key,
                                           HearthValue          **origin);
void         hearth_result_cache_store    (HearthResultCache     *self,
                                           const HearthResultKey *key,
                                           const char            *type_id,
                                           const char            *run_id,
                                           HearthValue           *outputs);
HearthValue *hearth_result_cache_get_last (HearthResultCache     *self,
                                           const char            *workflow_id,
                                           const char            *node_id);
gboolean     hearth_result_cache_is_last  (HearthResultCache     *self,
                                           const char            *workflow_id,
                                           const char            *node_id,
                                           const HearthResultKey *key);
void         hearth_result_cache_set_last (HearthResultCache     *self,
                                           const char            *workflow_id,
                                           const char            *node_id,
                                           const HearthResultKey *key,
                                           HearthValue           *parts);

G_END_DECLS
