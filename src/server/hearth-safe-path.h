/* hearth-safe-path.h: names from outside made into paths that cannot leave their folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-workspace.h"

G_BEGIN_DECLS

#define HEARTH_SAFE_PATH_MAX_BYTES (64u << 20)

/* "a/b.txt" below @root. Refuses "..", backslashes and, by looking at what is really there, symbolic
 * links that lead out (G_IO_ERROR_PERMISSION_DENIED). What is missing is no error. Blocking. */
char   *hearth_safe_path_join    (const char     *root,
                                  const char     *relative,
                                  GError        **error);
/* "user://library/x" (storage.md 7). @normal: the same without detours and without a slash at the
 * end. NULL with G_IO_ERROR_INVALID_ARGUMENT, or G_IO_ERROR_PERMISSION_DENIED for system://. For
 * "shared://" alone, which is no single folder, the result is "". Blocking. */
char   *hearth_safe_path_resolve (HearthDataDir  *dir,
                                  const char     *logical,
                                  char          **normal,
                                  GError        **error);
/* A whole regular file into memory: a mapped one would crash us when it is cut short meanwhile.
 * @etag (optional) changes with the file. Blocking. */
GBytes *hearth_safe_path_read    (const char     *path,
                                  char          **etag,
                                  GError        **error);

G_END_DECLS
