/* hearth-spool-folder.c: the folder of what is being uploaded, and the room it has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hearth-spool-folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/statvfs.h>

#include "hearth-workspace.h"

#include "hearth-i18n.h"

#define KEEP_FREE (G_GUINT64_CONSTANT (100) << 20)
#define STALE_S (24 * 60 * 60)

gboolean
hearth_spool_folder_fail (GError **error,
                          int      code)
{
  if (code == ENOSPC || code == EDQUOT)
    g_set_error_literal (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_FULL,
                         _("There is no room for the upload. Free some space on the disk, then send it again."));
  else
    g_set_error (error, HEARTH_STORE_ERROR, HEARTH_STORE_ERROR_IO,
                 _("The upload cannot be kept: %s. Check the permissions of the data folder."), g_strerror (code));
  return FALSE;
}

static guint64
get_keep_free (void)
{
  const char *text = g_getenv ("HEARTH_KEEP_FREE");

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : KEEP_FREE;
}

gboolean
hearth_spool_folder_check_room (const char *folder,
                                guint64     coming,
                                GError    **error)
{
  struct statvfs info;
  guint64 available;

  if (statvfs (folder, &info) != 0)
    return hearth_spool_folder_fail (error, errno);
  available = (guint64) info.f_bavail * info.f_frsize;
  return (available >= coming && available - coming >= get_keep_free ()) || hearth_spool_folder_fail (error, ENOSPC);
}

/* Files of today may belong to another process of ours. */
static void
sweep (const char *folder)
{
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_str_has_prefix (name, HEARTH_SPOOL_PREFIX) && g_lstat (path, &info) == 0
          && now - (gint64) info.st_mtime > STALE_S)
        (void) g_unlink (path);
    }
}

gboolean
hearth_spool_folder_prepare (const char *folder,
                             GError    **error)
{
  static gsize swept = 0;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return hearth_spool_folder_fail (error, errno);
  if (g_once_init_enter (&swept))
    {
      sweep (folder);
      g_once_init_leave (&swept, 1);
    }
  return TRUE;
}
