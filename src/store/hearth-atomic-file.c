/* hearth-atomic-file.c: a file is either the old one or the new one, never half of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-id.h"
#include "hearth-i18n.h"

#define PREVIOUS_DIRECTORY ".previous"

static gboolean
fail (GError    **error,
      const char *path,
      int         code)
{
  g_set_error (error, HEARTH_STORE_ERROR, code == ENOSPC || code == EDQUOT ? HEARTH_STORE_ERROR_FULL : HEARTH_STORE_ERROR_IO,
               _("“%s” cannot be saved: %s. What was saved there before is unchanged; check free space and permissions, then save again."),
               path, g_strerror (code));
  return FALSE;
}

/* Through a symbolic link we write what it points to, as every editor does. */
static char *
resolve_link (const char *path)
{
  struct stat info;

  if (lstat (path, &info) == 0 && S_ISLNK (info.st_mode))
    {
      char *target = realpath (path, NULL);

      if (target != NULL)
        {
          char *copy = g_strdup (target);

          free (target);
          return copy;
        }
    }
  return g_strdup (path);
}

static gboolean
write_all (int         fd,
           const char *data,
           gsize       length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, MIN (length, (gsize) 1 << 30));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* Opened by name and not with mkstemp(), so that the user's umask decides who may read it. */
static int
open_temporary (const char *directory,
                mode_t      mode,
                char      **path)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = hearth_id_new_nano (10);
      g_autofree char *name = g_strconcat (".hearth-", id, ".tmp", NULL);
      g_autofree char *candidate = g_build_filename (directory, name, NULL);
      int fd = open (candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

      if (fd >= 0)
        {
          *path = g_steal_pointer (&candidate);
          return fd;
        }
      if (errno != EEXIST)
        return -1;
    }
  return -1;
}

static gboolean
fill (int         fd,
      const char *path,
      const char *data,
      gsize       length)
{
  struct stat old;

  if (stat (path, &old) == 0)
    (void) fchmod (fd, old.st_mode & 07777);
  return write_all (fd, data, length) && fsync (fd) == 0;
}

/* The old file gets a second name, so there is no moment without it; where the file system knows
 * no links it is copied. */
static gboolean
keep_previous (const char *directory,
               const char *path)
{
  g_autofree char *previous = g_build_filename (directory, PREVIOUS_DIRECTORY, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *kept = g_build_filename (previous, name, NULL);
  g_autofree char *id = hearth_id_new_nano (10);
  g_autofree char *fresh = g_strconcat (previous, G_DIR_SEPARATOR_S ".hearth-", id, ".tmp", NULL);

  if (g_access (path, F_OK) != 0)
    return TRUE;
  if (mkdir (previous, 0777) != 0 && errno != EEXIST)
    return FALSE;
  if (link (path, fresh) != 0)
    {
      g_autofree char *data = NULL;
      gsize length;

      return g_file_get_contents (path, &data, &length, NULL) && g_file_set_contents (kept, data, (gssize) length, NULL);
    }
  if (rename (fresh, kept) == 0)
    {
      /* Two names of one file: then rename() does nothing at all. */
      (void) unlink (fresh);
      return TRUE;
    }
  (void) unlink (fresh);
  return FALSE;
}

static gboolean
sync_directory (const char *directory)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced;

  if (fd < 0)
    return FALSE;
  /* Some file systems cannot sync a directory and say so with EINVAL. */
  synced = fsync (fd) == 0 || errno == EINVAL;
  close (fd);
  return synced;
}

static gboolean
replace (const char *directory,
         const char *temporary,
         const char *path)
{
  /* A save is worth more than the copy of what was there, so this failure does not stop it. */
  if (!keep_previous (directory, path))
    g_warning ("The previous version of “%s” cannot be kept: %s", path, g_strerror (errno));
  return rename (temporary, path) == 0 && sync_directory (directory);
}

gboolean
_hearth_file_write_as (const char *path,
                       const char *shown,
                       mode_t      mode,
                       const char *data,
                       gsize       length,
                       GError    **error)
{
  g_autofree char *target = NULL;
  g_autofree char *directory = NULL;
  g_autofree char *temporary = NULL;
  int fd;
  int code = 0;

  target = resolve_link (path);
  directory = g_path_get_dirname (target);
  fd = open_temporary (directory, mode, &temporary);
  if (fd < 0)
    return fail (error, shown, errno);
  if (!fill (fd, target, data, length))
    code = errno;
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0 && !replace (directory, temporary, target))
    code = errno;
  if (code == 0)
    return TRUE;
  (void) unlink (temporary);
  return fail (error, shown, code);
}

gboolean
hearth_file_write_atomically (const char *path,
                              const char *data,
                              gsize       length,
                              GError    **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);

  return _hearth_file_write_as (path, path, 0666, data, length, error);
}
