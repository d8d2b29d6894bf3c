/* hearth-listen.c: the sockets we are called on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made by hand: libsoup's own take only ten connections that wait, so a burst of pages is refused.
 */

#include "hearth-listen.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include "hearth-i18n.h"

#define BACKLOG 1024

/* With port 0 the two families may not find one number that is free in both at once. */
#define MAX_ATTEMPTS 16

static GSocket *
listen_on (GSocketFamily family,
           gboolean      everywhere,
           guint16       port,
           GError      **error)
{
  g_autoptr (GInetAddress) own = everywhere ? g_inet_address_new_any (family) : g_inet_address_new_loopback (family);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (own, port);
  g_autoptr (GSocket) socket = g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;
  if (family == G_SOCKET_FAMILY_IPV6)
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, 1, NULL);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static guint16
get_local_port (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return address != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

/* NULL without @error: somebody else has the port on the other family. */
static GPtrArray *
listen_on_both (gboolean everywhere,
                guint16 *port,
                GError **error)
{
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  GSocket *socket = listen_on (G_SOCKET_FAMILY_IPV4, everywhere, *port, error);

  if (socket == NULL)
    return NULL;
  g_ptr_array_add (sockets, socket);
  *port = get_local_port (socket);
  socket = listen_on (G_SOCKET_FAMILY_IPV6, everywhere, *port, &local_error);
  if (socket != NULL)
    g_ptr_array_add (sockets, socket);
  /* A browser tries ::1 first: a stranger there would be taken for us. No IPv6 at all is fine. */
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    return NULL;
  return g_steal_pointer (&sockets);
}

GPtrArray *
hearth_listen (gboolean everywhere,
               guint16 *port,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  guint16 wanted;
  guint attempts;

  g_return_val_if_fail (port != NULL, NULL);

  wanted = *port;
  attempts = wanted == 0 ? MAX_ATTEMPTS : 1;
  for (guint i = 0; i < attempts; i++)
    {
      GPtrArray *sockets;

      *port = wanted;
      g_clear_error (&local_error);
      sockets = listen_on_both (everywhere, port, &local_error);
      if (sockets != NULL)
        return sockets;
    }
  if (local_error == NULL || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                 _("Port %u is used by another program. Stop it, or choose another port."), wanted);
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), _("Port %u cannot be opened: "), wanted);
  return NULL;
}

/* --- what others call us ------------------------------------------------------------------------ */

static gboolean
is_useful (const struct ifaddrs *each)
{
  return each->ifa_addr != NULL && each->ifa_addr->sa_family == AF_INET && (each->ifa_flags & IFF_UP) != 0
         && (each->ifa_flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) == 0;
}

char *
hearth_listen_dup_machine (void)
{
  struct ifaddrs *all = NULL;
  char *found = NULL;

  if (getifaddrs (&all) != 0)
    return NULL;
  for (const struct ifaddrs *each = all; each != NULL && found == NULL; each = each->ifa_next)
    {
      g_autoptr (GSocketAddress) address = NULL;

      if (!is_useful (each))
        continue;
      address = g_socket_address_new_from_native (each->ifa_addr, sizeof (struct sockaddr_in));
      found = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
    }
  freeifaddrs (all);
  return found;
}
