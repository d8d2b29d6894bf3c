/* hearth-connection-state.c: what is known of a connection: where it comes from, where it stands, what it carried
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-connection-private.h"

void
_hearth_connection_enter (HearthConnection *self,
                          HearthHeadPlace   place)
{
  self->place = place;
  self->since_us = g_get_monotonic_time ();
  self->received = 0;
}

GSocket *
hearth_connection_get_socket (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), NULL);

  return g_socket_connection_get_socket (self->base);
}

GSocketAddress *
hearth_connection_get_local_address (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), NULL);

  return self->local;
}

GSocketAddress *
hearth_connection_get_remote_address (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), NULL);

  return self->remote;
}

gboolean
hearth_connection_is_loopback (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), FALSE);

  return G_IS_INET_SOCKET_ADDRESS (self->remote)
         && g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (self->remote)));
}

void
hearth_connection_set_busy (HearthConnection *self,
                            gboolean          is_busy)
{
  g_return_if_fail (HEARTH_IS_CONNECTION (self));

  self->is_busy = is_busy;
  if (!is_busy && self->place == HEARTH_HEAD_IDLE)
    _hearth_connection_enter (self, HEARTH_HEAD_IDLE);
}

gboolean
hearth_connection_is_busy (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), FALSE);

  return self->is_busy;
}

HearthHeadPlace
hearth_connection_get_place (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), HEARTH_HEAD_IDLE);

  return self->place;
}

gint64
hearth_connection_get_since (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), 0);

  return self->since_us;
}

guint64
hearth_connection_get_received (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), 0);

  return self->received;
}

guint64
hearth_connection_get_written (HearthConnection *self)
{
  g_return_val_if_fail (HEARTH_IS_CONNECTION (self), 0);

  return self->written;
}
