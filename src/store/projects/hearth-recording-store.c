/* hearth-recording-store.c: recordings of runs in the folder of their project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "hearth-recording-store.h"

#include "hearth-store-private.h"

#include "hearth-i18n.h"

#define FOLDER "recordings"
/* Of a title in a name; the rest is for the time, a number and the ending. */
#define MAX_TITLE_BYTES 180
/* Of the same title in the same second */
#define MAX_NUMBER 1000

char *
hearth_recording_store_dup_folder (HearthDataDir *dir,
                                   const char    *project_id)
{
  g_autofree char *project = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (project_id != NULL, NULL);

  project = hearth_data_dir_dup_project (dir, project_id);
  return project != NULL ? g_build_filename (project, FOLDER, NULL) : NULL;
}

/* "Weather 2026-01-31 12-00-05" */
static char *
make_stem (const char *title)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H-%M-%S");
  g_autofree char *safe = hearth_name_sanitize (title);

  if (strlen (safe) > MAX_TITLE_BYTES)
    *g_utf8_find_prev_char (safe, safe + MAX_TITLE_BYTES + 1) = '\0';
  return g_strdup_printf ("%s%s%s", safe, *safe != '\0' ? " " : "", time);
}

static char *
make_path (const char *folder,
           const char *stem,
           guint       number)
{
  g_autofree char *name = number > 1 ? g_strdup_printf ("%s (%u).jsonl", stem, number) : g_strconcat (stem, ".jsonl", NULL);

  return g_build_filename (folder, name, NULL);
}

static char *
create_file (const char *folder,
             const char *title,
             GError    **error)
{
  g_autofree char *stem = make_stem (title);
  g_autofree char *path = NULL;
  int fd = -1;

  for (guint number = 1; fd < 0 && number <= MAX_NUMBER; number++)
    {
      g_free (path);
      path = make_path (folder, stem, number);
      fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
      if (fd < 0 && errno != EEXIST)
        break;
    }
  if (fd < 0)
    {
      _hearth_store_fail (error, path, errno);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&path);
}

char *
hearth_recording_store_create (HearthDataDir *dir,
                               const char    *project_id,
                               const char    *title,
                               GError       **error)
{
  g_autofree char *project = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (dir != NULL, NULL);
  g_return_val_if_fail (project_id != NULL && title != NULL, NULL);

  project = hearth_data_dir_dup_project (dir, project_id);
  if (project == NULL || !g_file_test (project, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_NOT_FOUND,
                   _("There is no project “%s”. It may have been renamed or deleted."), project_id);
      return NULL;
    }
  folder = hearth_recording_store_dup_folder (dir, project_id);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      _hearth_store_fail (error, folder, errno);
      return NULL;
    }
  return create_file (folder, title, error);
}
