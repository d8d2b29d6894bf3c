/* hearth-run-logger.c: the log file of each run (engine.md 15)
 *
 * What runs at the same time never writes into another's file, and each file is ended by its own run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-run-logger.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "hearth-log-line.h"

/* Lines gathered for one file before they are written, whatever else is waiting. */
#define MAX_LINES_BYTES ((gsize) 1 << 20)

/* --- writing --------------------------------------------------------------------------------------------- */

static int
open_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (fd < 0 && errno == ENOENT && g_mkdir_with_parents (folder, 0700) == 0)
    fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  return fd;
}

static gboolean
write_all (int         fd,
           const char *text,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (fd, text, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      text += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return TRUE;
}

static gboolean
write_lines (HearthNotedRun *run,
             GError        **error)
{
  int fd = open_file (run->log_path);
  gboolean written = fd >= 0 && write_all (fd, run->lines->str, run->lines->len);

  if (!written)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", run->log_path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  g_string_truncate (run->lines, 0);
  return written;
}

gboolean
_hearth_run_logger_write (HearthStorage     *storage,
                          const HearthNotes *notes,
                          GError           **error)
{
  g_autoptr (GHashTable) touched = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer run;

  for (guint i = 0; i < notes->notes->len; i++)
    {
      const HearthNote *note = _hearth_notes_at (notes, i);

      _hearth_log_append (note->run->lines, note);
      g_hash_table_add (touched, note->run);
      if (note->run->lines->len > MAX_LINES_BYTES && !write_lines (note->run, error))
        return FALSE;
    }
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &run, NULL))
    if (((HearthNotedRun *) run)->lines->len > 0 && !write_lines (run, error))
      return FALSE;
  return TRUE;
}

/* --- old files ---------------------------------------------------------------------------------------------- */

static gboolean
is_day (const char *name)
{
  return g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\d$", name, 0, 0);
}

static void
remove_day (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "execution-") && g_str_has_suffix (name, ".log"))
      {
        g_autofree char *file = g_build_filename (path, name, NULL);

        g_unlink (file);
      }
  g_rmdir (path);
}

/* Only what this program may have written goes; what is not empty then stays. */
void
_hearth_run_logs_prune (HearthDataDir *dir,
                        const char    *first_day)
{
  g_autofree char *base = g_build_filename (hearth_data_dir_get_root (dir), "logs", "executions", NULL);
  g_autoptr (GDir) folder = g_dir_open (base, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (is_day (name) && g_strcmp0 (name, first_day) < 0)
      {
        g_autofree char *path = g_build_filename (base, name, NULL);

        remove_day (path);
      }
}
