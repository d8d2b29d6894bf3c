/* hearth-workspace-recording.c: runs that are recorded, and replayed without the world outside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-books.h"
#include "hearth-models-private.h"

static void
take_seed (HearthWorkspace *self)
{
  g_object_unref (self->chance);
  self->chance = hearth_chance_new_seeded (hearth_outside_get_seed (self->outside));
  hearth_model_router_set_chance (self->models->router, self->chance);
}

gboolean
hearth_workspace_record (HearthWorkspace *self,
                         const char      *path,
                         GError         **error)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!hearth_outside_record (self->outside, path, error))
    return FALSE;
  take_seed (self);
  return TRUE;
}

gboolean
hearth_workspace_replay (HearthWorkspace *self,
                         const char      *path,
                         GError         **error)
{
  HearthClock *clock;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!hearth_outside_replay (self->outside, path, error))
    return FALSE;
  take_seed (self);
  clock = hearth_outside_get_clock (self->outside);
  hearth_model_router_set_clock (self->models->router, clock);
  hearth_ledger_set_clock (_hearth_books_get_ledger (self->books), clock, hearth_clock_get_unix_ms (clock));
  return TRUE;
}

HearthChance *
hearth_workspace_get_chance (HearthWorkspace *self)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), NULL);

  return self->chance;
}

gboolean
hearth_workspace_finish_recording (HearthWorkspace *self,
                                   GError         **error)
{
  g_return_val_if_fail (HEARTH_IS_WORKSPACE (self), FALSE);

  return hearth_outside_finish (self->outside, error);
}
