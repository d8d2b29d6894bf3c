/* bench-run.c: `hearthctl run` on a workflow of the demo project, from its start to its end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-run HEARTHCTL WORKFLOW
 */

#include "figures.h"
#include "temporary.h"

#include <gio/gio.h>

#define N_ROUNDS 20

typedef struct
{
  double first_byte[N_ROUNDS];
  double wall[N_ROUNDS];
} Times;

static void
run_once (const char *const *arguments,
          Times             *times,
          guint              i)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  GInputStream *out;
  char buffer[4096];
  gint64 begin = g_get_monotonic_time ();

  process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  out = g_subprocess_get_stdout_pipe (process);
  if (g_input_stream_read (out, buffer, sizeof buffer, NULL, &error) <= 0)
    g_error ("%s printed nothing", arguments[0]);
  times->first_byte[i] = (double) (g_get_monotonic_time () - begin) / 1000;
  while (g_input_stream_read (out, buffer, sizeof buffer, NULL, NULL) > 0)
    ;
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  times->wall[i] = (double) (g_get_monotonic_time () - begin) / 1000;
}

static void
measure (const char        *name,
         const char *const *arguments)
{
  Times times = { 0 };

  run_once (arguments, &times, 0); /* brings everything into memory */
  for (guint i = 0; i < N_ROUNDS; i++)
    run_once (arguments, &times, i);
  bench_report (hearth_value_object ("bench", hearth_value_string (name), "rounds", hearth_value_integer (N_ROUNDS),
                                     "firstByteMs", bench_figure (bench_median (times.first_byte, N_ROUNDS)), "wallMs",
                                     bench_figure (bench_median (times.wall, N_ROUNDS)), "wallP90Ms",
                                     bench_figure (bench_quantile (times.wall, N_ROUNDS, 0.9)), NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *data_dir = g_dir_make_tmp ("hearth-bench-XXXXXX", NULL);
  const char *version[] = { argv[1], "--version", NULL };
  const char *run[] = { argv[1], "run", argv[2], "--data-dir", data_dir, NULL };

  g_assert_cmpint (argc, ==, 3);
  measure ("hearthctl-version", version);
  measure ("hearthctl-run", run);
  temporary_remove (data_dir);
  return 0;
}
