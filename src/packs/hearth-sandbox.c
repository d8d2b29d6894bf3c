/* hearth-sandbox.c: a program that sees nothing but the system's programs and one folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-sandbox.h"

#include <gio/gio.h>
#include <unistd.h>

#include "hearth-i18n.h"

#define PRLIMIT "/usr/bin/prlimit"
#define SETPRIV "/usr/bin/setpriv"
#define NOBODY "65534"
#define TMP_BYTES "67108864"
#define MAX_OPEN_FILES 256

static void
add (GPtrArray  *arguments,
     const char *first,
     ...) G_GNUC_NULL_TERMINATED;

static void
add (GPtrArray  *arguments,
     const char *first,
     ...)
{
  va_list rest;

  va_start (rest, first);
  for (const char *each = first; each != NULL; each = va_arg (rest, const char *))
    g_ptr_array_add (arguments, g_strdup (each));
  va_end (rest);
}

/* /lib and its like are links into /usr, or folders on systems that have not merged them. */
static void
add_system (GPtrArray *arguments)
{
  static const char *const places[] = { "/bin", "/sbin", "/lib", "/lib32", "/lib64" };

  add (arguments, "--ro-bind", "/usr", "/usr", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *target = g_file_read_link (places[i], NULL);

      if (target != NULL)
        add (arguments, "--symlink", target, places[i], NULL);
      else
        add (arguments, "--ro-bind-try", places[i], places[i], NULL);
    }
  /* Where the system says which program stands behind a name, and where its libraries lie */
  add (arguments, "--ro-bind-try", "/etc/alternatives", "/etc/alternatives", NULL);
  add (arguments, "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", NULL);
}

static void
add_network (GPtrArray *arguments)
{
  static const char *const places[] = { "/etc/hosts", "/etc/nsswitch.conf", "/etc/resolv.conf", "/etc/ssl" };

  add (arguments, "--share-net", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    add (arguments, "--ro-bind-try", places[i], places[i], NULL);
}

/* Set inside: only in the namespace of its own does a limit of processes count its own alone. */
static void
add_limits (GPtrArray           *arguments,
            const HearthSandbox *self)
{
  g_autofree char *memory = g_strdup_printf ("--as=%" G_GUINT64_FORMAT, (guint64) self->megabytes << 20);
  g_autofree char *seconds = g_strdup_printf ("--cpu=%u", self->seconds);
  g_autofree char *processes = g_strdup_printf ("--nproc=%d", HEARTH_SANDBOX_MAX_PROCESSES);
  g_autofree char *files = g_strdup_printf ("--nofile=%d", MAX_OPEN_FILES);

  add (arguments, PRLIMIT, memory, seconds, processes, files, "--core=0", "--", NULL);
}

static gboolean
is_root (void)
{
  return geteuid () == 0;
}

/* Whoever is root, in a container say, would else have no limit of processes, and be root's user inside. */
static void
add_nobody (GPtrArray *arguments)
{
  add (arguments, SETPRIV, "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "--", NULL);
}

/* The texts belong to whoever gets it. */
static GPtrArray *
make_arguments (const HearthSandbox *self,
                const char          *bwrap)
{
  GPtrArray *arguments = g_ptr_array_new ();

  if (is_root ())
    add_nobody (arguments);
  add (arguments, bwrap, "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session",
       "--uid", "1000", "--gid", "1000", "--hostname", "sandbox", "--cap-drop", "ALL", NULL);
  add (arguments, "--clearenv", "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "LANG", "C.UTF-8", "--setenv", "HOME",
       "/tmp", NULL);
  add_system (arguments);
  if (self->network)
    add_network (arguments);
  add (arguments, "--proc", "/proc", "--dev", "/dev", "--size", TMP_BYTES, "--tmpfs", "/tmp", NULL);
  add (arguments, "--ro-bind", self->folder, "/pack", "--chdir", "/pack", NULL);
  /* Else both could be filled up to half of the machine's memory */
  add (arguments, "--remount-ro", "/dev", "--remount-ro", "/", "--", NULL);
  add_limits (arguments, self);
  for (const char *const *each = self->command; *each != NULL; each++)
    add (arguments, *each, NULL);
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

/* The first program that the sandbox needs and the system does not have, or NULL. */
static const char *
find_missing (const char *bwrap)
{
  if (bwrap == NULL)
    return "bwrap";
  if (!g_file_test (PRLIMIT, G_FILE_TEST_IS_EXECUTABLE))
    return "prlimit";
  return is_root () && !g_file_test (SETPRIV, G_FILE_TEST_IS_EXECUTABLE) ? "setpriv" : NULL;
}

char **
hearth_sandbox_dup_command (const HearthSandbox *self,
                            GError             **error)
{
  g_autofree char *bwrap = g_find_program_in_path ("bwrap");
  const char *missing = find_missing (bwrap);

  g_return_val_if_fail (self != NULL && self->folder != NULL && self->command != NULL, NULL);

  if (missing != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("Programs of packs run in a sandbox only, and it needs “%s”. Install the package “%s”."), missing,
                   bwrap == NULL ? "bubblewrap" : "util-linux");
      return NULL;
    }
  return (char **) g_ptr_array_free (make_arguments (self, bwrap), FALSE);
}

gboolean
hearth_sandbox_is_refusal (const char *stderr_text)
{
  g_return_val_if_fail (stderr_text != NULL, FALSE);

  return g_str_has_prefix (stderr_text, "bwrap: ");
}
