/* peer.h: starts tests/llm/peer.py and talks of it by its port
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <string.h>

typedef struct
{
  GSubprocess *process;
  char *base; /* "http://127.0.0.1:PORT" */
} Peer;

/* @more: further arguments, or NULL. */
static inline void
peer_start (Peer              *self,
            const char *const *more)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "llm", "peer.py", NULL);
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *port = NULL;

  g_strv_builder_add_many (arguments, "python3", "-B", script, NULL);
  if (more != NULL)
    g_strv_builder_addv (arguments, (const char **) more);
  argv = g_strv_builder_end (arguments);
  self->process = g_subprocess_newv ((const char *const *) argv,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  port = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (port);
  self->base = g_strdup_printf ("%s://127.0.0.1:%s", more != NULL && strcmp (more[0], "--tls") == 0 ? "https" : "http", port);
}

static inline void
peer_stop (Peer *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_clear_pointer (&self->base, g_free);
}
