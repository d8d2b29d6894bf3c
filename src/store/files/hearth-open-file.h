/* hearth-open-file.h: a file opened to be sent, with what HTTP says about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"

G_BEGIN_DECLS

#define HEARTH_OPEN_FILE_SMALL ((gsize) 256 << 10)

/**
 * HearthOpenFile:
 * @fd: of a regular file, to be read with pread(); closed with the rest
 * @name: its last part, UTF-8
 * @type: MIME type by the name, without parameters; static
 * @shown: whether a browser may show it in place of saving it
 * @harmless: whether it may do so whoever wrote it
 * @etag: quoted; another one whenever the file was written again
 * @content: all of a small file, NULL of one larger than HEARTH_OPEN_FILE_SMALL
 */
typedef struct
{
  int         fd;
  guint64     size;
  gint64      modified; /* seconds since 1970 */
  char       *name;
  const char *type;
  gboolean    shown;
  gboolean    harmless;
  char       *etag;
  GBytes     *content;
} HearthOpenFile;

/* Both blocking, any thread. Errors as of hearth-file-store.h; what is no regular file (a pipe, a
 * device) is HEARTH_STORE_ERROR_DENIED. */
HearthOpenFile *hearth_open_file_new         (HearthDataDir  *dir,
                                              const char     *logical,
                                              GError        **error);
/* "a/b.txt" below the folder @root; see hearth-beneath.h. */
HearthOpenFile *hearth_open_file_new_beneath (const char     *root,
                                              const char     *relative,
                                              GError        **error);
/* All of it. HEARTH_STORE_ERROR_TOO_LARGE above @max_bytes. */
GBytes         *hearth_open_file_read        (HearthOpenFile *self,
                                              gsize           max_bytes,
                                              GError        **error);
void            hearth_open_file_free        (HearthOpenFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthOpenFile, hearth_open_file_free)

G_END_DECLS
