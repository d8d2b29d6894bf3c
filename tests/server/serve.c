/* serve.c: a server for the tests: any free port, told on standard output; ends with its input, and tells what the
 * longest round of its main loop took (hearth-watchdog.h)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * serve DATA_DIR [--frontend DIR] [--origin ORIGIN] [--others 1] [--head-ms N] [--body-ms N]
 *   [--idle-ms N] [--max-idle N] [--max-connections N]
 * serve --routes: prints the table of routes, a line each: method, pattern, kind of body
 */

#include "hearth-i18n.h"
#include "hearth-memory.h"
#include "hearth-router.h"
#include "hearth-server.h"
#include "hearth-watchdog.h"

#include <glib-unix.h>
#include <unistd.h>

static gboolean
input_ended_cb (int          fd,
                GIOCondition condition,
                gpointer     user_data)
{
  char byte;

  if (read (fd, &byte, 1) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!hearth_workspace_open_finish (HEARTH_WORKSPACE (source), result, &error)
      || !hearth_server_listen (user_data, 0, &error))
    g_error ("%s", error->message);
  g_print ("%u\n", hearth_server_get_port (user_data));
}

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + G_TIME_SPAN_SECOND / 2;

  while (g_get_monotonic_time () < end && g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static void
print_routes (void)
{
  static const char *const bodies[] = { "none", "json", "bytes", "form" };
  gsize n_sections;
  const HearthRouteSection *const *sections = hearth_routes_get_sections (&n_sections);

  for (gsize i = 0; i < n_sections; i++)
    for (gsize k = 0; k < sections[i]->n_routes; k++)
      g_print ("%s %s %s\n", sections[i]->routes[k].method, sections[i]->routes[k].pattern,
               bodies[sections[i]->routes[k].body]);
}

/* FALSE: no limit is called that. */
static gboolean
set_limit (HearthServerLimits *limits,
           const char         *name,
           const char         *text)
{
  guint number = (guint) g_ascii_strtoull (text, NULL, 10);

  if (g_str_equal (name, "--head-ms"))
    limits->head_ms = number;
  else if (g_str_equal (name, "--body-ms"))
    limits->body_ms = number;
  else if (g_str_equal (name, "--idle-ms"))
    limits->idle_ms = number;
  else if (g_str_equal (name, "--max-idle"))
    limits->max_idle = number;
  else if (g_str_equal (name, "--max-connections"))
    limits->max_connections = number;
  else
    return FALSE;
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (HearthWorkspace) workspace = NULL;
  g_autoptr (HearthServer) server = NULL;
  HearthServerLimits limits = hearth_server_default_limits;

  hearth_memory_init ();
  hearth_i18n_init ();
  g_assert_cmpint (argc, >=, 2);
  if (g_str_equal (argv[1], "--routes"))
    {
      print_routes ();
      return 0;
    }
  workspace = hearth_workspace_new (argv[1]);
  server = hearth_server_new (workspace);
  for (int i = 2; i + 1 < argc; i += 2)
    {
      const char *origins[] = { argv[i + 1], NULL };

      if (g_str_equal (argv[i], "--frontend"))
        hearth_server_set_frontend_dir (server, argv[i + 1]);
      else if (g_str_equal (argv[i], "--origin"))
        hearth_server_set_allowed_origins (server, origins);
      else if (g_str_equal (argv[i], "--others"))
        hearth_server_set_allow_other_devices (server, TRUE);
      else if (!set_limit (&limits, argv[i], argv[i + 1]))
        g_error ("No such option: %s", argv[i]);
    }
  hearth_server_set_limits (server, &limits);
  hearth_watchdog_start ();
  hearth_workspace_open_async (workspace, FALSE, NULL, opened_cb, server);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_ended_cb, loop);
  g_main_loop_run (loop);
  hearth_server_stop (server);
  settle ();
  g_print ("%.1f\n", hearth_watchdog_get_longest_ms ());
  return 0;
}
