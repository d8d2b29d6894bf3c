/* hearth-hub-rounds.c: what is done with every client, some of them at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-hub-private.h"

#include "hearth-turn.h"

/* Each is sent a ping this often, a thirtieth of them in each second: a timer of libsoup's for each would be asked by
 * the loop in each round. */
#define PING_EVERY_S 30

static gboolean
ping_cb (gpointer user_data)
{
  HearthHub *self = user_data;

  self->second = (self->second + 1) % PING_EVERY_S;
  for (guint i = 0; i < self->clients->len; i++)
    {
      HearthClient *client = g_ptr_array_index (self->clients, i);

      if (hearth_client_get_serial (client) % PING_EVERY_S == self->second)
        hearth_client_ping (client);
    }
  return G_SOURCE_CONTINUE;
}

/* FALSE: some are left. */
static gboolean
close_some (HearthHub *self)
{
  for (guint i = 0; i < self->clients->len; i++)
    {
      HearthClient *client = g_ptr_array_index (self->clients, i);

      if (hearth_client_get_serial (client) > self->close_until)
        break;
      if (hearth_client_close (client) && hearth_turn_is_over ())
        return FALSE;
    }
  return TRUE;
}

static gboolean
close_cb (gpointer user_data)
{
  HearthHub *self = user_data;

  if (!close_some (self))
    return G_SOURCE_CONTINUE;
  self->close_id = 0;
  return G_SOURCE_REMOVE;
}

void
hearth_hub_close (HearthHub *self)
{
  g_return_if_fail (HEARTH_IS_HUB (self));

  self->close_until = self->serial;
  if (!close_some (self) && self->close_id == 0)
    self->close_id = g_idle_add_full (G_PRIORITY_DEFAULT, close_cb, self, NULL);
}

void
_hearth_hub_begin_rounds (HearthHub *self)
{
  self->ping_id = g_timeout_add_seconds (1, ping_cb, self);
}

void
_hearth_hub_end_rounds (HearthHub *self)
{
  g_clear_handle_id (&self->ping_id, g_source_remove);
  g_clear_handle_id (&self->close_id, g_source_remove);
}
