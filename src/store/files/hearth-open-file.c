/* hearth-open-file.c: a file opened to be sent, with what HTTP says about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-open-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-beneath.h"
#include "hearth-file-type.h"
#include "hearth-logical-path.h"

#include "hearth-i18n.h"

void
hearth_open_file_free (HearthOpenFile *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  g_free (self->name);
  g_free (self->etag);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

static gboolean
look_at (HearthOpenFile *self,
         const char     *shown,
         GError        **error)
{
  struct stat info;

  if (fstat (self->fd, &info) != 0)
    return hearth_beneath_fail (error, shown, errno);
  if (S_ISDIR (info.st_mode))
    return hearth_beneath_fail (error, shown, EISDIR);
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DENIED, _("“%s” is not a plain file."), shown);
      return FALSE;
    }
  self->size = (guint64) info.st_size;
  self->modified = (gint64) info.st_mtim.tv_sec;
  self->etag = g_strdup_printf ("\"%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x.%lx-%" G_GINT64_MODIFIER "x\"",
                                (guint64) info.st_size, (gint64) info.st_mtim.tv_sec, info.st_mtim.tv_nsec,
                                (guint64) info.st_ino);
  return TRUE;
}

static HearthOpenFile *
open_file (const char *root,
           const char *relative,
           const char *shown,
           GError    **error)
{
  g_autoptr (HearthOpenFile) self = g_new0 (HearthOpenFile, 1);
  const HearthFileType *type;

  /* Not blocking: opening a named pipe would wait for its writer. */
  self->fd = hearth_beneath_open (root, relative, O_RDONLY | O_NONBLOCK, shown, error);
  if (self->fd < 0 || !look_at (self, shown, error))
    return NULL;
  self->name = g_path_get_basename (relative);
  type = hearth_file_type_of (self->name);
  self->type = type->type;
  self->shown = type->shown;
  self->harmless = type->harmless;
  if (self->size <= HEARTH_OPEN_FILE_SMALL)
    {
      self->content = hearth_open_file_read (self, HEARTH_OPEN_FILE_SMALL, error);
      if (self->content == NULL)
        return NULL;
      self->size = g_bytes_get_size (self->content);
    }
  return g_steal_pointer (&self);
}

HearthOpenFile *
hearth_open_file_new (HearthDataDir *dir,
                      const char    *logical,
                      GError       **error)
{
  g_autoptr (HearthLogicalPath) path = hearth_logical_path_new (dir, logical, error);

  if (path == NULL)
    return NULL;
  if (path->root == NULL)
    {
      hearth_beneath_fail (error, path->normal, EISDIR);
      return NULL;
    }
  return open_file (path->root, path->below, path->normal, error);
}

HearthOpenFile *
hearth_open_file_new_beneath (const char *root,
                              const char *relative,
                              GError    **error)
{
  g_return_val_if_fail (root != NULL && relative != NULL, NULL);

  return open_file (root, relative, relative, error);
}

static GBytes *
read_all (HearthOpenFile *self,
          GError        **error)
{
  g_autofree char *bytes = g_malloc (MAX (self->size, 1));
  gsize length = 0;

  while (length < self->size)
    {
      gssize n = pread (self->fd, bytes + length, self->size - length, (off_t) length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          hearth_beneath_fail (error, self->name, errno);
          return NULL;
        }
      /* Cut short meanwhile: what is left of it is all there is. */
      if (n == 0)
        break;
      length += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

GBytes *
hearth_open_file_read (HearthOpenFile *self,
                       gsize           max_bytes,
                       GError        **error)
{
  g_autofree char *limit = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->content != NULL)
    return g_bytes_ref (self->content);
  if (self->size <= max_bytes)
    return read_all (self, error);
  limit = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_TOO_LARGE,
               _("“%s” is larger than %s, the most that is read at once. Download it."), self->name, limit);
  return NULL;
}
