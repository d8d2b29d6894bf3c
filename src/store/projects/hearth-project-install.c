/* hearth-project-install.c: a ready-made project, copied in as a whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "hearth-folder.h"

/* Of a project only its JSON is copied, and only when it can be read. */
static gboolean
copy_json (const char *source,
           const char *target,
           gpointer    user_data,
           GError    **error)
{
  g_autoptr (HearthValue) value = NULL;

  if (!g_str_has_suffix (source, ".json"))
    return TRUE;
  value = hearth_store_read_json (source, HEARTH_MAX_STORED_BYTES, error);
  return value != NULL && _hearth_store_write_json (target, value, error);
}

/* The folder's name is the id, whatever the copied file says. */
static gboolean
write_id (const char *folder,
          gpointer    user_data,
          GError    **error)
{
  const char *id = user_data;
  g_autofree char *path = g_build_filename (folder, "project.json", NULL);
  g_autoptr (HearthValue) metadata = hearth_store_read_json (path, HEARTH_MAX_PROJECT_BYTES, error);
  g_autoptr (HearthValue) value = hearth_value_string (id);
  g_autoptr (HearthValue) renamed = NULL;

  if (metadata == NULL)
    return FALSE;
  renamed = hearth_value_with (metadata, "id", value);
  return hearth_value_equal (metadata, renamed) || _hearth_store_write_json (path, renamed, error);
}

gboolean
hearth_project_store_install (HearthDataDir *dir,
                              const char    *source_directory,
                              const char    *project_id,
                              GError       **error)
{
  g_autofree char *project = NULL;
  g_autofree char *projects = NULL;
  g_autofree char *id = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;

  g_return_val_if_fail (dir != NULL, FALSE);
  g_return_val_if_fail (source_directory != NULL, FALSE);

  project = _hearth_store_dup_project (dir, project_id, error);
  if (project == NULL)
    return FALSE;
  lock = _hearth_project_lock_take (dir, project_id);
  if (g_file_test (project, G_FILE_TEST_EXISTS))
    return FALSE;
  projects = hearth_data_dir_dup_projects (dir);
  id = g_path_get_basename (project);
  if (g_mkdir_with_parents (projects, 0700) != 0)
    return _hearth_store_fail (error, projects, errno);
  return _hearth_folder_install (source_directory, project, &(HearthFolderFill){ copy_json, write_id, id }, error);
}
