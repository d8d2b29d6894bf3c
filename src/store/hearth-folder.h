/* hearth-folder.h: a ready-made folder, copied in as a whole or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How the name of a folder begins that is not whole yet: lists leave it out. */
#define HEARTH_FOLDER_UNFINISHED ".hearth-"

/**
 * HearthFolderFill:
 * @copy_file: makes @target out of the file @source; to leave a file out it just returns TRUE. NULL:
 *   _hearth_folder_copy_file()
 * @finish: what else is to be done to the copy before it is in its place; or NULL
 */
typedef struct
{
  gboolean (*copy_file) (const char *source,
                         const char *target,
                         gpointer    user_data,
                         GError    **error);
  gboolean (*finish)    (const char *folder,
                         gpointer    user_data,
                         GError    **error);
  gpointer user_data;
} HearthFolderFill;

/* All blocking. Beside @target, whose parent must be there, the copy grows under such a name. Symbolic
 * links are left out. @source NULL: the folder begins empty. */
gboolean   _hearth_folder_install    (const char             *source,
                                      const char             *target,
                                      const HearthFolderFill *fill,
                                      GError                **error);
gboolean   _hearth_folder_copy_file  (const char             *source,
                                      const char             *target,
                                      GError                **error);

G_END_DECLS
