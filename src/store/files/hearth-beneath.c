/* hearth-beneath.c: files below a folder, which no name and no link can leave
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-i18n.h"

gboolean
hearth_beneath_fail (GError    **error,
                     const char *shown,
                     int         code)
{
  if (code == ENOENT)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                 _("“%s” does not exist. Reload the list; it may have been moved or deleted."), shown);
  else if (code == ELOOP || code == EXDEV)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DENIED,
                 _("“%s” is a link that leads out of its folder. Put the file itself there."), shown);
  else if (code == EEXIST || code == ENOTEMPTY)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS,
                 _("“%s” exists already. Choose another name, or remove it first."), shown);
  else if (code == ENOTDIR)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_KIND,
                 _("A part of “%s” is a file and not a folder."), shown);
  else if (code == EISDIR)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_KIND, _("“%s” is a folder. Name a file in it."), shown);
  else if (code == ENAMETOOLONG)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                 _("The path is too long. A name may have %d bytes, and all of it a few thousand."), HEARTH_NAME_MAX_BYTES);
  else if (code == ENOSPC || code == EDQUOT)
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_FULL,
                 _("There is no room for “%s”. Free some space on the disk, then try again."), shown);
  else
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO,
                 _("“%s” cannot be used: %s. Check its permissions."), shown, g_strerror (code));
  return FALSE;
}

/* --- resolving ---------------------------------------------------------------------------- */

static gboolean
check_names (const char *relative,
             const char *shown,
             GError    **error)
{
  g_auto (GStrv) parts = g_strsplit (relative, "/", -1);

  if (strchr (relative, '\\') != NULL)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, _("“%s” holds a backslash. Use “/”."), shown);
      return FALSE;
    }
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (strlen (parts[i]) > HEARTH_NAME_MAX_BYTES)
        return hearth_beneath_fail (error, shown, ENAMETOOLONG);
      if (!g_str_equal (parts[i], ".."))
        continue;
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, _("“%s” leads out of its folder."), shown);
      return FALSE;
    }
  return TRUE;
}

/* The real path of what exists of @path, and behind it what does not; NULL with errno. */
static char *
resolve_existing (const char *path)
{
  g_autofree char *at = g_canonicalize_filename (path, "/");
  g_autoptr (GString) missing = g_string_new (NULL);

  for (;;)
    {
      char *real = realpath (at, NULL);
      char *name;

      if (real != NULL)
        {
          char *whole = g_strconcat (g_str_equal (real, "/") ? "" : real, missing->str, NULL);

          free (real);
          return whole;
        }
      if ((errno != ENOENT && errno != ENOTDIR) || g_str_equal (at, "/"))
        return NULL;
      name = strrchr (at, '/');
      g_string_prepend (missing, name);
      name[name == at ? 1 : 0] = '\0';
    }
}

char *
hearth_beneath_resolve (const char *root,
                        const char *relative,
                        const char *shown,
                        char      **real_root,
                        GError    **error)
{
  g_autofree char *path = NULL;
  g_autofree char *base = NULL;
  g_autofree char *real = NULL;
  gsize length;

  g_return_val_if_fail (root != NULL && relative != NULL && shown != NULL, NULL);

  if (!check_names (relative, shown, error))
    return NULL;
  path = g_build_filename (root, relative, NULL);
  base = resolve_existing (root);
  real = base != NULL ? resolve_existing (path) : NULL;
  if (real == NULL)
    {
      hearth_beneath_fail (error, shown, errno);
      return NULL;
    }
  length = strlen (base);
  if (strncmp (real, base, length) != 0 || (real[length] != '/' && real[length] != '\0'))
    {
      hearth_beneath_fail (error, shown, ELOOP);
      return NULL;
    }
  if (real_root != NULL)
    *real_root = g_steal_pointer (&base);
  return g_strdup (real[length] == '/' ? real + length + 1 : "");
}

/* --- opening ---------------------------------------------------------------------------------- */

static int
enter_folder (int         folder,
              const char *name,
              gboolean    create)
{
  int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  int fd = openat (folder, name, flags);

  if (fd < 0 && errno == ENOENT && create && (mkdirat (folder, name, 0777) == 0 || errno == EEXIST))
    fd = openat (folder, name, flags);
  return fd;
}

/* @real holds no link, unless one was put there a moment ago. */
static int
walk (const char *base,
      const char *real,
      gboolean    create)
{
  g_auto (GStrv) parts = g_strsplit (real, "/", -1);
  int at;

  if (create && g_mkdir_with_parents (base, 0700) != 0)
    return -1;
  at = open (base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (guint i = 0; at >= 0 && parts[i] != NULL; i++)
    {
      int below;
      int code;

      if (*parts[i] == '\0')
        continue;
      below = enter_folder (at, parts[i], create);
      code = errno;
      close (at);
      errno = code;
      at = below;
    }
  return at;
}

int
hearth_beneath_open_folder (const char *root,
                            const char *relative,
                            gboolean    create,
                            const char *shown,
                            GError    **error)
{
  g_autofree char *base = NULL;
  g_autofree char *real = NULL;
  int fd;

  real = hearth_beneath_resolve (root, relative, shown, &base, error);
  if (real == NULL)
    return -1;
  fd = walk (base, real, create);
  if (fd < 0)
    hearth_beneath_fail (error, shown, errno);
  return fd;
}

int
hearth_beneath_open (const char *root,
                     const char *relative,
                     int         flags,
                     const char *shown,
                     GError    **error)
{
  g_autofree char *base = NULL;
  g_autofree char *real = NULL;
  g_autofree char *folder = NULL;
  const char *name;
  int at;
  int fd = -1;

  real = hearth_beneath_resolve (root, relative, shown, &base, error);
  if (real == NULL)
    return -1;
  name = strrchr (real, '/');
  folder = name != NULL ? g_strndup (real, (gsize) (name - real)) : g_strdup ("");
  name = name != NULL ? name + 1 : *real != '\0' ? real : ".";
  at = walk (base, folder, FALSE);
  if (at >= 0)
    fd = openat (at, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, 0666);
  /* Below a file there is nothing. */
  if (fd < 0)
    hearth_beneath_fail (error, shown, errno == ENOTDIR && (flags & O_DIRECTORY) == 0 ? ENOENT : errno);
  if (at >= 0)
    close (at);
  return fd;
}
