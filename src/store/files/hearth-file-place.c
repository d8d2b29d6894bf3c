/* hearth-file-place.c: the folder an entry is in, held open while something is done to the entry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-file-private.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-beneath.h"

#include "hearth-i18n.h"

#define PROJECTS "user://projects/"

/* @path, but with the folder in @below in place of the one it names. */
static HearthLogicalPath *
move_to_folder (const HearthLogicalPath *path,
                const char              *below)
{
  g_autoptr (HearthLogicalPath) folder = g_new0 (HearthLogicalPath, 1);
  g_autofree char *scheme = g_strndup (path->normal, strlen (path->normal) - strlen (path->below));

  folder->normal = g_strconcat (scheme, below, NULL);
  folder->root = g_strdup (path->root);
  folder->below = g_strdup (below);
  folder->writable = path->writable;
  return hearth_logical_path_dup_child (folder, hearth_logical_path_get_name (path));
}

static HearthProjectLock *
take_lock (HearthDataDir *dir,
           const char    *normal)
{
  g_autofree char *id = NULL;
  g_autofree char *place = NULL;

  if (!g_str_has_prefix (normal, PROJECTS))
    return NULL;
  normal += strlen (PROJECTS);
  id = g_strndup (normal, strcspn (normal, "/"));
  place = hearth_data_dir_dup_project (dir, id);
  return place != NULL ? _hearth_project_lock_take (dir, id) : NULL;
}

gboolean
_hearth_place_enter (HearthPlace             *self,
                     HearthDataDir           *dir,
                     const HearthLogicalPath *path,
                     gboolean                 make,
                     GError                 **error)
{
  const char *name = hearth_logical_path_get_name (path);
  g_autofree char *above = NULL;
  g_autofree char *real = NULL;

  g_assert (*name != '\0');
  above = g_strndup (path->below, strlen (path->below) - strlen (name));
  real = hearth_beneath_resolve (path->root, above, path->normal, NULL, error);
  if (real == NULL)
    return FALSE;
  self->path = move_to_folder (path, real);
  self->lock = take_lock (dir, self->path->normal);
  self->folder = hearth_beneath_open_folder (path->root, real, make, path->normal, error);
  return self->folder >= 0;
}

void
_hearth_place_leave (HearthPlace *self)
{
  if (self->folder >= 0)
    close (self->folder);
  self->folder = -1;
  g_clear_pointer (&self->lock, _hearth_project_lock_release);
  g_clear_pointer (&self->path, hearth_logical_path_free);
}

/* --- for all of them ------------------------------------------------------------------------ */

HearthLogicalPath *
_hearth_file_parent (HearthDataDir *dir,
                     const char    *path,
                     GError       **error)
{
  g_autoptr (HearthLogicalPath) parent = hearth_logical_path_new (dir, path, error);

  if (parent == NULL || (parent->writable && parent->root != NULL))
    return g_steal_pointer (&parent);
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_DENIED,
               _("Nothing can be put into “%s”. Choose a folder in it or another place."), parent->normal);
  return NULL;
}

const char *
_hearth_file_kind (mode_t mode)
{
  return S_ISDIR (mode) ? "directory" : "file";
}

HearthValue *
_hearth_file_describe (const HearthLogicalPath *path,
                       mode_t                   mode)
{
  return hearth_value_object ("name", hearth_value_string (hearth_logical_path_get_name (path)),
                              "logicalPath", hearth_value_string (path->normal),
                              "itemType", hearth_value_string (_hearth_file_kind (mode)),
                              NULL);
}
