/* hearth-server.c: the REST and WebSocket door on the loopback
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-server.h"

#include "hearth-connection.h"
#include "hearth-definition-json.h"
#include "hearth-door.h"
#include "hearth-guard.h"
#include "hearth-hub.h"
#include "hearth-i18n.h"
#include "hearth-listen.h"
#include "hearth-router.h"
#include "hearth-server-private.h"

/* Of a connection on which nothing moves, in either direction; libsoup itself waits for ever. */
#define STALL_S 60

#define SOCKET_PATH "/ws"

struct _HearthServer
{
  GObject parent_instance;

  HearthWorkspace *workspace;
  HearthGuard *guard;
  HearthHub *hub;
  char *frontend_dir;

  HearthServerLimits limits;

  SoupServer *soup; /* NULL when not listening */
  HearthDoor *door;
  guint16 port;

  HearthPrebuilt *nodes; /* the answer of GET /api/nodes */
};

enum
{
  PROP_0,
  PROP_N_CLIENTS,
  PROP_RUNNING,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

const HearthServerLimits hearth_server_default_limits = {
  .head_ms = 15000,
  .body_ms = 30000,
  .body_rate = 1024,
  .idle_ms = 60000,
  .max_idle = 1024,
  .max_connections = 8192,
};

G_DEFINE_FINAL_TYPE (HearthServer, hearth_server, G_TYPE_OBJECT)

/* --- for the other files of the room ------------------------------------------------------- */

HearthWorkspace *
_hearth_server_get_workspace (HearthServer *self)
{
  return self->workspace;
}

HearthHub *
_hearth_server_get_hub (HearthServer *self)
{
  return self->hub;
}

const char *
_hearth_server_get_frontend_dir (HearthServer *self)
{
  return self->frontend_dir;
}

HearthPrebuilt *
_hearth_server_get_nodes (HearthServer *self)
{
  if (self->nodes == NULL)
    self->nodes = hearth_prebuilt_new_json (hearth_catalog_to_json (hearth_workspace_get_catalog (self->workspace)));
  return self->nodes;
}

guint
_hearth_server_reload_nodes (HearthServer *self)
{
  g_clear_pointer (&self->nodes, hearth_prebuilt_free);
  return hearth_workspace_reload_nodes (self->workspace);
}

/* --- what libsoup tells us -------------------------------------------------------------------- */

static gboolean
is_upgrade (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_header_contains (headers, "Connection", "Upgrade")
         && soup_message_headers_get_one (headers, "Upgrade") != NULL;
}

static void
got_headers_cb (SoupServerMessage *message,
                HearthServer      *self)
{
  HearthConnection *connection = hearth_connection_of (message);
  gboolean allowed = hearth_guard_check (self->guard, message);

  if (connection != NULL)
    hearth_connection_set_busy (connection, TRUE);
  /* libsoup would take "/wsomething" for "/ws". */
  if (allowed && is_upgrade (message)
      && !g_str_equal (g_uri_get_path (soup_server_message_get_uri (message)), SOCKET_PATH))
    hearth_guard_refuse (message, SOUP_STATUS_NOT_FOUND, _("There is no WebSocket at this address; it is at /ws."));
  hearth_router_prepare (message);
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
  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), self, 0);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), NULL);
}

/* libsoup asks this handler first; a message it leaves without a status may become a WebSocket. */
static void
socket_path_cb (SoupServer        *soup,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  if (!is_upgrade (message))
    hearth_router_dispatch_cb (soup, message, path, query, user_data);
}

static void
opened_cb (SoupServer              *soup,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  HearthServer *self = user_data;
  HearthConnection *below = hearth_connection_of (message);

  if (below == NULL)
    return; /* it went meanwhile */
  hearth_connection_end_http (below);
  hearth_hub_add (self->hub, connection, below);
}

static void
clients_changed_cb (HearthHub    *hub,
                    HearthServer *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_CLIENTS]);
}

/* --- the object ------------------------------------------------------------------------------- */

static void
hearth_server_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  HearthServer *self = HEARTH_SERVER (object);

  switch (property_id)
    {
    case PROP_N_CLIENTS:
      g_value_set_uint (value, hearth_server_get_n_clients (self));
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->soup != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hearth_server_dispose (GObject *object)
{
  HearthServer *self = HEARTH_SERVER (object);

  hearth_server_stop (self);
  g_clear_object (&self->hub);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (hearth_server_parent_class)->dispose (object);
}

static void
hearth_server_finalize (GObject *object)
{
  HearthServer *self = HEARTH_SERVER (object);

  g_clear_pointer (&self->guard, hearth_guard_free);
  g_clear_pointer (&self->nodes, hearth_prebuilt_free);
  g_free (self->frontend_dir);
  G_OBJECT_CLASS (hearth_server_parent_class)->finalize (object);
}

static void
hearth_server_class_init (HearthServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hearth_server_get_property;
  object_class->dispose = hearth_server_dispose;
  object_class->finalize = hearth_server_finalize;
  props[PROP_N_CLIENTS] = g_param_spec_uint ("n-clients", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
hearth_server_init (HearthServer *self)
{
  self->guard = hearth_guard_new ();
  self->limits = hearth_server_default_limits;
}

HearthServer *
hearth_server_new (HearthWorkspace *workspace)
{
  HearthServer *self;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (HEARTH_TYPE_SERVER, NULL);
  self->workspace = g_object_ref (workspace);
  self->hub = hearth_hub_new (workspace);
  g_signal_connect_object (self->hub, "clients-changed", G_CALLBACK (clients_changed_cb), self, 0);
  return self;
}

void
hearth_server_set_frontend_dir (HearthServer *self,
                                const char   *directory)
{
  g_return_if_fail (HEARTH_IS_SERVER (self));

  g_free (self->frontend_dir);
  self->frontend_dir = directory != NULL && *directory != '\0' ? g_canonicalize_filename (directory, NULL) : NULL;
}

void
hearth_server_set_allowed_origins (HearthServer      *self,
                                   const char *const *origins)
{
  g_return_if_fail (HEARTH_IS_SERVER (self));

  hearth_guard_set_origins (self->guard, origins);
}

void
hearth_server_set_limits (HearthServer             *self,
                          const HearthServerLimits *limits)
{
  g_return_if_fail (HEARTH_IS_SERVER (self) && limits != NULL);

  self->limits = *limits;
}

static SoupServer *
make_soup (HearthServer *self)
{
  /* Raw paths: an encoded slash is part of a name, not of the path (http-api.md 3). */
  SoupServer *soup = soup_server_new ("raw-paths", TRUE, "server-header", "Hearth", NULL);

  g_signal_connect_object (soup, "request-started", G_CALLBACK (request_started_cb), self, 0);
  soup_server_add_handler (soup, NULL, hearth_router_dispatch_cb, self, NULL);
  soup_server_add_handler (soup, SOCKET_PATH, socket_path_cb, self, NULL);
  soup_server_add_websocket_handler (soup, SOCKET_PATH, NULL, NULL, opened_cb, self, NULL);
  /* Every browser asks for it. On the loopback nothing is gained, each message costs half as much
   * again, and what a client has not read yet could not be told from what it has. */
  soup_server_remove_websocket_extension (soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  return soup;
}

gboolean
hearth_server_listen (HearthServer *self,
                      guint16       port,
                      GError      **error)
{
  g_autoptr (GPtrArray) sockets = NULL;

  g_return_val_if_fail (HEARTH_IS_SERVER (self), FALSE);
  g_return_val_if_fail (self->soup == NULL, FALSE);

  sockets = hearth_listen_loopback (&port, error);
  if (sockets == NULL)
    return FALSE;
  self->soup = make_soup (self);
  self->door = hearth_door_new (self->soup, sockets, &self->limits);
  self->port = port;
  hearth_guard_set_port (self->guard, port);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  return TRUE;
}

guint16
hearth_server_get_port (HearthServer *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVER (self), 0);

  return self->port;
}

char *
hearth_server_dup_address (HearthServer *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVER (self), NULL);

  return self->soup != NULL ? g_strdup_printf ("http://localhost:%u/", self->port) : NULL;
}

guint
hearth_server_get_n_clients (HearthServer *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVER (self), 0);

  return self->hub != NULL ? hearth_hub_get_n_clients (self->hub) : 0;
}

void
hearth_server_stop (HearthServer *self)
{
  g_return_if_fail (HEARTH_IS_SERVER (self));

  if (self->soup == NULL)
    return;
  hearth_hub_close (self->hub);
  g_clear_pointer (&self->door, hearth_door_free);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  self->port = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}
