/* serve.c: a server for the tests: any free port, told on standard output; ends with its input
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * serve DATA_DIR [--frontend DIR] [--origin ORIGIN]
 */

#include "hearth-i18n.h"
#include "hearth-server.h"

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

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (HearthWorkspace) workspace = NULL;
  g_autoptr (HearthServer) server = NULL;

  hearth_i18n_init ();
  g_assert_cmpint (argc, >=, 2);
  workspace = hearth_workspace_new (argv[1]);
  server = hearth_server_new (workspace);
  for (int i = 2; i + 1 < argc; i += 2)
    {
      const char *origins[] = { argv[i + 1], NULL };

      if (g_str_equal (argv[i], "--frontend"))
        hearth_server_set_frontend_dir (server, argv[i + 1]);
      else if (g_str_equal (argv[i], "--origin"))
        hearth_server_set_allowed_origins (server, origins);
    }
  hearth_workspace_open_async (workspace, FALSE, NULL, opened_cb, server);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_ended_cb, loop);
  g_main_loop_run (loop);
  hearth_server_stop (server);
  settle ();
  return 0;
}
