/* hearth-server.c: the REST and WebSocket door on the loopback
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-server-private.h"

#include "hearth-definition-json.h"
#include "hearth-i18n.h"
#include "hearth-listen.h"

enum
{
  PROP_0,
  PROP_ALLOW_OTHER_DEVICES,
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

static void
nodes_changed_cb (HearthServer *self)
{
  g_clear_pointer (&self->nodes, hearth_prebuilt_free);
}

static gboolean
is_welcome (HearthConnection *connection,
            gpointer          user_data)
{
  HearthServer *self = user_data;
  const char *id = hearth_access_get_token_id (connection);

  return id == NULL || hearth_access_knows_id (self->access, id);
}

/* A token was revoked: what was opened with it ends as well. */
static void
access_changed_cb (gpointer user_data)
{
  HearthServer *self = user_data;

  if (self->door != NULL)
    hearth_door_review (self->door, is_welcome, self);
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
    case PROP_ALLOW_OTHER_DEVICES:
      g_value_set_boolean (value, self->allow_others);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
hearth_server_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_ALLOW_OTHER_DEVICES:
      hearth_server_set_allow_other_devices (HEARTH_SERVER (object), g_value_get_boolean (value));
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
  object_class->set_property = hearth_server_set_property;
  object_class->dispose = hearth_server_dispose;
  object_class->finalize = hearth_server_finalize;
  props[PROP_N_CLIENTS] = g_param_spec_uint ("n-clients", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ALLOW_OTHER_DEVICES] = g_param_spec_boolean ("allow-other-devices", NULL, NULL, FALSE,
                                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                          | G_PARAM_STATIC_STRINGS);
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
  g_signal_connect_object (workspace, "nodes-changed", G_CALLBACK (nodes_changed_cb), self, G_CONNECT_SWAPPED);
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

void
hearth_server_set_allow_other_devices (HearthServer *self,
                                       gboolean      allow)
{
  g_return_if_fail (HEARTH_IS_SERVER (self));
  g_return_if_fail (self->soup == NULL);

  if (self->allow_others == !!allow)
    return;
  self->allow_others = !!allow;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ALLOW_OTHER_DEVICES]);
}

gboolean
hearth_server_get_allow_other_devices (HearthServer *self)
{
  g_return_val_if_fail (HEARTH_IS_SERVER (self), FALSE);

  return self->allow_others;
}

char *
hearth_server_dup_network_address (HearthServer *self)
{
  g_autofree char *machine = NULL;

  g_return_val_if_fail (HEARTH_IS_SERVER (self), NULL);

  machine = self->access != NULL ? hearth_listen_dup_machine () : NULL;
  return machine != NULL ? g_strdup_printf ("http://%s:%u/", machine, self->port) : NULL;
}

char *
hearth_server_dup_share_address (HearthServer *self,
                                 const char   *token)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (HEARTH_IS_SERVER (self) && token != NULL, NULL);

  address = hearth_server_dup_network_address (self);
  return address != NULL ? g_strconcat (address, "?token=", token, NULL) : NULL;
}

gboolean
hearth_server_listen (HearthServer *self,
                      guint16       port,
                      GError      **error)
{
  g_autoptr (GPtrArray) sockets = NULL;

  g_return_val_if_fail (HEARTH_IS_SERVER (self), FALSE);
  g_return_val_if_fail (self->soup == NULL, FALSE);

  sockets = hearth_listen (self->allow_others, &port, error);
  if (sockets == NULL)
    return FALSE;
  self->soup = _hearth_server_make_soup (self);
  if (self->allow_others)
    self->access = hearth_access_new (self->workspace, access_changed_cb, self);
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
  g_clear_pointer (&self->access, hearth_access_free);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  self->port = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}
