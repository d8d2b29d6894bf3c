/* hearth-panel-files.c: the files that a panel keeps for itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-panel-files.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hearth-beneath.h"
#include "hearth-file-store.h"
#include "hearth-panel-private.h"
#include "hearth-store-private.h"

#include "hearth-i18n.h"

/**
 * PanelPath:
 * @root: the panel's folder on the disk
 * @below: in it, without detours
 * @home: of the panel's folder, as a logical path
 * @logical: of the file
 */
typedef struct
{
  char *root;
  char *below;
  char *home;
  char *logical;
} PanelPath;

static void
panel_path_clear (PanelPath *self)
{
  g_free (self->root);
  g_free (self->below);
  g_free (self->home);
  g_free (self->logical);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PanelPath, panel_path_clear)

/* --- paths -------------------------------------------------------------------------------------- */

/* "a/./b//../c" -> "a/c"; NULL for a way that climbs out. */
static char *
normalize (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0' || g_str_equal (parts[i], "."))
        continue;
      if (!g_str_equal (parts[i], ".."))
        g_ptr_array_add (kept, parts[i]);
      else if (kept->len > 0)
        g_ptr_array_set_size (kept, (int) kept->len - 1);
      else
        return NULL;
    }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

static gboolean
fill (PanelPath     *self,
      HearthDataDir *dir,
      const char    *project_id,
      const char    *panel_id,
      const char    *path,
      GError       **error)
{
  g_autofree char *project = _hearth_store_dup_project (dir, project_id, error);
  g_autofree char *id = project != NULL ? g_path_get_basename (project) : NULL;

  if (project == NULL)
    return FALSE;
  self->below = normalize (path);
  if (self->below == NULL)
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME,
                   _("“%s” leads out of the panel's folder. Name a file in it."), path);
      return FALSE;
    }
  self->root = g_build_filename (project, "panel_data", panel_id, NULL);
  self->home = g_strconcat ("user://projects/", id, "/panel_data/", panel_id, NULL);
  self->logical = *self->below != '\0' ? g_strconcat (self->home, "/", self->below, NULL) : g_strdup (self->home);
  return TRUE;
}

/* Logical paths may follow a link to anywhere in the user's files; here not even out of the panel. */
static gboolean
enter (PanelPath     *self,
       HearthDataDir *dir,
       const char    *project_id,
       const char    *panel_id,
       const char    *path,
       GError       **error)
{
  g_autofree char *real = NULL;

  if (!_hearth_panel_check_id (panel_id, error) || !fill (self, dir, project_id, panel_id, path, error))
    return FALSE;
  real = hearth_beneath_resolve (self->root, self->below, path, NULL, error);
  return real != NULL;
}

static gboolean
check_named (const PanelPath *self,
             GError         **error)
{
  if (*self->below != '\0')
    return TRUE;
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NAME, _("The address names no file of the panel."));
  return FALSE;
}

/* --- looking ------------------------------------------------------------------------------------- */

static HearthValue *
item_to_json (const PanelPath *self,
              HearthValue     *item)
{
  const char *logical = hearth_value_get_member_string (item, "logicalPath", "");

  return hearth_value_object ("name", hearth_value_ref (hearth_value_get (item, "name")),
                              "path", hearth_value_string (logical + strlen (self->home) + 1),
                              "type", hearth_value_ref (hearth_value_get (item, "itemType")),
                              "size", hearth_value_ref_or_null (hearth_value_get (item, "size")),
                              "lastModified", hearth_value_ref_or_null (hearth_value_get (item, "lastModified")),
                              NULL);
}

static HearthValue *
list (const PanelPath *self,
      HearthDataDir   *dir,
      GError         **error)
{
  g_autoptr (HearthValue) items = hearth_file_store_list (dir, self->logical, FALSE, error);
  g_auto (HearthBuilder) out = HEARTH_BUILDER_INIT;

  for (gsize i = 0; items != NULL && i < hearth_value_get_length (items); i++)
    hearth_builder_add (&out, NULL, item_to_json (self, hearth_value_at (items, i)));
  return items != NULL ? hearth_builder_end_array (&out) : NULL;
}

/* What the entry is, in *@mode. */
static gboolean
find (const PanelPath *self,
      const char      *path,
      mode_t          *mode,
      GError         **error)
{
  /* Not blocking: opening a named pipe would wait for its writer. */
  int fd = hearth_beneath_open (self->root, self->below, O_RDONLY | O_NONBLOCK, path, error);
  struct stat info = { 0 };

  if (fd < 0)
    return FALSE;
  (void) fstat (fd, &info);
  close (fd);
  *mode = info.st_mode;
  return TRUE;
}

HearthValue *
hearth_panel_files_look (HearthDataDir *dir,
                         const char    *project_id,
                         const char    *panel_id,
                         const char    *path,
                         GError       **error)
{
  g_auto (PanelPath) self = { NULL };
  mode_t mode;

  g_return_val_if_fail (dir != NULL && panel_id != NULL && path != NULL, NULL);

  if (!enter (&self, dir, project_id, panel_id, path, error) || !find (&self, path, &mode, error))
    return NULL;
  if (S_ISDIR (mode))
    return list (&self, dir, error);
  return hearth_value_object ("root", hearth_value_string (self.root), "path", hearth_value_string (self.below), NULL);
}

/* --- changing -------------------------------------------------------------------------------------- */

static void
split (const PanelPath *self,
       char           **parent,
       char           **name)
{
  *parent = g_path_get_dirname (self->logical);
  *name = g_path_get_basename (self->logical);
}

gboolean
hearth_panel_files_take (HearthDataDir *dir,
                         const char    *project_id,
                         const char    *panel_id,
                         const char    *path,
                         const char    *place,
                         GError       **error)
{
  g_auto (PanelPath) self = { NULL };
  g_autoptr (HearthValue) item = NULL;
  g_autofree char *parent = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (dir != NULL && panel_id != NULL && path != NULL && place != NULL, FALSE);

  if (!enter (&self, dir, project_id, panel_id, path, error) || !check_named (&self, error))
    return FALSE;
  split (&self, &parent, &name);
  item = hearth_file_store_take (dir, parent, name, place, error);
  return item != NULL;
}

gboolean
hearth_panel_files_create_folder (HearthDataDir *dir,
                                  const char    *project_id,
                                  const char    *panel_id,
                                  const char    *path,
                                  GError       **error)
{
  g_auto (PanelPath) self = { NULL };
  g_autoptr (HearthValue) item = NULL;
  g_autofree char *parent = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (dir != NULL && panel_id != NULL && path != NULL, FALSE);

  if (!enter (&self, dir, project_id, panel_id, path, error) || !check_named (&self, error))
    return FALSE;
  split (&self, &parent, &name);
  item = hearth_file_store_create_folder (dir, parent, name, error);
  return item != NULL;
}

/* TRUE for what is no folder. */
static gboolean
check_empty (const PanelPath *self,
             HearthDataDir   *dir,
             const char      *path,
             GError         **error)
{
  g_autoptr (HearthValue) items = hearth_file_store_list (dir, self->logical, FALSE, NULL);

  if (items == NULL || hearth_value_get_length (items) == 0)
    return TRUE;
  g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_EXISTS,
               _("The folder “%s” is not empty. Delete what is in it first, or delete it with “recursive”."), path);
  return FALSE;
}

gboolean
hearth_panel_files_delete (HearthDataDir *dir,
                           const char    *project_id,
                           const char    *panel_id,
                           const char    *path,
                           gboolean       recursive,
                           GError       **error)
{
  g_auto (PanelPath) self = { NULL };

  g_return_val_if_fail (dir != NULL && panel_id != NULL && path != NULL, FALSE);

  return enter (&self, dir, project_id, panel_id, path, error) && check_named (&self, error)
         && (recursive || check_empty (&self, dir, path, error))
         && hearth_file_store_delete (dir, self.logical, error);
}
