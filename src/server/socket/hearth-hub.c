/* hearth-hub.c: every open WebSocket, and what all of them hear (websocket.md 3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-hub-private.h"

#include "hearth-event-json.h"
#include "hearth-i18n.h"
#include "hearth-json.h"

enum
{
  CLIENTS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HearthHub, hearth_hub, G_TYPE_OBJECT)

HearthWorkspace *
hearth_hub_get_workspace (HearthHub *self)
{
  g_return_val_if_fail (HEARTH_IS_HUB (self), NULL);

  return self->workspace;
}

guint
hearth_hub_get_n_clients (HearthHub *self)
{
  g_return_val_if_fail (HEARTH_IS_HUB (self), 0);

  return self->clients->len;
}

guint
hearth_hub_get_serial (HearthHub *self)
{
  g_return_val_if_fail (HEARTH_IS_HUB (self), 0);

  return self->serial;
}

/* --- sending ----------------------------------------------------------------------------- */

void
hearth_hub_send_after (HearthHub  *self,
                       guint       serial,
                       const char *message,
                       GBytes     *whole)
{
  g_return_if_fail (HEARTH_IS_HUB (self) && message != NULL);

  for (guint i = 0; i < self->clients->len; i++)
    {
      HearthClient *client = g_ptr_array_index (self->clients, i);

      if (hearth_client_get_serial (client) > serial)
        hearth_client_tell (client, message, whole);
    }
}

void
hearth_hub_broadcast (HearthHub   *self,
                      const char  *type,
                      HearthValue *payload)
{
  g_autoptr (HearthValue) message = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (HEARTH_IS_HUB (self) && type != NULL && payload != NULL);

  message = hearth_value_object ("type", hearth_value_string (type), "payload", payload, NULL);
  text = hearth_json_print (message);
  hearth_hub_send_after (self, 0, text, NULL);
}

guint
hearth_hub_tell_nodes (HearthHub *self)
{
  guint n_types;
  g_autofree char *message = NULL;

  g_return_val_if_fail (HEARTH_IS_HUB (self), 0);

  n_types = hearth_catalog_get_size (hearth_workspace_get_catalog (self->workspace));
  message = g_strdup_printf (ngettext ("%u node type is ready.", "%u node types are ready.", n_types), n_types);
  hearth_hub_broadcast (self, "NODES_RELOADED",
                        hearth_value_object ("success", hearth_value_boolean (TRUE),
                                             "message", hearth_value_string (message),
                                             "count", hearth_value_integer (n_types), NULL));
  return n_types;
}

static void
queue_changed_cb (HearthQueue *queue,
                  HearthHub   *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  hearth_message_append_queue (text, queue);
  hearth_hub_send_after (self, 0, text->str, NULL);
}

/* Makes open pages fetch their list again (websocket.md 9). */
static void
workflows_changed_cb (HearthWorkspace *workspace,
                      const char      *project_id,
                      HearthHub       *self)
{
  if (self->clients->len > 0)
    hearth_hub_broadcast (self, "workflow_list",
                          hearth_value_object ("projectId", hearth_value_string (project_id), NULL));
}

/* --- connections ------------------------------------------------------------------------------ */

void
hearth_hub_add (HearthHub               *self,
                SoupWebsocketConnection *connection,
                HearthConnection        *below,
                const char              *workflow_id)
{
  HearthClient *client;
  GHashTableIter iter;
  gpointer feed;

  g_return_if_fail (HEARTH_IS_HUB (self));

  client = hearth_client_new (self, connection, below, workflow_id, ++self->serial);
  g_ptr_array_add (self->clients, client);
  g_hash_table_iter_init (&iter, self->feeds);
  while (g_hash_table_iter_next (&iter, NULL, &feed))
    hearth_feed_welcome (feed, client);
  g_signal_emit (self, signals[CLIENTS_CHANGED], 0);
}

HearthClient *
hearth_hub_lookup (HearthHub *self,
                   guint      serial)
{
  g_return_val_if_fail (HEARTH_IS_HUB (self), NULL);

  for (guint i = 0; i < self->clients->len; i++)
    {
      if (hearth_client_get_serial (g_ptr_array_index (self->clients, i)) == serial)
        return g_ptr_array_index (self->clients, i);
    }
  return NULL;
}

void
hearth_hub_remove (HearthHub    *self,
                   HearthClient *client)
{
  GHashTableIter iter;
  gpointer feed;

  g_return_if_fail (HEARTH_IS_HUB (self) && client != NULL);

  g_hash_table_iter_init (&iter, self->feeds);
  while (g_hash_table_iter_next (&iter, NULL, &feed))
    hearth_feed_orphan (feed, client);
  g_ptr_array_remove (self->clients, client);
  g_signal_emit (self, signals[CLIENTS_CHANGED], 0);
}

/* --- the object --------------------------------------------------------------------------------- */

static void
hearth_hub_dispose (GObject *object)
{
  HearthHub *self = HEARTH_HUB (object);

  _hearth_hub_end_rounds (self);
  if (self->watches != NULL)
    g_hash_table_remove_all (self->watches);
  if (self->feeds != NULL)
    g_hash_table_remove_all (self->feeds);
  if (self->clients != NULL)
    g_ptr_array_set_size (self->clients, 0);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (hearth_hub_parent_class)->dispose (object);
}

static void
hearth_hub_finalize (GObject *object)
{
  HearthHub *self = HEARTH_HUB (object);

  g_hash_table_unref (self->watches);
  g_hash_table_unref (self->feeds);
  g_ptr_array_unref (self->clients);
  G_OBJECT_CLASS (hearth_hub_parent_class)->finalize (object);
}

static void
hearth_hub_class_init (HearthHubClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hearth_hub_dispose;
  G_OBJECT_CLASS (klass)->finalize = hearth_hub_finalize;
  signals[CLIENTS_CHANGED] = g_signal_new ("clients-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
}

static void
hearth_hub_init (HearthHub *self)
{
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_client_free);
  self->feeds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) hearth_feed_free);
  self->watches = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) hearth_watch_free);
}

HearthHub *
hearth_hub_new (HearthWorkspace *workspace)
{
  HearthHub *self;
  HearthQueue *queue;

  g_return_val_if_fail (HEARTH_IS_WORKSPACE (workspace), NULL);

  self = g_object_new (HEARTH_TYPE_HUB, NULL);
  self->workspace = g_object_ref (workspace);
  _hearth_hub_begin_rounds (self);
  queue = hearth_workspace_get_queue (workspace);
  g_signal_connect_object (queue, "run-added", G_CALLBACK (_hearth_hub_run_added_cb), self, 0);
  g_signal_connect_object (queue, "changed", G_CALLBACK (queue_changed_cb), self, 0);
  g_signal_connect_object (workspace, "workflows-changed", G_CALLBACK (workflows_changed_cb), self, 0);
  return self;
}
