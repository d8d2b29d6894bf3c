/* hearth-result-cache.c: where results of earlier executions are found again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-result-cache.h"

G_DEFINE_INTERFACE (HearthResultCache, hearth_result_cache, G_TYPE_OBJECT)

static void
hearth_result_cache_default_init (HearthResultCacheInterface *iface)
{
}

gsize
hearth_result_cache_get_max_bytes (HearthResultCache *self)
{
  g_return_val_if_fail (HEARTH_IS_RESULT_CACHE (self), 0);

  return HEARTH_RESULT_CACHE_GET_IFACE (self)->get_max_bytes (self);
}

HearthValue *
hearth_result_cache_lookup (HearthResultCache     *self,
                            const HearthResultKey *key,
                            HearthValue          **origin)
{
  g_return_val_if_fail (HEARTH_IS_RESULT_CACHE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  *origin = NULL;
  return HEARTH_RESULT_CACHE_GET_IFACE (self)->lookup (self, key, origin);
}

void
hearth_result_cache_store (HearthResultCache     *self,
                           const HearthResultKey *key,
                           const char            *type_id,
                           const char            *run_id,
                           HearthValue           *outputs)
{
  g_return_if_fail (HEARTH_IS_RESULT_CACHE (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (outputs != NULL);

  HEARTH_RESULT_CACHE_GET_IFACE (self)->store (self, key, type_id, run_id, outputs);
}

HearthValue *
hearth_result_cache_get_last (HearthResultCache *self,
                              const char        *workflow_id,
                              const char        *node_id)
{
  g_return_val_if_fail (HEARTH_IS_RESULT_CACHE (self), NULL);
  g_return_val_if_fail (workflow_id != NULL && node_id != NULL, NULL);

  return HEARTH_RESULT_CACHE_GET_IFACE (self)->get_last (self, workflow_id, node_id);
}

gboolean
hearth_result_cache_is_last (HearthResultCache     *self,
                             const char            *workflow_id,
                             const char            *node_id,
                             const HearthResultKey *key)
{
  g_return_val_if_fail (HEARTH_IS_RESULT_CACHE (self), FALSE);
  g_return_val_if_fail (workflow_id != NULL && node_id != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return HEARTH_RESULT_CACHE_GET_IFACE (self)->is_last (self, workflow_id, node_id, key);
}

void
hearth_result_cache_set_last (HearthResultCache     *self,
                              const char            *workflow_id,
                              const char            *node_id,
                              const HearthResultKey *key,
                              HearthValue           *parts)
{
  g_return_if_fail (HEARTH_IS_RESULT_CACHE (self));
  g_return_if_fail (workflow_id != NULL && node_id != NULL);
  g_return_if_fail (key != NULL && parts != NULL);

  HEARTH_RESULT_CACHE_GET_IFACE (self)->set_last (self, workflow_id, node_id, key, parts);
}
