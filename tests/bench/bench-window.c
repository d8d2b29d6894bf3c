/* bench-window.c: from the start of the program to the first frame of its window; its memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Starts itself several times, each time as the program people start: the time before main() counts.
 * Every start is the very first one, which puts the demo project in place and opens it.
 */

#include "figures.h"
#include "temporary.h"

#include "hearth-application.h"
#include "hearth-json.h"
#include "hearth-window.h"

#include "hearth-i18n.h"

#include <stdlib.h>
#include <unistd.h>

#define N_ROUNDS 11

/* Long enough for everything that is done after the first frames. */
#define REST_MS 1500

/* --- the program ------------------------------------------------------------------------------------ */

typedef struct
{
  gint64 started_at;
  HearthApplication *application;
  double first_frame_ms;
  double workflow_ms; /* the frame in which a workflow is seen */
} Start;

/* A line of /proc/self/smaps_rollup. */
static gint64
get_memory (const char *text,
            const char *name)
{
  const char *line = strstr (text, name);

  return line != NULL ? strtoll (line + strlen (name), NULL, 10) : 0;
}

static gboolean
rested_cb (gpointer user_data)
{
  Start *start = user_data;
  g_autofree char *memory = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents ("/proc/self/smaps_rollup", &memory, NULL, &error);
  g_assert_no_error (error);
  bench_report (hearth_value_object ("firstFrameMs", hearth_value_double (start->first_frame_ms), "workflowMs",
                                     hearth_value_double (start->workflow_ms), "rssKiB",
                                     hearth_value_integer (get_memory (memory, "\nRss:")), "pssKiB",
                                     hearth_value_integer (get_memory (memory, "\nPss:")), "privateDirtyKiB",
                                     hearth_value_integer (get_memory (memory, "\nPrivate_Dirty:")), NULL));
  /* What follows is no part of it. */
  fflush (stdout);
  _exit (0);
}

static void
after_paint_cb (GdkFrameClock *clock,
                Start         *start)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (start->application));
  double passed = (double) (g_get_monotonic_time () - start->started_at) / 1000;

  if (start->workflow_ms > 0 || window == NULL || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return;
  if (start->first_frame_ms == 0)
    start->first_frame_ms = passed;
  if (hearth_window_get_page (HEARTH_WINDOW (window)) == NULL)
    return;
  start->workflow_ms = passed;
  g_timeout_add (REST_MS, rested_cb, start);
}

static void
realize_cb (GtkWidget *window,
            Start     *start)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), start);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Start          *start)
{
  if (HEARTH_IS_WINDOW (window))
    g_signal_connect_after (window, "realize", G_CALLBACK (realize_cb), start);
}

/* As main() of the program, but for who is told. */
static int
start_program (int    argc,
               char **argv,
               gint64 started_at)
{
  Start start = { .started_at = started_at };

  hearth_i18n_init ();
  g_set_application_name (_("Hearth"));
  gtk_window_set_default_icon_name (HEARTH_APPLICATION_ID);
  start.application = hearth_application_new (G_APPLICATION_HANDLES_OPEN);
  g_signal_connect (start.application, "window-added", G_CALLBACK (window_added_cb), &start);
  return g_application_run (G_APPLICATION (start.application), argc, argv);
}

/* --- the measuring ------------------------------------------------------------------------------------ */

static HearthValue *
start_once (const char *self,
            guint16     port)
{
  g_autofree char *data_dir = g_dir_make_tmp ("hearth-bench-XXXXXX", NULL);
  g_autofree char *port_text = g_strdup_printf ("--port=%u", port);
  g_autofree char *data_text = g_strdup_printf ("--data-dir=%s", data_dir);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, now, port_text,
                                                      data_text, NULL);
  g_autofree char *text = NULL;
  HearthValue *figures;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  figures = hearth_json_parse (text, -1, &error);
  g_assert_no_error (error);
  temporary_remove (data_dir);
  return figures;
}

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);
  return port;
}

static HearthValue *
median_of (GPtrArray  *starts,
           const char *key)
{
  g_autofree double *values = g_new (double, starts->len);

  for (guint i = 0; i < starts->len; i++)
    values[i] = hearth_value_get_member_double (g_ptr_array_index (starts, i), key, 0);
  return bench_figure (bench_median (values, starts->len));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) starts = NULL;
  guint16 port;

  if (argc > 2)
    {
      gint64 started_at = g_ascii_strtoll (argv[1], NULL, 10);

      argv[1] = argv[0];
      return start_program (argc - 1, argv + 1, started_at);
    }
  starts = g_ptr_array_new_with_free_func ((GDestroyNotify) hearth_value_unref);
  port = find_free_port ();
  /* The first one brings everything into memory. */
  for (guint i = 0; i <= N_ROUNDS; i++)
    g_ptr_array_add (starts, start_once (argv[0], port));
  g_ptr_array_remove_index (starts, 0);
  bench_report (hearth_value_object ("bench", hearth_value_string ("window"), "starts", hearth_value_integer (N_ROUNDS),
                                     "firstFrameMs", median_of (starts, "firstFrameMs"), "workflowMs",
                                     median_of (starts, "workflowMs"), "rssKiB", median_of (starts, "rssKiB"), "pssKiB",
                                     median_of (starts, "pssKiB"), "privateDirtyKiB",
                                     median_of (starts, "privateDirtyKiB"), NULL));
  return 0;
}
