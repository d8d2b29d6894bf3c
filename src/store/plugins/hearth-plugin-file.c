/* hearth-plugin-file.c: files of a pack, which may be anybody's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-plugin-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "hearth-json.h"
#include "hearth-plugin-manifest.h"
#include "hearth-store-private.h"
#include "hearth-i18n.h"

char *
hearth_plugin_file_find (const char *folder,
                         const char *relative,
                         GError    **error)
{
  g_autofree char *path = NULL;
  char *real;

  g_return_val_if_fail (folder != NULL && relative != NULL, NULL);

  path = g_build_filename (folder, relative, NULL);
  real = hearth_plugin_path_is_safe (relative) ? realpath (path, NULL) : NULL;
  if (!hearth_plugin_path_is_safe (relative) || (real != NULL && !_hearth_store_is_inside (folder, real)))
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, _("“%s” leads out of the pack's folder."), relative);
  else if (real == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND, _("The pack has no file “%s”."), relative);
  else
    return real;
  free (real);
  return NULL;
}

static gboolean
check_plain (int          fd,
             const char  *relative,
             gsize        max_bytes,
             struct stat *info,
             GError     **error)
{
  if (fstat (fd, info) != 0)
    return _hearth_store_fail (error, relative, errno);
  if (S_ISREG (info->st_mode) && (gsize) info->st_size <= max_bytes)
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, S_ISDIR (info->st_mode) ? HEARTH_STORE_ERROR_NOT_FOUND
                                                                  : HEARTH_STORE_ERROR_INVALID,
               S_ISREG (info->st_mode) ? _("“%s” is too large.") : _("“%s” is not a plain file."), relative);
  return FALSE;
}

GBytes *
hearth_plugin_file_read (const char *folder,
                         const char *relative,
                         gsize       max_bytes,
                         GError    **error)
{
  g_autofree char *path = hearth_plugin_file_find (folder, relative, error);
  g_autoptr (GInputStream) stream = NULL;
  struct stat info;
  int fd;

  if (path == NULL)
    return NULL;
  /* Not blocking: opening a named pipe would wait for its writer. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  if (fd < 0)
    {
      _hearth_store_fail (error, relative, errno);
      return NULL;
    }
  stream = g_unix_input_stream_new (fd, TRUE);
  if (!check_plain (fd, relative, max_bytes, &info, error))
    return NULL;
  if (info.st_size == 0)
    return g_bytes_new (NULL, 0);
  return g_input_stream_read_bytes (stream, (gsize) info.st_size, NULL, error);
}

HearthValue *
hearth_plugin_file_read_json (const char *folder,
                              const char *relative,
                              gsize       max_bytes,
                              GError    **error)
{
  g_autoptr (GBytes) bytes = hearth_plugin_file_read (folder, relative, max_bytes, error);
  g_autoptr (GError) reason = NULL;
  HearthValue *value;
  const char *text;
  gsize length;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  value = hearth_json_parse (text != NULL ? text : "", (gssize) length, &reason);
  if (value == NULL)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_INVALID, _("“%s” is not usable as JSON. %s"), relative,
                 reason->message);
  return value;
}
