/* hearth-file-state.c: has a file been written since it was last looked at?
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-beneath.h"
#include "hearth-logical-path.h"

/* A copied or unpacked file may have the times of another one; when its entry was changed nobody can set. */
static char *
describe (const struct stat *info)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld %" G_GINT64_FORMAT ".%09ld %" G_GUINT64_FORMAT,
                          (gint64) info->st_size, (gint64) info->st_mtim.tv_sec, info->st_mtim.tv_nsec,
                          (gint64) info->st_ctim.tv_sec, info->st_ctim.tv_nsec, (guint64) info->st_ino);
}

char *
hearth_file_store_describe_state (HearthDataDir *dir,
                                  const char    *path)
{
  g_autoptr (HearthLogicalPath) logical = NULL;
  struct stat info;
  char *state = NULL;
  int fd;

  g_return_val_if_fail (dir != NULL && path != NULL, NULL);

  logical = hearth_logical_path_new (dir, path, NULL);
  if (logical == NULL || logical->root == NULL)
    return g_strdup ("none");
  fd = hearth_beneath_open (logical->root, logical->below, O_PATH, logical->normal, NULL);
  if (fd < 0)
    return g_strdup ("none");
  if (fstat (fd, &info) == 0)
    state = describe (&info);
  close (fd);
  return state != NULL ? state : g_strdup ("none");
}
