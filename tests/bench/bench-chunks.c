/* bench-chunks.c: how much later than it is made a chunk of a stream arrives over the WebSocket
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server is in this process, so that both ends read one clock; the client has a thread and a
 * main loop of its own, as a page has a process of its own. One chunk a millisecond.
 */

#include "chain.h"
#include "figures.h"
#include "temporary.h"

#include "hearth-json.h"
#include "hearth-payload.h"
#include "hearth-server.h"

#include <libsoup/soup.h>

#define N_CHUNKS 3000

/* Each array is written by one thread, and read when both have come to their end. */
typedef struct
{
  HearthWorkspace *workspace;
  HearthServer *server;
  char *data_dir;

  gint64 made[N_CHUNKS + 1]; /* the last one ends the stream */
  guint n_made;

  char *request;
  guint16 port;
  SoupWebsocketConnection *connection; /* client's thread only, as all below */
  gint64 arrived[N_CHUNKS + 1];
  guint n_arrived;
  gboolean is_over;
} Bench;

/* --- the server ------------------------------------------------------------------------------- */

static void
event_cb (const HearthRunEvent *event,
          gpointer              user_data)
{
  Bench *self = user_data;

  if (event->kind != HEARTH_EVENT_NODE_YIELD)
    return;
  g_assert_cmpuint (self->n_made, <, G_N_ELEMENTS (self->made));
  self->made[self->n_made++] = g_get_monotonic_time ();
}

static void
run_added_cb (HearthQueue *queue,
              HearthRun   *run,
              gpointer     user_data)
{
  hearth_run_add_observer (run, event_cb, user_data, NULL);
}

static void
opened_cb (GObject      *workspace,
           GAsyncResult *result,
           gpointer      user_data)
{
  Bench *self = user_data;
  g_autoptr (GError) error = NULL;

  hearth_workspace_open_finish (self->workspace, result, &error);
  g_assert_no_error (error);
  /* Before the server listens to the queue: the clock is read before its work begins. */
  g_signal_connect (hearth_workspace_get_queue (self->workspace), "run-added", G_CALLBACK (run_added_cb), self);
  self->server = hearth_server_new (self->workspace);
  hearth_server_listen (self->server, 0, &error);
  g_assert_no_error (error);
  self->port = hearth_server_get_port (self->server);
}

/* --- the client ------------------------------------------------------------------------------- */

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  Bench *self = user_data;
  gint64 now = g_get_monotonic_time ();
  const char *text = g_bytes_get_data (bytes, NULL);

  if (g_str_has_prefix (text, "{\"type\":\"NODE_YIELD\""))
    {
      g_assert_cmpuint (self->n_arrived, <, G_N_ELEMENTS (self->arrived));
      self->arrived[self->n_arrived++] = now;
    }
  else if (g_str_has_prefix (text, "{\"type\":\"EXECUTION_STATUS_UPDATE\"") && strstr (text, "\"complete\"") != NULL)
    self->is_over = TRUE;
}

static void
connected_cb (GObject      *session,
              GAsyncResult *result,
              gpointer      user_data)
{
  Bench *self = user_data;
  g_autoptr (GError) error = NULL;

  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (session), result, &error);
  g_assert_no_error (error);
  g_signal_connect (self->connection, "message", G_CALLBACK (message_cb), self);
  soup_websocket_connection_send_text (self->connection, self->request);
}

static gpointer
client_cb (gpointer user_data)
{
  Bench *self = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (SoupSession) session = NULL;
  g_autofree char *address = g_strdup_printf ("ws://127.0.0.1:%u/ws", self->port);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);

  g_main_context_push_thread_default (context);
  session = soup_session_new ();
  /* Every browser offers compression. */
  soup_session_add_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, connected_cb, self);
  while (!self->is_over)
    g_main_context_iteration (context, TRUE);
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
  g_main_context_pop_thread_default (context);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* --- figures ---------------------------------------------------------------------------------- */

static char *
make_request (HearthCatalog *catalog)
{
  g_autofree char *text = g_strnfill (N_CHUNKS, 'x');
  g_auto (HearthBuilder) nodes = HEARTH_BUILDER_INIT;
  g_autoptr (HearthValue) workflow = NULL;
  g_autoptr (HearthGraph) graph = NULL;
  g_autoptr (HearthValue) request = NULL;
  g_autoptr (GError) error = NULL;

  hearth_builder_add (&nodes, NULL,
                      hearth_value_object ("id", hearth_value_string ("stream"),
                                           "type", hearth_value_string ("core:TextStream"),
                                           "inputValues",
                                           hearth_value_object ("text", hearth_value_string (text),
                                                                "chunkSize", hearth_value_integer (1),
                                                                "delayMs", hearth_value_integer (1), NULL),
                                           NULL));
  workflow = hearth_value_object ("nodes", hearth_builder_end_array (&nodes),
                                  "edges", hearth_value_empty_array (), NULL);
  graph = hearth_graph_new_from_value (catalog, workflow, &error);
  g_assert_no_error (error);
  request = hearth_value_object ("type", hearth_value_string ("PROMPT_REQUEST"),
                                 "payload", hearth_payload_from_graph (graph, NULL), NULL);
  return hearth_json_print (request);
}

static void
report (Bench *self)
{
  double delays[N_CHUNKS + 1];

  g_assert_cmpuint (self->n_made, ==, N_CHUNKS + 1);
  g_assert_cmpuint (self->n_arrived, ==, self->n_made);
  for (guint i = 0; i < self->n_made; i++)
    delays[i] = (double) (self->arrived[i] - self->made[i]);
  bench_report (hearth_value_object ("bench", hearth_value_string ("chunk-websocket"),
                                     "chunks", hearth_value_integer (self->n_made),
                                     "medianMs", bench_figure (bench_median (delays, self->n_made) / 1000),
                                     "p99Ms", bench_figure (bench_quantile (delays, self->n_made, 0.99) / 1000),
                                     NULL));
}

int
main (void)
{
  Bench *self = g_new0 (Bench, 1);
  g_autoptr (GError) error = NULL;
  GThread *client;

  self->data_dir = g_dir_make_tmp ("hearth-bench-XXXXXX", &error);
  g_assert_no_error (error);
  self->workspace = hearth_workspace_new (self->data_dir);
  hearth_workspace_open_async (self->workspace, FALSE, NULL, opened_cb, self);
  while (self->port == 0)
    g_main_context_iteration (NULL, TRUE);
  self->request = make_request (hearth_workspace_get_catalog (self->workspace));

  client = g_thread_new ("client", client_cb, self);
  while (self->n_made <= N_CHUNKS || hearth_queue_get_n_running (hearth_workspace_get_queue (self->workspace)) > 0)
    g_main_context_iteration (NULL, TRUE);
  while (hearth_server_get_n_clients (self->server) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (client);
  report (self);

  hearth_server_stop (self->server);
  g_object_unref (self->server);
  g_object_unref (self->workspace);
  temporary_remove (self->data_dir);
  g_free (self->data_dir);
  g_free (self->request);
  g_free (self);
  return 0;
}
