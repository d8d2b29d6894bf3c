/* bench-models.c: 200 model calls that stream at once: how long a chunk takes from the socket to NODE_YIELD, and what
 * memory they hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-models TESTS FOLDER
 *
 * The service is a thread of this process, so that both ends read one clock; each chunk says when it was sent.
 */

#include "figures.h"
#include "nodes/model-run.h"

#include <glib-unix.h>
#include <unistd.h>

#define N_STREAMS 200
#define N_CHUNKS 60   /* of each */
#define PAUSE_US 250  /* between a chunk of one stream and one of the next: 20 a second for each */
#define WARM_CHUNKS 5 /* of each, before the memory is looked at */

/* --- the service ------------------------------------------------------------------------------------- */

typedef struct
{
  GSocketListener *listener;
  int fds[N_STREAMS];
} Service;

static void
write_chunk (int         fd,
             const char *text)
{
  g_autofree char *chunk = g_strdup_printf ("%zx\r\n%s\r\n", strlen (text), text);

  g_assert_cmpint (write (fd, chunk, strlen (chunk)), ==, (gssize) strlen (chunk));
}

/* Until what it says of its length has come. */
static void
read_request (int fd)
{
  g_autoptr (GString) request = g_string_new (NULL);
  char bytes[4096];

  for (;;)
    {
      gssize n_read = read (fd, bytes, sizeof bytes);
      const char *end, *length;

      g_assert_cmpint (n_read, >, 0);
      g_string_append_len (request, bytes, n_read);
      end = strstr (request->str, "\r\n\r\n");
      length = strstr (request->str, "Content-Length: ");
      if (end != NULL && length != NULL && request->len >= (gsize) (end + 4 - request->str) + g_ascii_strtoull (length + 16, NULL, 10))
        return;
    }
}

static void
open_stream (Service *self,
             guint    i)
{
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (self->listener, NULL, NULL, &error);

  g_assert_no_error (error);
  self->fds[i] = dup (g_socket_get_fd (g_socket_connection_get_socket (connection)));
  g_unix_set_fd_nonblocking (self->fds[i], FALSE, NULL);
  g_socket_set_option (g_socket_connection_get_socket (connection), 6 /* TCP */, 1 /* TCP_NODELAY */, 1, NULL);
  read_request (self->fds[i]);
  g_assert_cmpint (write (self->fds[i], head, sizeof head - 1), ==, sizeof head - 1);
}

static gpointer
serve (gpointer data)
{
  Service *self = data;

  for (guint i = 0; i < N_STREAMS; i++)
    open_stream (self, i);
  for (guint n = 0; n < N_CHUNKS * N_STREAMS; n++)
    {
      g_autofree char *event = NULL;

      g_usleep (PAUSE_US);
      event = g_strdup_printf ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%" G_GINT64_FORMAT " \"}}]}\n\n",
                               g_get_monotonic_time ());
      write_chunk (self->fds[n % N_STREAMS], event);
    }
  for (guint i = 0; i < N_STREAMS; i++)
    {
      write_chunk (self->fds[i], "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
      g_assert_cmpint (write (self->fds[i], "0\r\n\r\n", 5), ==, 5);
      close (self->fds[i]);
    }
  return NULL;
}

/* --- the run ------------------------------------------------------------------------------------------ */

typedef struct
{
  double delays[N_CHUNKS * N_STREAMS]; /* milliseconds */
  guint n_delays;
  double early_mib;
} Bench;

static void
yielded_cb (const HearthRunEvent *event,
            gpointer              user_data)
{
  Bench *self = user_data;
  gint64 now = g_get_monotonic_time ();
  HearthValue *content;

  if (event->kind != HEARTH_EVENT_NODE_YIELD
      || g_strcmp0 (hearth_value_get_member_string (event->value, "type", NULL), "text_chunk") != 0)
    return;
  content = hearth_value_get (event->value, "content");
  self->delays[self->n_delays++] = (double) (now - g_ascii_strtoll (hearth_value_get_string (content, NULL), NULL, 10)) / 1000;
  if (self->n_delays == WARM_CHUNKS * N_STREAMS)
    self->early_mib = bench_resident_mib ();
}

static char *
dup_nodes (void)
{
  GString *nodes = g_string_new (NULL);

  for (guint i = 0; i < N_STREAMS; i++)
    g_string_append_printf (nodes, "%s{\"id\":\"n%u\",\"type\":\"core:GenericLlmRequest\",\"position\":{\"x\":0,\"y\":0},"
                            "\"inputValues\":{\"messages\":[{\"role\":\"user\",\"content\":\"Hi %u\"}],\"activated_model_id\":\"m\","
                            "\"stream\":true}}", i > 0 ? "," : "", i, i);
  return g_string_free (nodes, FALSE);
}

/* The channel of the written-down model leads to the service. */
static void
use_service (Models *models,
             guint16 port)
{
  g_autofree char *base = g_strdup_printf ("http://127.0.0.1:%u/v1", port);
  HearthChannel *channel = hearth_channel_new (hearth_providers_lookup ("openai"), base);

  channel->id = g_strdup ("bench");
  channel->label = g_strdup ("Bench");
  channel->models = g_strsplit ("m", " ", -1);
  g_ptr_array_set_size (models->channels, 0);
  g_ptr_array_add (models->channels, channel);
}

static void
measure (Models *models)
{
  g_autofree char *nodes = dup_nodes ();
  g_autofree Bench *bench = g_new0 (Bench, 1);
  g_auto (Told) told = { 0 };
  double median, late_mib;

  told_start (&told, models, nodes, "");
  hearth_run_add_observer (told.run, yielded_cb, bench, NULL);
  while (bench->n_delays < N_CHUNKS * N_STREAMS && !told.is_over)
    g_main_context_iteration (NULL, TRUE);
  late_mib = bench_resident_mib ();
  AWAIT (told.is_over);
  g_assert_cmpint (hearth_run_get_status (told.run), ==, HEARTH_RUN_COMPLETE);
  median = bench_median (bench->delays, bench->n_delays);
  bench_report (hearth_value_object ("benchmark", hearth_value_string ("models-streams"), "streams", hearth_value_integer (N_STREAMS),
                                     "chunks", hearth_value_integer (bench->n_delays), "delayMedianMs", bench_figure (median),
                                     "delayP99Ms", bench_figure (bench_quantile (bench->delays, bench->n_delays, 0.99)),
                                     "addedMiB", bench_figure (late_mib - bench->early_mib), NULL));
}

int
main (int   argc,
      char *argv[])
{
  Models models = { 0 };
  Service service = { .listener = g_socket_listener_new () };
  GThread *thread;
  guint16 port;

  g_assert_cmpint (argc, ==, 2);
  g_socket_listener_set_backlog (service.listener, N_STREAMS);
  port = g_socket_listener_add_any_inet_port (service.listener, NULL, NULL);
  g_setenv ("G_TEST_SRCDIR", argv[1], TRUE);
  argc = 1;
  g_test_init (&argc, &argv, NULL);
  models_set_up (&models, NULL);
  use_service (&models, port);
  thread = g_thread_new ("service", serve, &service);
  measure (&models);
  g_thread_join (thread);
  models_tear_down (&models, NULL);
  g_object_unref (service.listener);
  return 0;
}
