/* hearth-step-once.c: what is another thing in every run, the time of day and chance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-run-private.h"

#include <string.h>
#include <xxhash.h>

guint64
_hearth_step_hash_seed (HearthStep *self,
                        guint       number)
{
  g_autofree char *prefix = _hearth_run_dup_prefix (self->run);
  const char *own = self->run->seed != NULL ? self->run->seed : self->run->id;
  g_autofree char *seed = g_strdup_printf ("%s\n%s%s\n%u", own, prefix, self->plan->id, number);

  return XXH64 (seed, strlen (seed), 0);
}

gint64
hearth_step_get_time_ms (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, 0);

  self->once = TRUE;
  return hearth_clock_get_unix_ms (self->run->clock);
}

guint64
hearth_step_get_seed (HearthStep *self)
{
  g_return_val_if_fail (self != NULL, 0);

  self->once = TRUE;
  /* Tries are counted from 1. */
  return _hearth_step_hash_seed (self, 0);
}
