/* hearth-project-install.c: a ready-made project, copied in as a whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "hearth-id.h"
#include "hearth-i18n.h"

static gboolean copy_directory (const char *source,
                                const char *target,
                                GError    **error);

static gboolean
copy_entry (const char *source,
            const char *target,
            GError    **error)
{
  g_autoptr (HearthValue) value = NULL;

  if (g_file_test (source, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  if (g_file_test (source, G_FILE_TEST_IS_DIR))
    return copy_directory (source, target, error);
  if (!g_str_has_suffix (source, ".json"))
    return TRUE;
  value = hearth_store_read_json (source, HEARTH_MAX_STORED_BYTES, error);
  return value != NULL && _hearth_store_write_json (target, value, error);
}

static gboolean
copy_directory (const char *source,
                const char *target,
                GError    **error)
{
  g_autoptr (GDir) open = g_dir_open (source, 0, NULL);
  const char *name;

  if (open == NULL || g_mkdir (target, 0777) != 0)
    return _hearth_store_fail (error, open == NULL ? source : target, open == NULL ? ENOENT : errno);
  while ((name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *from = g_build_filename (source, name, NULL);
      g_autofree char *to = g_build_filename (target, name, NULL);

      if (!copy_entry (from, to, error))
        return FALSE;
    }
  return TRUE;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) open = g_dir_open (path, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/* The folder's name is the id, whatever the copied file says. */
static gboolean
write_id (const char *project,
          const char *id,
          GError    **error)
{
  g_autofree char *path = g_build_filename (project, "project.json", NULL);
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
  g_autofree char *nano = hearth_id_new_nano (10);
  g_autofree char *temporary = NULL;
  g_autoptr (HearthProjectLock) lock = NULL;
  gboolean done;

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
  temporary = g_strdup_printf ("%s/.hearth-%s.tmp", projects, nano);
  if (g_mkdir_with_parents (projects, 0700) != 0)
    return _hearth_store_fail (error, projects, errno);
  done = copy_directory (source_directory, temporary, error) && write_id (temporary, id, error);
  if (done && g_rename (temporary, project) != 0)
    done = _hearth_store_fail (error, project, errno);
  if (!done)
    remove_tree (temporary);
  return done;
}
