/* hearth-folder.c: a ready-made folder, copied in as a whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "hearth-folder.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "hearth-id.h"
#include "hearth-store-private.h"

static gboolean copy_folder (const char             *source,
                             const char             *target,
                             const HearthFolderFill *fill,
                             GError                **error);

gboolean
_hearth_folder_copy_file (const char *source,
                          const char *target,
                          GError    **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (source);
  g_autoptr (GFile) to = g_file_new_for_path (target);
  g_autoptr (GError) reason = NULL;

  /* What was installed may be read only; the copy is the user's own. */
  if (g_file_copy (from, to, G_FILE_COPY_NOFOLLOW_SYMLINKS | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &reason))
    return TRUE;
  g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO, reason->message);
  return FALSE;
}

static gboolean
copy_entry (const char             *source,
            const char             *target,
            const HearthFolderFill *fill,
            GError                **error)
{
  if (g_file_test (source, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  if (g_file_test (source, G_FILE_TEST_IS_DIR))
    return copy_folder (source, target, fill, error);
  if (!g_file_test (source, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  if (fill->copy_file != NULL)
    return fill->copy_file (source, target, fill->user_data, error);
  return _hearth_folder_copy_file (source, target, error);
}

static gboolean
copy_entries (const char             *source,
              const char             *target,
              const HearthFolderFill *fill,
              GError                **error)
{
  g_autoptr (GDir) open = g_dir_open (source, 0, NULL);
  const char *name;

  if (open == NULL)
    return _hearth_store_fail (error, source, ENOENT);
  while ((name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *from = g_build_filename (source, name, NULL);
      g_autofree char *to = g_build_filename (target, name, NULL);

      if (!copy_entry (from, to, fill, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
copy_folder (const char             *source,
             const char             *target,
             const HearthFolderFill *fill,
             GError                **error)
{
  if (g_mkdir (target, 0777) != 0)
    return _hearth_store_fail (error, target, errno);
  return source == NULL || copy_entries (source, target, fill, error);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) open = g_dir_open (path, 0, NULL);
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

gboolean
_hearth_folder_install (const char             *source,
                        const char             *target,
                        const HearthFolderFill *fill,
                        GError                **error)
{
  g_autofree char *parent = g_path_get_dirname (target);
  g_autofree char *nano = hearth_id_new_nano (10);
  g_autofree char *temporary = g_strdup_printf ("%s/" HEARTH_FOLDER_UNFINISHED "%s.tmp", parent, nano);
  gboolean done = copy_folder (source, temporary, fill, error);

  if (done && fill->finish != NULL)
    done = fill->finish (temporary, fill->user_data, error);
  if (done && g_rename (temporary, target) != 0)
    done = _hearth_store_fail (error, target, errno);
  if (!done)
    remove_folder (temporary);
  return done;
}
