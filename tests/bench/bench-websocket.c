/* bench-websocket.c: a run as a web page sees it: from its request to the last message
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-websocket HEARTHCTL
 *
 * The server is the real one, in a process of its own. Here everything that comes is counted and
 * thrown away, so that the figures are the server's as far as two processors allow. Figures are
 * medians; each run begins when the server is at rest.
 */

#include "chain.h"
#include "figures.h"
#include "served.h"

#include "hearth-json.h"
#include "hearth-payload.h"

#include <libsoup/soup.h>

#define N_ROUNDS 9
#define REST_US (G_USEC_PER_SEC / 2)

typedef struct
{
  SoupWebsocketConnection *connection;
  guint n_messages; /* about nodes */
  gsize n_bytes;
  gboolean is_over;
  gboolean is_complete;
} Page;

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            Page                    *page)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  page->n_bytes += length;
  if (g_str_has_prefix (text, "{\"type\":\"NODE_"))
    {
      page->n_messages++;
      return;
    }
  if (!g_str_has_prefix (text, "{\"type\":\"EXECUTION_STATUS_UPDATE\"") || strstr (text, "\"running\"") != NULL
      || strstr (text, "\"queued\"") != NULL)
    return;
  page->is_complete = strstr (text, "\"complete\"") != NULL;
  page->is_over = TRUE;
}

static void
closed_cb (SoupWebsocketConnection *connection,
           Page                    *page)
{
  g_error ("The server closed the connection");
}

static void
connected_cb (GObject      *session,
              GAsyncResult *result,
              gpointer      user_data)
{
  Page *page = user_data;
  g_autoptr (GError) error = NULL;

  page->connection = soup_session_websocket_connect_finish (SOUP_SESSION (session), result, &error);
  g_assert_no_error (error);
  soup_websocket_connection_set_max_incoming_payload_size (page->connection, 64u << 20);
  g_signal_connect (page->connection, "message", G_CALLBACK (message_cb), page);
  g_signal_connect (page->connection, "closed", G_CALLBACK (closed_cb), page);
}

static char *
make_request (HearthCatalog *catalog,
              guint          n_nodes,
              guint          start)
{
  g_autoptr (HearthGraph) graph = bench_chain_new (catalog, n_nodes, start);
  g_autoptr (HearthValue) request = hearth_value_object ("type", hearth_value_string ("PROMPT_REQUEST"), "payload",
                                                         hearth_payload_from_graph (graph, NULL), NULL);

  return hearth_json_print (request);
}

static double
time_request (Page       *page,
              const char *request)
{
  gint64 begin = g_get_monotonic_time ();

  page->n_messages = 0;
  page->n_bytes = 0;
  page->is_over = FALSE;
  soup_websocket_connection_send_text (page->connection, request);
  while (!page->is_over)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (page->is_complete);
  return (double) (g_get_monotonic_time () - begin);
}

/* What the last run left to do on the threads of the storage is no part of the next one. */
static void
rest (Page *page,
      GPid  server)
{
  double before;

  do
    {
      gint64 end = g_get_monotonic_time () + REST_US;

      before = bench_cpu_of (server);
      while (g_get_monotonic_time () < end)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (REST_US / 100);
    }
  while (bench_cpu_of (server) - before > REST_US / 50);
}

/* @again: every run is the same, so that all results of an earlier one can be used. */
static void
measure (Page          *page,
         GPid           server,
         HearthCatalog *catalog,
         guint          n_nodes,
         gboolean       again)
{
  double passed[N_ROUNDS];
  double used[N_ROUNDS];
  double used_after[N_ROUNDS];
  double main_loop[N_ROUNDS];

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autofree char *request = make_request (catalog, n_nodes, again ? 0 : i * 1000000);
      double before = bench_cpu_of (server);
      double before_main = bench_main_cpu_of (server);

      passed[i] = time_request (page, request) / n_nodes;
      main_loop[i] = (bench_main_cpu_of (server) - before_main) / n_nodes;
      used[i] = (bench_cpu_of (server) - before) / n_nodes;
      rest (page, server);
      used_after[i] = (bench_cpu_of (server) - before) / n_nodes;
    }
  bench_report (hearth_value_object ("bench", hearth_value_string (again ? "chain-websocket-again" : "chain-websocket"), "nodes",
                                     hearth_value_integer (n_nodes), "messagesPerNode",
                                     bench_figure ((double) page->n_messages / n_nodes), "bytesPerNode",
                                     bench_figure ((double) page->n_bytes / n_nodes), "usPerNode",
                                     bench_figure (bench_median (passed, N_ROUNDS)), "mainLoopCpuUsPerNode",
                                     bench_figure (bench_median (main_loop, N_ROUNDS)), "serverCpuUsPerNode",
                                     bench_figure (bench_median (used, N_ROUNDS)), "withStorageCpuUsPerNode",
                                     bench_figure (bench_median (used_after, N_ROUNDS)), NULL));
}

static void
connect_page (Page        *page,
              SoupSession *session,
              guint16      port)
{
  g_autofree char *address = g_strdup_printf ("ws://127.0.0.1:%u/ws", port);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);

  /* Every browser offers compression. */
  soup_session_add_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, connected_cb, page);
  while (page->connection == NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (HearthCatalog) catalog = bench_catalog_new ();
  g_autoptr (SoupSession) session = soup_session_new ();
  BenchServed served = { 0 };
  Page page = { 0 };

  g_assert_cmpint (argc, ==, 2);
  bench_served_start (&served, argv[1]);
  connect_page (&page, session, served.port);
  measure (&page, served.pid, catalog, 1000, FALSE);
  measure (&page, served.pid, catalog, 10000, FALSE);
  measure (&page, served.pid, catalog, 10000, TRUE);
  g_signal_handlers_disconnect_by_data (page.connection, &page);
  g_object_unref (page.connection);
  bench_served_stop (&served);
  return 0;
}
