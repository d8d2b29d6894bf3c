/* hearth-hub.c: every open WebSocket, and which of them hears of which run (websocket.md 3)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-hub.h"

#include "hearth-event-json.h"
#include "hearth-feed.h"
#include "hearth-json.h"
#include "hearth-payload.h"
#include "hearth-run-metadata.h"
#include "hearth-watch.h"
#include "hearth-i18n.h"

/* Of one client, waiting ones included: a page that asks for more does so by mistake. */
#define MAX_RUNS 1000

struct _HearthHub
{
  GObject parent_instance;

  HearthWorkspace *workspace;
  GPtrArray *clients; /* of HearthClient, owned, in the order they came */
  GHashTable *feeds;  /* run id (theirs) -> HearthFeed, owned */
  GHashTable *watches; /* HearthRun (theirs) -> HearthWatch, owned */
  guint serial;

  /* while a submission is under way */
  HearthClient *submitter;
  HearthValue *submitted_metadata;
  gboolean submitted_older;
};

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
                       const char *message)
{
  g_return_if_fail (HEARTH_IS_HUB (self) && message != NULL);

  for (guint i = 0; i < self->clients->len; i++)
    {
      HearthClient *client = g_ptr_array_index (self->clients, i);

      if (hearth_client_get_serial (client) > serial)
        hearth_client_send (client, message);
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
  hearth_hub_send_after (self, 0, text);
}

static void
queue_changed_cb (HearthQueue *queue,
                  HearthHub   *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  hearth_message_append_queue (text, queue);
  hearth_hub_send_after (self, 0, text->str);
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

/* --- runs ---------------------------------------------------------------------------------- */

static HearthFeed *
ensure_feed (HearthHub    *self,
             HearthClient *client,
             const char   *id,
             HearthValue  *metadata)
{
  HearthFeed *feed = g_hash_table_lookup (self->feeds, id);

  if (feed != NULL)
    return feed;
  feed = hearth_feed_new (self, client, id, metadata, self->submitted_older);
  g_hash_table_insert (self->feeds, (gpointer) hearth_feed_get_id (feed), feed);
  return feed;
}

/* --- watching ------------------------------------------------------------------------------ */

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

static void
watch (HearthHub *self,
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
                             const char *message)
{
  HearthFeed *feed;

  g_return_if_fail (HEARTH_IS_HUB (self) && workflow_id != NULL && message != NULL);

  feed = g_hash_table_lookup (self->feeds, hearth_run_get_id (run));
  for (guint i = 0; i < self->clients->len; i++)
    {
      HearthClient *client = g_ptr_array_index (self->clients, i);

      if (g_strcmp0 (hearth_client_get_workflow_id (client), workflow_id) == 0
          && (feed == NULL || !hearth_feed_is_for (feed, client)))
        hearth_client_send (client, message);
    }
}

void
hearth_hub_end_watch (HearthHub *self,
                      HearthRun *run)
{
  g_return_if_fail (HEARTH_IS_HUB (self));

  g_hash_table_remove (self->watches, run);
}

/* --- submitting ------------------------------------------------------------------------------ */

/* A run of a client of ours may be added while it is submitted or later; either way the accept
 * message comes first. Runs from elsewhere are none of a page's business: it would keep their
 * messages for ever. */
static void
run_added_cb (HearthQueue *queue,
              HearthRun   *run,
              HearthHub   *self)
{
  const char *id = hearth_run_get_id (run);
  HearthFeed *feed = g_hash_table_lookup (self->feeds, id);

  if (feed == NULL && self->submitter != NULL)
    feed = ensure_feed (self, self->submitter, id, self->submitted_metadata);
  if (feed != NULL)
    hearth_feed_follow (feed, run);
  watch (self, run);
}

void
hearth_hub_end_feed (HearthHub  *self,
                     HearthFeed *feed)
{
  g_return_if_fail (HEARTH_IS_HUB (self) && feed != NULL);

  g_hash_table_remove (self->feeds, hearth_feed_get_id (feed));
}

static void
submit_request (HearthHub              *self,
                HearthClient           *client,
                const HearthRunRequest *request)
{
  g_autofree char *id = NULL;

  self->submitter = client;
  self->submitted_metadata = request->metadata;
  id = hearth_workspace_submit (self->workspace, request);
  self->submitter = NULL;
  self->submitted_metadata = NULL;
  ensure_feed (self, client, id, request->metadata);
}

static void
submit_graph (HearthHub    *self,
              HearthClient *client,
              HearthGraph  *graph,
              HearthValue  *payload)
{
  HearthRunRequest request = { 0 };

  request.graph = graph;
  request.mappings = hearth_payload_get_mappings (payload);
  request.metadata = hearth_payload_get_metadata (payload);
  request.project_id = hearth_value_get_member_string (request.metadata, "projectId", NULL);
  request.preview = hearth_value_get_member_boolean (request.metadata, "isPreviewRun", FALSE);
  submit_request (self, client, &request);
}

/* Even nonsense gets its accept: the page waits for one, and then for a final status. */
static void
submit_failed (HearthHub    *self,
               HearthClient *client,
               GError       *error,
               HearthValue  *metadata)
{
  g_autoptr (HearthRun) run = hearth_run_new_failed (error, metadata);

  ensure_feed (self, client, hearth_run_get_id (run), metadata);
  hearth_queue_submit (hearth_workspace_get_queue (self->workspace), run);
}

/* In place of the queue, in which it would have to wait for those before it. */
static void
submit_too_many (HearthHub    *self,
                 HearthClient *client,
                 HearthValue  *metadata)
{
  g_autoptr (HearthRun) run = NULL;
  HearthFeed *feed;

  run = hearth_run_new_failed (g_error_new (HEARTH_PROTO_ERROR, HEARTH_PROTO_ERROR_SHAPE,
                                            _("%u runs of this page wait already. Stop some of them first."), MAX_RUNS),
                               metadata);
  feed = ensure_feed (self, client, hearth_run_get_id (run), metadata);
  hearth_feed_follow (feed, run);
  hearth_run_start (run);
}

void
hearth_hub_submit (HearthHub    *self,
                   HearthClient *client,
                   HearthValue  *payload,
                   gboolean      older)
{
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (HEARTH_IS_HUB (self) && client != NULL);

  self->submitted_older = older;
  if (hearth_client_get_n_runs (client) >= MAX_RUNS)
    {
      submit_too_many (self, client, hearth_payload_get_metadata (payload));
      return;
    }
  graph = hearth_payload_to_graph (payload, hearth_workspace_get_catalog (self->workspace), &error);
  if (graph != NULL)
    submit_graph (self, client, graph, payload);
  else
    submit_failed (self, client, g_steal_pointer (&error), hearth_payload_get_metadata (payload));
}

void
hearth_hub_submit_stored (HearthHub    *self,
                          HearthClient *client,
                          HearthValue  *workflow,
                          const char   *project_id,
                          HearthValue  *inputs)
{
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (HearthValue) metadata = NULL;
  g_autoptr (GError) error = NULL;
  HearthRunRequest request = { .project_id = project_id, .inputs = inputs };

  g_return_if_fail (HEARTH_IS_HUB (self) && client != NULL);

  self->submitted_older = FALSE;
  request.metadata = metadata = hearth_run_metadata_new (workflow, project_id);
  request.graph = graph = hearth_graph_new_from_value (hearth_workspace_get_catalog (self->workspace), workflow, &error);
  if (graph != NULL)
    submit_request (self, client, &request);
  else
    submit_failed (self, client, g_steal_pointer (&error), metadata);
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

void
hearth_hub_close (HearthHub *self)
{
  g_return_if_fail (HEARTH_IS_HUB (self));

  for (guint i = 0; i < self->clients->len; i++)
    hearth_client_close (g_ptr_array_index (self->clients, i));
}

/* --- the object --------------------------------------------------------------------------------- */

static void
hearth_hub_dispose (GObject *object)
{
  HearthHub *self = HEARTH_HUB (object);

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
  queue = hearth_workspace_get_queue (workspace);
  g_signal_connect_object (queue, "run-added", G_CALLBACK (run_added_cb), self, 0);
  g_signal_connect_object (queue, "changed", G_CALLBACK (queue_changed_cb), self, 0);
  g_signal_connect_object (workspace, "workflows-changed", G_CALLBACK (workflows_changed_cb), self, 0);
  return self;
}
