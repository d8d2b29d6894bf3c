/* hearth-workflow-index.h: which workflow lies in which file of a folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "hearth-value.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Immutable, counted, any thread. */
typedef struct
{
  char        *file;  /* "Name.json" */
  char        *stem;  /* "Name" */
  const char  *id;    /* borrowed from @entry, or the stem when the file has none */
  HearthValue *entry; /* what a list shows (http-api.md 9.2); NULL: a workflow without a name */
  /*< private >*/
  char            *own_id;
  gatomicrefcount  ref_count;
} HearthWorkflowFile;

void                _hearth_workflow_file_unref  (HearthWorkflowFile  *self);

/* The workflows of a folder sorted by file name; a missing folder has none. Files are read again
 * only when they changed, so that looking costs one stat() a file. Links out of the folder and
 * files that are no workflows are left out. */
GPtrArray          *_hearth_workflow_index_list  (const char          *directory,
                                                  GError             **error);
/* By the id inside; else by the file's stem (http-api.md 9.4). Borrowed from @files, or NULL. */
HearthWorkflowFile *_hearth_workflow_index_find  (GPtrArray           *files,
                                                  const char          *workflow_id);

G_END_DECLS
