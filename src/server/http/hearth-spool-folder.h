/* hearth-spool-folder.h: the folder of what is being uploaded, and the room it has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What files in it are called, and a number behind. */
#define HEARTH_SPOOL_PREFIX "upload-"

/* Makes it, for us alone; the first time it removes what a crash left there. Blocking. */
gboolean hearth_spool_folder_prepare    (const char *folder,
                                         GError    **error);
/* HEARTH_STORE_ERROR_FULL unless 100 MiB of the disk stay free when @coming more bytes have come; the
 * environment variable HEARTH_KEEP_FREE names another number of bytes. Blocking. */
gboolean hearth_spool_folder_check_room (const char *folder,
                                         guint64     coming,
                                         GError    **error);
/* A system call failed with @code (of errno). Returns FALSE. */
gboolean hearth_spool_folder_fail       (GError    **error,
                                         int         code);

G_END_DECLS
