/* hearth-file-move.c: files and folders renamed, moved and deleted (storage.md 8)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-beneath.h"

#include "hearth-i18n.h"

static gboolean
refuse_protected (const char *normal,
                  GError    **error)
{
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DENIED,
               _("“%s” is needed where it is. What is in it can be moved and deleted."), normal);
  return FALSE;
}

/* Twice: as it was named, and as it is called once links have been followed. */
static gboolean
enter_source (HearthPlace             *place,
              HearthDataDir           *dir,
              const HearthLogicalPath *path,
              gboolean               (*may) (const HearthLogicalPath *path),
              struct stat             *info,
              GError                 **error)
{
  if (!may (path))
    return refuse_protected (path->normal, error);
  if (!_hearth_place_enter (place, dir, path, FALSE, error))
    return FALSE;
  if (!may (place->path))
    return refuse_protected (path->normal, error);
  return fstatat (place->folder, hearth_logical_path_get_name (path), info, AT_SYMLINK_NOFOLLOW) == 0
         || hearth_beneath_fail (error, path->normal, errno);
}

/* FALSE with errno, EEXIST when something has that name. */
static gboolean
rename_without_replacing (int         from,
                          const char *name,
                          int         to,
                          const char *to_name)
{
  struct stat info;

  if (renameat2 (from, name, to, to_name, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  /* A file system that does not know the flag */
  if (fstatat (to, to_name, &info, AT_SYMLINK_NOFOLLOW) == 0)
    {
      errno = EEXIST;
      return FALSE;
    }
  return renameat (from, name, to, to_name) == 0;
}

static gboolean
carry (HearthPlace             *source,
       int                      to,
       const HearthLogicalPath *target,
       GError                 **error)
{
  const char *name = hearth_logical_path_get_name (source->path);
  const char *to_name = hearth_logical_path_get_name (target);

  if (rename_without_replacing (source->folder, name, to, to_name))
    return TRUE;
  if (errno != EXDEV)
    return hearth_beneath_fail (error, target->normal, errno);
  return _hearth_tree_copy (source->folder, name, to, to_name, target->normal, error)
         && _hearth_tree_delete (source->folder, name, source->path->normal, error);
}

HearthValue *
hearth_file_store_rename (HearthDataDir *dir,
                          const char    *path,
                          const char    *new_name,
                          GError       **error)
{
  g_autoptr (HearthLogicalPath) source = NULL;
  g_autoptr (HearthLogicalPath) parent = NULL;
  g_autoptr (HearthLogicalPath) target = NULL;
  g_autofree char *above = NULL;
  g_auto (HearthPlace) place = HEARTH_PLACE_INIT;
  struct stat info;

  g_return_val_if_fail (dir != NULL && path != NULL && new_name != NULL, NULL);

  source = hearth_logical_path_new (dir, path, error);
  if (source == NULL || !hearth_file_name_check (new_name, error)
      || !enter_source (&place, dir, source, hearth_logical_path_may_move, &info, error))
    return NULL;
  above = g_strndup (source->normal, strlen (source->normal) - strlen (hearth_logical_path_get_name (source)));
  parent = hearth_logical_path_new (dir, above, error);
  if (parent == NULL)
    return NULL;
  target = hearth_logical_path_dup_child (parent, new_name);
  if (!g_str_equal (target->normal, source->normal) && !carry (&place, place.folder, target, error))
    return NULL;
  return _hearth_file_describe (target, info.st_mode);
}

/* --- moving ------------------------------------------------------------------------------------ */

/* @normal itself, or in it? */
static gboolean
lies_in (const char *normal,
         const char *folder)
{
  gsize length = strlen (folder);

  return strncmp (normal, folder, length) == 0 && (normal[length] == '\0' || normal[length] == '/');
}

static gboolean
check_not_into_itself (HearthPlace             *source,
                       const HearthLogicalPath *target,
                       GError                 **error)
{
  const char *name = hearth_logical_path_get_name (target);
  g_autofree char *above = g_strndup (target->below, strlen (target->below) - strlen (name));
  g_autofree char *real = hearth_beneath_resolve (target->root, above, target->normal, NULL, error);

  if (real == NULL)
    return FALSE;
  if (!g_str_equal (source->path->root, target->root) || !lies_in (real, source->path->below))
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, _("“%s” cannot be moved into itself."),
               source->path->normal);
  return FALSE;
}

static gboolean
move_to (HearthPlace             *source,
         const HearthLogicalPath *parent,
         const HearthLogicalPath *target,
         GError                 **error)
{
  gboolean moved;
  int folder;

  if (!check_not_into_itself (source, target, error))
    return FALSE;
  folder = hearth_beneath_open_folder (parent->root, parent->below, TRUE, parent->normal, error);
  if (folder < 0)
    return FALSE;
  moved = carry (source, folder, target, error);
  close (folder);
  return moved;
}

HearthValue *
hearth_file_store_move (HearthDataDir *dir,
                        const char    *path,
                        const char    *parent,
                        GError       **error)
{
  g_autoptr (HearthLogicalPath) source = NULL;
  g_autoptr (HearthLogicalPath) folder = NULL;
  g_autoptr (HearthLogicalPath) target = NULL;
  g_auto (HearthPlace) place = HEARTH_PLACE_INIT;
  struct stat info;

  g_return_val_if_fail (dir != NULL && path != NULL && parent != NULL, NULL);

  source = hearth_logical_path_new (dir, path, error);
  folder = source != NULL ? _hearth_file_parent (dir, parent, error) : NULL;
  if (folder == NULL || !enter_source (&place, dir, source, hearth_logical_path_may_move, &info, error))
    return NULL;
  target = hearth_logical_path_dup_child (folder, hearth_logical_path_get_name (source));
  if (!g_str_equal (target->normal, source->normal) && !move_to (&place, folder, target, error))
    return NULL;
  return _hearth_file_describe (target, info.st_mode);
}

/* --- deleting ------------------------------------------------------------------------------------ */

gboolean
hearth_file_store_delete (HearthDataDir *dir,
                          const char    *path,
                          GError       **error)
{
  g_autoptr (HearthLogicalPath) source = NULL;
  g_auto (HearthPlace) place = HEARTH_PLACE_INIT;
  struct stat info;

  g_return_val_if_fail (dir != NULL && path != NULL, FALSE);

  source = hearth_logical_path_new (dir, path, error);
  return source != NULL && enter_source (&place, dir, source, hearth_logical_path_may_delete, &info, error)
         && _hearth_tree_delete (place.folder, hearth_logical_path_get_name (source), source->normal, error);
}
