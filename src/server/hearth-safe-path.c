/* hearth-safe-path.c: names from outside made into paths that cannot leave their folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-safe-path.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "hearth-i18n.h"

/* The real path of the nearest ancestor that exists, @path itself included. */
static char *
real_ancestor (const char *path)
{
  g_autofree char *at = g_strdup (path);

  for (;;)
    {
      char *real = realpath (at, NULL);
      char *parent;

      if (real != NULL || (errno != ENOENT && errno != ENOTDIR) || g_str_equal (at, "/"))
        return real;
      parent = g_path_get_dirname (at);
      g_free (at);
      at = parent;
    }
}

static gboolean
lies_below (const char *path,
            const char *root)
{
  gsize length = strlen (root);

  return strncmp (path, root, length) == 0 && (path[length] == '\0' || path[length] == '/' || g_str_equal (root, "/"));
}

static gboolean
check_real (const char *path,
            const char *root,
            const char *shown,
            GError    **error)
{
  g_autofree char *real_root = real_ancestor (root);
  g_autofree char *real = real_ancestor (path);

  if (real == NULL || real_root == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME, _("“%s” cannot be looked up."), shown);
  /* With a root that is not there yet, its ancestor is all there is to compare. */
  else if (!lies_below (real, real_root) && !lies_below (real_root, real))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("“%s” leads out of its folder."), shown);
  else
    return TRUE;
  return FALSE;
}

char *
hearth_safe_path_join (const char *root,
                       const char *relative,
                       GError    **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (root != NULL && relative != NULL, NULL);

  parts = g_strsplit_set (relative, "/\\", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (!g_str_equal (parts[i], ".."))
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” leads out of its folder."), relative);
      return NULL;
    }
  if (strchr (relative, '\\') != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” holds a backslash."), relative);
      return NULL;
    }
  path = g_build_filename (root, relative, NULL);
  if (!check_real (path, root, relative, error))
    return NULL;
  return g_steal_pointer (&path);
}

/* --- logical paths ------------------------------------------------------------------------- */

/* Like a POSIX path from "/": what would climb higher stays there. */
static char *
normalize (const char *rest)
{
  g_auto (GStrv) parts = g_strsplit_set (rest, "/\\", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_str_equal (parts[i], "..") && kept->len > 0)
        g_ptr_array_set_size (kept, (gint) kept->len - 1);
      else if (*parts[i] != '\0' && !g_str_equal (parts[i], ".") && !g_str_equal (parts[i], ".."))
        g_ptr_array_add (kept, parts[i]);
    }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

static char *
dup_shared_root (HearthDataDir *dir,
                 const char    *rest,
                 const char   **below,
                 GError       **error)
{
  static const char *const areas[] = { "library", "templates" };

  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      gsize length = strlen (areas[i]);

      if (strncmp (rest, areas[i], length) != 0 || (rest[length] != '\0' && rest[length] != '/'))
        continue;
      *below = rest[length] == '/' ? rest + length + 1 : rest + length;
      return i == 0 ? hearth_data_dir_dup_shared (dir) : g_build_filename (hearth_data_dir_get_root (dir), areas[i], NULL);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _("“shared://%s” is not a shared folder; there are shared://library and shared://templates."), rest);
  return NULL;
}

char *
hearth_safe_path_resolve (HearthDataDir *dir,
                          const char    *logical,
                          char         **normal,
                          GError       **error)
{
  const char *mark = strstr (logical, "://");
  g_autofree char *rest = NULL;
  g_autofree char *root = NULL;
  const char *below;

  g_return_val_if_fail (dir != NULL && normal != NULL, NULL);

  if (mark == NULL || strstr (mark + 3, "://") != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” is not a path of the form user://folder/file."), logical);
      return NULL;
    }
  rest = normalize (mark + 3);
  *normal = g_strdup_printf ("%.*s%s", (int) (mark + 3 - logical), logical, rest);
  below = rest;
  if (g_str_has_prefix (logical, "user://"))
    root = hearth_data_dir_dup_user (dir);
  else if (g_str_has_prefix (logical, "shared://"))
    {
      if (*rest == '\0')
        return g_strdup ("");
      root = dup_shared_root (dir, rest, &below, error);
    }
  else if (g_str_has_prefix (logical, "system://"))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("“%s” is not open to web pages."), logical);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("“%s” begins with an unknown scheme."), logical);
  return root != NULL ? hearth_safe_path_join (root, below, error) : NULL;
}

/* --- reading ---------------------------------------------------------------------------------- */

static gboolean
check_file (int          fd,
            const char  *shown,
            struct stat *info,
            GError     **error)
{
  if (fstat (fd, info) != 0)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("“%s” cannot be read: %s"), shown, g_strerror (errno));
  else if (S_ISDIR (info->st_mode))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, _("“%s” is a folder."), shown);
  else if (!S_ISREG (info->st_mode))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("“%s” is not a plain file."), shown);
  else if (info->st_size > HEARTH_SAFE_PATH_MAX_BYTES)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _("“%s” is too large."), shown);
  else
    return TRUE;
  return FALSE;
}

GBytes *
hearth_safe_path_read (const char *path,
                       char      **etag,
                       GError    **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char *shown = NULL;
  struct stat info;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  shown = g_path_get_basename (path);
  /* Not blocking: opening a named pipe would wait for its writer. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("“%s” cannot be read: %s"), shown,
                   g_strerror (errno));
      return NULL;
    }
  stream = g_unix_input_stream_new (fd, TRUE);
  if (!check_file (fd, shown, &info, error))
    return NULL;
  if (etag != NULL)
    *etag = g_strdup_printf ("\"%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x.%lx\"", (gint64) info.st_size,
                             (gint64) info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
  if (info.st_size == 0)
    return g_bytes_new (NULL, 0);
  return g_input_stream_read_bytes (stream, (gsize) info.st_size, NULL, error);
}
