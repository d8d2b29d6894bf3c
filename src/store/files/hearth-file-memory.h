/* hearth-file-memory.h: what was in the files of a folder, read again only when they changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HearthFileMemory:
 * @parse: what is worth remembering of a file, or NULL when it is none of ours; @name is its name in the
 *   folder
 * @ref, @unref: of what @parse returns, which threads must be able to share
 *
 * Static, one for each kind of file. Any thread. Looking at a file costs one stat() unless it changed.
 */
typedef struct
{
  gpointer      (*parse)  (const char *path,
                           const char *name);
  gpointer      (*ref)    (gpointer    known);
  void          (*unref)  (gpointer    known);
  /*< private >*/
  GMutex          mutex;
  GHashTable     *files;
} HearthFileMemory;

/* A new reference; NULL: not there, not of ours, no file, or a link that leads out of @directory. */
gpointer   _hearth_file_memory_look_at (HearthFileMemory  *self,
                                        const char        *directory,
                                        const char        *name);
/* The names in a folder that are UTF-8 and end with @suffix (in any letter case), sorted. A missing
 * folder has none. */
GPtrArray *_hearth_store_list_names    (const char        *directory,
                                        const char        *suffix,
                                        GError           **error);

G_END_DECLS
