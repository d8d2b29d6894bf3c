/* bench-http.c: how many requests the server answers in a second
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-http HEARTHCTL
 *
 * Kept connections, each with one request at a time, over one epoll: the client must cost less
 * than what it measures.
 */

#include "figures.h"
#include "served.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CONNECTIONS 64
#define WARM_UP_US (G_USEC_PER_SEC / 4)
#define MEASURE_US (2 * G_USEC_PER_SEC)

typedef struct
{
  int fd;
  gint64 sent_at;
  gsize left;      /* of the answer; 0: its head is still to come */
  char head[4096]; /* as much of it as came */
  gsize length;
} Line;

typedef struct
{
  guint16 port;
  char *request;
  int epoll;
  Line lines[MAX_CONNECTIONS];
  GArray *latencies; /* double, in microseconds */
  gsize n_bytes;     /* of one answer */
} Client;

static void
send_request (Client *self,
              Line   *line)
{
  gsize length = strlen (self->request);

  line->sent_at = g_get_monotonic_time ();
  line->length = 0;
  line->left = 0;
  if (write (line->fd, self->request, length) != (gssize) length)
    g_error ("A request could not be sent: %s", g_strerror (errno));
}

static void
open_line (Client *self,
           Line   *line)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = g_htons (self->port) };
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = line };
  int on = 1;

  address.sin_addr.s_addr = g_htonl (INADDR_LOOPBACK);
  line->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (line->fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("No connection: %s", g_strerror (errno));
  setsockopt (line->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  epoll_ctl (self->epoll, EPOLL_CTL_ADD, line->fd, &event);
}

/* The head is complete: how much of the body is still to come? */
static void
read_head (Client *self,
           Line   *line,
           char   *body)
{
  const char *length = strstr (line->head, "Content-Length: ");

  if (!g_str_has_prefix (line->head, "HTTP/1.1 200 ") || length == NULL)
    g_error ("This is no answer: %.200s", line->head);
  self->n_bytes = strtoul (length + strlen ("Content-Length: "), NULL, 10);
  line->left = self->n_bytes - (gsize) (line->head + line->length - body);
}

/* Returns whether the answer has come to its end. */
static gboolean
read_line (Client *self,
           Line   *line)
{
  static char rest[256 * 1024];
  gboolean in_head = line->left == 0;
  gssize n = in_head ? read (line->fd, line->head + line->length, sizeof line->head - 1 - line->length)
                     : read (line->fd, rest, MIN (sizeof rest, line->left));
  char *end;

  if (n <= 0)
    g_error ("The server hung up");
  if (!in_head)
    {
      line->left -= (gsize) n;
      return line->left == 0;
    }
  line->length += (gsize) n;
  line->head[line->length] = '\0';
  end = strstr (line->head, "\r\n\r\n");
  if (end == NULL)
    return FALSE;
  read_head (self, line, end + 4);
  return line->left == 0;
}

static void
run_until (Client *self,
           gint64  end)
{
  struct epoll_event events[MAX_CONNECTIONS];

  while (g_get_monotonic_time () < end)
    {
      int n = epoll_wait (self->epoll, events, MAX_CONNECTIONS, 1000);

      for (int i = 0; i < n; i++)
        {
          Line *line = events[i].data.ptr;
          double latency;

          if (!read_line (self, line))
            continue;
          latency = (double) (g_get_monotonic_time () - line->sent_at);
          g_array_append_val (self->latencies, latency);
          send_request (self, line);
        }
    }
}

static void
client_open (Client     *self,
             guint16     port,
             const char *path,
             guint       n_connections)
{
  self->port = port;
  self->request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost:%u\r\nAccept: */*\r\n\r\n", path, port);
  self->epoll = epoll_create1 (EPOLL_CLOEXEC);
  self->latencies = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < n_connections; i++)
    {
      open_line (self, &self->lines[i]);
      send_request (self, &self->lines[i]);
    }
}

static void
client_close (Client *self,
              guint   n_connections)
{
  for (guint i = 0; i < n_connections; i++)
    close (self->lines[i].fd);
  close (self->epoll);
  g_array_unref (self->latencies);
  g_free (self->request);
}

static void
measure (BenchServed *served,
         const char  *path,
         guint        n_connections)
{
  g_autofree Client *client = g_new0 (Client, 1);
  gint64 begin;
  double used, passed, n;
  double *latencies;

  client_open (client, served->port, path, n_connections);
  run_until (client, g_get_monotonic_time () + WARM_UP_US);
  g_array_set_size (client->latencies, 0);
  used = bench_cpu_of (served->pid);
  begin = g_get_monotonic_time ();
  run_until (client, begin + MEASURE_US);
  passed = (double) (g_get_monotonic_time () - begin);
  used = bench_cpu_of (served->pid) - used;
  n = client->latencies->len;
  latencies = (double *) (gpointer) client->latencies->data;
  bench_report (hearth_value_object ("bench", hearth_value_string ("http"), "path", hearth_value_string (path),
                                     "connections", hearth_value_integer (n_connections), "bytes",
                                     hearth_value_integer ((gint64) client->n_bytes), "requestsPerSecond",
                                     bench_figure (n / passed * 1e6), "p50Us",
                                     bench_figure (bench_quantile (latencies, (gsize) n, 0.5)), "p99Us",
                                     bench_figure (bench_quantile (latencies, (gsize) n, 0.99)), "serverCpuUs",
                                     bench_figure (used / n), NULL));
  client_close (client, n_connections);
}

/* The same once more by a load generator that many know, where there is one. */
static void
measure_with_wrk (BenchServed *served,
                  const char  *path,
                  guint        n_connections)
{
  g_autofree char *command = g_strdup_printf ("wrk -t1 -c%u -d2s --latency http://localhost:%u%s", n_connections,
                                              served->port, path);
  g_autofree char *text = NULL;
  const char *rate;

  if (!g_spawn_command_line_sync (command, &text, NULL, NULL, NULL) || (rate = strstr (text, "Requests/sec:")) == NULL)
    g_error ("wrk told nothing: %s", text);
  bench_report (hearth_value_object ("bench", hearth_value_string ("http-wrk"), "path", hearth_value_string (path),
                                     "connections", hearth_value_integer (n_connections), "requestsPerSecond",
                                     bench_figure (g_ascii_strtod (rate + strlen ("Requests/sec:"), NULL)), NULL));
}

int
main (int   argc,
      char *argv[])
{
  static const guint n_connections[] = { 1, 4, 64 };
  g_autofree char *wrk = g_find_program_in_path ("wrk");
  BenchServed served = { 0 };

  g_assert_cmpint (argc, ==, 2);
  bench_served_start (&served, argv[1]);
  for (guint i = 0; i < G_N_ELEMENTS (n_connections); i++)
    {
      measure (&served, "/api/nodes", n_connections[i]);
      if (wrk != NULL)
        measure_with_wrk (&served, "/api/nodes", n_connections[i]);
    }
  measure (&served, "/api/system_stats", 64);
  bench_served_stop (&served);
  return 0;
}
