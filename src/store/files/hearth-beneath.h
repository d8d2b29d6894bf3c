/* hearth-beneath.h: files below a folder, which no name and no link can leave
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"

G_BEGIN_DECLS

/* All blocking, any thread. @relative is "a/b.txt" below @root, "" for @root itself; "..", backslashes
 * and parts of more than 255 bytes are refused (HEARTH_STORE_ERROR_NAME), symbolic links that lead out
 * of @root as well (HEARTH_STORE_ERROR_DENIED). First every link is followed and the place it leads to
 * compared with @root; then that place is opened part by part without following any link, so that one
 * made meanwhile is not walked through. Errors name @shown, what the user knows the file as. */

/* The real way below the real @root, in normal form. What is missing is no error. @real_root is
 * optional. */
char    *hearth_beneath_resolve     (const char *root,
                                     const char *relative,
                                     const char *shown,
                                     char      **real_root,
                                     GError    **error);
/* A file descriptor; @flags as of open(2). -1 with an error, HEARTH_STORE_ERROR_NOT_FOUND when
 * nothing is there. */
int      hearth_beneath_open        (const char *root,
                                     const char *relative,
                                     int         flags,
                                     const char *shown,
                                     GError    **error);
/* The folder itself. @create: makes what is missing of it, @root included. */
int      hearth_beneath_open_folder (const char *root,
                                     const char *relative,
                                     gboolean    create,
                                     const char *shown,
                                     GError    **error);
/* Sets @error after a system call on @shown failed with @code (of errno). Returns FALSE. */
gboolean hearth_beneath_fail        (GError    **error,
                                     const char *shown,
                                     int         code);

G_END_DECLS
