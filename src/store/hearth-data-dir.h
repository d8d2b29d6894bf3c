/* hearth-data-dir.h: where everything lies on disk (storage.md 1 and 2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HearthStoreError:
 * @HEARTH_STORE_ERROR_NOT_FOUND: no such project, workflow or file
 * @HEARTH_STORE_ERROR_EXISTS: the name is taken
 * @HEARTH_STORE_ERROR_NAME: not usable as a name or id
 * @HEARTH_STORE_ERROR_REFUSED: what was handed over is not what can be stored
 * @HEARTH_STORE_ERROR_TYPE: a file of another type than is given out here
 * @HEARTH_STORE_ERROR_INVALID: a file is there but its content is not what it should be
 * @HEARTH_STORE_ERROR_IO: the disk refused
 * @HEARTH_STORE_ERROR_DATABASE: SQLite refused
 * @HEARTH_STORE_ERROR_DENIED: protected, out of bounds, or a link that leads out of its folder
 * @HEARTH_STORE_ERROR_KIND: a folder where a file is wanted, or the other way round
 * @HEARTH_STORE_ERROR_TOO_LARGE: more than is read or taken
 * @HEARTH_STORE_ERROR_FULL: no room is left for it
 */
typedef enum
{
  HEARTH_STORE_ERROR_NOT_FOUND,
  HEARTH_STORE_ERROR_EXISTS,
  HEARTH_STORE_ERROR_NAME,
  HEARTH_STORE_ERROR_REFUSED,
  HEARTH_STORE_ERROR_TYPE,
  HEARTH_STORE_ERROR_INVALID,
  HEARTH_STORE_ERROR_IO,
  HEARTH_STORE_ERROR_DATABASE,
  HEARTH_STORE_ERROR_DENIED,
  HEARTH_STORE_ERROR_KIND,
  HEARTH_STORE_ERROR_TOO_LARGE,
  HEARTH_STORE_ERROR_FULL,
} HearthStoreError;

#define HEARTH_STORE_ERROR (hearth_store_error_quark ())
GQuark hearth_store_error_quark (void);

#define HEARTH_DEFAULT_USER "default_user"

/* Immutable, counted, any thread: the paths below one root. Creates nothing. */
typedef struct _HearthDataDir HearthDataDir;

/* @root NULL: HEARTH_DATA_DIR, else $XDG_DATA_HOME/hearth. */
HearthDataDir *hearth_data_dir_new               (const char    *root);
HearthDataDir *hearth_data_dir_ref               (HearthDataDir *self);
void           hearth_data_dir_unref             (HearthDataDir *self);
const char    *hearth_data_dir_get_root          (HearthDataDir *self);
/* Makes the directories the program counts on. Blocking. */
gboolean       hearth_data_dir_prepare           (HearthDataDir *self,
                                                  GError       **error);
char          *hearth_data_dir_dup_user          (HearthDataDir *self);  /* userData/default_user */
char          *hearth_data_dir_dup_projects      (HearthDataDir *self);
/* Both NULL when no folder can have that name (storage.md 5.2). */
char          *hearth_data_dir_dup_project       (HearthDataDir *self,
                                                  const char    *project_id);
char          *hearth_data_dir_dup_workflows     (HearthDataDir *self,
                                                  const char    *project_id);
/* userData/default_user/library/SillyTavern/CharacterCard */
char          *hearth_data_dir_dup_characters    (HearthDataDir *self);
char          *hearth_data_dir_dup_recycle_bin   (HearthDataDir *self);
char          *hearth_data_dir_dup_shared        (HearthDataDir *self);  /* library */
char          *hearth_data_dir_dup_templates     (HearthDataDir *self);
char          *hearth_data_dir_dup_public        (HearthDataDir *self);
char          *hearth_data_dir_dup_database      (HearthDataDir *self);  /* data/app.sqlite */
char          *hearth_data_dir_dup_access_tokens (HearthDataDir *self);  /* data/access-tokens.json */
char          *hearth_data_dir_dup_access_uses   (HearthDataDir *self);  /* data/access-uses.json */
char          *hearth_data_dir_dup_budget        (HearthDataDir *self);  /* data/budget.json */
char          *hearth_data_dir_dup_prices        (HearthDataDir *self);  /* data/prices.json: the user's own */
char          *hearth_data_dir_dup_plugins       (HearthDataDir *self);
/* tmp: uploads on their way, on the file system of everything else. Made when it is needed. */
char          *hearth_data_dir_dup_temporary     (HearthDataDir *self);
char          *hearth_data_dir_dup_config        (HearthDataDir *self);  /* config.json */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HearthDataDir, hearth_data_dir_unref)

/* --- names (storage.md 5) ------------------------------------------------------- */

#define HEARTH_NAME_MAX_BYTES 255

/* A name of devices on Windows ("con", "lpt1"), with or without an extension. */
gboolean       hearth_name_is_device             (const char    *name);
char          *hearth_name_sanitize              (const char    *name);      /* 5.1 */
/* The file name of a workflow, with ".json", at most 255 bytes (5.3). */
char          *hearth_name_to_workflow_file      (const char    *name);
/* A project id from a name; NULL when none can be made (5.2). */
char          *hearth_name_to_project_id         (const char    *name);

/* --- files; blocking, call from a worker thread ------------------------------------ */

/* Temporary file, fsync, rename, fsync of the directory. What was there before is kept as
 * `.previous/<name>` beside it. */
gboolean       hearth_file_write_atomically      (const char    *path,
                                                  const char    *data,
                                                  gsize          length,
                                                  GError       **error);

G_END_DECLS
