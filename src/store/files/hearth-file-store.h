/* hearth-file-store.h: files and folders behind logical paths (storage.md 8, http-api.md 13)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-data-dir.h"
#include "hearth-value.h"

G_BEGIN_DECLS

/* Of a file that is read as a whole. */
#define HEARTH_FILE_MAX_READ ((gsize) 64 << 20)

/* All blocking, any thread. Paths are logical ones. Errors are HEARTH_STORE_ERROR: _NAME (no path or
 * name), _DENIED (closed, protected, or a link that leads out), _NOT_FOUND, _EXISTS, _KIND, _TOO_LARGE,
 * _FULL, _IO. A change in a project waits for other changes in it. */

/* The items of a folder by name (http-api.md 13.1); [] for one that is not there. @make: makes it first.
 * Names that are not UTF-8 or hold a backslash are left out: no path could name them. */
HearthValue *hearth_file_store_list          (HearthDataDir *dir,
                                              const char    *path,
                                              gboolean       make,
                                              GError       **error);
/* All of a file. */
GBytes      *hearth_file_store_read          (HearthDataDir *dir,
                                              const char    *path,
                                              GError       **error);
/* A text that is another one whenever the file was written or replaced, without reading it: size, times, number. What
 * cannot be read has a state too. Never fails. */
char        *hearth_file_store_describe_state (HearthDataDir *dir,
                                              const char    *path);
/* @content as JSON for people. Makes the folders above; what was there is kept beside it. */
gboolean     hearth_file_store_write_json    (HearthDataDir *dir,
                                              const char    *path,
                                              HearthValue   *content,
                                              GError       **error);
/* {"name","logicalPath","itemType"} of what was made, moved or renamed. A folder that is there already
 * is as good as a new one. */
HearthValue *hearth_file_store_create_folder (HearthDataDir *dir,
                                              const char    *parent,
                                              const char    *name,
                                              GError       **error);
HearthValue *hearth_file_store_rename        (HearthDataDir *dir,
                                              const char    *path,
                                              const char    *new_name,
                                              GError       **error);
/* Into the folder @parent, which is made when it is missing; never over something else. Between file
 * systems it is a copy, which removes itself when it fails, and then a deletion. */
HearthValue *hearth_file_store_move          (HearthDataDir *dir,
                                              const char    *path,
                                              const char    *parent,
                                              GError       **error);
/* For ever, folders with all that is in them; of a link the link. */
gboolean     hearth_file_store_delete        (HearthDataDir *dir,
                                              const char    *path,
                                              GError       **error);
/* Is @path one of a place where something may be put? Nothing is looked up on the disk. */
gboolean     hearth_file_store_check_folder  (HearthDataDir *dir,
                                              const char    *path,
                                              GError       **error);
/* The file at @place on the disk becomes one in @parent, in place of what had that name. Of @name only
 * what stands behind the last slash counts. {"name","logicalPath","size","itemType"}. */
HearthValue *hearth_file_store_take          (HearthDataDir *dir,
                                              const char    *parent,
                                              const char    *name,
                                              const char    *place,
                                              GError       **error);
/* The logical paths of files that end in ".<one of @endings>", in upper case or lower, in @folders and below them. Not
 * of those that Hearth reads by itself, such as workflows, nor more than one would look through. */
HearthValue *hearth_file_store_find          (HearthDataDir *dir,
                                              const char *const *folders,
                                              const char *const *endings);
/* A copy of the file at @path on the disk becomes one in @folder, under a name that nothing there has. As
 * hearth_file_store_take(). */
HearthValue *hearth_file_store_import        (HearthDataDir *dir,
                                              const char    *path,
                                              const char    *folder,
                                              GError       **error);

G_END_DECLS
