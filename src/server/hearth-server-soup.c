/* hearth-server-soup.c: what libsoup tells the server of each request, and what it is told back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-server-private.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hearth-client.h"
#include "hearth-router.h"
#include "hearth-upgrade.h"
#include "hearth-i18n.h"

/* Of a connection on which nothing moves, in either direction; libsoup itself waits for ever. */
#define STALL_S 60

#define SOCKET_PATH "/ws"
#define SOUP_LOG_DOMAIN "libsoup"
#define WATCH_PREFIX "/ws/workflow/"

static gboolean
is_upgrade (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_header_contains (headers, "Connection", "Upgrade")
         && soup_message_headers_get_one (headers, "Upgrade") != NULL;
}

static gboolean
is_let_in (HearthServer      *self,
           HearthConnection  *connection,
           SoupServerMessage *message)
{
  if (connection == NULL || hearth_connection_is_loopback (connection))
    return TRUE;
  if (self->access != NULL)
    return hearth_access_check (self->access, connection, message);
  hearth_guard_refuse (message, SOUP_STATUS_FORBIDDEN, _("Other devices are not allowed here."));
  return FALSE;
}

/* "/ws", or "/ws/workflow/ID" for who watches one workflow. */
static gboolean
is_socket_path (const char *path)
{
  return g_str_equal (path, SOCKET_PATH) || (g_str_has_prefix (path, WATCH_PREFIX) && strlen (path) > strlen (WATCH_PREFIX));
}

static char *
dup_watched (const char *path)
{
  return g_str_has_prefix (path, WATCH_PREFIX) ? g_uri_unescape_string (path + strlen (WATCH_PREFIX), NULL) : NULL;
}

static void
got_headers_cb (SoupServerMessage *message,
                HearthServer      *self)
{
  HearthConnection *connection = hearth_connection_of (message);
  gboolean allowed = hearth_guard_check (self->guard, message) && is_let_in (self, connection, message);

  if (connection != NULL)
    hearth_connection_set_busy (connection, TRUE);
  /* libsoup would take "/wsomething" for "/ws". */
  if (allowed && is_upgrade (message) && !is_socket_path (g_uri_get_path (soup_server_message_get_uri (message))))
    hearth_guard_refuse (message, SOUP_STATUS_NOT_FOUND, _("There is no WebSocket at this address; it is at /ws."));
  hearth_router_prepare (message, self);
}

static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  HearthConnection *connection = hearth_connection_of (message);

  if (connection != NULL)
    hearth_connection_set_busy (connection, FALSE);
}

/* Here and not in an early handler of libsoup: of those only the one of the longest path runs, so a
 * check made there would not see the others. */
static void
request_started_cb (SoupServer        *soup,
                    SoupServerMessage *message,
                    HearthServer      *self)
{
  HearthConnection *connection = hearth_connection_of (message);

  if (connection != NULL)
    g_socket_set_timeout (hearth_connection_get_socket (connection), STALL_S);
  hearth_guard_begin (message);
  g_signal_connect_data (message, "got-headers", G_CALLBACK (got_headers_cb), g_object_ref (self),
                         (GClosureNotify) (GCallback) g_object_unref, 0);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), NULL);
}

static void
opened_cb (SoupServerMessage       *message,
           SoupWebsocketConnection *socket,
           HearthConnection        *below,
           gpointer                 user_data)
{
  HearthServer *self = user_data;
  g_autofree char *watched = dup_watched (g_uri_get_path (soup_server_message_get_uri (message)));

  hearth_connection_end_http (below, HEARTH_CLIENT_MAX_FRAME);
  hearth_hub_add (self->hub, socket, below, watched);
}

static void
socket_path_cb (SoupServer        *soup,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  if (is_upgrade (message))
    hearth_upgrade_begin (message, opened_cb, user_data);
  else
    hearth_router_dispatch_cb (soup, message, path, query, user_data);
}

static void
ignore_cb (const char    *domain,
           GLogLevelFlags level,
           const char    *message,
           gpointer       user_data)
{
}

/* libsoup has two words on every frame, and GLib looks each time whether anybody wants to read them. */
static void
quieten_soup (void)
{
  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, SOUP_LOG_DOMAIN))
    g_log_set_handler (SOUP_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, ignore_cb, NULL);
}

static GSocket *
wrap_end (int      fd,
          GError **error)
{
  GSocket *end = g_socket_new_from_fd (fd, error);

  if (end == NULL)
    close (fd);
  return end;
}

/* One end of a pair: nobody calls there. @other has to be kept. */
static GSocket *
make_deaf_socket (GSocket **other,
                  GError  **error)
{
  int fds[2];
  g_autoptr (GSocket) deaf = NULL;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  deaf = wrap_end (fds[0], error);
  *other = wrap_end (fds[1], deaf != NULL ? error : NULL);
  return *other != NULL ? g_steal_pointer (&deaf) : NULL;
}

/* libsoup keeps no connection open behind a request while it listens to nothing, and we take the
 * connections in ourselves (hearth-door.c). */
static void
pretend_to_listen (SoupServer *soup)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) other = NULL;
  g_autoptr (GSocket) deaf = make_deaf_socket (&other, &error);

  if (deaf == NULL || !soup_server_listen_socket (soup, deaf, 0, &error))
    g_warning ("Connections will serve one request each: %s", error->message);
  else
    g_object_set_data_full (G_OBJECT (soup), "hearth-other-end", g_steal_pointer (&other), g_object_unref);
}

SoupServer *
_hearth_server_make_soup (HearthServer *self)
{
  /* Raw paths: an encoded slash is part of a name, not of the path (http-api.md 3). */
  SoupServer *soup = soup_server_new ("raw-paths", TRUE, "server-header", "Hearth", NULL);

  quieten_soup ();
  pretend_to_listen (soup);
  g_signal_connect_object (soup, "request-started", G_CALLBACK (request_started_cb), self, 0);
  soup_server_add_handler (soup, NULL, hearth_router_dispatch_cb, self, NULL);
  soup_server_add_handler (soup, SOCKET_PATH, socket_path_cb, self, NULL);
  return soup;
}
