/* hearth-cli-signals.c: Ctrl+C, politely once and firmly the second time
 *
 * g_unix_signal_add() is no help here: it gives a signal its usual meaning back in the main loop only,
 * which may be waiting for somebody to read our output.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-cli.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

static int wake_pipe[2] = { -1, -1 };

static struct
{
  void (*callback) (int      number,
                    gpointer user_data);
  gpointer user_data;
} listener;

/* Only what is safe in a signal handler. */
static void
handle_signal (int number)
{
  int kept = errno;
  guint8 byte = (guint8) number;
  gssize written = write (wake_pipe[1], &byte, 1);

  (void) written;
  errno = kept;
}

static gboolean
woken_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  guint8 byte;

  if (read (fd, &byte, 1) == 1)
    listener.callback (byte, listener.user_data);
  return G_SOURCE_CONTINUE;
}

void
hearth_cli_watch_signals (void   (*callback) (int      number,
                                              gpointer user_data),
                          gpointer user_data)
{
  struct sigaction action = { .sa_handler = handle_signal, .sa_flags = SA_RESETHAND | SA_RESTART };
  g_autoptr (GError) error = NULL;

  listener.callback = callback;
  listener.user_data = user_data;
  if (!g_unix_open_pipe (wake_pipe, FD_CLOEXEC, &error))
    {
      hearth_cli_complain ("%s", error->message);
      return;
    }
  g_unix_fd_add (wake_pipe[0], G_IO_IN, woken_cb, NULL);
  sigemptyset (&action.sa_mask);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}
