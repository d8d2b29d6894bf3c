/* hearth-file-tree.c: a folder with all that is in it, copied or deleted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entry by entry through open folders, so that no link is walked through, whenever it was made.
 */

#include "config.h"

#include "hearth-file-private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-beneath.h"

#define MAX_DEPTH 400
#define BLOCK 65536

/* All but "." and ".."; NULL with errno. */
static GPtrArray *
list_names (int folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int copy = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *entries = copy >= 0 ? fdopendir (copy) : NULL;
  struct dirent *entry;

  if (entries == NULL)
    {
      if (copy >= 0)
        close (copy);
      return NULL;
    }
  while ((entry = readdir (entries)) != NULL)
    if (!g_str_equal (entry->d_name, ".") && !g_str_equal (entry->d_name, ".."))
      g_ptr_array_add (names, g_strdup (entry->d_name));
  closedir (entries);
  return g_steal_pointer (&names);
}

static int
open_folder (int         parent,
             const char *name)
{
  return openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Keeps errno. */
static void
close_quietly (int fd)
{
  int code = errno;

  if (fd >= 0)
    close (fd);
  errno = code;
}

/* --- deleting: each returns FALSE with errno ------------------------------------------------------- */

static gboolean
delete_entry (int         parent,
              const char *name,
              guint       depth)
{
  g_autoptr (GPtrArray) names = NULL;
  gboolean done;
  int folder;

  if (unlinkat (parent, name, 0) == 0)
    return TRUE;
  if (errno != EISDIR && errno != EPERM)
    return FALSE;
  if (depth == 0)
    {
      errno = ENAMETOOLONG;
      return FALSE;
    }
  folder = open_folder (parent, name);
  if (folder < 0 && errno == ENOTDIR)
    errno = EPERM;
  names = folder >= 0 ? list_names (folder) : NULL;
  done = names != NULL;
  for (guint i = 0; done && i < names->len; i++)
    done = delete_entry (folder, g_ptr_array_index (names, i), depth - 1);
  close_quietly (folder);
  return done && unlinkat (parent, name, AT_REMOVEDIR) == 0;
}

gboolean
_hearth_tree_delete (int         folder,
                     const char *name,
                     const char *shown,
                     GError    **error)
{
  return delete_entry (folder, name, MAX_DEPTH) || hearth_beneath_fail (error, shown, errno);
}

/* --- copying: each returns FALSE with errno ---------------------------------------------------------- */

static gboolean
copy_bytes (int from,
            int to)
{
  g_autofree char *block = g_malloc (BLOCK);

  for (;;)
    {
      gssize n = read (from, block, BLOCK);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n == 0 && fsync (to) == 0;
      for (gssize done = 0; done < n;)
        {
          gssize written = write (to, block + done, (gsize) (n - done));

          if (written < 0 && errno != EINTR)
            return FALSE;
          done += MAX (written, 0);
        }
    }
}

static gboolean
copy_file (int                from,
           const char        *name,
           int                to,
           const char        *to_name,
           const struct stat *info)
{
  const struct timespec times[] = { info->st_atim, info->st_mtim };
  int source = openat (from, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  int target = source >= 0 ? openat (to, to_name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600) : -1;
  gboolean done = target >= 0 && copy_bytes (source, target) && fchmod (target, info->st_mode & 0777) == 0
                  && futimens (target, times) == 0;

  close_quietly (source);
  close_quietly (target);
  return done;
}

static gboolean
copy_link (int         from,
           const char *name,
           int         to,
           const char *to_name)
{
  char target[4096];
  gssize length = readlinkat (from, name, target, sizeof target - 1);

  if (length < 0)
    return FALSE;
  target[length] = '\0';
  return symlinkat (target, to, to_name) == 0;
}

static gboolean copy_entry (int         from,
                            const char *name,
                            int         to,
                            const char *to_name,
                            guint       depth);

static gboolean
copy_folder (int                from,
             const char        *name,
             int                to,
             const char        *to_name,
             const struct stat *info,
             guint              depth)
{
  g_autoptr (GPtrArray) names = NULL;
  int source = open_folder (from, name);
  int target = -1;
  gboolean done;

  if (source >= 0 && mkdirat (to, to_name, 0700) == 0)
    target = open_folder (to, to_name);
  names = target >= 0 ? list_names (source) : NULL;
  done = names != NULL;
  for (guint i = 0; done && i < names->len; i++)
    done = copy_entry (source, g_ptr_array_index (names, i), target, g_ptr_array_index (names, i), depth - 1);
  done = done && fchmod (target, info->st_mode & 0777) == 0;
  close_quietly (source);
  close_quietly (target);
  return done;
}

static gboolean
copy_entry (int         from,
            const char *name,
            int         to,
            const char *to_name,
            guint       depth)
{
  struct stat info;

  if (fstatat (from, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return FALSE;
  if (S_ISREG (info.st_mode))
    return copy_file (from, name, to, to_name, &info);
  if (S_ISLNK (info.st_mode))
    return copy_link (from, name, to, to_name);
  if (S_ISDIR (info.st_mode) && depth > 0)
    return copy_folder (from, name, to, to_name, &info, depth);
  errno = S_ISDIR (info.st_mode) ? ENAMETOOLONG : EOPNOTSUPP;
  return FALSE;
}

gboolean
_hearth_tree_copy (int         from,
                   const char *name,
                   int         to,
                   const char *to_name,
                   const char *shown,
                   GError    **error)
{
  int code;

  if (copy_entry (from, name, to, to_name, MAX_DEPTH))
    return TRUE;
  code = errno;
  /* Somebody else's, made a moment ago */
  if (code != EEXIST)
    (void) delete_entry (to, to_name, MAX_DEPTH);
  return hearth_beneath_fail (error, shown, code);
}
