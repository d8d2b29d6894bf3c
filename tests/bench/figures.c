/* figures.c: medians, and the lines of JSON that benchmarks print
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "figures.h"

#include "hearth-json.h"

#include <math.h>
#include <time.h>
#include <unistd.h>

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

double
bench_quantile (double *values,
                gsize   n,
                double  part)
{
  g_assert (n > 0);

  qsort (values, n, sizeof *values, compare);
  return values[MIN (n - 1, (gsize) ((double) n * part))];
}

double
bench_median (double *values,
              gsize   n)
{
  return bench_quantile (values, n, 0.5);
}

HearthValue *
bench_figure (double value)
{
  char digits[32];

  /* From 1,000 on the whole number says enough. */
  if (fabs (value) >= 1000)
    return hearth_value_integer (llround (value));
  g_snprintf (digits, sizeof digits, "%.4g", value);
  return hearth_value_double (g_ascii_strtod (digits, NULL));
}

void
bench_report (HearthValue *line)
{
  g_autoptr (HearthValue) owned = line;
  g_autofree char *text = hearth_json_print (owned);

  g_print ("%s\n", text);
}

double
bench_cpu_of (GPid pid)
{
  clockid_t clock;
  struct timespec used;

  if (clock_getcpuclockid (pid, &clock) != 0 || clock_gettime (clock, &used) != 0)
    g_error ("The processor time of process %d is not known", pid);
  return (double) used.tv_sec * 1e6 + (double) used.tv_nsec / 1e3;
}

double
bench_main_cpu_of (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/schedstat", pid, pid);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return (double) g_ascii_strtoull (text, NULL, 10) / 1e3;
}

double
bench_resident_mib (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) fields = NULL;

  g_file_get_contents ("/proc/self/statm", &text, NULL, &error);
  g_assert_no_error (error);
  fields = g_strsplit (text, " ", 3);
  return g_ascii_strtod (fields[1], NULL) * (double) sysconf (_SC_PAGESIZE) / (1 << 20);
}
