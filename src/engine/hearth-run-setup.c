/* hearth-run-setup.c: how a run is to run; all before it starts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

/* Only what the interface has, over what the plan has. */
void
hearth_run_set_inputs (HearthRun   *self,
                       HearthValue *inputs)
{
  g_auto (HearthBuilder) builder = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) known = NULL;

  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (hearth_value_is (inputs, OBJECT));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  if (self->plan == NULL)
    return;
  for (char **key = self->plan->interface_inputs; *key; key++)
    hearth_builder_add (&builder, *key, hearth_value_ref_or_null (hearth_value_get (inputs, *key)));
  known = hearth_builder_end_object (&builder);
  g_clear_pointer (&self->inputs, hearth_value_unref);
  self->inputs = hearth_value_overlay (self->plan->run_inputs, known);
}

void
hearth_run_set_cache (HearthRun         *self,
                      HearthResultCache *cache,
                      HearthRunReuse     reuse)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (cache == NULL || HEARTH_IS_RESULT_CACHE (cache));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  g_set_object (&self->cache, cache);
  self->reuse = reuse;
}

void
hearth_run_set_file_states (HearthRun   *self,
                            HearthValue *states)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (hearth_value_is (states, OBJECT));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  g_clear_pointer (&self->file_states, hearth_value_unref);
  self->file_states = hearth_value_ref (states);
}

void
hearth_run_set_anew (HearthRun         *self,
                     const char *const *node_ids)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  g_strfreev (self->anew);
  self->anew = g_strdupv ((char **) node_ids);
}

void
hearth_run_set_seed (HearthRun *self,
                     guint32    seed)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  g_free (self->seed);
  self->seed = g_strdup_printf ("%" G_GUINT32_FORMAT, seed);
}

void
hearth_run_set_clock (HearthRun   *self,
                      HearthClock *clock)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (HEARTH_IS_CLOCK (clock));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  g_set_object (&self->clock, clock);
  self->submitted_ms = hearth_clock_get_unix_ms (clock);
}

void
hearth_run_add_service (HearthRun *self,
                        GObject   *service)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (G_IS_OBJECT (service));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  if (self->services == NULL)
    self->services = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->services, g_object_ref (service));
}

gpointer
hearth_run_get_service (HearthRun *self,
                        GType      type)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), NULL);

  for (guint i = 0; self->services != NULL && i < self->services->len; i++)
    if (g_type_is_a (G_OBJECT_TYPE (g_ptr_array_index (self->services, i)), type))
      return g_ptr_array_index (self->services, i);
  return NULL;
}

void
hearth_run_set_priority (HearthRun *self,
                         int        priority)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  self->priority = priority;
}

int
hearth_run_get_priority (HearthRun *self)
{
  g_return_val_if_fail (HEARTH_IS_RUN (self), 0);

  return self->priority;
}

void
hearth_run_set_keep_outputs (HearthRun *self,
                             gboolean   keep)
{
  g_return_if_fail (HEARTH_IS_RUN (self));
  g_return_if_fail (self->status == HEARTH_RUN_QUEUED);

  self->keep_outputs = keep;
}
