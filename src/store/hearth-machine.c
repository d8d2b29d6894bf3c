/* hearth-machine.c: what the computer says of itself and of this program, out of /proc
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-machine-private.h"

#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "hearth-id.h"

#define UNKNOWN "unknown"

/* --- texts ------------------------------------------------------------------------------------ */

static char *
format_number (double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (buffer, sizeof buffer, "%.2f", number);
  end = buffer + strlen (buffer);
  while (end[-1] == '0')
    end--;
  if (end[-1] == '.')
    end--;
  return g_strndup (buffer, (gsize) (end - buffer));
}

char *
_hearth_machine_format_size (double bytes)
{
  static const char *const units[] = { "B", "KB", "MB", "GB", "TB", "PB" };
  g_autofree char *number = NULL;
  guint unit = 0;

  while (bytes >= 1024 && unit + 1 < G_N_ELEMENTS (units))
    {
      bytes /= 1024;
      unit++;
    }
  number = format_number (bytes);
  return g_strconcat (number, " ", units[unit], NULL);
}

char *
_hearth_machine_format_share (double part,
                              double whole)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.2f", whole > 0 ? CLAMP (part / whole, 0, 1) * 100 : 0);
  return g_strconcat (buffer, "%", NULL);
}

char *
_hearth_machine_read (const char *path)
{
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");
  return g_strstrip (text);
}

/* What stands behind "@name:" in the text of a file such as /proc/meminfo; or NULL. */
static char *
find_entry (const char *text,
            const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *colon = strchr (lines[i], ':');

      if (colon == NULL || strncmp (lines[i], name, length) != 0)
        continue;
      if (strspn (lines[i] + length, " \t") == (gsize) (colon - lines[i]) - length)
        return g_strstrip (g_strdup (colon + 1));
    }
  return NULL;
}

static double
find_kilobytes (const char *text,
                const char *name)
{
  g_autofree char *entry = find_entry (text, name);

  return entry != NULL ? g_ascii_strtod (entry, NULL) * 1024 : 0;
}

static void
add_taken (HearthBuilder *out,
           const char    *key,
           char          *text)
{
  g_autofree char *owned = text;

  hearth_builder_add_string (out, key, owned != NULL && *owned != '\0' ? owned : UNKNOWN);
}

/* --- the program -------------------------------------------------------------------------------- */

/* How long ago the program was started, in seconds. */
static double
get_age (void)
{
  g_autofree char *stat = _hearth_machine_read ("/proc/self/stat");
  g_autofree char *uptime = _hearth_machine_read ("/proc/uptime");
  const char *rest = strrchr (stat, ')'); /* the name before it may hold anything */
  g_auto (GStrv) fields = rest != NULL ? g_strsplit (rest, " ", -1) : NULL;
  const guint started = 20; /* field 22 of proc(5), behind the two that are cut off */

  if (fields == NULL || g_strv_length (fields) <= started)
    return 0;
  return MAX (0, g_ascii_strtod (uptime, NULL) - g_ascii_strtod (fields[started], NULL) / (double) sysconf (_SC_CLK_TCK));
}

static char *
format_age (void)
{
  guint64 seconds = (guint64) get_age ();

  return g_strdup_printf ("%" G_GUINT64_FORMAT "d %uh %um %us", seconds / 86400, (guint) (seconds / 3600 % 24),
                          (guint) (seconds / 60 % 60), (guint) (seconds % 60));
}

/* --- the computer ------------------------------------------------------------------------------- */

static HearthValue *
describe_os (void)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;
  struct utsname names = { 0 };

  (void) uname (&names);
  hearth_builder_add_string (&out, "platform", "linux");
  add_taken (&out, "distro", g_get_os_info (G_OS_INFO_KEY_NAME));
  add_taken (&out, "release", g_get_os_info (G_OS_INFO_KEY_VERSION_ID));
  hearth_builder_add_string (&out, "kernel", names.release);
  /* The names that Node.js has for them. */
  hearth_builder_add_string (&out, "arch",
                             g_str_equal (names.machine, "x86_64")    ? "x64"
                             : g_str_equal (names.machine, "aarch64") ? "arm64"
                                                                      : names.machine);
  return hearth_builder_end_object (&out);
}

/* Ticks in which the processors did something, and all ticks, since the computer was started. */
static void
count_ticks (double *busy,
             double *all)
{
  g_autofree char *stat = _hearth_machine_read ("/proc/stat");
  const char *at = stat + strcspn (stat, " ");
  double ticks[8] = { 0 }; /* user, nice, system, idle, iowait, irq, softirq, steal */

  *all = 0;
  for (guint i = 0; i < G_N_ELEMENTS (ticks) && *at != '\n' && *at != '\0'; i++)
    {
      char *end;

      ticks[i] = g_ascii_strtod (at, &end);
      *all += ticks[i];
      at = end;
    }
  *busy = *all - ticks[3] - ticks[4];
}

static char *
measure_load (void)
{
  static GMutex mutex;
  static double last_busy, last_all;
  double busy, all;
  char *load;

  count_ticks (&busy, &all);
  g_mutex_lock (&mutex);
  load = _hearth_machine_format_share (busy - last_busy, all - last_all);
  last_busy = busy;
  last_all = all;
  g_mutex_unlock (&mutex);
  return load;
}

static HearthValue *
describe_cpu (void)
{
  g_autofree char *info = _hearth_machine_read ("/proc/cpuinfo");
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  add_taken (&out, "model", find_entry (info, "model name"));
  hearth_builder_add (&out, "cores", hearth_value_integer (g_get_num_processors ()));
  add_taken (&out, "load", measure_load ());
  return hearth_builder_end_object (&out);
}

static HearthValue *
describe_memory (void)
{
  g_autofree char *info = _hearth_machine_read ("/proc/meminfo");
  g_autofree char *own = _hearth_machine_read ("/proc/self/status");
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  add_taken (&out, "total", _hearth_machine_format_size (find_kilobytes (info, "MemTotal")));
  /* What is there for programs: the caches of the system give way. */
  add_taken (&out, "free", _hearth_machine_format_size (find_kilobytes (info, "MemAvailable")));
  add_taken (&out, "processUsage", _hearth_machine_format_size (find_kilobytes (own, "VmRSS")));
  return hearth_builder_end_object (&out);
}

HearthValue *
hearth_machine_describe (void)
{
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  hearth_builder_add_string (&out, "version", HEARTH_VERSION);
  add_taken (&out, "uptime", format_age ());
  hearth_builder_add (&out, "os", describe_os ());
  hearth_builder_add (&out, "cpu", describe_cpu ());
  hearth_builder_add (&out, "memory", describe_memory ());
  hearth_builder_add (&out, "disks", _hearth_machine_list_disks ());
  hearth_builder_add (&out, "network", _hearth_machine_list_network ());
  add_taken (&out, "timestamp", hearth_time_now_iso ());
  return hearth_builder_end_object (&out);
}
