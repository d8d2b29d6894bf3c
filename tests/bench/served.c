/* served.c: the real `hearthctl serve`, in a process of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "served.h"

#include "figures.h"
#include "temporary.h"

#include <signal.h>

/* The line that says "ready" ends in the address. */
static guint16
read_port (GSubprocess *process)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  const char *address;
  g_autoptr (GUri) uri = NULL;

  g_assert_no_error (error);
  address = line != NULL ? strstr (line, "http://") : NULL;
  uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;
  if (uri == NULL)
    g_error ("hearthctl serve did not tell its address");
  return (guint16) g_uri_get_port (uri);
}

void
bench_served_start (BenchServed *self,
                    const char  *hearthctl)
{
  g_autoptr (GError) error = NULL;

  self->data_dir = g_dir_make_tmp ("hearth-bench-XXXXXX", &error);
  g_assert_no_error (error);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, hearthctl, "serve", "--port", "0",
                                    "--data-dir", self->data_dir, NULL);
  g_assert_no_error (error);
  self->pid = (GPid) g_ascii_strtoll (g_subprocess_get_identifier (self->process), NULL, 10);
  self->port = read_port (self->process);
}

void
bench_served_stop (BenchServed *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  temporary_remove (self->data_dir);
  g_clear_pointer (&self->data_dir, g_free);
}
