/* hearth-hub-watch.c: the runs of a workflow for the clients that watch it (/ws/workflow/:id)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-hub-private.h"

static gboolean
is_watched (HearthHub  *self,
            const char *workflow_id)
{
  for (guint i = 0; workflow_id != NULL && i < self->clients->len; i++)
    {
      if (g_strcmp0 (hearth_client_get_workflow_id (g_ptr_array_index (self->clients, i)), workflow_id) == 0)
        return TRUE;
    }
  return FALSE;
}

void
_hearth_hub_watch (HearthHub *self,
                   HearthRun *run)
{
  const char *workflow_id = hearth_value_get_member_string (hearth_run_get_metadata (run), "workflowId", NULL);

  if (is_watched (self, workflow_id))
    g_hash_table_insert (self->watches, run, hearth_watch_new (self, run, workflow_id));
}

void
hearth_hub_send_to_watchers (HearthHub  *self,
                             const char *workflow_id,
                             HearthRun  *run,
                             const char *message,
                             GBytes     *whole)
{
  HearthFeed *feed;

  g_return_if_fail (HEARTH_IS_HUB (self) && workflow_id != NULL && message != NULL);

  feed = g_hash_table_lookup (self->feeds, hearth_run_get_id (run));
  for (guint i = 0; i < self->clients->len; i++)
    {
      HearthClient *client = g_ptr_array_index (self->clients, i);

      if (g_strcmp0 (hearth_client_get_workflow_id (client), workflow_id) == 0
          && (feed == NULL || !hearth_feed_is_for (feed, client)))
        hearth_client_tell (client, message, whole);
    }
}

void
hearth_hub_end_watch (HearthHub *self,
                      HearthRun *run)
{
  g_return_if_fail (HEARTH_IS_HUB (self));

  g_hash_table_remove (self->watches, run);
}
