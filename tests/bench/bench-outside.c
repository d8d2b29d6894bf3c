/* bench-outside.c: what the door to the outside adds: delay of a chunk, memory of many streams, time to end one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-outside TESTS FOLDER
 *
 * For the delays the other side is a thread of this process, so that both ends read one clock; for the memory it is
 * tests/llm/peer.py.
 */

#include "figures.h"
#include "peer.h"

#include "hearth-outside.h"

#include <poll.h>
#include <unistd.h>

#define N_CHUNKS 2000
#define N_STREAMS 200
#define N_ENDS 50
#define STREAM_SECONDS 3

/* --- the other side ------------------------------------------------------------------------------ */

typedef struct
{
  gint64 sent[N_CHUNKS];
  gint64 closed; /* when the end of a connection was seen; atomic by its lock */
  GMutex lock;
  GCond seen;
} Side;

static void
write_all (int         fd,
           const char *text)
{
  g_assert_cmpint (write (fd, text, strlen (text)), ==, (gssize) strlen (text));
}

/* One chunk a millisecond. */
static void
send_chunks (Side *self,
             int   fd)
{
  for (guint i = 0; i < N_CHUNKS; i++)
    {
      g_usleep (1000);
      self->sent[i] = g_get_monotonic_time ();
      write_all (fd, "1\r\nx\r\n");
    }
  write_all (fd, "0\r\n\r\n");
}

static void
wait_for_end (Side *self,
              int   fd)
{
  struct pollfd waiting = { .fd = fd, .events = POLLRDHUP };

  write_all (fd, "1\r\nx\r\n");
  poll (&waiting, 1, -1);
  g_mutex_lock (&self->lock);
  self->closed = g_get_monotonic_time ();
  g_cond_signal (&self->seen);
  g_mutex_unlock (&self->lock);
}

static gboolean
connected_cb (GThreadedSocketService *service,
              GSocketConnection      *connection,
              GObject                *source,
              Side                   *self)
{
  int fd = g_socket_get_fd (g_socket_connection_get_socket (connection));
  char head[4096];
  gssize length = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), head, sizeof head - 1, NULL, NULL);

  g_assert_cmpint (length, >, 0);
  head[length] = '\0';
  g_socket_set_option (g_socket_connection_get_socket (connection), 6 /* TCP */, 1 /* TCP_NODELAY */, 1, NULL);
  write_all (fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  if (g_str_has_prefix (head, "GET /chunks"))
    send_chunks (self, fd);
  else
    wait_for_end (self, fd);
  return TRUE;
}

/* --- this side --------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 arrived[N_CHUNKS];
  guint n_arrived;
  guint n_open; /* streams of which something came */
  gsize n_bytes;
  gboolean ended;
} Bench;

static void
head_cb (guint        status,
         HearthValue *headers,
         gpointer     user_data)
{
  g_assert_cmpuint (status, ==, 200);
}

/* Several chunks may come as one piece. */
static void
data_cb (const char *bytes,
         gsize       length,
         gpointer    user_data)
{
  Bench *self = user_data;
  gint64 now = g_get_monotonic_time ();

  for (gsize i = 0; i < length && self->n_arrived < N_CHUNKS; i++)
    self->arrived[self->n_arrived++] = now;
  self->n_bytes += length;
}

static void
ended_cb (const GError *error,
          gpointer      user_data)
{
  g_assert_no_error (error);
  ((Bench *) user_data)->ended = TRUE;
}

static const HearthExchangeEvents events = { head_cb, data_cb, ended_cb };

static HearthExchange *
ask (HearthOutside *outside,
     const char    *uri,
     GBytes        *body,
     Bench         *bench)
{
  return hearth_outside_send (outside, &(HearthOutsideRequest) { .method = body != NULL ? "POST" : "GET", .uri = uri, .body = body,
                              .content_type = "application/json", .max_bytes = G_MAXSIZE }, &events, bench);
}

static void
report_delays (const char *name,
               double     *values,
               gsize       n)
{
  double median = bench_median (values, n);

  bench_report (hearth_value_object ("benchmark", hearth_value_string (name), "n", hearth_value_integer ((gint64) n), "medianMs",
                                     bench_figure (median), "p99Ms", bench_figure (bench_quantile (values, n, 0.99)), NULL));
}

static void
measure_chunks (HearthOutside *outside,
                const char    *base,
                Side          *side)
{
  g_autofree char *uri = g_strconcat (base, "/chunks", NULL);
  g_autofree Bench *bench = g_new0 (Bench, 1);
  double delays[N_CHUNKS];

  ask (outside, uri, NULL, bench);
  while (!bench->ended)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < N_CHUNKS; i++)
    delays[i] = (double) (bench->arrived[i] - side->sent[i]) / 1000;
  report_delays ("outside-chunk-delay", delays, N_CHUNKS);
}

static void
measure_ends (HearthOutside *outside,
              const char    *base,
              Side          *side)
{
  g_autofree char *uri = g_strconcat (base, "/end", NULL);
  double delays[N_ENDS];

  for (guint i = 0; i < N_ENDS; i++)
    {
      g_autofree Bench *bench = g_new0 (Bench, 1);
      HearthExchange *exchange = ask (outside, uri, NULL, bench);
      gint64 begin;

      while (bench->n_bytes == 0)
        g_main_context_iteration (NULL, TRUE);
      side->closed = 0;
      begin = g_get_monotonic_time ();
      hearth_exchange_cancel (exchange);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_mutex_lock (&side->lock);
      while (side->closed == 0)
        g_cond_wait (&side->seen, &side->lock);
      g_mutex_unlock (&side->lock);
      delays[i] = (double) (side->closed - begin) / 1000;
    }
  report_delays ("outside-cancel", delays, N_ENDS);
}

/* --- memory ------------------------------------------------------------------------------------------- */

static void
run_for (gint64 microseconds)
{
  gint64 end = g_get_monotonic_time () + microseconds;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
measure_memory (HearthOutside *outside,
                const char    *base)
{
  static const char script[] = "{\"steps\":[{\"endless\":\"data: 0123456789abcdef\\n\\n\"}]}";
  g_autoptr (GBytes) body = g_bytes_new_static (script, sizeof script - 1);
  g_autofree char *uri = g_strconcat (base, "/play", NULL);
  g_autofree Bench *benches = g_new0 (Bench, N_STREAMS);
  HearthExchange *exchanges[N_STREAMS];
  double before = bench_resident_mib (), early, late;
  gsize n_bytes = 0;

  for (guint i = 0; i < N_STREAMS; i++)
    exchanges[i] = ask (outside, uri, body, &benches[i]);
  for (guint n_open = 0; n_open < N_STREAMS;)
    {
      g_main_context_iteration (NULL, TRUE);
      n_open = 0;
      for (guint i = 0; i < N_STREAMS; i++)
        n_open += benches[i].n_bytes > 0;
    }
  early = bench_resident_mib ();
  run_for (STREAM_SECONDS * G_TIME_SPAN_SECOND);
  late = bench_resident_mib ();
  for (guint i = 0; i < N_STREAMS; i++)
    {
      n_bytes += benches[i].n_bytes;
      hearth_exchange_cancel (exchanges[i]);
    }
  bench_report (hearth_value_object ("benchmark", hearth_value_string ("outside-streams"), "streams", hearth_value_integer (N_STREAMS),
                                     "addedMiB", bench_figure (early - before), "laterMiB", bench_figure (late - early),
                                     "receivedMiB", bench_figure ((double) n_bytes / (1 << 20)), NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (10);
  HearthOutside *outside = hearth_outside_new ();
  Side *side = g_new0 (Side, 1);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u", port);
  Peer peer;

  g_assert_cmpint (argc, ==, 2);
  g_setenv ("G_TEST_SRCDIR", argv[1], TRUE);
  argc = 1;
  g_test_init (&argc, &argv, NULL);
  g_signal_connect (service, "run", G_CALLBACK (connected_cb), side);
  measure_chunks (outside, base, side);
  measure_ends (outside, base, side);
  peer_start (&peer, NULL);
  measure_memory (outside, peer.base);
  g_object_unref (outside);
  peer_stop (&peer);
  g_free (side);
  return 0;
}
