/* bench-websocket-clients.c: five hundred web pages, each with a stream of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-websocket-clients HEARTHCTL
 *
 * The server is the real one, in a process of its own. Every page asks for one run of a stream of 2,000
 * pieces; the figures are of all of them together: time until the last page has its last message, and
 * what the server needs for a connection that is merely open.
 */

#include "figures.h"
#include "served.h"

#include <libsoup/soup.h>

#define N_PAGES 500
#define N_PIECES 2000
#define REQUEST                                                                                                       \
  "{\"type\":\"PROMPT_REQUEST\",\"payload\":{\"nodes\":[{\"id\":\"S\",\"fullType\":\"core:TextStream\",\"inputs\":"     \
  "{\"text\":\"%s\",\"chunkSize\":5,\"delayMs\":0}}],\"edges\":[]}}"

typedef struct
{
  SoupWebsocketConnection *connection;
  guint n_pieces;
  gsize n_characters;
  gboolean is_over;
} Page;

static guint n_open;
static guint n_over;

static void
message_cb (SoupWebsocketConnection *connection,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            Page                    *page)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  const char *content = strstr (text, "\"text_chunk\",\"content\":\"");

  if (g_str_has_prefix (text, "{\"type\":\"NODE_YIELD\"") && content != NULL)
    {
      page->n_pieces++;
      page->n_characters += strcspn (content + strlen ("\"text_chunk\",\"content\":\""), "\"");
    }
  if (!g_str_has_prefix (text, "{\"type\":\"EXECUTION_STATUS_UPDATE\"") || strstr (text, "\"complete\"") == NULL)
    return;
  page->is_over = TRUE;
  n_over++;
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
  n_open++;
}

static void
connect_pages (Page        *pages,
               SoupSession *session,
               guint16      port)
{
  g_autofree char *address = g_strdup_printf ("ws://127.0.0.1:%u/ws", port);

  for (guint i = 0; i < N_PAGES; i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);

      soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, connected_cb,
                                            &pages[i]);
    }
  while (n_open < N_PAGES)
    g_main_context_iteration (NULL, TRUE);
}

/* KiB; @field: "VmRSS:" or "VmHWM:". */
static double
get_memory (GPid        pid,
            const char *field)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents (path, &status, NULL, NULL);
  line = status != NULL ? strstr (status, field) : NULL;
  g_assert_nonnull (line);
  return g_ascii_strtod (line + strlen (field), NULL);
}

static void
run_streams (Page *pages)
{
  g_autofree char *text = g_strnfill (5 * N_PIECES, 'x');
  g_autofree char *request = g_strdup_printf (REQUEST, text);

  for (guint i = 0; i < N_PAGES; i++)
    soup_websocket_connection_send_text (pages[i].connection, request);
  while (n_over < N_PAGES)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns", N_PAGES, "max-conns-per-host", N_PAGES, NULL);
  g_autofree Page *pages = g_new0 (Page, N_PAGES);
  BenchServed served = { 0 };
  double before, open, cpu, seconds;
  guint n_pieces = 0;
  gint64 begin;

  g_assert_cmpint (argc, ==, 2);
  bench_served_start (&served, argv[1]);
  before = get_memory (served.pid, "VmRSS:");
  connect_pages (pages, session, served.port);
  open = get_memory (served.pid, "VmRSS:");
  cpu = bench_cpu_of (served.pid);
  begin = g_get_monotonic_time ();
  run_streams (pages);
  seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  cpu = bench_cpu_of (served.pid) - cpu;
  for (guint i = 0; i < N_PAGES; i++)
    {
      g_assert_true (pages[i].is_over);
      /* Merged or not, nothing of it is missing. */
      g_assert_cmpuint (pages[i].n_characters, ==, 5 * N_PIECES);
      n_pieces += pages[i].n_pieces;
      g_object_unref (pages[i].connection);
    }
  bench_report (hearth_value_object ("bench", hearth_value_string ("websocket-clients"), "pages",
                                     hearth_value_integer (N_PAGES), "pieces", hearth_value_integer (N_PAGES * N_PIECES),
                                     "piecesReceived", hearth_value_integer (n_pieces), "seconds", bench_figure (seconds),
                                     "piecesPerSecond", bench_figure (N_PAGES * N_PIECES / seconds), "serverCpuUsPerPiece",
                                     bench_figure (cpu / (N_PAGES * N_PIECES)), "kibPerOpenConnection",
                                     bench_figure ((open - before) / N_PAGES), "peakMib",
                                     bench_figure (get_memory (served.pid, "VmHWM:") / 1024), NULL));
  bench_served_stop (&served);
  return 0;
}
