/* hearth-file-store.c: files read, written and taken in, folders made (storage.md 8)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-beneath.h"
#include "hearth-file-private.h"
#include "hearth-id.h"
#include "hearth-json.h"
#include "hearth-open-file.h"

#include "hearth-i18n.h"

GBytes *
hearth_file_store_read (HearthDataDir *dir,
                        const char    *path,
                        GError       **error)
{
  g_autoptr (HearthOpenFile) file = NULL;

  g_return_val_if_fail (dir != NULL && path != NULL, NULL);

  file = hearth_open_file_new (dir, path, error);
  return file != NULL ? hearth_open_file_read (file, HEARTH_FILE_MAX_READ, error) : NULL;
}

gboolean
hearth_file_store_check_folder (HearthDataDir *dir,
                                const char    *path,
                                GError       **error)
{
  g_autoptr (HearthLogicalPath) folder = NULL;

  g_return_val_if_fail (dir != NULL && path != NULL, FALSE);

  folder = _hearth_file_parent (dir, path, error);
  return folder != NULL;
}

/* --- writing --------------------------------------------------------------------------------- */

/* A file that is to be written: not a root, with a usable name, in a place that can be written. */
static HearthLogicalPath *
check_target (HearthDataDir *dir,
              const char    *path,
              GError       **error)
{
  g_autoptr (HearthLogicalPath) target = _hearth_file_parent (dir, path, error);

  if (target == NULL)
    return NULL;
  if (*target->below == '\0')
    {
      hearth_beneath_fail (error, target->normal, EISDIR);
      return NULL;
    }
  return hearth_file_name_check (hearth_logical_path_get_name (target), error) ? g_steal_pointer (&target) : NULL;
}

gboolean
hearth_file_store_write_json (HearthDataDir *dir,
                              const char    *path,
                              HearthValue   *content,
                              GError       **error)
{
  g_autoptr (HearthLogicalPath) target = NULL;
  g_auto (HearthPlace) place = HEARTH_PLACE_INIT;
  g_autofree char *base = NULL;
  g_autofree char *real = NULL;
  g_autofree char *file = NULL;
  g_autofree char *text = NULL;
  struct stat info;

  g_return_val_if_fail (dir != NULL && path != NULL && content != NULL, FALSE);

  target = check_target (dir, path, error);
  if (target == NULL || !_hearth_place_enter (&place, dir, target, TRUE, error))
    return FALSE;
  /* Through a link that stays inside, what it leads to is written. */
  real = hearth_beneath_resolve (target->root, target->below, target->normal, &base, error);
  if (real == NULL)
    return FALSE;
  file = g_build_filename (base, real, NULL);
  if (lstat (file, &info) == 0 && !S_ISREG (info.st_mode))
    return hearth_beneath_fail (error, target->normal, S_ISLNK (info.st_mode) ? ELOOP : EISDIR);
  text = hearth_json_print_pretty (content);
  return _hearth_file_write_as (file, target->normal, 0666, text, strlen (text), error);
}

HearthValue *
hearth_file_store_create_folder (HearthDataDir *dir,
                                 const char    *parent,
                                 const char    *name,
                                 GError       **error)
{
  g_autoptr (HearthLogicalPath) folder = NULL;
  g_autoptr (HearthLogicalPath) target = NULL;
  g_auto (HearthPlace) place = HEARTH_PLACE_INIT;
  struct stat info;

  g_return_val_if_fail (dir != NULL && parent != NULL && name != NULL, NULL);

  folder = hearth_file_name_check (name, error) ? _hearth_file_parent (dir, parent, error) : NULL;
  if (folder == NULL)
    return NULL;
  target = hearth_logical_path_dup_child (folder, name);
  if (!_hearth_place_enter (&place, dir, target, TRUE, error))
    return NULL;
  if (mkdirat (place.folder, name, 0777) != 0
      && (errno != EEXIST || fstatat (place.folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR (info.st_mode)))
    {
      hearth_beneath_fail (error, target->normal, errno);
      return NULL;
    }
  return _hearth_file_describe (target, S_IFDIR);
}

/* --- taking in ---------------------------------------------------------------------------------- */

/* Browsers send a name, old ones and some programs a whole path of their system. */
static char *
dup_base_name (const char *name)
{
  const char *base = name;

  for (const char *at = name; *at != '\0'; at++)
    if (*at == '/' || *at == '\\')
      base = at + 1;
  return g_strstrip (g_strdup (base));
}

/* From another file system: a copy beside the target first, so that the target is never half of it. */
static gboolean
copy_in (const char  *from,
         HearthPlace *place,
         const char  *name,
         const char  *shown,
         GError     **error)
{
  g_autofree char *id = hearth_id_new_nano (10);
  g_autofree char *fresh = g_strconcat (".hearth-", id, ".tmp", NULL);

  if (!_hearth_tree_copy (AT_FDCWD, from, place->folder, fresh, shown, error))
    return FALSE;
  if (renameat (place->folder, fresh, place->folder, name) == 0)
    return TRUE;
  hearth_beneath_fail (error, shown, errno);
  (void) unlinkat (place->folder, fresh, 0);
  return FALSE;
}

static gboolean
put (const char  *from,
     HearthPlace *place,
     const char  *name,
     const char  *shown,
     GError     **error)
{
  if (renameat (AT_FDCWD, from, place->folder, name) == 0)
    return TRUE;
  return errno == EXDEV ? copy_in (from, place, name, shown, error) : hearth_beneath_fail (error, shown, errno);
}

HearthValue *
hearth_file_store_take (HearthDataDir *dir,
                        const char    *parent,
                        const char    *name,
                        const char    *place,
                        GError       **error)
{
  g_autofree char *base = NULL;
  g_autoptr (HearthLogicalPath) folder = NULL;
  g_autoptr (HearthLogicalPath) target = NULL;
  g_autoptr (HearthValue) item = NULL;
  g_autoptr (HearthValue) size = NULL;
  g_auto (HearthPlace) there = HEARTH_PLACE_INIT;
  struct stat info;

  g_return_val_if_fail (dir != NULL && parent != NULL && name != NULL && place != NULL, NULL);

  base = dup_base_name (name);
  folder = hearth_file_name_check (base, error) ? _hearth_file_parent (dir, parent, error) : NULL;
  if (folder == NULL)
    return NULL;
  target = hearth_logical_path_dup_child (folder, base);
  if (!_hearth_place_enter (&there, dir, target, TRUE, error) || !put (place, &there, base, target->normal, error))
    return NULL;
  if (fstatat (there.folder, base, &info, AT_SYMLINK_NOFOLLOW) != 0)
    {
      hearth_beneath_fail (error, target->normal, errno);
      return NULL;
    }
  item = _hearth_file_describe (target, info.st_mode);
  size = hearth_value_integer ((gint64) info.st_size);
  return hearth_value_with (item, "size", size);
}
