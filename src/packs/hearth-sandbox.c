/* hearth-sandbox.c: a program that sees nothing but the system's programs and one folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-sandbox.h"

#include <grp.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "hearth-i18n.h"

#define NOBODY 65534
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

  add (arguments, "/usr/bin/prlimit", memory, seconds, processes, files, "--core=0", "--", NULL);
}

static GPtrArray *
make_arguments (const HearthSandbox *self,
                const char          *bwrap)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);

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

/* In the child, before bwrap: whoever is root, in a container say, would else have no limit of processes, and be
 * root's user inside. Only calls that are allowed between fork and exec. */
static void
drop_root (gpointer user_data)
{
  if (geteuid () != 0)
    return;
  if (setgroups (0, NULL) != 0 || setresgid (NOBODY, NOBODY, NOBODY) != 0 || setresuid (NOBODY, NOBODY, NOBODY) != 0)
    _exit (127);
}

GSubprocess *
hearth_sandbox_spawn (const HearthSandbox *self,
                      GError             **error)
{
  g_autofree char *bwrap = g_find_program_in_path ("bwrap");
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) arguments = NULL;

  g_return_val_if_fail (self != NULL && self->folder != NULL && self->command != NULL, NULL);

  if (bwrap == NULL || !g_file_test ("/usr/bin/prlimit", G_FILE_TEST_IS_EXECUTABLE))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("Programs of packs run in a sandbox only, and it needs “%s”. Install the package “%s”."),
                   bwrap == NULL ? "bwrap" : "prlimit", bwrap == NULL ? "bubblewrap" : "util-linux");
      return NULL;
    }
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, drop_root, NULL, NULL);
  arguments = make_arguments (self, bwrap);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, error);
}

gboolean
hearth_sandbox_is_refusal (const char *stderr_text)
{
  g_return_val_if_fail (stderr_text != NULL, FALSE);

  return g_str_has_prefix (stderr_text, "bwrap: ");
}
